"""One request, one transaction: what is answered is what was committed."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from fastapi import APIRouter, FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import text

from etape.core import schema
from etape.core.access import OPEN, Level, Policy, allow
from etape.core.database import RETRIES, in_transaction
from etape.core.http import ActorDep, DatabaseDep, RemoteRoute, Route
from etape.core.postgres import PostgresServer
from support.app import Client, running
from support.desk import Desk, person
from support.postgres import SETTINGS_WITHOUT_DURABILITY, temporary_folder
from support.team import sign_in

NEVER_TOLD = ("Traceback", "sqlalchemy", "asyncpg", "SELECT", "relation", "backend/", ".py")
FAIL_AT_COMMIT = (
    """
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the disk is gone'; END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON registration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fail()
    """,
)
DEADLOCK_AT_FIRST = (
    "CREATE SEQUENCE tries",  # a sequence does not roll back: it counts every try
    """
    CREATE FUNCTION deadlock() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('tries') < {tries} THEN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01';
        END IF; RETURN NEW; END $$
    """,
    """
    CREATE TRIGGER deadlock BEFORE INSERT ON registration
    FOR EACH ROW EXECUTE FUNCTION deadlock()
    """,
)


async def execute(client: Client, *statements: str) -> None:
    async with client.database.unit_of_work() as session:
        for statement in statements:
            await (await session.connection()).execute(text(statement))


async def count(client: Client, query: str) -> int:
    async with client.database.unit_of_work() as session:
        return int((await (await session.connection()).execute(text(query))).scalar_one())


def assert_problem(answer: Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"/problems/{code}"
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert not [word for word in NEVER_TOLD if word in answer.text]


async def test_what_nobody_foresaw_is_a_problem_that_tells_nothing_of_the_inside(
    client: Client,
) -> None:
    await execute(client, "ALTER TABLE programme RENAME TO mislaid")
    assert_problem(await client.get("/api/v1/programmes"), 500, "internal-error")


async def test_a_commit_that_fails_is_never_answered_as_a_success(client: Client) -> None:
    await execute(client, *FAIL_AT_COMMIT)
    desk = Desk.of(client, stop="azimut-lille")
    for headers in (None, {"Idempotency-Key": "one"}):
        answer = await desk.post(person("Ada", "ouverture"), headers=headers)
        assert_problem(answer, 500, "internal-error")
    assert await count(client, "SELECT count(*) FROM registration WHERE name = 'Ada'") == 0

    await execute(client, "DROP TRIGGER fail ON registration")
    again = await desk.post(person("Ada", "ouverture"), headers={"Idempotency-Key": "one"})
    assert again.status_code == 201, "a 5xx is not an answer to keep"


@pytest.mark.parametrize("key", [None, "one"])
async def test_a_deadlock_is_tried_again_and_not_for_ever(client: Client, key: str | None) -> None:
    headers = {"Idempotency-Key": key} if key else None
    await execute(client, *(sql.format(tries=RETRIES) for sql in DEADLOCK_AT_FIRST))
    desk = Desk.of(client, stop="azimut-lille")
    assert (await desk.post(person("Ada", "ouverture"), headers=headers)).status_code == 201
    assert await count(client, "SELECT last_value FROM tries") == RETRIES
    assert await count(client, "SELECT count(*) FROM registration WHERE name = 'Ada'") == 1

    await execute(
        client,
        "ALTER SEQUENCE tries RESTART",
        DEADLOCK_AT_FIRST[1].format(tries=99).replace("CREATE", "CREATE OR REPLACE"),
    )
    refused = await desk.post(person("Grace", "ouverture"))
    assert_problem(refused, 503, "unavailable")
    assert int(refused.headers["retry-after"]) > 0
    assert await count(client, "SELECT last_value FROM tries") == RETRIES


async def test_a_body_that_never_says_its_length_is_bounded_too(client: Client) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'{"name": "'
        while sent < 10_000_000:
            sent += 8192
            yield b"x" * 8192

    for headers in ({}, {"Idempotency-Key": "one"}):
        sent = 0
        answer = await client.post(
            "/api/v1/stops/azimut-lille/registrations",
            content=endless(),
            headers={"Content-Type": "application/json", **headers},
        )
        assert_problem(answer, 413, "too-large")
        assert sent <= 2 * 64 * 1024


async def test_without_its_database_it_says_when_to_come_back_then_recovers(now: datetime) -> None:
    with (
        temporary_folder() as folder,
        PostgresServer(folder / "postgres", settings=SETTINGS_WITHOUT_DURABILITY) as server,
    ):
        server.create_database("etape")
        schema.upgrade(server.url("etape"))
        async with running(server.url("etape"), at=now) as client:
            assert (await client.get("/api/v1/sources")).status_code == 200
            server.stop()

            refused = await client.get("/api/v1/sources")
            assert_problem(refused, 503, "unavailable")
            assert int(refused.headers["retry-after"]) > 0
            assert "no-store" in refused.headers["cache-control"]
            refused = await Desk.of(client).post(person("Ada", "ouverture"))
            assert_problem(refused, 503, "unavailable")
            assert (await client.get("/api/v1/calls")).status_code == 200, "a search costs no SQL"
            assert (await client.get("/health/live")).status_code == 200
            told = await client.get("/health/ready")
            assert (told.status_code, told.json()) == (503, {"status": "no_database"})

            server.start()
            assert (await client.get("/api/v1/sources")).status_code == 200
            assert (await client.get("/health/ready")).status_code == 200


async def test_what_asks_another_server_is_admitted_first_and_holds_no_transaction_then(
    client: Client,
) -> None:
    here, away = APIRouter(route_class=Route), APIRouter(route_class=RemoteRoute)

    @here.get("/here")
    @allow(OPEN)
    async def work_here() -> bool:
        return in_transaction()

    @away.get("/away")
    @allow(Policy(level=Level.MAILED))
    async def work_away(actor: ActorDep, database: DatabaseDep) -> list[object]:
        before = in_transaction()
        async with database.unit_of_work() as session:
            await session.run_sync(lambda opened: opened.connection())
            during = in_transaction()
        return [actor.level, before, during, in_transaction()]

    app = FastAPI()
    app.state = client.app.state
    for router in (here, away):
        app.include_router(router)
    async with (
        await sign_in(client, level=Level.MAILED) as member,
        AsyncClient(transport=ASGITransport(app), base_url="http://localhost:8000") as browser,
    ):
        assert (await browser.get("/here")).json() is True
        assert (await browser.get("/away")).status_code == 401
        browser.headers["Cookie"] = member.headers["Cookie"]
        assert (await browser.get("/away")).json() == [Level.MAILED, False, True, False]


def test_what_asks_another_server_cannot_be_a_write() -> None:
    router = APIRouter(route_class=RemoteRoute)

    @allow(OPEN)
    async def write_away() -> None: ...

    with pytest.raises(TypeError, match="write_away"):
        router.post("/away")(write_away)
