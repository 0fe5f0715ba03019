"""Loading the demo: whole, once, and never beside what somebody else published."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlmodel import SQLModel, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import schema
from etape.core.database import Database
from etape.core.publishing import Revision, publish
from etape.core.texts import Localized
from etape.demo.service import DemoRefused, load_demo, read_demo
from etape.directory.tables import Organisation, Person, Term
from etape.funding.calls.tables import Call
from etape.funding.programmes.schemas import ProgrammeContent
from etape.funding.programmes.service import PROGRAMME
from etape.funding.programmes.tables import Envelope, Programme
from etape.sources.tables import Source
from etape.tour.sessions.tables import Session, Venue
from etape.tour.stops.tables import Stop, Tour

SECRET = SecretStr("a secret that only the tests know, long enough")
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    schema.upgrade(empty_database_url)
    database = Database(empty_database_url)
    try:
        yield database
    finally:
        await database.close()


async def count(session: AsyncSession, table: type[SQLModel]) -> int:
    return (await session.exec(select(func.count()).select_from(table))).one()


async def test_the_demo_is_published_whole_and_only_once(database: Database) -> None:
    demo = read_demo(NOW.date())
    async with database.unit_of_work() as session:
        assert await load_demo(session, secret=SECRET, now=NOW)
    async with database.unit_of_work() as session:
        for table, nouns in (
            (Source, demo.sources),
            (Term, demo.terms),
            (Organisation, demo.organisations),
            (Person, demo.people),
            (Programme, demo.programmes),
            (Envelope, demo.envelopes),
            (Call, demo.calls),
            (Tour, demo.tours),
            (Venue, demo.venues),
            (Stop, demo.stops),
        ):
            assert await count(session, table) == len(nouns)
        assert await count(session, Session) == sum(len(stop.sessions) for stop in demo.stops)
        revisions = await count(session, Revision)

    for later in (NOW, NOW + timedelta(days=9)):
        async with database.unit_of_work() as session:
            assert not await load_demo(session, secret=SECRET, now=later)
            assert await count(session, Revision) == revisions


async def test_the_demo_is_refused_beside_what_somebody_else_published(database: Database) -> None:
    other = ProgrammeContent(slug="autre-programme", name=Localized(fr="Un autre programme"))
    async with database.unit_of_work() as session:
        await publish(session, PROGRAMME, other, by="somebody", now=NOW)
    async with database.unit_of_work() as session:
        with pytest.raises(DemoRefused):
            await load_demo(session, secret=SECRET, now=NOW)
        assert await count(session, Call) == 0


async def test_a_loading_that_is_interrupted_leaves_nothing(database: Database) -> None:
    async def load_and_stop(session: AsyncSession) -> None:
        await load_demo(session, secret=SECRET, now=NOW)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await database.run(load_and_stop)
    async with database.unit_of_work() as session:
        assert await count(session, Source) == 0
        assert await load_demo(session, secret=SECRET, now=NOW)
