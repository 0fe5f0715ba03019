"""Accessibility needs: asked for from the link, answered by the team of that stop, sealed, gone."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from etape.identity.members.schemas import Role
from support.app import SECRET, running
from support.command import Place
from support.desk import Desk, a_session
from support.team import Browser, sign_in

WORDS = "Boucle magnétique, et une assistante"
OFFERED = "Un casque relié à la régie"
MANAGED = "/manage/stops/essai/needs"
OVER = datetime.fromisoformat("2027-01-12T23:30:00+01:00")
"""The last evening of the stop, there."""


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(a_session("plenary", on_site={"capacity": 3}))
    await desk.register("Ada", "plenary")
    return desk


@pytest.fixture
async def odile(stop: Desk) -> Browser:
    """The organiser of the stop."""
    return await sign_in(stop.http, Role.STOP_ORGANISER, stops=["essai"])


async def ask(stop: Desk, name: str = "Ada", **need: Any) -> Response:
    wanted = {"kind": "other", "words": WORDS, **need}
    return await stop.http.post(f"{await stop.path(name)}/needs", json=wanted)


async def needs(stop: Desk, name: str = "Ada") -> list[Any]:
    answer = await stop.http.get(f"{await stop.path(name)}/needs")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    told: list[Any] = answer.json()["needs"]
    return told


async def test_a_need_is_asked_for_answered_told_by_a_discreet_letter_and_seen(
    database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now, with_worker=True) as client:
        stop = Desk.of(client)
        await stop.publish(a_session("plenary", on_site={"capacity": 3}))
        await stop.register("Ada", "plenary")
        asked = await ask(stop)
        assert (asked.status_code, set(asked.json())) == (201, {"id"})
        [before] = await needs(stop)
        odile = await sign_in(client, Role.STOP_ORGANISER, stops=["essai"])
        path = f"{MANAGED}/{asked.json()['id']}"
        answer = {"state": "impossible", "alternative": OFFERED}
        assert (await odile.patch(path, json=answer)).status_code == 204
        await stop.until("SELECT id FROM outgoing_mail WHERE subject LIKE '%réponse%'")
        assert (await odile.patch(path, json=answer)).status_code == 204

        [after] = await needs(stop)
        [line] = (await odile.read(MANAGED))["items"]
        letters = await stop.ask("SELECT source FROM outgoing_mail WHERE subject LIKE '%réponse%'")

    assert (before["state"], before["words"], before["owner"]) == ("requested", WORDS, None)
    assert (after["state"], after["alternative"]) == ("impossible", OFFERED)
    assert after["owner"] == "Odile Martin"
    assert (line["name"], line["words"], line["alternative"]) == ("Ada", WORDS, OFFERED)
    assert len(letters) == 1, "the same answer twice is told once"
    assert not re.search("magn|casque", letters[0].source.decode())


async def test_what_is_needed_is_said_and_what_cannot_be_is_replaced(
    stop: Desk, odile: Browser
) -> None:
    assert (await ask(stop, words=None)).status_code == 422
    need = (await ask(stop, kind="captioning", words=None)).json()["id"]
    for answer in ({"state": "impossible"}, {"state": "confirmed", "alternative": OFFERED}):
        assert (await odile.patch(f"{MANAGED}/{need}", json=answer)).status_code == 422
    path = f"{await stop.path('Ada')}/needs/{need}"
    assert [(await stop.http.delete(path)).status_code for _ in range(2)] == [204, 404]
    assert await needs(stop) == []
    codes = [(await ask(stop)).status_code for _ in range(11)]
    assert codes == [201] * 10 + [409]
    await stop.cancel("Ada")
    assert (await odile.read(MANAGED))["items"] == [], "nobody prepares for who does not come"
    assert (await ask(stop)).status_code == 410


async def test_only_the_team_of_that_stop_reads_and_the_journal_says_who(
    stop: Desk, odile: Browser
) -> None:
    need = (await ask(stop)).json()["id"]
    other = await sign_in(stop.http, Role.STOP_ORGANISER, stops=["ailleurs"], name="Paul Autre")
    host = await sign_in(stop.http, Role.HOST, stops=["essai"], name="Hugo Hôte")
    for browser in (other, host):
        confirmed = {"state": "confirmed"}
        answers = [
            await browser.get(MANAGED),
            await browser.patch(f"{MANAGED}/{need}", json=confirmed),
        ]
        assert [answer.status_code for answer in answers] == [403, 403]
    owned = {"state": "confirmed", "owner": str(other.member_id)}
    refused = await odile.patch(f"{MANAGED}/{need}", json=owned)
    assert refused.json()["type"] == "/problems/owner-elsewhere"
    owned["owner"] = str(odile.member_id)
    assert (await odile.patch(f"{MANAGED}/{need}", json=owned)).status_code == 204
    await odile.read(MANAGED)

    acts = await stop.ask(
        "SELECT actor, act FROM journal WHERE noun = 'accessibility_need' ORDER BY id"
    )
    hers = f"member:{odile.member_id}"
    assert [tuple(act) for act in acts] == [
        ("anonymous", "asked"),
        (hers, "answered"),
        (hers, "listed"),
    ]


async def test_a_need_is_entrusted_to_a_colleague_and_the_answer_stays(
    stop: Desk, odile: Browser
) -> None:
    need = (await ask(stop)).json()["id"]
    path = f"{MANAGED}/{need}"
    answer = {"state": "impossible", "alternative": OFFERED}
    assert (await odile.patch(path, json=answer)).status_code == 204
    paul = await sign_in(stop.http, Role.COORDINATOR, name="Paul Autre")
    await sign_in(stop.http, Role.HOST, stops=["essai"], name="Hugo Hôte")
    await sign_in(stop.http, Role.STOP_ORGANISER, stops=["ailleurs"], name="Rose Loin")
    owners = (await odile.read(f"{MANAGED}/owners"))["items"]
    assert owners == [
        {"id": str(odile.member_id), "name": "Odile Martin"},
        {"id": str(paul.member_id), "name": "Paul Autre"},
    ]

    entrusted = await odile.patch(path, json={"owner": owners[1]["id"]})

    assert entrusted.status_code == 204
    [line] = (await paul.read(MANAGED))["items"]
    assert (line["owner"], line["owner_id"]) == ("Paul Autre", owners[1]["id"])
    assert (line["state"], line["alternative"]) == ("impossible", OFFERED)
    assert [(await paul.patch(path, json={})).status_code] == [422]
    letters = await stop.ask("SELECT 1 FROM procrastinate_jobs WHERE task_name ~ 'need'")
    assert len(letters) == 1, "of the answer alone"
    [row] = await stop.ask("SELECT changes FROM journal WHERE act = 'entrusted'")
    assert row.changes["owner"] == [str(odile.member_id), str(paul.member_id)]


async def test_a_need_of_another_registration_or_stop_is_unknown(
    stop: Desk, odile: Browser
) -> None:
    elsewhere = Desk(stop.http, stop.database, stop="ailleurs", secret=SECRET)
    await elsewhere.publish(a_session("plenary", on_site={"capacity": 3}))
    await elsewhere.register("Bea", "plenary")
    await stop.register("Cleo", "plenary")
    theirs = (await ask(elsewhere, "Bea")).json()["id"]
    mine = (await ask(stop)).json()["id"]

    for name, need in (("Cleo", mine), ("Ada", theirs)):
        gone = await stop.http.delete(f"{await stop.path(name)}/needs/{need}")
        assert gone.json()["type"] == "/problems/need-unknown"
    answered = await odile.patch(f"{MANAGED}/{theirs}", json={"state": "confirmed"})
    assert answered.json()["type"] == "/problems/need-unknown"
    assert len((await odile.read(MANAGED))["items"]) == 1


async def dumped(stop: Desk) -> str:
    """Every row of every table, as a dump has it, and its bytes read as text."""
    tables = await stop.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = []
    for (table,) in tables:
        for row in await stop.ask(f"SELECT * FROM {table}"):
            found += [
                bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
                for cell in row
            ]
    return "\n".join(found)


async def test_a_dump_tells_no_need_whatever_was_retried(stop: Desk, odile: Browser) -> None:
    path = f"{await stop.path('Ada')}/needs"
    key = {"Idempotency-Key": "one"}
    wanted = {"kind": "sign_language", "words": WORDS}
    [asked, again] = [await stop.http.post(path, json=wanted, headers=key) for _ in range(2)]
    assert asked.json() == again.json()
    answer = {"state": "impossible", "alternative": OFFERED}
    await odile.patch(f"{MANAGED}/{asked.json()['id']}", json=answer, headers=key)

    whole = await dumped(stop)

    assert "accessibility_need" in whole
    assert not re.search("magn|assistante|casque|sign_language", whole, re.IGNORECASE)


async def test_a_need_is_gone_seven_days_after_the_stop_for_all_before_it_is_deleted(
    stop: Desk, odile: Browser
) -> None:
    need = (await ask(stop)).json()["id"]
    stop.http.clock.at = OVER + timedelta(days=7)
    odile = await sign_in(stop.http, Role.STOP_ORGANISER, stops=["essai"], name="Zoé Martin")
    assert len(await needs(stop)) == len((await odile.read(MANAGED))["items"]) == 1
    assert (await ask(stop)).json()["type"] == "/problems/needs-closed"

    stop.http.clock.at += timedelta(hours=1)
    odile = await sign_in(stop.http, Role.STOP_ORGANISER, stops=["essai"], name="Léa Martin")

    assert await needs(stop) == (await odile.read(MANAGED))["items"] == []
    late = await odile.patch(f"{MANAGED}/{need}", json={"state": "confirmed"})
    assert late.json()["type"] == "/problems/need-unknown"


async def test_the_key_changes_while_people_read_and_the_former_one_then_opens_nothing(
    stop: Desk, database_url: str, now: datetime, tmp_path: Path
) -> None:
    """T35: what was sealed before opens with both secrets, then with the new one alone."""
    await ask(stop)
    token = await stop.token("Ada")
    new = "another secret, that nobody else knows either"
    both = {"ETAPE_SECRET": new, "ETAPE_FORMER_SECRET": SECRET}
    async with running(database_url, at=now, secret=new, former_secret=SECRET) as client:
        path = f"/registrations/{token}/needs"  # its digest is kept, whatever made it
        [read] = (await client.read(path))["needs"]
        assert read["words"] == WORDS

        place = Place(tmp_path, {"ETAPE_DATABASE_URL": database_url, **both})
        told = [place.run("reseal").stderr[:2] for _ in range(2)]

        assert told == ["1 ", "0 "]
    async with running(database_url, at=now, secret=new) as client:
        [read] = (await client.read(path))["needs"]
        assert read["words"] == WORDS
