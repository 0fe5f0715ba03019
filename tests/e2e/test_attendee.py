"""An attendee's whole walk: asks, waits, switches, moves up, follows a stop that moves, and goes.

The house writes to a real mail server; what it wrote is read as a mail program and a calendar do.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, expect

from e2e.conftest import House, Screen, serving_house
from e2e.test_doors import Door
from support.mailbox import SECRET, answer_of
from support.organisers import ZONE, Organisers
from support.post_office import entry, said
from support.postgres import temporary_folder
from support.smtp import Inbox, MailServer, mail_server_aside

LATER = timedelta(hours=2)

WORDS = {
    "fr": {
        "plenary": "Plénière",
        "workshop": "Atelier",
        "visit": "Visite",
        "name": "Prénom et nom",
        "email": "Courriel",
        "read": "J’ai lu la notice",
        "foresee": "Voir mon rang sans m’inscrire",
        "nothing kept": "Rien n’est enregistré.",
        "register": "M’inscrire à 3 séances",
        "registered": "C’est noté",
        "confirmed": "Confirmée",
        "waiting": "En attente, rang 1",
        "requested": "Demandée",
        "meanwhile": "confirmé en ligne en attendant",
        "rank": "liste d’attente pour une place sur place : rang 1",
        "mine": "Votre inscription",
        "online": "en ligne",
        "on site": "sur place",
        "switch": "Passer en ligne",
        "gives up": "La place que vous quittez va aussitôt à la personne suivante.",
        "changed": "C’est changé",
        "to answer": "L’équipe de l’étape doit encore l’accepter",
        "answered": "L’équipe de l’étape de Saint-Denis a répondu à votre demande.",
        "freed": "Une place s’est libérée pour vous à l’étape de Saint-Denis",
        "moved": "Le programme de l’étape de Saint-Denis a changé : votre place est gardée.",
        "hours": ("09:00 – 10:30", "11:00 – 12:30"),
        "zone": "heure de La Réunion",
        "question": "Vous libérez votre place à l’étape de Saint-Denis ?",
        "asks": "Vous libérez votre place ?",
        "free": "Oui, libérer mes places",
        "come": "Non, je viens",
        "kept": "Rien n’a changé : vos places sont à vous.",
        "cancelled": "Inscription annulée",
        "erase": "Effacer mes données",
        "erase all": "Oui, tout effacer",
        "erased": "Vos données à cette étape sont effacées",
        "nothing": "Ce lien n’ouvre aucune inscription",
        "opinion": "Votre avis, en trois questions",
        "useful": "5, très utile",
        "missed": "Qu’est-ce qui vous a manqué ?",
        "send": "Envoyer mon avis",
        "given": "Votre avis est enregistré, sans votre nom.",
    },
    "en": {
        "plenary": "Plenary",
        "workshop": "Workshop",
        "visit": "Visit",
        "name": "First and last name",
        "email": "E-mail",
        "read": "I have read the privacy notice",
        "foresee": "See my rank without registering",
        "nothing kept": "Nothing is kept.",
        "register": "Register for 3 sessions",
        "registered": "You are on the list",
        "confirmed": "Confirmed",
        "waiting": "Waiting, rank 1",
        "requested": "Requested",
        "meanwhile": "confirmed online meanwhile",
        "rank": "waiting list for a place on site: number 1",
        "mine": "Your registration",
        "online": "online",
        "on site": "on site",
        "switch": "Switch to online",
        "gives up": "The seat you leave goes to the next person at once.",
        "changed": "It is changed",
        "to answer": "The team of the stop still has to accept it",
        "answered": "The team of the stop in Saint-Denis has answered your request.",
        "freed": "A place was freed for you at the stop in Saint-Denis",
        "moved": "The programme of the stop in Saint-Denis has changed: your place is kept.",
        "hours": ("09:00 – 10:30", "11:00 – 12:30"),
        "zone": "Réunion time",
        "question": "Are you giving your seats back at the stop in Saint-Denis?",
        "asks": "Are you giving your seats back?",
        "free": "Yes, give my seats back",
        "come": "No, I am coming",
        "kept": "Nothing has changed: your seats are yours.",
        "cancelled": "Registration cancelled",
        "erase": "Erase my data",
        "erase all": "Yes, erase everything",
        "erased": "Your data at this stop are erased",
        "nothing": "This link opens no registration",
        "opinion": "What you think, in three questions",
        "useful": "5, very useful",
        "missed": "What did you miss?",
        "send": "Send what I think",
        "given": "Your answer is kept, without your name.",
    },
}


class Attendee:
    """Somebody before their screen, who knows how words are said in their language."""

    def __init__(self, opened: Screen, inbox: Inbox, *, language: str, width: int) -> None:
        self.opened = opened
        self.page = opened.page
        self.inbox = inbox
        self.language = language
        self.width = width
        self.words: dict[str, Any] = WORDS[language]

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.opened.settle()

    def look(self) -> None:
        assert self.opened.shut_out(language=self.language, width=self.width) == []

    def seat(self, session: str) -> Locator:
        """What the page says of a session that one is registered for."""
        named = self.page.get_by_role("heading", name=self.words[session])
        return self.page.get_by_role("article").filter(has=named)

    def sees(self, session: str, *states: str) -> None:
        """Come back to the page, and read how a seat stands."""
        self.page.reload()
        self.opened.settle()
        for state in states:
            expect(self.seat(session)).to_contain_text(self.words[state])

    def asked(self) -> Locator:
        """Whether the page asks if the seats are given back."""
        return self.page.get_by_text(self.words["asks"])

    def registers_and_waits(self, team: Organisers) -> EmailMessage:
        """Ask for a full session, for one that is not, and for a visit on request."""
        page, words = self.page, self.words
        self.opened.open(f"{'/en' if self.language == 'en' else ''}/etapes/{team.stop}")
        form = page.locator("form").filter(has=page.get_by_role("textbox", name=words["email"]))
        for session in ("plenary", "workshop", "visit"):
            form.get_by_role("checkbox", name=re.compile(words[session])).check()
        form.get_by_label(words["name"]).fill("Ada Lenoir")
        form.get_by_role("textbox", name=words["email"]).fill(self.inbox.address)
        form.get_by_role("checkbox", name=re.compile(words["read"])).check()
        form.get_by_role("button", name=words["foresee"]).click()
        foreseen = page.get_by_role("status").filter(has_text=words["nothing kept"])
        expect(foreseen).to_contain_text(words["waiting"])
        form.get_by_role("button", name=words["register"]).click()

        outcome = page.get_by_role("status").filter(has_text=words["registered"])
        expect(outcome).to_be_in_viewport()
        for session, *states in (
            ("plenary", "waiting", "meanwhile"),
            ("workshop", "confirmed"),
            ("visit", "requested"),
        ):
            line = outcome.get_by_role("listitem").filter(has_text=words[session])
            for state in states:
                expect(line).to_contain_text(words[state])
        self.look()

        letter = self.inbox.next()
        assert words["rank"] in said(letter).lower()
        self.open(link_of(letter))
        self.sees("plenary", "waiting", "meanwhile")
        expect(self.seat("visit")).to_contain_text(words["to answer"])
        self.look()
        return letter

    def switches_to_online(self, before: EmailMessage) -> EmailMessage:
        seat = self.seat("workshop")
        expect(seat).to_contain_text(self.words["on site"])
        expect(seat).to_contain_text(self.words["gives up"])
        seat.get_by_role("button", name=self.words["switch"]).click()
        expect(self.page.get_by_text(self.words["changed"])).to_be_in_viewport()
        expect(seat).to_contain_text(self.words["online"])
        letter = self.inbox.next()
        follows(entry(before), entry(letter))
        return letter

    def is_accepted(self, team: Organisers, before: EmailMessage) -> EmailMessage:
        team.accept(self.inbox.address, "visit")
        letter = self.inbox.next()
        assert self.words["answered"] in said(letter)
        self.sees("visit", "confirmed")
        follows(entry(before), entry(letter))
        return letter

    def moves_up(self, team: Organisers, before: EmailMessage) -> EmailMessage:
        """A chair is added to the full session, and is theirs."""
        team.publish(sessions=team.sessions(plenary={"on_site": {"capacity": 2}}))
        letter = self.inbox.next()
        assert letter["Subject"] == self.words["freed"]
        self.sees("plenary", "confirmed", "on site")
        follows(entry(before), entry(letter))
        return letter

    def follows_the_stop(self, team: Organisers, before: EmailMessage) -> EmailMessage:
        """The stop begins two hours later: the page, the letter and the entry say so."""
        nine, eleven = self.words["hours"]
        expect(self.seat("plenary")).to_contain_text(nine)
        team.move(LATER)
        letter = self.inbox.next()
        assert self.words["moved"] in said(letter)
        follows(entry(before), entry(letter), by=LATER)
        self.sees("plenary", "zone")
        expect(self.seat("plenary")).to_contain_text(eleven)
        return letter

    def declines(self, team: Organisers, letter: EmailMessage) -> None:
        """Say no in one's calendar: a letter asks, its link asks too, and nothing is freed."""
        team.receive(answer_of(letter, "DECLINED", sender=self.inbox.address))
        question = self.inbox.next()
        assert question["Subject"] == self.words["question"]
        assert link_of(question).endswith("#liberer")
        self.open(link_of(question))
        expect(self.asked()).to_be_in_viewport()
        for answer in ("free", "come"):
            button = self.page.get_by_role("button", name=self.words[answer])
            expect(button).to_be_in_viewport(ratio=1)
        assert set(team.statuses(self.inbox.address)) == {"confirmed"}

    def declines_and_frees(self, team: Organisers, letter: EmailMessage) -> None:
        self.declines(team, letter)
        self.look()
        self.page.get_by_role("button", name=self.words["free"]).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.words["cancelled"])
        assert team.statuses(self.inbox.address) == []
        withdrawn = entry(self.inbox.next())
        [known], [gone] = entry(letter).events, withdrawn.events
        assert (withdrawn["METHOD"], gone["UID"]) == ("CANCEL", known["UID"])
        assert gone["SEQUENCE"] > known["SEQUENCE"]

    def erases_everything(self, team: Organisers) -> None:
        page, words, link = self.page, self.words, self.page.url
        page.get_by_role("button", name=words["erase"]).click()
        page.get_by_role("dialog").get_by_role("button", name=words["erase all"]).click()
        expect(page.get_by_text(words["erased"])).to_be_visible()
        self.look()
        self.open(link)
        expect(page.get_by_role("heading", level=1)).to_have_text(words["nothing"])
        assert self.inbox.address not in str(team.people())


