"""The search index of calls: what it holds, and how it is asked. A search costs no SQL.

A search about another day does: SQL tells what the index knows of today only.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json
from sqlalchemy import cast, func
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.orm import load_only
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.live import BATCH, Indexed, LiveIndex
from etape.core.moments import PARIS, Moment, midnight
from etape.core.search import (
    Entry,
    Found,
    Hit,
    Passage,
    Position,
    Query,
    Shape,
    Sort,
    Text,
    seconds,
    tie_of,
)
from etape.core.texts import Language, Localized
from etape.directory import service as directory
from etape.funding.calls import rules
from etape.funding.calls import service as calls
from etape.funding.calls.schemas import Aid, Applicant, CallKind, CallState, CallSummary
from etape.funding.calls.service import CALL, CallParts, Standing
from etape.funding.calls.tables import Call, Question
from etape.funding.eligibility.rules import ANY, TOLD, fit, fits_of
from etape.funding.eligibility.schemas import Verdict
from etape.funding.finding.schemas import CallFilter, CallQuery, CallSort

TAGS = ("kind", "theme", "applicant", "region", "aid", "operator")
SHAPE = Shape(
    texts=(
        Text("name", weight=8),
        Text("promise", weight=4),
        Text("tags", weight=2, lines=TAGS),
        Text("body", width=160),
        Text("name_en", weight=8),
        Text("promise_en", weight=4),
        Text("body_en", width=160),
    ),
    keywords=(
        "status", "kind", "theme", "applicant", "region", "stage", "aid", "programme", "edition",
        "dated", *TOLD,
    ),
    numbers=("opens", "closes", "amount", "updated"),
    about=("name", "promise", "body"),
    common="appel projet aide financement subvention candidater postuler",
)  # fmt: skip
FACETS = ("status", "kind", "theme", "applicant", "region", "stage", "aid", "edition")
NATIONWIDE = "00"
_Words = Sequence[list[str]]
_PARAMETERS = {"amount": "amount_from"}
_SORTS = {
    CallSort.RELEVANCE: None,
    CallSort.CLOSES: Sort("closes"),
    CallSort.OPENS: Sort("opens"),
    CallSort.AMOUNT: Sort("amount", is_descending=True),
    CallSort.UPDATED: Sort("updated", is_descending=True),
}
_PASSING_SORTS: Mapping[Sort | None, Callable[[Standing], Moment | None]] = {
    Sort("closes"): attrgetter("deadline"),
    Sort("opens"): attrgetter("next_opening"),
}


def call_index() -> LiveIndex:
    """Return an empty index of calls."""
    return LiveIndex(SHAPE, select(Call.id), read_calls, nouns={CALL.name})


async def read_calls(
    session: AsyncSession, ids: Collection[UUID], now: datetime
) -> Mapping[UUID, Indexed]:
    """Read calls for the index, and the instant at which each may change by itself."""
    parts = await calls.parts_of(session, ids)
    bodies = await _bodies_of(session, ids, now=now)
    themes = await directory.theme_labels(session)
    regions = await directory.region_names(session)
    programmes = await calls.programme_slugs(session)
    return {
        call.id: Indexed(
            entries=[
                _entry(
                    call,
                    parts,
                    bodies[call.id],
                    themes=themes,
                    regions=regions,
                    programme=programmes.get(call.programme_id),
                    now=now,
                )
            ],
            changes_at=rules.next_change(
                parts.waves.get(call.id, []),
                parts.observations.get(call.id, []),
                call.halt,
                bodies[call.id].answers,
                now=now,
            ),
        )
        for call in parts.calls
    }


@dataclass(frozen=True, slots=True)
class _Body:
    """All that a call says at length, in each language, and its answers, those that ended too."""

    texts: Mapping[Language, str]
    answers: Sequence[Question]


async def _bodies_of(
    session: AsyncSession, ids: Collection[UUID], *, now: datetime
) -> Mapping[UUID, _Body]:
    """Return what calls say, with the answers that hold `now`.

    PostgreSQL takes the words out of the texts: made whole here, 10,000 calls take 3 s more.
    """
    asked = (
        select(Question, _words_in(Question.question, Question.answer))
        .options(load_only(*(getattr(Question, name) for name in ("call_id", "until"))))
        .where(col(Question.call_id).in_(ids))
        .order_by(col(Question.rank))
    )
    answers: defaultdict[UUID, list[tuple[Question, _Words]]] = defaultdict(list)
    for answer, words in await session.exec(asked):
        answers[answer.call_id].append((answer, words))
    whole = select(Call.id, _words_in(*calls.LONG_TEXTS)).where(col(Call.id).in_(ids))
    bodies = {}
    for call_id, words in await session.exec(whole):
        said = [words, *(w for each, w in answers[call_id] if rules.is_valid(each, now=now))]
        texts = ["\n".join(chain.from_iterable(lists)) for lists in zip(*said, strict=True)]
        asked_of_it = [answer for answer, _ in answers[call_id]]
        bodies[call_id] = _Body(dict(zip(Language, texts, strict=True)), asked_of_it)
    return bodies


def _words_in(*texts: object) -> Any:
    """Select the words of texts, and of lists of texts: a list for each language."""
    together = func.jsonb_build_array(*texts)
    paths = (cast(f"strict $.**.{it} ? (@ != null)", JSONPATH) for it in Language)
    return func.jsonb_build_array(
        *(func.jsonb_path_query_array(together, path) for path in paths), type_=JSONB
    )


def _entry(
    call: Call,
    parts: CallParts,
    body: _Body,
    *,
    themes: Mapping[str, Localized],
    regions: Mapping[str, str],
    programme: str | None,
    now: datetime,
) -> Entry:
    summary = calls.summary_of(call, parts, now=now)
    fits = fits_of(call.criteria)
    operator = summary.operator
    tags = {
        "kind": [rules.KINDS[CallKind(call.kind)]],
        "theme": _said([themes[slug] for slug in call.themes if slug in themes]),
        "applicant": _said([rules.APPLICANTS[Applicant(each)] for each in call.applicants]),
        "region": [regions[code] for code in call.regions],
        "aid": _said([rules.AIDS[Aid(each)] for each in call.aids]),
        "operator": [operator.name, operator.acronym or ""] if operator else [],
    }
    return Entry(
        key=call.slug,
        texts={
            "name": call.name.fr,
            "name_en": call.name.en or "",
            "promise": call.promise.fr if call.promise else "",
            "promise_en": (call.promise.en if call.promise else "") or "",
            "tags": "\n".join(" · ".join(filter(None, tags[name])) for name in TAGS),
            "body": body.texts[Language.FR],
            "body_en": body.texts[Language.EN],
        },
        keywords={
            **_passing(summary.state, summary.deadline),
            "kind": [call.kind],
            "theme": call.themes,
            "applicant": call.applicants,
            "region": call.regions or [NATIONWIDE],
            "stage": call.stages,
            "aid": call.aids,
            "programme": [programme] if programme else [],
            "edition": ["fictitious" if call.fictitious else "real"],
            **fits.kept,
        },
        numbers={
            "opens": _instant(summary.next_opening),
            "closes": _instant(summary.deadline),
            "amount": call.amount_max_cents,
            "updated": call.updated_at,
        },
        payload=_written(summary, fits.sure if call.criteria else None),
    )


def _passing(state: CallState, deadline: Moment | None) -> dict[str, list[str]]:
    """Return the keywords that the date decides: what closes soon is open too."""
    return {
        "status": [CallState.OPEN, state] if state is CallState.CLOSING else [state],
        "dated": [str(bool(deadline and deadline.end_instant()))],
    }


def _instant(moment: Moment | None) -> datetime | None:
    return (moment.end_instant() or moment.first_instant()) if moment else None


def _said(labels: list[Localized]) -> list[str]:
    return [label.fr for label in labels] + [label.en for label in labels if label.en]


def search_calls(index: LiveIndex, wanted: CallQuery, after: Position | None) -> Found:
    """Return the calls found: any of the values of one filter, all of the filters."""
    return index.engine.search(_page_question(wanted, after))


async def search_calls_as_of(
    session: AsyncSession,
    index: LiveIndex,
    wanted: CallQuery,
    after: Position | None,
    *,
    now: datetime,
) -> Found:
    """Return the calls found as they stand at another instant than the index's."""
    standings = await calls.standings(session, now=now)
    question = _told_by(standings, _page_question(wanted, after))
    if question.sort in _PASSING_SORTS:
        found = _in_order_of(standings, index, question)
    else:
        found = index.engine.search(question)
    ids = await calls.call_ids(session, [hit.key for hit in found.hits])
    parts = await calls.parts_of(session, ids.values())
    then = {call.slug: calls.summary_of(call, parts, now=now) for call in parts.calls}
    hits = [_retold(hit, then[hit.key]) for hit in found.hits if hit.key in then]
    return replace(found, hits=hits)


