"""Registration at one hot stop, beside the bare driver sending the same statements."""

import asyncio
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text
from tests.bench.figures import Figure
from tests.bench.load import Round, get, percentile, post, press
from tests.bench.raw import record, replay
from tests.bench.served import Server

from etape.core.database import Database
from etape.core.publishing import publish
from etape.core.settings import Settings
from etape.core.texts import Localized
from etape.tour.stops.schemas import StopContent, TourContent
from etape.tour.stops.service import STOP, TOUR

CONNECTIONS = 32
ROUNDS = 3
SECONDS = 4.0
SEATS, PEOPLE, CROWD = 500, 2000, 100
LARGE, FULL, KEYLESS, RUSH = "large", "full", "keyless", "rush"
PATH = "/api/v1/stops/{stop}/registrations"
CASES = {
    LARGE: "seats left, with an `Idempotency-Key`",
    FULL: "no seat left: waiting, online meanwhile, with a key",
    KEYLESS: "seats left, without a key",
}
_number = itertools.count()


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


async def publish_stops(database: Database, *, now: datetime) -> None:
    """Publish a stop per case, its session in two months."""
    day = (now + timedelta(days=60)).date().isoformat()
    seats = {LARGE: 100_000, FULL: 1, KEYLESS: 100_000, RUSH: SEATS}
    async with database.unit_of_work() as session:
        tour = TourContent(slug="charge", name=Localized(fr="Tour de charge"), edition=1)
        await publish(session, TOUR, tour, by="bench", now=now)
        for rank, (slug, capacity) in enumerate(seats.items(), start=1):
            content = {
                "slug": slug,
                "tour": "charge",
                "rank": rank,
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
            await publish(session, STOP, StopContent.model_validate(content), by="bench", now=now)


def person(name: str) -> dict[str, Any]:
    """Return what somebody sends to register."""
    return {
        "name": "Ada Lenoir",
        "email": f"{name}@example.org",
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
    query = text(
        "SELECT p.confirmed, p.waiting, (SELECT count(*) - count(DISTINCT email_key)"
        " FROM registration r WHERE r.stop_id = stop.id) AS duplicates FROM seat_pool p"
        " JOIN session s ON s.id = p.session_id JOIN stop ON stop.id = s.stop_id"
        " WHERE stop.slug = :stop AND p.mode = 'on_site'"
    )
    async with database.engine.connect() as connection:
        row = (await connection.execute(query, {"stop": RUSH})).one()
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
