"""Reading where a programme's money is at the end of a day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.moments import day_in_paris
from etape.core.problems import NotFound
from etape.core.publishing import by_slug
from etape.funding.awards.tables import Award
from etape.funding.budgets import rules
from etape.funding.budgets.rules import Tally
from etape.funding.budgets.schemas import (
    Awarded,
    Budget,
    CallMoney,
    EnvelopeMoney,
    Money,
    Node,
    Total,
    WaveMoney,
)
from etape.funding.calls import service as calls
from etape.funding.calls.schemas import CallKind
from etape.funding.calls.tables import Call, Wave
from etape.funding.ledger import service as ledger
from etape.funding.ledger.rules import Standing
from etape.funding.ledger.schemas import EntryKind
from etape.funding.programmes import service as programmes
from etape.funding.programmes.schemas import FunderRead
from etape.funding.programmes.tables import Envelope, Programme
from etape.sources import service as sources
from etape.sources.rules import known_at, stated_by
from etape.sources.schemas import FigureSet, SourceRead

Thing = Programme | Envelope | Call
N = TypeVar("N", bound=Node)


class Place(NamedTuple):
    """Where money is counted: in a programme, an envelope or a call, or in one wave of a call."""

    id: UUID
    wave: int | None = None


@dataclass(frozen=True, slots=True)
class Things:
    """What is read: a programme, its envelopes and calls, or a call alone; and their awards.

    Each envelope comes after the one that it is within.
    """

    programme: Programme | None
    envelopes: Sequence[Envelope]
    calls: Sequence[Call]
    awards: Sequence[Award]

    @property
    def ids(self) -> list[UUID]:
        """Their identifiers."""
        whole = [self.programme.id] if self.programme else []
        parts = [it.id for it in self.envelopes] + [it.id for it in self.calls]
        return [*whole, *parts, *(it.id for it in self.awards)]

    @property
    def slugs(self) -> dict[UUID | None, str]:
        """The slugs of the envelopes."""
        return {it.id: it.slug for it in self.envelopes}

    @property
    def places(self) -> dict[UUID, Place]:
        """Where the money of each award is counted."""
        return {
            it.id: Place(it.call_id, it.wave) if it.call_id else Place(self.ids[0])
            for it in self.awards
        }

    @property
    def parents(self) -> dict[UUID, UUID | None]:
        """What sources place each envelope and call within; the programme, where it is read."""
        top = self.programme.id if self.programme else None
        parents = {it.id: it.envelope_id for it in self.calls}
        parents |= {it.id: None if it.parent_inferred else it.parent_id for it in self.envelopes}
        return {id_: within if within in parents else top for id_, within in parents.items()}


def _around(place: Place, parents: Mapping[UUID, UUID | None]) -> Iterator[Place]:
    """Yield a place and all those that it is within."""
    yield place
    if place.wave is not None:
        yield Place(place.id)
    within = parents.get(place.id)
    while within is not None:
        yield Place(within)
        within = parents.get(within)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known on the day, by thing; and every day on which something was stated."""

    stated: Mapping[UUID, Sequence[FigureSet]]
    undated: Mapping[UUID, int]
    funders: Mapping[UUID, Sequence[FunderRead]]
    tallies: Mapping[tuple[Place, EntryKind], Tally]
    cited: Mapping[UUID, SourceRead]
    dates: set[date]

    def money(self, place: Place) -> Money:
        """Return what the ledger and the awards say of a place."""
        found = {kind: self.tallies.get((place, kind)) for kind in EntryKind}
        return Money.model_validate(
            {kind: self._added(kind, tally) if tally else None for kind, tally in found.items()}
        )

    def _added(self, kind: EntryKind, tally: Tally) -> Total | Awarded:
        cited = sorted((self.cited[each] for each in tally.source_ids), key=lambda it: it.slug)
        shape = Awarded if kind is EntryKind.AWARDED else Total
        return shape.model_validate(
            {name: getattr(tally, name, cited) for name in shape.model_fields}
        )

    def node(self, row: Thing, shape: type[N], *, parts: Sequence[Node], **others: Any) -> N:
        """Return a thing with its money, and how far its parts explain it."""
        money = self.money(Place(row.id))
        stated = self.stated.get(row.id, [])
        amount, basis = rules.amount_of(stated, money.allocated)
        return told(
            row,
            shape,
            **dict(money),
            stated=stated,
            undated=self.undated.get(row.id, 0),
            funders=self.funders.get(row.id, []),
            amount_cents=amount,
            basis=basis,
            breakdown=rules.breakdown(amount, parts),
            **others,
        )


async def read_budget(
    session: AsyncSession, slug: str, *, as_of: date | None, now: datetime
) -> Budget:
    """Return a programme's money at the end of a day, today's by default.

    Raises NotFound, DayToCome.
    """
    day, today = as_of or day_in_paris(now), day_in_paris(now)
    programme = await by_slug(session, Programme, slug)
    if programme is None:
        raise NotFound
    things = await _things_of(session, programme)
    known = await _known_at(session, things, day, today=today)
    of_calls = await _read_calls(session, things, known)
    envelopes = _read_envelopes(things, known, of_calls)
    tops = [it for it in envelopes if it.parent is None]
    return known.node(
        programme,
        Budget,
        parts=tops or [it for it in of_calls if it.envelope is None],
        as_of=day,
        parents=await programmes.parents_of(session, programme.id),
        dates=sorted(each for each in known.dates if each <= today),
        envelopes=envelopes,
        calls=of_calls,
    )


