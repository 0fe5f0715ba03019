"""Where the money is on any day: stated beside computed, what is not broken down shown as such."""

from collections.abc import Iterator
from typing import Any

import pytest

from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import sign_in

STRATEGY = "/programmes/strategie-sante-numerique/budget"
AZIMUT = "/programmes/azimut/budget"
MILLION = 1_000_000_00
in_one_loop = pytest.mark.asyncio(loop_scope="session")


def node(budget: dict[str, Any], kind: str, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in budget[kind] if each["slug"] == slug)
    return found


def stated(thing: dict[str, Any], key: str = "budget") -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in thing["stated"] if each["key"] == key)
    return found


def millions(figures: dict[str, Any]) -> list[float]:
    """What a set of figures says, the headline first, in millions of euros."""
    return [each["value"] / MILLION for each in (figures["headline"], *figures["others"])]


@in_one_loop
async def test_where_did_670_million_go(shared_client: Client) -> None:
    budget = await shared_client.read(STRATEGY)
    assert budget["amount_cents"] == 670 * MILLION
    assert budget["breakdown"] == {
        "parts_cents": 449 * MILLION,
        "not_broken_down_cents": 221 * MILLION,
        "excess_cents": None,
        "inferred_cents": 86_300_000_00,
        "silent": 0,
    }
    labs = node(budget, "envelopes", "tiers-lieux-experimentation")
    assert labs["breakdown"]["parts_cents"] == (29 + 30) * MILLION
    assert labs["breakdown"]["not_broken_down_cents"] == 4 * MILLION
    training = node(budget, "envelopes", "formation")
    assert training["breakdown"]["parts_cents"] is None, "no source places its parts"
    assert training["breakdown"]["inferred_cents"] == 119_400_000_00


@in_one_loop
async def test_what_sources_contradict_is_there_and_readable(shared_client: Client) -> None:
    budget = await shared_client.read(STRATEGY)
    assert millions(stated(budget))[0] == 670
    assert sorted(millions(stated(budget))) == [650, 650, 650, 670, 670, 670]
    assert "650 ou 670" in stated(budget)["sentence"]["fr"]
    assert millions(stated(budget, "budget-with-top-up"))[0] == 718.4
    skills = node(budget, "envelopes", "competences-metiers-avenir")
    assert millions(stated(skills)) == [71, 54, 48.4]
    assert stated(skills)["relation"] == "conflict"
    warehouses = node(budget, "envelopes", "entrepots-donnees-sante")
    assert millions(stated(warehouses)) == [75, 50]
    paid_by = [(it["programme"]["slug"], it["share_cents"]) for it in warehouses["funders"]]
    assert paid_by == [("france-2030", 40 * MILLION), ("ondam", 35 * MILLION)]
    assert warehouses["allocated"]["cents"] == 75 * MILLION
    for figures in stated(budget), stated(skills), stated(warehouses):
        for figure in (figures["headline"], *figures["others"]):
            assert figure["source"]["title"]


@in_one_loop
async def test_any_past_day_is_answered_with_what_was_surely_stated_by_then(
    shared_client: Client,
) -> None:
    async def at(day: str) -> dict[str, Any]:
        budget: dict[str, Any] = await shared_client.read(STRATEGY, as_of=day)
        return budget

    announced = await at("2021-06-29")
    assert millions(stated(announced)) == [650]
    assert stated(announced)["sentence"] is None, "the sentence speaks of figures not yet stated"
    assert announced["breakdown"]["silent"] == 6
    assert (await at("2021-06-28"))["amount_cents"] is None
    assert (await at("2022-06-29"))["amount_cents"] == 650 * MILLION
    assert (await at("2022-06-30"))["amount_cents"] == 670 * MILLION

    def warehouses(budget: dict[str, Any]) -> tuple[Any, ...]:
        found = node(budget, "envelopes", "entrepots-donnees-sante")
        allocated = found["allocated"] and found["allocated"]["cents"]
        return found["amount_cents"], allocated, len(found["funders"])

    assert warehouses(await at("2022-03-30")) == (None, None, 0), "March is not over"
    assert warehouses(await at("2022-03-31")) == (50 * MILLION, 50 * MILLION, 0)
    assert warehouses(await at("2023-12-30")) == (50 * MILLION, 50 * MILLION, 2)
    assert warehouses(await at("2023-12-31")) == (75 * MILLION, 75 * MILLION, 2)

    def devices(budget: dict[str, Any]) -> tuple[Any, int]:
        found = node(budget, "envelopes", "evaluation-dispositifs-numeriques")
        return found["amount_cents"], found["undated"]

    assert devices(await at("2026-11-22")) == (None, 1), "nothing dates this figure"
    assert devices(await at("2026-11-23")) == (100 * MILLION, 0)


@in_one_loop
async def test_money_left_is_said_of_a_window_with_its_day_and_of_nothing_else(
    shared_client: Client,
) -> None:
    budget = await shared_client.read(AZIMUT)
    left = {call["slug"]: call["left"] for call in budget["calls"]}
    for slug in left:
        assert await shared_client.read(f"/calls/{slug}/budget") == node(budget, "calls", slug)
    assert left["azimut-cheque-reglementaire"] == {
        "cents": 846_750_00,
        "latest": "2026-10-31",
        "unsaid": None,
    }
    assert left["azimut-preuves"]["cents"] == 0
    assert left["azimut-terrains"] == {"cents": None, "latest": None, "unsaid": "competitive"}
    early = await shared_client.read(AZIMUT, as_of="2026-02-15")
    voucher = node(early, "calls", "azimut-cheque-reglementaire")
    assert voucher["left"]["unsaid"] == "committed_not_stated", "no data is not 100 %"
    before = await shared_client.read(AZIMUT, as_of="2025-12-31")
    voucher = node(before, "calls", "azimut-cheque-reglementaire")
    assert voucher["left"]["unsaid"] == "allocated_not_stated"


