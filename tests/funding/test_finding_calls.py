"""Finding calls over HTTP, as people type."""

from collections import Counter
from typing import Any

import pytest

from support.app import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")

REAL = {"edition": "real"}


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("EDS", "entrepots-donnees-sante"),
        ("entrepot de donnees", "entrepots-donnees-sante"),
        ("AAP hopitaux", "entrepots-donnees-sante"),
        ("entrepôts de données", "entrepots-donnees-sante"),
        ("experimentaton", "tiers-lieux-experimentation"),
        ("tiers lieu", "tiers-lieux-experimentation"),
        ("living lab", "tiers-lieux-experimentation"),
        ("DM", "evaluation-dispositifs-numeriques"),
        ("dispositif medical", "evaluation-dispositifs-numeriques"),
        ("competences metiers", "competences-metiers-avenir"),
        ("CMA", "competences-metiers-avenir"),
        ("accessibilite", "accessibilite-numerique"),
        ("évaluation cliniqe", "evaluation-clinique"),
    ],
)
async def test_the_right_call_is_first(shared_client: Client, typed: str, slug: str) -> None:
    found = await shared_client.read("/calls", q=typed, **REAL)

    assert [call["slug"] for call in found["items"]][:1] == [slug]


async def test_telehealth_is_found_without_its_accents(shared_client: Client) -> None:
    bare = await shared_client.read("/calls", q="telesante")
    written = await shared_client.read("/calls", q="télésanté")

    assert bare["total"] == written["total"] > 0


@pytest.mark.parametrize("typed", ["cybersecurite", "hôpital"])
async def test_a_word_that_calls_have_is_not_called_a_mistake(
    shared_client: Client, typed: str
) -> None:
    found = await shared_client.read("/calls", q=typed)

    assert found["exact"] > 0
    assert found["corrections"] == {}


async def test_a_word_is_found_while_it_is_typed(shared_client: Client) -> None:
    found = await shared_client.read("/suggest", q="entrep")

    assert "entrepots-donnees-sante" in [item["slug"] for item in found["items"]]


async def test_an_acronym_says_what_it_was_taken_for(shared_client: Client) -> None:
    found = await shared_client.read("/calls", q="EDS")

    assert any("entrepôt de données" in each.lower() for each in found["synonyms"]["EDS"])


async def test_what_matched_is_marked_in_the_accented_text(shared_client: Client) -> None:
    found = await shared_client.read("/calls", q="experimentation", **REAL)

    segments = found["items"][0]["highlights"]["name"]
    assert "expérimentation" in [each["text"].lower() for each in segments if each["hit"]]


async def test_a_call_says_as_what_and_where_it_was_found(shared_client: Client) -> None:
    found = await shared_client.read("/calls", q="EDS hopitl", **REAL)

    assert found["items"][0]["why"] == [
        {"typed": "EDS", "taken": "entrepôt de données de santé", "found_in": "name"},
        {"typed": "hopitl", "taken": "hopital", "found_in": "promise"},
    ]
    assert found["items"][0]["missing"] == []


async def test_who_may_apply_and_where_are_found_by_their_words(shared_client: Client) -> None:
    found = await shared_client.read("/calls", q="aide pour un EHPAD à La Réunion")

    [island] = [call for call in found["items"] if call["exact"]]
    assert island["slug"] == "azimut-iles"
    places = {each["typed"]: each["found_in"] for each in island["why"]}
    assert places["EHPAD"] == "applicant"
    assert places["Réunion"] == "region"


async def test_a_near_call_says_what_it_lacks(shared_client: Client) -> None:
    found = await shared_client.read("/calls", q="télésurveillance agricole")

    assert found["exact"] == 0
    assert found["items"][0]["missing"] == ["agricole"]
    assert not found["items"][0]["exact"]


async def test_a_long_question_is_answered_by_what_it_asks_for(shared_client: Client) -> None:
    question = "Bonjour, comment savoir si notre logiciel est un dispositif médical ?"
    found = await shared_client.read("/calls", q=question)

    assert found["items"][0]["slug"] == "azimut-cheque-reglementaire"


