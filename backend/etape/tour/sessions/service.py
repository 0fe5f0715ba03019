"""Publishing and reading sessions, their venues, their speakers and their seats."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import shared_with, told
from etape.core.database import execute
from etape.core.publishing import Noun
from etape.core.texts import Localized
from etape.directory import service as directory
from etape.directory.tables import Organisation, Person
from etape.funding.calls import service as calls
from etape.funding.calls.schemas import CallRef
from etape.sources import service as sources
from etape.tour.sessions import rules
from etape.tour.sessions.schemas import (
    AppearanceRead,
    BodyRead,
    Mode,
    SeatsRead,
    SessionContent,
    SessionRead,
    VenueContent,
    VenueRead,
)
from etape.tour.sessions.tables import Appearance, SeatPool, Session, SessionCall, Venue

# Held too long is free, whether or not anybody has written it yet.
LAPSED = text(
    """
    SELECT pool_id, count(*) AS seats FROM seat WHERE pool_id = ANY(CAST(:pools AS uuid[]))
    AND status = 'held' AND held_until <= :now GROUP BY pool_id
    """
)

VENUE = Noun(
    name="venue", label=Localized(fr="le lieu", en="the venue"), table=Venue, content=VenueContent
)


async def venue_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each venue."""
    columns = select(Venue.slug, Venue.id).where(col(Venue.slug).in_(slugs))
    return dict((await session.exec(columns)).all())


async def publish_sessions(
    session: AsyncSession, stop_id: UUID, contents: Sequence[SessionContent]
) -> None:
    """Publish the sessions of a stop, in their order, in place of those it had.

    A session is recognised by its slug, so that seats taken stay taken.
    """
    venues = await venue_ids(session, {each.venue for each in contents if each.venue})
    known = {
        each.slug: each
        for each in await session.exec(select(Session).where(Session.stop_id == stop_id))
    }
    cited = await sources.ids_of(
        session,
        [each.source for each in contents if each.source]
        + [a.source for each in contents for a in each.appearances if a.source],
    )
    for rank, wanted in enumerate(contents):
        values = shared_with(Session, wanted) | {
            "rank": rank,
            "venue_id": venues.get(wanted.venue or ""),
            "source_id": cited.get(wanted.source or ""),
        }
        row = known.pop(wanted.slug, None) or Session(**values, stop_id=stop_id)
        row.sqlmodel_update(values)
        session.add(row)
        await session.flush()
        await _publish_seats(session, row.id, rank, wanted)
        await _replace_people_and_calls(session, row.id, wanted, cited)
    await _remove(session, known.values())


async def _remove(session: AsyncSession, gone: Iterable[Session | SeatPool]) -> None:
    """Delete sessions or pools. Raises SessionHasRegistrations, for seats given up too."""
    try:
        async with session.begin_nested():
            for row in gone:
                await session.delete(row)
    except IntegrityError:
        raise rules.SessionHasRegistrations from None


async def _publish_seats(
    session: AsyncSession, session_id: UUID, rank: int, content: SessionContent
) -> None:
    """Offer these seats; the stop is locked, so that nobody takes one meanwhile.

    Raises CapacityTaken, SessionHasRegistrations.
    """
    offered = {Mode.ON_SITE: content.on_site, Mode.ONLINE: content.online}
    rows = await session.exec(select(SeatPool).where(SeatPool.session_id == session_id))
    pools = {pool.mode: pool for pool in rows}
    for mode, seats in offered.items():
        pool = pools.get(mode)
        if seats is not None:
            pool = pool or SeatPool(session_id=session_id, mode=mode, confirmed=0, held=0)
            taken = pool.confirmed + pool.held
            if seats.capacity is not None and seats.capacity < taken:
                raise rules.capacity_taken(
                    content.slug, rank, mode, capacity=seats.capacity, taken=taken
                )
            pool.capacity = seats.capacity
            session.add(pool)
        elif pool is not None:
            await _remove(session, [pool])


