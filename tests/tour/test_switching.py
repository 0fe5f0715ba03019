"""Switching between a chair and the screen is one act, whoever else switches at once."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from etape.tour.seats import service as seating
from support.app import Client
from support.desk import Desk, a_session, at_hour

CROWD = 50


async def sequence(desk: Desk, name: str) -> int:
    [row] = await desk.ask("SELECT sequence FROM registration WHERE name = :name", name=name)
    number: int = row.sequence
    return number


async def test_fifty_who_switch_at_once_give_fifty_chairs_to_fifty_who_wait(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": CROWD}, online={}))
    seated = [f"Seated{number}" for number in range(CROWD)]
    waiting = [f"Waiting{number}" for number in range(CROWD + 5)]
    for name in (*seated, *waiting):
        await desk.register(name, "plenary")

    answers = await asyncio.gather(*(desk.switch(name, "plenary", "online") for name in seated))

    assert {answer.status_code for answer in answers} == {200}
    assert await desk.counters("plenary") == (CROWD, 5)
    assert await desk.counters("plenary", "online") == (CROWD + 5, 0)
    letters = [(mail, name) for mail, name in await desk.mails() if mail != "confirmation"]
    moved_up = waiting[:CROWD]
    told = sorted([*seated, *moved_up])
    assert sorted(name for _, name in letters) == told, "one mail each"
    assert {name for mail, name in letters if mail == "promotion"} == set(moved_up)
    rows = await desk.ask("SELECT name FROM registration WHERE sequence = 1")
    assert sorted(row.name for row in rows) == told, "the entry of each is sent again, once"
    assert await desk.flaws() == {}


async def to_and_fro(desk: Desk) -> Counter[int]:
    """Have those in the room and those at the screen change places, all at once."""
    await desk.publish(a_session("plenary", on_site={"capacity": 20}, online={"capacity": 22}))
    people = [f"Person{number}" for number in range(40)]
    for number, name in enumerate(people):
        await desk.register(name, "plenary" if number < 20 else "plenary:online")
    answers = await asyncio.gather(
        *(
            desk.switch(name, "plenary", "online" if number < 20 else "on_site")
            for number, name in enumerate(people)
        )
    )
    return Counter(answer.status_code for answer in answers)


async def test_to_and_fro_at_once_nobody_is_seated_twice_nor_lost(desk: Desk) -> None:
    assert await to_and_fro(desk) == {200: 40}

    assert await desk.counters("plenary") == (20, 0)
    assert await desk.counters("plenary", "online") == (20, 0)
    assert await desk.flaws() == {}


async def test_without_the_lock_to_and_fro_is_not_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: what one sees is no longer what is, and the constraint or a deadlock refuses."""
    monkeypatch.setattr(seating, "LOCK_STOP", seating.IS_OVERDUE)

    answers = await to_and_fro(desk)

    assert answers != {200: 40} or await desk.counters("plenary") != (20, 0)


async def test_a_switch_leaves_every_other_seat_as_it_is(desk: Desk) -> None:
    await desk.publish(
        a_session("plenary", on_site={"capacity": 1}, online={}),
        a_session("workshop", **at_hour(11), on_site={"capacity": 1}, online={}),
    )
    await desk.register("Ada", "plenary", "workshop")
    await desk.register("Bea", "plenary", "workshop", online_meanwhile=False)

    answer = await desk.switch("Bea", "plenary", "online")

    assert answer.status_code == 200, answer.text
    assert await desk.seats("Bea") == {
        "plenary:online": "confirmed",
        "workshop:on_site": "waiting 1",
    }
    assert await sequence(desk, "Bea") == 1


async def test_one_who_comes_back_to_a_full_room_waits_and_keeps_the_screen(desk: Desk) -> None:
    """Even who wanted no screen while waiting: giving up what one has was not asked."""
    await desk.publish(a_session("plenary", on_site={"capacity": 1}, online={"capacity": 1}))
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary:online", online_meanwhile=False)

    answer = await desk.switch("Bea", "plenary", "on_site")

    [seat] = answer.json()["seats"]
    assert (seat["status"], seat["rank"], seat["online_meanwhile"]) == ("waiting", 1, True)
    assert await desk.seats("Bea") == {
        "plenary:on_site": "waiting 1",
        "plenary:online": "confirmed",
    }


async def test_what_stands_already_is_not_done_again(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}, online={}))
    await desk.register("Ada", "plenary")

    first = await desk.switch("Ada", "plenary", "online")
    again = await desk.switch("Ada", "plenary", "online")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert await sequence(desk, "Ada") == 1
    assert [mail for mail, _ in await desk.mails()] == ["confirmation", "change"]


async def test_a_switch_is_refused_where_there_is_nothing_to_switch(desk: Desk) -> None:
    await desk.publish(
        a_session("plenary", on_site={"capacity": 1}, online={}),
        a_session("workshop", **at_hour(11), on_site={"capacity": 1}),
    )
    await desk.register("Ada", "workshop")

    not_chosen = await desk.switch("Ada", "plenary", "online")
    not_offered = await desk.switch("Ada", "workshop", "online")
    assert isinstance(desk.http, Client)
    link = await desk.path("Ada")
    desk.http.clock.at += timedelta(days=60)
    over = await desk.http.post(f"{link}/seats/workshop/switch", json={"mode": "on_site"})

    assert (not_chosen.status_code, not_offered.status_code) == (404, 422)
    assert not_chosen.json()["type"] == "/problems/seat-unknown"
    assert over.status_code == 200, "what stands already"
    assert await desk.seats("Ada") == {"workshop:on_site": "confirmed"}
