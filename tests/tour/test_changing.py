"""Changing and cancelling from the link: in one act, and told beforehand exactly as it happens."""

import asyncio
from datetime import timedelta

import pytest

from support.app import Client
from support.desk import Desk, a_session, at_hour, person

SESSIONS = (
    a_session("plenary", on_site={"capacity": 1}, online={}),
    a_session("workshop", **at_hour(11), on_site={"capacity": 1}),
    a_session("meeting", **at_hour(14), on_site={"capacity": 1}, online={"capacity": 1}),
)


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(*SESSIONS)
    return desk


def later(desk: Desk) -> None:
    """Let an hour pass, so that acts do not bear the same instant."""
    assert isinstance(desk.http, Client)
    desk.http.clock.at += timedelta(hours=1)


async def sequence(desk: Desk, name: str) -> int:
    [row] = await desk.ask("SELECT sequence FROM registration WHERE name = :name", name=name)
    number: int = row.sequence
    return number


async def test_a_session_is_added_and_another_dropped(stop: Desk) -> None:
    await stop.register("Ada", "plenary")

    added = await stop.change("Ada", "plenary", "workshop")
    dropped = await stop.change("Ada", "workshop")

    assert (added.status_code, dropped.status_code) == (200, 200)
    assert await stop.seats("Ada") == {"workshop:on_site": "confirmed"}
    assert await stop.counters("plenary") == (0, 0)
    assert await sequence(stop, "Ada") == 2
    assert [mail for mail, _ in await stop.mails()] == ["confirmation", "change", "change"]
    assert await stop.flaws() == {}


async def test_switching_to_online_frees_the_chair_for_the_first_who_waits(stop: Desk) -> None:
    await stop.register("Ada", "plenary")
    await stop.register("Bea", "plenary")

    answer = await stop.change("Ada", "plenary:online")

    [seat] = answer.json()["seats"]
    assert (seat["mode"], seat["status"]) == ("online", "confirmed")
    assert await stop.seats("Ada") == {"plenary:online": "confirmed"}
    assert await stop.seats("Bea") == {"plenary:on_site": "confirmed"}
    assert (await sequence(stop, "Ada"), await sequence(stop, "Bea")) == (1, 1)
    assert sorted((await stop.mails())[2:]) == [("change", "Ada"), ("promotion", "Bea")]
    assert await stop.flaws() == {}


async def test_switching_to_a_chair_where_none_is_left_keeps_the_online_seat_meanwhile(
    stop: Desk,
) -> None:
    await stop.register("Ada", "meeting")
    await stop.register("Bea", "meeting:online")
    wanted = await stop.change("Bea", "meeting", simulate=True)

    answer = await stop.change("Bea", "meeting")

    [seat] = answer.json()["seats"]
    assert (seat["status"], seat["rank"], seat["online_meanwhile"]) == ("waiting", 1, True)
    assert wanted.json()["seats"] == answer.json()["seats"]
    assert await stop.seats("Bea") == {
        "meeting:on_site": "waiting 1",
        "meeting:online": "confirmed",
    }


async def test_a_swap_with_somebody_who_waits_is_told_as_it_happens(stop: Desk) -> None:
    """Ada leaves the chair to Bea, who leaves to Ada the online seat that she had meanwhile."""
    await stop.register("Ada", "meeting")
    await stop.register("Bea", "meeting")
    foreseen = await stop.change("Ada", "meeting:online", simulate=True)

    answer = await stop.change("Ada", "meeting:online")

    [seat] = answer.json()["seats"]
    assert (seat["status"], seat["rank"]) == ("confirmed", None)
    assert foreseen.json()["seats"] == [seat]
    assert await stop.seats("Ada") == {"meeting:online": "confirmed"}
    assert await stop.seats("Bea") == {"meeting:on_site": "confirmed"}
    assert await stop.flaws() == {}


async def test_a_seat_kept_keeps_its_rank(stop: Desk) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await stop.register(name, "workshop")

    answer = await stop.change("Bea", "workshop", "plenary")

    ranks = {seat["session"]: seat["rank"] for seat in answer.json()["seats"]}
    assert ranks == {"workshop": 1, "plenary": None}
    assert await stop.queue("workshop") == ["Bea", "Cleo"]


async def test_leaving_a_waiting_list_and_coming_back_costs_the_rank(stop: Desk) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await stop.register(name, "workshop")

    await stop.change("Bea", "plenary")
    await stop.change("Bea", "plenary", "workshop")

    assert await stop.queue("workshop") == ["Cleo", "Bea"]


async def test_the_limit_of_a_seat_waited_for_changes_with_the_registration(stop: Desk) -> None:
    await stop.register("Ada", "workshop")
    await stop.register("Bea", "workshop", promote_until_hours=48)
    await stop.change("Bea", "workshop", promote_until_hours=720)
    assert isinstance(stop.http, Client)
    stop.http.clock.at += timedelta(days=40)

    await stop.cancel("Ada")

    assert await stop.seats("Bea") == {"workshop:on_site": "waiting 1"}


