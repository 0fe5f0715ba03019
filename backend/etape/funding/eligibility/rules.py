"""What becomes of criteria: met, not met, or that it depends; and what would change each answer.

What nobody answered is never held against anybody, and silence is never a yes: where partners, an
answer or a person's eye is needed it depends, where no criterion is stated nothing is
(docs/decisions/0019).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from etape.core.dates import NBSP
from etape.core.money import euros
from etape.core.texts import Localized
from etape.funding.eligibility.schemas import (
    Bounded,
    ConsortiumCriterion,
    Criterion,
    CriterionAnswer,
    EligibilityAnswer,
    EligibilityQuestion,
    OtherCriterion,
    Outcome,
    PartnersCriterion,
    Project,
    ProjectCriterion,
    RegionCriterion,
    SizeCriterion,
    Stage,
    StageCriterion,
    Structure,
    StructureCriterion,
    StructureKind,
    Topic,
    Verdict,
    Whom,
)

OfStructure = StructureCriterion | RegionCriterion | SizeCriterion
MET, NOT_MET, DEPENDS = Outcome.MET, Outcome.NOT_MET, Outcome.DEPENDS

EXPECTED = (
    Topic.STRUCTURE,
    Topic.CONSORTIUM,
    Topic.REGION,
    Topic.STAGE,
    Topic.STAFF,
    Topic.YEARS,
    Topic.SPEND_CENTS,
    Topic.MONTHS,
)
"""What anybody asks of a call: where it has no criterion for one of these, that is said."""

_KINDS = {
    StructureKind.HEALTH_FACILITY: Localized(
        fr="un établissement de santé", en="a health facility"
    ),
    StructureKind.SOCIAL_CARE_FACILITY: Localized(
        fr="un établissement médico-social", en="a social-care facility"
    ),
    StructureKind.COMMUNITY_PRACTICE: Localized(
        fr="une structure de soins de ville", en="a community practice"
    ),
    StructureKind.SMALL_COMPANY: Localized(fr="une PME", en="a small or medium-sized company"),
    StructureKind.LARGE_COMPANY: Localized(fr="une grande entreprise", en="a large company"),
    StructureKind.UNIVERSITY: Localized(fr="une université", en="a university"),
    StructureKind.RESEARCH_BODY: Localized(fr="un organisme de recherche", en="a research body"),
    StructureKind.LOCAL_AUTHORITY: Localized(fr="une collectivité", en="a local authority"),
    StructureKind.ASSOCIATION: Localized(fr="une association", en="an association"),
}
_STAGES = {
    Stage.IDEA: Localized(fr="idée", en="idea"),
    Stage.PROTOTYPE: Localized(fr="prototype", en="prototype"),
    Stage.EVALUATION: Localized(fr="évaluation", en="evaluation"),
    Stage.DEPLOYMENT: Localized(fr="déploiement", en="deployment"),
}
_ASKED = {
    "kind": Localized(fr="Dites de quel type de structure il s’agit.", en="Say what it is."),
    "region": Localized(fr="Dites dans quelle région elle est.", en="Say in which region it is."),
    "staff": Localized(fr="Dites combien de salariés elle a.", en="Say how many staff it has."),
    "years": Localized(fr="Dites quel âge elle a.", en="Say how old it is."),
    "stage": Localized(fr="Dites où en est le projet.", en="Say how mature the project is."),
    "spend_cents": Localized(fr="Dites ce que coûte le projet.", en="Say what the project costs."),
    "months": Localized(
        fr="Dites combien de mois dure le projet.", en="Say how many months the project lasts."
    ),
}
_UNITS = {
    "staff": Localized(fr="salariés", en="staff"),
    "years": Localized(fr="ans", en="years"),
    "months": Localized(fr="mois", en="months"),
}
_CHECK = Localized(
    fr="Vérifiez que c’est votre cas, au besoin auprès du contact de l’appel.",
    en="Check that it is so in your case; the contact of the call may help.",
)
ASKING = "/structure"
"""Where a question tells of the structure that asks."""
ANY = "any"
"""Stands for every value that a structure may tell."""

TOLD = {
    "structure": ({Topic.STRUCTURE, Topic.PARTNERS}, "kinds"),
    "structure_region": ({Topic.REGION}, "regions"),
    "structure_stage": ({Topic.STAGE}, "stages"),
}
"""What lists are told of a structure: what criteria it settles, and their field of values."""


class Fits(NamedTuple):
    """Of each thing told of a structure, the values that may do, and those that surely do."""

    kept: Mapping[str, Sequence[str]]
    sure: Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Applicants:
    """Who answers together, each by where the question tells of it, and with what project.

    They `may_grow` while their partners are undecided, unless the call takes single structures.
    """

    members: Mapping[str, Structure]
    lead: str
    project: Project
    may_grow: bool
    takes_one: bool


def judge(
    criteria: Sequence[Criterion], question: EligibilityQuestion, *, places: Mapping[str, str]
) -> EligibilityAnswer:
    """Return what becomes of each criterion, and of all; `places` are regions by their codes."""
    who = applicants_of(criteria, question)
    answers = [_answer(criterion, who, places) for criterion in criteria]
    verdict = verdict_of(answer.outcome for answer in answers)
    deciding = NOT_MET if verdict is Verdict.NOT_ELIGIBLE else DEPENDS
    changes = [each.change for each in answers if each.outcome is deciding and each.change]
    told = {Topic(criterion.about) for criterion in criteria}
    if Topic.PARTNERS in told:
        told.add(Topic.CONSORTIUM)
    return EligibilityAnswer(
        verdict=verdict,
        changes=list(dict.fromkeys(changes)),
        criteria=answers + [_silence(topic) for topic in EXPECTED if topic not in told],
    )


def fits_of(criteria: Sequence[Criterion]) -> Fits:
    """Return what an index needs to know: the answers to each value that a structure may tell."""
    if not criteria:
        return Fits(kept=dict.fromkeys(TOLD, (ANY,)), sure={})
    nobody = applicants_of(criteria, EligibilityQuestion())
    if _verdict(criteria, nobody) is Verdict.NOT_ELIGIBLE:  # its criteria contradict each other
        return Fits(kept=dict.fromkeys(TOLD, ()), sure={})
    kept: dict[str, Sequence[str]] = {}
    sure: dict[str, Sequence[str]] = {}
    rest = list(criteria)
    for name, (topics, values) in TOLD.items():
        mine = [criterion for criterion in criteria if criterion.about in topics]
        rest = [criterion for criterion in rest if criterion.about not in topics]
        named = {value for criterion in mine for value in getattr(criterion, values)}
        verdicts = {
            value: _verdict(mine, _telling(nobody, value)) for value in ("", *sorted(named))
        }
        kept[name] = _values(verdicts, but={Verdict.NOT_ELIGIBLE})
        sure[name] = _values(verdicts, but={Verdict.NOT_ELIGIBLE, Verdict.DEPENDS})
    return Fits(kept=kept, sure={} if _verdict(rest, nobody) is Verdict.DEPENDS else sure)


def fit(sure: Mapping[str, Sequence[str]], told: Mapping[str, str]) -> Verdict:
    """Return the verdict on a structure that is not left out, by what is `told` of it."""
    is_sure = all(
        ANY in sure.get(name, ()) or told.get(name) in sure.get(name, ()) for name in TOLD
    )
    return Verdict.ELIGIBLE if is_sure else Verdict.DEPENDS


def _telling(nobody: Applicants, value: Any) -> Applicants:
    """Return a structure of which a value is told, as what a criterion looks for in it.

    No structure has "", which stands for all the values that no criterion names.
    """
    return replace(
        nobody,
        members={ASKING: Structure.model_construct(kind=value, region=value)},
        project=Project.model_construct(stage=value),
    )


def _values(verdicts: Mapping[str, Verdict], *, but: Collection[Verdict]) -> list[str]:
    """Return the values of other verdicts: a value that no criterion names never fares better."""
    if verdicts[""] not in but:
        return [ANY]
    return [value for value, verdict in verdicts.items() if verdict not in but]


def applicants_of(criteria: Sequence[Criterion], question: EligibilityQuestion) -> Applicants:
    """Return who would answer a call of these criteria."""
    members = {ASKING: question.structure}
    if question.lead is not None:
        members["/lead"] = question.lead
    for rank, partner in enumerate(question.partners or ()):
        members[f"/partners/{rank}"] = partner
    takes_one = any(isinstance(it, ConsortiumCriterion) and it.at_most == 1 for it in criteria)
    return Applicants(
        members=members,
        lead=ASKING if question.lead is None else "/lead",
        project=question.project,
        may_grow=question.partners is None and not takes_one,
        takes_one=takes_one,
    )


def verdict_of(outcomes: Iterable[Outcome]) -> Verdict:
    """Return what becomes of criteria together."""
    found = set(outcomes)
    if NOT_MET in found:
        return Verdict.NOT_ELIGIBLE
    if DEPENDS in found:
        return Verdict.DEPENDS
    return Verdict.ELIGIBLE if MET in found else Verdict.NOT_STATED


def _verdict(criteria: Iterable[Criterion], who: Applicants) -> Verdict:
    return verdict_of(outcome_of(criterion, who) for criterion in criteria)


def outcome_of(criterion: Criterion, who: Applicants) -> Outcome:
    """Return what becomes of one criterion."""
    match criterion:
        case StructureCriterion() | RegionCriterion() | SizeCriterion():
            return _asked_of(criterion.whom, who, partial(_passes, criterion))
        case PartnersCriterion():
            return _with_partners(criterion, who)
        case ConsortiumCriterion(at_least=least):
            count = len(who.members)
            is_short = least is not None and count < least
            return DEPENDS if is_short and who.may_grow else _outcome(_within(criterion, count))
        case StageCriterion(stages=stages):
            return _outcome(_among(who.project.stage, stages))
        case ProjectCriterion(about=about):
            return _outcome(_within(criterion, getattr(who.project, about)))
        case OtherCriterion():
            return DEPENDS


def _outcome(holds: bool | None) -> Outcome:  # noqa: FBT001 - what is turned into an outcome
    return DEPENDS if holds is None else MET if holds else NOT_MET


def _passes(criterion: OfStructure, it: Structure) -> bool | None:
    match criterion:
        case StructureCriterion(kinds=kinds):
            return _among(it.kind, kinds)
        case RegionCriterion(regions=regions):
            return _among(it.region, regions)
        case SizeCriterion(about=about):
            return _within(criterion, getattr(it, about))


def _among(value: str | None, allowed: Sequence[str]) -> bool | None:
    return None if value is None else value in allowed


def _within(bounds: Bounded, number: int | None) -> bool | None:
    if number is None:
        return None
    is_enough = bounds.at_least is None or number >= bounds.at_least
    return is_enough and (bounds.at_most is None or number <= bounds.at_most)


def _asked_of(whom: Whom, who: Applicants, test: Callable[[Structure], bool | None]) -> Outcome:
    """Return what becomes of a test; a leader or a member to come may pass it for the others."""
    if whom is Whom.LEAD:
        holds = test(who.members[who.lead])
        may_pass = who.may_grow and who.lead == ASKING
    else:
        decisive = whom is Whom.SOMEONE
        found = {test(member) for member in who.members.values()}
        holds = decisive if decisive in found else None if None in found else not decisive
        may_pass = who.may_grow and whom is Whom.SOMEONE
    return DEPENDS if holds is False and may_pass else _outcome(holds)


def _with_partners(criterion: PartnersCriterion, who: Applicants) -> Outcome:
    if criterion.only_together and len(who.members) == 1:
        return MET
    found = [_among(member.kind, criterion.kinds) for member in who.members.values()]
    if found.count(True) >= criterion.at_least:
        return MET
    may_be_enough = len(found) - found.count(False) >= criterion.at_least
    return DEPENDS if may_be_enough or who.may_grow else NOT_MET


def _answer(criterion: Criterion, who: Applicants, places: Mapping[str, str]) -> CriterionAnswer:
    outcome = outcome_of(criterion, who)
    asks = _missing(criterion, who) if outcome is DEPENDS else None
    change = None
    if asks is not None:
        change = _ASKED[asks.rpartition("/")[2]]
    elif outcome is not MET:
        change = _change(criterion, who, places)
    return CriterionAnswer(
        about=Topic(criterion.about),
        outcome=outcome,
        text=criterion.text,
        source=criterion.source,
        change=change,
        asks=asks,
    )


def _silence(topic: Topic) -> CriterionAnswer:
    return CriterionAnswer(
        about=topic, outcome=Outcome.NOT_STATED, text=None, source=None, change=None, asks=None
    )


def _missing(criterion: Criterion, who: Applicants) -> str | None:
    """Return where the answer is missing that a criterion depends on, if it is an answer."""
    match criterion:
        case StructureCriterion() | RegionCriterion() | SizeCriterion():
            field = "kind" if isinstance(criterion, StructureCriterion) else criterion.about
            among = [who.lead] if criterion.whom is Whom.LEAD else list(who.members)
        case PartnersCriterion():
            field, among = "kind", list(who.members)
        case StageCriterion() | ProjectCriterion():
            return f"/project/{criterion.about}"
        case _:
            return None
    missing = (place for place in among if getattr(who.members[place], field) is None)
    return next((f"{place}/{field}" for place in missing), None)


def _change(criterion: Criterion, who: Applicants, places: Mapping[str, str]) -> Localized:
    """Return the least that would make a criterion met, or settle it."""
    match criterion:
        case StructureCriterion() | RegionCriterion() | SizeCriterion():
            return _take(criterion.whom, who, _wanted(criterion, places))
        case PartnersCriterion(kinds=kinds):
            found = sum(member.kind in kinds for member in who.members.values())
            return _add(criterion.at_least - found, _one_of(_KINDS[kind] for kind in kinds))
        case ConsortiumCriterion():
            return _resize(criterion, len(who.members))
        case StageCriterion(stages=stages):
            stage = _one_of(_STAGES[stage] for stage in stages)
            return Localized(
                fr=f"Présentez un projet à ce stade{NBSP}: {stage.fr}.",
                en=f"Bring a project at this stage: {stage.en}.",
            )
        case ProjectCriterion():
            size = _range(criterion)
            return Localized(
                fr=f"Présentez un projet de {size.fr}.", en=f"Bring a project of {size.en}."
            )
        case OtherCriterion():
            return _CHECK


def _wanted(criterion: OfStructure, places: Mapping[str, str]) -> Localized:
    """Return a structure that would do, in words."""
    match criterion:
        case StructureCriterion(kinds=kinds):
            return _one_of(_KINDS[kind] for kind in kinds)
        case RegionCriterion(regions=regions):
            names = ", ".join(places.get(code, code) for code in regions)
            return Localized(
                fr=f"une structure d’une région admise ({names})",
                en=f"an organisation in an accepted region ({names})",
            )
        case SizeCriterion():
            size = _range(criterion)
            return Localized(fr=f"une structure de {size.fr}", en=f"an organisation of {size.en}")


def _take(whom: Whom, who: Applicants, wanted: Localized) -> Localized:
    fr, en = wanted.fr, wanted.en
    if who.takes_one:
        return Localized(fr=f"Il faut être {fr}.", en=f"One must be {en}.")
    if whom is Whom.LEAD:
        return Localized(fr=f"Prenez pour chef de file {fr}.", en=f"Take as your leader {en}.")
    if whom is Whom.SOMEONE:
        return _add(1, wanted)
    return Localized(fr=f"Chaque membre doit être {fr}.", en=f"Each member must be {en}.")


def _add(count: int, wanted: Localized) -> Localized:
    if count == 1:
        return Localized(
            fr=f"Ajoutez {wanted.fr} au consortium.", en=f"Add {wanted.en} to the consortium."
        )
    return Localized(
        fr=f"Ajoutez {count} membres au consortium, chacun étant {wanted.fr}.",
        en=f"Add {count} members to the consortium, each of them {wanted.en}.",
    )


def _resize(criterion: ConsortiumCriterion, count: int) -> Localized:
    if criterion.at_most is not None and count > criterion.at_most:
        if criterion.at_most == 1:
            return Localized(fr="Répondez sans partenaire.", en="Apply without partners.")
        return Localized(
            fr=f"Ramenez le consortium à {criterion.at_most} membres au plus.",
            en=f"Bring the consortium down to {criterion.at_most} members at most.",
        )
    lacking = (criterion.at_least or 0) - count
    return Localized(
        fr=f"Répondez à plusieurs{NBSP}: il manque {lacking} membre{'s' if lacking > 1 else ''}.",
        en=f"Apply with others: {lacking} member{'s are' if lacking > 1 else ' is'} lacking.",
    )


def _one_of(labels: Iterable[Localized]) -> Localized:
    each = list(labels)
    return Localized(
        fr=_listed([label.fr for label in each], "ou"),
        en=_listed([label.en or label.fr for label in each], "or"),
    )


def _listed(words: Sequence[str], last: str) -> str:
    head, tail = ", ".join(words[:-1]), words[-1]
    return f"{head} {last} {tail}" if head else tail


def _range(criterion: SizeCriterion | ProjectCriterion) -> Localized:
    about, least, most = criterion.about, criterion.at_least, criterion.at_most
    low = _measured(about, least or 0)
    if most is None:
        return Localized(fr=f"{low.fr} au moins", en=f"{low.en} at least")
    high = _measured(about, most)
    if least is None:
        return Localized(fr=f"{high.fr} au plus", en=f"{high.en} at most")
    if about in _UNITS:  # the unit is said once
        return Localized(fr=f"{least} à {high.fr}", en=f"{least} to {high.en}")
    return Localized(fr=f"{low.fr} à {high.fr}", en=f"{low.en} to {high.en}")


def _measured(about: str, number: int) -> Localized:
    if about == Topic.SPEND_CENTS:
        return euros(number)
    unit = _UNITS[about]
    return Localized(fr=f"{number} {unit.fr}", en=f"{number} {unit.en}")
