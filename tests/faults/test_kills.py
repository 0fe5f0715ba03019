"""What was acknowledged is there, once and whole, whatever was killed; a retry finishes the rest.

Real processes, and a PostgreSQL that forces its writes to the disk as in production.
"""

import asyncio
import json
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import Any, Self

import httpx
import pytest

from etape.core import schema
from etape.core.database import Database
from etape.core.postgres import PostgresServer
from support.app import SECRET
from support.desk import Desk, a_session, person
from support.postgres import fresh_database, temporary_folder
from support.server import Server

FAR = "2090-01-12"
"""A day that the clock of no machine has reached: processes go by their own."""

SEATS = 40
KILLS = 4
CLIENTS = 12
GROWTH = 40  # registrations acknowledged before each kill, or so


@pytest.fixture(scope="module")
def durable() -> Iterator[PostgresServer]:
    with (
        temporary_folder() as folder,
        PostgresServer(folder / "postgres", settings={"autovacuum": "off"}) as server,
    ):
        yield server


@pytest.fixture
def url(durable: PostgresServer) -> Iterator[str]:
    with fresh_database(durable) as url:
        schema.upgrade(url)
        yield url


class Load:
    """People who register one after the other, and the ledger of the answers they got."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.acknowledged: dict[str, Any] = {}
        self.unanswered: set[str] = set()
        self._clients: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._clients = [asyncio.create_task(self._register(f"C{n}N")) for n in range(CLIENTS)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in self._clients:
            client.cancel()
        for end in await asyncio.gather(*self._clients, return_exceptions=True):
            if end is not None and not isinstance(end, asyncio.CancelledError):
                raise end

    async def _register(self, prefix: str) -> None:
        for number in count():
            await self.insist(f"{prefix}{number}")

    async def grow(self) -> None:
        """Let some more registrations be acknowledged, and the next be at any point."""
        wanted = len(self.acknowledged) + random.randint(GROWTH // 2, GROWTH)
        async with asyncio.timeout(60):
            while len(self.acknowledged) < wanted:  # noqa: ASYNC110 - the clients only count
                await asyncio.sleep(random.uniform(0, 0.05))

    async def insist(self, name: str) -> None:
        """Register somebody, as often as it takes."""
        while not await self.attempt(name):  # noqa: ASYNC110 - as a client does
            await asyncio.sleep(0.1)

    async def attempt(self, name: str) -> bool:
        """Register somebody with their own key, and note the answer; False when none came."""
        self.unanswered.add(name)
        try:
            answer = await self.send(name)
        except httpx.TransportError:
            return False
        if "retry-after" in answer.headers:  # 503, or 409 while the first request is served
            return False
        assert answer.status_code == 201, answer.text
        assert self.acknowledged.setdefault(name, answer.json()) == answer.json()
        self.unanswered.discard(name)
        return True

    async def send(self, name: str) -> httpx.Response:
        key = {"Idempotency-Key": f"key-of-{name}"}
        return await self.desk.post(person(name, "plenary"), headers=key)

    async def find_all(self) -> list[str]:
        """Find every registration acknowledged so far once, and nothing done by halves."""
        acknowledged = set(self.acknowledged)
        names = [row.name for row in await self.desk.ask("SELECT name FROM registration")]
        assert acknowledged <= set(names), "lost"
        assert len(names) == len(set(names)), "twice"
        assert await self.desk.flaws() == {}
        return names

    async def finish(self) -> None:
        """Send again what got no answer, and some of what did: each has its one first answer."""
        for name in set(self.unanswered):
            await self.insist(name)
        for name in random.sample(sorted(self.acknowledged), 20):
            assert (await self.send(name)).headers["Idempotency-Replayed"] == "true"
            await self.insist(name)
        names = await self.find_all()
        [kept] = await self.desk.ask("SELECT count(*) AS n FROM idempotency_key")
        assert len(names) == kept.n == len(self.acknowledged)
        told = [seat for answer in self.acknowledged.values() for seat in answer["seats"]]
        assert sum(seat["status"] == "confirmed" for seat in told) == SEATS
        ranks = sorted(seat["rank"] for seat in told if seat["status"] == "waiting")
        assert ranks == list(range(1, len(ranks) + 1))


@pytest.fixture
async def server(url: str) -> AsyncIterator[Server]:
    async with Server(url) as server:
        yield server


@pytest.fixture
async def desk(server: Server, url: str) -> AsyncIterator[Desk]:
    """A desk behind a real port; the database is asked through connections of the test's."""
    database = Database(url)
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as http:
        desk = Desk(http, database, secret=SECRET)
        hours = {"starts_at": f"{FAR}T09:00", "ends_at": f"{FAR}T10:00"}
        plenary = a_session("plenary", **hours, on_site={"capacity": SEATS}, online={})
        await desk.publish(plenary, days=[{"on": FAR}])
        yield desk
    await database.close()