@in_one_loop
async def test_a_lump_that_no_source_breaks_down_is_told_as_one(shared_client: Client) -> None:
    budget = await shared_client.read(STRATEGY)
    call = node(budget, "calls", "competences-metiers-avenir")
    assert (call["awarded"]["cents"], call["awarded"]["lump_cents"]) == (36_200_000_00,) * 2
    assert call["waves"][0]["awarded"]["cents"] == 22 * MILLION
    assert [each["slug"] for each in call["awarded"]["sources"]] == [
        "dsih-2022",
        "gnius-8-laureats",
    ]
    assert budget["awarded"]["cents"] >= call["awarded"]["cents"]
    training = node(budget, "envelopes", "formation")
    assert training["awarded"] is None, "no source says that the call is a part of it"
    assert call["committed"] is None, "“about 150 million” is a figure, not an entry"


def numbers_in(told: Any) -> Iterator[Any]:
    if isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from numbers_in(each)
    elif not isinstance(told, str | bool | None):
        yield told


@in_one_loop
async def test_every_number_is_whole_and_every_fiction_marked(shared_client: Client) -> None:
    real, invented = [await shared_client.read(path) for path in (STRATEGY, AZIMUT)]
    assert {type(number) for number in numbers_in([real, invented])} == {int}
    for budget, is_fictitious in ((real, False), (invented, True)):
        for thing in (budget, *budget["envelopes"], *budget["calls"]):
            assert thing["fictitious"] is is_fictitious
    assert real["dates"] == sorted(set(real["dates"]))


@in_one_loop
async def test_a_day_to_come_and_a_programme_of_nobody_are_refused(shared_client: Client) -> None:
    to_come = await shared_client.get(f"/api/v1{STRATEGY}?as_of=2026-11-24")
    assert (to_come.status_code, to_come.json()["type"]) == (400, "/problems/day-to-come")
    assert (await shared_client.get(f"/api/v1{STRATEGY}?as_of=noon")).status_code == 422
    assert (await shared_client.get("/api/v1/programmes/nobody/budget")).status_code == 404
    assert (await shared_client.get("/api/v1/calls/nobody/budget")).status_code == 404
    held = await shared_client.get(f"/api/v1{STRATEGY}")
    again = {"If-None-Match": held.headers["etag"]}
    assert (await shared_client.get(f"/api/v1{STRATEGY}", headers=again)).status_code == 304


async def test_awards_and_lumps_are_added_up_and_parts_beyond_the_whole_are_said(
    client: Client,
) -> None:
    async with await sign_in(client, Role.FUNDING_EDITOR) as browser:
        editor = Editor(browser)
        fund = {"programme": "azimut", "envelope": "azimut-donnees"}
        amount = {"value": 12 * MILLION, "unit": "eur_cents", "source": "azimut-annonce"}
        call = {"kind": "aap", "name": {"fr": "Un appel"}, "waves": [{"rank": 1}], **fund}
        call["stated"] = {"figures": [{"key": "budget", **amount}]}
        await editor.publish("calls/un-appel", call)
        given = {"project": {"fr": "Un projet"}, "recipient": "Une clinique", "call": "un-appel"}
        given |= {"source": "azimut-annonce", "decided": {"on": "2026-06-30"}}
        await editor.publish("awards/un", {**given, "wave": 1, "amount_cents": 250_000_01})
        await editor.publish("awards/deux", given)
        lump = {"call": "un-appel", "kind": "awarded", "amount_cents": 1_000_000_00}
        lump |= {"source": "azimut-annonce", "effective": {"on": "2026-05-31"}}
        written = (await browser.post("/manage/ledger", json=lump)).json()
        spent = {"award": "un", "kind": "paid", "amount_cents": 50_000_00}
        answer = await browser.post("/manage/ledger", json={**lump, "call": None, **spent})
        assert answer.status_code == 201, answer.text

        async def awarded(**asked: Any) -> dict[str, Any]:
            budget = await client.read(AZIMUT, **asked)
            found: dict[str, Any] = node(budget, "calls", "un-appel")["awarded"]
            return {name: value for name, value in found.items() if name != "sources"}

        assert await awarded(as_of="2026-05-31") == {
            "cents": 1_000_000_00,
            "lump_cents": 1_000_000_00,
            "awards": 0,
            "without_amount": 0,
            "latest": "2026-05-31",
        }
        assert (await awarded())["cents"] == 1_250_000_01
        why = {"fr": "Les attributions sont publiées une à une."}
        reversal = {"effective": {"on": "2026-06-30"}, "source": "azimut-annonce", "note": why}
        await browser.post(f"/manage/ledger/{written['id']}/reversal", json=reversal)
        assert await awarded() == {
            "cents": 250_000_01,
            "lump_cents": 0,
            "awards": 2,
            "without_amount": 1,
            "latest": "2026-06-30",
        }
        budget = await client.read(AZIMUT)
        found = node(budget, "calls", "un-appel")
        assert found["waves"][0]["paid"]["cents"] == found["paid"]["cents"] == 50_000_00
        data = node(budget, "envelopes", "azimut-donnees")
        assert data["breakdown"]["excess_cents"] == 2_240_000_00
        assert data["breakdown"]["not_broken_down_cents"] is None
