"""What a simulation tells is what happens next, and it leaves no trace."""

from typing import Any

import httpx
import pytest

from support.desk import Desk, a_session, at_hour, person

SESSIONS = (
    a_session("plenary", on_site={"capacity": 2}, online={}),
    a_session("parallel", on_site={"capacity": 9}),
    a_session("meeting", **at_hour(11), on_site={"capacity": 1}, online={"capacity": 1}),
    a_session("visit", **at_hour(14), access="on_request", on_site={"capacity": 1}),
)
KEY = {"Idempotency-Key": "simulated"}


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    """A stop where some wait, some for a chair and some for an online seat."""
    await desk.publish(*SESSIONS)
    await desk.register("Ada", "plenary", "meeting")
    await desk.register("Bea", "plenary", "meeting")
    await desk.register("Cleo", "plenary", "meeting:online", "visit")
    return desk


REGISTRATIONS: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("plenary:online",), {}),
    (("plenary",), {}),
    (("plenary",), {"online_meanwhile": False}),
    (("plenary",), {"if_full": "refuse"}),
    (("meeting", "visit"), {}),
    (("meeting:online",), {}),
    (("plenary", "parallel"), {"overlaps_accepted": True}),
    (("plenary", "parallel"), {}),
    (("nowhere",), {}),
]


async def test_each_registration_does_what_was_foretold(stop: Desk) -> None:
    for number, (seats, others) in enumerate(REGISTRATIONS):
        wanted = person(f"Dora{number}", *seats, **others)
        before = await stop.contents()

        foretold = await stop.post(wanted, simulate=True)

        assert await stop.contents() == before
        answer = await stop.post(wanted)
        assert told(foretold) == told(answer), wanted
        if answer.status_code != 201:
            assert await stop.contents() == before
    assert await stop.flaws() == {}


async def test_each_change_does_what_was_foretold(stop: Desk) -> None:
    for seats, others in [*REGISTRATIONS, (("plenary",), {"promote_until_hours": 0})]:
        for name in ("Ada", "Bea", "Cleo"):
            before = await stop.contents()

            foretold = await stop.change(name, *seats, simulate=True, **others)

            assert await stop.contents() == before
            answer = await stop.change(name, *seats, **others)
            assert told(foretold) == told(answer), (name, seats, others)
            if answer.status_code != 200:
                assert await stop.contents() == before
            assert await stop.flaws() == {}


def told(answer: httpx.Response) -> Any:
    """What an answer says, but for what tells a simulation from the act."""
    body = {**answer.json(), "simulated": None, "request_id": None}
    return answer.is_success or answer.status_code, body


async def test_a_simulation_with_a_key_keeps_only_its_answer(stop: Desk) -> None:
    before = await stop.contents()

    await stop.post(person("Dora", "plenary"), headers=KEY, simulate=True)

    after = await stop.contents()
    assert {table for table in after if after[table] != before[table]} == {"idempotency_key"}


async def test_a_simulation_tells_somebody_known_what_it_tells_a_newcomer(stop: Desk) -> None:
    known = await stop.post(person("Ada", "plenary"), simulate=True)
    newcomer = await stop.post(person("Dora", "plenary"), simulate=True)

    assert known.json() == newcomer.json()
