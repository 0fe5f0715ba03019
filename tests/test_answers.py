"""What every answer has in common: who may keep it, what protects it, what it never tells."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from asgi_lifespan import LifespanManager
from httpx import Response
from sqlalchemy import text
from sqlmodel import AutoString, SQLModel

from etape.app import create_app
from etape.core import openapi
from etape.core.settings import Environment
from support.app import Client, running, settings_for
from support.desk import Desk

EXISTING = {
    "awards": "azimut-quatre-vents-teleconsultation",
    "calls": "azimut-iles",
    "programmes": "azimut",
    "tours": "azimut",
    "sources": "azimut-annonce",
    "stops": "azimut-lille",
    "letters": "1",
    "sitemaps": "0",
    "cards": "appels",
}
PRIVATE_TAGS = {"registration", "check-in", "demo"}
TOLD_TO_ALL = {"/api/v1/privacy-notice", "/api/v1/stops/{slug}/attendance"}
"""What is public among them."""
PROTECTIONS = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-request-id",
}
DAY = timedelta(days=1)
CANARY = "canary-that-must-not-sing"


@pytest.fixture
async def desk(client: Client) -> Desk:
    """The desk of a stop of the demo, where one person has registered."""
    desk = Desk.of(client, stop="azimut-lille")
    await desk.register("Ada", "ouverture")
    return desk


async def readings(desk: Desk, client: Client) -> list[tuple[str, bool]]:
    """Every path that anybody reads, with something in each place; is it personal?"""
    token = await desk.token("Ada")
    group = await desk.bring(
        "Ada", 2, "ouverture", claim_until=(client.clock.now() + DAY).isoformat()
    )
    found = {
        **EXISTING,
        "registrations": token,
        "groups": group.json()["code"],
        "transfers": await desk.offer("Ada", "Bea"),
    }
    return [
        (
            re.sub(r"(\w+)/\{\w+\}", lambda place: f"{place[1]}/{found[place[1]]}", path).replace(
                "/{slug}.png", f"/{EXISTING['calls']}.png"
            )
            + ("?q=sante" if path.endswith(("/search", "/suggest")) else ""),
            bool(PRIVATE_TAGS & set(operations["get"]["tags"])) and path not in TOLD_TO_ALL,
        )
        for path, operations in openapi.document(client.app)["paths"].items()
        if "get" in operations and not {"letters", "join", "brand"} & set(path.split("/"))
        if operations["get"]["x-allowed"]["level"] == "anybody"
        if not {"documents", "keys", "sign-in"} & set(operations["get"]["tags"])
    ]


async def test_public_answers_may_be_kept_and_personal_ones_never(
    desk: Desk, client: Client
) -> None:
    for path, is_personal in await readings(desk, client):
        answer = await client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        policy = answer.headers["cache-control"]
        if is_personal:
            assert policy == "no-store", path
            assert "etag" not in answer.headers
            continue
        assert policy.startswith("public, max-age="), path
        again = await client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["etag"] == answer.headers["etag"]
        assert again.headers["cache-control"] == policy
        other = await client.get(path, headers={"If-None-Match": 'W/"another"'})
        assert other.status_code == 200, path


async def test_head_tells_what_get_would_and_sends_nothing(desk: Desk, client: Client) -> None:
    for path, _ in await readings(desk, client):
        read, told = await client.get(path), await client.head(path)
        assert (told.status_code, told.content) == (200, b""), path
        for name in ("content-type", "content-length", "etag", "cache-control"):
            assert told.headers.get(name) == read.headers.get(name), (path, name)


def assert_is_protected(answer: Response) -> None:
    assert set(answer.headers) >= PROTECTIONS, answer.request.url
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] in {"same-origin", "no-referrer"}
    assert "server" not in answer.headers


@pytest.fixture
async def with_pages(demo_url: str, client: Client, tmp_path: Path) -> AsyncIterator[Client]:
    """The application on its https address, beside built pages."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Étape</title>")
    settings = settings_for(demo_url, public_url="https://etape.example")
    app = create_app(settings, clock=client.clock, pages=tmp_path)
    async with LifespanManager(app), Client(app, client.clock) as served:
        yield served


async def test_every_kind_of_answer_is_protected(with_pages: Client) -> None:
    page = await with_pages.get("/")
    assert page.text.startswith("<!doctype html>")
    call = await with_pages.get("/api/v1/calls")
    held = {"If-None-Match": call.headers["etag"]}
    answers = [
        (200, page),
        (200, await with_pages.get("/appels/azimut-iles")),
        (200, call),
        (200, await with_pages.head("/api/v1/calls")),
        (304, await with_pages.get("/api/v1/calls", headers=held)),
        (404, await with_pages.get("/api/v1/nothing")),
        (405, await with_pages.put("/api/v1/calls")),
        (405, await with_pages.post("/appels")),
        (413, await with_pages.post("/api/v1/stops/a/registrations", json="x" * 70_000)),
        (422, await with_pages.get("/api/v1/calls?limit=0")),
        (422, await with_pages.get("/%00")),
        (200, await with_pages.get("/health/live")),
        (200, await with_pages.get("/health/ready")),
    ]
    for status, answer in answers:
        assert answer.status_code == status, answer.request.url
        assert_is_protected(answer)
        assert answer.headers["strict-transport-security"].startswith("max-age=")


async def test_an_address_without_tls_promises_none(client: Client) -> None:
    answer = await client.get("/api/v1/calls")
    assert "strict-transport-security" not in answer.headers
    assert_is_protected(answer)


async def test_the_inbox_of_the_demo_is_not_there_in_production(
    database_url: str, client: Client
) -> None:
    settings = settings_for(database_url).model_copy(update={"environment": Environment.PRODUCTION})
    app = create_app(settings, clock=client.clock)
    async with LifespanManager(app), Client(app, client.clock) as served:
        assert (await served.get("/api/v1/demo/letters")).status_code == 404


def internal_columns(document: str) -> list[tuple[str, str]]:
    """The columns of text that no shape of the contract names."""
    return [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, AutoString) and not column.foreign_keys
        if f'"{column.name}"' not in document
    ]


async def test_what_no_shape_names_never_leaves(demo_url: str, client: Client, desk: Desk) -> None:
    document = (await client.get("/api/v1/openapi.json")).text
    hidden = internal_columns(document)
    assert ("registration", "email_key") in hidden
    async with client.database.unit_of_work() as session:
        for table, column in hidden:
            statement = f'UPDATE "{table}" SET "{column}" = :canary || ctid'
            await (await session.connection()).execute(text(statement), {"canary": CANARY})

    async with running(demo_url, at=client.clock.now()) as reader:
        for path, _ in await readings(desk, reader):
            answer = await reader.get(path)
            assert answer.status_code == 200, (path, answer.text)
            assert CANARY not in answer.text, path
