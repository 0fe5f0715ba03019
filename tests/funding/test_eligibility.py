"""Whether a structure, or a consortium, may answer a call: over HTTP, and what the rules keep."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from etape.funding.calls.schemas import Applicant
from etape.funding.eligibility.rules import ANY, fit, fits_of, judge
from etape.funding.eligibility.schemas import (
    Criterion,
    EligibilityQuestion,
    Outcome,
    PartnersCriterion,
    Project,
    Stage,
    Structure,
    StructureKind,
    Verdict,
    Whom,
)
from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.team import sign_in

reading = pytest.mark.asyncio(loop_scope="session")

UNIVERSITY = {"kind": "university", "region": "76"}
HOSPITAL = {"kind": "health_facility", "region": "76"}
LAB_CALL = "tiers-lieux-experimentation"


async def asked(client: Client, slug: str, **question: Any) -> dict[str, Any]:
    answer = await client.post(f"/api/v1/calls/{slug}/eligibility", json=question)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


def about(answer: dict[str, Any], topic: str) -> dict[str, Any]:
    found: dict[str, Any] = next(it for it in answer["criteria"] if it["about"] == topic)
    return found


@reading
async def test_a_university_alone_is_told_whom_to_add(shared_client: Client) -> None:
    alone = await asked(shared_client, LAB_CALL, structure=UNIVERSITY, partners=[])

    assert alone["verdict"] == "not_eligible"
    [change] = alone["changes"]
    assert change["fr"].startswith("Ajoutez un établissement de santé")
    assert change["en"].startswith("Add a health facility")
    [sentence] = [it for it in alone["criteria"] if it["text"]]
    assert sentence["source"] == "presse-tiers-lieux-2022"
    assert sentence["outcome"] == "not_met"

    undecided = await asked(shared_client, LAB_CALL, structure=UNIVERSITY)
    assert (undecided["verdict"], undecided["changes"]) == ("depends", [change])
    together = await asked(shared_client, LAB_CALL, structure=UNIVERSITY, partners=[HOSPITAL])
    assert (together["verdict"], together["changes"]) == ("eligible", [])


@reading
async def test_who_leads_is_judged_apart_from_who_takes_part(shared_client: Client) -> None:
    company = {"kind": "small_company"}
    led = await asked(shared_client, "azimut-terrains", structure=company, lead=HOSPITAL)
    leading = await asked(shared_client, "azimut-terrains", structure=company, partners=[HOSPITAL])

    assert about(led, "structure")["outcome"] == "met"
    decided = await asked(shared_client, "azimut-terrains", lead=company)
    assert decided["verdict"] == "not_eligible"
    assert about(leading, "structure")["outcome"] == "not_met"
    assert about(leading, "structure")["change"]["fr"].startswith("Prenez pour chef de file un")
    assert about(leading, "partners")["change"]["fr"] == "Ajoutez une association au consortium."


@reading
async def test_each_missing_answer_is_asked_for_and_what_a_person_must_see_is_said(
    shared_client: Client,
) -> None:
    nothing = await asked(shared_client, "azimut-cheque-reglementaire")

    assert nothing["verdict"] == "depends"
    assert {it["about"]: it["asks"] for it in nothing["criteria"] if it["asks"]} == {
        "structure": "/structure/kind",
        "region": "/structure/region",
        "staff": "/structure/staff",
        "years": "/structure/years",
        "stage": "/project/stage",
    }
    assert about(nothing, "other")["change"]["fr"].startswith("Vérifiez")
    young = {"kind": "small_company", "region": "04", "staff": 249, "years": 9}
    told = await asked(
        shared_client,
        "azimut-cheque-reglementaire",
        structure=young,
        project={"stage": "idea"},
    )
    assert [it["about"] for it in told["criteria"] if it["outcome"] == "depends"] == ["other"]
    for wrong, sentence in (
        ({"staff": 250}, "Il faut être une structure de 249 salariés au plus."),
        ({"years": 10}, "Il faut être une structure de 9 ans au plus."),
        ({"kind": "university"}, "Il faut être une PME ou une association."),
    ):
        refused = await asked(shared_client, "azimut-cheque-reglementaire", structure=young | wrong)
        assert refused["verdict"] == "not_eligible"
        assert [change["fr"] for change in refused["changes"]] == [sentence]


@reading
@pytest.mark.parametrize(
    ("project", "partners", "sentences"),
    [
        (
            {"spend_cents": 100, "months": 49},
            [],
            [
                "Présentez un projet de 200 000 € à 5 000 000 €.",
                "Présentez un projet de 12 à 48 mois.",
            ],
        ),
        (
            {"spend_cents": 20_000_000, "months": 48},
            [UNIVERSITY],
            [
                "Ajoutez un établissement de santé au consortium.",
                "Ajoutez une PME ou une grande entreprise au consortium.",
            ],
        ),
        (
            {"spend_cents": 500_000_000, "months": 12},
            [],
            ["Vérifiez que c’est votre cas, au besoin"],
        ),
    ],
)
async def test_a_project_and_its_partners_are_held_to_what_is_stated(
    shared_client: Client,
    project: dict[str, int],
    partners: list[dict[str, str]],
    sentences: list[str],
) -> None:
    answer = await asked(
        shared_client,
        "evaluation-dispositifs-numeriques",
        structure=UNIVERSITY,
        project=project,
        partners=partners,
    )

    told = [change["fr"] for change in answer["changes"]]
    for said, expected in zip(told, sentences, strict=True):
        assert said.translate({0x202F: " ", 0xA0: " "}).startswith(expected)


@reading
async def test_where_the_sources_are_silent_nothing_is_said_to_be_allowed(
    shared_client: Client,
) -> None:
    answer = await asked(shared_client, "i-nov", structure=HOSPITAL, partners=[])

    assert answer["verdict"] == "not_stated"
    assert {it["outcome"] for it in answer["criteria"]} == {"not_stated"}
    partly = await asked(shared_client, LAB_CALL, structure=HOSPITAL, partners=[])
    assert partly["verdict"] == "eligible"
    assert about(partly, "region")["outcome"] == "not_stated"


@reading
async def test_a_question_that_cannot_be_is_refused_where_it_is_wrong(
    shared_client: Client,
) -> None:
    for question, pointer in (
        ({"structure": {"kind": "consortium"}}, "/structure/kind"),
        ({"structure": {"region": "99"}}, "/structure/region"),
        ({"structure": {"name": "CHU de Lille"}}, "/structure/name"),
        ({"partners": [{"staff": -1}]}, "/partners/0/staff"),
        ({"project": {"spend_cents": 1.5}}, "/project/spend_cents"),
        ({"lead": "university"}, "/lead"),
    ):
        answer = await shared_client.post(f"/api/v1/calls/{LAB_CALL}/eligibility", json=question)
        assert answer.status_code == 422, question
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    nowhere = await shared_client.post("/api/v1/calls/nowhere/eligibility", json={})
    assert nowhere.status_code == 404


@reading
async def test_calls_for_my_structure_are_those_that_it_may_answer_somehow(
    shared_client: Client,
) -> None:
    """The list says, of each call, what the question about that call answers."""
    slugs = {call["slug"] for call in (await shared_client.read("/calls", limit=100))["items"]}
    told = [{"structure": kind} for kind in StructureKind]
    told += [{"structure_region": region} for region in ("76", "04")]
    told += [{"structure_stage": stage} for stage in ("idea", "evaluation")]
    told += [
        {"structure": kind, "structure_region": region, "structure_stage": stage}
        for kind, region, stage in (
            ("university", "76", "idea"),
            ("small_company", "04", "prototype"),
            ("health_facility", "32", "evaluation"),
        )
    ]
    seen = set()
    for mine in told:
        found = await shared_client.read("/calls", limit=100, **mine)
        listed = {call["slug"]: call["fit"] for call in found["items"]}
        for slug in slugs:
            answer = await asked(
                shared_client,
                slug,
                structure={"kind": mine.get("structure"), "region": mine.get("structure_region")},
                project={"stage": mine.get("structure_stage")},
            )
            assert listed.get(slug, "not_eligible") == answer["verdict"], (slug, mine)
            seen.add(answer["verdict"])
    assert seen == set(Verdict)


@reading
async def test_a_list_says_no_fit_where_nothing_is_told_of_a_structure(
    shared_client: Client,
) -> None:
    found = await shared_client.read("/calls", applicant="university", stage="evaluation")

    assert {call["fit"] for call in found["items"]} == {None}
    known = {applicant.value for applicant in Applicant} - {Applicant.CONSORTIUM.value}
    assert known == {kind.value for kind in StructureKind}


async def test_criteria_are_published_with_a_call_and_their_changes_are_told(
    client: Client,
) -> None:
    sentence = {"text": {"fr": "Un hôpital est membre.", "en": None}, "source": "azimut-annonce"}
    hospital = {"about": "partners", "kinds": ["health_facility"], **sentence}
    call = {"kind": "aap", "name": {"fr": "Un appel"}, "criteria": [hospital]}
    async with await sign_in(client, Role.FUNDING_EDITOR) as browser:
        editor = Editor(browser)
        for wrong, pointer in (
            ({**hospital, "kinds": []}, "/criteria/0/kinds"),
            ({"about": "staff", **sentence}, "/criteria/0"),
            ({"about": "staff", "at_least": 9, "at_most": 2, **sentence}, "/criteria/0"),
            ({"about": "weather", **sentence}, "/criteria/0"),
            (sentence, "/criteria/0"),
        ):
            refused = await editor.draft("calls/un-appel", {**call, "criteria": [wrong]})
            assert refused.status_code == 422
            assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
        unknown = {**call, "criteria": [{**hospital, "source": "nowhere"}]}
        assert (await editor.draft("calls/un-appel", unknown)).status_code == 200
        refused = await editor.act("calls/un-appel")
        assert refused.status_code == 409
        assert [it["pointer"] for it in refused.json()["errors"]] == ["/criteria/0/source"]
        await editor.publish("calls/un-appel", {**call, "criteria": []})
        await editor.publish("calls/un-appel", call)

    read = await client.read("/calls/un-appel")
    assert read["criteria"] == [{**hospital, "at_least": 1, "only_together": False}]
    [change, _] = (await client.read("/calls/un-appel/changes"))["items"]
    assert change["sentences"][0]["fr"].startswith("Critères d’éligibilité")
    assert (await asked(client, "un-appel", structure=HOSPITAL))["verdict"] == "eligible"
    [listed] = (await client.read("/calls", q="un appel", structure="university"))["items"][:1]
    assert (listed["slug"], listed["fit"]) == ("un-appel", "depends")


KINDS = st.sampled_from(StructureKind)
STRUCTURES = st.builds(
    Structure,
    kind=st.none() | KINDS,
    region=st.sampled_from([None, "04", "32", "76"]),
    staff=st.none() | st.integers(0, 300),
    years=st.none() | st.integers(0, 20),
)
PROJECTS = st.builds(
    Project,
    stage=st.none() | st.sampled_from(Stage),
    spend_cents=st.none() | st.integers(0, 300),
    months=st.none() | st.integers(0, 60),
)
QUESTIONS = st.builds(
    EligibilityQuestion,
    structure=STRUCTURES,
    lead=st.none() | STRUCTURES,
    partners=st.none() | st.lists(STRUCTURES, max_size=4),
    project=PROJECTS,
)
ADAPTER: TypeAdapter[Criterion] = TypeAdapter(Criterion)
SENTENCE = {"text": {"fr": "Une règle."}}
WHOM = st.sampled_from(Whom)
BOUNDS = {"at_least": st.integers(0, 100), "at_most": st.integers(100, 300)}


def criteria(about: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Criterion]:
    told = st.fixed_dictionaries({"about": st.just(about), **fields})
    return told.map(lambda it: ADAPTER.validate_python({**it, **SENTENCE}))


PARTNERS = criteria(
    "partners",
    kinds=st.lists(KINDS, min_size=1, max_size=3),
    at_least=st.integers(1, 4),
    only_together=st.booleans(),
)
EACH = st.one_of(
    criteria("structure", whom=WHOM, kinds=st.lists(KINDS, min_size=1, max_size=3)),
    PARTNERS,
    criteria(
        "region", whom=WHOM, regions=st.lists(st.sampled_from(["04", "32"]), min_size=1, max_size=2)
    ),
    criteria("stage", stages=st.lists(st.sampled_from(Stage), min_size=1, max_size=3)),
    criteria("consortium", at_least=st.integers(0, 3), at_most=st.integers(3, 6)),
    criteria("consortium", at_most=st.just(1)),
    criteria("staff", whom=WHOM, **BOUNDS),
    criteria("years", whom=WHOM, **BOUNDS),
    criteria("spend_cents", **BOUNDS),
    criteria("months", **BOUNDS),
    criteria("other"),
)
CRITERIA = st.lists(EACH, max_size=5)


def verdict(asked_for: list[Criterion], question: EligibilityQuestion) -> Verdict:
    return judge(asked_for, question, places={}).verdict


@given(CRITERIA, QUESTIONS)
def test_silence_is_never_a_yes_and_each_no_says_what_would_change_it(
    asked_for: list[Criterion], question: EligibilityQuestion
) -> None:
    answer = judge(asked_for, question, places={})

    stated = [it for it in answer.criteria if it.outcome is not Outcome.NOT_STATED]
    assert len(stated) == len(asked_for)
    assert (answer.verdict is Verdict.NOT_STATED) == (not asked_for)
    assert all((it.change is None) == (it.outcome is Outcome.MET) for it in stated)
    is_settled = answer.verdict in {Verdict.ELIGIBLE, Verdict.NOT_STATED}
    assert is_settled == (not answer.changes)


@given(EACH, st.none() | st.lists(st.just(Structure()), max_size=1))
def test_what_is_not_answered_is_never_held_against_anybody(
    criterion: Criterion, partners: list[Structure] | None
) -> None:
    """How many they are is an answer, once their partners are told."""
    is_counted = partners is not None and criterion.about in {"consortium", "partners"}

    answer = verdict([criterion], EligibilityQuestion(partners=partners))

    assert is_counted or answer is not Verdict.NOT_ELIGIBLE


@given(CRITERIA, QUESTIONS, st.data())
def test_an_answer_taken_back_turns_no_yes_or_depends_into_a_no(
    asked_for: list[Criterion], question: EligibilityQuestion, data: st.DataObject
) -> None:
    part = data.draw(st.sampled_from(["structure", "project"]))
    told = getattr(question, part)
    less = told.model_copy(
        update={data.draw(st.sampled_from(sorted(type(told).model_fields))): None}
    )
    vaguer = question.model_copy(update={part: less})

    if verdict(asked_for, question) is not Verdict.NOT_ELIGIBLE:
        assert verdict(asked_for, vaguer) is not Verdict.NOT_ELIGIBLE


@given(PARTNERS, QUESTIONS, st.data())
def test_a_required_member_that_is_added_never_makes_it_worse(
    criterion: PartnersCriterion, question: EligibilityQuestion, data: st.DataObject
) -> None:
    added = Structure(kind=data.draw(st.sampled_from(criterion.kinds)))
    partners = question.partners or []
    is_together = bool(partners or question.lead)
    before = verdict([criterion], question)

    after = verdict([criterion], question.model_copy(update={"partners": [*partners, added]}))

    order = [Verdict.NOT_ELIGIBLE, Verdict.DEPENDS, Verdict.ELIGIBLE]
    if question.partners is not None and (is_together or not criterion.only_together):
        assert order.index(after) >= order.index(before)


@given(CRITERIA, STRUCTURES, st.none() | st.sampled_from(Stage))
def test_an_index_answers_as_the_rules_do(
    asked_for: list[Criterion], structure: Structure, stage: Stage | None
) -> None:
    told = {
        "structure": structure.kind,
        "structure_region": structure.region,
        "structure_stage": stage,
    }
    known = {name: str(value) for name, value in told.items() if value is not None}
    kept, sure = fits_of(asked_for)

    is_kept = all({ANY, value} & set(kept[name]) for name, value in known.items())
    question = EligibilityQuestion(
        structure=Structure(kind=structure.kind, region=structure.region),
        project=Project(stage=stage),
    )
    expected = verdict(asked_for, question)
    if asked_for and known:
        assert (fit(sure, known) if is_kept else Verdict.NOT_ELIGIBLE) is expected
