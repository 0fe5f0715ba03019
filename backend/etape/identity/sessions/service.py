"""Browsers that are signed in: opened, recognised, raised to a level, ended.

A token is 256 random bits, given to the browser once and stored hashed; each rise gives a new one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.access import Actor, Level, Unauthenticated
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.tokens import digest_of, new_token
from etape.identity.members import service as members
from etape.identity.members.tables import Member
from etape.identity.sessions import rules
from etape.identity.sessions.schemas import BrowserRead
from etape.identity.sessions.tables import BrowserSession

SEEN_EVERY = timedelta(minutes=1)
KEPT_FOR = timedelta(days=30)
"""How long a session that is over stays in the table."""


async def open_session(
    session: AsyncSession,
    member_id: UUID,
    *,
    level: Level,
    browser: str,
    now: datetime,
    instead_of: str | None = None,
) -> str:
    """Sign a member in, and return the token that their browser keeps.

    FRESH says that they proved it just now, SIGNED_IN that they did some time ago. `instead_of` is
    the token that the browser had: it opens nothing any more.
    """
    if instead_of is not None:
        await _end(session, col(BrowserSession.digest) == digest_of(instead_of), now=now)
    token = new_token()
    signed = BrowserSession(
        digest=digest_of(token),
        member_id=member_id,
        level=min(level, Level.SIGNED_IN),
        browser=browser,
        created_at=now,
        seen_at=now,
        proved_at=now if level is Level.FRESH else None,
    )
    session.add(signed)
    return token


async def recognise(session: AsyncSession, token: str, *, now: datetime) -> Actor | None:
    """Return who keeps this token; None when it opens nothing."""
    found = (
        select(BrowserSession)
        .join(Member)
        .where(BrowserSession.digest == digest_of(token), col(Member.disabled_at).is_(None))
    )
    signed = (await session.exec(found)).one_or_none()
    if signed is None or rules.is_over(signed, now=now):
        return None
    if now - signed.seen_at >= SEEN_EVERY:
        seen = update(BrowserSession).where(col(BrowserSession.id) == signed.id)
        await session.exec(seen.values(seen_at=now))
    return Actor(
        name=f"{members.MEMBER}:{signed.member_id}",
        level=rules.level_of(signed, now=now),
        grants=await members.grants_of(session, signed.member_id),
        member_id=signed.member_id,
        session_id=signed.id,
    )


async def locked(session: AsyncSession, session_id: UUID) -> BrowserSession:
    """Return a session, alone with it: guesses made at once are counted one by one.

    Raises Unauthenticated when it was signed out meanwhile.
    """
    found = select(BrowserSession).where(
        BrowserSession.id == session_id, col(BrowserSession.ended_at).is_(None)
    )
    signed = (await session.exec(found.with_for_update())).one_or_none()
    if signed is None:
        raise Unauthenticated
    return signed


async def rise(session: AsyncSession, session_id: UUID, *, now: datetime) -> str:
    """Take a second factor as proved just now, and return the browser's new token.

    Raises Unauthenticated when it was signed out meanwhile.
    """
    token = new_token()
    raised = (
        update(BrowserSession)
        .where(col(BrowserSession.id) == session_id, col(BrowserSession.ended_at).is_(None))
        .values(digest=digest_of(token), level=int(Level.SIGNED_IN), proved_at=now, failures=0)
    )
    if (await session.exec(raised.returning(col(BrowserSession.id)))).first() is None:
        raise Unauthenticated
    return token


async def count_failure(session: AsyncSession, session_id: UUID, *, now: datetime) -> None:
    """Count a proof that was refused in a browser; one too many signs it out."""
    counted = (
        update(BrowserSession)
        .where(col(BrowserSession.id) == session_id)
        .values(failures=BrowserSession.failures + 1)
        .returning(col(BrowserSession.failures))
    )
    if (await session.exec(counted)).scalar_one() >= rules.FAILURES_AT_MOST:
        await _end(session, col(BrowserSession.id) == session_id, now=now)


async def current(session: AsyncSession, session_id: UUID) -> BrowserSession:
    """Return the session of the browser that asks."""
    return await session.get_one(BrowserSession, session_id)


async def list_sessions(
    session: AsyncSession,
    actor: Actor,
    *,
    limit: int,
    after: Sequence[Any] | None,
    now: datetime,
) -> Slice[BrowserRead]:
    """Return the browsers in which the member who asks is signed in, the newest first."""
    active = select(BrowserSession).where(
        BrowserSession.member_id == actor.member_id,
        col(BrowserSession.ended_at).is_(None),
        col(BrowserSession.seen_at) > now - rules.IDLE,
        col(BrowserSession.created_at) > now - rules.ABSOLUTE,
    )
    order = [col(BrowserSession.created_at), col(BrowserSession.id)]
    found = await slice_of(session, active, order=order, limit=limit, after=after, descending=True)
    return found.map(
        lambda signed: BrowserRead(
            id=signed.id,
            browser=signed.browser,
            is_current=signed.id == actor.session_id,
            created_at=signed.created_at,
            seen_at=signed.seen_at,
            ends_at=rules.ends_at(signed),
        )
    )


async def end_session(
    session: AsyncSession, actor: Actor, session_id: UUID, *, now: datetime
) -> None:
    """Sign one of the member's browsers out. Raises NotFound, for those of others too."""
    is_mine = col(BrowserSession.member_id) == actor.member_id
    ended = await _end(session, is_mine & (col(BrowserSession.id) == session_id), now=now)
    if not ended or actor.member_id is None:
        raise NotFound
    await members.record(session, actor.member_id, "session_ended", now=now)


async def end_sessions_of(session: AsyncSession, member_id: UUID, *, now: datetime) -> None:
    """Sign a member out everywhere."""
    await _end(session, col(BrowserSession.member_id) == member_id, now=now)


async def _end(session: AsyncSession, which: ColumnElement[bool], *, now: datetime) -> bool:
    ended = update(BrowserSession).where(which, col(BrowserSession.ended_at).is_(None))
    rows = await session.exec(ended.values(ended_at=now).returning(col(BrowserSession.id)))
    return bool(rows.all())


async def forget_old(session: AsyncSession, *, now: datetime) -> None:
    """Delete the sessions that were over long ago."""
    old = col(BrowserSession.created_at) < now - rules.ABSOLUTE - KEPT_FOR
    await session.exec(delete(BrowserSession).where(old))