async def test_nothing_found_says_which_one_filter_to_drop(shared_client: Client) -> None:
    asked = {"q": "EDS", "region": "53", "status": "announced", "kind": "aap", **REAL}
    found = await shared_client.read("/calls", **asked)

    assert found["total"] == 0
    [relief] = found["relief"]
    assert relief == {"drop": "status", "words": None, "q": "EDS", "total": 1}
    del asked[relief["drop"]]
    assert (await shared_client.read("/calls", **asked))["exact"] == relief["total"]


async def test_a_range_may_be_what_to_drop(shared_client: Client) -> None:
    found = await shared_client.read("/calls", q="télésurveillance", closes_from="2099-01-01")
    assert [each["drop"] for each in found["relief"]] == ["closes"]
    found = await shared_client.read("/calls", q="télésurveillance", amount_from=10**12)
    assert [each["drop"] for each in found["relief"]] == ["amount_from"]


async def test_when_no_filter_helps_some_words_are_what_to_drop(shared_client: Client) -> None:
    found = await shared_client.read("/calls", q="EDS télésurveillance agricole", kind="aap")
    assert found["relief"] == []

    found = await shared_client.read("/calls", q="EDS agricole", kind="aap", **REAL)
    assert found["relief"] == [{"drop": "q", "words": "agricole", "q": "EDS", "total": 1}]


async def test_what_has_every_word_needs_no_relief(shared_client: Client) -> None:
    assert (await shared_client.read("/calls", q="EDS"))["relief"] == []


async def test_a_facet_counts_as_if_its_own_filter_were_not_chosen(shared_client: Client) -> None:
    everything = await shared_client.read("/calls")
    chosen = await shared_client.read("/calls", status="announced")

    assert chosen["facets"]["status"] == everything["facets"]["status"]
    assert chosen["total"] < everything["total"]
    counts = {each["value"]: each["count"] for each in chosen["facets"]["status"]}
    assert counts["announced"] == chosen["total"]


async def test_what_closes_soon_is_open_too(shared_client: Client) -> None:
    opened = await shared_client.read("/calls", status="open")

    assert {call["state"] for call in opened["items"]} == {"open", "closing"}


async def test_a_region_keeps_the_calls_of_the_whole_country(shared_client: Client) -> None:
    found = await shared_client.read("/calls", region="04", limit=100)

    assert all(not call["regions"] or "04" in call["regions"] for call in found["items"])
    assert any(not call["regions"] for call in found["items"])


async def test_sorting_by_deadline_puts_those_without_one_last(shared_client: Client) -> None:
    found = await shared_client.read("/calls", sort="closes", limit=100)

    days = [call["deadline"] and call["deadline"]["on"] for call in found["items"]]
    stated = [day for day in days if day]
    assert stated == sorted(stated)
    assert days == stated + [None] * (len(days) - len(stated))


async def test_what_is_open_without_an_end_is_what_the_calendar_leaves_out(
    shared_client: Client,
) -> None:
    endless = await shared_client.read("/calls", status="open", dated=False, limit=100)
    opened = await shared_client.read("/calls", status="open", limit=100)
    closing = await shared_client.read("/deadlines", status="open", since="2026-11-23", limit=100)

    slugs = {call["slug"] for call in endless["items"]}
    assert slugs == {call["slug"] for call in opened["items"]} - {
        each["call"]["slug"] for each in closing["items"]
    }
    rolling = {call["slug"] for call in endless["items"] if call["rolling"]}
    assert "azimut-cheque-reglementaire" in rolling
    assert not any(call["rolling"] for call in opened["items"] if call["slug"] not in slugs)
    dated = await shared_client.read("/calls", status="open", dated=True, limit=100)
    assert dated["total"] + endless["total"] == opened["total"]


async def test_a_call_is_read_as_its_dates_make_it_on_another_day(shared_client: Client) -> None:
    path = "/calls/tiers-lieux-experimentation"
    states = {
        day: (await shared_client.read(path, as_of=day))["state"]
        for day in ("2022-02-23", "2022-02-24", "2022-05-20", "2022-05-25")
    }

    assert list(states.values()) == ["announced", "open", "closing", "between_waves"]
    then = await shared_client.read(path, as_of="2022-05-20")
    assert then["deadline"]["on"] == "2022-05-25"
    assert [wave["state"] for wave in then["waves"]] == ["open", "to_come"]
    answers = await shared_client.read("/calls/azimut-terrains", as_of="2026-10-20")
    assert all(asked["valid"] for asked in answers["questions"])


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "santé", "status": "open", "kind": "aap"},
        {"q": "EDS", "region": "53", "status": "announced", "kind": "aap"},
        {"sort": "opens", "closes_from": "2026-12-01", "closes_to": "2027-12-31"},
        {"sort": "-amount", "dated": "false", "structure": "health_facility"},
    ],
)
async def test_the_list_of_today_is_the_same_told_by_the_dates(
    shared_client: Client, asked: dict[str, str]
) -> None:
    today = await shared_client.read("/calls", **asked, limit=7)
    told = await shared_client.read("/calls", **asked, limit=7, as_of="2026-11-23")

    assert today.pop("next") is None or told["next"]
    del told["next"]
    assert told == today