def link_of(letter: EmailMessage) -> str:
    """The link to one's registration, and what it asks there."""
    [link] = re.findall(r"https?://\S+/inscription/[\w-]{43}(?:#\w+)?", said(letter))
    return str(link)


def follows(old: Calendar, new: Calendar, *, by: timedelta = timedelta()) -> None:
    """A calendar replaces the entry that it has: same UID, later SEQUENCE, and its hours."""
    [before], [after] = old.events, new.events
    assert (new["METHOD"], after["UID"]) == ("REQUEST", before["UID"])
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].params["TZID"] == ZONE
    assert after.start - before.start == by


@pytest.fixture(scope="module")
def post() -> Iterator[MailServer]:
    with mail_server_aside() as server:
        yield server


@pytest.fixture(scope="module")
def served(post: MailServer) -> Iterator[House]:
    """A house that writes to a mail server, and whose mailbox is read."""
    settings = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": f"{post.port}",
        "MAIL_INBOUND_SECRET": SECRET,
    }
    named = {f"ETAPE_{name}": value for name, value in settings.items()}
    with temporary_folder() as folder, serving_house(Path(folder), **named) as house:
        yield house


@pytest.fixture(scope="module")
def house(served: House) -> str:
    return served.url


@pytest.fixture(scope="module")
def organisers(served: House, browser: Browser) -> Iterator[Callable[[str], Organisers]]:
    """Whoever organises a stop of that name, with the key of a coordinator."""
    page = browser.new_context().new_page()
    door = Door(page, served.url)
    door.do("/invitations/accept", {"token": served.invite("odile@etape.example", "Odile Roy")})
    door.enrol("Portable d’Odile")
    made = door.do("/me/api-keys", {"name": "Programme", "scopes": ["manage:tour"]})
    page.context.close()
    bearing = {"Authorization": f"Bearer {made['key']}"}
    with httpx.Client(base_url=f"{served.url}/api/v1", headers=bearing) as http:

        def of(stop: str) -> Organisers:
            organised = Organisers(http, stop)
            organised.publish()
            return organised

        yield of


