"""What the search of calls answers to the judged queries, beside what PostgreSQL does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select
from tests.relevance.corpus import publish_schemes
from tests.relevance.judged import (
    DEPTH,
    FORGIVEN,
    Answered,
    Kind,
    Quality,
    answers_of,
    quality_of,
    read_queries,
)
from tests.relevance.reference import full_text

from etape.core.database import Database
from etape.core.search import Synonyms
from etape.directory import service as directory
from etape.funding.calls.tables import Call
from etape.funding.finding.followers import call_index, read_calls, search_calls
from etape.funding.finding.schemas import CallQuery


@dataclass(frozen=True)
class Relevance:
    """The answers of the product and of the reference to the same queries."""

    ours: Sequence[Answered]
    reference: Sequence[Answered]
    calls: frozenset[str]
    """The slugs of all the calls asked about."""

    @property
    def by_kind(self) -> Mapping[Kind, tuple[Quality, Quality]]:
        """Ours and the reference's, for each kind of query."""
        return {
            kind: (
                quality_of([each for each in self.ours if each.judged.kind is kind]),
                quality_of([each for each in self.reference if each.judged.kind is kind]),
            )
            for kind in Kind
        }


def held_out(answers: Iterable[Answered]) -> Quality:
    """Return the measures over the queries that no choice was made by."""
    return quality_of([each for each in answers if each.judged.is_held_out])


def tuned_on(answers: Iterable[Answered]) -> Quality:
    """Return the measures over the other queries."""
    return quality_of([each for each in answers if not each.judged.is_held_out])


def forgiven(answers: Iterable[Answered]) -> Quality:
    """Return the measures over the queries with a typo, without accents, or of an acronym."""
    return quality_of([each for each in answers if each.judged.kind in FORGIVEN])


async def measure_relevance(url: str, *, now: datetime) -> Relevance:
    """Publish the schemes beside the demo, and ask everything of both engines."""
    database = Database(url)
    try:
        await publish_schemes(database, now=now)
        index = call_index()
        async with database.unit_of_work() as session:
            synonyms = Synonyms(await directory.synonym_groups(session))
            ids = (await session.exec(select(Call.id))).all()
            read = await read_calls(session, ids, now)
        await index.build(database, synonyms, now=now)
    finally:
        await database.close()
    entries = [entry for indexed in read.values() for entry in indexed.entries]
    queries = read_queries()

    def ours(text: str) -> list[str]:
        found = search_calls(index, CallQuery(q=text, limit=DEPTH), None)
        return [hit.key for hit in found.hits]

    with full_text(url, entries) as reference:
        return Relevance(
            ours=answers_of(ours, queries),
            reference=answers_of(reference.find, queries),
            calls=frozenset(entry.key for entry in entries),
        )
