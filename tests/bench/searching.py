"""Search over ten thousand calls, beside the same route answering canned bytes."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote

from tests.bench import words
from tests.bench.figures import Figure
from tests.bench.load import get, percentile, press
from tests.bench.served import CANNED, Server, serving

CONNECTIONS = 32
ROUNDS = 3
SECONDS = 4.0
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

    @property
    def alone_half(self) -> float:
        return percentile(self.alone, 0.5)

    @property
    def alone_most(self) -> float:
        return percentile(self.alone, 0.95)


async def measure_searching(server: Server, empty_url: str, folder: Path) -> Searching:
    """Measure the running server, in rounds interleaved with those of the canned one."""
    told = Searching(started_in=server.started_in, worked_at_start=server.worked)
    once = await press(server.port, map(get, QUESTIONS), connections=1, seconds=60)
    told.answer_bytes = once.bytes // len(once.waits)
    with serving(CANNED, empty_url, folder, size=told.answer_bytes) as canned:
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
    await _ask_one_at_a_time(server, told)
    told.memory, told.peak_memory = server.memory, server.peak_memory
    return told


def _asked() -> Iterator[bytes]:
    questions = [get(path) for path in QUESTIONS]
    random.Random(0).shuffle(questions)
    return itertools.cycle(questions)


async def _ask_one_at_a_time(server: Server, told: Searching) -> None:
    """Ask each question alone, and read in the log how long the server took."""
    before = len(server.times_served())
    times = 3
    paths = [path for path in [*QUESTIONS, *SUGGESTIONS] for _ in range(times)]
    await press(server.port, map(get, paths), connections=1, seconds=120)
    served = dict.fromkeys(paths, 0.0)
    lasted = server.times_served()[before:]
    for place, path in enumerate(served):
        served[path] = median(lasted[times * place : times * (place + 1)])
    told.alone = [served[path] for path in QUESTIONS]
    told.suggested_alone = median(served[path] for path in SUGGESTIONS)
    told.by_query = {query: served[f"{PATH}?q={quote(query)}"] for query in words.QUERIES}
