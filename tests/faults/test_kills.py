"""What was acknowledged is there, once and whole, whatever was killed; a retry finishes the rest.

Real processes, and a PostgreSQL that forces its writes to the disk as in production.
"""

import asyncio
import json
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count, takewhile
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from etape.core import schema
from etape.core.access import SESSION_COOKIE
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.postgres import PostgresServer
from etape.identity.members.schemas import Role
from support.app import SECRET
from support.desk import READ, Desk, a_session, address_of, person, wishes
from support.door import NORTH, SOUTH
from support.postgres import fresh_database, temporary_folder
from support.server import Server
from support.team import OURS, open_browser

T = TypeVar("T")

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


class Ledger:
    """Clients who act, each act with a key of its own, and the ledger of what was answered."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.asked: dict[str, tuple[str, Any, dict[str, str]]] = {}
        self.acknowledged: dict[str, Any] = {}
        self._clients: list[asyncio.Task[None]] = []
        self._is_open = True

    async def __aenter__(self) -> Self:
        self._clients = [asyncio.create_task(self._act(f"C{n}N")) for n in range(CLIENTS)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_open = False
        await asyncio.gather(*self._clients)

    async def _act(self, prefix: str) -> None:
        for number in takewhile(lambda _: self._is_open, count()):
            await self.visit(f"{prefix}{number}")

    async def visit(self, name: str) -> None:
        """Do what one client does, to the end."""
        raise NotImplementedError

    async def register(self, name: str, seat: str) -> None:
        await self.insist(name, "/stops/essai/registrations", person(name, seat))

    async def grow(self) -> None:
        """Let some more acts be acknowledged, and the next be at any point."""
        wanted = len(self.acknowledged) + random.randint(GROWTH // 2, GROWTH)
        async with asyncio.timeout(60):
            while len(self.acknowledged) < wanted:  # noqa: ASYNC110 - the clients only count
                await asyncio.sleep(random.uniform(0, 0.05))

    async def insist(
        self, name: str, path: str, body: Any, headers: dict[str, str] | None = None
    ) -> Any:
        """Ask for something as often as it takes; return what was answered."""
        self.asked[name] = path, body, headers or {}
        while not await self.attempt(name):  # noqa: ASYNC110 - as a client does
            await asyncio.sleep(0.1)
        return self.acknowledged[name]

    async def attempt(self, name: str) -> bool:
        """Ask for it once, and note the answer; False when none came."""
        try:
            answer = await self.send(name)
        except httpx.TransportError:
            return False
        if "retry-after" in answer.headers:  # 503, or 409 while the first request is served
            return False
        assert answer.is_success, answer.text
        told = answer.json() if answer.content else None
        assert self.acknowledged.setdefault(name, told) == told
        return True

    async def send(self, name: str) -> httpx.Response:
        path, body, headers = self.asked[name]
        headers = {**headers, "Idempotency-Key": f"key-of-{name}"}
        return await self.desk.http.post(f"/api/v1{path}", json=body, headers=headers)

    async def find_all(self) -> None:
        """Find whoever is known by now once, and nothing done by halves.

        Somebody's name alone stands for the act by which they came.
        """
        people = {act for act in self.acknowledged if " " not in act}
        names = [row.name for row in await self.desk.ask("SELECT name FROM registration")]
        assert people <= set(names), "lost"
        assert len(names) == len(set(names)), "twice"
        assert await self.desk.flaws() == {}

    async def finish(self) -> None:
        """Send again some of what was answered: each has its one first answer."""
        for name in random.sample(sorted(self.acknowledged), 20):
            assert (await self.send(name)).headers["Idempotency-Replayed"] == "true"
            assert await self.attempt(name)
        await self.find_all()
        [kept] = await self.desk.ask("SELECT count(*) AS n FROM idempotency_key")
        assert kept.n == len(self.acknowledged) == len(self.asked)


class Registering(Ledger):
    """Each client registers people."""

    async def visit(self, name: str) -> None:
        await self.register(name, "plenary")

    async def finish(self) -> None:
        await super().finish()
        told = [seat for answer in self.acknowledged.values() for seat in answer["seats"]]
        assert sum(seat["status"] == "confirmed" for seat in told) == SEATS
        ranks = sorted(seat["rank"] for seat in told if seat["status"] == "waiting")
        assert ranks == list(range(1, len(ranks) + 1))


class Groups(Ledger):
    """Each client brings a group of two, one of whom gives their seat to who is scanned twice."""

    def __init__(self, desk: Desk, host: dict[str, str]) -> None:
        super().__init__(desk)
        self.host = host
        self.brought: dict[str, set[str]] = {}

    async def visit(self, name: str) -> None:
        leader, giver, other, receiver = (f"{who}{name}" for who in ("Ada", "Bea", "Cleo", "Dora"))
        await self.register(leader, "plenary:online")
        group = await self.insist(
            f"group of {leader}",
            f"/registrations/{await self.secret(self.desk.token, leader)}/delegations",
            {
                "name": leader,
                "size": 2,
                "claim_until": f"{FAR}T08:00:00Z",
                "seats": wishes("plenary"),
            },
        )
        for claiming in (giver, other):
            about = {"name": claiming, "email": address_of(claiming), "consent": READ}
            await self.insist(claiming, f"/groups/{group['code']}/registrations", about)
        await self.insist(
            f"offer of {giver}",
            f"/registrations/{await self.secret(self.desk.token, giver)}/transfer",
            {"name": receiver, "email": address_of(receiver)},
        )
        offer = await self.secret(self.desk.offer_token, giver)
        accepting = {"name": receiver, "consent": READ}
        await self.insist(receiver, f"/transfers/{offer}/accept", accepting)
        self.brought[group["id"]] = {other, receiver}
        ticket = await self.secret(self.desk.ticket, receiver)
        scans = await asyncio.gather(*(self.scan(ticket, device) for device in (NORTH, SOUTH)))
        assert sorted(scans) in (["admitted", "already_in"], ["waiting", "waiting"])

    async def secret(self, derived: Callable[[str], Awaitable[T]], name: str) -> T:
        """What somebody's letter holds, derived from what is stored, once PostgreSQL answers."""
        while True:
            try:
                return await derived(name)
            except (DBAPIError, OSError):
                await asyncio.sleep(0.1)

    async def scan(self, ticket: str, device: UUID) -> str:
        scan = {"id": str(uuid4()), "scanned_at": f"{FAR}T08:55:00Z", "ticket": ticket}
        batch = {"device": str(device), "scans": [scan]}
        path = "/manage/stops/essai/scans"
        answer = await self.insist(f"scan {scan['id']}", path, batch, self.host)
        return str(answer["results"][0]["outcome"])

    async def find_all(self) -> None:
        acknowledged = dict(self.acknowledged)
        await super().find_all()
        kept = {str(row.id): row.outcome for row in await self.desk.ask("SELECT * FROM scan")}
        for name, answer in acknowledged.items():
            if name.startswith("scan "):
                [result] = answer["results"]
                assert kept[result["id"]] == result["outcome"]

    async def finish(self) -> None:
        await super().finish()
        rows = await self.desk.ask(
            "SELECT d.id, array_agg(r.name) AS people FROM delegation d "
            "JOIN seat ON delegation_id = d.id JOIN registration r ON r.id = registration_id "
            "WHERE seat.status <> 'cancelled' GROUP BY d.id"
        )
        assert {str(row.id): set(row.people) for row in rows} == self.brought
        confirmed, waiting = await self.desk.counters("plenary")
        assert (confirmed, confirmed + waiting) == (min(SEATS, 2 * len(rows)), 2 * len(rows))


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


