"""All of the sessions or none: nothing is taken alone, and the way between places is warned of."""

from typing import Any

import pytest
from sqlalchemy import text

from etape.core.publishing import publish
from etape.tour.queues import service as queues
from etape.tour.sessions.schemas import VenueContent
from etape.tour.sessions.service import VENUE
from support.app import Client
from support.desk import Desk, a_session, at_hour, person

PLENARY = a_session("plenary", on_site={"capacity": 1})
WORKSHOP = a_session("workshop", **at_hour(11), on_site={"capacity": 1})


async def test_together_nothing_is_taken_while_one_is_full(desk: Desk) -> None:
    await desk.publish(PLENARY, WORKSHOP)
    await desk.register("Ada", "plenary")

    bea = await desk.register("Bea", "plenary", "workshop", together=True)

    assert [(seat["status"], seat["rank"]) for seat in bea] == [("waiting", 1), ("waiting", 1)]
    assert await desk.counters("workshop") == (0, 1)
    assert (await desk.read("Bea"))["together"]
    refused = await desk.post(
        person("Cleo", "plenary", "workshop", together=True, if_full="refuse")
    )
    assert refused.status_code == 409
    assert refused.json()["sessions"] == ["plenary", "workshop"]
    await desk.cancel("Ada")
    assert await desk.seats("Bea") == {
        "plenary:on_site": "confirmed",
        "workshop:on_site": "confirmed",
    }
    assert [each for each in await desk.mails() if each[0] == "promotion"] == [("promotion", "Bea")]
    assert await desk.flaws() == {}


async def test_one_who_wants_all_is_passed_over_and_keeps_the_rank(desk: Desk) -> None:
    await desk.publish(PLENARY, WORKSHOP)
    await desk.register("Ada", "plenary")
    await desk.register("Zoe", "workshop")
    await desk.register("Bea", "plenary", "workshop", together=True)
    await desk.register("Cleo", "workshop")

    await desk.cancel("Zoe")

    assert await desk.seats("Cleo") == {"workshop:on_site": "confirmed"}
    await desk.cancel("Ada")
    assert await desk.seats("Bea") == {
        "plenary:on_site": "waiting 1",
        "workshop:on_site": "waiting 1",
    }
    await desk.cancel("Cleo")
    assert set((await desk.seats("Bea")).values()) == {"confirmed"}
    assert await desk.flaws() == {}


async def test_a_newcomer_takes_what_one_who_wants_all_cannot_use(desk: Desk) -> None:
    await desk.publish(PLENARY, WORKSHOP)
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary", "workshop", together=True)

    [cleo] = await desk.register("Cleo", "workshop")

    assert cleo["status"] == "confirmed"
    assert await desk.flaws() == {}


async def test_who_waits_alone_before_goes_first(desk: Desk) -> None:
    await desk.publish(PLENARY, WORKSHOP)
    await desk.register("Ada", "plenary", "workshop")
    await desk.register("Bea", "workshop")
    await desk.register("Cleo", "plenary", "workshop", together=True)

    await desk.cancel("Ada")

    assert await desk.seats("Bea") == {"workshop:on_site": "confirmed"}
    assert set((await desk.seats("Cleo")).values()) == {"waiting 1"}
    assert await desk.flaws() == {}


async def test_one_who_no_longer_wants_all_takes_what_is_free(desk: Desk) -> None:
    await desk.publish(PLENARY, WORKSHOP)
    await desk.register("Ada", "plenary")
    await desk.register("Bea", "plenary", "workshop", together=True)

    answer = await desk.change("Bea", "plenary", "workshop", together=False)

    assert [seat["status"] for seat in answer.json()["seats"]] == ["waiting", "confirmed"]
    assert await desk.flaws() == {}


async def test_where_bundles_are_not_looked_at_one_who_wants_all_gets_a_part(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: a promotion that takes everybody for somebody alone tears them apart."""
    careless = str(queues.PROMOTE).replace("AND bundle_id IS NULL", "")
    monkeypatch.setattr(queues, "PROMOTE", text(careless))
    await desk.publish(PLENARY, WORKSHOP)
    await desk.register("Ada", "plenary")
    await desk.register("Zoe", "workshop")
    await desk.register("Bea", "plenary", "workshop", together=True)
    await desk.cancel("Zoe")
    assert sorted((await desk.seats("Bea")).values()) == ["confirmed", "waiting 1"]


async def in_two_places(desk: Desk, **changes: Any) -> None:
    assert isinstance(desk.http, Client)
    now = desk.http.clock.now()
    async with desk.database.unit_of_work() as session:
        for slug, city in (("halle", "Lille"), ("usine", "Roubaix")):
            venue = VenueContent(slug=slug, city=city)
            await publish(session, VENUE, venue, by="test", now=now)
    await desk.publish(
        a_session("plenary", venue="halle", on_site={}, online={}),
        a_session("visit", venue="usine", on_site={}, **at_hour(10)),
        a_session("closing", venue="usine", on_site={}, **at_hour(11)),
        **changes,
    )


async def test_too_little_time_for_the_way_is_told_before_anything_is_kept(desk: Desk) -> None:
    await in_two_places(desk, travel_minutes=30)

    refused = await desk.post(person("Ada", "plenary", "visit", "closing"))

    told = refused.json()
    assert (refused.status_code, told["type"]) == (409, "/problems/sessions-too-far")
    way = {"sessions": ["plenary", "visit"], "minutes": 0, "needed": 30}
    assert told["travels"] == [way]
    accepted = await desk.post(person("Ada", "plenary", "visit", "closing", overlaps_accepted=True))
    assert (accepted.status_code, accepted.json()["travels"]) == (201, [way])
    online = await desk.post(person("Bea", "plenary:online", "visit"))
    assert (online.status_code, online.json()["travels"]) == (201, [])


async def test_where_no_time_is_stated_another_city_is_warned_of(desk: Desk) -> None:
    await in_two_places(desk)

    refused = await desk.post(person("Ada", "plenary", "closing"))

    [way] = refused.json()["travels"]
    assert way == {"sessions": ["plenary", "closing"], "minutes": 60, "needed": None}


async def test_enough_time_for_the_way_warns_of_nothing(desk: Desk) -> None:
    await in_two_places(desk, travel_minutes=60)

    assert (await desk.post(person("Ada", "plenary", "closing"))).status_code == 201
