"""The journal tells in words who did what and who looked, and an altered one is found out."""

from collections.abc import AsyncIterator
from datetime import timedelta

import psycopg
import pytest

from etape.core import journal
from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import Browser, sign_in

CALL = "calls/un-appel"
BARE = {"kind": "aap", "name": {"fr": "Un appel"}}


@pytest.fixture
async def odile(client: Client) -> AsyncIterator[Browser]:
    async with await sign_in(client, Role.COORDINATOR, name="Odile Martin") as browser:
        yield browser


async def test_the_journal_says_who_did_what_in_the_language_of_who_reads(odile: Browser) -> None:
    await Editor(odile).publish(CALL, BARE)
    await Editor(odile).act(CALL, method="DELETE")

    french = await odile.read("/manage/journal", noun="call", slug="un-appel")
    english = await odile.get(
        "/manage/journal?noun=call&slug=un-appel", headers={"Accept-Language": "en"}
    )

    assert [each["sentence"] for each in french["items"]] == [
        "Odile Martin a retiré l’appel « un-appel ».",
        "Odile Martin a publié l’appel « un-appel ».",
    ]
    assert english.json()["items"][1]["sentence"] == "Odile Martin published the call “un-appel”."
    assert {"kind", "name"} <= {each["field"] for each in french["items"][1]["changes"]}


async def test_what_has_two_words_is_in_it_and_filters_it(client: Client, odile: Browser) -> None:
    today = str(client.clock.now().date())
    made = await odile.post("/manage/stops/essai/door-passes", json={"day": today})
    assert made.status_code == 201, made.text

    whole = await odile.read("/manage/journal")
    passes = await odile.read("/manage/journal", noun="door_pass")

    assert [each["sentence"] for each in passes["items"]] == [
        "Odile Martin a créé un accès de pointage."
    ]
    assert passes["items"][0] in whole["items"]


async def test_it_is_filtered_by_person_noun_and_day(client: Client, odile: Browser) -> None:
    await Editor(odile).publish(CALL, BARE)
    async with await sign_in(client, Role.FUNDING_EDITOR, name="Paul Petit") as paul:
        await Editor(paul).publish(CALL, {**BARE, "kind": "ami"})
        by_paul = await odile.read("/manage/journal", member=str(paul.member_id))
    assert [each["sentence"] for each in by_paul["items"]] == [
        "Paul Petit a modifié l’appel « un-appel »."
    ]
    today = client.clock.now().date()
    for since, until, expected in (
        (today, today, 2),
        (today + timedelta(days=1), today + timedelta(days=9), 0),
        (today - timedelta(days=9), today - timedelta(days=1), 0),
    ):
        days = {"since": str(since), "until": str(until), "slug": "un-appel"}
        found = await odile.read("/manage/journal", **days)
        assert found["total"] == expected, days


async def test_who_read_the_journal_and_the_registered_is_in_it(odile: Browser) -> None:
    await odile.read("/manage/stops/azimut-lille/registrations")
    await odile.get("/manage/stops/azimut-lille/registrations.csv")
    await odile.read("/manage/journal")
    told = await odile.read("/manage/journal", member=str(odile.member_id))
    assert [each["sentence"] for each in told["items"]] == [
        "Odile Martin a consulté le journal.",
        "Odile Martin a exporté les inscrits « azimut-lille ».",
        "Odile Martin a consulté les inscrits « azimut-lille ».",
    ]


async def test_it_is_for_coordinators(client: Client) -> None:
    assert (await client.get("/api/v1/manage/journal")).status_code == 401
    async with await sign_in(client, Role.FUNDING_EDITOR) as editor:
        assert (await editor.get("/manage/journal")).status_code == 403


async def test_a_journal_that_somebody_altered_is_found_out(client: Client, odile: Browser) -> None:
    await Editor(odile).publish(CALL, BARE)
    while await journal.settle(client.database):
        pass
    assert await journal.verify(client.database) is None
    with psycopg.connect(client.database.url) as connection:
        connection.execute("UPDATE journal SET actor = 'nobody' WHERE position = 5")
    assert await journal.verify(client.database) == 5
