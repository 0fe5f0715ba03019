"""Reading the tours and their stops over HTTP."""

import pytest

from support.app import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_pages_of_stops_go_on_from_one_day_to_the_next(shared_client: Client) -> None:
    whole = await shared_client.read("/stops", limit=100)
    found, page = [], await shared_client.read("/stops", limit=4)
    while True:
        found += page["items"]
        if page["next"] is None:
            break
        page = await shared_client.read("/stops", limit=4, cursor=page["next"])

    assert [stop["slug"] for stop in found] == [stop["slug"] for stop in whole["items"]]
    days = [stop["days"][0]["on"] for stop in found]
    assert days == sorted(days)


async def test_a_tour_tells_its_stated_totals_with_their_qualifier(shared_client: Client) -> None:
    tour = await shared_client.read("/tours/2022")

    [people] = [each for each in tour["figures"] if each["key"] == "participants"]
    assert (people["headline"]["qualifier"], people["headline"]["value"]) == ("more_than", 1700)
    assert [stop["rank"] for stop in tour["stops"]] == list(range(1, 10))


async def test_a_stop_in_la_reunion_keeps_its_own_time(shared_client: Client) -> None:
    stop = await shared_client.read("/stops/azimut-saint-denis")

    assert stop["zone"] == "Indian/Reunion"
    timed = [each["starts_at"] for each in stop["sessions"] if each["starts_at"]]
    assert timed