@pytest.mark.parametrize(
    ("language", "width", "theme"), [("fr", 360, "light"), ("en", 1280, "dark")]
)
def test_the_whole_walk_of_an_attendee(
    screen: Callable[..., Screen],
    organisers: Callable[[str], Organisers],
    post: MailServer,
    language: str,
    width: int,
    theme: str,
) -> None:
    team = organisers(f"marche-{language}")
    team.register("Basile", ("plenary", "on_site"))
    opened = screen(width=width, theme=theme, language=language)
    inbox = Inbox(post, f"ada.{language}@hopital.example")
    ada = Attendee(opened, inbox, language=language, width=width)

    asked = ada.registers_and_waits(team)
    switched = ada.switches_to_online(asked)
    accepted = ada.is_accepted(team, switched)
    promoted = ada.moves_up(team, accepted)
    moved = ada.follows_the_stop(team, promoted)
    ada.declines_and_frees(team, moved)
    ada.erases_everything(team)


def test_one_whose_calendar_declined_may_say_that_they_come(
    screen: Callable[..., Screen], organisers: Callable[[str], Organisers], post: MailServer
) -> None:
    team = organisers("question")
    inbox = Inbox(post, team.register("Bea", ("plenary", "on_site")))
    bea = Attendee(screen(width=360, theme="dark"), inbox, language="fr", width=360)

    bea.declines(team, inbox.next())
    bea.look()
    bea.page.get_by_role("button", name=bea.words["come"]).click()

    expect(bea.page.get_by_text(bea.words["kept"])).to_be_in_viewport()
    expect(bea.asked()).to_have_count(0)
    bea.sees("plenary", "confirmed")
    expect(bea.asked()).to_have_count(0)
    assert team.statuses(inbox.address) == ["confirmed"]


