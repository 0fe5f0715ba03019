"""Who was given money: found, counted, summed, drawn by region and taken away; and past waves."""

import asyncio
import csv
import io
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from etape.core.moments import Moment
from etape.core.publishing import publish
from etape.core.texts import Localized
from etape.funding.awards.schemas import AwardContent
from etape.funding.awards.service import AWARD
from etape.funding.calls import rules
from etape.identity.members.schemas import Role
from etape.sources.schemas import (
    FigureContent,
    FigureRead,
    FigureSet,
    Qualifier,
    SourceKind,
    SourceRead,
    Unit,
)
from support.app import Client, running
from support.editor import Editor
from support.team import sign_in

AWARDS, STAYERS, LEAVERS = "/awards", 2_000, 1_000
CALL = "calls/un-appel"
FEATURES = ("call", "programme", "region", "year", "edition")
COPY = text(
    """
    INSERT INTO award (id, slug, project, recipient, region, amount_cents, decided, source_id,
                       fictitious, version)
    SELECT gen_random_uuid(), md5(:word || i) || '-' || :word, project, 'Lauréat ' || i % 50,
           (ARRAY['04', '32', NULL])[1 + i % 3], nullif(100 * (i % 7), 0),
           jsonb_build_object('on', format('20%s-01-01', 10 + i % 10), 'precision', 'year'),
           source_id, FALSE, 1
    FROM award, generate_series(1, :count) AS i WHERE slug = 'model'
    """
)
REMOVE = text(
    """
    DELETE FROM award WHERE id IN
        (SELECT id FROM award WHERE slug LIKE '%leaver' ORDER BY random() LIMIT :count)
    """
)

shared = pytest.mark.asyncio(loop_scope="session")


async def slugs(client: Client, **wanted: Any) -> set[str]:
    return {each["slug"] for each in (await client.read(AWARDS, limit=100, **wanted))["items"]}


@shared
async def test_words_find_awards_without_accents_unfinished_or_mistyped(
    shared_client: Client,
) -> None:
    [found] = await slugs(shared_client, q="télésurveillance diabète")
    for typed in (
        "telesurveillance du diabete",
        "DIABÈTE de l’enfant",
        "diabet",
        "diabehte",
        "hopital traboules télésurv",
        "Saint-Traboule",
        "diabetes in children",
    ):
        assert found in await slugs(shared_client, q=typed), typed
    page = await shared_client.read(AWARDS, q="diabehte")
    assert page["corrections"] == {"diabehte": ["diabete"]}
    assert await slugs(shared_client, q="diabète xyzzyqwertz") == set()
    assert await slugs(shared_client, q="de la") == await slugs(shared_client)
    for typed in ("' | & ! :* (", "\\", "a:b", "<->", "’"):
        await shared_client.read(AWARDS, q=typed)


@shared
async def test_what_the_project_says_comes_before_what_the_rest_does(
    shared_client: Client,
) -> None:
    page = await shared_client.read(AWARDS, q="hôpital")
    said = ["hôpital" in each["project"]["fr"] for each in page["items"]]
    assert said == sorted(said, reverse=True)
    assert len(set(said)) == 2


@shared
async def test_each_filter_keeps_what_its_facet_counts(shared_client: Client) -> None:
    everything = await shared_client.read(AWARDS, limit=100)
    assert set(everything["facets"]) == set(FEATURES)
    for name in FEATURES:
        for counted in everything["facets"][name]:
            if counted["value"] is not None:
                kept = await shared_client.read(AWARDS, limit=100, **{name: counted["value"]})
                assert kept["total"] == counted["count"] == len(kept["items"])
                told = {each: counted[each] for each in ("count", "amount_cents", "not_stated")}
                assert kept["sums"] == told
                assert kept["facets"][name] == everything["facets"][name]


@shared
async def test_sums_are_those_of_the_list_and_the_regions_add_up_to_them(
    shared_client: Client,
) -> None:
    for wanted in ({}, {"q": "essai"}, {"region": "04"}, {"call": "azimut-terrains", "wave": 1}):
        page = await shared_client.read(AWARDS, limit=100, **wanted)
        amounts = [each["amount_cents"] for each in page["items"]]
        assert page["sums"] == {
            "count": len(amounts),
            "amount_cents": sum(filter(None, amounts)),
            "not_stated": amounts.count(None),
        }
        if "region" not in wanted:
            regions = page["facets"]["region"]
            added = {name: sum(each[name] for each in regions) for name in page["sums"]}
            assert added == page["sums"]
    assert page["sums"] == {"count": 24, "amount_cents": 12_500_000_00, "not_stated": 2}
    assert [each["value"] for each in page["facets"]["wave"]] == ["1"]