async def _replace_people_and_calls(
    session: AsyncSession, session_id: UUID, content: SessionContent, cited: Mapping[str, UUID]
) -> None:
    for table in (Appearance, SessionCall):
        await session.exec(delete(table).where(col(table.session_id) == session_id))
    people = await directory.person_ids(session, [a.person for a in content.appearances])
    bodies = await directory.organisation_ids(
        session, [a.organisation for a in content.appearances if a.organisation]
    )
    linked = await calls.call_ids(session, content.calls)
    session.add_all(
        Appearance(
            session_id=session_id,
            rank=rank,
            person_id=people[each.person],
            role=each.role,
            organisation_id=bodies.get(each.organisation or ""),
            moderates=each.moderates,
            source_id=cited.get(each.source or ""),
        )
        for rank, each in enumerate(content.appearances)
    )
    session.add_all(
        SessionCall(session_id=session_id, call_id=linked[slug], rank=rank)
        for rank, slug in enumerate(content.calls)
    )


async def sessions_of(
    session: AsyncSession, stop_ids: Collection[UUID], *, now: datetime
) -> Mapping[UUID, list[SessionRead]]:
    """Return the sessions of each stop, in their order, with the seats that are left now."""
    rows = list(
        await session.exec(
            select(Session).where(col(Session.stop_id).in_(stop_ids)).order_by(col(Session.rank))
        )
    )
    ids = [each.id for each in rows]
    venues = {
        venue.id: told(venue, VenueRead)
        for venue in await session.exec(
            select(Venue).where(col(Venue.id).in_({each.venue_id for each in rows}))
        )
    }
    seats = await _seats_of(session, ids, now=now)
    people = await _appearances_of(session, ids)
    presented = await _calls_of(session, ids, now=now)
    held: defaultdict[UUID, list[SessionRead]] = defaultdict(list)
    for each in rows:
        held[each.stop_id].append(
            told(
                each,
                SessionRead,
                venue=venues.get(each.venue_id) if each.venue_id else None,
                seats=seats.get(each.id, []),
                appearances=people.get(each.id, []),
                calls=presented.get(each.id, []),
            )
        )
    return held


async def _seats_of(
    session: AsyncSession, session_ids: Collection[UUID], *, now: datetime
) -> Mapping[UUID, list[SeatsRead]]:
    pools = list(
        await session.exec(
            select(SeatPool)
            .where(col(SeatPool.session_id).in_(session_ids))
            .order_by(col(SeatPool.mode))
        )
    )
    holding = [pool.id for pool in pools if pool.held]
    rows = await execute(session, LAPSED, {"pools": holding, "now": now}) if holding else ()
    lapsed = {row.pool_id: row.seats for row in rows}
    seats: defaultdict[UUID, list[SeatsRead]] = defaultdict(list)
    for pool in pools:
        taken = pool.confirmed + pool.held - lapsed.get(pool.id, 0)
        left = None if pool.capacity is None else pool.capacity - taken
        seats[pool.session_id].append(told(pool, SeatsRead, left=left))
    return seats


async def _appearances_of(
    session: AsyncSession, session_ids: Collection[UUID]
) -> Mapping[UUID, list[AppearanceRead]]:
    rows = await session.exec(
        select(Appearance, Person, Organisation)
        .join(Person)
        .outerjoin(Organisation)
        .where(col(Appearance.session_id).in_(session_ids))
        .order_by(col(Appearance.rank))
    )
    people: defaultdict[UUID, list[AppearanceRead]] = defaultdict(list)
    for appearance, person, body in rows:
        organisation = told(body, BodyRead) if appearance.organisation_id else None
        people[appearance.session_id].append(
            told(appearance, AppearanceRead, person=person.name, organisation=organisation)
        )
    return people


async def _calls_of(
    session: AsyncSession, session_ids: Collection[UUID], *, now: datetime
) -> Mapping[UUID, list[CallRef]]:
    links = list(
        await session.exec(
            select(SessionCall)
            .where(col(SessionCall.session_id).in_(session_ids))
            .order_by(col(SessionCall.rank))
        )
    )
    refs = await calls.refs_of(session, {link.call_id for link in links}, now=now)
    presented: defaultdict[UUID, list[CallRef]] = defaultdict(list)
    for link in links:
        presented[link.session_id].append(refs[link.call_id])
    return presented
