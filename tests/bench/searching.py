"""Search over ten thousand calls, beside canned bytes and beside ten times as many calls."""

import asyncio
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import quote

import httpx
from tests.bench import words
from tests.bench.figures import Figure
from tests.bench.load import get, percentile, press
from tests.bench.served import CANNED, Server, serving

from etape.core.bell import bell_of
from etape.core.database import Database
from etape.core.journal import settle_forever
from etape.core.publishing import publish
from etape.core.texts import Localized
from etape.funding.calls.schemas import CallContent, CallKind
from etape.funding.calls.service import CALL

CONNECTIONS = 32
ROUNDS = 3
SECONDS = 4.0
PUBLISHED = 30
PATH = "/api/v1/calls"
QUESTIONS = [
    f"{PATH}?q={quote(query)}{chosen}" for query in words.QUERIES for chosen in words.FILTERS
]
SUGGESTIONS = [f"/api/v1/suggest?q={quote(typed)}" for typed in words.BEGINNINGS]


@dataclass
class Searching:
    """What was measured of search; rates per second, waits in milliseconds."""

    started_in: float = 0.0
    worked_at_start: float = 0.0
    demo_started_in: float = 0.0
    demo_worked_at_start: float = 0.0
    memory: float = 0.0
    peak_memory: float = 0.0
    answer_bytes: int = 0
    found: Figure = field(default_factory=Figure)
    canned: Figure = field(default_factory=Figure)
    suggested: Figure = field(default_factory=Figure)
    half: Figure = field(default_factory=Figure)
    most: Figure = field(default_factory=Figure)
    alone: list[float] = field(default_factory=list)
    suggested_alone: float = 0.0
    by_query: dict[str, float] = field(default_factory=dict)
    few: Figure = field(default_factory=lambda: Figure(digits=1))
    many: Figure = field(default_factory=lambda: Figure(digits=1))
    lag: Figure = field(default_factory=Figure)

    @property
    def alone_half(self) -> float:
        return percentile(self.alone, 0.5)

    @property
    def alone_most(self) -> float:
        return percentile(self.alone, 0.95)


async def measure_searching(server: Server, demo_url: str, folder: Path) -> Searching:
    """Measure the running server, in rounds interleaved with those of the canned one."""
    told = Searching(started_in=server.started_in, worked_at_start=server.worked)
    once = await press(server.port, map(get, QUESTIONS), connections=1, seconds=60)
    told.answer_bytes = once.bytes // len(once.waits)
    with serving(CANNED, demo_url, folder, size=told.answer_bytes) as canned:
        told.demo_started_in, told.demo_worked_at_start = canned.started_in, canned.worked
        for _ in range(ROUNDS):
            for port, rate in ((server.port, told.found), (canned.port, told.canned)):
                done = await press(port, _asked(), connections=CONNECTIONS, seconds=SECONDS)
                assert set(done.statuses) == {200}, done.statuses
                rate.add(done.rate)
                if port == server.port:
                    told.half.add(done.wait(0.5))
                    told.most.add(done.wait(0.95))
            typed = itertools.cycle(map(get, SUGGESTIONS))
            done = await press(server.port, typed, connections=CONNECTIONS, seconds=SECONDS / 2)
            told.suggested.add(done.rate)
    served = await _times_alone(server, [*QUESTIONS, *SUGGESTIONS])
    told.alone = [served[path] for path in QUESTIONS]
    told.suggested_alone = median(served[path] for path in SUGGESTIONS)
    told.by_query = {query: served[f"{PATH}?q={quote(query)}"] for query in words.QUERIES}
    told.memory, told.peak_memory = server.memory, server.peak_memory
    return told


def _asked() -> Iterator[bytes]:
    questions = [get(path) for path in QUESTIONS]
    random.Random(0).shuffle(questions)
    return itertools.cycle(questions)


async def measure_many(few: Server, many: Server, told: Searching) -> None:
    """Ask the same questions, alone, where there are ten times as many calls."""
    for _ in range(ROUNDS):
        for server, figure in ((few, told.few), (many, told.many)):
            figure.add(median((await _times_alone(server, QUESTIONS)).values()))


async def measure_lag(server: Server, database: Database, told: Searching) -> None:
    """Publish calls from this process, which also settles, and see when the server finds each."""
    settling = [
        asyncio.ensure_future(bell_of(database.engine.sync_engine).run()),
        asyncio.ensure_future(settle_forever(database)),
    ]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as client:
        for number in range(PUBLISHED):
            name = f"Nouveauté{number:03}"
            call = CallContent(
                slug=f"nouveaute-{number}", kind=CallKind.WINDOW, name=Localized(fr=name)
            )
            async with database.unit_of_work() as session:
                await publish(session, CALL, call, by="bench", now=datetime.now(UTC))
            committed = time.perf_counter()
            found = 0
            while not found:
                found = (await client.get(PATH, params={"q": f'"{name}"'})).json()["total"]
            told.lag.add(1000 * (time.perf_counter() - committed))
    for task in settling:
        task.cancel()
    await asyncio.gather(*settling, return_exceptions=True)


async def _times_alone(server: Server, paths: Sequence[str]) -> dict[str, float]:
    """Ask each question alone, and read in the log how many milliseconds the server took."""
    before = len(server.times_served())
    times = 3
    asked = [path for path in paths for _ in range(times)]
    await press(server.port, map(get, asked), connections=1, seconds=300)
    lasted = server.times_served()[before:]
    return {
        path: median(lasted[times * place : times * (place + 1)])
        for place, path in enumerate(paths)
    }