Kill = Callable[[Ledger, Server, PostgresServer], Awaitable[None]]


async def kill_server(load: Ledger, server: Server, _: PostgresServer) -> None:
    """Kill the application and the worker in it, and start them again."""
    await server.kill()
    await load.find_all()
    await server.start()


async def kill_postgresql(load: Ledger, server: Server, durable: PostgresServer) -> None:
    first_process = (durable.data / "postmaster.pid").read_text().split()[0]
    os.kill(int(first_process), signal.SIGKILL)
    await asyncio.to_thread(durable.start)
    await load.desk.database.engine.dispose()
    await load.find_all()
    await server.ready(seconds=10)


@pytest.mark.parametrize("kill", [kill_server, kill_postgresql])
async def test_no_registration_acknowledged_is_lost_whatever_is_killed(
    server: Server, desk: Desk, durable: PostgresServer, kill: Kill
) -> None:
    async with Registering(desk) as load:
        for _ in range(KILLS):
            await load.grow()
            await kill(load, server, durable)
        await load.grow()
    await load.finish()


async def test_no_claim_transfer_or_scan_acknowledged_is_lost_whatever_is_killed(
    server: Server, desk: Desk, durable: PostgresServer
) -> None:
    now = Clock().now()
    token, _ = await open_browser(desk.database, Role.HOST, stops=["essai"], now=now)
    async with Groups(desk, {**OURS, "Cookie": f"{SESSION_COOKIE}={token}"}) as load:
        for kill in (kill_server, kill_postgresql) * (KILLS // 2):
            await load.grow()
            await kill(load, server, durable)
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
    ada, key = person("Ada", "plenary"), {"Idempotency-Key": "a-key"}
    first = asyncio.create_task(desk.post(ada, headers=key))
    await desk.until(LINGERS)
    await server.kill()
    with pytest.raises(httpx.TransportError):
        await first
    await desk.until("SELECT 1 FROM registration")
    await desk.ask("DROP TRIGGER lingering ON idempotency_key")
    await server.start()

    answer = await desk.post(ada, headers=key)

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
