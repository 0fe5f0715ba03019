"""What a door of the team says to who is not let in (T13; tests/test_access.py has the matrix)."""

import re
from typing import Any
from uuid import uuid4

import httpx

from etape.core import openapi
from etape.core.access import Level
from etape.identity.members.schemas import Role
from support.app import Client
from support.team import sign_in

TAGS = {"sign-in", "team"}
LEVELS = ("anybody", "mailed", "signed_in", "fresh")
OPEN = {
    "ask_to_sign_in",
    "sign_in_by_mail",
    "ask_to_sign_in_by_passkey",
    "sign_in_by_passkey",
    "open_invitation",
    "accept_invitation",
    "open_door",
    "read_sign_in_methods",
    "start_provider_sign_in",
    "finish_provider_sign_in",
    "leave_provider",
}
NEEDED = {
    "mailed": "second-factor-needed",
    "signed_in": "fresh-proof-needed",
}


def operations(client: Client) -> list[tuple[str, str, dict[str, Any]]]:
    """The operations of identity: method, path with something in each place, and what they say."""
    places = {"slug": "lille"}
    return [
        (
            method,
            re.sub(r"\{(\w+)\}", lambda place: places.get(place[1], str(uuid4())), path),
            operation,
        )
        for path, methods in openapi.document(client.app)["paths"].items()
        for method, operation in methods.items()
        if TAGS & set(operation["tags"])
    ]


async def refused_with(browser: httpx.AsyncClient, method: str, path: str) -> str | None:
    """The door's refusal; None when it let in, whatever the handler then says of the request."""
    answer = await browser.request(method.upper(), path.removeprefix("/api/v1"))
    assert answer.status_code < 500, answer.text
    if answer.is_success:
        return None
    kind = str(answer.json()["type"]).removeprefix("/problems/")
    doors = {"unauthenticated", "not-allowed", "second-factor-needed", "fresh-proof-needed"}
    return kind if kind in doors else None


async def test_only_what_opens_a_session_is_open_to_anybody(client: Client) -> None:
    opened = {
        operation["operationId"]
        for *_, operation in operations(client)
        if operation["x-allowed"]["level"] == "anybody"
    }
    assert opened == OPEN


async def test_each_level_opens_what_it_is_declared_for(client: Client) -> None:
    for level in (Level.MAILED, Level.SIGNED_IN):
        name = level.name.lower()
        for method, path, operation in operations(client):
            browser = await sign_in(client, Role.COORDINATOR, level=level, name=str(uuid4()))
            needed = operation["x-allowed"]["level"]
            refused = await refused_with(browser, method, path)
            if LEVELS.index(needed) <= LEVELS.index(name):
                assert refused is None or needed == "mailed", path
            else:
                assert refused == NEEDED[name], path