async def test_one_whose_limit_is_put_back_takes_the_seat_that_is_free(stop: Desk) -> None:
    await stop.register("Ada", "workshop")
    await stop.register("Bea", "workshop", promote_until_hours=720)
    assert isinstance(stop.http, Client)
    stop.http.clock.at += timedelta(days=40)
    await stop.cancel("Ada")
    assert await stop.seats("Bea") == {"workshop:on_site": "waiting 1"}

    answer = await stop.change("Bea", "workshop", promote_until_hours=0)

    assert answer.json()["seats"][0]["status"] == "confirmed"
    assert await stop.seats("Bea") == {"workshop:on_site": "confirmed"}


async def test_one_who_waits_may_leave_the_online_seat_had_meanwhile_and_take_it_again(
    stop: Desk,
) -> None:
    await stop.register("Ada", "plenary")
    await stop.register("Bea", "plenary")

    without = await stop.change("Bea", "plenary", online_meanwhile=False)
    assert without.json()["seats"][0]["online_meanwhile"] is False
    assert await stop.seats("Bea") == {"plenary:on_site": "waiting 1"}

    again = await stop.change("Bea", "plenary", online_meanwhile=True)
    assert again.json()["seats"][0]["online_meanwhile"] is True
    assert await stop.seats("Bea") == {
        "plenary:on_site": "waiting 1",
        "plenary:online": "confirmed",
    }


async def test_an_online_seat_had_meanwhile_and_then_chosen_is_no_longer_given_back(
    stop: Desk,
) -> None:
    await stop.register("Ada", "plenary")
    await stop.register("Bea", "plenary")

    await stop.change("Bea", "plenary:online")
    await stop.cancel("Ada")

    assert await stop.seats("Bea") == {"plenary:online": "confirmed"}
    assert await stop.counters("plenary") == (0, 0)


async def test_name_organisation_and_language_change_only_when_sent(stop: Desk) -> None:
    await stop.register("Ada", "plenary", organisation="Hospital", language="en")
    path = await stop.path("Ada")
    seats = person("Ada", "plenary")["seats"]

    await stop.http.patch(path, json={"seats": seats})
    untouched = (await stop.http.get(path)).json()
    await stop.http.patch(path, json={"seats": seats, "name": "Ada B", "language": "fr"})
    renamed = (await stop.http.get(path)).json()

    fields = ("name", "organisation", "language")
    assert [untouched[field] for field in fields] == ["Ada", "Hospital", "en"]
    assert [renamed[field] for field in fields] == ["Ada B", "Hospital", "fr"]


async def test_an_address_is_never_changed_by_a_link(stop: Desk) -> None:
    await stop.register("Ada", "plenary")

    answer = await stop.change("Ada", "plenary", email="other@hopital.example")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/email"


async def test_a_cancelled_registration_is_shown_as_such_and_ended_once(stop: Desk) -> None:
    await stop.register("Ada", "plenary", "workshop")
    later(stop)

    first = await stop.cancel("Ada")
    later(stop)
    second = await stop.cancel("Ada")
    changed = await stop.change("Ada", "plenary")

    assert first.status_code == 204
    assert first.content == b""
    assert {second.status_code, changed.status_code} == {410}
    assert second.json()["type"] == "/problems/registration-cancelled"
    shown = await stop.read("Ada")
    assert shown["cancelled_at"] == "2026-11-23T10:00:00Z"
    assert shown["changeable"] is False
    assert {seat["session"]: seat["status"] for seat in shown["seats"]} == {
        "plenary": "cancelled",
        "workshop": "cancelled",
    }
    assert all(seat["join_url"] is None for seat in shown["seats"])
    assert [mail for mail, _ in await stop.mails()] == ["confirmation", "cancellation"]
    assert await sequence(stop, "Ada") == 1


async def test_one_who_cancelled_may_register_again_at_the_end_of_the_line(stop: Desk) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await stop.register(name, "workshop")
    later(stop)
    await stop.cancel("Bea")
    later(stop)

    [seat] = await stop.register("Bea", "workshop")

    assert (seat["status"], seat["rank"]) == ("waiting", 2)
    assert await stop.queue("workshop") == ["Cleo", "Bea"]


async def test_of_twenty_cancellations_at_once_one_is_carried_out(stop: Desk) -> None:
    await stop.register("Ada", "plenary")
    path = await stop.path("Ada")

    answers = await asyncio.gather(*(stop.http.delete(path) for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [204] + [410] * 19
    assert [mail for mail, _ in await stop.mails()] == ["confirmation", "cancellation"]


async def test_changes_at_once_leave_one_of_the_wishes_whole(stop: Desk) -> None:
    await stop.register("Ada", "plenary")
    wishes = [("plenary",), ("plenary:online", "workshop"), ("workshop", "meeting")] * 6

    answers = await asyncio.gather(*(stop.change("Ada", *wish) for wish in wishes))

    assert {answer.status_code for answer in answers} == {200}
    kept = {seat.removesuffix(":on_site") for seat in await stop.seats("Ada")}
    assert kept in [set(wish) for wish in wishes]
    assert await sequence(stop, "Ada") == len(wishes)
    assert await stop.flaws() == {}
