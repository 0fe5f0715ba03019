"""Publishing calls, and reading them whole, as summaries, and as what the search index holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import delete, text
from sqlalchemy import select as select_columns
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import shared_with, told
from etape.core.database import execute
from etape.core.drafts import Edit
from etape.core.editing.shapes import Consequence
from etape.core.moments import Moment
from etape.core.problems import NotFound
from etape.core.publishing import Noun, by_slug, one_by_one
from etape.core.texts import Localized, Spoken
from etape.directory import service as directory
from etape.directory.tables import Organisation
from etape.funding.calls import rules
from etape.funding.calls.schemas import (
    CallContent,
    CallRead,
    CallRef,
    CallState,
    CallSummary,
    CallWave,
    Halt,
    ObservationRead,
    OperatorRead,
    QuestionRead,
    WaveContent,
    WaveRead,
    WaveState,
)
from etape.funding.calls.tables import Call, Observation, Question, Wave
from etape.funding.eligibility.rules import judge
from etape.funding.eligibility.schemas import EligibilityAnswer, EligibilityQuestion
from etape.funding.programmes import service as programmes
from etape.funding.programmes.schemas import ProgrammeRef
from etape.funding.programmes.tables import Envelope, Programme
from etape.sources import service as sources
from etape.sources.schemas import FigureSet, SourceRead

BUDGET = "budget"
WAVE = "wave"
"""As whose figures are those of a wave: it is a part of its call, and no noun of its own."""
TO_COME, OPEN, CLOSED = WaveState.TO_COME, WaveState.OPEN, WaveState.CLOSED

LONG_TEXTS = [
    getattr(Call, name) for name in ("description", "funds", "costs", "conditions", "excludes")
]
"""What a call says at length; only its own page and the search index want it."""

_WINDOWS = select_columns(
    col(Wave.call_id),
    col(Wave.opens),
    col(Wave.closes),
    col(Wave.rolling),
    col(Wave.opens_at),
    col(Wave.closes_at),
).order_by(col(Wave.rank))
"""What `standings` needs of waves: whole ones take twice as long, and it reads all of them."""

Child = TypeVar("Child", Wave, Observation, Question)


@dataclass(frozen=True, slots=True)
class CallParts:
    """Calls with what their state and their summary need, each part by the call's identifier."""

    calls: Sequence[Call]
    waves: Mapping[UUID, list[Wave]]
    observations: Mapping[UUID, list[Observation]]
    figures: Mapping[UUID, list[FigureSet]]
    operators: Mapping[UUID, Organisation]


class Standing(NamedTuple):
    """What an instant makes of a call: its state, and what comes next."""

    state: CallState
    next_opening: Moment | None
    deadline: Moment | None
    rolling: bool


async def _apply_call(
    session: AsyncSession, call: Call, content: CallContent, _now: datetime
) -> None:
    successors = await call_ids(session, [content.successor] if content.successor else [])
    call.programme_id = await programmes.programme_id(session, content.programme)
    call.envelope_id = await programmes.envelope_id(session, content.envelope)
    call.operator_id = await directory.organisation_id(session, content.operator)
    call.successor_id = successors.get(content.successor or "")
    session.add(call)
    await session.flush()
    await _replace_children(session, call.id, content)
    await programmes.fund(session, content.funders, call_id=call.id)
    await sources.state(session, CALL.name, call.id, content.stated)
    for wave in content.waves:
        await sources.state(session, WAVE, _wave_id(call.id, wave.rank), wave.stated)


async def _forget_waves(session: AsyncSession, call_id: UUID) -> None:
    """Delete the waves of a call, and what is stated of them."""
    waves = select(Wave.id).where(Wave.call_id == call_id)
    for table in sources.STATED:
        of_waves = (col(table.noun) == WAVE, col(table.subject_id).in_(waves))
        await session.exec(delete(table).where(*of_waves))
    await session.exec(delete(Wave).where(col(Wave.call_id) == call_id))


CALL = Noun(
    name="call",
    label=Localized(fr="l’appel", en="the call"),
    table=Call,
    content=CallContent,
    apply=one_by_one(_apply_call),
    parts=sources.STATED,
    leave=_forget_waves,
    not_copied=frozenset({"stated", "observations", "halt", "successor"}),
)


async def _replace_children(session: AsyncSession, call_id: UUID, content: CallContent) -> None:
    had = set(await session.exec(select(Wave.rank).where(Wave.call_id == call_id)))
    await _forget_waves(session, call_id)
    for table in (Observation, Question):
        await session.exec(delete(table).where(col(table.call_id) == call_id))
    dated = [wave.source for wave in content.waves if wave.source]
    cited = await sources.ids_of(session, dated + [seen.source for seen in content.observations])
    session.add_all(
        _wave(wave, call_id=call_id, source_id=cited.get(wave.source or ""))
        for wave in content.waves
    )
    session.add_all(
        Observation(
            **shared_with(Observation, seen),
            call_id=call_id,
            rank=rank,
            source_id=cited[seen.source],
        )
        for rank, seen in enumerate(content.observations)
    )
    session.add_all(
        Question(**shared_with(Question, asked), call_id=call_id, rank=rank)
        for rank, asked in enumerate(content.questions)
    )
    if gone := had - {wave.rank for wave in content.waves}:
        await _refuse_named(session, gone)