@pytest.mark.parametrize("day", ["2022-02-23", "2022-05-20", "2026-06-01", "2027-12-31"])
async def test_a_list_of_another_day_tells_each_call_as_its_page_does(
    shared_client: Client, day: str
) -> None:
    calls = await every_call(shared_client, as_of=day)

    assert len(calls) == (await shared_client.read("/calls"))["total"]
    for call in calls:
        page = await shared_client.read(f"/calls/{call['slug']}", as_of=day)
        assert {name: call[name] for name in call if name in page} == {
            name: page[name] for name in call if name in page
        }


async def test_filters_order_and_counts_are_those_of_the_day(shared_client: Client) -> None:
    day = {"as_of": "2022-05-20"}
    every = await every_call(shared_client, **day)
    states = Counter(call["state"] for call in every)
    counts = {
        each["value"]: each["count"]
        for each in (await shared_client.read("/calls", **day))["facets"]["status"]
    }
    assert counts == states | {"open": states["open"] + states["closing"]}

    found = await shared_client.read("/calls", status="closing", limit=100, **day)
    closing = [call for call in every if call["state"] == "closing"]
    assert "tiers-lieux-experimentation" in {call["slug"] for call in closing}
    assert [call["slug"] for call in found["items"]] == [call["slug"] for call in closing]
    assert found["total"] == counts["closing"]
    assert {each["value"]: each["count"] for each in found["facets"]["status"]} == counts

    days = [call["deadline"] and call["deadline"]["on"] for call in every]
    stated = [each for each in days if each]
    assert days == sorted(stated) + [None] * (len(days) - len(stated))
    within = await shared_client.read("/calls", closes_to="2022-05-25", limit=100, **day)
    assert {call["slug"] for call in within["items"]} == {
        call["slug"]
        for call in every
        if call["deadline"] and call["deadline"]["on"] <= "2022-05-25"
    }


async def test_words_find_calls_as_they_stood(shared_client: Client) -> None:
    asked = {"q": "tiers lieux", "as_of": "2022-05-20", **REAL}
    found = await shared_client.read("/calls", **asked, status="open")

    assert found["items"][0]["slug"] == "tiers-lieux-experimentation"
    assert found["items"][0]["state"] == "closing"
    assert found["items"][0]["why"][0]["found_in"] == "name"
    later = await shared_client.read("/calls", **asked | {"as_of": "2022-05-25"}, status="open")
    assert later["exact"] == 0
    assert "status" in [each["drop"] for each in later["relief"]]


async def test_a_list_of_no_day_is_refused(shared_client: Client) -> None:
    refused = await shared_client.get("/api/v1/calls?as_of=noon")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "?as_of"


async def every_call(client: Client, **asked: str) -> list[Any]:
    """Return all the calls that a question finds, a few at a time."""
    calls, cursor = [], {}
    while cursor is not None:
        page = await client.read("/calls", limit=7, **asked, **cursor)
        calls += page["items"]
        cursor = {"cursor": page["next"]} if page["next"] else None
    assert len({call["slug"] for call in calls}) == len(calls) == page["total"]
    return calls


async def test_pages_give_every_call_once(shared_client: Client) -> None:
    seen, cursor = [], None
    while True:
        page = await shared_client.read("/calls", limit=4, **({"cursor": cursor} if cursor else {}))
        seen += [call["slug"] for call in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == page["total"]


async def test_one_box_finds_calls_stops_and_sessions(shared_client: Client) -> None:
    found = await shared_client.read("/search", q="télésurveillance")

    assert found["calls"]["total"] > 0
    assert found["sessions"]["total"] > 0
    assert (await shared_client.read("/search", q="Rennes"))["stops"]["total"] > 0
