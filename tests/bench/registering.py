"""Registration at one hot stop, beside the bare driver sending the same statements."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession
from tests.bench.figures import Figure
from tests.bench.load import Round, get, percentile, post, press
from tests.bench.raw import record, replay
from tests.bench.served import Server

from etape.core.database import Database
from etape.core.drafts import Edit
from etape.core.publishing import publish
from etape.core.settings import Settings
from etape.core.texts import Localized
from etape.tour.desk.service import follow_stop
from etape.tour.notices.service import notice_in
from etape.tour.registrations.service import promote_more
from etape.tour.stops.schemas import StopContent, TourContent
from etape.tour.stops.service import STOP, TOUR

CONNECTIONS = 32
ROUNDS = 3
SECONDS = 4.0
SEATS, PEOPLE, CROWD, PROMOTED = 500, 2000, 100, 1000
LARGE, FULL, KEYLESS, RUSH = "large", "full", "keyless", "rush"
STOPS = (LARGE, FULL, KEYLESS, RUSH)
PATH = "/api/v1/stops/{stop}/registrations"
CASES = {
    LARGE: "seats left, with an `Idempotency-Key`",
    FULL: "no seat left: waiting, online meanwhile, with a key",
    KEYLESS: "seats left, without a key",
}
_number = itertools.count()
READ = notice_in(Settings()).version


@dataclass
class Case:
    """One way to register: the product's rate and the bare driver's, per second."""

    statements: int = 0
    product: Figure = field(default_factory=Figure)
    driver: Figure = field(default_factory=Figure)
    most: Figure = field(default_factory=Figure)


@dataclass
class Rush:
    """What a rush gave; seconds of the whole, milliseconds of page reads meanwhile."""

    seconds: float
    confirmed: int
    waiting: int
    duplicates: int
    refused: int
    slowest: float
    page_most: float
    pages: int


@dataclass
class Promotions:
    """What moving many up gave; seconds of the whole, and the longest wait of the others."""

    seconds: float
    longest: float
    others: int


async def publish_stops(database: Database, *, now: datetime) -> None:
    """Publish a stop per case, its session in two months."""
    seats = {LARGE: 100_000, FULL: 1, KEYLESS: 100_000, RUSH: SEATS}
    async with database.unit_of_work() as session:
        tour = TourContent(slug="charge", name=Localized(fr="Tour de charge"), edition=1)
        await publish(session, TOUR, tour, by="bench", now=now)
        for slug, capacity in seats.items():
            await publish(session, STOP, _stop(slug, capacity, now), by="bench", now=now)


def _stop(slug: str, capacity: int, now: datetime) -> StopContent:
    day = (now + timedelta(days=60)).date().isoformat()
    content = {
        "slug": slug,
        "tour": "charge",
        "rank": STOPS.index(slug) + 1,
        "name": {"fr": slug.capitalize()},
        "days": [{"on": day}],
        "registration_opens_at": (now - timedelta(days=1)).isoformat(),
        "sessions": [
            {
                "slug": "pleniere",
                "kind": "workshop",
                "title": {"fr": "Plénière"},
                "starts_at": f"{day}T09:00",
                "ends_at": f"{day}T10:00",
                "on_site": {"capacity": capacity},
                "online": {},
            }
        ],
    }
    return StopContent.model_validate(content)


def person(name: str) -> dict[str, Any]:
    """Return what somebody sends to register."""
    return {
        "name": "Ada Lenoir",
        "email": f"{name}@example.org",
        "consent": READ,
        "seats": [{"session": "pleniere", "mode": "on_site"}],
    }


async def measure_registering(server: Server, url: str, secret: str) -> dict[str, Case]:
    """Measure each case, in rounds interleaved with the bare driver's."""
    settings = Settings(database_url=url, secret=secret)
    cases = {name: Case() for name in CASES}
    recordings = {}
    for name, case in cases.items():

        async def send(client: httpx.AsyncClient, who: str, name: str = name) -> httpx.Response:
            keys = {} if name == KEYLESS else {"Idempotency-Key": str(uuid4())}
            path = PATH.format(stop=name)
            return await client.post(path, json=person(who), headers=keys)

        recordings[name] = await record(settings, send)
        case.statements = len(recordings[name])
    for _ in range(ROUNDS):
        for name, case in cases.items():
            done = await press(server.port, _people(name), connections=CONNECTIONS, seconds=SECONDS)
            assert set(done.statuses) == {201}, done.statuses
            case.product.add(done.rate)
            case.most.add(done.wait(0.95))
            raw = await replay(url, recordings[name], connections=CONNECTIONS, seconds=SECONDS)
            case.driver.add(raw.rate)
    return cases


def _people(stop: str) -> Iterator[bytes]:
    while True:
        body = json.dumps(person(f"personne-{next(_number)}")).encode()
        key = None if stop == KEYLESS else str(uuid4())
        yield post(PATH.format(stop=stop), body, key=key)


async def measure_rush(server: Server, database: Database) -> Rush:
    """Have 2,000 people ask for 500 seats, a hundred at a time, while others read the page."""
    rushed = asyncio.create_task(
        press(
            server.port,
            itertools.islice(_people(RUSH), PEOPLE),
            connections=CROWD,
            seconds=300,
        )
    )
    reads: list[float] = []
    while not rushed.done():
        page = await press(server.port, [get(f"/api/v1/stops/{RUSH}")], connections=1, seconds=10)
        reads += page.waits
        await asyncio.sleep(0.05)
    done: Round = await rushed
    row = await _chairs(database)
    return Rush(
        seconds=done.seconds,
        confirmed=row.confirmed,
        waiting=row.waiting,
        duplicates=row.duplicates,
        refused=PEOPLE - done.statuses[201],
        slowest=max(done.waits),
        page_most=1000 * percentile(reads, 0.95),
        pages=len(reads),
    )


async def measure_promotions(server: Server, database: Database, *, now: datetime) -> Promotions:
    """Double the seats of the rush, and register at that stop while those who wait move up."""
    started = time.perf_counter()
    moving = asyncio.create_task(_move_up(database, now=now))
    waits: list[float] = []
    people = _people(RUSH)
    while not moving.done():
        waits += (await press(server.port, [next(people)], connections=1, seconds=30)).waits
    await moving
    seconds = time.perf_counter() - started
    return Promotions(seconds, max(waits), len(waits))


async def _move_up(database: Database, *, now: datetime) -> None:
    """Publish the stop with more seats, as an organiser does, then do as the worker does."""

    async def raise_capacity(session: AsyncSession) -> None:
        fewer, more = (_stop(RUSH, seats, now) for seats in (SEATS, SEATS + PROMOTED))
        changes = await publish(session, STOP, more, by="bench", now=now)
        await follow_stop(session, Edit(before=fewer, after=more, changes=changes), "bench", now)

    async def move_more(session: AsyncSession) -> None:
        await promote_more(session, (await _chairs(database)).id, now=now)

    await database.run(raise_capacity)
    while (await _chairs(database)).confirmed < SEATS + PROMOTED:
        await database.run(move_more)


async def _chairs(database: Database) -> Any:
    """Return the chairs of the rush, as they stand."""
    query = text(
        "SELECT p.*, (SELECT count(*) - count(DISTINCT email_key)"
        " FROM registration r WHERE r.stop_id = stop.id) AS duplicates FROM seat_pool p"
        " JOIN session s ON s.id = p.session_id JOIN stop ON stop.id = s.stop_id"
        " WHERE stop.slug = :stop AND p.mode = 'on_site'"
    )
    async with database.engine.connect() as connection:
        return (await connection.execute(query, {"stop": RUSH})).one()
