"""Who asks too often is told when to come back; everybody else is served."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event, text
from structlog.testing import capture_logs

from etape.core import counters
from etape.core.counters import InMemory, Window
from etape.core.database import Database
from etape.core.limits import NETWORK, Limits
from etape.tour.registrations.rules import REGISTERING
from support.app import Client, running, settings_for
from support.desk import Desk, address_of, person
from support.jobs import job_context
from support.redis import RedisServer
from support.team import sign_in

NOWHERE = "postgresql://nobody@localhost/nothing"
API = "/api/v1"
CALLS, LILLE = f"{API}/calls", f"{API}/stops/azimut-lille"
DESK = f"{LILLE}/registrations"
HOME, OFFICE, ELSEWHERE = "203.0.113.5", "198.51.100.5", "192.0.2.5"
ITEM = r'"[a-z-]+"'
POLICY = re.compile(rf"{ITEM};q=\d+;w=\d+(, {ITEM};q=\d+;w=\d+)*")
STANDING = re.compile(rf"{ITEM};r=\d+;t=\d+(, {ITEM};r=\d+;t=\d+)*")


def at(client: Client, host: str) -> httpx.AsyncClient:
    """A client of the application, at another address."""
    transport = httpx.ASGITransport(app=client.app, client=(host, 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")


@asynccontextmanager
async def allowing(
    url: str, at: datetime, *, network: int = 0, registrations: int = 0, **settings: Any
) -> AsyncIterator[Client]:
    """Run the application with so small a quota."""
    scale = network / NETWORK.amount or registrations / REGISTERING.network.amount
    async with running(url, at=at, limits_scale=scale, **settings) as client:
        yield client


def left(answer: httpx.Response, policy: str) -> int:
    found = re.search(rf'"{policy}";r=(\d+)', answer.headers["ratelimit"])
    assert found, answer.headers["ratelimit"]
    return int(found[1])


def assert_told_to_wait(answer: httpx.Response, policy: str, *, window: int) -> None:
    assert answer.status_code == 429, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["limit"]) == ("/problems/too-many-requests", policy)
    wait = int(answer.headers["retry-after"])
    assert 0 < wait <= window
    assert f'"{policy}";r=0;t={wait}' in answer.headers["ratelimit"]
    assert answer.headers["cache-control"] == "no-store"


async def test_every_answer_tells_what_is_left(client: Client) -> None:
    desk = Desk.of(client, stop="azimut-lille")
    registered = await desk.post(person("Ada", "ouverture"))
    call = await client.get(CALLS)
    browser = await sign_in(client)
    answers = [
        (200, call),
        (304, await client.get(CALLS, headers={"If-None-Match": call.headers["etag"]})),
        (200, await client.head(CALLS)),
        (404, await client.get(f"{CALLS}/nothing")),
        (422, await client.get(f"{CALLS}?limit=0")),
        (201, registered),
        (400, await client.post(DESK, content=b"{", headers={"Content-Type": "application/json"})),
        (415, await client.post(DESK, content=b"{}")),
        (413, await client.post(DESK, json="x" * 70_000)),
        (403, await client.post(DESK, headers={"Cookie": browser.headers["cookie"]}, json={})),
        (204, await desk.cancel("Ada")),
    ]
    for status, answer in answers:
        assert answer.status_code == status, answer.text
        assert POLICY.fullmatch(answer.headers["ratelimit-policy"]), answer.request.url
        assert STANDING.fullmatch(answer.headers["ratelimit"]), answer.request.url
    assert left(answers[0][1], "network") - left(answers[1][1], "network") == 1
    assert left(registered, "registrations") > 0


async def test_a_network_that_asks_too_often_waits_and_no_other(
    demo_url: str, now: datetime
) -> None:
    async with allowing(demo_url, now, network=3) as client:
        async with at(client, HOME) as home:
            assert [left(await home.get(CALLS), "network") for _ in range(3)] == [2, 1, 0]
            french = await home.get(CALLS)
            assert_told_to_wait(french, "network", window=60)
            assert "Réessayez dans" in french.json()["detail"]
            english = await home.get(CALLS, headers={"Accept-Language": "en"})
            assert "Try again in" in english.json()["detail"]
            assert_told_to_wait(await home.post(DESK, json={}), "network", window=60)
        async with at(client, "203.0.113.250") as neighbour:
            assert_told_to_wait(await neighbour.get(CALLS), "network", window=60)
        async with at(client, OFFICE) as office:
            assert (await office.get(CALLS)).status_code == 200
        async with at(client, "2001:db8:1:1::1") as one, at(client, "2001:db8:1:1::2") as two:
            assert [(await each.get(CALLS)).status_code for each in (one, two, one, two)] == [
                *([200] * 3),
                429,
            ]
        async with at(client, "2001:db8:1:2::1") as other:
            assert (await other.get(CALLS)).status_code == 200


async def test_processes_share_a_strict_limit(demo_url: str, now: datetime) -> None:
    async with (
        allowing(demo_url, now, registrations=4) as first,
        allowing(demo_url, now, registrations=4) as second,
    ):
        answers = [
            await Desk.of(client, stop="azimut-lille").post(person(name, "ouverture"))
            for name, client in zip("abcd", (first, second, first, second), strict=True)
        ]
        assert [answer.status_code for answer in answers] == [201] * 4
        for client in (first, second):
            refused = await client.post(DESK, json=person("e", "ouverture"))
            assert_told_to_wait(refused, "registrations", window=60)


async def test_what_is_refused_counts_all_the_same(demo_url: str, now: datetime) -> None:
    async with allowing(demo_url, now, registrations=3) as client:
        desk = Desk.of(client, stop="azimut-lille")
        refused = [
            await desk.post({}),
            await desk.post(person("Ada", "nowhere")),
            await desk.post(person("Bea", "nowhere"), headers={"Idempotency-Key": "one"}),
        ]
        assert [answer.status_code for answer in refused] == [422] * 3
        assert [left(answer, "registrations") for answer in refused] == [2, 1, 0]
        last = await desk.post(person("Cleo", "ouverture"))
        assert_told_to_wait(last, "registrations", window=60)


async def test_an_address_is_written_to_so_many_times_however_it_is_spelt(
    demo_url: str, now: datetime
) -> None:
    assert REGISTERING.target
    async with running(demo_url, at=now, limits_scale=0.1) as client:
        spelt = ["ada@hopital.example", "Ada@Hopital.Example", "Ada <ada@hopital.example>"]
        answers = []
        for host, address in zip((HOME, OFFICE, ELSEWHERE), spelt, strict=True):
            async with at(client, host) as asking:
                body = {**person("Ada", "ouverture"), "email": address}
                answers.append(await asking.post(DESK, json=body))
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        for answer in answers[:2]:
            assert "registrations-address" in answer.headers["ratelimit-policy"]
            assert "registrations-address" not in answer.headers["ratelimit"], (
                "what others asked for an address is nobody's business"
            )
        assert_told_to_wait(answers[2], "registrations-address", window=3600)
        async with at(client, HOME) as asking:
            other = await asking.post(DESK, json=person("Bea", "ouverture"))
        assert other.status_code == 201


async def test_signing_in_is_limited_for_a_mailbox_and_for_a_network(
    demo_url: str, now: datetime
) -> None:
    async with running(demo_url, at=now, limits_scale=0.2) as client:

        async def ask(host: str, name: str) -> httpx.Response:
            async with at(client, host) as browser:
                return await browser.post(f"{API}/sign-in", json={"email": address_of(name)})

        answers = [await ask(host, "ada") for host in (HOME, OFFICE, ELSEWHERE)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert_told_to_wait(answers[-1], "sign-in-address", window=3600)
        statuses = [(await ask(HOME, f"p{n}")).status_code for n in range(12)]
        assert statuses == [202] * 11 + [429], "one was spent on Ada"
        async with at(client, HOME) as browser:
            proofs = [
                (await browser.post(f"{API}/sign-in/proof", json={"code": "AAAA"})).status_code
                for _ in range(13)
            ]
        assert 429 not in proofs[:12]
        assert proofs[12] == 429


async def test_neither_an_address_nor_a_network_is_in_the_counts(client: Client) -> None:
    async with at(client, HOME) as home:
        await home.post(DESK, json=person("Ada", "ouverture"))
    async with client.database.unit_of_work() as session:
        found = await (await session.connection()).execute(text("SELECT * FROM rate_count"))
        rows = found.all()
    assert [len(row.digest) for row in rows] == [32, 32]
    assert not re.search(r"ada|203\.0\.113", repr(rows))


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "counted"),
    [
        ("", HOME, [ELSEWHERE], HOME),
        ("10.0.0.0/8", HOME, [ELSEWHERE], HOME),
        ("10.0.0.0/8", "10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.0/8", "10.0.0.1", [HOME], HOME),
        ("10.0.0.0/8", "::ffff:10.0.0.1", [f"{HOME}:4711"], HOME),
        ("10.0.0.0/8, fd00::/8", "fd00::1", [f"{ELSEWHERE}, {HOME}, 10.0.0.7"], HOME),
        ("10.0.0.0/8", "10.0.0.1", [ELSEWHERE, HOME], HOME),
        ("10.0.0.0/8", "10.0.0.1", ["[2001:db8::1]:443"], "2001:db8::1"),
        ("10.0.0.0/8", "10.9.0.1", [f"{HOME}, unknown"], "10.9.0.1"),
        ("10.0.0.0/8", "10.0.0.1", ["10.9.0.3"], "10.9.0.3"),
    ],
)
def test_what_a_caller_says_of_its_address_is_believed_from_our_proxies_only(
    monkeypatch: pytest.MonkeyPatch, trusted: str, peer: str, forwarded: list[str], counted: str
) -> None:
    monkeypatch.setenv("ETAPE_TRUSTED_PROXIES", trusted)
    settings = settings_for(NOWHERE)
    limits = Limits(settings, Database.from_settings(settings))
    assert limits.network_of(peer, forwarded) == limits.network_of(counted, [])


async def test_a_forged_address_buys_nothing(demo_url: str, now: datetime) -> None:
    async with allowing(demo_url, now, network=2) as client, at(client, HOME) as home:
        statuses = [
            (await home.get(CALLS, headers={"X-Forwarded-For": f"192.0.{n}.1"})).status_code
            for n in range(4)
        ]
    assert statuses == [200, 200, 429, 429]


async def test_a_public_read_costs_no_sql(client: Client) -> None:
    asked = []
    engine = client.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for _ in range(3):
        assert (await client.get(CALLS)).status_code == 200
    assert not [
        statement for statement in asked if "rate_count" in statement or "call" in statement
    ]


@pytest.mark.parametrize("people", [20, pytest.param(200, marks=pytest.mark.slow)])
async def test_two_hundred_people_behind_one_address_register_in_a_minute(
    demo_url: str, now: datetime, people: int
) -> None:
    async with running(demo_url, at=now, limits_scale=1) as client:
        desk = Desk.of(client, stop="azimut-lille")

        async def come(number: int) -> httpx.Response:
            body = person(f"p{number}", "ouverture")
            assert (await desk.post(body, simulate=True)).status_code == 200
            return await desk.post(body)

        answers = []
        for first in range(0, people, 20):
            answers += await asyncio.gather(*map(come, range(first, first + 20)))
        assert {answer.status_code for answer in answers} == {201}
        spent = 1 - left(answers[-1], "registrations") / REGISTERING.network.amount
        assert spent * 200 / people < 1
        spent = 1 - left(answers[-1], "network") / NETWORK.amount
        assert spent * 200 / people < 0.5, "the pages they look at count too"


async def test_a_limit_never_answers_500(demo_url: str, now: datetime) -> None:
    async with running(demo_url, at=now) as client:
        async with client.database.unit_of_work() as session:
            statement = text("ALTER TABLE rate_count RENAME TO mislaid")
            await (await session.connection()).execute(statement)
        refused = await Desk.of(client, stop="azimut-lille").post(person("Ada", "ouverture"))
        assert refused.status_code == 503, refused.text
        assert int(refused.headers["retry-after"]) > 0
        assert (await client.get(CALLS)).status_code == 200
        odd: list[dict[str, Any]] = [
            {"content": b"[" * 30_000},
            {"content": "{}".encode("utf-16")},
            {"json": {"email": ["a@b.example"]}},
            {"content": b'{"email": "\\ud800@b.example"}'},
            {"json": [1]},
            {"json": None},
        ]
        async with client.database.unit_of_work() as session:
            statement = text("ALTER TABLE mislaid RENAME TO rate_count")
            await (await session.connection()).execute(statement)
        for body in odd:
            headers = {"Content-Type": "application/json", "X-Forwarded-For": b"\xff,,:::"}
            answer = await client.post(DESK, headers=headers, **body)
            assert answer.status_code in {400, 422}, answer.text


async def test_limits_are_switched_off_for_a_trial(demo_url: str, now: datetime) -> None:
    async with running(demo_url, at=now, limits=False, limits_scale=0.0001) as client:
        for _ in range(3):
            answer = await client.post(DESK, json={})
            assert answer.status_code == 422
            assert "ratelimit" not in answer.headers


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    with RedisServer(tmp_path) as server:
        yield server


async def test_processes_share_the_general_limit_in_redis_and_go_on_without_it(
    demo_url: str, now: datetime, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counters, "REDIS_AGAIN_SECONDS", 0.2)
    quota = {"network": 6, "redis_url": redis_server.url}
    async with (
        allowing(demo_url, now, **quota) as first,
        allowing(demo_url, now, **quota) as second,
    ):

        async def ask(*asking: Client) -> list[int]:
            answers = [await client.get(CALLS) for client in asking]
            assert {answer.status_code for answer in answers} == {200}
            return [left(answer, "network") for answer in answers]

        assert await ask(first, second, first) == [5, 4, 3]

        with capture_logs() as log:
            redis_server.kill()
            assert await ask(first, second, first, second) == [5, 5, 4, 4], "each counts alone"
            await asyncio.sleep(0.3)
            assert await ask(first) == [3]
        told = [line for line in log if line["event"].startswith("redis is away")]
        assert len(told) == 2, "each process says it once"

        with capture_logs() as log:
            redis_server.start()
            await asyncio.sleep(0.3)
            assert await ask(first, second, first) == [5, 4, 3], "together again"
            for _ in range(3):
                await first.get(CALLS)
            assert_told_to_wait(await second.get(CALLS), "network", window=60)
        assert [line["event"] for line in log].count("redis is back") == 2


async def test_a_redis_that_never_answers_slows_nobody_for_long(
    demo_url: str, now: datetime
) -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    silent = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    async with running(demo_url, at=now, redis_url=f"redis://127.0.0.1:{port}") as client:
        began = time.monotonic()
        answers = await asyncio.gather(*(client.get(CALLS) for _ in range(20)))
        assert {answer.status_code for answer in answers} == {200}
        assert time.monotonic() - began < 3
        began = time.monotonic()
        assert (await client.get(CALLS)).status_code == 200
        assert time.monotonic() - began < counters.REDIS_TIMEOUT_SECONDS
    silent.close()
    await silent.wait_closed()


async def test_a_process_remembers_so_many_callers_and_the_latest() -> None:
    memory = InMemory(windows_at_most=2)
    for key in ("one", "two", "one", "three"):
        await memory.incr(key, 60)
    assert [await memory.get(key) for key in ("one", "two", "three")] == [2, 0, 1]
    memory.keep("over", Window(9, time.time() - 1))
    assert await memory.get("over") == 0
    assert await memory.incr("over", 60) == 1


async def test_what_is_over_is_swept(client: Client) -> None:
    assert REGISTERING.target
    await client.post(DESK, json=person("Ada", "ouverture"))
    async with client.database.unit_of_work() as session:
        connection = await session.connection()
        await connection.execute(
            text("UPDATE rate_count SET ends_at = now() WHERE ends_at < now() + interval '2 min'")
        )
    context = job_context(client.database.url, smtp_port=1)
    await counters.sweep.function(context)
    await context.database.close()
    async with client.database.unit_of_work() as session:
        connection = await session.connection()
        assert await connection.scalar(text("SELECT count(*) FROM rate_count")) == 1


async def test_every_operation_says_so_in_the_contract(client: Client) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    shared = document["components"]["responses"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert {"429", "503"} <= set(operation["responses"]), (method, path)
            for status, told in operation["responses"].items():
                response = shared[told["$ref"].rpartition("/")[2]] if "$ref" in told else told
                expected = {"RateLimit", "RateLimit-Policy"}
                expected |= {"Retry-After"} if status in {"429", "503"} else set()
                assert expected <= set(response["headers"]), (method, path, status)
    register = document["paths"]["/api/v1/stops/{slug}/registrations"]["post"]
    assert "At most 600 a minute from one network, 20 an hour" in register["description"]
    assert {each["per"] for each in register["x-limits"]} == {"network", "address"}


async def test_a_window_that_is_over_begins_again(demo_url: str) -> None:
    settings = settings_for(demo_url, limits_scale=2 / NETWORK.amount)
    database = Database.from_settings(settings)
    storage = counters.InPostgres(database, settings.secret)
    try:
        assert [await storage.incr("key", 1) for _ in range(3)] == [1, 2, 3]
        assert await storage.get("key") == 3
        await asyncio.sleep(1.1)
        assert await storage.get("key") == 0
        assert await storage.incr("key", 1) == 1
    finally:
        await database.close()
