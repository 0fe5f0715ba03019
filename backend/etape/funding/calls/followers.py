"""The calls as the search index holds them: what is searched, filtered, sorted, and shown."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.live import Indexed, LiveIndex
from etape.core.moments import Moment
from etape.core.search import Entry, Shape, Text
from etape.core.texts import Localized
from etape.directory import service as directory
from etape.funding.calls import rules
from etape.funding.calls import service as calls
from etape.funding.calls.schemas import CallState, CallSummary
from etape.funding.calls.service import CALL, CallParts
from etape.funding.calls.tables import Call, Question
from etape.sources.schemas import Statement

SHAPE = Shape(
    texts=(
        Text("name", boost=4.0),
        Text("promise", boost=2.0, width=160),
        Text("tags", boost=1.5),
        Text("body", width=160),
    ),
    keywords=(
        "status", "kind", "theme", "applicant", "region", "stage", "aid", "programme", "edition",
    ),
    numbers=("opens", "closes", "amount", "updated"),
)  # fmt: skip
NATIONWIDE = "00"


def call_index() -> LiveIndex:
    """Return an empty index of calls."""
    return LiveIndex(SHAPE, read_calls, nouns={CALL})


async def read_calls(
    session: AsyncSession, ids: Collection[UUID] | None, now: datetime
) -> Mapping[UUID, Indexed]:
    """Read calls for the index, and the instant at which each may change by itself."""
    parts = await calls.parts_of(session, ids)
    questions = await calls.children_of(session, Question, ids)
    themes = await directory.theme_labels(session)
    programmes = await calls.programme_slugs(session)
    return {
        call.id: Indexed(
            entries=[
                _entry(
                    call,
                    parts,
                    questions.get(call.id, []),
                    themes=themes,
                    programme=programmes.get(call.programme_id),
                    now=now,
                )
            ],
            changes_at=rules.next_change(parts.waves.get(call.id, []), call.halt, now=now),
        )
        for call in parts.calls
    }


def _entry(
    call: Call,
    parts: CallParts,
    questions: list[Question],
    *,
    themes: Mapping[str, Localized],
    programme: str | None,
    now: datetime,
) -> Entry:
    summary = calls.summary_of(call, parts, now=now)
    labels = [themes[slug] for slug in call.themes if slug in themes]
    body = [call.description, *_texts(call.funds, call.costs, call.conditions, call.excludes)]
    for asked in questions:
        body += [asked.question, asked.answer]
    # French comes first and whole: highlights are cut from the start of a text.
    return Entry(
        key=call.slug,
        texts={
            "name": _both(call.name),
            "promise": _both(call.promise),
            "tags": " · ".join(
                [_both(label) for label in labels]
                + [name for name in (call.kind, summary.operator and summary.operator.name) if name]
            ),
            "body": "\n".join(_both(text) for text in body if text),
        },
        keywords={
            "status": _statuses(summary),
            "kind": [call.kind],
            "theme": call.themes,
            "applicant": call.applicants,
            "region": call.regions or [NATIONWIDE],
            "stage": call.stages,
            "aid": call.aids,
            "programme": [programme] if programme else [],
            "edition": ["fictitious" if call.fictitious else "real"],
        },
        numbers={
            "opens": _instant(summary.next_opening),
            "closes": _instant(summary.deadline),
            "amount": call.amount_max_cents,
            "updated": call.updated_at,
        },
        payload=summary.model_dump_json().encode(),
    )


def _statuses(summary: CallSummary) -> list[str]:
    """Return the state as filters know it: what closes soon is open too."""
    is_closing = summary.state is CallState.CLOSING
    return [CallState.OPEN, CallState.CLOSING] if is_closing else [summary.state]


def _instant(moment: Moment | None) -> datetime | None:
    return (moment.end_instant() or moment.first_instant()) if moment else None


def _texts(*lists: list[Statement]) -> list[Localized]:
    return [statement.text for statements in lists for statement in statements]


def _both(text: Localized | None) -> str:
    return "" if text is None else text.fr if text.en is None else f"{text.fr} · {text.en}"
