"""Browsers that are signed in: opened, recognised, raised to a level, ended.

A token is 256 random bits, given to the browser once and stored hashed; each rise gives a new one.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.access import Actor, Level, Unauthenticated
from etape.identity.members import service as members
from etape.identity.members.tables import Member
from etape.identity.sessions import rules
from etape.identity.sessions.tables import BrowserSession

SEEN_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32


def _digest_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def open_session(
    session: AsyncSession, member_id: UUID, *, level: Level, browser: str, now: datetime
) -> str:
    """Sign a member in, and return the token that their browser keeps.

    FRESH says that they proved it just now, SIGNED_IN that they did some time ago.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    signed = BrowserSession(
        digest=_digest_of(token),
        member_id=member_id,
        level=min(level, Level.SIGNED_IN),
        browser=browser,
        created_at=now,
        seen_at=now,
        proved_at=now if level is Level.FRESH else None,
    )
    session.add(signed)
    return token


async def recognise(session: AsyncSession, token: str, *, now: datetime) -> Actor:
    """Return who keeps this token. Raises Unauthenticated."""
    found = (
        select(BrowserSession)
        .join(Member)
        .where(BrowserSession.digest == _digest_of(token), col(Member.disabled_at).is_(None))
    )
    signed = (await session.exec(found)).one_or_none()
    if signed is None or rules.is_over(signed, now=now):
        raise Unauthenticated
    if now - signed.seen_at >= SEEN_EVERY:
        seen = update(BrowserSession).where(col(BrowserSession.id) == signed.id)
        await session.exec(seen.values(seen_at=now))
    return Actor(
        name=f"member:{signed.member_id}",
        level=rules.level_of(signed, now=now),
        grants=await members.grants_of(session, signed.member_id),
        member_id=signed.member_id,
        session_id=signed.id,
    )
