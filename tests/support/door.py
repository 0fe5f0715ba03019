"""The door of a stop on its day: a host, devices, and tickets to scan."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from etape.identity.members.schemas import Role
from support.app import Client
from support.desk import Desk, a_session, at_hour
from support.team import Browser, sign_in

JOIN = "https://visio.example/plenary"
NINE = datetime(2027, 1, 12, 8, 0, tzinfo=UTC)
"""When the plenary begins: nine o'clock in Paris."""

NORTH, SOUTH = uuid4(), uuid4()
"""Two devices."""


class Door:
    """A host of the stop, with as many devices as one says."""

    def __init__(self, desk: Desk, browser: Browser) -> None:
        self.desk = desk
        self.browser = browser

    def scan(self, code: str, *, at: datetime = NINE, **others: Any) -> dict[str, Any]:
        return {"id": str(uuid4()), "scanned_at": at.isoformat(), "ticket": code, **others}

    async def send(self, *scans: dict[str, Any], device: UUID = NORTH, name: str = "Nord") -> Any:
        """Upload scans, which must be taken; return what each came to."""
        body = {"device": str(device), "device_name": name, "scans": list(scans)}
        answer = await self.browser.post("/manage/stops/essai/scans", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    async def admit(self, name: str, **others: Any) -> Any:
        [result] = await self.send(self.scan(await self.desk.ticket(name), **others))
        return result

    def pass_time(self, minutes: int) -> None:
        """Have it be so long after nine."""
        assert isinstance(self.desk.http, Client)
        self.desk.http.clock.at = NINE + timedelta(minutes=minutes)

    async def arrivals(self) -> Any:
        return await self.browser.read("/manage/stops/essai/arrivals")


@asynccontextmanager
async def day_of(desk: Desk, **changes: Any) -> AsyncIterator[Door]:
    """Publish a stop with a plenary of three chairs at nine, half an hour before it."""
    await desk.publish(
        a_session("plenary", on_site={"capacity": 3}, online={}, join_url=JOIN),
        a_session("workshop", **at_hour(11), on_site={"capacity": 2}),
        **{"door_release_minutes": 10, **changes},
    )
    assert isinstance(desk.http, Client)
    desk.http.clock.at = NINE - timedelta(minutes=30)
    async with await sign_in(desk.http, Role.HOST, stops=["essai"]) as browser:
        yield Door(desk, browser)