async def read_call_budget(
    session: AsyncSession, slug: str, *, as_of: date | None, now: datetime
) -> CallMoney:
    """Return a call's money at the end of a day, today's by default. Raises NotFound, DayToCome."""
    day, today = as_of or day_in_paris(now), day_in_paris(now)
    call = await by_slug(session, Call, slug)
    if call is None:
        raise NotFound
    awards = await session.exec(select(Award).where(Award.call_id == call.id))
    envelope = await session.get(Envelope, call.envelope_id) if call.envelope_id else None
    things = Things(None, [envelope] if envelope else [], [call], list(awards))
    known = await _known_at(session, things, day, today=today)
    return (await _read_calls(session, things, known))[0]


async def _things_of(session: AsyncSession, programme: Programme) -> Things:
    envelopes = await session.exec(
        select(Envelope).where(Envelope.programme_id == programme.id).order_by(col(Envelope.slug))
    )
    rows = {envelope.id: envelope for envelope in envelopes}
    within: defaultdict[UUID | None, list[Envelope]] = defaultdict(list)
    for row in rows.values():
        within[row.parent_id if row.parent_id in rows else None].append(row)

    def under(parent: UUID | None) -> list[Envelope]:
        return [it for child in within[parent] for it in (child, *under(child.id))]

    of_it = or_(Call.programme_id == programme.id, col(Call.envelope_id).in_(rows))
    found = list(await session.exec(select(Call).where(of_it).order_by(col(Call.slug))))
    given = or_(
        Award.programme_id == programme.id, col(Award.call_id).in_([call.id for call in found])
    )
    awards = list(await session.exec(select(Award).where(given)))
    return Things(programme, under(None), found, awards)


async def _known_at(session: AsyncSession, things: Things, day: date, *, today: date) -> Known:
    if day > today:
        raise rules.DayToCome
    is_past = day < today
    stated: dict[UUID, Sequence[FigureSet]] = {}
    undated: dict[UUID, int] = {}
    dates = set(await ledger.days_of(session, things.ids))
    for noun in (programmes.PROGRAMME, programmes.ENVELOPE, calls.CALL):
        told_of = await sources.figures_of(session, noun.name, things.ids)
        for id_, sets in told_of.items():
            amounts = rules.amounts_among(sets)
            days = [stated_by(it) for each in amounts for it in (each.headline, *each.others)]
            dates.update(each for each in days if each is not None)
            stated[id_] = known_at(amounts, day) if is_past else amounts
            undated[id_] = days.count(None) if is_past else 0
    entries = await ledger.standing(session, things.ids, as_of=day)
    cited = await sources.by_ids(
        session,
        {each for entry in entries for each in entry.source_ids}
        | {award.source_id for award in things.awards},
    )
    decided = {award.id: _decided(award, cited) for award in things.awards}
    dates.update(each for each in decided.values() if each is not None)
    given = [
        award
        for award in things.awards
        if not is_past or ((on := decided[award.id]) is not None and on <= day)
    ]
    tallies = _added_up(things, entries, given, decided)
    funders = {
        id_: [it for it in found if not is_past or _is_known(it, day)]
        for id_, found in (await programmes.funders_of(session, things.ids)).items()
    }
    return Known(stated, undated, funders, tallies, cited, dates)


def _added_up(
    things: Things,
    entries: Sequence[Standing],
    given: Sequence[Award],
    decided: Mapping[UUID, date | None],
) -> Mapping[tuple[Place, EntryKind], Tally]:
    """Count each amount where it is, and in all that is around; what is allocated, where it is."""
    tallies: defaultdict[tuple[Place, EntryKind], Tally] = defaultdict(Tally)
    places, parents = things.places, things.parents
    for entry in entries:
        place = places.get(entry.subject_id, Place(entry.subject_id, entry.wave))
        around = [place] if entry.kind == EntryKind.ALLOCATED else _around(place, parents)
        for each in around:
            tallies[each, EntryKind(entry.kind)].add_entry(entry)
    for award in given:
        for each in _around(places[award.id], parents):
            tallies[each, EntryKind.AWARDED].add_award(award, on=decided[award.id])
    return tallies


def _decided(award: Award, cited: Mapping[UUID, SourceRead]) -> date | None:
    """Return the day by which it was surely decided, or at the latest announced."""
    day = award.decided or cited[award.source_id].published
    return day.surely_by() if day else None


def _is_known(funder: FunderRead, day: date) -> bool:
    """Whether a source had said by then that this programme pays; one without a date had not."""
    published = funder.source.published if funder.source else None
    return published is not None and published.surely_by() <= day


async def _read_calls(session: AsyncSession, things: Things, known: Known) -> list[CallMoney]:
    waves = await calls.children_of(session, Wave, [call.id for call in things.calls])

    def read(call: Call) -> CallMoney:
        return known.node(
            call,
            CallMoney,
            parts=[],
            envelope=things.slugs.get(call.envelope_id),
            left=rules.left_of(CallKind(call.kind), known.money(Place(call.id))),
            waves=[
                told(wave, WaveMoney, **dict(known.money(Place(call.id, wave.rank))))
                for wave in waves.get(call.id, [])
            ],
        )

    return [read(call) for call in things.calls]


def _read_envelopes(
    things: Things, known: Known, of_calls: Sequence[CallMoney]
) -> list[EnvelopeMoney]:
    told_of: list[EnvelopeMoney] = []
    for envelope in reversed(things.envelopes):  # what is within it comes before it
        parts: Sequence[Node] = [it for it in told_of if it.parent == envelope.slug]
        node = known.node(
            envelope,
            EnvelopeMoney,
            parts=parts or [it for it in of_calls if it.envelope == envelope.slug],
            parent=things.slugs.get(envelope.parent_id),
        )
        told_of.insert(0, node)
    return told_of
