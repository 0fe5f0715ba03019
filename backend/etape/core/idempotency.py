"""A retry is safe: the first answer to an `Idempotency-Key` is kept and given again.

The key and its answer are written in the transaction that did the work, so a crash leaves both or
neither. Draft `ietf-httpapi-idempotency-key-header`; answers are kept for `KEPT_FOR`.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import Response
from pydantic import SecretStr
from sqlalchemy import delete, func, insert
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import Instant
from etape.core.database import execute
from etape.core.problems import Invalid, Problem
from etape.core.sealing import seal, unseal
from etape.core.texts import Localized

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_FOR = timedelta(days=7)
_LONGEST_KEY = 200
_KEPT_HEADERS = ("content-type", "content-language", "cache-control", "vary", "location")


class IdempotencyKey(SQLModel, table=True):
    """The answer given to a key; neither the key nor the request can be read back from it.

    The answer may hold a secret shown once, so its body is sealed.
    """

    __tablename__ = "idempotency_key"

    digest: bytes = Field(primary_key=True)
    fingerprint: bytes
    status: int
    headers: dict[str, str] = Field(sa_type=JSONB)
    body: bytes
    created_at: datetime = Field(sa_type=Instant, index=True)


_keys = SQLModel.metadata.tables["idempotency_key"]


class KeyInFlight(Problem):
    """The same key is being served by another request at this very moment."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Demande déjà en cours", en="Request already in progress")
    detail = Localized(
        fr="La même demande est en cours. Attendez un instant : elle ne sera faite qu’une fois.",
        en="The same request is in progress. Wait a moment: it will be carried out only once.",
    )

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "1"})


class KeyReused(Problem):
    """The key was already used for another request."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Clé déjà utilisée", en="Key already used")
    detail = Localized(
        fr="Cette Idempotency-Key a servi à une demande différente : prenez-en une nouvelle.",
        en="This Idempotency-Key served a different request: take a new one.",
    )


class Attempt:
    """One request that carries a key. A key is its sender's: somebody else's is another one."""

    def __init__(
        self, key: str, request: Request, body: bytes, *, secret: SecretStr, by: str
    ) -> None:
        def digest(*parts: bytes) -> bytes:
            sealed = hmac.new(secret.get_secret_value().encode(), digestmod=hashlib.sha256)
            for part in parts:
                sealed.update(len(part).to_bytes(8, "big"))
                sealed.update(part)
            return sealed.digest()

        target = f"{request.method} {request.url.path}?{request.url.query}".encode()
        self._secret = secret
        self.digest = digest(b"key", key.encode(), by.encode())
        self.fingerprint = digest(b"request", target, body)

    @property
    def _place(self) -> str:
        return f"idempotency_key {self.digest.hex()}"

    async def recall(self, session: AsyncSession) -> Response | None:
        """Return the answer already given, or None when the work is ours to do.

        Raises KeyInFlight when another request holds the key, KeyReused when it served another
        request.
        """
        lock = int.from_bytes(self.digest[:8], "big", signed=True)
        if not (await session.exec(select(func.pg_try_advisory_xact_lock(lock)))).one():
            raise KeyInFlight
        mine = _keys.select().where(_keys.c.digest == self.digest)
        kept = (await execute(session, mine)).one_or_none()
        if kept is None:
            return None
        if kept.fingerprint != self.fingerprint:
            raise KeyReused
        body = unseal(kept.body, place=self._place, keys=[self._secret])
        return Response(body, status_code=kept.status, headers={**kept.headers, REPLAYED: "true"})

    async def keep(
        self, session: AsyncSession, response: Response, *, instead: bytes | None, now: datetime
    ) -> None:
        """Write the answer beside its key; a 5xx is not an answer, the work can be tried again.

        `instead` is kept for the body, where that shows a secret.
        """
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return
        kept = {
            "digest": self.digest,
            "fingerprint": self.fingerprint,
            "status": response.status_code,
            "headers": {n: response.headers[n] for n in _KEPT_HEADERS if n in response.headers},
            "body": seal(
                bytes(response.body) if instead is None else instead,
                place=self._place,
                keys=[self._secret],
            ),
            "created_at": now,
        }
        await execute(session, insert(_keys), kept)


def key_of(request: Request) -> str | None:
    """Return the request's key, bare or quoted. Raises Invalid when it cannot be one."""
    value = request.headers.get(HEADER)
    if value is None:
        return None
    key = value.strip()
    if key.startswith('"') and key.endswith('"'):
        key = key[1:-1]
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        sentence = Localized(
            fr="Cette clé doit compter 1 à 200 caractères ASCII, par exemple un UUID.",
            en="This key must be 1 to 200 ASCII characters, for example a UUID.",
        )
        raise Invalid(errors=[(HEADER, sentence)])
    return key


async def forget_old_keys(session: AsyncSession, *, now: datetime) -> None:
    """Delete the answers that nobody will ask for again."""
    await session.exec(
        delete(IdempotencyKey).where(col(IdempotencyKey.created_at) < now - KEPT_FOR)
    )
