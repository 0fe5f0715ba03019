"""Who came: the live figures, the chairs of those who did not, and the sheets."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from etape.identity.members.schemas import Role
from support.app import Client
from support.desk import Desk
from support.door import JOIN, NINE, Door, day_of
from support.team import sign_in

RELEASE = "/manage/stops/essai/sessions/plenary/door-release"


@pytest.fixture
async def door(desk: Desk) -> AsyncIterator[Door]:
    """Ada, Bea and Cleo have the three chairs of the plenary; Dora, Eve and Fay wait, in order."""
    async with day_of(desk) as door:
        door.pass_time(-60 * 24 * 10)
        for name in ("Ada", "Bea", "Cleo", "Dora", "Eve", "Fay"):
            await desk.register(name, "plenary")
        door.pass_time(-30)
        yield door


async def release(door: Door) -> Any:
    return await door.browser.post(RELEASE)


async def join_path(door: Door, name: str) -> str:
    """The address of the join page's data, out of what somebody's registration shows."""
    seats = (await door.desk.read(name))["seats"]
    [url] = {seat["join_url"] for seat in seats if seat["join_url"]}
    return "/api/v1/join/" + str(url).partition("/rejoindre/")[2]


async def test_the_figures_follow_who_comes(door: Door) -> None:
    await door.admit("Ada", at=NINE - timedelta(minutes=12))
    await door.admit("Bea", at=NINE - timedelta(minutes=11))
    await door.admit("Dora", at=NINE - timedelta(minutes=4))

    told = await door.arrivals()

    assert told["people"] == 2
    plenary = told["sessions"][0]
    assert (plenary["expected"], plenary["arrived"], plenary["waiting_at_door"]) == (3, 2, 1)
    assert not plenary["releasable"], "it is not ten past nine"
    assert [point["count"] for point in told["flow"]] == [2]
    assert told["doubles"] == []


async def test_free_chairs_go_to_those_at_the_door_by_rank_and_to_nobody_else(door: Door) -> None:
    for name in ("Ada", "Fay", "Eve"):
        await door.admit(name)
    door.pass_time(9)
    assert (await release(door)).json()["type"] == "/problems/nothing-to-release"
    door.pass_time(10)
    assert (await door.arrivals())["sessions"][0]["releasable"]

    answer = await release(door)

    assert answer.json() == {"session": "plenary", "given": ["Eve", "Fay"], "left": 0}
    seats = {name: await door.desk.seats(name) for name in ("Ada", "Bea", "Cleo", "Dora", "Eve")}
    assert seats["Ada"]["plenary:on_site"] == "confirmed"
    assert seats["Eve"] == {"plenary:on_site": "confirmed"}, "the seat online meanwhile is left"
    assert seats["Dora"]["plenary:on_site"] == "waiting 1", "she is not here, and keeps her rank"
    lost = {seats[name]["plenary:on_site"] for name in ("Bea", "Cleo")}
    assert lost == {"waiting 2", "waiting 3"}, "who held a chair and did not come waits last"
    assert await door.desk.counters("plenary") == (3, 3)
    assert await door.desk.flaws() == {}
    assert (await door.arrivals())["sessions"][0]["arrived"] == 3

    late = await door.admit("Cleo", at=NINE + timedelta(minutes=20))
    assert late["outcome"] == "waiting"
    again = await release(door)
    assert again.json() == {"session": "plenary", "given": [], "left": 1}, "nobody here loses one"


async def test_only_as_many_chairs_pass_on_as_are_wanted_the_last_taken_first(door: Door) -> None:
    await door.admit("Dora")
    door.pass_time(15)

    assert (await release(door)).json()["given"] == ["Dora"]

    left = {name: (await door.desk.seats(name))["plenary:on_site"] for name in ("Ada", "Bea")}
    assert left == {"Ada": "confirmed", "Bea": "confirmed"}
    assert (await door.desk.seats("Cleo"))["plenary:on_site"] == "waiting 3"


async def test_a_stop_that_does_not_say_so_keeps_its_chairs(desk: Desk) -> None:
    async with day_of(desk, door_release_minutes=None) as door:
        door.pass_time(20)
        refused = await release(door)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-release")


async def test_who_is_erased_is_nobody_at_the_door_and_not_somebody_who_entered_twice(
    door: Door,
) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await door.admit(name)
    for name in ("Ada", "Bea"):
        await door.desk.http.delete(f"{await door.desk.path(name)}/data")

    told = await door.arrivals()

    assert (told["people"], told["doubles"]) == (1, [])


async def test_opening_the_join_link_is_the_check_in_and_looking_at_it_is_not(door: Door) -> None:
    desk = door.desk
    path = await join_path(door, "Dora")
    door.pass_time(-31)
    early = await desk.http.post(path)
    assert early.json()["type"] == "/problems/join-not-open"
    door.pass_time(-30)

    shown = await desk.http.get(path)
    assert shown.status_code == 200, "a scanner of mail opens it"
    assert JOIN not in shown.text
    assert (await door.arrivals())["sessions"][0]["online_arrived"] == 0

    for _ in range(2):
        opened = await desk.http.post(path)
        assert opened.json() == {"join_url": JOIN}
        assert opened.headers["cache-control"] == "no-store"
    told = await door.arrivals()
    assert (told["sessions"][0]["online_expected"], told["sessions"][0]["online_arrived"]) == (3, 1)
    assert (told["people"], told["doubles"]) == (0, [])

    assert (await desk.http.post(path[:-1] + "!")).status_code == 404
    other = path.replace("/plenary/", "/workshop/")
    assert (await desk.http.post(other)).status_code == 404, "the link of one session"
    door.pass_time(60)
    assert (await desk.http.post(path)).status_code == 409
    assert (await desk.cancel("Dora")).status_code == 204
    assert (await desk.http.get(path)).json()["type"] == "/problems/registration-cancelled"


async def test_a_link_to_join_is_no_use_to_who_has_a_chair(door: Door) -> None:
    path = await join_path(door, "Dora")
    await door.admit("Dora")
    door.pass_time(10)
    await release(door)
    refused = await door.desk.http.post(path)
    assert refused.json()["type"] == "/problems/join-not-open"


async def test_the_sheet_says_who_came_when_and_by_which_door(door: Door) -> None:
    client = door.desk.http
    assert isinstance(client, Client)
    await door.desk.register("=Gus", "workshop", email="gus@hopital.example")
    await door.admit("Ada", at=NINE - timedelta(minutes=12))
    await client.post(await join_path(door, "Dora"))

    async with await sign_in(client, Role.STOP_ORGANISER, stops=["essai"], name="Ola") as browser:
        answer = await browser.get("/manage/stops/essai/attendance.csv")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    lines = {(row["name"], row["mode"]): row for row in rows}
    assert lines["Ada", "on_site"]["arrived_at"] == (NINE - timedelta(minutes=12)).isoformat()
    assert lines["Ada", "on_site"]["device"] == "Nord"
    assert lines["Bea", "on_site"]["arrived_at"] == ""
    assert lines["Dora", "online"]["means"] == "link"
    assert lines["Dora", "on_site"]["arrived_at"] == ""
    assert "'=Gus" in {row["name"] for row in rows}, "no spreadsheet runs a name"
    acts = await door.desk.ask("SELECT act FROM journal WHERE noun = 'scan' ORDER BY id")
    assert acts[-1].act == "exported"


async def test_badges_and_sheets_are_printed_for_those_expected_on_site(door: Door) -> None:
    client = door.desk.http
    assert isinstance(client, Client)
    await door.desk.register("#Zoé *Gras*", "workshop", email="zoe@hopital.example")
    await door.admit("Ada", at=NINE - timedelta(minutes=12))

    async with await sign_in(client, Role.STOP_ORGANISER, stops=["essai"], name="Ola") as browser:
        badges = await browser.get("/manage/stops/essai/badges.pdf")
        sheet = await browser.get("/manage/stops/essai/attendance.pdf")

    told = [said(badges.content), said(sheet.content)]
    assert badges.headers["content-type"] == "application/pdf"
    for name in ("Ada", "Bea", "Cleo", "#Zoé *Gras*"):
        assert all(name in text for text in told), "set as it is written, whatever it is"
    assert "Dora" not in told[0] + told[1], "who waits has no badge yet"
    assert "8 h 48" in told[1]
    assert "Signature" in told[1]


def said(pdf: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
