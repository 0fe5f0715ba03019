"""The search index of questions: each is found by its words and those of its last answer."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import load_only
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.live import Indexed, LiveIndex
from etape.core.paging import Slice
from etape.core.problems import NotFound
from etape.core.search import Entry, Position, Query, Shape, Sort, Text
from etape.core.texts import Localized
from etape.funding.calls import rules
from etape.funding.calls import service as calls
from etape.funding.calls.schemas import CallName
from etape.funding.calls.service import CALL
from etape.funding.calls.tables import Call, Question
from etape.funding.questions.schemas import QuestionHit, QuestionQuery

SHAPE = Shape(
    texts=(Text("question", weight=3), Text("answer", width=160)),
    keywords=("call", "valid"),
    numbers=("rank",),
)
VALID = {"valid": ["yes"]}


def question_index() -> LiveIndex:
    """Return an empty index of questions."""
    asked = select(Question.call_id).distinct()
    return LiveIndex(SHAPE, asked, read_questions, nouns={CALL.name})


async def read_questions(
    session: AsyncSession, ids: Collection[UUID], now: datetime
) -> Mapping[UUID, Indexed]:
    """Read the questions of calls for the index, and when the first of their answers ends."""
    questions = await calls.children_of(session, Question, ids)
    named = load_only(*(getattr(Call, name) for name in CallName.model_fields))
    asked = select(Call).where(col(Call.id).in_(questions)).options(named)
    names = {call.id: told(call, CallName) for call in await session.exec(asked)}
    return {
        id_: Indexed(
            entries=[_entry(name, asked, now=now) for asked in questions[id_]],
            changes_at=rules.next_change([], [], None, questions[id_], now=now),
        )
        for id_, name in names.items()
    }


async def questions_of(
    session: AsyncSession,
    index: LiveIndex,
    slug: str,
    wanted: QuestionQuery,
    *,
    after: Position | None,
) -> Slice[QuestionHit]:
    """Return the questions of a call in their order, or those found by words. Raises NotFound."""
    if not await calls.call_ids(session, [slug]):
        raise NotFound
    found = index.engine.search(
        Query(
            text=wanted.q,
            scope={"call": [slug], **(VALID if wanted.q else {})},
            sort=None if wanted.q else Sort("rank"),
            limit=wanted.limit,
            after=after,
        )
    )
    hits = [QuestionHit.model_validate_json(hit.payload) for hit in found.hits]
    return Slice(hits, found.total, list(found.next) if found.next else None)


def _entry(call: CallName, asked: Question, *, now: datetime) -> Entry:
    read = calls.question_read(asked, now=now)
    hit = QuestionHit(**dict(read), call=call)
    return Entry(
        key=f"{call.slug}/{read.slug}",
        texts={"question": _said(read.question), "answer": _said(read.answer)},
        keywords={"call": [call.slug], "valid": ["yes" if read.valid else "no"]},
        numbers={"rank": asked.rank},
        payload=hit.model_dump_json().encode(),
    )


def _said(text: Localized) -> str:
    return f"{text.fr} · {text.en}" if text.en else text.fr
