"""What somebody who registered receives: true when it leaves, and in the calendar's own terms."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from etape.core import jobs
from etape.core.texts import Language, Localized
from etape.tour.changes import service as changes
from etape.tour.registrations import rules, service
from etape.tour.stops.schemas import StopSummary
from support.app import settings_for
from support.post_office import JOIN, NBSP, PLACE, PostOffice, entry, has_entry, part, said

SETTINGS = settings_for("postgresql://nobody@localhost/nothing")
PLENARY, MEETING, WORKSHOP = (
    ("plenary", "on_site"),
    ("meeting", "on_site"),
    ("workshop", "on_site"),
)


async def test_a_confirmation_says_what_when_where_and_how_to_change(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY)

    [letter] = await office.letters_to("Ada Lenoir")

    subject = str(letter["Subject"]).replace(NBSP, " ")
    assert subject == "Votre inscription pour l’étape de Saint-Denis, mardi 12 janvier 2027"
    words = said(letter)
    for expected in (
        "Bonjour Ada Lenoir,",
        "Votre inscription à l’étape de Saint-Denis est confirmée.",
        "Mardi 12 janvier 2027\n",
        f"de 9 h à 10 h 30, Grande salle, {PLACE}\n",
        "Place confirmée sur place",
        "Pour venir : Bus 7, arrêt Phares.",
        "Votre contact : Fleur Hoarelle, accueil@azimut.example\n",
        f"http://localhost:8000/inscription/{await office.token('Ada Lenoir')}\n",
    ):
        assert expected in words
    html = part(letter, "text/html")
    assert html.count(await office.token("Ada Lenoir")) == 1
    assert html.index("Mardi 12") < html.index("Bonjour Ada Lenoir")  # the preheader
    assert "fictive" not in words


async def test_an_english_reader_gets_english_and_english_links(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY, WORKSHOP, language="en")

    [letter] = await office.letters_to("Ada Lenoir")

    assert letter["Subject"] == "Your registration for the stop in Saint-Denis"
    words = said(letter)
    assert "Tuesday 12 January 2027\n" in words
    assert "Thursday 14 January 2027\n" in words
    assert f"09:00–10:30, Grande salle, {PLACE}\n" in words
    assert "How to get there: Bus 7, Phares stop." in words
    assert f"http://localhost:8000/en/inscription/{await office.token('Ada Lenoir')}\n" in words
    [event, _] = entry(letter).events
    assert event["SUMMARY"] == "Stop in Saint-Denis – Care far from everything"
    assert event["URL"] == "http://localhost:8000/en/etapes/essai"


async def test_the_link_of_a_letter_opens_its_registration(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY)

    [letter] = await office.letters_to("Ada Lenoir")

    [token] = set(re.findall(r"/inscription/([\w-]{43})\b", said(letter)))
    async with office.database.unit_of_work() as session:
        read = await service.read(session, token, settings=SETTINGS, now=office.now)
    assert read.email == "ada@hopital.example"


async def test_hours_are_those_of_the_place_and_instants_are_right(office: PostOffice) -> None:
    await office.publish(zone="Indian/Reunion")
    await office.register("Ada Lenoir", ("plenary", "online"))

    [letter] = await office.letters_to("Ada Lenoir")

    words = said(letter)
    assert "Mardi 12 janvier 2027, heure locale (Saint-Denis)" in words
    assert "de 9 h à 10 h 30 (à Paris, de 6 h à 7 h 30)" in words
    assert re.search(f"Pour y assister : {JOIN}", words)
    [event] = entry(letter).events
    assert event["DTSTART"].params["TZID"] == "Indian/Reunion"
    assert event.start.astimezone(UTC) == datetime(2027, 1, 12, 5, 0, tzinfo=UTC)
    assert event.end.astimezone(UTC) == datetime(2027, 1, 12, 6, 30, tzinfo=UTC)
    assert re.fullmatch(JOIN, event["LOCATION"])


async def test_each_day_is_a_period_of_one_entry_from_its_first_start_to_its_last_end(
    office: PostOffice,
) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY, MEETING, WORKSHOP)

    [letter] = await office.letters_to("Ada Lenoir")

    calendar = entry(letter)
    [row] = await office.ask("SELECT id FROM registration")
    assert calendar["METHOD"] == "REQUEST"
    first, second = calendar.events
    assert first["UID"] == second["UID"] == f"registration-{row.id}@localhost"
    assert (first.start.isoformat(), first.end.isoformat()) == (
        "2027-01-12T09:00:00+01:00",
        "2027-01-12T16:00:00+01:00",
    )
    assert (second.start.isoformat(), second.end.isoformat()) == (
        "2027-01-14T14:00:00+01:00",
        "2027-01-14T15:30:00+01:00",
    )
    assert first["LOCATION"] == PLACE
    assert first["DESCRIPTION"].replace(NBSP, " ").splitlines() == [
        "Tour d’essai",
        "de 9 h à 10 h 30 : Plénière (sur place, Grande salle)",
        "de 15 h 45 à 16 h : Un quart d’heure (sur place)",
    ]
    assert first["ATTENDEE"] == "mailto:ada@hopital.example"


async def test_waiting_for_a_chair_one_is_expected_online_and_knows_the_rank(
    office: PostOffice,
) -> None:
    await office.publish()
    await office.register("Basile", PLENARY)
    await office.register("Ada Lenoir", PLENARY, promote_until_hours=24)

    [letter] = await office.letters_to("Ada Lenoir")

    words = said(letter)
    assert "Tout n’est pas encore confirmé" in words
    assert (
        "Place confirmée en ligne en attendant ; liste d’attente pour une place sur place : rang 1"
        in words
    )
    assert re.search(f"Pour y assister : {JOIN}", words)
    assert "de 9 h à 10 h 30 (heure de Paris)" in words
    assert "jusqu’à 24 h avant la séance" in words
    [event] = entry(letter).events
    assert re.fullmatch(JOIN, event["LOCATION"])
    assert "en ligne, en attendant une place sur place" in event["DESCRIPTION"]


async def test_while_nothing_is_confirmed_no_calendar_entry_is_sent(office: PostOffice) -> None:
    await office.publish()
    await office.register("Basile", MEETING)
    await office.register("Ada Lenoir", MEETING, ("visit", "on_site"))
    await office.letters_to("Ada Lenoir")
    await office.change("Ada Lenoir", MEETING)

    registered, changed = await office.letters_to("Ada Lenoir")

    assert str(registered["Subject"]).startswith("Votre demande pour l’étape de Saint-Denis")
    assert not has_entry(registered)
    assert not has_entry(changed)
    assert "liste d’attente pour une place sur place : rang 1" in said(changed).lower()
    assert (await office.calendar_file("Ada Lenoir")).events == []


async def test_what_the_organisers_must_accept_is_said_so(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", ("visit", "on_site"))

    [letter] = await office.letters_to("Ada Lenoir")

    assert "Aucune place n’est encore confirmée" in said(letter)
    assert "Demande enregistrée : l’équipe de l’étape doit encore l’accepter" in said(letter)


async def test_whoever_is_moved_up_is_told_and_their_entry_moves(office: PostOffice) -> None:
    await office.publish()
    await office.register("Basile", PLENARY)
    await office.register("Ada Lenoir", PLENARY)
    await office.letters_to("Ada Lenoir")
    await office.cancel("Basile")

    before, after = await office.letters_to("Ada Lenoir")

    assert after["Subject"] == "Une place s’est libérée pour vous à l’étape de Saint-Denis"
    words = said(after)
    assert "elle est à vous. Vous n’avez rien à confirmer." in words
    assert f"Plénière, mardi 12 janvier 2027 à 9 h\n  Sur place : Grande salle, {PLACE}\n" in words
    assert "avant le début : mardi 12 janvier 2027 à 9 h." in words
    assert "Place confirmée sur place" in words
    link = f"http://localhost:8000/inscription/{await office.token('Ada Lenoir')}"
    assert f"Voir ma place, ou la rendre :\n{link}\n" in words
    assert part(after, "text/html").count(link) == 1
    [old], [new] = entry(before).events, entry(after).events
    assert entry(after)["METHOD"] == "REQUEST"
    assert (new["UID"], new["SEQUENCE"]) == (old["UID"], old["SEQUENCE"] + 1)
    assert re.fullmatch(JOIN, old["LOCATION"])
    assert new["LOCATION"] == PLACE


async def test_a_change_moves_the_entry(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY)
    await office.letters_to("Ada Lenoir")
    await office.change("Ada Lenoir", WORKSHOP)

    before, after = await office.letters_to("Ada Lenoir")

    assert after["Subject"] == "Votre inscription à l’étape de Saint-Denis a changé"
    assert "Plénière" not in said(after)
    [old], [new] = entry(before).events, entry(after).events
    assert entry(after)["METHOD"] == "REQUEST"
    assert (new["UID"], new["SEQUENCE"]) == (old["UID"], 1)
    assert new.start.isoformat() == "2027-01-14T14:00:00+01:00"


async def test_a_change_that_leaves_nothing_confirmed_withdraws_the_entry(
    office: PostOffice,
) -> None:
    await office.publish()
    await office.register("Basile", MEETING)
    await office.register("Ada Lenoir", PLENARY)
    await office.letters_to("Ada Lenoir")
    await office.change("Ada Lenoir", MEETING)

    before, after = await office.letters_to("Ada Lenoir")

    calendar = entry(after)
    [old], [new] = entry(before).events, calendar.events
    assert (calendar["METHOD"], new["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (new["UID"], new["SEQUENCE"], new.start) == (old["UID"], 1, old.start)


async def test_a_cancellation_says_what_is_cancelled_and_withdraws_the_entry(
    office: PostOffice,
) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY, WORKSHOP)
    await office.letters_to("Ada Lenoir")
    token = await office.token("Ada Lenoir")
    await office.cancel("Ada Lenoir")

    before, after = await office.letters_to("Ada Lenoir")

    assert after["Subject"] == "Votre inscription à l’étape de Saint-Denis est annulée"
    words = said(after)
    assert "- Plénière, de 9 h à 10 h 30\n" in words
    assert "- Atelier, de 14 h à 15 h 30\n" in words
    assert "M’inscrire de nouveau :\nhttp://localhost:8000/etapes/essai\n" in words
    assert token not in after.as_string()
    calendar = entry(after)
    [old, _], [new] = entry(before).events, calendar.events
    assert (calendar["METHOD"], new["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (new["UID"], new["SEQUENCE"], new.start) == (old["UID"], 1, old.start)
    with pytest.raises(rules.RegistrationCancelled):
        await office.calendar_file("Ada Lenoir")


async def test_somebody_who_only_waited_has_no_entry_to_withdraw(office: PostOffice) -> None:
    await office.publish()
    await office.register("Basile", MEETING)
    await office.register("Ada Lenoir", MEETING)
    await office.cancel("Ada Lenoir")

    letters = await office.letters_to("Ada Lenoir")

    assert not any(has_entry(letter) for letter in letters)


async def test_a_confirmation_that_comes_after_the_cancellation_is_not_sent(
    office: PostOffice,
) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY)
    await office.change("Ada Lenoir", WORKSHOP)
    await office.cancel("Ada Lenoir")

    [letter] = await office.letters_to("Ada Lenoir")

    assert letter["Subject"] == "Votre inscription à l’étape de Saint-Denis est annulée"


async def test_whoever_registers_again_receives_their_link_and_no_more(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY)
    await office.letters_to("Ada Lenoir")
    await office.register("Ada Imposteur", WORKSHOP)

    _, letter = await office.letters_to("Ada Lenoir")

    assert letter["Subject"] == "Votre lien pour l’étape de Saint-Denis"
    words = said(letter)
    assert "Une inscription existe déjà à cette adresse" in words
    assert "Imposteur" not in words
    assert "Atelier" not in words
    assert f"/inscription/{await office.token('Ada Lenoir')}\n" in words
    assert not has_entry(letter)


async def test_a_letter_sent_twice_is_recognised(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY)
    await office.register("Ada Lenoir", PLENARY)
    await office.letters_to("Ada Lenoir")
    [row] = await office.ask("SELECT id FROM registration")
    async with office.database.unit_of_work() as session:
        for name in (service.SEND_CONFIRMATION, service.SEND_LINK):
            await jobs.defer(session, name, registration_id=str(row.id))

    letters = await office.letters_to("Ada Lenoir")

    assert len(letters) == 4
    assert {letter["Message-ID"] for letter in letters} == {
        f"<registration-{row.id}-0-confirmation@etape.example>",
        f"<registration-{row.id}-0-link-20261123@etape.example>",
    }


async def test_a_registration_that_is_gone_ends_its_letters_quietly(office: PostOffice) -> None:
    async with office.database.unit_of_work() as session:
        for name in (
            service.SEND_CONFIRMATION,
            service.SEND_CHANGE,
            service.SEND_CANCELLATION,
            service.SEND_LINK,
        ):
            await jobs.defer(session, name, registration_id=str(uuid4()))

    assert await office.letters_to("Ada Lenoir") == []


async def test_no_secret_leaves_but_in_the_letter(
    office: PostOffice, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY, WORKSHOP)
    await office.register("Ada Lenoir", PLENARY)
    await office.change("Ada Lenoir", PLENARY)
    office.server.answers["ada@hopital.example"] = "452 4.2.2 ada@hopital.example is full"
    worker = office.worker()
    caplog.set_level("CRITICAL", logger="mail.log")  # the receiving server's own, in this process
    with caplog.at_level("DEBUG"):
        running = asyncio.create_task(worker.run())
        await office.until("EXISTS", "attempts > 0")
        worker.stop()
        await running
    del office.server.answers["ada@hopital.example"]
    await office.ask("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

    letters = await office.letters_to("Ada Lenoir")

    token = await office.token("Ada Lenoir")
    rows = await office.ask("SELECT to_jsonb(j)::text FROM procrastinate_jobs AS j")
    kept = str(rows) + caplog.text + "".join(capfd.readouterr())
    assert len(letters) == 3
    assert caplog.text
    for secret in (token, "ada@hopital.example", "Lenoir"):
        assert secret not in kept
    for letter in letters:
        assert token in said(letter)
        if has_entry(letter):
            assert token not in part(letter, "text/calendar")
    assert token not in (await office.calendar_file("Ada Lenoir")).to_ical().decode()


@pytest.mark.parametrize(
    "name",
    [
        "Ada\r\nBcc: all@hopital.example",
        "Gagnez un voyage sur loterie.example",
        "Ada https://loterie.example",
    ],
)
async def test_a_name_adds_neither_a_header_nor_a_message_to_a_letter(
    office: PostOffice, name: str
) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY)
    await office.ask("UPDATE registration SET name = :name", name=name)

    [letter] = await office.letters_to("Ada")

    assert letter["Bcc"] is None
    assert letter["To"] == "ada@hopital.example"
    assert "Bonjour,\n" in said(letter)
    source = letter.as_string() + said(letter) + part(letter, "text/calendar")
    assert "loterie" not in source
    assert "all@hopital.example" not in source


async def test_a_download_is_the_mailed_entry_without_a_guest(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", PLENARY, WORKSHOP)

    [letter] = await office.letters_to("Ada Lenoir")
    calendar = await office.calendar_file("Ada Lenoir")

    assert calendar["METHOD"] == "PUBLISH"
    mailed = entry(letter).events
    assert len(calendar.events) == len(mailed) == 2
    for own, theirs in zip(calendar.events, mailed, strict=True):
        assert "ATTENDEE" not in own
        for name in ("UID", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LOCATION", "ORGANIZER"):
            assert own[name] == theirs[name]
        assert (own.start, own.end) == (theirs.start, theirs.end)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "Étape fictive, pour l’exemple"), ("en", "A fictitious stop, as an example")],
)
async def test_a_fictitious_stop_says_so_in_the_letter_and_in_the_calendar(
    office: PostOffice, language: str, expected: str
) -> None:
    await office.publish(fictitious=True)
    await office.register("Ada Lenoir", PLENARY, language=language)

    [letter] = await office.letters_to("Ada Lenoir")

    assert ("fictive" if language == "fr" else "fictitious") in said(letter)
    [event] = entry(letter).events
    assert expected in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lille", "de Lille"),
        ("Amiens", "d’Amiens"),
        ("Île-de-France", "d’Île-de-France"),
        ("Le Mans", "du Mans"),
        ("Les Ulis", "des Ulis"),
        ("La Réunion", "de La Réunion"),
    ],
)
def test_the_name_of_a_stop_follows_its_article(name: str, expected: str) -> None:
    stop = StopSummary.model_construct(name=Localized(fr=name))

    assert rules.of_stop(stop, Language.FR) == expected


async def test_where_proof_is_asked_the_letter_asks_and_its_leaving_starts_the_clock(
    office: PostOffice,
) -> None:
    await office.publish(proof_hours=24)
    await office.register("Ada", PLENARY)
    [row] = await office.ask("SELECT held_until FROM seat")
    assert row.held_until == office.clock.at + timedelta(hours=48), "while the mail has not left"
    office.clock.at += timedelta(hours=3)

    [letter] = await office.letters_to("Ada")

    [row] = await office.ask("SELECT held_until FROM seat")
    assert row.held_until == office.clock.at + timedelta(hours=24)
    assert str(letter["Subject"]).startswith("À confirmer : ")
    words = said(letter)
    assert "confirmez votre inscription à l’étape de Saint-Denis avec le lien ci-dessous" in words
    assert "dans les 24 h" in words
    assert "Place tenue pour vous" in words
    assert not has_entry(letter), "nothing is in a calendar before it is confirmed"


async def test_who_confirms_is_told_and_gets_the_entry(office: PostOffice) -> None:
    await office.publish(proof_hours=24)
    await office.register("Ada", PLENARY)
    async with office.database.unit_of_work() as session:
        await changes.confirm(session, await office.token("Ada"), settings=SETTINGS, now=office.now)

    letters = await office.letters_to("Ada")

    [told] = [each for each in letters if "votre adresse est confirmée" in said(each)]
    assert has_entry(told), "whichever of the two letters left first"


async def test_what_expired_is_freed_though_nobody_comes(office: PostOffice) -> None:
    await office.publish(proof_hours=24)
    await office.register("Ada", MEETING)
    await office.register("Bea", MEETING)
    async with office.database.unit_of_work() as session:
        await changes.confirm(session, await office.token("Bea"), settings=SETTINGS, now=office.now)
    await office.letters_to("Bea")
    office.clock.at += timedelta(hours=25)
    async with office.database.unit_of_work() as session:
        await jobs.defer(session, "seats.free_expired")

    letters = await office.letters_to("Bea")

    assert "une place s’est libérée" in said(letters[-1])
    assert has_entry(letters[-1])
