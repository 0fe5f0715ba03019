"""A few write at once; behind them is a line with an end, and pages are read beside it."""

import asyncio
from datetime import datetime

import pytest

from etape.core import turns
from etape.core.turns import Crowded, Turns
from support.app import running
from support.desk import Desk, a_session, person

PATIENCE = 5.0


async def test_who_waits_is_served_in_the_order_of_arrival() -> None:
    line, served = Turns(at_once=2, waiting=10), []
    most = now_in = 0

    async def write(number: int) -> None:
        nonlocal most, now_in
        async with line.taken():
            now_in += 1
            most = max(most, now_in)
            served.append(number)
            await asyncio.sleep(0.001)
            now_in -= 1

    await asyncio.gather(*map(write, range(12)))
    assert (served, most) == ([*range(12)], 2)


async def test_past_the_end_of_the_line_one_is_told_at_once() -> None:
    line = Turns(at_once=1, waiting=1)
    async with line.taken():
        second = asyncio.create_task(_pass(line))
        await asyncio.sleep(0)
        with pytest.raises(Crowded):
            await asyncio.wait_for(_pass(line), 0.1)
    await asyncio.wait_for(second, PATIENCE)
    await asyncio.wait_for(_pass(line), PATIENCE)


async def test_who_leaves_the_line_gives_their_place_up() -> None:
    line = Turns(at_once=1, waiting=1)
    async with line.taken():
        for _ in range(3):
            leaving = asyncio.create_task(_pass(line))
            await asyncio.sleep(0)
            leaving.cancel()
            await asyncio.gather(leaving, return_exceptions=True)
    await asyncio.wait_for(_pass(line), PATIENCE)


async def test_who_waited_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.01)
    line = Turns(at_once=1, waiting=1)
    async with line.taken():
        with pytest.raises(Crowded):
            await asyncio.wait_for(_pass(line), PATIENCE)


async def test_a_crowd_that_writes_lets_pages_be_read(database_url: str, now: datetime) -> None:
    async with running(database_url, at=now, writes_at_once=1, writes_waiting=0) as client:
        desk = Desk.of(client)
        await desk.publish(a_session("plenary", on_site={"capacity": 1}))
        async with client.app.state.turns.taken():
            refused = await desk.post(person("Ada", "plenary"), headers={"Idempotency-Key": "a"})
            assert (refused.status_code, refused.json()["type"]) == (503, "/problems/crowded")
            assert int(refused.headers["retry-after"]) > 0
            await client.read(f"/stops/{desk.stop}")
        again = await desk.post(person("Ada", "plenary"), headers={"Idempotency-Key": "a"})
        assert again.status_code == 201, again.text


async def _pass(line: Turns) -> None:
    async with line.taken():
        pass
