"""The closings of calls in one list, and calendars whose entries move when a deadline does."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from httpx import Response
from icalendar import Calendar, Event

from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import sign_in

ALL, ONE = "/calendars/calls.ics", "/calendars/calls/un-appel.ics"
CALL = "calls/un-appel"
MONTH = {"precision": "month"}
NOON = {"at": "2027-03-24T12:00:00", "zone": "Indian/Reunion"}


def a_call(*closings: dict[str, Any] | None, **others: Any) -> dict[str, Any]:
    waves = [{"rank": rank, "closes": closes} for rank, closes in enumerate(closings, start=1)]
    return {"kind": "aap", "name": {"fr": "Un appel", "en": "A call"}, "waves": waves, **others}


async def publish(client: Client, content: dict[str, Any], name: str = "Odile Martin") -> None:
    async with await sign_in(client, Role.FUNDING_EDITOR, name=name) as browser:
        await Editor(browser).publish(CALL, content)


async def events(client: Client, path: str = ONE) -> list[Event]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


async def listed(client: Client, **wanted: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    page = await client.read("/deadlines", limit=4, **wanted)
    while True:
        items += page["items"]
        assert len(items) <= page["total"]
        if page["next"] is None:
            assert len(items) == page["total"]
            return items
        page = await client.read("/deadlines", limit=4, cursor=page["next"], **wanted)


async def test_every_stated_closing_is_listed_once_the_first_to_close_first(
    client: Client,
) -> None:
    found = await listed(client)
    calls = (await client.read("/calls", limit=100))["items"]
    stated = [
        (call["slug"], wave["rank"])
        for each in calls
        for call in [await client.read(f"/calls/{each['slug']}")]
        for wave in call["waves"]
        if wave["closes"] and wave["closes"]["precision"] != "after"
    ]
    assert sorted((each["call"]["slug"], each["wave"]["rank"]) for each in found) == sorted(stated)
    days = [each["wave"]["closes"]["on"] for each in found]
    assert days == sorted(days)


async def test_they_are_narrowed_by_days_and_by_what_narrows_calls(client: Client) -> None:
    await publish(client, a_call({"on": "2027-06-30"}, {"on": "2027-07-01"}, NOON))

    async def ranks(**wanted: Any) -> list[int]:
        found = await listed(client, **wanted)
        return [each["wave"]["rank"] for each in found if each["call"]["slug"] == "un-appel"]

    assert await ranks() == [3, 1, 2]
    assert await ranks(since="2027-06-30") == [1, 2]
    assert await ranks(until="2027-06-30") == [3, 1]
    assert await ranks(since="2027-07-02") == []
    assert await ranks(kind="aap", edition="real") == [3, 1, 2]
    assert await ranks(kind="contest") == []
    assert await ranks(q="un appel") == [3, 1, 2]


async def test_a_calendar_says_an_hour_where_it_is_stated_and_a_day_where_it_is_not(
    client: Client,
) -> None:
    await publish(client, a_call(NOON, {"on": "2027-06-30"}, {"on": "2027-09-01", **MONTH}, None))

    instant, day = await events(client)

    assert instant.decoded("dtstart").astimezone(UTC) == datetime(2027, 3, 24, 8, tzinfo=UTC)
    assert str(instant["dtstart"].dt.tzinfo) == "Indian/Reunion"
    assert "dtend" not in instant
    assert instant["summary"] == "Clôture : Un appel (vague 1)"
    assert day.decoded("dtstart") == date(2027, 6, 30)
    assert day.decoded("dtend") == date(2027, 7, 1)
    assert "L’heure n’est pas précisée" in day["description"]
    assert {instant["transp"], day["transp"]} == {"TRANSPARENT"}
    assert instant["url"] == "http://localhost:8000/appels/un-appel"
    [english, _] = await events(client, f"{ONE}?lang=en")
    assert english["summary"] == "Closes: A call (wave 1)"
    assert english["url"] == "http://localhost:8000/en/appels/un-appel"


async def test_an_entry_moves_when_its_deadline_does(client: Client) -> None:
    await publish(client, a_call(NOON))
    before = await client.get(ONE)
    [entry] = await events(client)

    await publish(client, a_call({"at": "2027-06-01T12:00:00"}), name="Ada Lenoir")

    [moved] = await events(client)
    assert moved["uid"] == entry["uid"]
    assert moved["sequence"] > entry["sequence"]
    assert moved.decoded("dtstart").astimezone(UTC) == datetime(2027, 6, 1, 10, tzinfo=UTC)
    assert moved["summary"] == "Clôture : Un appel"
    assert (await asked_again(client, ONE, before)).status_code == 200
    assert (await asked_again(client, ONE, await client.get(ONE))).status_code == 304


async def asked_again(client: Client, path: str, held: Response) -> Response:
    return await client.get(path, headers={"If-None-Match": held.headers["etag"]})


async def test_what_a_halt_took_away_is_struck_out(client: Client) -> None:
    halt = {"state": "suspended", "since": {"on": "2026-11-01"}, "reason": {"fr": "Refonte."}}
    await publish(client, a_call({"on": "2026-10-01"}, {"on": "2027-06-30"}, halt=halt))
    assert [each["status"] for each in await events(client)] == ["CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    ("query", "is_there"),
    [("", True), ("?q=un+appel", True), ("?kind=contest", False), ("?edition=fictitious", False)],
)
async def test_a_search_is_a_calendar_too(client: Client, query: str, is_there: bool) -> None:  # noqa: FBT001 - a case of the table
    await publish(client, a_call(NOON, {"on": "2025-01-01"}))
    names = [str(each["summary"]) for each in await events(client, ALL + query)]
    assert ("Clôture : Un appel (vague 1)" in names) is is_there
    assert "Clôture : Un appel (vague 2)" not in names, "it closed long ago"


async def test_there_is_no_calendar_of_nothing(client: Client) -> None:
    assert (await client.get("/calendars/calls/nothing.ics")).status_code == 404
    assert (await client.get(f"{ALL}?colour=blue")).status_code == 422
    assert (await client.get(f"{ALL}?lang=de")).status_code == 422
