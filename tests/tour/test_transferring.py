"""A colleague takes one's seats by accepting them: not before, not twice, and in the same rank."""

import asyncio
from collections import Counter

import pytest
from httpx import Response

from support.desk import READ, Desk, a_session, address_of, at_hour


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    """A stop whose plenary is Ada's, and that Bea and Cleo wait for."""
    await desk.publish(
        a_session("plenary", on_site={"capacity": 1}, online={}),
        a_session("workshop", **at_hour(11), on_site={"capacity": 4}),
    )
    await desk.register("Ada", "plenary", "workshop")
    for name in ("Bea", "Cleo"):
        await desk.register(name, "plenary")
    return desk


async def offered(desk: Desk, giver: str, to: str) -> str:
    """Offer somebody's seats, and return the link of the letter."""
    return f"/api/v1/transfers/{await desk.offer(giver, to)}"


async def accepted(desk: Desk, link: str, name: str) -> Response:
    return await desk.http.post(
        f"{link}/accept", json={"name": name, "organisation": "CHU", "consent": READ}
    )


async def test_until_the_colleague_accepts_nothing_changes(stop: Desk) -> None:
    before = await stop.seats("Ada")
    link = await offered(stop, "Ada", "Dora")

    offer = (await stop.http.get(link)).json()

    assert (offer["giver"], offer["name"]) == ("Ada", "Dora")
    assert {seat["session"]: seat["status"] for seat in offer["seats"]} == {
        "plenary": "confirmed",
        "workshop": "confirmed",
    }
    assert await stop.seats("Ada") == before
    again = await stop.http.post(
        f"{await stop.path('Ada')}/transfer", json={"name": "Eve", "email": address_of("Eve")}
    )
    assert again.json()["type"] == "/problems/transfer-offered"
    assert (await stop.http.delete(f"{await stop.path('Ada')}/transfer")).status_code == 204
    ended = await accepted(stop, link, "Dora")
    assert (ended.status_code, ended.json()["type"]) == (410, "/problems/transfer-ended")


async def test_once_accepted_the_seats_are_theirs_and_the_old_link_is_over(stop: Desk) -> None:
    old = await stop.path("Ada")
    link = await offered(stop, "Ada", "Dora")

    assert (await accepted(stop, link, "Dora")).status_code == 204

    assert await stop.seats("Dora") == {
        "plenary:on_site": "confirmed",
        "workshop:on_site": "confirmed",
    }
    assert (await stop.read("Dora"))["organisation"] == "CHU"
    assert (await stop.http.get(old)).json()["cancelled_at"] is not None
    assert (await stop.http.delete(old)).status_code == 410
    assert (await accepted(stop, link, "Dora")).status_code == 410
    assert await stop.queue("plenary") == ["Bea", "Cleo"], "nobody moved up: no seat was freed"
    assert (await stop.mails())[-2:] == [("cancellation", "Ada"), ("confirmation", "Dora")]
    assert await stop.flaws() == {}


async def test_a_rank_is_handed_over_as_it_is(stop: Desk) -> None:
    link = await offered(stop, "Bea", "Dora")

    await accepted(stop, link, "Dora")

    assert await stop.queue("plenary") == ["Dora", "Cleo"]
    assert await stop.seats("Dora") == {
        "plenary:on_site": "waiting 1",
        "plenary:online": "confirmed",
    }
    await stop.cancel("Ada")
    assert await stop.seats("Dora") == {"plenary:on_site": "confirmed"}
    assert await stop.flaws() == {}


async def test_who_is_registered_already_keeps_their_own(stop: Desk) -> None:
    link = await offered(stop, "Ada", "Bea")

    refused = await accepted(stop, link, "Bea")

    assert refused.json()["type"] == "/problems/address-registered"
    assert (await stop.read("Ada"))["cancelled_at"] is None


async def test_a_link_that_offers_nothing_is_unknown(stop: Desk) -> None:
    answer = await stop.http.get(f"/api/v1/transfers/{'x' * 43}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/link-unknown")


async def test_accepted_ten_times_while_cancelled_the_seats_go_one_way(stop: Desk) -> None:
    old = await stop.path("Ada")
    link = await offered(stop, "Ada", "Dora")

    told = await asyncio.gather(
        *(accepted(stop, link, "Dora") for _ in range(10)), stop.http.delete(old)
    )

    answers = Counter(answer.status_code for answer in told)
    assert answers[204] == 1, "either it was accepted, or cancelled"
    assert await stop.counters("plenary") in {(1, 1), (1, 2)}
    assert await stop.flaws() == {}
