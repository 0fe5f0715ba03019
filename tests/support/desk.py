"""A stop made for the test, and its registration desk, met over HTTP."""

import asyncio
from typing import Any

import httpx
from httpx import Response
from pydantic import SecretStr
from sqlalchemy import text

from etape.core import attempts
from etape.core.database import Database
from etape.core.publishing import publish
from etape.core.settings import Settings
from etape.core.texts import Localized
from etape.tour.checkin import rules as tickets
from etape.tour.notices.service import notice_in
from etape.tour.registrations import service
from etape.tour.stops.schemas import StopContent, TourContent
from etape.tour.stops.service import STOP, TOUR
from etape.tour.transfers import service as transfers
from support.app import SECRET, Client

DAY = "2027-01-12"
CLAIM_UNTIL = "2027-01-05T18:00:00+01:00"
READ = notice_in(Settings()).version
"""What who has read the notice of the demonstration sends."""

# What no fault may leave behind: each query names its rows, and answers none.
WHOLENESS = {
    "a registration without a seat": """
        SELECT id FROM registration r WHERE cancelled_at IS NULL
        AND NOT EXISTS (SELECT FROM seat WHERE registration_id = r.id AND status <> 'cancelled')""",
    "a cancelled registration that keeps a seat": """
        SELECT r.id FROM registration r JOIN seat s ON s.registration_id = r.id
        WHERE r.cancelled_at IS NOT NULL AND s.status <> 'cancelled'""",
    "a registration that the journal does not know": """
        SELECT id FROM registration r WHERE NOT EXISTS (
            SELECT FROM journal WHERE subject_id = r.id AND act = 'registered')""",
    "a cancellation that the journal does not know": """
        SELECT id FROM registration r WHERE cancelled_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM journal WHERE subject_id = r.id
            AND act IN ('cancelled', 'called_off', 'turned_down', 'transferred'))""",
    "a registration whose mail nobody sends": """
        SELECT id FROM registration r WHERE NOT EXISTS (
            SELECT FROM procrastinate_jobs WHERE task_name = 'registration.send_confirmation'
            AND args ->> 'registration_id' = r.id::text)""",
    "a trace of a registration that is not there": """
        SELECT subject_id FROM journal WHERE noun = 'registration'
        AND act NOT IN ('listed', 'exported') AND subject_id NOT IN (SELECT id FROM registration)
        AND subject_id NOT IN (SELECT subject_id FROM journal WHERE act = 'erased')""",
    "a mail about a registration that is not there": """
        SELECT id FROM procrastinate_jobs WHERE task_name LIKE 'registration.%'
        AND args ->> 'registration_id' IS NOT NULL
        AND args ->> 'registration_id' NOT IN (SELECT id::text FROM registration)""",
    "an address registered twice at a stop": """
        SELECT stop_id FROM registration WHERE cancelled_at IS NULL
        GROUP BY stop_id, lower(email) HAVING count(*) > 1""",
    "a counter that miscounts": """
        SELECT p.id FROM seat_pool p LEFT JOIN seat s ON s.pool_id = p.id
        GROUP BY p.id HAVING (p.confirmed, p.held, p.waiting) <> (
            count(*) FILTER (WHERE s.status = 'confirmed'),
            count(*) FILTER (WHERE s.status = 'held'),
            count(*) FILTER (WHERE s.status = 'waiting'))""",
    "a pool oversold": "SELECT id FROM seat_pool WHERE confirmed + held > capacity",
    "somebody waiting before a free seat": """
        SELECT s.id FROM seat s JOIN seat_pool p ON p.id = s.pool_id
        WHERE s.status = 'waiting' AND p.confirmed + p.held < p.capacity
        AND s.bundle_id IS NULL AND s.promote_until > s.changed_at""",
    "a group waiting before enough free seats": """
        SELECT bundle_id FROM (
            SELECT s.bundle_id, bool_and(s.promote_until > s.changed_at) AS may_move,
                p.capacity IS NULL OR p.confirmed + p.held + count(*) <= p.capacity AS fits
            FROM seat s JOIN seat_pool p ON p.id = s.pool_id
            WHERE s.status = 'waiting' AND s.bundle_id IS NOT NULL GROUP BY s.bundle_id, p.id
        ) AS parts GROUP BY bundle_id HAVING bool_and(fits AND may_move)""",
    "somebody unproved who has more than holds": """
        SELECT s.id FROM seat s JOIN registration r ON r.id = s.registration_id
        WHERE r.needs_proof AND (s.status = 'confirmed' OR s.promote_until IS NOT NULL)""",
    "a hold of somebody proved": """
        SELECT s.id FROM seat s JOIN registration r ON r.id = s.registration_id
        WHERE s.status = 'held' AND NOT r.needs_proof""",
    "more of a pool held than may be": """
        SELECT id FROM seat_pool WHERE held > ceil(capacity * 0.5)""",
    "a seat of a group that is counted twice": """
        SELECT delegation_id, slot, pool_id FROM seat
        WHERE delegation_id IS NOT NULL AND status <> 'cancelled'
        GROUP BY delegation_id, slot, pool_id HAVING count(*) > 1""",
    "a part of a group that two people share": """
        SELECT delegation_id, slot FROM seat
        WHERE delegation_id IS NOT NULL AND status <> 'cancelled' GROUP BY delegation_id, slot
        HAVING count(DISTINCT registration_id) > 1
        OR count(registration_id) NOT IN (0, count(*))""",
    "a group larger than it was made": """
        SELECT d.id FROM delegation d JOIN seat ON delegation_id = d.id
        GROUP BY d.id HAVING count(DISTINCT slot) > d.size""",
    "seats handed over to nobody": """
        SELECT t.id FROM transfer t JOIN registration r ON r.id = t.registration_id
        WHERE r.cancelled_at = t.ended_at AND NOT EXISTS (
            SELECT FROM registration WHERE stop_id = r.stop_id AND created_at = t.ended_at
            AND email_key = lower(t.email))""",
    "a scan that the journal does not know": """
        SELECT id FROM scan WHERE means IN ('ticket', 'name') AND NOT EXISTS (
            SELECT FROM journal WHERE noun = 'scan' AND act = 'scanned' AND subject_id = stop_id
            AND actor = scan.by AND recorded_at = received_at)""",
    "somebody who entered twice by one door in a day": """
        SELECT registration_id FROM scan JOIN stop ON stop.id = stop_id
        WHERE outcome = 'admitted' AND means <> 'link' AND registration_id IS NOT NULL
        GROUP BY registration_id, session_id, date(scanned_at AT TIME ZONE stop.zone)
        HAVING count(*) > 1""",
}