@shared
async def test_two_filters_leave_each_facet_the_counts_of_the_other(shared_client: Client) -> None:
    wanted = {"region": ["04", "84"], "call": ["azimut-preuves"]}
    page = await shared_client.read(AWARDS, **wanted)
    by_call = await shared_client.read(AWARDS, region=wanted["region"])
    by_region = await shared_client.read(AWARDS, call=wanted["call"])
    assert page["facets"]["call"] == by_call["facets"]["call"]
    assert page["facets"]["region"] == by_region["facets"]["region"]
    assert page["total"] == 1
    [call] = [each for each in page["facets"]["call"] if each["value"] == "azimut-preuves"]
    assert call["label"]["fr"].startswith("Azimut Preuves")


@shared
async def test_amounts_narrow_and_order_and_what_is_not_stated_comes_last(
    shared_client: Client,
) -> None:
    between = {"amount_from": 300_000_00, "amount_to": 500_000_00}
    page = await shared_client.read(AWARDS, limit=100, sort="-amount", **between)
    amounts = [each["amount_cents"] for each in page["items"]]
    assert amounts == sorted(amounts, reverse=True)
    assert all(300_000_00 <= amount <= 500_000_00 for amount in amounts)
    ordered = (await shared_client.read(AWARDS, limit=100, sort="-amount"))["items"]
    assert [each["amount_cents"] for each in ordered[-3:]] == [None] * 3
    latest = (await shared_client.read(AWARDS, limit=100))["items"]
    days = [each["decided"]["on"] for each in latest]
    assert days == sorted(days, reverse=True)
    names = (await shared_client.read(AWARDS, limit=100, sort="recipient"))["items"]
    assert [each["recipient"][0] for each in names][-1] == "U"


@shared
async def test_an_award_is_read_with_its_call_its_wave_who_pays_and_its_source(
    shared_client: Client,
) -> None:
    award = await shared_client.read(f"{AWARDS}/azimut-garonne-plaies")
    assert award["call"] == {
        "slug": "azimut-terrains",
        "name": award["call"]["name"],
        "wave": 1,
        "wave_name": {"fr": "Vague 1", "en": "Wave 1"},
    }
    assert award["programme"]["slug"] == "azimut"
    assert award["organisation"] == "pole-garonne-sante"
    assert award["source"]["slug"] == "azimut-laureats"
    assert award["fictitious"] is True
    assert (await shared_client.get("/api/v1/awards/nobody")).status_code == 404


