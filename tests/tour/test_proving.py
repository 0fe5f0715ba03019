"""Where a stop asks that the address be proved, seats are held meanwhile, and never too many."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import text

from etape.tour.queues import service as queues
from etape.tour.seats import service as seating
from support.app import Client
from support.desk import Desk, a_session, person

HOURS = 24
UNSENT = timedelta(hours=2 * HOURS)
"""How long a seat is held for somebody whose mail never left."""


def pass_time(desk: Desk, elapsed: timedelta) -> None:
    assert isinstance(desk.http, Client)
    desk.http.clock.at += elapsed


async def opened(desk: Desk, capacity: int, **changes: object) -> Desk:
    await desk.publish(
        a_session("plenary", on_site={"capacity": capacity}), proof_hours=HOURS, **changes
    )
    return desk


async def test_a_seat_is_held_until_its_address_is_confirmed(desk: Desk) -> None:
    await opened(desk, 2)

    answer = await desk.post(person("Ada", "plenary"))

    told = answer.json()
    assert (told["proof_hours"], told["seats"][0]["status"]) == (HOURS, "held")
    read = await desk.read("Ada")
    assert (read["needs_proof"], read["seats"][0]["held_until"] is not None) == (True, True)
    confirmed = await desk.confirm("Ada")
    assert confirmed.status_code == 200
    assert await desk.seats("Ada") == {"plenary:on_site": "confirmed"}
    assert (await desk.confirm("Ada")).status_code == 200
    assert await desk.mails() == [("confirmation", "Ada"), ("change", "Ada")], "once"
    assert await desk.flaws() == {}


async def test_a_hold_that_expired_is_free_for_a_newcomer_whoever_swept_or_not(desk: Desk) -> None:
    await opened(desk, 1)
    await desk.register("Ada", "plenary")
    [waiting] = await desk.register("Bea", "plenary")
    assert (waiting["status"], waiting["rank"]) == ("waiting", 1)
    link = await desk.path("Ada")
    pass_time(desk, UNSENT)
    [shown] = (await desk.http.get("/api/v1/stops/essai")).json()["sessions"][0]["seats"]
    assert shown["left"] == 1, "expiry is a condition in the read"

    assert (await desk.confirm("Bea")).status_code == 200

    assert await desk.seats("Bea") == {"plenary:on_site": "confirmed"}
    late = await desk.http.post(f"{link}/confirm")
    assert late.status_code == 200
    assert await desk.seats("Ada") == {"plenary:on_site": "waiting 1"}, "late: the rank is kept"
    await desk.cancel("Bea")
    assert await desk.seats("Ada") == {"plenary:on_site": "confirmed"}
    assert await desk.flaws() == {}


async def test_a_late_click_confirms_while_seats_are_left(desk: Desk) -> None:
    """Even past the hours before which one wants to be moved up: one acts oneself."""
    await opened(desk, 3)
    await desk.register("Ada", "plenary", promote_until_hours=720)
    pass_time(desk, timedelta(days=45))

    await desk.confirm("Ada")

    assert await desk.seats("Ada") == {"plenary:on_site": "confirmed"}


async def test_holds_never_exceed_half_of_a_pool_and_past_that_one_waits_until_proved(
    desk: Desk,
) -> None:
    await opened(desk, 5)
    told = [seat for n in range(6) for seat in await desk.register(f"Person{n}", "plenary")]

    assert [seat["status"] for seat in told] == ["held"] * 3 + ["waiting"] * 3
    assert [seat["rank"] for seat in told[3:]] == [1, 2, 3]
    await desk.confirm("Person5")
    assert await desk.seats("Person5") == {"plenary:on_site": "confirmed"}, (
        "proved, and one is free"
    )
    assert await desk.seats("Person3") == {"plenary:on_site": "waiting 1"}, "nobody unproved moves"
    await desk.cancel("Person0")
    assert await desk.seats("Person3") == {"plenary:on_site": "waiting 1"}
    assert await desk.flaws() == {}


async def test_a_newcomer_takes_no_hold_before_somebody_unproved_who_waits(desk: Desk) -> None:
    await opened(desk, 4)
    for number in range(3):
        await desk.register(f"Person{number}", "plenary")
    await desk.confirm("Person0")

    [late] = await desk.register("Person3", "plenary")

    assert (late["status"], late["rank"]) == ("waiting", 2)


async def test_a_simulation_tells_what_expired_holds_leave(desk: Desk) -> None:
    await opened(desk, 1)
    await desk.register("Ada", "plenary")
    pass_time(desk, UNSENT)
    before = await desk.contents()
    body = person("Bea", "plenary")

    foretold = await desk.post(body, simulate=True)

    assert await desk.contents() == before
    answer = await desk.post(body)
    assert foretold.json()["seats"] == answer.json()["seats"]


async def rush(desk: Desk) -> None:
    """Have forty register, half of them click, and a sweep pass, all at once, as holds expire."""
    await opened(desk, 10)
    early = [f"Early{number}" for number in range(10)]
    for name in early:
        await desk.register(name, "plenary")
    pass_time(desk, UNSENT)
    links = [await desk.path(name) for name in early]
    await asyncio.gather(
        *(desk.http.post(f"{link}/confirm") for link in links),
        *(desk.register(f"Late{number}", "plenary") for number in range(30)),
    )


async def test_clicks_registrations_and_expiries_at_once_oversell_nothing(desk: Desk) -> None:
    await rush(desk)

    rows = await desk.ask("SELECT status, count(*) AS n FROM seat GROUP BY status")
    seats = Counter({row.status: row.n for row in rows})
    assert seats["confirmed"] == 10, "all who clicked, late as they were"
    assert seats["held"] == 0
    assert seats["waiting"] == 30
    assert await desk.flaws() == {}


async def test_without_the_share_holds_fill_the_pool(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seating, "HELD_SHARE", 1)
    await opened(desk, 4)

    told = [seat for n in range(5) for seat in await desk.register(f"Person{n}", "plenary")]

    assert [seat["status"] for seat in told] == ["held"] * 4 + ["waiting"]
    assert "more of a pool held than may be" in await desk.flaws()


async def test_where_the_proof_is_not_looked_at_an_unproved_person_is_moved_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: promotion that does not ask for a limit seats who never clicked."""
    careless = str(queues.PROMOTE).replace(
        "AND promote_until > :now", "AND promote_until IS DISTINCT FROM :now"
    )
    monkeypatch.setattr(queues, "PROMOTE", text(careless))
    await opened(desk, 1)
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary")
    await desk.cancel("Ada")
    assert "somebody unproved who has more than holds" in await desk.flaws()


async def test_whoever_acts_by_the_link_has_proved_the_address(desk: Desk) -> None:
    await desk.publish(a_session("plenary", on_site={"capacity": 4}, online={}), proof_hours=HOURS)
    await desk.register("Ada", "plenary")

    assert (await desk.switch("Ada", "plenary", "online")).status_code == 200

    assert await desk.seats("Ada") == {"plenary:online": "confirmed"}
    assert not (await desk.read("Ada"))["needs_proof"]


async def test_somebody_known_is_answered_like_a_newcomer_where_proof_is_asked(desk: Desk) -> None:
    await opened(desk, 4)
    await desk.register("Ada", "plenary")

    again = await desk.register("Ada", "plenary")
    newcomer = await desk.register("Bea", "plenary")

    assert again == newcomer
