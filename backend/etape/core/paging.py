"""Lists come in pages behind a cursor: where the last page ended, sealed so that none is forged.

A page is found by comparing with the last row's sort key, never by counting rows: inserts and
deletes in between neither skip nor repeat a row.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import Field, SecretStr, StringConstraints
from sqlalchemy import func, tuple_
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from etape.core.problems import Problem
from etape.core.texts import Localized, Spoken

T = TypeVar("T")
Row = TypeVar("Row", bound=SQLModel)
_SEAL_BYTES = 12

Limit = Annotated[int, Query(ge=1, le=100, description="How many items a page holds at most.")]
Cursor = Annotated[
    str | None,
    StringConstraints(max_length=1000, pattern=r"^[A-Za-z0-9_-]+$"),
    Query(description="Where to go on: the `next` of the page before."),
]


class Page(Spoken, Generic[T]):
    """One page of a list."""

    items: list[T]
    total: int = Field(description="How many items the whole list holds.")
    next: str | None = Field(
        default=None, description="The cursor of the next page; null on the last."
    )


class CursorRefused(Problem):
    """The cursor is not one that we gave for this list and this order."""

    status = HTTPStatus.BAD_REQUEST
    title = Localized(fr="Page introuvable", en="Page not found")
    detail = Localized(
        fr="Ce curseur ne vient pas de cette liste : repartez de la première page.",
        en="This cursor does not come from this list: start again from the first page.",
    )


def _seal(payload: bytes, *, scope: str, secret: SecretStr) -> bytes:
    key = secret.get_secret_value().encode()
    return hmac.new(key, scope.encode() + b"\0" + payload, hashlib.sha256).digest()[:_SEAL_BYTES]


def write_cursor(position: Sequence[Any], *, scope: str, secret: SecretStr) -> str:
    """Return the cursor of a sort key (JSON values). `scope` names the list and its order."""
    payload = json.dumps(position, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = _seal(payload, scope=scope, secret=secret) + payload
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def read_cursor(cursor: str, *, scope: str, secret: SecretStr) -> list[Any]:
    """Return the sort key of a cursor. Raises CursorRefused when we did not write it."""
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except binascii.Error:
        raise CursorRefused from None
    seal, payload = sealed[:_SEAL_BYTES], sealed[_SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(payload, scope=scope, secret=secret)):
        raise CursorRefused
    position: list[Any] = json.loads(payload)
    return position


async def page_of(
    session: AsyncSession,
    statement: SelectOfScalar[Row],
    *,
    order: Sequence[Any],
    limit: int,
    cursor: str | None,
    scope: str,
    secret: SecretStr,
) -> tuple[list[Row], int, str | None]:
    """Return the rows after the cursor, how many the statement finds in all, and the next cursor.

    `order` names columns of JSON values, the last one unique. Raises CursorRefused.
    """
    names = [column.key for column in order]
    total = (await session.exec(select(func.count()).select_from(statement.subquery()))).one()
    page = statement.order_by(*order).limit(limit + 1)
    if cursor is not None:
        position = read_cursor(cursor, scope=scope, secret=secret)
        page = page.where(tuple_(*order) > tuple_(*position))
    rows = list(await session.exec(page))
    if len(rows) <= limit:
        return rows, total, None
    last = rows[limit - 1]
    position = [getattr(last, name) for name in names]
    return rows[:limit], total, write_cursor(position, scope=scope, secret=secret)


def link_next(request: Request, response: Response, cursor: str | None) -> None:
    """Add the `Link` header of the next page (RFC 8288)."""
    if cursor is not None:
        url = request.url.include_query_params(cursor=cursor)
        target = f"{url.path}?{url.query}"
        response.headers["Link"] = f'<{target}>; rel="next"'
