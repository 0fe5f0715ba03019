"""A browser on our pages, that keeps its cookies: nobody yet, then whoever signs in there."""

from typing import Any
from uuid import UUID

import httpx
from httpx import Response
from sqlalchemy import text
from sqlmodel import select

from etape.core.access import ASK_COOKIE, SESSION_COOKIE
from etape.core.texts import Language
from etape.core.tokens import digest_of
from etape.identity.codes import service as codes
from etape.identity.codes.service import Mailed
from etape.identity.codes.tables import SignInAsk
from etape.identity.members import service as members
from etape.identity.members.schemas import GrantContent, Role
from support.app import Client
from support.passkey import SoftPasskey
from support.team import OURS


class Visitor(httpx.AsyncClient):
    """A browser with nothing in it."""

    def __init__(self, client: Client, *, agent: str = "Firefox") -> None:
        super().__init__(
            transport=httpx.ASGITransport(app=client.app),
            base_url="https://localhost:8000/api/v1",
            headers={**OURS, "User-Agent": agent},
        )
        self.client = client

    @property
    def token(self) -> str | None:
        return self.cookies.get(SESSION_COOKIE)

    @property
    def ask_token(self) -> str | None:
        return self.cookies.get(ASK_COOKIE)

    async def read(self, path: str, **parameters: Any) -> Any:
        answer = await self.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def do(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """Send what must be done; return the JSON answered, if any."""
        answer = await self.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def ask(self, email: str, **others: Any) -> Mailed:
        """Ask for a code, and return it with its link, derived as its letter does."""
        await self.do("/sign-in", {"email": email, **others})
        return await self.mailed()

    async def mailed(self) -> Mailed:
        """The code and the link that this browser asked for last."""
        digest = digest_of(self.ask_token or "")
        secret = self.client.app.state.settings.secret
        async with self.client.database.unit_of_work() as session:
            asked = select(SignInAsk).where(SignInAsk.browser_digest == digest)
            return codes.mailed((await session.exec(asked)).one(), secret=secret)

    async def sign_in_by_mail(self, email: str) -> None:
        """Reach the level of a proved address."""
        mailed = await self.ask(email)
        await self.do("/sign-in/proof", {"code": mailed.code})

    async def enrol_passkey(self, name: str = "Téléphone") -> SoftPasskey:
        passkey = SoftPasskey()
        answer = await self.add(passkey, name)
        assert answer.status_code == 201, answer.text
        return passkey

    async def add(self, passkey: SoftPasskey, name: str = "Téléphone") -> Response:
        options = (await self.do("/me/passkeys/options"))["options"]
        body = {"name": name, "credential": passkey.create(options)}
        return await self.post("/me/passkeys", json=body)

    async def sign_in_by(self, passkey: SoftPasskey) -> Response:
        options = (await self.do("/sign-in/passkey/options"))["options"]
        assert options["allowCredentials"] == []
        return await self.post("/sign-in/passkey", json=passkey.get(options))

    async def prove_by(self, passkey: SoftPasskey) -> Response:
        options = (await self.do("/me/proofs/options"))["options"]
        body = {"kind": "passkey", "credential": passkey.get(options)}
        return await self.post("/me/proofs", json=body)

    async def prove(self, kind: str, code: str) -> Response:
        return await self.post("/me/proofs", json={"kind": kind, "code": code})

    async def level(self) -> str:
        return str((await self.read("/me"))["level"])


async def a_member(
    client: Client, name: str = "Odile Martin", *roles: GrantContent
) -> tuple[UUID, str]:
    """Somebody of the team, a coordinator unless said otherwise, who enrolled nothing yet."""
    email = f"{name.lower().replace(' ', '.')}@etape.example"
    async with client.database.unit_of_work() as session:
        member_id = await members.join(
            session,
            name=name,
            email=email,
            language=Language.FR,
            roles=roles or [GrantContent(role=Role.COORDINATOR)],
            now=client.clock.now(),
        )
    return member_id, email


async def enrolled(
    client: Client, name: str = "Odile Martin", *roles: GrantContent
) -> tuple[Visitor, SoftPasskey]:
    """The browser of a member, in which they just enrolled a passkey."""
    _, email = await a_member(client, name, *roles)
    visitor = Visitor(client)
    await visitor.sign_in_by_mail(email)
    return visitor, await visitor.enrol_passkey()


async def ask(client: Client, query: str, **values: Any) -> list[Any]:
    async with client.database.engine.begin() as connection:
        result = await connection.execute(text(query), values)
        return list(result.all()) if result.returns_rows else []


async def acts(client: Client, noun: str = "member") -> list[tuple[str, str]]:
    """What the journal tells of a noun, the oldest first: by whose hand (roughly), and what."""
    rows = await ask(
        client, "SELECT actor, act, personal FROM journal WHERE noun = :n ORDER BY id", n=noun
    )
    assert all(row.personal for row in rows)
    return [(row.actor.partition(":")[0], row.act) for row in rows]
