"""The ledger: added to and never rewritten, in whole cents, the same whoever adds it up."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import Browser, sign_in

SOURCE = "azimut-annonce"
FIRST = date(2026, 1, 1)
KINDS = ("allocated", "committed", "awarded", "paid")
ENTRY = {
    "call": "azimut-metiers",
    "kind": "committed",
    "amount_cents": 125_050,
    "effective": {"on": "2026-09-30"},
    "source": SOURCE,
}
WHY = {"fr": "Un montant mal recopié.", "en": "An amount copied wrong."}
REVERSAL = {"effective": {"on": "2026-10-01"}, "source": SOURCE, "note": WHY}
numbers = count()


@pytest.fixture
async def browser(client: Client) -> AsyncIterator[Browser]:
    async with await sign_in(client, Role.FUNDING_EDITOR) as browser:
        yield browser


async def write(browser: Browser, **others: Any) -> dict[str, Any]:
    answer = await browser.post("/manage/ledger", json={**ENTRY, **others})
    assert answer.status_code == 201, answer.text
    written: dict[str, Any] = answer.json()
    return written


async def reverse(browser: Browser, entry: dict[str, Any], **others: Any) -> dict[str, Any]:
    wanted = {**REVERSAL, **others}
    answer = await browser.post(f"/manage/ledger/{entry['id']}/reversal", json=wanted)
    assert answer.status_code == 201, answer.text
    written: dict[str, Any] = answer.json()
    return written


async def listed(client: Client, **wanted: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    page = await client.read("/ledger", limit=3, **wanted)
    while page["next"] is not None:
        items += page["items"]
        page = await client.read("/ledger", limit=3, cursor=page["next"], **wanted)
    return items + page["items"]


async def test_an_entry_is_public_at_once_with_its_day_and_its_source(
    client: Client, browser: Browser
) -> None:
    written = await write(browser, wave=1, effective={"on": "2026-09-01", "precision": "month"})
    [read] = await listed(client, call="azimut-metiers")
    assert read == written
    assert read["subject"]["slug"] == "azimut-metiers"
    assert read["subject"]["wave"] == 1
    assert (read["amount_cents"], read["counts_from"]) == (125_050, "2026-09-30")
    assert read["source"]["slug"] == SOURCE
    assert read["fictitious"]


async def test_a_wave_that_money_belongs_to_is_not_removed(browser: Browser) -> None:
    editor = Editor(browser)
    await write(browser, wave=1)
    published = (await browser.read("/manage/calls/azimut-metiers"))["published"]
    drafted = await editor.draft("calls/azimut-metiers", {**published, "waves": []})
    assert drafted.status_code == 200, drafted.text
    refused = await editor.act("calls/azimut-metiers")
    assert refused.status_code == 409
    assert (refused.json()["type"], refused.json()["removed"]) == ("/problems/wave-named", [1, 2])
    kept = published["waves"][:1]
    await editor.draft("calls/azimut-metiers", {**published, "waves": kept})
    done = await editor.act("calls/azimut-metiers")
    assert done.status_code == 200, done.text


async def test_a_reversal_takes_away_and_both_stay(client: Client, browser: Browser) -> None:
    wrong = await write(browser)
    reversal = await reverse(browser, wrong)
    assert reversal["reverses"] == wrong["id"]
    latest, first = await listed(client, call="azimut-metiers")
    assert (first["id"], first["reversed_by"]) == (wrong["id"], reversal["id"])
    assert (latest["note"], latest["amount_cents"]) == (WHY, 125_050)
    assert await committed(client, as_of="2026-09-30") == 125_050
    assert await committed(client, as_of="2026-10-01") is None


async def committed(client: Client, call: str = "azimut-metiers", **asked: Any) -> int | None:
    budget = await client.read("/programmes/azimut/budget", **asked)
    total = next(each for each in budget["calls"] if each["slug"] == call)["committed"]
    return total["cents"] if total else None


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"amount_cents": 10.5}, 422, "Un nombre entier est attendu."),
    ({"amount_cents": 1000.0}, 422, "Un nombre entier est attendu."),
    ({"amount_cents": 0}, 422, "La valeur minimale est 1."),
    ({"amount_cents": -5}, 422, "La valeur minimale est 1."),
    ({"amount_cents": 10**14 + 1}, 422, "La valeur maximale est"),
    ({"call": None}, 422, "nommez-en une, et une seule"),
    ({"envelope": "azimut-donnees"}, 422, "nommez-en une, et une seule"),
    ({"call": None, "envelope": "azimut-donnees", "wave": 1}, 422, "nommez-en une"),
    ({"call": None, "award": "aucune", "kind": "awarded"}, 422, "est écrit sur sa fiche"),
    ({"kind": "left"}, 422, "Choix possibles"),
    ({"effective": {"on": "2026-11-24"}}, 422, "pas encore passée"),
    ({"effective": {"on": "2026-11-01", "precision": "month"}}, 422, "pas encore passée"),
    ({"source": None}, 422, "attendu"),
    ({"call": "nobody"}, 409, "« nobody » n’est pas publié."),
    ({"source": "nobody"}, 409, "« nobody » n’est pas publié."),
    ({"wave": 9}, 409, "pas de vague de ce rang"),
]


async def test_what_cannot_be_written_is_refused_with_what_to_do(
    client: Client, browser: Browser
) -> None:
    for wrong, status, sentence in REFUSED:
        answer = await browser.post("/manage/ledger", json={**ENTRY, **wrong})
        assert answer.status_code == status, wrong
        problem = answer.json()
        said = [problem["detail"], *(error["detail"] for error in problem["errors"])]
        assert any(sentence in each for each in said), (wrong, said)
    assert await listed(client, call="azimut-metiers") == []


async def test_an_entry_is_reversed_once_never_earlier_and_a_reversal_never(
    client: Client, browser: Browser
) -> None:
    wrong = await write(browser)

    async def refused(entry: int, **others: Any) -> str:
        path = f"/manage/ledger/{entry}/reversal"
        answer = await browser.post(path, json={**REVERSAL, **others})
        assert answer.status_code in {404, 409, 422}, answer.text
        return str(answer.json()["type"]).removeprefix("/problems/")

    assert await refused(wrong["id"], effective={"on": "2026-09-29"}) == "reversed-too-early"
    assert await refused(wrong["id"], effective={"on": "2026-12-01"}) == "invalid"
    assert await refused(wrong["id"], source="nobody") == "unknown-reference"
    assert await refused(999_999) == "not-found"
    path = f"/manage/ledger/{wrong['id']}/reversal"
    both = await asyncio.gather(*(browser.post(path, json=REVERSAL) for _ in range(4)))
    assert sorted(answer.status_code for answer in both) == [201, 409, 409, 409]
    [reversal] = [answer.json() for answer in both if answer.status_code == 201]
    assert await refused(wrong["id"]) == "already-reversed"
    assert await refused(reversal["id"]) == "reversal-refused"
    assert len(await listed(client, call="azimut-metiers")) == 2


async def test_a_retry_writes_once(client: Client, browser: Browser) -> None:
    key = {"Idempotency-Key": "the-same"}
    answers = [await browser.post("/manage/ledger", json=ENTRY, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(await listed(client, call="azimut-metiers")) == 1


async def test_nothing_is_rewritten_even_in_sql(client: Client, browser: Browser) -> None:
    await write(browser)
    for statement in (
        "UPDATE ledger_entry SET amount_cents = 1",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
    ):
        with pytest.raises(DBAPIError, match="only added to"):
            async with client.database.unit_of_work() as session:
                await (await session.connection()).execute(text(statement))
    kept = await Editor(browser).act("calls/azimut-metiers", method="DELETE")
    assert kept.status_code == 409
    assert kept.json()["type"] == "/problems/still-referred"


async def test_who_wrote_what_is_in_the_journal(client: Client, browser: Browser) -> None:
    await reverse(browser, await write(browser))
    async with await sign_in(client, Role.COORDINATOR, name="Ada Lenoir") as coordinator:
        told = (await coordinator.read("/manage/journal", noun="ledger_entry", limit=2))["items"]
    assert [each["sentence"] for each in told] == [
        "Odile Martin a contre-passé une écriture du grand livre « azimut-metiers ».",
        "Odile Martin a inscrit une écriture du grand livre « azimut-metiers ».",
    ]
    assert {"field": "amount_cents", "before": None, "after": 125_050} in told[1]["changes"]


async def test_pages_neither_skip_nor_repeat_while_entries_come(
    client: Client, browser: Browser
) -> None:
    before = [(await write(browser))["id"] for _ in range(8)]
    page = await client.read("/ledger", call="azimut-metiers", limit=3)
    seen = page["items"]
    while page["next"] is not None:
        await write(browser, effective={"on": "2026-09-30"})
        asked = {"call": "azimut-metiers", "limit": 3, "cursor": page["next"]}
        page = await client.read("/ledger", **asked)
        seen += page["items"]
    ids = [each["id"] for each in seen]
    assert len(ids) == len(set(ids))
    assert set(before) <= set(ids)


@dataclass(frozen=True)
class Act:
    """An entry that somebody writes, and after how many days it is reversed, if it is."""

    wave: bool
    kind: str
    cents: int
    day: int
    reversed_after: int | None


acts = st.builds(
    Act,
    wave=st.booleans(),
    kind=st.sampled_from(KINDS),
    cents=st.integers(1, 10**14),
    day=st.integers(0, 200),
    reversed_after=st.none() | st.integers(0, 60),
)


def replayed(written: list[Act], kind: str, day: int, *, wave: bool) -> int:
    """What a clerk would have, who adds each entry and takes away each reversal in turn."""
    total = 0
    for act in written:
        if act.kind != kind or (kind == "allocated" and act.wave) or (wave and not act.wave):
            continue
        total += act.cents if act.day <= day else 0
        if act.reversed_after is not None and act.day + act.reversed_after <= day:
            total -= act.cents
    return total


@given(written=st.lists(acts, max_size=7), days=st.lists(st.integers(0, 300), max_size=2))
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example has its own call
)
async def test_any_entries_and_reversals_add_up_on_any_day(
    client: Client, browser: Browser, written: list[Act], days: list[int]
) -> None:
    slug = f"un-guichet-{next(numbers)}"
    content = {"kind": "window", "name": {"fr": "Un guichet"}, "programme": "azimut"}
    await Editor(browser).publish(f"calls/{slug}", {**content, "waves": [{"rank": 1}]})
    for act in written:
        on = FIRST + timedelta(act.day)
        entry = await write(
            browser,
            call=slug,
            wave=1 if act.wave else None,
            kind=act.kind,
            amount_cents=act.cents,
            effective={"on": str(on)},
        )
        if act.reversed_after is not None:
            later = {"on": str(on + timedelta(act.reversed_after))}
            await reverse(browser, entry, effective=later)
    for day in [*days, 300]:
        budget = await client.read("/programmes/azimut/budget", as_of=str(FIRST + timedelta(day)))
        call = next(each for each in budget["calls"] if each["slug"] == slug)
        for place, wave in ((call, False), (call["waves"][0], True)):
            for kind in KINDS:
                found = (place[kind] or {"cents": None})["cents"]
                is_own = kind != "allocated" or not wave
                if is_own:
                    assert (found or 0) == replayed(written, kind, day, wave=wave), (kind, day)
                assert found is None or type(found) is int
        left = call["left"]
        if left["cents"] is not None:
            assert left["cents"] >= 0
            assert left["cents"] + call["committed"]["cents"] == call["allocated"]["cents"]
            assert left["latest"] == call["committed"]["latest"]
