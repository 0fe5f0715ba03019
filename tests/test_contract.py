"""What any client of the API may rely on: how it is refused, what is cached, what never leaves."""

import asyncio
import json
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response

from etape.core import openapi
from support.app import Client
from support.desk import READ

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[1]
CALLS, LILLE = "/api/v1/calls", "/api/v1/stops/azimut-lille"
DESK = f"{LILLE}/registrations"
NOBODY = f"/api/v1/registrations/{'a' * 43}"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MEMBERS = ("type", "title", "status", "detail", "request_id", "errors")
PERSON = {
    "name": "Ada Lenoir",
    "email": "ada@example.org",
    "consent": READ,
    "seats": [{"session": "ouverture", "mode": "on_site"}],
}
TIMES_OUT_OF_RANGE = {**PERSON, "promote_until_hours": 2**63}
REFUSALS: list[tuple[int, str, str, dict[str, Any]]] = [
    (400, "POST", DESK, {"content": b'{"name": ', "headers": JSON}),
    (400, "POST", DESK, {"content": b'{"name": "\xff"}', "headers": JSON}),
    (400, "POST", DESK, {"content": b"[" * 30_000, "headers": JSON}),
    (400, "POST", DESK, {"content": b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "headers": JSON}),
    (400, "GET", CALLS, {"params": {"cursor": "abc"}}),
    (404, "GET", f"{CALLS}/nothing-of-that-name", {}),
    (404, "GET", NOBODY, {}),
    (404, "GET", "/api/v1/nothing", {}),
    (404, "POST", "/api/v1/nothing", {"json": {}}),
    (404, "GET", "/api/v1/calls/", {}),
    (405, "PUT", CALLS, {"json": {}}),
    (409, "POST", "/api/v1/stops/azimut-nancy/registrations", {"json": PERSON}),
    (413, "POST", DESK, {"content": b"x" * (64 * 1024 + 1), "headers": JSON}),
    (415, "POST", DESK, {"content": b"name=Ada", "headers": FORM}),
    (415, "POST", DESK, {"content": b"{}"}),
    (422, "POST", DESK, {"json": {}}),
    (422, "POST", DESK, {"json": {**PERSON, "is_admin": True}}),
    (422, "POST", DESK, {"json": {**PERSON, "name": "Ada\0"}}),
    (422, "POST", DESK, {"json": {**PERSON, "name": "x" * 301}}),
    (422, "POST", DESK, {"content": json.dumps({**PERSON, "name": "\ud800"}), "headers": JSON}),
    (422, "POST", DESK, {"content": json.dumps({**PERSON, "\ud800": 1}), "headers": JSON}),
    (422, "POST", DESK, {"json": TIMES_OUT_OF_RANGE}),
    (422, "POST", DESK, {"json": PERSON, "headers": {"Idempotency-Key": " "}}),
    (422, "GET", CALLS, {"params": {"limit": 2**63}}),
    (422, "GET", CALLS, {"params": {"amount_from": 2**63}}),
    (422, "GET", CALLS, {"params": {"closes_from": "0"}}),
    (422, "GET", CALLS, {"params": {"q": "x" * 301}}),
    (422, "GET", CALLS, {"params": {"colour": "blue"}}),
    (422, "GET", "/api/v1/sources", {"params": {"colour": "blue"}}),
    (422, "GET", LILLE, {"params": {"slug": "azimut-lille"}}),
    (422, "GET", f"{CALLS}?q=%00", {}),
    (422, "GET", f"{CALLS}/%00", {}),
    (422, "GET", f"{CALLS}/%ED%A0%80", {}),
    (422, "GET", f"{CALLS}/azimut%0Ailes", {}),
    (422, "GET", f"/api/v1/demo/letters/{2**31}/calendar.ics", {}),
]


def problem_in(answer: Response, status: int) -> dict[str, Any]:
    """The problem that an answer must be, whole."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem: dict[str, Any] = answer.json()
    assert set(MEMBERS) <= set(problem)
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert re.fullmatch(r"/problems/[a-z-]+", problem["type"])
    assert problem["title"]
    assert problem["detail"]
    return problem


@pytest.mark.parametrize(("status", "method", "path", "sent"), REFUSALS)
async def test_every_refusal_is_a_problem_in_the_language_of_who_asks(
    shared_client: Client, status: int, method: str, path: str, sent: dict[str, Any]
) -> None:
    answer = await shared_client.request(method, path, **sent)
    french = problem_in(answer, status)
    assert answer.headers["content-language"] == "fr"

    headers = {**sent.get("headers", {}), "Accept-Language": "en-GB, fr;q=0.5"}
    answer = await shared_client.request(method, path, **{**sent, "headers": headers})
    english = problem_in(answer, status)
    assert answer.headers["content-language"] == "en"
    assert english["type"] == french["type"]
    assert english["title"] != french["title"]
    assert english["detail"] != french["detail"]


async def test_a_refused_body_names_the_field_and_says_what_is_wrong(
    shared_client: Client,
) -> None:
    body = {**PERSON, "email": "ada", "seats": [{"session": "Ouverture !", "mode": "by_train"}]}
    problem = problem_in(await shared_client.post(DESK, json=body), 422)

    assert {error["pointer"] for error in problem["errors"]} == {
        "/email",
        "/seats/0/session",
        "/seats/0/mode",
    }
    for error in problem["errors"]:
        assert error["detail"][0].isupper()
        assert error["detail"].endswith(".")
        assert "pydantic" not in error["detail"].lower()


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", CALLS, {"GET", "HEAD"}),
        ("OPTIONS", f"{CALLS}/azimut-iles", {"GET", "HEAD"}),
        ("GET", DESK, {"POST"}),
        ("HEAD", DESK, {"POST"}),
        ("PUT", NOBODY, {"GET", "HEAD", "PATCH", "DELETE"}),
        ("POST", "/api/v1/openapi.json", {"GET", "HEAD"}),
        ("DELETE", "/health/live", {"GET", "HEAD"}),
    ],
)
async def test_a_method_refused_tells_every_method_of_the_path(
    shared_client: Client, method: str, path: str, allowed: set[str]
) -> None:
    answer = await shared_client.request(method, path)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == allowed


async def test_the_request_id_is_the_one_given_when_it_is_one(shared_client: Client) -> None:
    given = "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11"
    for sent, is_kept in ((given, True), ("x\r\nSet-Cookie: a=b", False), ("x" * 5000, False)):
        answer = await shared_client.get(LILLE, headers={"X-Request-ID": sent})
        assert (answer.headers["x-request-id"] == sent) is is_kept
        assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-request-id"])
        assert "set-cookie" not in answer.headers


async def test_the_contract_is_written_once_while_others_are_served(
    shared_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes a second: in a thread, and not in the loop that answers everybody."""
    threads = []
    write = openapi._written  # noqa: SLF001 - who writes it is what this is about

    def watched(app: FastAPI) -> dict[str, Any]:
        threads.append(threading.current_thread())
        return write(app)

    monkeypatch.setattr(openapi, "_written", watched)
    shared_client.app.openapi_schema = None
    first, second = await asyncio.gather(*(shared_client.read("/openapi.json") for _ in range(2)))
    assert first == second
    [thread] = threads
    assert thread is not threading.current_thread()


async def test_the_contract_served_is_the_one_that_clients_are_made_from(
    shared_client: Client,
) -> None:
    committed = json.loads((ROOT / "openapi.json").read_text())
    assert await shared_client.read("/openapi.json") == committed
    assert openapi.document(shared_client.app) == committed
    assert committed["openapi"].startswith("3.1")