def _told_by(standings: Mapping[str, Standing], question: Query) -> Query:
    """Return the question with all that the date decides told by SQL."""
    ranges, filters = dict(question.ranges), dict(question.filters)
    given: dict[str, dict[str, list[str]]] = {"status": {}, "dated": {}}
    for slug, standing in standings.items():
        for name, values in _passing(standing.state, standing.deadline).items():
            for value in values:
                given[name].setdefault(value, []).append(slug)
    if "closes" in ranges:
        first, last = (None if end is None else seconds(end) for end in ranges.pop("closes"))
        closings = ((slug, _instant(each.deadline)) for slug, each in standings.items())
        within = [
            slug
            for slug, closing in closings
            if closing
            and (first is None or first <= seconds(closing))
            and (last is None or seconds(closing) <= last)
        ]
        given["closes"], filters["closes"] = {"within": within}, ["within"]
    return replace(question, ranges=ranges, filters=filters, given=given)


def _in_order_of(standings: Mapping[str, Standing], index: LiveIndex, question: Query) -> Found:
    """Return a page in an order by dates, of which the index knows today's only.

    The order is walked in stretches, each twice as long as the one before, until the page is full.
    """
    moment_of = _PASSING_SORTS[question.sort]
    instants = {slug: _instant(moment_of(each)) for slug, each in standings.items()}
    places: dict[str, list[float]] = {
        slug: [instant is None, seconds(instant) if instant else 0, tie_of(slug)]
        for slug, instant in instants.items()
    }
    last = [end or 0 for end in question.after or ()]
    rest = sorted((slug for slug in places if places[slug] > last), key=places.__getitem__)
    question = replace(question, after=None)
    found = index.engine.search(replace(question, limit=1))
    hits: list[Hit] = []
    size = BATCH
    while rest and len(hits) <= question.limit:
        stretch, rest, size = rest[:size], rest[size:], 2 * size
        within = replace(
            question,
            filters={**question.filters, "stretch": ["this"]},
            given={**question.given, "stretch": {"this": stretch}},
            facets=(),
            limit=len(stretch),
        )
        near = index.engine.search(within).hits
        alike = [hit for hit in near if hit.is_exact or not found.exact]
        hits += sorted(alike, key=lambda hit: places[hit.key])
    page = hits[: question.limit]
    following = places[page[-1].key] if len(hits) > len(page) else None
    return replace(found, hits=page, next=following)


