"""The waiting list is exact: in order, nobody twice, nobody past their limit, nobody jumps."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from support.app import Client
from support.desk import Desk, a_session, at_hour

STARTS = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
"""When sessions begin: nine o'clock in Paris."""


def set_clock(desk: Desk, at: datetime) -> None:
    client = desk.http
    assert isinstance(client, Client)
    client.clock.at = at


async def test_one_waits_with_a_rank_and_online_meanwhile(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}, online={}))
    await desk.register("Ada", "plenary")

    [bea] = await desk.register("Bea", "plenary")
    [cleo] = await desk.register("Cleo", "plenary", online_meanwhile=False)

    assert (bea["status"], bea["rank"], bea["online_meanwhile"]) == ("waiting", 1, True)
    assert (cleo["status"], cleo["rank"], cleo["online_meanwhile"]) == ("waiting", 2, False)
    assert await desk.seats("Bea") == {
        "plenary:on_site": "waiting 1",
        "plenary:online": "confirmed",
    }
    assert await desk.seats("Cleo") == {"plenary:on_site": "waiting 2"}


async def test_no_online_seat_is_held_where_none_is_left(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}, online={"capacity": 1}))
    await desk.register("Ada", "plenary")
    [bea] = await desk.register("Bea", "plenary")
    [cleo] = await desk.register("Cleo", "plenary")

    assert (bea["online_meanwhile"], cleo["online_meanwhile"]) == (True, False)
    assert await desk.counters("plenary", "online") == (1, 0)


async def test_fifty_cancellations_at_once_move_up_fifty_people_in_order(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 50}))
    confirmed = [f"Early{number}" for number in range(50)]
    waiting = [f"Late{number}" for number in range(55)]
    for name in (*confirmed, *waiting):
        await desk.register(name, "plenary")
    links = [await desk.path(name) for name in confirmed]

    answers = await asyncio.gather(*(desk.http.delete(link) for link in links))

    assert {answer.status_code for answer in answers} == {204}
    assert await desk.counters("plenary") == (50, 5)
    assert await desk.queue("plenary") == waiting[50:]
    told = [name for mail, name in await desk.mails() if mail == "promotion"]
    assert told == waiting[:50], "each once, in order"
    assert await desk.flaws() == {}


async def test_a_freed_seat_goes_to_the_first_in_line_in_the_same_transaction(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    for name in ("Ada", "Bea", "Cleo"):
        await desk.register(name, "plenary")

    assert (await desk.cancel("Ada")).status_code == 204

    assert await desk.seats("Bea") == {"plenary:on_site": "confirmed"}
    assert await desk.seats("Cleo") == {"plenary:on_site": "waiting 1"}
    rows = await desk.ask(
        "SELECT count(DISTINCT xmin::text) AS transactions FROM seat WHERE status <> 'waiting'"
    )
    assert rows[0].transactions == 1
    rows = await desk.ask("SELECT act FROM journal WHERE noun = 'registration' ORDER BY id")
    assert [row.act for row in rows][-2:] == ["cancelled", "promoted"]


async def test_a_newcomer_never_passes_those_who_wait(desk: Desk) -> None:
    """A seat that is free though somebody waits is theirs: here the pool has grown."""
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary")
    await desk.ask("UPDATE seat_pool SET capacity = 2 WHERE mode = 'on_site'")

    [cleo] = await desk.register("Cleo", "plenary")

    assert (cleo["status"], cleo["rank"]) == ("waiting", 2)


async def test_those_who_come_and_go_at_once_never_pass_those_who_wait(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 10}))
    confirmed = [f"Early{number}" for number in range(10)]
    waiting = [f"Late{number}" for number in range(10)]
    for name in (*confirmed, *waiting):
        await desk.register(name, "plenary")
    links = [await desk.path(name) for name in confirmed]

    answers = await asyncio.gather(
        *(desk.http.delete(link) for link in links),
        *(desk.register(f"New{number}", "plenary") for number in range(20)),
    )

    newcomers = [seat for answer in answers[len(links) :] for seat in answer]
    assert {seat["status"] for seat in newcomers} == {"waiting"}
    assert await desk.counters("plenary") == (10, 20)
    assert all(name.startswith("New") for name in await desk.queue("plenary"))
    assert await desk.flaws() == {}


