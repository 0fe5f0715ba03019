"""The door of every route: what a request shows becomes the actor that its policy judges."""

import hashlib
import time
from collections import OrderedDict
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.access import ANONYMOUS, Actor, Credentials, Unauthenticated
from etape.core.clock import Clock
from etape.core.columns import told
from etape.identity.admission.schemas import Me
from etape.identity.doors import service as doors
from etape.identity.keys import service as keys
from etape.identity.members.schemas import GrantContent, MemberRef, Role
from etape.identity.members.tables import Member
from etape.identity.proofs import service as proofs
from etape.identity.sessions import rules as session_rules
from etape.identity.sessions import service as sessions

KEY_REMEMBERED_SECONDS = 0.5
"""A key that was revoked opens nothing any more after that, in any process."""
KEYS_REMEMBERED = 1_000


class Doorkeeper:
    """Recognises whoever shows a browser's token or an API key."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[bytes, tuple[float, Actor]] = OrderedDict()

    async def recognise(self, session: AsyncSession, shown: Credentials) -> Actor:
        """Return who shows this; ANONYMOUS for nothing. Raises Unauthenticated."""
        if shown.key is not None:
            return await self._recognise_key(session, shown.key)
        if shown.session is None:
            return ANONYMOUS
        now = self._clock.now()
        for recognise in (sessions.recognise, doors.recognise):
            actor = await recognise(session, shown.session, now=now)
            if actor is not None:
                return actor
        raise Unauthenticated

    async def _recognise_key(self, session: AsyncSession, key: str) -> Actor:
        """Return who holds a key, without asking again about one that was seen just now."""
        digest, now = hashlib.sha256(key.encode()).digest(), time.monotonic()
        until, actor = self._known.get(digest, (0.0, ANONYMOUS))
        if now < until:
            return actor
        self._known.pop(digest, None)
        actor = await keys.recognise(session, key, now=self._clock.now())
        self._known[digest] = (now + KEY_REMEMBERED_SECONDS, actor)
        if len(self._known) > KEYS_REMEMBERED:
            self._known.popitem(last=False)
        return actor


async def who_asks(session: AsyncSession, actor: Actor, *, now: datetime) -> Me:
    """Return who asks, to them."""
    roles = [GrantContent(role=Role(grant.role), stop=grant.subject) for grant in actor.grants]
    fresh_until = None
    member = factors = None
    if actor.member_id is not None and actor.session_id is not None:
        signed = await sessions.current(session, actor.session_id)
        fresh_until = session_rules.fresh_until(signed, now=now)
        member = told(await session.get_one(Member, actor.member_id), MemberRef)
        factors = await proofs.factors_of(session, actor.member_id)
    return Me(
        member=member,
        level=actor.level.name.lower(),
        fresh_until=fresh_until,
        roles=sorted(roles, key=lambda grant: (grant.role, grant.stop or "")),
        second_factors=factors,
    )


async def sign_out(session: AsyncSession, actor: Actor, *, now: datetime) -> None:
    """Sign the browser that asks out."""
    if actor.session_id is None:
        return
    if actor.member_id is None:
        await doors.leave(session, actor.session_id, now=now)
    else:
        await sessions.end_session(session, actor, actor.session_id, now=now)