async def test_nothing_acknowledged_is_lost_when_the_server_is_killed(
    server: Server, desk: Desk
) -> None:
    async with Load(desk) as load:
        for _ in range(KILLS):
            await load.grow()
            await server.kill()
            await load.find_all()
            await server.start()
        await load.grow()
    await load.finish()


async def test_nothing_acknowledged_is_lost_when_postgresql_is_killed(
    server: Server, desk: Desk, durable: PostgresServer
) -> None:
    async with Load(desk) as load:
        for _ in range(KILLS):
            await load.grow()
            first_process = (durable.data / "postmaster.pid").read_text().split()[0]
            os.kill(int(first_process), signal.SIGKILL)
            await asyncio.to_thread(durable.start)
            await desk.database.engine.dispose()
            await load.find_all()
            await server.ready(seconds=10)
        await load.grow()
    await load.finish()


# It runs within the commit: a backend whose client is gone commits all the same.
LINGER = """
    CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END'"""
LINGER_AT_COMMIT = """
    CREATE CONSTRAINT TRIGGER lingering AFTER INSERT ON idempotency_key
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linger()"""
LINGERS = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"


async def test_an_answer_that_a_kill_kept_from_leaving_is_given_to_the_retry(
    server: Server, desk: Desk
) -> None:
    await desk.ask(LINGER)
    await desk.ask(LINGER_AT_COMMIT)
    load = Load(desk)
    first = asyncio.create_task(load.attempt("Ada"))
    await desk.until(LINGERS)
    await server.kill()
    assert await first is False
    await desk.until("SELECT 1 FROM registration")
    await desk.ask("DROP TRIGGER lingering ON idempotency_key")
    await server.start()

    answer = await load.send("Ada")

    assert (answer.status_code, answer.headers["Idempotency-Replayed"]) == (201, "true")
    [seat] = answer.json()["seats"]
    assert seat["status"] == "confirmed"
    assert await desk.counters("plenary") == (1, 0)
    assert await desk.flaws() == {}


STORM, AT_ONCE = 1200, 30


async def test_a_storm_of_connections_cut_anywhere_leaves_registration_open(
    server: Server, desk: Desk
) -> None:
    async def send_and_cut(number: int) -> None:
        body = json.dumps(person(f"Cut{number}", "plenary")).encode()
        head = (
            f"POST /api/v1/stops/essai/registrations HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"Idempotency-Key: cut-{number}\r\n\r\n"
        )
        request = head.encode() + body
        sent = len(request) if number % 3 else random.randrange(len(request))
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request[:sent])
        await writer.drain()
        await asyncio.sleep(random.uniform(0, 0.3))
        writer.transport.abort()

    async def time_to_register(name: str) -> float:
        started = time.monotonic()
        await desk.register(name, "plenary")
        return time.monotonic() - started

    calm = await time_to_register("Ada")
    for batch in range(0, STORM, AT_ONCE):
        await asyncio.gather(*(send_and_cut(batch + number) for number in range(AT_ONCE)))

    # One second is the promise; a machine that is slow in calm weather too may take longer.
    assert await time_to_register("Bea") < max(1, 20 * calm)
    await desk.until(NOTHING_OPEN)
    assert await desk.flaws() == {}


NOTHING_OPEN = """
    SELECT 1 WHERE NOT EXISTS (
        SELECT FROM pg_stat_activity WHERE datname = current_database()
        AND state LIKE 'idle in transaction%' AND now() - xact_start > interval '0.1 s')"""