def a_session(slug: str, **others: Any) -> dict[str, Any]:
    """A session of an hour in the morning, and what the test says of it."""
    return {
        "slug": slug,
        "kind": "workshop",
        "title": {"fr": f"Séance {slug}", "en": f"Session {slug}"},
        "starts_at": f"{DAY}T09:00",
        "ends_at": f"{DAY}T10:00",
        **others,
    }


def at_hour(hour: int) -> dict[str, str]:
    """The hours of a session that lasts one."""
    return {"starts_at": f"{DAY}T{hour:02}:00", "ends_at": f"{DAY}T{hour + 1:02}:00"}


def address_of(name: str) -> str:
    return f"{name.lower()}@hopital.example"


def wishes(*seats: str) -> list[dict[str, str]]:
    """The seats asked for: "plenary" is on site, "plenary:online" is online."""
    asked = [seat.partition(":") for seat in seats]
    return [{"session": session, "mode": mode or "on_site"} for session, _, mode in asked]


def person(name: str, *seats: str, **others: Any) -> dict[str, Any]:
    """What somebody sends to register."""
    who = {"name": name, "email": address_of(name), "consent": READ}
    return {**who, "seats": wishes(*seats), **others}


class Desk:
    """Where people, known by a one-word name, register at one stop."""

    def __init__(
        self, http: httpx.AsyncClient, database: Database, *, stop: str = "essai", secret: str
    ) -> None:
        self.http = http
        self.database = database
        self.stop = stop
        self.secret = SecretStr(secret)

    @classmethod
    def of(cls, client: Client, *, stop: str = "essai") -> "Desk":
        return cls(client, client.database, stop=stop, secret=SECRET)

    async def publish(self, *sessions: dict[str, Any], **changes: Any) -> None:
        """Publish the stop, with its sessions."""
        content = {
            "slug": self.stop,
            "tour": "essai",
            "rank": 1,
            "name": {"fr": "Essai", "en": "Trial"},
            "days": [{"on": DAY}],
            "registration_opens_at": "2026-01-01T09:00",
            "sessions": list(sessions),
            **changes,
        }
        stop = StopContent.model_validate(content)
        opened = stop.registration_opens_at or stop.sessions[0].starts_at
        assert opened is not None
        async with self.database.unit_of_work() as session:
            tour = TourContent(slug="essai", name=Localized(fr="Tour d’essai"), edition=1)
            await publish(session, TOUR, tour, by="test", now=opened)
            await publish(session, STOP, stop, by="test", now=opened)

    async def post(self, body: Any, *, headers: Any = None, **parameters: Any) -> Response:
        path = f"/api/v1/stops/{self.stop}/registrations"
        return await self.http.post(path, json=body, headers=headers, params=parameters)

    async def register(self, name: str, *seats: str, **others: Any) -> list[Any]:
        """Register somebody, who must be; return what came of each seat asked for."""
        answer = await self.post(person(name, *seats, **others))
        assert answer.status_code == 201, answer.text
        seats_told: list[Any] = answer.json()["seats"]
        return seats_told

    async def change(
        self, name: str, *seats: str, simulate: bool = False, **others: Any
    ) -> Response:
        path, body = await self.path(name), {"seats": wishes(*seats), **others}
        return await self.http.patch(path, json=body, params={"simulate": simulate})

    async def switch(self, name: str, session: str, mode: str) -> Response:
        path = f"{await self.path(name)}/seats/{session}/switch"
        return await self.http.post(path, json={"mode": mode})

    async def bring(self, name: str, size: int, *seats: str, **others: Any) -> Response:
        """Bring colleagues: the answer has the code that they claim their seats with."""
        group = {"name": f"CHU {name}", "size": size, "seats": wishes(*seats)}
        body = {**group, "claim_until": CLAIM_UNTIL, **others}
        return await self.http.post(f"{await self.path(name)}/delegations", json=body)

    async def offer(self, giver: str, to: str) -> str:
        """Offer somebody's seats, and return the secret of the letter's link."""
        body = {"name": to, "email": address_of(to)}
        answer = await self.http.post(f"{await self.path(giver)}/transfer", json=body)
        assert answer.status_code == 201, answer.text
        assert answer.json()["offered"]["name"] == to
        return await self.offer_token(giver)

    async def offer_token(self, giver: str) -> str:
        """The secret of the link that takes somebody's seats, made as the letter makes it."""
        query = (
            "SELECT t.id, t.link_salt FROM transfer t JOIN registration r "
            "ON r.id = registration_id WHERE r.name = :name ORDER BY offered_at DESC LIMIT 1"
        )
        [row] = await self.ask(query, name=giver)
        return transfers.link_secret(row.id, row.link_salt, secret=self.secret)

    async def confirm(self, name: str) -> Response:
        return await self.http.post(f"{await self.path(name)}/confirm")

    async def cancel(self, name: str) -> Response:
        return await self.http.delete(await self.path(name))

    async def read(self, name: str) -> Any:
        """What somebody sees of their registration."""
        answer = await self.http.get(await self.path(name))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def seats(self, name: str) -> dict[str, str]:
        """How each of somebody's seats stands: `{"plenary:on_site": "waiting 2"}`."""
        told = (await self.read(name))["seats"]
        return {
            f"{seat['session']}:{seat['mode']}": " ".join(
                str(word) for word in (seat["status"], seat["rank"]) if word is not None
            )
            for seat in told
        }

    async def path(self, name: str) -> str:
        return f"/api/v1/registrations/{await self.token(name)}"

    async def token(self, name: str) -> str:
        """The secret of somebody's link, made as the letter makes it."""
        query = (
            "SELECT r.id, r.link_salt FROM registration r JOIN stop ON stop.id = r.stop_id "
            "WHERE r.name = :name AND stop.slug = :stop ORDER BY r.created_at DESC LIMIT 1"
        )
        [row] = await self.ask(query, name=name, stop=self.stop)
        return service.link_secret(row.id, row.link_salt, secret=self.secret)

    async def ticket(self, name: str) -> str:
        """Somebody’s ticket, as its QR code holds it."""
        query = "SELECT r.id, slug FROM registration r JOIN stop ON stop.id = stop_id"
        [row] = await self.ask(f"{query} WHERE r.name = :name", name=name)
        return tickets.code_of(tickets.ticket_of(row.id, row.slug, secret=self.secret))

    async def counters(self, session: str, mode: str = "on_site") -> tuple[int, int]:
        """How many are confirmed and how many wait."""
        query = (
            "SELECT p.confirmed, p.waiting FROM seat_pool p JOIN session s ON s.id = p.session_id "
            "JOIN stop ON stop.id = s.stop_id "
            "WHERE stop.slug = :stop AND s.slug = :session AND p.mode = :mode"
        )
        [row] = await self.ask(query, stop=self.stop, session=session, mode=mode)
        return row.confirmed, row.waiting

    async def queue(self, session: str, mode: str = "on_site") -> list[str]:
        """The names of those who wait, in order."""
        query = (
            "SELECT r.name FROM seat JOIN registration r ON r.id = seat.registration_id "
            "JOIN seat_pool p ON p.id = seat.pool_id JOIN session s ON s.id = p.session_id "
            "JOIN stop ON stop.id = s.stop_id WHERE stop.slug = :stop AND s.slug = :session "
            "AND p.mode = :mode AND seat.status = 'waiting' ORDER BY seat.queue"
        )
        rows = await self.ask(query, stop=self.stop, session=session, mode=mode)
        return [row.name for row in rows]

    async def mails(self) -> list[tuple[str, str]]:
        """Every mail that is to be sent, the oldest first: what it is, and to whom."""
        query = (
            "SELECT task_name, name FROM procrastinate_jobs j JOIN registration r "
            "ON r.id::text = j.args ->> 'registration_id' ORDER BY j.id"
        )
        rows = await self.ask(query)
        return [(row.task_name.removeprefix("registration.send_"), row.name) for row in rows]

    async def ask(self, query: str, **values: Any) -> list[Any]:
        async with self.database.engine.begin() as connection:
            result = await connection.execute(text(query), values)
            return list(result.all()) if result.returns_rows else []

    async def until(self, query: str, *, seconds: float = 20) -> None:
        """Wait until a query finds a row."""
        async with asyncio.timeout(seconds):
            while not await self.ask(query):  # noqa: ASYNC110 - the database has no event for it
                await asyncio.sleep(0.01)

    async def flaws(self) -> dict[str, list[Any]]:
        """What is not whole, by its name: nothing, ever."""
        found = {name: await self.ask(query) for name, query in WHOLENESS.items()}
        return {name: rows for name, rows in found.items() if rows}

    async def contents(self) -> dict[str, tuple[int, str]]:
        """How many rows each table has, and their hash: what changed nothing leaves them so.

        Requests are counted whatever comes of them, and those that tried a door are journalled.
        """
        tables = await self.ask(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
            "AND tablename NOT IN ('rate_count', 'journal_head')"
        )
        found = {}
        for (table,) in tables:
            rows = f"SELECT count(*), md5(string_agg(t::text, ';' ORDER BY t::text)) FROM {table} t"
            if table == "journal":
                rows += f" WHERE noun <> '{attempts.NOUN}'"
            [(count, digest)] = await self.ask(rows)
            found[table] = (count, digest)
        return found