def _retold(hit: Hit, summary: CallSummary) -> Hit:
    _, newline, sure = hit.payload.partition(b"\n")
    return replace(hit, payload=summary.model_dump_json().encode() + newline + sure)


def _page_question(wanted: CallQuery, after: Position | None) -> Query:
    question = _question(wanted)
    if wanted.dated is not None:
        question = replace(question, filters={**question.filters, "dated": [str(wanted.dated)]})
    closes = (wanted.closes_from, _end_of(wanted.closes_to))
    if closes != (None, None):
        question = replace(question, ranges={**question.ranges, "closes": closes})
    sort = _SORTS[wanted.sort or (CallSort.RELEVANCE if wanted.q else CallSort.CLOSES)]
    return replace(question, facets=FACETS, sort=sort, limit=wanted.limit, after=after)


def slugs_found(index: LiveIndex, wanted: CallFilter) -> list[str]:
    """Return the names of all the calls that a filter keeps, however many they are."""
    question = replace(_question(wanted), sort=Sort("closes"), limit=BATCH)
    slugs: list[str] = []
    while True:
        found = index.engine.search(question)
        slugs += (hit.key for hit in found.hits)
        if found.next is None:
            return slugs
        question = replace(question, after=found.next)


def _question(wanted: CallFilter) -> Query:
    lists = [it for it in SHAPE.keywords if it in CallFilter.model_fields and it not in TOLD]
    chosen = {name: [str(each) for each in getattr(wanted, name)] for name in lists}
    if chosen["region"]:
        chosen["region"].append(NATIONWIDE)
    chosen |= {name: [value, ANY] for name, value in _told(wanted).items()}
    return Query(
        text=wanted.q,
        filters={name: values for name, values in chosen.items() if values},
        ranges={} if wanted.amount_from is None else {"amount": (wanted.amount_from, None)},
    )


