"""Whoever tries a door that is not theirs is refused, and the journal has it."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response

from etape.core.access import SESSION_COOKIE, Level
from etape.core.attempts import OF_ONE
from etape.identity.members.schemas import Role
from support.app import Client, running
from support.keys import SOON, bearing, of_member
from support.team import Browser, sign_in
from support.visitor import Visitor, a_member

API = "/api/v1"
NANCY = "/manage/stops/azimut-nancy"


async def attempts(client: Client) -> list[dict[str, Any]]:
    """What a coordinator reads of who was refused: by whom, and what, the oldest first."""
    async with await sign_in(client, Role.COORDINATOR, name="Claire Roy") as reader:
        page = await reader.read("/manage/journal", noun="request")
    told = []
    for entry in reversed(page["items"]):
        found = {change["field"]: change["after"] for change in entry["changes"]}
        assert found.pop("request_id")
        told.append({"actor": entry["actor"], "sentence": entry["sentence"], **found})
    return told


async def organiser(client: Client) -> Browser:
    return await sign_in(client, Role.STOP_ORGANISER, stops=["azimut-lille"])


def refused(answer: Response, status: int, problem: str) -> None:
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_another_regions_stop(client: Client) -> None:
    async with await organiser(client) as browser:
        refused(await browser.get(f"{NANCY}/registrations"), 403, "not-allowed")

    assert await attempts(client) == [
        {
            "actor": f"member:{browser.member_id}",
            "sentence": "Odile Martin s’est vu refuser une demande.",
            "operation": "GET /manage/stops/{slug}/registrations",
            "problem": "not-allowed",
            "of": "azimut-nancy",
        }
    ]


async def test_a_guessed_identifier(client: Client) -> None:
    async with await organiser(client) as browser:
        refused(await browser.delete(f"/me/sessions/{uuid4()}"), 404, "not-found")

    [told] = await attempts(client)
    assert told["operation"] == "DELETE /me/sessions/{session_id}"
    assert told["actor"] == f"member:{browser.member_id}"


async def test_an_old_code(client: Client) -> None:
    _, email = await a_member(client)
    async with Visitor(client) as visitor:
        mailed = await visitor.ask(email)
        client.clock.at += timedelta(minutes=11)
        late = await visitor.post("/sign-in/proof", json={"code": mailed.code})
        refused(late, 403, "code-refused")

    [told] = await attempts(client)
    assert (told["actor"], told["problem"]) == ("anonymous", "code-refused")
    assert told["sentence"] == "Une personne s’est vu refuser une demande."


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/invitations/open", {"token": "a" * 43}),
        ("/api-keys/confirm", {"token": "a" * 43}),
    ],
)
async def test_an_old_link(client: Client, path: str, body: dict[str, str]) -> None:
    assert (await client.post(f"{API}{path}", json=body)).status_code == 404
    [told] = await attempts(client)
    assert (told["actor"], told["operation"]) == ("anonymous", f"POST {path}")


async def test_a_link_of_nobodys_registration_is_told_without_its_secret(client: Client) -> None:
    guess = "aB3-" * 10 + "xyz"
    refused(await client.get(f"{API}/registrations/{guess}"), 404, "link-unknown")
    [told] = await attempts(client)
    assert told["operation"] == "GET /registrations/{token}"
    assert guess not in repr(told)


async def test_a_forged_request(client: Client) -> None:
    async with await organiser(client) as browser:
        forged = {"Sec-Fetch-Site": "cross-site"}
        refused(await browser.delete("/me/session", headers=forged), 403, "cross-site")
    [told] = await attempts(client)
    assert told["problem"] == "cross-site"


async def test_a_revoked_key(client: Client) -> None:
    async with await organiser(client) as browser:
        key = await of_member(browser, "read")
        [kept] = (await browser.read("/me/api-keys"))["items"]
        assert (await browser.delete(f"/me/api-keys/{kept['id']}")).is_success
    await asyncio.sleep(SOON)
    refused(await client.get(f"{API}/api-keys/self", **bearing(key)), 401, "unauthenticated")
    [told] = await attempts(client)
    assert told["operation"] == "GET /api-keys/self"
    assert key not in repr(told)


async def test_a_stolen_cookie(client: Client) -> None:
    async with await organiser(client) as browser:
        assert (await browser.delete("/me/session")).is_success
        refused(await browser.get("/me"), 401, "unauthenticated")
    [told] = await attempts(client)
    assert (told["actor"], told["operation"]) == ("anonymous", "GET /me")


async def test_a_mass_assignment(client: Client) -> None:
    async with await sign_in(client, Role.HOST, stops=["azimut-lille"]) as browser:
        body = {"name": "Import", "scopes": ["read"], "member_id": str(uuid4())}
        refused(await browser.post("/me/api-keys", json=body), 422, "invalid")
    [told] = await attempts(client)
    assert told["problem"] == "invalid"


async def test_who_is_merely_mistaken_is_not_in_it(client: Client) -> None:
    assert (await client.get(f"{API}/me")).status_code == 401
    assert (await client.get(f"{API}/calls/nothing-of-that-name")).status_code == 404
    assert (await client.get(f"{API}/calls?colour=blue")).status_code == 422
    async with await sign_in(client, Role.COORDINATOR, level=Level.SIGNED_IN) as browser:
        again = await browser.post("/me/api-keys", json={"name": "Import", "scopes": ["read"]})
        refused(again, 403, "fresh-proof-needed")
    async with await sign_in(client, Role.COORDINATOR, name="Bob Faure") as browser:
        refused(await browser.post("/me/api-keys", json={"name": ""}), 422, "invalid")
    assert await attempts(client) == []


async def test_nobody_fills_the_journal_by_knocking(demo_url: str, client: Client) -> None:
    knocks = OF_ONE.amount + 10
    async with running(demo_url, at=client.clock.now(), limits_scale=1) as house:
        for number in range(knocks):
            made_up = {"Cookie": f"{SESSION_COOKIE}={number:043}"}
            answer = await house.get(f"{API}/me", headers=made_up)
            assert answer.status_code == 401
    assert len(await attempts(client)) == OF_ONE.amount