@pytest.mark.parametrize("after", [timedelta(0), timedelta(minutes=10), timedelta(days=1)])
async def test_nobody_moves_up_once_the_session_began(desk: Desk, after: timedelta) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    await desk.register("Ada", "plenary", promote_until_hours=0)
    await desk.register("Bea", "plenary", promote_until_hours=0)
    link = await desk.path("Ada")
    set_clock(desk, STARTS + after)

    assert (await desk.http.delete(link)).status_code == 204

    assert await desk.counters("plenary") == (0, 1)
    assert await desk.seats("Bea") == {"plenary:on_site": "waiting 1"}


async def test_one_moves_up_until_the_last_moment_when_one_said_so(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary", promote_until_hours=0)
    link = await desk.path("Ada")
    set_clock(desk, STARTS - timedelta(minutes=1))

    await desk.http.delete(link)

    assert await desk.seats("Bea") == {"plenary:on_site": "confirmed"}


async def test_a_freed_seat_passes_over_those_whose_own_limit_is_over(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary", promote_until_hours=48)
    await desk.register("Cleo", "plenary", promote_until_hours=24)
    link = await desk.path("Ada")
    set_clock(desk, STARTS - timedelta(hours=36))

    await desk.http.delete(link)

    assert await desk.seats("Bea") == {"plenary:on_site": "waiting 1"}
    assert await desk.seats("Cleo") == {"plenary:on_site": "confirmed"}


async def test_those_whose_limit_is_over_keep_no_free_seat_from_a_newcomer(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary", promote_until_hours=48)
    link = await desk.path("Ada")
    set_clock(desk, STARTS - timedelta(hours=36))
    await desk.http.delete(link)

    [cleo] = await desk.register("Cleo", "plenary")

    assert cleo["status"] == "confirmed"


async def test_a_chair_releases_the_online_seat_had_meanwhile(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}, online={}))
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary")

    await desk.cancel("Ada")

    assert await desk.seats("Bea") == {"plenary:on_site": "confirmed"}
    assert await desk.counters("plenary", "online") == (0, 0)


async def test_a_chair_never_releases_an_online_seat_of_another_session(desk: Desk) -> None:
    await desk.publish(
        a_session("plenary", on_site={"capacity": 1}, online={}),
        a_session("workshop", **at_hour(11), on_site={"capacity": 1}, online={}),
    )
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary", "workshop:online")
    await desk.register("Cleo", "workshop")

    await desk.cancel("Ada")

    assert await desk.seats("Bea") == {
        "plenary:on_site": "confirmed",
        "workshop:online": "confirmed",
    }


async def test_a_promotion_that_frees_an_online_seat_moves_up_who_waits_for_that_one(
    desk: Desk,
) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}, online={"capacity": 1}))
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary")
    [cleo] = await desk.register("Cleo", "plenary:online")
    assert (cleo["status"], cleo["rank"]) == ("waiting", 1)

    await desk.cancel("Ada")

    assert await desk.seats("Bea") == {"plenary:on_site": "confirmed"}
    assert await desk.seats("Cleo") == {"plenary:online": "confirmed"}
    assert await desk.mails() == [
        ("confirmation", "Ada"),
        ("confirmation", "Bea"),
        ("confirmation", "Cleo"),
        ("cancellation", "Ada"),
        ("promotion", "Bea"),
        ("promotion", "Cleo"),
    ]
    assert await desk.flaws() == {}


async def test_seats_of_several_sessions_move_up_whoever_waits_for_each(desk: Desk) -> None:
    await desk.publish(
        a_session("plenary", on_site={"capacity": 1}),
        a_session("workshop", **at_hour(11), on_site={"capacity": 1}),
    )
    await desk.register("Ada", "plenary", "workshop")
    await desk.register("Bea", "plenary", "workshop")
    await desk.register("Cleo", "workshop")

    await desk.cancel("Ada")

    assert await desk.seats("Bea") == {
        "plenary:on_site": "confirmed",
        "workshop:on_site": "confirmed",
    }
    told = [name for mail, name in await desk.mails() if mail == "promotion"]
    assert told == ["Bea"], "one mail, however many seats"
    [row] = await desk.ask("SELECT sequence FROM registration WHERE name = 'Bea'")
    assert row.sequence == 1


async def test_a_request_waits_for_the_organisers_and_takes_no_seat(desk: Desk) -> None:
    visit = a_session("visit", access="on_request", on_site={"capacity": 1})
    await desk.publish(visit)

    outcomes = [await desk.register(name, "visit") for name in ("Ada", "Bea", "Cleo")]

    assert [seat["status"] for [seat] in outcomes] == ["requested"] * 3
    assert await desk.counters("visit") == (0, 0)
