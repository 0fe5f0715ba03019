"""Where people register under test, the worker that writes to them, and what they receive."""

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar
from sqlalchemy import text

from etape.app import worker_of
from etape.core import jobs
from etape.core.database import Database
from etape.core.publishing import publish
from etape.core.texts import Localized
from etape.core.worker import Worker
from etape.tour.changes import service as changes
from etape.tour.changes.schemas import RegistrationChange
from etape.tour.registrations import service
from etape.tour.registrations.schemas import RegistrationRequest
from etape.tour.sessions import service as sessions
from etape.tour.sessions.schemas import VenueContent
from etape.tour.stops import service as stops
from etape.tour.stops.schemas import StopContent, TourContent
from support.app import SetClock, settings_for
from support.desk import READ
from support.jobs import QUICK
from support.smtp import MailServer

NBSP = "\N{NO-BREAK SPACE}"
JOIN = r"http://localhost:8000/(?:en/)?rejoindre/plenary/[\w-]{43}"
"""The link by which somebody attends the plenary online, and is checked in."""

PLACE = "Halle du Port, 3 quai des Phares, Saint-Denis"

STOP = {
    "slug": "essai",
    "tour": "essai",
    "rank": 1,
    "name": {"fr": "Saint-Denis", "en": "Saint-Denis"},
    "title": {"fr": "Soigner loin de tout", "en": "Care far from everything"},
    "zone": "Europe/Paris",
    "days": [{"on": "2027-01-12"}, {"on": "2027-01-14"}],
    "venues": [{"venue": "halle"}],
    "registration_opens_at": "2026-11-01T09:00",
    "contact": {"name": "Fleur Hoarelle", "email": "accueil@azimut.example"},
    "sessions": [
        {
            "slug": "plenary",
            "kind": "plenary",
            "title": {"fr": "Plénière", "en": "Plenary"},
            "starts_at": "2027-01-12T09:00",
            "ends_at": "2027-01-12T10:30",
            "venue": "halle",
            "room": "Grande salle",
            "on_site": {"capacity": 1},
            "online": {},
            "join_url": "https://visio.example/plenary",
        },
        {
            "slug": "meeting",
            "kind": "meeting",
            "title": {"fr": "Un quart d’heure", "en": "A quarter of an hour"},
            "starts_at": "2027-01-12T15:45",
            "ends_at": "2027-01-12T16:00",
            "venue": "halle",
            "on_site": {"capacity": 1},
        },
        {
            "slug": "workshop",
            "kind": "workshop",
            "title": {"fr": "Atelier", "en": "Workshop"},
            "starts_at": "2027-01-14T14:00",
            "ends_at": "2027-01-14T15:30",
            "venue": "halle",
            "on_site": {"capacity": 30},
        },
        {
            "slug": "visit",
            "kind": "visit",
            "title": {"fr": "Visite", "en": "Visit"},
            "starts_at": "2027-01-14T16:00",
            "ends_at": "2027-01-14T17:00",
            "access": "on_request",
            "on_site": {"capacity": 10},
        },
    ],
}
VENUE = {
    "slug": "halle",
    "name": "Halle du Port",
    "city": "Saint-Denis",
    "address": "3 quai des Phares",
    "directions": {"fr": "Bus 7, arrêt Phares.", "en": "Bus 7, Phares stop."},
}


