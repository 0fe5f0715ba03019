"""A door for a day: a QR code makes hosts of browsers, at one stop, until midnight there."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from etape.core.access import SESSION_COOKIE
from etape.identity.doors import service as doors
from etape.identity.members.schemas import Role
from support.app import Client
from support.team import Browser, sign_in
from support.visitor import Visitor, acts, ask

PASSES = "/manage/stops/saint-denis/door-passes"
REUNION = {"day": "2027-01-12", "zone": "Indian/Reunion"}
MIDNIGHT = datetime(2027, 1, 11, 20, tzinfo=UTC)  # UTC+4


@pytest.fixture
async def organiser(client: Client) -> Browser:
    return await sign_in(client, Role.STOP_ORGANISER, stops=["saint-denis"])


async def made(organiser: Browser, **changes: Any) -> tuple[dict[str, Any], str]:
    """A new pass, and its secret."""
    answer = await organiser.post(PASSES, json={**REUNION, **changes})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    return told, told["link"].partition("?lien=")[2]


async def test_a_pass_makes_a_host_of_a_browser_until_midnight_at_the_stop(
    client: Client, organiser: Browser
) -> None:
    told, token = await made(organiser)
    client.clock.at = MIDNIGHT + timedelta(hours=8)
    host = Visitor(client)

    opened = await host.do("/door-passes/open", {"token": token})

    assert opened["stop"] == "saint-denis"
    assert datetime.fromisoformat(opened["ends_at"]) == MIDNIGHT + timedelta(days=1)
    me = await host.read("/me")
    assert me["roles"] == [{"role": "host", "stop": "saint-denis"}]
    assert (me["member"], me["second_factors"], me["level"]) == (None, None, "signed_in")
    client.clock.at = MIDNIGHT + timedelta(days=1) - timedelta(seconds=1)
    assert (await host.get("/me")).status_code == 200, "left alone all day: a phone in a pocket"
    client.clock.at = MIDNIGHT + timedelta(days=1)
    assert (await host.get("/me")).status_code == 401
    assert await acts(client, "door_pass") == [("member", "created"), ("door", "opened")]
    assert told["link"] == f"http://localhost:8000/pointage/saint-denis?lien={token}"


async def test_the_picture_holds_the_link_and_no_script(organiser: Browser) -> None:
    told, _ = await made(organiser)
    assert ET.fromstring(told["qr_svg"]).tag.endswith("svg")
    assert "script" not in told["qr_svg"]


async def test_several_hosts_open_one_pass(client: Client, organiser: Browser) -> None:
    _, token = await made(organiser)
    client.clock.at = MIDNIGHT
    for _ in range(3):
        await Visitor(client).do("/door-passes/open", {"token": token})

    teammate = await sign_in(client, Role.STOP_ORGANISER, stops=["saint-denis"], name="Ada Lenoir")
    [listed] = (await teammate.read(PASSES))["items"]
    assert listed["browsers"] == 3


async def test_a_pass_opens_on_its_day_only(client: Client, organiser: Browser) -> None:
    _, token = await made(organiser)
    client.clock.at = MIDNIGHT - timedelta(seconds=1)
    early = await Visitor(client).post("/door-passes/open", json={"token": token})
    assert early.json()["type"] == "/problems/door-not-yet"

    client.clock.at = MIDNIGHT + timedelta(days=1)
    late = await Visitor(client).post("/door-passes/open", json={"token": token})
    unknown = await Visitor(client).post("/door-passes/open", json={"token": "x" * 43})

    assert late.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}
    assert late.json()["type"] == "/problems/door-pass-unknown"


async def test_a_pass_revoked_shuts_its_browsers_at_once(
    client: Client, organiser: Browser
) -> None:
    told, token = await made(organiser, day="2026-11-23")
    host = Visitor(client)
    await host.do("/door-passes/open", {"token": token})

    path = f"{PASSES}/{told['id']}"
    assert (await organiser.delete(path)).status_code == 204

    assert (await host.get("/me")).status_code == 401
    assert (await Visitor(client).post("/door-passes/open", json={"token": token})).is_error
    assert (await organiser.delete(path)).status_code == 404
    assert (await organiser.read(PASSES))["items"] == []


async def test_a_day_that_is_over_there_has_no_pass(organiser: Browser) -> None:
    answer = await organiser.post(PASSES, json={**REUNION, "day": "2026-11-22"})
    assert answer.json()["type"] == "/problems/day-is-over"
    unknown = await organiser.post(PASSES, json={**REUNION, "zone": "Indian/Atlantis"})
    assert unknown.status_code == 422


async def test_the_door_of_another_stop_is_not_theirs(client: Client, organiser: Browser) -> None:
    told, _ = await made(organiser)
    other = await sign_in(client, Role.STOP_ORGANISER, stops=["lille"], name="Ada Lenoir")

    for answer in (
        await other.post(PASSES, json=REUNION),
        await other.get(PASSES),
        await other.delete(f"{PASSES}/{told['id']}"),
    ):
        assert answer.status_code == 403
    foreign = f"/manage/stops/lille/door-passes/{told['id']}"
    assert (await other.delete(foreign)).status_code == 404
    coordinator = await sign_in(client, Role.COORDINATOR, name="Bea Roy")
    assert (await coordinator.get(PASSES)).json()["total"] == 1


async def test_a_host_of_a_day_is_no_member(client: Client, organiser: Browser) -> None:
    _, token = await made(organiser, day="2026-11-23")
    host = Visitor(client)
    await host.do("/door-passes/open", {"token": token})

    for method, path in (
        ("GET", "/me/sessions"),
        ("GET", "/me/passkeys"),
        ("POST", "/me/passkeys/options"),
        ("POST", "/me/authenticator"),
        ("POST", "/me/proofs/options"),
        ("GET", "/manage/members"),
        ("GET", PASSES),
    ):
        answer = await host.request(method, path)
        assert answer.json()["type"] == "/problems/not-allowed", path
    await host.do("/me/session", method="DELETE")
    assert SESSION_COOKIE not in host.cookies


async def test_who_signs_out_of_a_door_is_host_no_more(client: Client, organiser: Browser) -> None:
    _, token = await made(organiser, day="2026-11-23")
    host, thief = Visitor(client), Visitor(client)
    await host.do("/door-passes/open", {"token": token})
    thief.cookies.set(SESSION_COOKIE, host.token or "")

    await host.do("/me/session", method="DELETE")

    assert (await thief.get("/me")).status_code == 401


async def test_the_secrets_of_a_door_are_stored_hashed(client: Client, organiser: Browser) -> None:
    _, token = await made(organiser, day="2026-11-23")
    host = Visitor(client)
    await host.do("/door-passes/open", {"token": token})

    tables = await ask(client, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        rows = repr([tuple(row) for row in await ask(client, f"SELECT * FROM {table}")])
        for secret in (token, host.token or ""):
            assert secret not in rows, table


async def test_doors_of_days_gone_by_are_forgotten(client: Client, organiser: Browser) -> None:
    await made(organiser, day="2026-11-23")
    async with client.database.unit_of_work() as session:
        await doors.forget_old(session, now=client.clock.now() + timedelta(days=32))
    assert await ask(client, "SELECT 1 FROM door_pass") == []
