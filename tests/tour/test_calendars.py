"""The days of stops in one's own calendar, without registering: they move when the stop does."""

from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar, Event

from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import sign_in

ZONE = "Indian/Reunion"
STOP = {
    "tour": "azimut",
    "rank": 90,
    "name": {"fr": "Saint-Paul", "en": "Saint-Paul"},
    "zone": ZONE,
    "days": [{"on": "2027-02-02", "theme": {"fr": "La télésanté"}}, {"on": "2027-02-03"}],
    "sessions": [
        {
            "slug": slug,
            "kind": "workshop",
            "title": {"fr": f"Séance {slug}"},
            "starts_at": f"2027-02-02T{hour}:00",
            "ends_at": f"2027-02-02T{hour}:45",
        }
        for slug, hour in (("b", "14"), ("a", "09"))
    ],
}


async def publish(client: Client, name: str = "Odile Martin", **changes: Any) -> None:
    async with await sign_in(client, Role.COORDINATOR, name=name) as browser:
        await Editor(browser).publish("stops/saint-paul", {**STOP, **changes})


async def events(client: Client, of: str = "stops/saint-paul", query: str = "") -> list[Event]:
    answer = await client.get(f"/calendars/{of}.ics{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


async def test_a_day_has_its_hours_where_they_are_known_and_is_whole_where_not(
    client: Client,
) -> None:
    await publish(client)
    first, second = await events(client)

    assert first.decoded("dtstart").astimezone(UTC) == datetime(2027, 2, 2, 5, tzinfo=UTC)
    assert first.decoded("dtend").astimezone(UTC) == datetime(2027, 2, 2, 10, 45, tzinfo=UTC)
    assert str(first["dtstart"].dt.tzinfo) == ZONE
    assert "La télésanté\n9 h Séance a\n14 h Séance b" in first["description"].replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert second.decoded("dtstart") == date(2027, 2, 3)
    assert {each["status"] for each in (first, second)} == {"CONFIRMED"}
    assert first["url"] == "http://localhost:8000/etapes/saint-paul"
    english, _ = await events(client, query="?lang=en")
    assert english["url"] == "http://localhost:8000/en/etapes/saint-paul"


async def test_a_day_keeps_its_name_when_it_moves(client: Client) -> None:
    await publish(client)
    before = await events(client)
    await publish(
        client, "Ada Lenoir", days=[{"on": "2027-03-02"}, {"on": "2027-03-03"}], sessions=[]
    )
    after = await events(client)

    assert [each["uid"] for each in after] == [each["uid"] for each in before]
    assert len({each["uid"] for each in after}) == 2
    assert after[0]["sequence"] > before[0]["sequence"]
    assert after[0].decoded("dtstart") == date(2027, 3, 2)


async def test_a_stop_that_will_not_be_says_so_and_is_struck_out(client: Client) -> None:
    for status, said, name in (
        ("postponed", "Reportée : ", "Odile Martin"),
        ("cancelled", "Annulée : ", "Ada Lenoir"),
    ):
        await publish(client, name, status=status, status_reason={"fr": "Cyclone."})
        for each in await events(client):
            assert each["status"] == "CANCELLED"
            assert each["summary"].replace("\N{NO-BREAK SPACE}", " ") == f"{said}Saint-Paul"
            assert each["description"].startswith("Cyclone.")


async def test_a_tour_has_the_days_of_all_its_stops(client: Client) -> None:
    await publish(client)
    tour = await client.read("/tours/azimut")
    days = [day["on"] for stop in tour["stops"] for day in stop["days"]]
    assert len(await events(client, "tours/azimut")) == len(days)
    for nothing in ("stops/nothing", "tours/nothing"):
        assert (await client.get(f"/calendars/{nothing}.ics")).status_code == 404
