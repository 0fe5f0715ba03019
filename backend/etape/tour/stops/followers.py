"""The stops and their sessions as the search index holds them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.live import Indexed, LiveIndex
from etape.core.search import Entry, Shape, Text
from etape.core.texts import Localized
from etape.sources.schemas import Statement
from etape.tour.sessions import service as sessions
from etape.tour.sessions.schemas import SessionRead
from etape.tour.stops import rules
from etape.tour.stops import service as stops
from etape.tour.stops.schemas import SessionHit, StopSummary
from etape.tour.stops.service import STOP
from etape.tour.stops.tables import Stop

SHAPE = Shape(
    texts=(
        Text("name", weight=8),
        Text("places", weight=4),
        Text("people", weight=2),
        Text("body", width=160),
    ),
    keywords=("noun", "kind", "region", "tour", "edition"),
    numbers=("starts",),
)


def stop_index() -> LiveIndex:
    """Return an empty index of stops and sessions."""
    return LiveIndex(SHAPE, select(Stop.id), read_stops, nouns={STOP.name})


async def read_stops(
    session: AsyncSession, ids: Collection[UUID], now: datetime
) -> Mapping[UUID, Indexed]:
    """Read stops for the index, and the instant at which each may change by itself."""
    rows = list(await session.exec(select(Stop).where(col(Stop.id).in_(ids))))
    summaries = await stops.summaries_of(session, rows, now=now)
    held = await sessions.sessions_of(session, summaries, now=now)
    return {
        stop.id: Indexed(
            entries=[
                _stop_entry(stop, summaries[stop.id]),
                *(_session_entry(each, summaries[stop.id]) for each in held.get(stop.id, [])),
            ],
            changes_at=rules.next_change(stop, now=now),
        )
        for stop in rows
    }


def _stop_entry(stop: Stop, summary: StopSummary) -> Entry:
    return Entry(
        key=f"stop/{stop.slug}",
        texts={
            "name": _joined([summary.name, summary.title]),
            "places": " · ".join(summary.cities),
            "people": "",
            "body": _joined([stop.summary, *_texts(stop.themes)]),
        },
        keywords=_keywords("stop", "stop", summary),
        numbers={"starts": stop.first_day},
        payload=summary.model_dump_json().encode(),
    )


def _session_entry(session: SessionRead, stop: StopSummary) -> Entry:
    hit = SessionHit(
        slug=session.slug,
        kind=session.kind,
        title=session.title,
        starts_at=session.starts_at,
        on=session.on,
        has_replay=session.has_replay,
        stop=stop,
    )
    return Entry(
        key=f"session/{stop.slug}/{session.slug}",
        texts={
            "name": _joined([session.title]),
            "places": " · ".join([stop.name.fr, *stop.cities]),
            "people": " · ".join(_people(session)),
            "body": _joined([session.description, *(call.name for call in session.calls)]),
        },
        keywords=_keywords("session", session.kind, stop),
        numbers={"starts": session.starts_at or session.on or stop.days[0].on},
        payload=hit.model_dump_json().encode(),
    )


def _keywords(noun: str, kind: str, stop: StopSummary) -> dict[str, list[str]]:
    return {
        "noun": [noun],
        "kind": [kind],
        "region": [stop.region] if stop.region else [],
        "tour": [stop.tour.slug],
        "edition": ["fictitious" if stop.fictitious else "real"],
    }


def _people(session: SessionRead) -> Iterable[str]:
    for appearance in session.appearances:
        yield appearance.person
        if appearance.organisation:
            yield appearance.organisation.name


def _texts(statements: list[Statement]) -> list[Localized]:
    return [statement.text for statement in statements]


def _joined(texts: Iterable[Localized | None]) -> str:
    said = [text for text in texts if text is not None]
    return " · ".join([t.fr for t in said] + [t.en for t in said if t.en])
