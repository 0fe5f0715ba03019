"""A call on one page of paper: what decides, in both languages, however much or little is said."""

from typing import Any

import pytest

from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.pdf import pages_of
from support.team import sign_in

NOON = {"at": "2027-03-24T12:00:00", "zone": "Europe/Paris"}
SOURCE = {"title": "Le cahier des charges", "publisher": "Agence", "kind": "official"}
LONG = "Un accompagnement long et précis, dont chaque mot compte pour qui décide. "


async def publish(client: Client, **content: Any) -> None:
    async with await sign_in(client, Role.FUNDING_EDITOR) as browser:
        editor = Editor(browser)
        await editor.publish("sources/cahier", {**SOURCE, "published": {"on": "2026-10-02"}})
        called = {"kind": "aap", "name": {"fr": "Un appel", "en": "A call"}, **content}
        await editor.publish("calls/un-appel", called)


async def sheet(client: Client, slug: str = "un-appel", **query: str) -> str:
    """The words of a call's sheet, which is one page."""
    answer = await client.get(f"/sheets/calls/{slug}.pdf", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    [page] = pages_of(answer.content)
    return page


def missing(words: tuple[str, ...], page: str) -> list[str]:
    return [each for each in words if each not in page]


async def test_a_sheet_says_what_decides_and_where_to_read_on(client: Client) -> None:
    await publish(
        client,
        waves=[{"rank": 1, "opens": {"on": "2026-11-01"}, "closes": NOON}],
        funds=[{"text": {"fr": "Les essais.", "en": "Trials."}}],
        excludes=[{"text": {"fr": "Les travaux."}}],
        applicants=["association"],
        rates=[{"label": {"fr": "Associations"}, "percent": 70, "ceiling_cents": 50_000_000}],
        amount_max_cents=1_250_000_50,
        contact={"name": "Le guichet", "phone": "01 99 00 00 00", "email": "a@example.org"},
        documents=[{"title": {"fr": "Règlement", "en": "Rulebook"}, "url": None}],
        stated={"sources": ["cahier"]},
    )
    french, english = await sheet(client), await sheet(client, lang="en")

    said = ("Appel à projets", "Un appel", "Ouvert", "24 mars 2027 à 12 h (heure de Paris)")
    said += ("jusqu’à 1 250 000,50 €", "70 % (Associations, jusqu’à 500 000 €)", "Les essais.")
    said += ("Les travaux.", "Association", "Le guichet, 01 99 00 00 00, a@example.org")
    said += ("Règlement", "Le cahier des charges, Agence, 2 octobre 2026")
    said += ("http://localhost:8000/appels/un-appel", "Imprimé le 23 novembre 2026")
    assert missing(said, french) == []
    told = ("Call for projects", "A call", "24 March 2027, 12:00 (Paris time)", "Trials.")
    told += ("up to €1,250,000.50", "Rulebook", "http://localhost:8000/en/appels/un-appel")
    told += ("Printed on 23 November 2026", "Les travaux.")
    assert missing(told, english) == []


async def test_a_call_of_which_almost_nothing_is_stated_says_so(client: Client) -> None:
    await publish(client)
    page = await sheet(client)
    assert page.count("non précisé") >= 8
    assert "Non précisé" in page, "its state too"
    assert page.count("not stated") == 0
    assert "État Not stated Closes not stated" in (await sheet(client, lang="en")).replace(
        "State", "État"
    )


@pytest.mark.parametrize(
    ("closes", "said"),
    [
        ({"on": "2027-03-24"}, "24 mars 2027, heure non précisée"),
        ({"on": "2027-03-01", "precision": "month"}, "mars 2027"),
    ],
)
async def test_an_hour_that_nobody_states_is_not_invented(
    client: Client, closes: dict[str, Any], said: str
) -> None:
    await publish(client, waves=[{"rank": 1, "closes": closes}])
    page = await sheet(client)
    assert f"Clôture {said} Montant" in page


async def test_long_lists_and_long_texts_still_make_one_page(client: Client) -> None:
    many = [{"text": {"fr": f"{rank}. {LONG * 5}"}} for rank in range(1, 31)]
    await publish(
        client,
        name={"fr": LONG * 30},
        promise={"fr": LONG * 30},
        funds=many,
        excludes=many,
        conditions=many,
        rates=[{"label": {"fr": LONG * 3}, "percent": rank} for rank in range(1, 31)],
        contact={"name": "Le guichet", "role": {"fr": LONG * 30}},
        halt={"state": "suspended", "since": {"on": "2026-11-01"}, "reason": {"fr": LONG * 40}},
    )
    page = await sheet(client)

    assert page.count("autres : voir la page") == 3, "what has no room is counted"
    assert "Suspendu depuis le 1er novembre 2026" in page
    assert "Les sources" in page, "and nothing that comes after is lost"


async def test_every_call_of_the_demo_has_its_page_in_both_languages(client: Client) -> None:
    for each in (await client.read("/calls", limit=100))["items"][:12]:
        for language in ("fr", "en"):
            page = await sheet(client, each["slug"], lang=language)
            assert ("nothing of this exists" in page) is (each["fictitious"] and language == "en")


async def test_there_is_no_sheet_of_nothing(client: Client) -> None:
    assert (await client.get("/sheets/calls/nothing.pdf")).status_code == 404
    assert (await client.get("/sheets/calls/azimut-terrains.pdf?lang=de")).status_code == 422