@dataclass
class PostOffice:
    """Where people register, and the mail server that their letters go to."""

    database: Database
    server: MailServer
    clock: SetClock

    async def publish(self, **changes: Any) -> None:
        async with self.database.unit_of_work() as session:
            tour = TourContent(slug="essai", name=Localized(fr="Tour d’essai"), edition=1)
            await publish(session, stops.TOUR, tour, by="test", now=self.now)
            venue = VenueContent.model_validate(VENUE)
            await publish(session, sessions.VENUE, venue, by="test", now=self.now)
            stop = StopContent.model_validate({**STOP, **changes})
            await publish(session, stops.STOP, stop, by="test", now=self.now)

    async def register(self, name: str, *sessions: tuple[str, str], **others: Any) -> None:
        request = RegistrationRequest.model_validate(
            {
                "name": name,
                "email": address_of(name),
                "consent": READ,
                "seats": seats(*sessions),
                **others,
            }
        )
        async with self.database.unit_of_work() as session:
            await service.register(session, "essai", request, secret=self.secret, now=self.now)

    async def change(self, name: str, *sessions: tuple[str, str]) -> None:
        wishes = RegistrationChange.model_validate({"seats": seats(*sessions)})
        async with self.database.unit_of_work() as session:
            await changes.change(session, await self.token(name), wishes, now=self.now)

    async def cancel(self, name: str) -> None:
        async with self.database.unit_of_work() as session:
            await changes.cancel(session, await self.token(name), now=self.now)

    async def calendar_file(self, name: str) -> Calendar:
        async with self.database.unit_of_work() as session:
            content = await service.calendar_file(
                session, await self.token(name), settings=self.settings, now=self.now
            )
        return Calendar.from_ical(content)

    async def token(self, name: str) -> str:
        [row] = await self.ask("SELECT id, link_salt FROM registration WHERE name = :n", n=name)
        return service.link_secret(row.id, row.link_salt, secret=self.secret)

    async def ask(self, query: str, **values: object) -> list[Any]:
        async with self.database.unit_of_work() as session:
            result = await (await session.connection()).execute(text(query), values)
            return list(result.all()) if result.returns_rows else []

    async def remind(self, at: str) -> None:
        """Have the worker look, at an instant, for whom to write to."""
        self.clock.at = datetime.fromisoformat(at)
        async with self.database.unit_of_work() as session:
            await jobs.defer(session, "registration.remind")

    async def letters_to(self, name: str) -> list[EmailMessage]:
        """Let the worker do all there is, and return what reached somebody, the oldest first."""
        worker = self.worker()
        running = asyncio.create_task(worker.run())
        await self.until("NOT EXISTS", "status IN ('todo', 'doing')")
        worker.stop()
        await running
        assert not await self.ask("SELECT id FROM procrastinate_jobs WHERE status = 'failed'")
        address = address_of(name)
        messages = zip(self.server.recipients, self.server.messages(), strict=True)
        return [message for recipient, message in messages if recipient == address]

    def worker(self) -> Worker:
        worker = worker_of(self.settings, self.database, self.clock, leaving=asyncio.Event())
        return replace(worker, pace=QUICK)

    async def until(self, quantifier: str, such: str) -> None:
        deadline = time.monotonic() + 20
        query = f"SELECT {quantifier} (SELECT FROM procrastinate_jobs WHERE {such})"
        while not (await self.ask(query))[0][0]:
            assert time.monotonic() < deadline, "it did not happen in time"
            await asyncio.sleep(0.05)

    @property
    def settings(self) -> Any:
        url, port = self.database.url, self.server.port
        return settings_for(url, smtp_host="127.0.0.1", smtp_port=port)

    @property
    def secret(self) -> Any:
        return self.settings.secret

    @property
    def now(self) -> datetime:
        self.clock.at += timedelta(seconds=1)
        return self.clock.at


def address_of(name: str) -> str:
    return f"{name.split(maxsplit=1)[0].lower()}@hopital.example"


def seats(*sessions: tuple[str, str]) -> list[dict[str, str]]:
    return [{"session": session, "mode": mode} for session, mode in sessions]


def part(message: EmailMessage, kind: str) -> str:
    [found] = [part for part in message.walk() if part.get_content_type() == kind]
    content = found.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n")


def said(message: EmailMessage) -> str:
    """Return the text of a letter with plain spaces."""
    return part(message, "text/plain").replace(NBSP, " ")


def entry(message: EmailMessage) -> Calendar:
    return Calendar.from_ical(part(message, "text/calendar").replace("\n", "\r\n"))


def has_entry(message: EmailMessage) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in message.walk())
