"""Lists come in pages behind a cursor: where the last page ended, sealed so that none is forged.

A page is found by comparing with the last row's sort key, never by counting rows: inserts and
deletes in between neither skip nor repeat a row.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response
from pydantic import Field, SecretStr, StringConstraints
from sqlalchemy import func, tuple_
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from etape.core.problems import Problem
from etape.core.settings import Settings
from etape.core.texts import Localized, Spoken

T = TypeVar("T")
U = TypeVar("U")
Row = TypeVar("Row", bound=SQLModel)
_SEAL_BYTES = 12

Limit = Annotated[int, Field(ge=1, le=100, description="How many items a page holds at most.")]
Cursor = Annotated[
    Annotated[str, StringConstraints(max_length=1000, pattern=r"^[A-Za-z0-9_-]+$")] | None,
    Field(description="Where to go on: the `next` of the page before."),
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


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """Some rows of an ordered list, the sort key of the last if more follow, and the total."""

    rows: list[T]
    total: int
    end: list[Any] | None

    def map(self, read: Callable[[T], U]) -> "Slice[U]":
        """Return the slice with each row read."""
        return Slice([read(row) for row in self.rows], self.total, self.end)


async def slice_of(
    session: AsyncSession,
    statement: SelectOfScalar[Row],
    *,
    order: Sequence[Any],
    limit: int,
    after: Sequence[Any] | None,
    descending: bool = False,
) -> Slice[Row]:
    """Return the `limit` rows that follow the sort key `after`.

    `order` names columns of texts, numbers, days, instants or identifiers, none nullable, the last
    one unique.
    """
    total = (await session.exec(select(func.count()).select_from(statement.subquery()))).one()
    wanted = following(statement, order=order, after=after, descending=descending)
    rows = list(await session.exec(wanted.limit(limit + 1)))
    if len(rows) <= limit:
        return Slice(rows, total, None)
    end = [getattr(rows[limit - 1], column.key) for column in order]
    return Slice(rows[:limit], total, key_told(end))


def following(
    statement: Any, *, order: Sequence[Any], after: Sequence[Any] | None, descending: bool
) -> Any:
    """Return a statement in an order of columns or expressions, from the sort key `after` on."""
    key = tuple_(*order)
    if after is not None:
        last = tuple_(*(_stored(column, told) for column, told in zip(order, after, strict=True)))
        statement = statement.where(key < last if descending else key > last)
    return statement.order_by(*(column.desc() for column in order) if descending else order)


def key_told(key: Sequence[Any]) -> list[Any]:
    """Return a sort key as a cursor holds it."""
    return [_told(value) for value in key]


def _told(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _stored(column: Any, value: Any) -> Any:
    kind = column.type.python_type
    if kind is UUID:
        return UUID(value)
    return kind.fromisoformat(value) if issubclass(kind, date) else value


class Pager:
    """The cursors of one list in one order, for one request."""

    def __init__(self, request: Request, scope: str, cursor: str | None) -> None:
        settings: Settings = request.app.state.settings
        self._request, self._scope, self._secret = request, scope, settings.secret
        self.after = (
            None if cursor is None else read_cursor(cursor, scope=scope, secret=self._secret)
        )

    def next(self, end: Sequence[Any] | None, response: Response) -> str | None:
        """Return the next cursor, and say it in the `Link` header too (RFC 8288)."""
        if end is None:
            return None
        cursor = write_cursor(end, scope=self._scope, secret=self._secret)
        url = self._request.url.include_query_params(cursor=cursor)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
        return cursor

    def page(self, found: Slice[T], response: Response) -> Page[T]:
        """Return one page of a list."""
        return Page(items=found.rows, total=found.total, next=self.next(found.end, response))