@shared
async def test_the_table_holds_what_the_filters_keep(shared_client: Client) -> None:
    wanted = {"call": "azimut-terrains", "region": ["04", "06"]}
    answer = await shared_client.get("/exports/awards.csv", params=wanted)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = {row["award"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert set(rows) == await slugs(shared_client, **wanted)
    assert rows["azimut-mascareignes-dialyse"]["amount_cents"] == "93000000"
    assert rows["azimut-ylang-vaccins"]["amount_cents"] == ""


async def test_a_cell_is_never_a_formula(client: Client, now: datetime) -> None:
    content = an_award(slug="piege", recipient="=HYPERLINK(A1)")
    async with client.database.unit_of_work() as session:
        await publish(session, AWARD, content, by="test", now=now)
    answer = await client.get("/exports/awards.csv", params={"q": "hyperlink"})
    assert [row["recipient"] for row in csv.DictReader(io.StringIO(answer.text))] == [
        "'=HYPERLINK(A1)"
    ]


def an_award(**others: Any) -> AwardContent:
    told = {"slug": "model", "project": {"fr": "Un projet"}, "recipient": "Lauréat", **others}
    return AwardContent.model_validate({"source": "azimut-laureats", **told})


@pytest.mark.parametrize("asked", [{"sort": "-amount"}, {"sort": "recipient"}, {"q": "projet"}, {}])
async def test_two_thousand_awards_come_exactly_once_while_others_come_and_go(
    demo_url: str, now: datetime, asked: dict[str, str]
) -> None:
    async with running(demo_url, at=now) as client:

        async def change(statement: object, **values: object) -> None:
            async with client.database.unit_of_work() as session:
                connection = await session.connection()
                await connection.execute(statement, values)  # type: ignore[call-overload] # text

        async with client.database.unit_of_work() as session:
            await publish(session, AWARD, an_award(), by="test", now=now)
        await change(COPY, word="stayer", count=STAYERS)
        await change(COPY, word="leaver", count=LEAVERS)

        async def come_and_go() -> None:
            await change(REMOVE, count=50)
            await change(COPY, word=f"{uuid4().hex}-comer", count=50)

        seen: Counter[str] = Counter()
        cursor: dict[str, str] = {}
        while True:
            page, _ = await asyncio.gather(
                client.read(AWARDS, limit=100, **asked, **cursor), come_and_go()
            )
            seen.update(each["slug"] for each in page["items"])
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert max(seen.values()) == 1, "something came twice"
        assert sum(slug.endswith("stayer") for slug in seen) == STAYERS
        assert any(slug.endswith("comer") for slug in seen), "nothing came meanwhile"
        foreign = {**asked, "q": "autre", "cursor": cursor["cursor"]}
        assert (await client.get("/api/v1/awards", params=foreign)).status_code == 400


# Past waves.


def a_figure(key: str, value: int, **others: Any) -> dict[str, Any]:
    unit = {"applications": "applications", "laureates": "projects"}.get(key, "eur_cents")
    return {"key": key, "value": value, "unit": unit, "source": "azimut-laureats", **others}


def a_wave(*figures: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {
        "rank": 1,
        "closes": {"on": "2026-02-24"},
        "results": {"on": "2026-07-28"},
        "stated": {"figures": list(figures)},
        **others,
    }


@pytest.fixture
async def editor(client: Client) -> AsyncIterator[Editor]:
    async with await sign_in(client, Role.FUNDING_EDITOR) as browser:
        yield Editor(browser)


async def published(client: Client, editor: Editor, *waves: dict[str, Any]) -> list[dict[str, Any]]:
    await editor.publish(CALL, {"kind": "aap", "name": {"fr": "Un appel"}, "waves": waves})
    told: list[dict[str, Any]] = (await client.read(f"/{CALL}"))["waves"]
    return told


async def test_a_past_wave_tells_what_sources_count_and_how_long_the_answer_took(
    client: Client, editor: Editor
) -> None:
    figures = [a_figure("applications", 96), a_figure("laureates", 24), a_figure("awarded", 100)]
    [wave] = await published(client, editor, a_wave(*figures))
    assert [each["key"] for each in wave["figures"]] == ["applications", "laureates", "awarded"]
    assert wave["figures"][0]["headline"]["source"]["slug"] == "azimut-laureats"
    assert wave["answered_in_days"] == 154
    assert wave["selection"]["percent"] == 25
    assert wave["selection"]["received"] == wave["figures"][0]["headline"]
    assert wave["selection"]["contested"] is False


async def test_figures_of_a_wave_follow_its_rank_and_go_with_it(
    client: Client, editor: Editor
) -> None:
    await published(client, editor, a_wave(a_figure("laureates", 9)), {"rank": 2})
    one, two = await published(client, editor, a_wave(a_figure("laureates", 8)), {"rank": 2})
    assert [each["headline"]["value"] for each in one["figures"]] == [8]
    assert two["figures"] == []
    await published(client, editor, {"rank": 2})
    gone = await editor.act(CALL, method="DELETE")
    assert gone.status_code == 200, gone.text
    async with client.database.unit_of_work() as session:
        left = await (await session.connection()).execute(
            text("SELECT count(*) FROM figure WHERE value = 8 AND noun = 'wave'")
        )
        assert left.scalar_one() == 0


def a_set(key: str, *values: int, **others: Any) -> FigureSet:
    source = SourceRead(slug="s", title="S", publisher="P", kind=SourceKind.PRESS)
    content = FigureContent(key=key, value=values[0], unit=Unit.PROJECTS, source="s", **others)
    told = content.model_dump(exclude={"key", "headline", "source"})
    first, *rest = (FigureRead(**{**told, "value": value}, source=source) for value in values)
    return FigureSet(key=key, headline=first, others=rest, relation=None, sentence=None)


@pytest.mark.parametrize(
    ("received", "selected", "percent"), [(29, 3, None), (30, 3, 10), (30, 31, None), (47, 9, 19)]
)
def test_no_odds_are_told_of_fewer_than_thirty_applications(
    received: int, selected: int, percent: int | None
) -> None:
    told = rules.selection([a_set("applications", received), a_set("laureates", selected)])
    assert (told and told.percent) == percent


def test_odds_are_of_exact_figures_of_one_scope_and_say_when_sources_differ() -> None:
    received, selected = a_set("applications", 60), a_set("laureates", 12)
    assert rules.selection([received]) is None
    nearly = a_set("applications", 60, qualifier=Qualifier.NEARLY)
    assert rules.selection([nearly, selected]) is None
    elsewhere = a_set("laureates", 12, scope=Localized(fr="en Occitanie"))
    assert rules.selection([received, elsewhere]) is None
    rival = rules.selection([a_set("applications", 60, 64), selected])
    assert rival is not None
    assert rival.contested
    assert rival.received.value == 60


@pytest.mark.parametrize(
    ("closes", "results", "days"),
    [
        ({"on": "2022-02-24"}, {"on": "2022-07-28"}, 154),
        ({"at": "2022-02-24T12:00"}, {"on": "2022-07-28"}, 154),
        ({"on": "2022-02-01", "precision": "month"}, {"on": "2022-07-28"}, None),
        ({"on": "2022-02-24"}, {"on": "2022-06-29", "precision": "after"}, None),
        ({"on": "2022-02-24"}, {"on": "2022-02-23"}, None),
        ({"on": "2022-02-24"}, {"on": "2027-02-24"}, None),
        ({"on": "2022-02-24"}, None, None),
        (None, {"on": "2022-07-28"}, None),
    ],
)
def test_days_to_the_answer_are_told_where_both_days_are_known_and_past(
    closes: dict[str, str] | None, results: dict[str, str] | None, days: int | None, now: datetime
) -> None:
    ends = [each and Moment.model_validate(each) for each in (closes, results)]
    assert rules.days_to_answer(ends[0], ends[1], now=now) == days
