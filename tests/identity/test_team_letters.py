"""The letters of signing in: they reach members only, and what they carry works."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from etape.app import worker_of
from etape.core.clock import Clock
from etape.core.settings import Settings
from etape.identity.members.schemas import Role
from support.app import Client, settings_for
from support.jobs import QUICK
from support.post_office import NBSP, part, said
from support.smtp import MailServer
from support.team import sign_in
from support.visitor import Visitor, a_member, ask

ODILE = "odile.martin@etape.example"
LINK = r"http://localhost:8000/gestion/{}\?lien=([\w-]{{43}})"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


class Post:
    """The worker that writes to members, and the mail server that takes its letters."""

    def __init__(self, client: Client, server: MailServer) -> None:
        self.client, self.server = client, server

    async def delivered(self) -> list[EmailMessage]:
        """Let the worker do all there is, and return every letter taken, the oldest first."""
        settings: Settings = settings_for(
            self.client.database.url, smtp_host="127.0.0.1", smtp_port=self.server.port
        )
        clock: Clock = self.client.clock
        leaving = asyncio.Event()
        worker = worker_of(settings, self.client.database, clock, leaving=leaving)
        running = asyncio.create_task(replace(worker, pace=QUICK).run())
        waiting = "SELECT id FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        async with asyncio.timeout(20):
            while await ask(self.client, waiting):  # noqa: ASYNC110 - the database has no event
                await asyncio.sleep(0.05)
        leaving.set()
        await running
        failed = "SELECT id FROM procrastinate_jobs WHERE status = 'failed'"
        assert not await ask(self.client, failed)
        return self.server.messages()


@pytest.fixture
def post(client: Client, server: MailServer) -> Post:
    return Post(client, server)


async def test_a_member_receives_a_code_and_a_link_and_nobody_else_does(
    client: Client, post: Post
) -> None:
    await a_member(client)
    visitor, other = Visitor(client), Visitor(client)
    await other.do("/sign-in", {"email": "personne@etape.example"})
    await visitor.do("/sign-in", {"email": ODILE.upper()})

    [letter] = await post.delivered()

    assert post.server.recipients == [ODILE]
    assert letter["Subject"] == "Votre code de connexion à Étape"
    words = said(letter)
    [code] = re.findall(r"^([0-9A-Z]{4}-[0-9A-Z]{4})$", words, re.MULTILINE)
    [token] = re.findall(LINK.format("connexion"), words)
    assert "Ils vivent 10 minutes et ne servent qu’une fois." in words
    html = part(letter, "text/html")
    assert code in html
    assert html.count(token) == 1
    assert f"demandé{NBSP}:" in html
    await visitor.do("/sign-in/proof", {"code": code})
    assert await visitor.level() == "mailed"


async def test_the_letters_link_opens_the_browser_that_asked(client: Client, post: Post) -> None:
    await a_member(client)
    visitor = Visitor(client)
    await visitor.do("/sign-in", {"email": ODILE, "language": "en"})

    [letter] = await post.delivered()

    assert letter["Subject"] == "Your code to sign in to Étape"
    [token] = re.findall(LINK.format("connexion"), said(letter))
    await visitor.do("/sign-in/proof", {"token": token})


async def test_a_code_that_is_dead_already_is_not_mailed(client: Client, post: Post) -> None:
    """The mail server was away for longer than the code lives."""
    await a_member(client)
    await Visitor(client).do("/sign-in", {"email": ODILE})
    client.clock.at += timedelta(minutes=10)

    assert await post.delivered() == []


async def test_nor_is_one_to_a_member_who_was_disabled(client: Client, post: Post) -> None:
    await a_member(client)
    await Visitor(client).do("/sign-in", {"email": ODILE})
    await ask(client, "UPDATE member SET disabled_at = now()")

    assert await post.delivered() == []


async def test_an_invitation_and_a_way_back_are_mailed(client: Client, post: Post) -> None:
    coordinator = await sign_in(client, Role.COORDINATOR, name="Bea Roy")
    invitation = {"name": "Ada Lenoir", "email": "ada@etape.example", "language": "en"}
    body = {**invitation, "roles": [{"role": "funding_editor"}]}
    assert (await coordinator.post("/manage/invitations", json=body)).status_code == 201
    odile_id, _ = await a_member(client)
    answer = await coordinator.post(f"/manage/members/{odile_id}/recover")
    assert answer.status_code == 202

    delivered = await post.delivered()
    letters = dict(zip(post.server.recipients, delivered, strict=True))

    invited, recovered = letters["ada@etape.example"], letters[ODILE]
    assert invited["Subject"] == "Your invitation to join the team of Étape"
    assert "It lives 7 days and serves once" in said(invited)
    assert recovered["Subject"] == "Retrouvez votre accès à Étape"
    assert "prévenez aussitôt une personne coordinatrice" in said(recovered)
    for letter in (invited, recovered):
        [token] = re.findall(LINK.format("bienvenue"), said(letter))
        await Visitor(client).do("/invitations/accept", {"token": token})


async def test_an_invitation_taken_back_is_not_mailed(client: Client, post: Post) -> None:
    coordinator = await sign_in(client, Role.COORDINATOR, name="Bea Roy")
    invitation = {"name": "Ada", "email": "ada@etape.example"}
    body = {**invitation, "roles": [{"role": "funding_editor"}]}
    told = (await coordinator.post("/manage/invitations", json=body)).json()
    await coordinator.delete(f"/manage/invitations/{told['id']}")

    assert await post.delivered() == []
