"""Publishing many at once does what publishing them one after the other does."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from etape.core.database import Database
from etape.core.postgres import PostgresServer
from etape.core.publishing import UnknownReference, publish, publish_all, withdraw
from etape.funding.awards.schemas import AwardContent
from etape.funding.awards.service import AWARD
from etape.funding.calls.schemas import CallContent
from etape.funding.calls.service import CALL
from etape.sources.schemas import SourceContent, SourceKind
from etape.sources.service import SOURCE
from support.postgres import fresh_database

Act = Callable[[Any], Coroutine[Any, Any, None]]
Way = Callable[[Any, Any, Any, datetime], Coroutine[Any, Any, Any]]

SOURCES = [
    SourceContent(slug=f"s{n}", title=f"Source {n}", publisher="P", kind=SourceKind.DATA)
    for n in range(3)
]
CALLS = [
    CallContent(slug="c0", kind="aap", name={"fr": "Un"}),
    CallContent(slug="c1", kind="aap", name={"fr": "Deux"}, successor="c0"),
]
AWARDS = [
    AwardContent(
        slug=f"a{n}",
        project={"fr": f"Projet {n}"},
        call="c1" if n % 2 else None,
        recipient=f"R{n}" if n else None,
        amount_cents=n * 100,
        source=f"s{n % 3}",
    )
    for n in range(5)
]
CORRECTED = [
    AWARDS[0],
    AWARDS[1].model_copy(update={"amount_cents": 7, "source": "s0"}),
    AWARDS[2],
    AWARDS[3].model_copy(update={"call": None}),
]
# All that publishing writes, by names rather than identifiers, in the order of the journal.
WRITTEN = """
    SELECT noun, slug, version, is_published, draft, draft_version, changed_by
        FROM aggregate ORDER BY noun, slug;
    SELECT slug, revision.version, content, published_by
        FROM revision JOIN aggregate USING (subject_id) ORDER BY slug, revision.version;
    SELECT slug, to_noun, to_slug
        FROM reference JOIN aggregate USING (subject_id) ORDER BY slug, to_slug;
    SELECT slug, act, changes, actor FROM journal JOIN aggregate USING (subject_id) ORDER BY id;
    SELECT award.slug, project, call.slug, source.slug, recipient, amount_cents, award.version
        FROM award JOIN source ON source.id = source_id LEFT JOIN call ON call.id = call_id
        ORDER BY award.slug;
    SELECT call.slug, successor.slug
        FROM call LEFT JOIN call AS successor ON successor.id = call.successor_id
        ORDER BY call.slug
"""


async def one_by_one(session: Any, noun: Any, contents: Any, now: datetime) -> list[Any]:
    return [await publish(session, noun, each, by="editor", now=now) for each in contents]


async def at_once(session: Any, noun: Any, contents: Any, now: datetime) -> list[Any]:
    return await publish_all(session, noun, contents, by="editor", now=now)


async def written(url: str, way: Way, now: datetime) -> list[Any]:
    """Return what each publication told and what is there after them all."""
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            told = [await way(session, SOURCE, SOURCES, now), await way(session, CALL, CALLS, now)]
            told.append(await way(session, AWARD, AWARDS, now))
        async with database.unit_of_work() as session:
            await withdraw(session, AWARD, "a2", by="editor", now=now)
        async with database.unit_of_work() as session:
            told.append(await way(session, AWARD, CORRECTED, now))
            told.append(await way(session, AWARD, CORRECTED, now))
        async with database.unit_of_work() as session:
            connection = await session.connection()
            rows = [(await connection.execute(text(query))).all() for query in WRITTEN.split(";")]
        return [told, rows]
    finally:
        await database.close()


async def test_publishing_at_once_writes_what_publishing_one_by_one_writes(
    postgres: PostgresServer, migrated: str, now: datetime
) -> None:
    with (
        fresh_database(postgres, template=migrated) as one,
        fresh_database(postgres, template=migrated) as other,
    ):
        assert await written(one, one_by_one, now) == await written(other, at_once, now)


async def test_one_unknown_name_keeps_all_from_being_published(
    database_url: str, now: datetime
) -> None:
    database = Database(database_url)
    try:
        with pytest.raises(UnknownReference) as refused:
            await database.run(lambda session: at_once(session, AWARD, AWARDS[1:3], now))
        assert [pointer for pointer, _ in refused.value.errors] == ["/call", "/source"]
        async with database.unit_of_work() as session:
            connection = await session.connection()
            assert (await connection.execute(text("SELECT count(*) FROM aggregate"))).scalar() == 0
    finally:
        await database.close()