def _told(wanted: CallFilter) -> dict[str, str]:
    """Return what is told of somebody's structure."""
    values = ((name, getattr(wanted, name)) for name in TOLD)
    return {name: str(value) for name, value in values if value is not None}


def _written(summary: CallSummary, sure: Mapping[str, Sequence[str]] | None) -> bytes:
    """Write a call as a page tells it and, on a second line, whom it is sure to be for."""
    told = summary.model_dump_json().encode()
    return told if sure is None else told + b"\n" + to_json(sure)


def summary_in(hit: Hit) -> CallSummary:
    """Return the call that was found."""
    return CallSummary.model_validate_json(hit.payload.partition(b"\n")[0])


def page_of(found: Found, wanted: CallFilter, cursor: str | None) -> bytes:
    """Return a `CallPage` as JSON. Its items were written when they were indexed."""
    told = {
        "total": found.total,
        "next": cursor,
        "exact": found.exact,
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts.items()]
            for name, counts in found.facets.items()
        },
        "synonyms": found.synonyms,
        "corrections": found.corrections,
        "relief": [
            {
                "drop": _PARAMETERS.get(each.condition, each.condition) if each.condition else "q",
                "words": each.words,
                "q": each.text,
                "total": each.total,
            }
            for each in found.relief
        ],
    }
    structure = _told(wanted)
    items = b",".join(_hit(hit, structure) for hit in found.hits)
    return b'{"items":[' + items + b"]," + to_json(told)[1:]


def _hit(hit: Hit, structure: Mapping[str, str]) -> bytes:
    summary, _, sure = hit.payload.partition(b"\n")
    told = {
        "exact": hit.is_exact,
        "fit": _fit(sure, structure) if structure else None,
        "why": [
            {
                "typed": match.typed,
                "taken": match.taken,
                "found_in": match.text.removesuffix("_en"),
            }
            for match in hit.matches
            if match
        ],
        "missing": hit.missing,
        "highlights": {
            name: [{"text": text, "hit": is_hit} for text, is_hit in passage.segments()]
            for name, passage in _telling(hit).items()
        },
    }
    return summary[:-1] + b"," + to_json(told)[1:]


def _fit(sure: bytes, structure: Mapping[str, str]) -> Verdict:
    return fit(from_json(sure), structure) if sure else Verdict.NOT_STATED


def _telling(hit: Hit) -> dict[str, Passage]:
    """Return the texts that tell why a call was found: the short ones, else what they leave out.

    A text comes in each of its languages, whichever of them matched.
    """
    short = {name: each for name, each in hit.passages.items() if each.width is None}
    for told in (short, hit.passages):
        matched = {name.removesuffix("_en") for name, each in told.items() if each.ranges}
        if matched:
            return {n: each for n, each in told.items() if n.removesuffix("_en") in matched}
    return {}


def _end_of(day: date | None) -> datetime | None:
    return midnight(day + timedelta(days=1), PARIS) if day else None
