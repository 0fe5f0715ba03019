"""A stop overseas, forty days from now, and its organisers, who act on a running house."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from support.desk import READ
from support.mailbox import signed

DAY = datetime.now(UTC).date() + timedelta(days=40)
ZONE = "Indian/Reunion"


def a_session(slug: str, fr: str, *, at: int, **others: Any) -> dict[str, Any]:
    """A session of an hour and a half at an hour of the place."""
    words = {"slug": slug, "title": {"fr": fr, "en": slug.title()}}
    hours = {"starts_at": f"{DAY}T{at:02}:00", "ends_at": f"{DAY}T{at + 1:02}:30"}
    return {"kind": "workshop", **words, **hours, **others}


SESSIONS = [
    a_session("plenary", "Plénière", at=9, on_site={"capacity": 1}, online={}),
    a_session("workshop", "Atelier", at=11, on_site={"capacity": 30}, online={}),
    a_session("visit", "Visite", at=14, on_site={"capacity": 10}, access="on_request"),
]


class Organisers:
    """Whoever organises a stop, which they publish, follow and change by the API."""

    def __init__(self, http: httpx.Client, stop: str) -> None:
        self.http = http
        self.stop = stop

    def publish(self, **changes: Any) -> None:
        """Publish the stop, as it is but for some fields."""
        path = f"/manage/stops/{self.stop}"
        read = self.http.get(path)
        known = read.status_code == 200
        was = read.json()["published"] if known else self._first()
        condition = {"If-Match": read.headers["etag"]} if known else {"If-None-Match": "*"}
        drafted = self.http.put(f"{path}/draft", json={**was, **changes}, headers=condition)
        assert drafted.status_code == 200, drafted.text
        condition = {"If-Match": drafted.headers["etag"]}
        published = self.http.post(f"{path}/publication", headers=condition)
        assert published.status_code == 200, published.text

    def _first(self) -> dict[str, Any]:
        tour, *_ = self.http.get("/tours").json()["items"]
        name = {"fr": "Saint-Denis", "en": "Saint-Denis"}
        when = {"zone": ZONE, "days": [{"on": f"{DAY}"}]}
        opens = {"registration_opens_at": "2026-01-01T09:00"}
        placed = {"slug": self.stop, "tour": tour["slug"], "rank": 90}
        return {**placed, "name": name, **when, **opens, "sessions": SESSIONS}

    def sessions(self, **changes: dict[str, Any]) -> list[dict[str, Any]]:
        """The sessions as published, but for some fields of some."""
        published = self.http.get(f"/manage/stops/{self.stop}").json()["published"]
        return [{**each, **changes.get(each["slug"], {})} for each in published["sessions"]]

    def move(self, by: timedelta) -> None:
        """Have the whole stop begin later."""
        moved = {
            each["slug"]: {
                end: (datetime.fromisoformat(each[end]) + by).isoformat()
                for end in ("starts_at", "ends_at")
            }
            for each in self.sessions()
        }
        days = {each["starts_at"][:10] for each in moved.values()}
        self.publish(sessions=self.sessions(**moved), days=[{"on": day} for day in sorted(days)])

    def register(self, name: str, *seats: tuple[str, str]) -> str:
        """Have somebody register; return their address."""
        email = f"{name.lower()}.{self.stop}@hopital.example"
        asked = [{"session": session, "mode": mode} for session, mode in seats]
        body = {"name": name, "email": email, "consent": READ, "seats": asked}
        answer = self.http.post(f"/stops/{self.stop}/registrations", json=body)
        assert answer.status_code == 201, answer.text
        return email

    def accept(self, email: str, session: str) -> None:
        path = f"/manage/stops/{self.stop}/registrations"
        [asks] = [each for each in self.people() if each["email"] == email]
        answered = self.http.post(
            f"{path}/{asks['id']}/seats/{session}/answer", json={"accepted": True}
        )
        assert answered.status_code == 200, answered.text

    def people(self) -> list[Any]:
        listed = self.http.get(f"/manage/stops/{self.stop}/registrations").json()
        return list(listed["items"])

    def statuses(self, email: str) -> list[str]:
        """How the seats of somebody stand, in the organisers' list."""
        found = [each for each in self.people() if each["email"] == email]
        return [seat["status"] for each in found for seat in each["seats"]]

    def receive(self, source: bytes) -> None:
        """Hand over a message as their mail server does: a seat is declined."""
        headers = signed(source, at=datetime.now(UTC))
        answer = self.http.post("/mail/inbound", content=source, headers=headers)
        assert answer.json() == {"meaning": "declined"}
