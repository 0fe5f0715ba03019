"""What changed in a call is public, dated and in words; and so is any two days' difference."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from etape.funding.calls.schemas import CallContent
from etape.funding.history import rules
from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import sign_in

CALL, READ = "calls/un-appel", "/calls/un-appel"
FIRST = {
    "kind": "aap",
    "name": {"fr": "Un appel"},
    "amount_max_cents": 1_000_000_00,
    "waves": [{"rank": 1, "closes": {"at": "2027-03-24T12:00:00"}}],
    "funds": [{"text": {"fr": "Du matériel."}}],
}
SECOND = {
    **FIRST,
    "amount_max_cents": 1_200_000_50,
    "waves": [{"rank": 1, "closes": {"at": "2027-06-01T12:00:00"}}],
    "funds": [{"text": {"fr": "Du temps."}}, {"text": {"fr": "Des études."}}],
    "promise": {"fr": "Pour essayer."},
}


def bare(sentence: str) -> str:
    """Spaces that do not break are read as spaces."""
    return sentence.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


async def publish(client: Client, content: dict[str, Any] | None, *, after: timedelta) -> None:
    """Have somebody publish the call a while later; None withdraws it."""
    client.clock.at += after
    name = f"Editor {client.clock.at:%d%H}"
    async with await sign_in(client, Role.FUNDING_EDITOR, name=name) as browser:
        if content is None:
            await Editor(browser).act(CALL, method="DELETE")
        else:
            await Editor(browser).publish(CALL, content)


def french(told: dict[str, Any]) -> list[str]:
    return [bare(sentence["fr"]) for sentence in told["sentences"]]


async def test_each_publication_says_in_words_what_it_changed(client: Client) -> None:
    await publish(client, FIRST, after=timedelta())
    await publish(client, SECOND, after=timedelta(days=2))

    page = await client.read(f"{READ}/changes")

    assert [change["version"] for change in page["items"]] == [2, 1]
    assert french(page["items"][0]) == [
        "La clôture passe du 24 mars 2027 à 12 h au 1er juin 2027 à 12 h.",
        "Aide la plus élevée par projet : 1 200 000,50 €, au lieu de 1 000 000 €.",
        "Ce qui est financé : 2 ajouts, 1 retrait.",
        "Résumé : nouvelle version.",
    ]
    assert page["items"][0]["sentences"][1]["en"].startswith(
        "Most aid for one project: €1,200,000.50"
    )
    assert french(page["items"][1]) == ["L’appel est publié ici."]
    assert "by" not in repr(page), "who published is the team's business"
    first = await client.read(f"{READ}/changes", limit=1)
    then = await client.read(f"{READ}/changes", limit=1, cursor=first["next"])
    assert first["items"] + then["items"] == page["items"]


async def test_any_two_days_are_compared(client: Client) -> None:
    start = client.clock.at.date()
    await publish(client, FIRST, after=timedelta())
    await publish(client, SECOND, after=timedelta(days=2))
    await publish(client, {**FIRST, "promise": {"fr": "Autre."}}, after=timedelta(days=2))

    async def between(since: int, until: int) -> list[str]:
        days = {"since": start + timedelta(since), "until": start + timedelta(until)}
        return french(await client.read(f"{READ}/difference", **days))

    assert await between(-1, 0) == ["L’appel est publié ici."]
    assert await between(0, 1) == []
    assert len(await between(1, 2)) == 4
    assert await between(1, 4) == ["Résumé : nouvelle version."]
    assert await between(-9, -3) == []
    assert french(await client.read(f"{READ}/difference")) == ["L’appel est publié ici."]


WAVES = [
    (
        [{"rank": 1, "closes": {"on": "2027-03-01", "precision": "month"}}],
        ["Clôture : mars 2027, au lieu de 24 mars 2027 à 12 h."],
    ),
    ([], ["La vague 1 est retirée."]),
    (
        [*FIRST["waves"], {"rank": 2, "closes": {"on": "2027-09-01"}}],
        ["Nouvelle vague 2, clôture : 1er septembre 2027."],
    ),
    (
        [{**FIRST["waves"][0], "opens": {"on": "2027-01-04"}}],
        ["Ouverture de la vague 1 : 4 janvier 2027, au lieu de une date non précisée."],
    ),
    ([{**FIRST["waves"][0], "grace_minutes": 30}], ["Vague 1 : nouvelle version."]),
]


@pytest.mark.parametrize(("waves", "said"), WAVES)
async def test_each_change_of_a_wave_is_said(
    client: Client, waves: list[dict[str, Any]], said: list[str]
) -> None:
    await publish(client, FIRST, after=timedelta())
    await publish(client, {**FIRST, "waves": waves}, after=timedelta(hours=1))
    assert french((await client.read(f"{READ}/changes"))["items"][0]) == said


async def test_a_halt_and_its_end_are_said(client: Client) -> None:
    halt = {"state": "suspended", "since": {"on": "2026-11-01"}, "reason": {"fr": "Refonte."}}
    for content in (FIRST, {**FIRST, "halt": halt}, FIRST):
        await publish(client, content, after=timedelta(hours=1))
    goes_on, stops, _ = (await client.read(f"{READ}/changes"))["items"]
    assert french(stops) == ["L’appel est suspendu : Refonte."]
    assert french(goes_on) == ["L’appel reprend."]


def test_every_field_of_a_call_has_its_words() -> None:
    named = {"waves", "halt", "questions", *rules.FIELDS}
    assert named == set(CallContent.model_fields) - {"slug"}


async def test_what_is_not_published_has_no_history(client: Client) -> None:
    await publish(client, FIRST, after=timedelta())
    await publish(client, None, after=timedelta(hours=1))
    for path in (f"{READ}/changes", "/calls/nothing/changes"):
        assert (await client.get(f"/api/v1{path}")).status_code == 404
    days = {"since": "2026-01-01", "until": "2026-12-01"}
    answer = await client.get(f"/api/v1{READ}/difference", params=days)
    assert answer.status_code == 404


async def test_a_source_tells_what_changed_before_we_were_here(client: Client) -> None:
    [amendment] = (await client.read("/calls/grand-defi-hdh"))["amendments"]
    assert amendment["effective"] == {"on": "2020-01-01", "precision": "year"}
    assert amendment["source"] == "hdh-cahier-des-charges"


ATOM = "{http://www.w3.org/2005/Atom}"


async def feed(client: Client, path: str) -> ET.Element:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    return ET.fromstring(answer.content)


def texts(parent: ET.Element, name: str) -> list[str]:
    return [bare(found.text or "") for found in parent.iter(f"{ATOM}{name}")]


async def test_a_call_is_followed_by_one_entry_for_each_publication(client: Client) -> None:
    await publish(client, FIRST, after=timedelta())
    await publish(client, SECOND, after=timedelta(days=2))

    told = await feed(client, "/feeds/calls/un-appel.atom")

    newest, first = told.iter(f"{ATOM}entry")
    assert texts(newest, "title") == [
        "Un appel : La clôture passe du 24 mars 2027 à 12 h au 1er juin 2027 à 12 h."
    ]
    [content] = texts(newest, "content")
    assert content.splitlines()[-1] == "Résumé : nouvelle version."
    assert texts(first, "title") == ["Un appel : L’appel est publié ici."]
    assert texts(newest, "updated")[0] > texts(first, "updated")[0]
    ids = texts(told, "id")
    assert len(set(ids)) == len(ids) == 3
    assert all(each.startswith("urn:uuid:") for each in ids)
    links = {link.get("rel"): link.get("href") for link in told.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost:8000/feeds/calls/un-appel.atom",
        "alternate": "http://localhost:8000/appels/un-appel",
    }
    again = await feed(client, "/feeds/calls/un-appel.atom")
    assert ET.tostring(again) == ET.tostring(told), "nothing is new"


async def test_all_the_calls_are_followed_in_one_feed_in_either_language(client: Client) -> None:
    await publish(client, FIRST, after=timedelta(days=1))
    await publish(client, SECOND, after=timedelta(days=1))

    french, english = [
        await feed(client, f"/feeds/calls.atom?lang={lang}") for lang in ("fr", "en")
    ]

    assert texts(french, "title")[1].startswith("Un appel : La clôture passe du")
    assert texts(english, "title")[:2] == [
        "What changes in the calls",
        "Un appel : The closing moves from 24 March 2027, 12:00 to 1 June 2027, 12:00.",
    ]
    calls = (await client.read("/calls", limit=100))["total"]
    assert len(list(french.iter(f"{ATOM}entry"))) == calls + 1
    assert texts(french, "updated") == sorted(texts(french, "updated"), reverse=True)
    assert len(set(texts(french, "id"))) == calls + 2

    await publish(client, None, after=timedelta(hours=1))
    assert "Un appel" not in "".join(texts(await feed(client, "/feeds/calls.atom"), "title"))
    assert (await client.get("/feeds/calls/un-appel.atom")).status_code == 404
