"""Who may call what: the matrix of roles, operations and things, made from the contract."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import APIRouter

from etape.core.access import SESSION_COOKIE, Level
from etape.core.http import Route
from etape.identity.members.schemas import Role
from support.app import Client
from support.team import sign_in
from test_conventions import CONTRACT

OWN, OTHER = "azimut-lille", "azimut-rennes"
LEVELS = [level.name.lower() for level in Level]
SOME = "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11"
"""What a path names where it is not a stop: nothing of that name is there."""


@dataclass(frozen=True)
class Person:
    """Somebody who calls, in a role, at a level."""

    name: str
    level: Level = Level.FRESH
    roles: dict[Role, str | None] = field(default_factory=dict)

    def may(self, policy: dict[str, Any], own: str | None) -> bool:
        """What the contract promises this person."""
        if policy["level"] == "anybody":
            return True
        if policy["keys_only"] or self.level < LEVELS.index(policy["level"]):
            return False
        return not policy["roles"] or any(
            role in policy["roles"] and (thing is None or not policy["own"] or thing == own)
            for role, thing in self.roles.items()
        )


PEOPLE = [
    Person("nobody", Level.ANYBODY),
    Person("half in", Level.MAILED, {Role.COORDINATOR: None}),
    Person("no role"),
    Person("coordinator", Level.FRESH, {Role.COORDINATOR: None}),
    Person("coordinator of this morning", Level.SIGNED_IN, {Role.COORDINATOR: None}),
    Person("funding editor", Level.FRESH, {Role.FUNDING_EDITOR: None}),
    Person("organiser", Level.FRESH, {Role.STOP_ORGANISER: OWN}),
    Person("host", Level.FRESH, {Role.HOST: OWN}),
]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation that is not everybody's, and its policy."""
    for path, methods in CONTRACT["paths"].items():
        for method, operation in methods.items():
            if operation["x-allowed"]["level"] != "anybody":
                yield method, path, operation["x-allowed"]


async def browser_of(client: Client, person: Person) -> httpx.AsyncClient:
    if person.level is Level.ANYBODY:
        transport = httpx.ASGITransport(app=client.app)
        return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000/api/v1")
    [(role, stop)] = person.roles.items() or [(None, None)]
    return await sign_in(
        client, role, stops=[stop] if stop else [], name=person.name, level=person.level
    )


def paths_of(path: str, policy: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The path, filled in; where a role may be for one thing, of that thing and of another."""
    things = [OWN, OTHER] if policy["own"] else [None]
    for thing in things:
        filled = path.removeprefix("/api/v1")
        while "{" in filled:
            name = filled[filled.index("{") + 1 : filled.index("}")]
            value = thing if thing and name == policy["own"] else SOME
            filled = filled.replace(f"{{{name}}}", value)
        yield filled, thing


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
async def test_each_operation_opens_to_whom_the_contract_says(
    client: Client, person: Person
) -> None:
    wrong = []
    async with await browser_of(client, person) as browser:
        for method, path, policy in operations():
            for filled, own in paths_of(path, policy):
                may = person.may(policy, own)
                if may and "/me/session" in filled:
                    continue  # it would sign out who asks: its own tests say the rest
                body = {} if method in {"post", "put", "patch"} else None
                answer = await browser.request(method, filled, json=body)
                if (answer.status_code not in {401, 403}) is not may:
                    wrong.append(f"{method} {filled}: {answer.status_code}, allowed: {may}")
    assert wrong == []


def test_the_matrix_holds_every_operation_that_is_not_everybodys() -> None:
    closed = list(operations())
    assert len(closed) > 100
    assert {policy["level"] for *_, policy in closed} >= {"signed_in", "fresh"}


def test_an_operation_that_declares_nobody_cannot_be_added() -> None:
    router = APIRouter(route_class=Route)

    async def forgotten() -> None:
        """Do something that nobody was allowed to do."""

    with pytest.raises(TypeError, match=r"say who may call .*forgotten"):
        router.get("/forgotten")(forgotten)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 428),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost:8000"}, 428),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_what_another_site_has_a_browser_send_is_refused(
    client: Client, headers: dict[str, str], code: int
) -> None:
    async with await sign_in(client, Role.COORDINATOR) as browser:
        cookie = browser.headers["cookie"]
    path = "/api/v1/manage/calls/azimut-iles/undo"
    answer = await client.post(path, headers={"Cookie": cookie, **headers})
    assert answer.status_code == code
    if code == 403:
        assert answer.json()["type"] == "/problems/cross-site"


async def test_a_browser_that_is_signed_in_sends_json_only(client: Client) -> None:
    async with await sign_in(client, Role.COORDINATOR) as browser:
        answer = await browser.put(
            "/manage/calls/azimut-iles/draft",
            content=b"kind=aap",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
    assert answer.status_code == 415


async def test_a_cookie_that_opens_nothing_is_no_cookie(client: Client) -> None:
    for token in ("", "x", "a" * 43, "é" * 10):
        answer = await client.get(
            "/api/v1/manage/calls",
            headers={"Cookie": f"{SESSION_COOKIE}={token}".encode()},
        )
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_session_ends_when_it_is_left_alone_and_when_it_is_old(client: Client) -> None:
    async with await sign_in(client, Role.COORDINATOR) as browser:
        assert (await browser.get("/manage/calls")).status_code == 200
        for _ in range(13):
            client.clock.at += timedelta(minutes=55)
            last = (await browser.get("/manage/calls")).status_code
        assert last == 200
        client.clock.at += timedelta(minutes=55)
        assert (await browser.get("/manage/calls")).status_code == 401
    async with await sign_in(client, Role.COORDINATOR, name="Ali") as browser:
        client.clock.at += timedelta(minutes=59)
        assert (await browser.get("/manage/calls")).status_code == 200
        client.clock.at += timedelta(minutes=61)
        assert (await browser.get("/manage/calls")).status_code == 401
