"""What is asked about a call: each answer with its date, its version of the rules and its end."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from etape.funding.calls.schemas import CallContent
from etape.funding.calls.tables import Question
from etape.funding.history.rules import sentences_between
from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import sign_in

CALL, FAQ = "calls/un-appel", "/calls/un-appel/faq"
TERRAINS = "/calls/azimut-terrains"
FIRST: dict[str, Any] = {
    "question": {"fr": "Faut-il un zeppelin ?", "en": "Is a zeppelin needed?"},
    "answer": {"fr": "Oui, gonflé à l’hélium."},
    "answered": {"on": "2026-10-01"},
}
SECOND: dict[str, Any] = {
    **FIRST,
    "answer": {"fr": "Non, une montgolfière suffit."},
    "answered": {"on": "2026-11-02"},
    "rulebook": {"fr": "cahier des charges, version 2"},
    "earlier": [
        {
            **{name: FIRST[name] for name in ("answer", "answered")},
            "until": {"on": "2026-11-02"},
            "reason": {"fr": "La version 2 l’admet."},
        }
    ],
}


def content(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "aap", "name": {"fr": "Un appel"}, "questions": list(questions)}


async def publish(client: Client, *questions: dict[str, Any]) -> None:
    async with await sign_in(client, Role.FUNDING_EDITOR, name=f"E {client.clock.at}") as browser:
        await Editor(browser).publish(CALL, content(*questions))


async def found(client: Client, words: str) -> list[tuple[str, str]]:
    hits = (await client.read("/search", q=words))["questions"]["items"]
    return [(hit["call"]["slug"], hit["slug"]) for hit in hits]


@pytest.mark.asyncio(loop_scope="session")
async def test_a_question_shows_its_answers_over_time(shared_client: Client) -> None:
    page = await shared_client.read(f"{TERRAINS}/faq")
    call = await shared_client.read(TERRAINS)

    assert page["total"] == len(page["items"]) == len(call["questions"]) == 7
    assert [{**asked, "call": page["items"][0]["call"]} for asked in call["questions"]] == page[
        "items"
    ]
    changed = {asked["slug"]: asked for asked in page["items"]}[
        "le-materiel-informatique-est-il-pris-en-charge"
    ]
    assert changed["valid"]
    assert changed["rulebook"]["fr"] == "cahier des charges, version 2"
    [earlier] = changed["earlier"]
    assert earlier["until"] == changed["answered"]
    assert earlier["rulebook"]["en"] == "rulebook, version 1"
    withdrawn = page["items"][4]
    assert (withdrawn["valid"], withdrawn["earlier"]) == (False, [])
    assert withdrawn["until"]
    assert withdrawn["reason"]


@pytest.mark.asyncio(loop_scope="session")
async def test_the_questions_of_a_call_are_paged_and_searched(shared_client: Client) -> None:
    whole = await shared_client.read(f"{TERRAINS}/faq")
    first = await shared_client.read(f"{TERRAINS}/faq", limit=4)
    then = await shared_client.read(f"{TERRAINS}/faq", limit=4, cursor=first["next"])
    assert first["items"] + then["items"] == whole["items"]

    found = await shared_client.read(f"{TERRAINS}/faq", q="materiel informatque")
    assert found["items"][0]["slug"] == "le-materiel-informatique-est-il-pris-en-charge"
    assert (await shared_client.read(f"{TERRAINS}/faq", q="recommandée"))["total"] == 0
    assert (await shared_client.get("/api/v1/calls/nothing/faq")).status_code == 404


@pytest.mark.asyncio(loop_scope="session")
async def test_the_one_box_finds_a_question_and_says_where_it_is(shared_client: Client) -> None:
    place = ("azimut-cheque-reglementaire", "le-cheque-compte-t-il-dans-les-aides-de-minimis")
    assert (await found(shared_client, "minimis"))[0] == place
    assert (await found(shared_client, "attestation remise"))[0] == place
    first = (await shared_client.read("/suggest", q="minim"))["items"][0]
    assert (first["noun"], first["slug"], first["question"]) == ("question", *place)


async def test_only_the_answer_that_holds_is_found(client: Client) -> None:
    place = ("un-appel", "faut-il-un-zeppelin")
    await publish(client, FIRST)
    assert (await found(client, "hélium")) == [place]

    client.clock.at += timedelta(hours=1)
    await publish(client, SECOND)

    assert await found(client, "hélium") == []
    assert await found(client, "montgolfiere") == [place]
    assert (await client.read("/calls", q="hélium", edition="real"))["exact"] == 0
    assert (await client.read("/calls", q="montgolfière"))["exact"] == 1


async def test_an_answer_is_withdrawn_when_its_day_comes(client: Client) -> None:
    tomorrow = {"on": f"{client.clock.at + timedelta(days=1):%Y-%m-%d}"}
    await publish(client, {**FIRST, "until": tomorrow, "reason": {"fr": "Fin des ballons."}})
    [asked] = (await client.read(FAQ))["items"]
    assert asked["valid"]
    assert len(await found(client, "zeppelin")) == 1

    client.clock.at += timedelta(hours=15)  # midnight in Paris
    await asyncio.sleep(1.5)

    [asked] = (await client.read(FAQ))["items"]
    assert not asked["valid"]
    assert not (await client.read("/calls/un-appel"))["questions"][0]["valid"]
    assert await found(client, "zeppelin") == []
    assert (await client.read("/calls", q="hélium", edition="real"))["exact"] == 0


async def test_what_changes_in_the_answers_is_told(client: Client) -> None:
    for questions in ([FIRST], [SECOND], [{**SECOND, "until": {"on": "2026-11-23"}}], []):
        client.clock.at += timedelta(hours=1)
        await publish(client, *questions)

    changes = (await client.read("/calls/un-appel/changes"))["items"]

    said = [
        [each["fr"].replace("\N{NO-BREAK SPACE}", " ") for each in c["sentences"]] for c in changes
    ]
    assert said == [
        ["Questions : 1 retrait."],
        ["Une réponse n’est plus valable : « Faut-il un zeppelin ? »"],
        ["Une réponse a changé : « Faut-il un zeppelin ? »"],
        ["L’appel est publié ici."],
    ]
    assert changes[2]["sentences"][0]["en"] == "An answer has changed: “Is a zeppelin needed?”"


def test_a_content_kept_before_answers_had_an_end_is_the_same_today() -> None:
    """What a revision of then holds: a question, an answer and perhaps its day, no more."""
    kept = {"slug": "un-appel", **content(FIRST, FIRST)}
    before = CallContent.model_validate(kept)
    today = CallContent.model_validate(before.model_dump(mode="json"))

    assert [asked.slug for asked in before.questions] == [
        "faut-il-un-zeppelin",
        "faut-il-un-zeppelin-2",
    ]
    assert sentences_between(before, today) == []


async def test_a_question_stored_before_names_is_named_by_its_place(client: Client) -> None:
    async with client.database.unit_of_work() as session:
        await session.exec(update(Question).values(slug=None))
    questions = (await client.read(TERRAINS))["questions"]
    assert [asked["slug"] for asked in questions] == [f"question-{n}" for n in range(1, 8)]


@pytest.mark.parametrize(
    ("slugs", "named"),
    [
        (["a", "a-2", "a"], ["a", "a-2", "a-3"]),
        (["a", "a", "a"], ["a", "a-2", "a-3"]),
    ],
)
def test_every_question_of_a_call_has_a_name_of_its_own(slugs: list[str], named: list[str]) -> None:
    asked = [{**FIRST, "slug": slug} for slug in slugs]
    told = CallContent.model_validate({"slug": "un-appel", **content(*asked)})
    assert [question.slug for question in told.questions] == named
