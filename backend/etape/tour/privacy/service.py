"""People and their data: told and erased from the link, by the team, or because time has passed.

A person at a stop is an address there: all its registrations, the cancelled ones too, go together.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import holdings as held
from etape.core import jobs
from etape.core.columns import told
from etape.core.database import Database
from etape.core.holdings import Holding
from etape.core.mail import erase_kept_mail
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.tour.privacy import rules
from etape.tour.privacy.schemas import Due, LetterData, PersonData, RegistrationData
from etape.tour.queues import service as queues
from etape.tour.registrations import service as registrations
from etape.tour.registrations.tables import Registration
from etape.tour.seats import service as seating
from etape.tour.stops.rules import last_day, today_at
from etape.tour.stops.tables import Stop

RETENTION = "retention"
"""Who erased, as the journal names it, when nobody but time asked."""
AT_ONCE = 200
"""How many registrations are erased in one transaction: others register meanwhile."""


async def data_of(
    session: AsyncSession, token: str, holdings: Sequence[Holding], *, now: datetime
) -> PersonData:
    """Return all that is held about the person of a link. Raises LinkUnknown."""
    mine = await registrations.by_token(session, token)
    stop = await session.get_one(Stop, mine.stop_id)
    found = await held.tell(session, holdings, await _same_person(session, mine), now=now)
    return PersonData(
        stop=stop.slug,
        told_at=now,
        erased_after=rules.kept_until(last_day(stop), _days_kept(session, stop)),
        held=to_jsonable_python(found),
    )


async def erase_mine(
    session: AsyncSession, token: str, holdings: Sequence[Holding], *, now: datetime
) -> None:
    """Erase the person of a link; their seats go to those who wait. Raises LinkUnknown."""
    mine = await registrations.by_token(session, token)
    await _erase_person(session, mine, holdings, by=registrations.ANONYMOUS, now=now)


async def erase_theirs(
    session: AsyncSession,
    slug: str,
    registration_id: UUID,
    holdings: Sequence[Holding],
    *,
    by: str,
    now: datetime,
) -> None:
    """Erase somebody registered at a stop, who asked its team to. Raises NotFound."""
    stop = await by_slug(session, Stop, slug)
    theirs = await session.get(Registration, registration_id)
    if stop is None or theirs is None or theirs.stop_id != stop.id:
        raise NotFound
    await _erase_person(session, theirs, holdings, by=by, now=now)


async def _erase_person(
    session: AsyncSession,
    registration: Registration,
    holdings: Sequence[Holding],
    *,
    by: str,
    now: datetime,
) -> None:
    await seating.lock(session, registration.stop_id)
    person = await _same_person(session, registration)
    await held.erase(session, holdings, person, by=by, noun=registrations.REGISTRATION, now=now)


async def _same_person(session: AsyncSession, registration: Registration) -> list[UUID]:
    theirs = select(Registration.id).where(
        Registration.stop_id == registration.stop_id,
        Registration.email_key == registration.email_key,
    )
    return list(await session.exec(theirs))


def _days_kept(session: AsyncSession, stop: Stop) -> int:
    days: int = stop.retention_days or session.info["settings"].retention_days
    return days


@dataclass(frozen=True, kw_only=True)
class _Lapsed:
    """What is kept no longer, what holds it and about whom."""

    due: Due
    holdings: Sequence[Holding]
    subjects: Sequence[UUID]


async def list_due(
    session: AsyncSession, holdings: Sequence[Holding], *, now: datetime
) -> list[Due]:
    """Return what is kept no longer, by stop: what `purge` would erase now."""
    return [lapsed.due for lapsed in await _lapsed(session, holdings, now=now)]


async def _lapsed(
    session: AsyncSession, holdings: Sequence[Holding], *, now: datetime
) -> list[_Lapsed]:
    registered = select(Registration.stop_id).distinct()
    stops = select(Stop).where(col(Stop.id).in_(registered)).order_by(col(Stop.first_day))
    found = []
    for stop in await session.exec(stops):
        ended, today = last_day(stop), today_at(stop.zone, now)
        if ended is None:
            continue
        there = select(Registration.id).where(Registration.stop_id == stop.id)
        ids = list(await session.exec(there))
        days = _days_kept(session, stop)
        parts = [(registrations.REGISTRATION, days, holdings, ids)]
        if not rules.is_over(ended, days, today=today):
            parts = [
                (each.name, each.term.days, [each], list(await each.term.of(session, ids)))
                for each in holdings
                if each.term and rules.is_over(ended, each.term.days, today=today)
            ]
        for name, kept, which, subjects in parts:
            due = Due(
                stop=stop.slug, holding=name, ended_on=ended, kept_days=kept, count=len(subjects)
            )
            if subjects:
                found.append(_Lapsed(due=due, holdings=which, subjects=subjects))
    return found


async def purge(database: Database, holdings: Sequence[Holding], *, now: datetime) -> list[Due]:
    """Erase what is kept no longer; return what it was, by stop."""

    async def erase_some(session: AsyncSession) -> None:
        noun = registrations.REGISTRATION
        await held.erase(session, lapsed.holdings, some, by=RETENTION, noun=noun, now=now)

    async with database.snapshot() as session:
        found = await _lapsed(session, holdings, now=now)
    for lapsed in found:
        for start in range(0, len(lapsed.subjects), AT_ONCE):
            some = lapsed.subjects[start : start + AT_ONCE]
            await database.run(erase_some)
    return [lapsed.due for lapsed in found]


async def _tell_registrations(
    session: AsyncSession, ids: Collection[UUID], now: datetime
) -> Sequence[Any]:
    rows = await session.exec(
        select(Registration)
        .where(col(Registration.id).in_(ids))
        .order_by(col(Registration.created_at))
    )
    return [
        told(each, RegistrationData, seats=await registrations.all_seats(session, each, now=now))
        for each in rows
    ]


async def _erase_registrations(session: AsyncSession, ids: Collection[UUID], now: datetime) -> None:
    """Delete them with their seats, which move up those who wait; the counters follow."""
    stops = select(Registration.stop_id).where(col(Registration.id).in_(ids)).distinct()
    for stop_id in sorted(await session.exec(stops)):
        await seating.lock(session, stop_id)
    freed = await seating.leave(session, ids)
    await registrations.tell_moved(session, await queues.promote(session, freed, now=now), now=now)
    await session.exec(delete(Registration).where(col(Registration.id).in_(ids)))


async def _tell_letters(session: AsyncSession, ids: Collection[UUID], _: datetime) -> Sequence[Any]:
    traces = await jobs.about(session, "registration_id", [str(each) for each in ids])
    return [
        LetterData(letter=each.name, status=each.status, sent_at=each.done_at) for each in traces
    ]


async def _erase_letters(session: AsyncSession, ids: Collection[UUID], _: datetime) -> None:
    addresses = select(Registration.email).where(col(Registration.id).in_(ids))
    await erase_kept_mail(session, list(await session.exec(addresses)))
    await jobs.forget(session, "registration_id", [str(each) for each in ids])


LETTERS = Holding(name="letters", tell=_tell_letters, erase=_erase_letters)
REGISTRATIONS = Holding(name="registrations", tell=_tell_registrations, erase=_erase_registrations)
