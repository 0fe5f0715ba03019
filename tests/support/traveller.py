"""A person's browser on its way to an identity provider and back, with its own cookies."""

from urllib.parse import parse_qsl, urlsplit

import httpx

from etape.core.access import SESSION_COOKIE, Actor
from etape.identity.members.tables import Member
from etape.identity.sessions.service import recognise
from support.app import Client
from support.provider import ORIGIN, IdentityProvider

START = "/api/v1/sign-in/oidc"


class Traveller(httpx.AsyncClient):
    """A browser, which asks for pages."""

    def __init__(self, client: Client, provider: IdentityProvider) -> None:
        super().__init__(
            transport=httpx.ASGITransport(app=client.app),
            base_url=ORIGIN,
            headers={"Accept": "text/html,*/*;q=0.8", "User-Agent": "Firefox"},
        )
        self.client = client
        self.provider = provider

    async def leave(self, *, fresh: bool = False) -> str:
        """Follow the button; return where it leads."""
        answer = await self.get(START, params={"fresh": True} if fresh else None)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    async def sign_in_there(self, *, fresh: bool = False) -> str:
        """Sign in at the provider; return where it sends the browser back."""
        answer = await self.provider.visit(await self.leave(fresh=fresh))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def sign_in(self, *, fresh: bool = False) -> httpx.Response:
        """Go there, sign in, and come back."""
        return await self.get(await self.sign_in_there(fresh=fresh))

    async def whoami(self) -> Actor:
        """Who the browser is recognised as."""
        async with self.client.database.unit_of_work() as session:
            return await recognise(
                session, self.cookies[SESSION_COOKIE], now=self.client.clock.now()
            )


def asked_in(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, strict_parsing=True))


async def a_member(client: Client, *, email: str = "odile.martin@etape.example") -> Member:
    """Make a member of the team who never signed in."""
    member = Member(
        name="Odile Martin",
        email=email,
        email_key=email.casefold(),
        language="fr",
        created_at=client.clock.now(),
    )
    async with client.database.unit_of_work() as session:
        session.add(member)
    return member
