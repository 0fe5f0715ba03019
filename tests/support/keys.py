"""API keys under test: asked for, received by mail, shown."""

import asyncio
import re
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import httpx
from sqlalchemy import text
from sqlmodel import col, select

from etape.app import worker_of
from etape.core.mail import OutgoingMail
from etape.identity.admission.service import KEY_REMEMBERED_SECONDS
from support.app import Client
from support.jobs import QUICK
from support.team import Browser

API = "/api/v1"
KEYS, MINE = f"{API}/api-keys", f"{API}/me/api-keys"
ADDRESS = "ada@hopital.example"
SOON = KEY_REMEMBERED_SECONDS + 0.1


async def ask(client: Client, email: str = ADDRESS, **others: Any) -> httpx.Response:
    return await client.post(KEYS, json={"email": email, "name": "Tableau de bord", **others})


async def letters(client: Client) -> list[EmailMessage]:
    """Let the worker do all there is, and return every letter, the oldest first."""
    leaving = asyncio.Event()
    worker = worker_of(client.app.state.settings, client.database, client.clock, leaving=leaving)
    running = asyncio.create_task(replace(worker, pace=QUICK).run())
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
    async with asyncio.timeout(20):
        while (await rows(client, waiting))[0].count:  # noqa: ASYNC110 - the queue has no event
            await asyncio.sleep(0.05)
    leaving.set()
    await running
    async with client.database.unit_of_work() as session:
        kept = await session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id)))
        return [letter.message for letter in kept]


def links(letter: EmailMessage) -> dict[str, str]:
    """The secrets of a letter's links, by what they do; the text has those of the HTML."""
    found = []
    for kind in ("plain", "html"):
        part = letter.get_body((kind,))
        assert part is not None
        found.append(dict(re.findall(r"cle\?(lien|revocation)=([\w=-]+)", part.get_content())))
    assert found[0] == found[1]
    return found[0]


async def spend(client: Client, token: str, **headers: str) -> httpx.Response:
    return await client.post(f"{KEYS}/confirm", json={"token": token}, headers=headers)


async def obtain(client: Client, email: str = ADDRESS, **others: Any) -> tuple[str, str]:
    """Ask for a key and spend the letter's link; return the key and the link that revokes it."""
    assert (await ask(client, email, **others)).status_code == 202
    found = links((await letters(client))[-1])
    answer = await spend(client, found["lien"])
    assert answer.status_code == 201, answer.text
    return answer.json()["key"], found["revocation"]


async def of_member(browser: Browser, *scopes: str, **others: Any) -> str:
    """Make a key for a member, and return it."""
    body = {"name": "Import", "scopes": list(scopes), **others}
    answer = await browser.post("/me/api-keys", json=body)
    assert answer.status_code == 201, answer.text
    key: str = answer.json()["key"]
    return key


def bearing(key: str) -> dict[str, dict[str, str]]:
    return {"headers": {"Authorization": f"Bearer {key}"}}


async def status(client: Client, key: str) -> int:
    """What a key opens of itself, after the time during which it is not asked about again."""
    await asyncio.sleep(SOON)
    return (await client.get(f"{KEYS}/self", **bearing(key))).status_code


async def rows(client: Client, query: str) -> list[Any]:
    async with client.database.unit_of_work() as session:
        result = await (await session.connection()).execute(text(query))
        return list(result.all()) if result.returns_rows else []


def assert_unknown(answer: httpx.Response) -> None:
    assert answer.status_code == 401, answer.text
    assert answer.json()["type"] == "/problems/unauthenticated"
    assert answer.headers["www-authenticate"].startswith("Bearer")