async def _refuse_named(session: AsyncSession, waves: Collection[int]) -> None:
    """Have PostgreSQL check now, rather than at the commit, that nothing names these waves.

    A wave is written anew with its call: awards and the ledger name it by its rank. Raises
    WaveNamed.
    """
    await session.flush()
    try:
        await execute(session, text("SET CONSTRAINTS ALL IMMEDIATE"), {})
    except IntegrityError:
        raise rules.WaveNamed(removed=sorted(waves)) from None
    await execute(session, text("SET CONSTRAINTS ALL DEFERRED"), {})


def _wave(content: WaveContent, *, call_id: UUID, source_id: UUID | None) -> Wave:
    opens_at, closes_at = rules.bounds(
        content.opens, content.closes, grace_minutes=content.grace_minutes
    )
    return Wave(
        **shared_with(Wave, content),
        id=_wave_id(call_id, content.rank),
        call_id=call_id,
        source_id=source_id,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def _wave_id(call_id: UUID, rank: int) -> UUID:
    """Return the identifier of a wave: what is stated of it is found again at each version."""
    return uuid5(call_id, f"wave {rank}")


async def call_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each call."""
    columns = select(Call.slug, Call.id).where(col(Call.slug).in_(slugs))
    return dict((await session.exec(columns)).all())


async def programme_slugs(session: AsyncSession) -> dict[UUID | None, str]:
    """Return the slug of each programme by its identifier."""
    return dict((await session.exec(select(Programme.id, Programme.slug))).all())


async def parts_of(session: AsyncSession, ids: Collection[UUID]) -> CallParts:
    """Return the calls of these identifiers, with their parts; their long texts are not read."""
    short = [defer(text, raiseload=True) for text in LONG_TEXTS]
    calls = list(await session.exec(select(Call).where(col(Call.id).in_(ids)).options(*short)))
    bodies = select(Organisation).where(
        col(Organisation.id).in_({call.operator_id for call in calls if call.operator_id})
    )
    return CallParts(
        calls=calls,
        waves=await children_of(session, Wave, ids),
        observations=await children_of(session, Observation, ids),
        figures=await sources.figures_of(session, CALL.name, ids),
        operators={body.id: body for body in await session.exec(bodies)},
    )


async def children_of(
    session: AsyncSession, table: type[Child], ids: Collection[UUID] | None = None
) -> Mapping[UUID, list[Child]]:
    """Return the waves, observations or questions of these calls; else of all."""
    wanted = select(table).order_by(col(table.rank))
    rows = await session.exec(wanted if ids is None else wanted.where(col(table.call_id).in_(ids)))
    children: defaultdict[UUID, list[Child]] = defaultdict(list)
    for row in rows:
        children[row.call_id].append(row)
    return children


def _standing(call_id: UUID, halt: Halt | None, parts: CallParts, *, now: datetime) -> Standing:
    waves = parts.waves.get(call_id, [])
    states = [(wave, rules.wave_state(wave, now=now)) for wave in waves]
    return Standing(
        state=rules.call_state(waves, parts.observations.get(call_id, []), halt, now=now),
        next_opening=next((w.opens for w, s in states if w.opens and s is TO_COME), None),
        deadline=next((w.closes for w, s in states if w.closes and s is not CLOSED), None),
        rolling=any(w.rolling and w.closes is None for w, s in states if s is OPEN),
    )


async def standings(session: AsyncSession, *, now: datetime) -> dict[str, Standing]:
    """Return what the instant makes of every call, by its slug."""
    waves: defaultdict[UUID, list[Any]] = defaultdict(list)
    for wave in await execute(session, _WINDOWS, {}):
        waves[wave.call_id].append(wave)
    seen = await children_of(session, Observation)
    parts = CallParts(calls=[], waves=waves, observations=seen, figures={}, operators={})
    calls = await session.exec(select(Call.id, Call.slug, col(Call.halt)))
    return {slug: _standing(call_id, halt, parts, now=now) for call_id, slug, halt in calls}


def _body(call: Call, parts: CallParts) -> OperatorRead | None:
    body = parts.operators.get(call.operator_id) if call.operator_id else None
    return told(body, OperatorRead) if body is not None else None


def summary_of(call: Call, parts: CallParts, *, now: datetime) -> CallSummary:
    """Return a call as lists show it, in the state that it has `now`."""
    budgets = (each for each in parts.figures.get(call.id, []) if each.key == BUDGET)
    return told(
        call,
        CallSummary,
        **_standing(call.id, call.halt, parts, now=now)._asdict(),
        budget=next(budgets, None),
        operator=_body(call, parts),
    )


async def refs_of(
    session: AsyncSession, ids: Collection[UUID], *, now: datetime
) -> dict[UUID, CallRef]:
    """Return calls by their identifiers, named and in the state that they have `now`."""
    parts = await parts_of(session, ids)
    return {
        call.id: told(call, CallRef, state=_standing(call.id, call.halt, parts, now=now).state)
        for call in parts.calls
    }


async def read_call(
    session: AsyncSession, slug: str, *, now: datetime
) -> tuple[CallRead, datetime | None]:
    """Return a call, whole, and the instant at which its state may next change.

    Raises NotFound.
    """
    call = await by_slug(session, Call, slug)
    if call is None:
        raise NotFound
    parts = await parts_of(session, [call.id])
    waves, seen = parts.waves.get(call.id, []), parts.observations.get(call.id, [])
    cited = await sources.by_ids(
        session, [*(wave.source_id for wave in waves), *(each.source_id for each in seen)]
    )
    programme = await session.get(Programme, call.programme_id) if call.programme_id else None
    envelope = await session.get(Envelope, call.envelope_id) if call.envelope_id else None
    questions = (await children_of(session, Question, [call.id])).get(call.id, [])
    successors = await refs_of(session, [call.successor_id] if call.successor_id else [], now=now)
    figures = parts.figures.get(call.id, [])
    read = told(
        call,
        CallRead,
        **_standing(call.id, call.halt, parts, now=now)._asdict(),
        budget=next((each for each in figures if each.key == BUDGET), None),
        figures=figures,
        operator=_body(call, parts),
        programme=told(programme, ProgrammeRef) if programme is not None else None,
        envelope=envelope.slug if envelope is not None else None,
        funders=(await programmes.funders_of(session, [call.id])).get(call.id, []),
        waves=await _call_waves(session, waves, cited, now=now),
        observations=[told(each, ObservationRead, source=cited[each.source_id]) for each in seen],
        questions=[question_read(each, now=now) for each in questions],
        sources=(await sources.sources_of(session, CALL.name, [call.id])).get(call.id, []),
        successor=successors.get(call.successor_id) if call.successor_id else None,
    )
    return read, rules.next_change(waves, seen, call.halt, questions, now=now)


def wave_read(wave: Wave, cited: Mapping[UUID, SourceRead], *, now: datetime) -> WaveRead:
    """Return a wave in the state that it has `now`, with its source among those `cited`."""
    source = cited.get(wave.source_id) if wave.source_id else None
    return told(wave, WaveRead, state=rules.wave_state(wave, now=now), source=source)


def question_read(asked: Question, *, now: datetime) -> QuestionRead:
    """Return a question with its answers, as they hold `now`."""
    slug = asked.slug or f"question-{asked.rank + 1}"
    return told(asked, QuestionRead, slug=slug, valid=rules.is_valid(asked, now=now))


async def judge_eligibility(
    session: AsyncSession, slug: str, question: EligibilityQuestion
) -> EligibilityAnswer:
    """Return whether a structure, or a consortium, may answer a call. Raises NotFound."""
    call = await by_slug(session, Call, slug)
    if call is None:
        raise NotFound
    return judge(call.criteria, question, places=await directory.region_names(session))


async def _call_waves(
    session: AsyncSession, waves: Sequence[Wave], cited: Mapping[UUID, SourceRead], *, now: datetime
) -> list[CallWave]:
    ids = [wave.id for wave in waves]
    figures = await sources.figures_of(session, WAVE, ids)
    resting = await sources.sources_of(session, WAVE, ids)
    return [
        CallWave(
            **dict(wave_read(wave, cited, now=now)),
            figures=figures.get(wave.id, []),
            sources=resting.get(wave.id, []),
            answered_in_days=rules.days_to_answer(wave.closes, wave.results, now=now),
            selection=rules.selection(figures.get(wave.id, [])),
        )
        for wave in waves
    ]


async def preview_call(session: AsyncSession, slug: str, now: datetime) -> CallRead:
    """Return a call as the public would read it."""
    return (await read_call(session, slug, now=now))[0]


async def tell_what_moves(
    _session: AsyncSession, edit: Edit, _by: str, now: datetime
) -> list[Consequence]:
    """Return what a change does to a call's deadlines and state: what its readers will see."""
    before, after = _content(edit.before), _content(edit.after)
    return [
        *rules.moved_deadlines(before, after),
        *rules.changed_state(before, after, now=now),
    ]


def _content(spoken: Spoken | None) -> CallContent | None:
    return spoken if isinstance(spoken, CallContent) else None
