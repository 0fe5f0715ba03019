"""Members of a team, each in a browser of theirs, signed in as if through the door."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import update
from sqlmodel import col

from etape.core.access import SESSION_COOKIE, Level
from etape.core.database import Database
from etape.identity.members.schemas import Role
from etape.identity.members.tables import Member, MemberGrant
from etape.identity.sessions import rules
from etape.identity.sessions.service import open_session
from etape.identity.sessions.tables import BrowserSession
from support.app import Client

OURS = {"Sec-Fetch-Site": "same-origin"}


class Browser(httpx.AsyncClient):
    """A browser on our pages: what it sends comes from them, with its cookie."""

    def __init__(self, client: Client, token: str, *, member_id: UUID) -> None:
        super().__init__(
            transport=httpx.ASGITransport(app=client.app),
            base_url="http://localhost:8000/api/v1",
            headers={**OURS, "Cookie": f"{SESSION_COOKIE}={token}"},
        )
        self.client = client
        self.token = token
        self.member_id = member_id

    async def read(self, path: str, **parameters: Any) -> Any:
        """Return the JSON at `/api/v1{path}`, which must be there."""
        answer = await self.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def sign_in(
    client: Client,
    role: Role | None = None,
    *,
    stops: Sequence[str] = (),
    name: str = "Odile Martin",
    level: Level = Level.FRESH,
) -> Browser:
    """Make a member of that role (for these stops), and open their browser at that level."""
    token, member_id = await open_browser(
        client.database, role, stops=stops, name=name, level=level, now=client.clock.now()
    )
    return Browser(client, token, member_id=member_id)


async def open_browser(
    database: Database,
    role: Role | None = None,
    *,
    stops: Sequence[str] = (),
    name: str = "Odile Martin",
    level: Level = Level.FRESH,
    now: datetime,
) -> tuple[str, UUID]:
    """Make a member, signed in; return what is in the cookie of their browser, and who they are."""
    async with database.unit_of_work() as session:
        key = f"{name.lower().replace(' ', '.')}@etape.example"
        member = Member(name=name, email=key, email_key=key, language="fr", created_at=now)
        session.add(member)
        await session.flush()
        for stop in stops or [None]:
            if role is not None:
                session.add(MemberGrant(member_id=member.id, role=role, stop=stop))
        token = await open_session(session, member.id, level=level, browser="test", now=now)
        if level is Level.SIGNED_IN:  # the proof that they signed in with has grown old
            await session.exec(
                update(BrowserSession)
                .where(col(BrowserSession.member_id) == member.id)
                .values(proved_at=now - rules.FRESH_FOR)
            )
    return token, member.id