def test_who_came_is_led_to_the_three_questions(
    screen: Callable[..., Screen], organisers: Callable[[str], Organisers], post: MailServer
) -> None:
    team = organisers("avis")
    inbox = Inbox(post, team.register("Cleo", ("workshop", "on_site")))
    cleo = Attendee(screen(width=360), inbox, language="fr", width=360)
    link = link_of(inbox.next())
    team.move(-timedelta(days=42))

    cleo.open(f"{link}#avis")

    page, words = cleo.page, cleo.words
    asked = page.get_by_role("heading", name=words["opinion"])
    expect(asked).to_be_in_viewport()
    cleo.look()
    page.get_by_role("radio", name=words["useful"]).check()
    page.get_by_label(words["missed"]).fill("Des exemples chiffrés")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_text(words["given"])).to_be_in_viewport()
    expect(asked).to_have_count(0)
    cleo.open(f"{link}#avis")
    expect(page.get_by_text(words["given"])).to_be_in_viewport()


def test_who_confirms_is_told_so_then_that_the_stop_is_put_off(
    screen: Callable[..., Screen], organisers: Callable[[str], Organisers], post: MailServer
) -> None:
    team = organisers("report")
    team.publish(proof_hours=24)
    inbox = Inbox(post, team.register("Dora", ("workshop", "on_site")))
    dora = Attendee(screen(width=360), inbox, language="fr", width=360)
    dora.open(link_of(inbox.next()))

    dora.page.get_by_role("button", name="Je confirme mon inscription").click()
    expect(dora.page.get_by_text("C’est confirmé.")).to_be_in_viewport()
    dora.sees("workshop", "confirmed", "gives up")
    inbox.next()

    team.publish(status="postponed", status_reason={"fr": "La salle est inondée."})
    assert inbox.next()["Subject"] == "L’étape de Saint-Denis est reportée"
    dora.sees("workshop", "confirmed")
    expect(dora.page.get_by_text("La salle est inondée.")).to_be_in_viewport()
    expect(dora.page.get_by_role("button", name=dora.words["switch"])).to_have_count(0)
    dora.look()
