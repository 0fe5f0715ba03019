"""Who is reminded, of what and when: once, in time for it, and only of what is still true."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from etape.core.database import Database, execute
from etape.core.publishing import publish
from etape.tour.desk import service as desk
from etape.tour.reminders import service
from etape.tour.stops.schemas import StopContent
from support.post_office import JOIN, PLACE, STOP, PostOffice, part, said

PLENARY, ONLINE, WORKSHOP = ("plenary", "on_site"), ("plenary", "online"), ("workshop", "on_site")
WEEK_BEFORE, EVE = "2027-01-05T10:01+01:00", "2027-01-11T10:01+01:00"


async def reminders(office: PostOffice, name: str) -> list[str]:
    """The subjects of the reminders that reached somebody, the oldest first."""
    letters = await office.letters_to(name)
    subjects = [str(letter["Subject"]).replace("\N{NO-BREAK SPACE}", " ") for letter in letters]
    return [words for words in subjects if words.startswith(("Rappel", "En ligne", "Reminder"))]


async def publish_again(office: PostOffice, **changes: Any) -> None:
    """Publish the stop otherwise, with nothing else that follows."""
    content = StopContent.model_validate({**STOP, **changes})
    async with office.database.unit_of_work() as session:
        await publish(session, desk.STOP, content, by="test", now=office.now)


async def test_one_is_reminded_a_week_and_a_day_before_with_hour_place_and_way(
    office: PostOffice,
) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY, WORKSHOP)
    for instant in (WEEK_BEFORE, WEEK_BEFORE, EVE, EVE):
        await office.remind(instant)

        await office.letters_to("Ada Lenoir")

    assert await reminders(office, "Ada Lenoir") == [
        "Rappel : l’étape de Saint-Denis, mardi 12 janvier 2027 à 9 h",
        "Rappel : l’étape de Saint-Denis, mardi 12 janvier 2027 à 9 h",
    ]
    _, week, eve = await office.letters_to("Ada Lenoir")
    for letter in (week, eve):
        assert f"de 9 h à 10 h 30, Grande salle, {PLACE}\n" in said(letter)
        assert "Pour venir : Bus 7, arrêt Phares." in said(letter)
        assert f"/inscription/{await office.token('Ada Lenoir')}\n" in said(letter)
        assert "Bus 7, arrêt Phares." in part(letter, "text/html")
    assert "Atelier" in said(week)
    assert "Atelier" not in said(eve), "its own eve will tell"
    assert week["Message-ID"] != eve["Message-ID"]
    await office.remind("2027-01-13T10:01+01:00")
    assert (await reminders(office, "Ada Lenoir"))[2:] == [
        "Rappel : l’étape de Saint-Denis, jeudi 14 janvier 2027 à 14 h"
    ]


async def test_an_hour_before_one_who_attends_online_receives_the_link(office: PostOffice) -> None:
    await office.publish(zone="Indian/Reunion")
    await office.register("Ada Lenoir", ONLINE, language="en")
    await office.register("Basile", PLENARY)
    await office.remind("2027-01-12T08:02+04:00")

    *_, letter = await office.letters_to("Ada Lenoir")

    assert letter["Subject"].replace("\N{NO-BREAK SPACE}", " ") == (
        "Online, Tuesday 12 January 2027 at 09:00: the stop in Saint-Denis"
    )
    assert "09:00 at" not in said(letter)
    assert "09:00–10:30 (06:00–07:30 in Paris)" in said(letter)
    assert re.search(f"To attend: {JOIN}", said(letter))
    assert await reminders(office, "Basile") == []


async def test_letters_keep_the_waking_hours_of_the_place(office: PostOffice) -> None:
    await office.publish(zone="Indian/Reunion")
    await office.register("Ada Lenoir", PLENARY)
    for early_or_late in ("2027-01-11T09:59+04:00", "2027-01-11T21:00+04:00"):
        await office.remind(early_or_late)
        assert await reminders(office, "Ada Lenoir") == []

    await office.remind("2027-01-11T10:01+04:00")

    assert len(await reminders(office, "Ada Lenoir")) == 1


async def test_nobody_is_reminded_of_what_they_have_just_been_told(office: PostOffice) -> None:
    await office.publish()
    office.clock.at = datetime.fromisoformat("2027-01-11T09:30+01:00")
    await office.register("Ada Lenoir", PLENARY)
    await office.remind(EVE)
    await office.remind("2027-01-11T15:00+01:00")

    assert await reminders(office, "Ada Lenoir") == []


async def test_who_cancelled_or_waits_or_has_begun_is_not_reminded(office: PostOffice) -> None:
    await office.publish()
    await office.register("Basile", WORKSHOP)
    await office.register("Ada Lenoir", ("meeting", "on_site"))
    await office.register("Cleo", ("meeting", "on_site"))
    await office.cancel("Basile")
    for instant in ("2027-01-12T16:30+01:00", WEEK_BEFORE, EVE, "2027-01-13T12:00+01:00"):
        await office.remind(instant)
        await office.letters_to("Ada Lenoir")

    assert await reminders(office, "Basile") == []
    assert await reminders(office, "Cleo") == []
    assert len(await reminders(office, "Ada Lenoir")) == 2


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
async def test_a_stop_called_off_stops_its_reminders(office: PostOffice, status: str) -> None:
    await office.publish()
    await office.register("Ada Lenoir", WORKSHOP)
    await office.letters_to("Ada Lenoir")
    office.clock.at = datetime.fromisoformat("2027-01-13T10:01+01:00")
    await office.remind("2027-01-13T10:01+01:00")
    await publish_again(office, status=status)  # between the decision and the letter
    assert await reminders(office, "Ada Lenoir") == []

    await office.remind("2027-01-13T12:01+01:00")

    assert await reminders(office, "Ada Lenoir") == []


async def test_a_session_that_moves_is_reminded_anew(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", WORKSHOP)
    await office.remind("2027-01-13T10:01+01:00")
    await office.letters_to("Ada Lenoir")
    [workshop] = [each for each in STOP["sessions"] if each["slug"] == "workshop"]
    later = {"starts_at": "2027-01-21T14:00", "ends_at": "2027-01-21T15:30"}
    moved = [{**each, **(later if each is workshop else {})} for each in STOP["sessions"]]
    await publish_again(office, days=[*STOP["days"], {"on": "2027-01-21"}], sessions=moved)

    await office.remind("2027-01-20T10:01+01:00")

    assert await reminders(office, "Ada Lenoir") == [
        "Rappel : l’étape de Saint-Denis, jeudi 14 janvier 2027 à 14 h",
        "Rappel : l’étape de Saint-Denis, jeudi 21 janvier 2027 à 14 h",
    ]


async def test_a_promotion_that_was_given_back_meanwhile_is_not_announced(
    office: PostOffice,
) -> None:
    await office.publish()
    await office.register("Basile", PLENARY)
    await office.register("Ada Lenoir", PLENARY, language="en")
    await office.cancel("Basile")
    await office.change("Ada Lenoir", WORKSHOP)

    letters = await office.letters_to("Ada Lenoir")

    assert len(letters) == 2
    assert not any("freed" in str(letter["Subject"]) for letter in letters)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_who_came_is_thanked_once_with_what_can_be_seen_again(
    office: PostOffice, language: str
) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY, language=language)
    await office.register("Basile", PLENARY, online_meanwhile=False)
    slides = {"title": {"fr": "Diapositives"}, "url": "https://files.example/a.pdf"}
    seen = {"replay_url": "https://video.example/plenary", "documents": [slides]}
    plenary, *others = STOP["sessions"]
    await publish_again(office, sessions=[{**plenary, **seen}, *others])
    for hour in ("14T20:00", "15T09:00", "15T10:02", "15T10:07"):
        await office.remind(f"2027-01-{hour}+01:00")
        await office.letters_to("Ada Lenoir")

    _, thanks = await office.letters_to("Ada Lenoir")

    expected, prefix = {
        "fr": ("Merci de votre venue à l’étape de Saint-Denis", ""),
        "en": ("Thank you for coming to the stop in Saint-Denis", "en/"),
    }[language]
    assert thanks["Subject"] == expected
    for link in (
        "https://video.example/plenary",
        "https://files.example/a.pdf",
        f"http://localhost:8000/{prefix}etapes/essai",
        f"http://localhost:8000/{prefix}inscription/{await office.token('Ada Lenoir')}#avis",
    ):
        assert f"{link}\n" in said(thanks)
        assert link in part(thanks, "text/html")
    assert len(await office.letters_to("Basile")) == 1, "who had no place is not thanked"


@pytest.mark.parametrize(
    ("name", "means", "thanked"),
    [("Ada", "ticket", {"Ada", "Cleo", "Dora"}), ("Cleo", "link", {"Ada", "Basile", "Cleo"})],
)
async def test_where_entries_were_counted_only_who_came_is_thanked(
    office: PostOffice, name: str, means: str, thanked: set[str]
) -> None:
    """At the doors or online: each way of coming is judged by its own count."""
    await office.publish()
    seats = {"Ada": PLENARY, "Basile": WORKSHOP, "Cleo": ONLINE, "Dora": ONLINE}
    for each, seat in seats.items():
        await office.register(each, seat)
    await office.ask(
        "INSERT INTO scan (stop_id, id, registration_id, means, device, outcome, scanned_at, "
        "received_at, by) SELECT stop_id, id, id, :means, id, 'admitted', now(), now(), 'test' "
        "FROM registration WHERE name = :name",
        means=means,
        name=name,
    )

    await office.remind("2027-01-15T10:02+01:00")

    letters = {each: await office.letters_to(each) for each in seats}
    assert {each for each in seats if "Merci" in letters[each][-1]["Subject"]} == thanked


async def test_the_invented_people_of_the_demo_are_not_written_to(
    demo_url: str, now: datetime
) -> None:
    database = Database(demo_url)
    written_to = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
    async with database.unit_of_work() as session:
        for days in range(100):
            await service.decide(session, now=now.replace(hour=11) + timedelta(days=days))
        told = await execute(session, written_to, {"name": service.SEND_REMINDER})
    assert told.scalar_one() == 0
    await database.close()
