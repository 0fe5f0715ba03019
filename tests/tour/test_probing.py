"""The time that an answer takes does not tell who is registered (T16)."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from statistics import median
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.tour.registrations import service
from etape.tour.seats import service as seating
from support.desk import Desk, a_session

KNOWN = 10
HOLD_SECONDS = 0.1
INLINE_SECONDS = 0.05  # little for a mail server across a network

Weather = Callable[[Desk], AbstractAsyncContextManager[object]]


@asynccontextmanager
async def somebody_ahead(desk: Desk) -> AsyncIterator[None]:
    """Let whoever registers find the stop held by somebody else, for a while."""

    async def hold() -> None:
        async with desk.database.unit_of_work() as session:
            await seating.lock(session, stop_id)
            is_held.set()
            await asyncio.sleep(HOLD_SECONDS)

    [(stop_id,)] = await desk.ask("SELECT id FROM stop")
    is_held = asyncio.Event()
    holding = asyncio.create_task(hold())
    await is_held.wait()
    yield
    await holding


def nobody_ahead(_: Desk) -> AbstractAsyncContextManager[object]:
    return nullcontext()


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(a_session("plenary", on_site={"capacity": 1000}, online={}))
    for number in range(KNOWN):
        await desk.register(f"Known{number}", "plenary")
    return desk


async def seconds_to_answer(stop: Desk, name: str) -> float:
    started = time.perf_counter()
    await stop.register(name, "plenary")
    return time.perf_counter() - started


async def measured(stop: Desk, weather: Weather, *, pairs: int) -> list[tuple[float, float]]:
    """How long a known address and a newcomer take, side by side, whichever comes first."""
    found = []
    for number in range(pairs):
        names = [f"Known{number % KNOWN}", f"Newcomer{number}"]
        random.shuffle(names)
        async with weather(stop):
            if weather is nobody_ahead:
                took = {name: await seconds_to_answer(stop, name) for name in names}
            else:
                both = await asyncio.gather(*(seconds_to_answer(stop, name) for name in names))
                took = dict(zip(names, both, strict=True))
        found.append((took[f"Known{number % KNOWN}"], took[f"Newcomer{number}"]))
    return found


def tells(pairs: list[tuple[float, float]]) -> bool:
    """Say whether the time tells the two apart, and not by chance.

    Whichever is slower, each wins half of the pairs: a share beyond 0.3 to 0.7 comes by chance
    once in 10,000 runs of a hundred pairs, whatever else the machine does. A difference that is
    sure but less than a fifth is lost in any network.
    """
    known, newcomers = (median(times) for times in zip(*pairs, strict=True))
    slower = sum(one > other for one, other in pairs) / len(pairs)
    return abs(slower - 0.5) > 0.2 and not 0.8 < known / newcomers < 1.25


WEATHERS = [
    pytest.param(nobody_ahead, 100, id="calm"),
    pytest.param(somebody_ahead, 30, id="rush"),
]


@pytest.mark.parametrize(("weather", "pairs"), WEATHERS)
async def test_the_time_of_an_answer_does_not_tell_who_is_registered(
    stop: Desk, weather: Weather, pairs: int
) -> None:
    assert not tells(await measured(stop, weather, pairs=pairs))


@pytest.fixture
def mailing_inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send the link to who has it already before answering, instead of leaving it to the worker."""

    async def defer(session: AsyncSession, job: str, **arguments: str) -> int:
        if job == service.SEND_LINK:
            await asyncio.sleep(INLINE_SECONDS)
        return await whole(session, job, **arguments)

    whole = jobs.defer
    monkeypatch.setattr(jobs, "defer", defer)


@pytest.fixture
def no_turn_for_the_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the lock out for those who are registered already: they take no seat anyway."""

    async def enter(*arguments: Any, **others: Any) -> tuple[UUID, bool]:
        registration_id, is_new = await whole_enter(*arguments, **others)
        takes_turn.set(is_new)
        return registration_id, is_new

    async def lock(session: AsyncSession, stop_id: UUID, **others: Any) -> bool:
        return takes_turn.get() and await whole_lock(session, stop_id, **others)

    takes_turn = ContextVar("takes_turn", default=True)
    whole_enter, whole_lock = service.enter, seating.lock
    monkeypatch.setattr(service, "enter", enter)
    monkeypatch.setattr(seating, "lock", lock)


@pytest.mark.usefixtures("mailing_inline")
async def test_mailing_before_the_answer_would_tell(stop: Desk) -> None:
    assert tells(await measured(stop, nobody_ahead, pairs=30))


@pytest.mark.usefixtures("no_turn_for_the_known")
async def test_answering_the_known_out_of_turn_would_tell(stop: Desk) -> None:
    assert tells(await measured(stop, somebody_ahead, pairs=15))


async def statements(stop: Desk, name: str) -> int:
    """How many statements an answer took, and not those of what runs beside it."""

    def count(*_: object) -> None:
        if is_ours.get():
            seen.append(1)

    seen: list[int] = []
    is_ours = ContextVar("is_ours", default=False)
    engine = stop.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    is_ours.set(True)
    await stop.register(name, "plenary")
    is_ours.set(False)
    event.remove(engine, "before_cursor_execute", count)
    return len(seen)


async def test_an_address_that_is_known_costs_as_many_statements_as_a_newcomer(stop: Desk) -> None:
    """A millisecond each, that a patient ear hears when only one of the two pays it."""
    assert await statements(stop, "Known0") == await statements(stop, "Newcomer") > 0


@pytest.mark.usefixtures("no_turn_for_the_known")
async def test_a_statement_less_would_be_counted(stop: Desk) -> None:
    assert await statements(stop, "Known0") == await statements(stop, "Newcomer") - 1
