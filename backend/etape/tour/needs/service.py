"""Accessibility needs: asked for and withdrawn from the link, answered by the team of the stop.

What staff read is journalled, without a word of it; nothing of it goes into a job or a letter.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import ColumnElement, and_, delete, false, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs, journal
from etape.core.columns import told
from etape.core.database import Database, new_id
from etape.core.holdings import Holding, Term
from etape.core.journal import Changes
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.core.sealing import is_stale, seal, unseal
from etape.core.texts import Spoken
from etape.identity.members import service as members
from etape.identity.members.rules import STOP_ORGANISER
from etape.identity.members.tables import Member
from etape.tour.needs import rules
from etape.tour.needs.schemas import (
    NEEDS_AT_MOST,
    NeedAnswer,
    NeedLine,
    NeedOwner,
    NeedRead,
    NeedRequest,
    NeedsRead,
    NeedState,
)
from etape.tour.needs.tables import AccessibilityNeed
from etape.tour.registrations import service as registrations
from etape.tour.registrations.rules import LinkUnknown, RegistrationCancelled
from etape.tour.registrations.tables import Registration
from etape.tour.stops.rules import last_day, today_at
from etape.tour.stops.tables import Stop

NEED = "accessibility_need"
SEND_ANSWER = "need.send_answer"
AT_ONCE = 200
"""How many are sealed anew in one transaction."""


class _Content(Spoken):
    """What is sealed of a need."""

    kind: str
    words: str | None
    alternative: str | None = None


def _seal(need_id: UUID, content: _Content, keys: Sequence[SecretStr]) -> bytes:
    return seal(content.model_dump_json().encode(), place=f"{NEED} {need_id}", keys=keys)


def _unseal(need: AccessibilityNeed, keys: Sequence[SecretStr]) -> _Content:
    plain = unseal(need.sealed, place=f"{NEED} {need.id}", keys=keys)
    return _Content.model_validate_json(plain)


def _keys(session: AsyncSession) -> Sequence[SecretStr]:
    keys: Sequence[SecretStr] = session.info["settings"].sealing_keys
    return keys


async def read(session: AsyncSession, token: str, *, now: datetime) -> NeedsRead:
    """Return the needs of a registration, none once they are gone. Raises LinkUnknown."""
    registration = await registrations.by_token(session, token)
    stop = await session.get_one(Stop, registration.stop_id)
    if not rules.are_kept(last_day(stop), today=today_at(stop.zone, now)):
        return NeedsRead(needs=[])
    rows = await _needs_of(session, [registration.id])
    return NeedsRead(needs=await _told(session, rows))


async def ask(session: AsyncSession, token: str, wanted: NeedRequest, *, now: datetime) -> UUID:
    """Write down what somebody needs.

    Raises LinkUnknown, RegistrationCancelled, NeedsClosed, TooManyNeeds.
    """
    found = await registrations.by_token(session, token)
    registration = await session.get(
        Registration, found.id, populate_existing=True, with_for_update={"key_share": True}
    )
    if registration is None:  # erased meanwhile
        raise LinkUnknown
    if registration.cancelled_at is not None:
        raise RegistrationCancelled
    stop = await session.get_one(Stop, registration.stop_id)
    ended = last_day(stop)
    if ended is not None and ended < today_at(stop.zone, now):
        raise rules.NeedsClosed
    count = select(func.count()).where(AccessibilityNeed.registration_id == registration.id)
    if (await session.exec(count)).one() >= NEEDS_AT_MOST:
        raise rules.TooManyNeeds
    need_id = new_id()
    content = _Content(kind=wanted.kind, words=wanted.words)
    session.add(
        AccessibilityNeed(
            id=need_id,
            registration_id=registration.id,
            sealed=_seal(need_id, content, _keys(session)),
            state=NeedState.REQUESTED,
            asked_at=now,
            changed_at=now,
        )
    )
    await _record(session, registration.id, "asked", by=registrations.ANONYMOUS, now=now)
    return need_id


async def withdraw(session: AsyncSession, token: str, need_id: UUID, *, now: datetime) -> None:
    """Delete what somebody asked for. Raises LinkUnknown, NeedUnknown."""
    registration = await registrations.by_token(session, token)
    mine = col(AccessibilityNeed.registration_id) == registration.id
    gone = delete(AccessibilityNeed).where(mine, col(AccessibilityNeed.id) == need_id)
    if not (await session.exec(gone)).rowcount:
        raise rules.NeedUnknown
    await _record(session, registration.id, "withdrawn", by=registrations.ANONYMOUS, now=now)


async def list_needs(
    session: AsyncSession,
    slug: str,
    *,
    limit: int,
    after: Sequence[Any] | None,
    by: str,
    now: datetime,
) -> Slice[NeedLine]:
    """Return what those who come to a stop need, the oldest first, and journal who looked.

    Nothing once it is gone. Raises NotFound.
    """
    stop = await _stop(session, slug)
    wanted = select(AccessibilityNeed).join(Registration).where(_comes_to(stop))
    if not rules.are_kept(last_day(stop), today=today_at(stop.zone, now)):
        wanted = wanted.where(false())
    order = [AccessibilityNeed.asked_at, AccessibilityNeed.id]
    page = await slice_of(session, wanted, order=order, limit=limit, after=after)
    people = await _people(session, [need.registration_id for need in page.rows])
    reads = await _told(session, page.rows)
    lines = {
        need.id: NeedLine(
            **dict(read),
            name=people[need.registration_id].name,
            email=people[need.registration_id].email,
            owner_id=need.owner_id,
        )
        for need, read in zip(page.rows, reads, strict=True)
    }
    changes: Changes = {"stop": (None, stop.slug), "people": (None, len(people))}
    await _record(session, stop.id, "listed", by=by, changes=changes, now=now)
    return page.map(lambda need: lines[need.id])


async def answer(
    session: AsyncSession,
    slug: str,
    need_id: UUID,
    wanted: NeedAnswer,
    *,
    by: str,
    member_id: UUID | None,
    now: datetime,
) -> None:
    """Answer a need, or entrust it; the person is told when what is answered changes.

    Raises NotFound, NeedUnknown, OwnerElsewhere.
    """
    stop = await _stop(session, slug)
    found = (
        select(AccessibilityNeed)
        .join(Registration)
        .where(AccessibilityNeed.id == need_id, _comes_to(stop))
        .with_for_update(of=AccessibilityNeed)
    )
    need = (await session.exec(found)).one_or_none()
    if need is None or not rules.are_kept(last_day(stop), today=today_at(stop.zone, now)):
        raise rules.NeedUnknown
    owner_id = wanted.owner or need.owner_id or member_id
    if wanted.owner is not None and not await _is_of_team(session, wanted.owner, slug):
        raise rules.OwnerElsewhere(errors=[("/owner", rules.OwnerElsewhere.detail)])
    keys = _keys(session)
    before, state = _unseal(need, keys), need.state
    changes: Changes = {"owner": (need.owner_id, owner_id)}
    need.owner_id = owner_id
    session.add(need)
    if wanted.state is None:
        act = "entrusted"
    else:
        act = "answered"
        changes["state"] = (state, wanted.state)
        after = before.model_copy(update={"alternative": wanted.alternative})
        need.state, need.changed_at = wanted.state, now
        need.sealed = _seal(need.id, after, keys)
        if (state, before) != (wanted.state, after):
            await jobs.defer(session, SEND_ANSWER, need_id=str(need.id))
    await _record(session, need.registration_id, act, by=by, changes=changes, now=now)


async def list_owners(
    session: AsyncSession, slug: str, *, limit: int, after: Sequence[Any] | None
) -> Slice[NeedOwner]:
    """Return who of the team reads the needs of a stop, by name. Raises NotFound."""
    stop = await _stop(session, slug)
    team = members.holding(STOP_ORGANISER.roles, stop.slug)
    page = await slice_of(session, team, order=[Member.name, Member.id], limit=limit, after=after)
    return page.map(lambda member: told(member, NeedOwner))


async def _stop(session: AsyncSession, slug: str) -> Stop:
    stop = await by_slug(session, Stop, slug)
    if stop is None:
        raise NotFound
    return stop


def _comes_to(stop: Stop) -> ColumnElement[bool]:
    """What the team prepares for: the needs of those who still come."""
    return and_(col(Registration.stop_id) == stop.id, col(Registration.cancelled_at).is_(None))


async def _is_of_team(session: AsyncSession, member_id: UUID, slug: str) -> bool:
    found = members.holding(STOP_ORGANISER.roles, slug).where(Member.id == member_id)
    return (await session.exec(found)).one_or_none() is not None


async def _needs_of(session: AsyncSession, ids: Collection[UUID]) -> Sequence[AccessibilityNeed]:
    theirs = select(AccessibilityNeed).where(col(AccessibilityNeed.registration_id).in_(ids))
    in_order = (col(AccessibilityNeed.asked_at), col(AccessibilityNeed.id))
    return (await session.exec(theirs.order_by(*in_order))).all()


async def _people(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Registration]:
    found = await session.exec(select(Registration).where(col(Registration.id).in_(ids)))
    return {each.id: each for each in found}


async def _told(session: AsyncSession, needs: Sequence[AccessibilityNeed]) -> list[NeedRead]:
    keys = _keys(session)
    owners = await members.names_of(session, {need.owner_id for need in needs if need.owner_id})
    return [
        told(
            need,
            NeedRead,
            **dict(_unseal(need, keys)),
            owner=owners.get(need.owner_id) if need.owner_id else None,
        )
        for need in needs
    ]


async def _record(
    session: AsyncSession,
    subject_id: UUID,
    act: str,
    *,
    by: str,
    changes: Changes | None = None,
    now: datetime,
) -> None:
    await journal.record(
        session,
        by=by,
        noun=NEED,
        subject_id=subject_id,
        act=act,
        changes=changes or {},
        now=now,
        personal=True,
    )


async def reseal(database: Database, *, keys: Sequence[SecretStr]) -> int:
    """Seal anew, with the first key, what a later one sealed; return how many there were.

    People read and write meanwhile. Raises SealBroken where no key opens one.
    """
    last, count = UUID(int=0), 0
    while True:
        async with database.unit_of_work() as session:
            rows = (
                select(AccessibilityNeed)
                .where(AccessibilityNeed.id > last)
                .order_by(col(AccessibilityNeed.id))
                .limit(AT_ONCE)
                .with_for_update()
            )
            needs = (await session.exec(rows)).all()
            stale = [need for need in needs if is_stale(need.sealed, keys=keys)]
            for need in stale:
                need.sealed = _seal(need.id, _unseal(need, keys), keys)
                session.add(need)
        if not needs:
            return count
        last, count = needs[-1].id, count + len(stale)


async def _of(session: AsyncSession, ids: Collection[UUID]) -> Collection[UUID]:
    needing = col(AccessibilityNeed.registration_id)
    return set(await session.exec(select(needing).where(needing.in_(ids))))


async def _tell(session: AsyncSession, ids: Collection[UUID], _: datetime) -> Sequence[Any]:
    return await _told(session, await _needs_of(session, ids))


async def _erase(session: AsyncSession, ids: Collection[UUID], _: datetime) -> None:
    theirs = col(AccessibilityNeed.registration_id).in_(ids)
    await session.exec(delete(AccessibilityNeed).where(theirs))


HOLDING = Holding(name="needs", tell=_tell, erase=_erase, term=Term(days=rules.KEPT_DAYS, of=_of))
