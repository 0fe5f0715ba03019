"""Criteria as spoken, each with its sentence and its source; the question put to them, the answer.

What a source does not state is no criterion. Amounts are integer cents; null means not answered.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator

from etape.core.numbers import WHOLE
from etape.core.texts import Localized, Slug, Spoken, unfit
from etape.directory.schemas import RegionCode
from etape.funding.programmes.schemas import Cents
from etape.sources.schemas import Statement

Count = Annotated[int, Field(ge=1, le=1000), WHOLE]
Staff = Annotated[int, Field(ge=0, le=10_000_000), WHOLE]
Years = Annotated[int, Field(ge=0, le=1000), WHOLE]
Months = Annotated[int, Field(ge=0, le=1200), WHOLE]


class StructureKind(StrEnum):
    """What a structure is. Several of them may make a consortium."""

    HEALTH_FACILITY = "health_facility"
    SOCIAL_CARE_FACILITY = "social_care_facility"
    COMMUNITY_PRACTICE = "community_practice"
    SMALL_COMPANY = "small_company"
    LARGE_COMPANY = "large_company"
    UNIVERSITY = "university"
    RESEARCH_BODY = "research_body"
    LOCAL_AUTHORITY = "local_authority"
    ASSOCIATION = "association"


class Stage(StrEnum):
    """How far a project must be."""

    IDEA = "idea"
    PROTOTYPE = "prototype"
    EVALUATION = "evaluation"
    DEPLOYMENT = "deployment"


class Whom(StrEnum):
    """Of whom something is asked: who leads, one member at least, or each of them."""

    LEAD = "lead"
    SOMEONE = "someone"
    EVERYONE = "everyone"


Kinds = Annotated[list[StructureKind], Field(min_length=1, max_length=len(StructureKind))]


class StructureCriterion(Statement):
    """Which kinds of structure may be there."""

    about: Literal["structure"]
    whom: Whom = Whom.LEAD
    kinds: Kinds


class PartnersCriterion(Statement):
    """Which kinds of structure a consortium must hold, itself included who leads."""

    about: Literal["partners"]
    kinds: Kinds
    at_least: Count = 1
    only_together: StrictBool = Field(
        default=False, description="Not asked of a structure that answers alone."
    )


class RegionCriterion(Statement):
    """Where structures must be."""

    about: Literal["region"]
    whom: Whom = Whom.LEAD
    regions: Annotated[list[RegionCode], Field(min_length=1, max_length=20)]


class StageCriterion(Statement):
    """How far the project must be."""

    about: Literal["stage"]
    stages: Annotated[list[Stage], Field(min_length=1, max_length=len(Stage))]


class Bounded(Statement):
    """A number with a lowest or a highest value, both allowed."""

    at_least: Annotated[int, Field(ge=0, le=2**53), WHOLE] | None = None
    at_most: Annotated[int, Field(ge=0, le=2**53), WHOLE] | None = None

    @model_validator(mode="after")
    def have_bounds_in_order(self) -> Self:
        """Refuse a number that nothing bounds, or that nothing can be."""
        if self.at_least is None and self.at_most is None:
            raise unfit(fr="Il faut un minimum ou un maximum.", en="A least or a most is needed.")
        if self.at_most is not None and (self.at_least or 0) > self.at_most:
            raise unfit(fr="Le minimum dépasse le maximum.", en="The least is above the most.")
        return self


class ConsortiumCriterion(Bounded):
    """How many structures answer together; 2 at least requires a consortium, 1 at most bars it."""

    about: Literal["consortium"]


class SizeCriterion(Bounded):
    """How many people a structure employs, or how many whole years old it is."""

    about: Literal["staff", "years"]
    whom: Whom = Whom.LEAD


class ProjectCriterion(Bounded):
    """What the project costs in all, in integer euro cents, or how many months it lasts."""

    about: Literal["spend_cents", "months"]


class OtherCriterion(Statement):
    """What only a person can tell."""

    about: Literal["other"]


Criterion = Annotated[
    StructureCriterion
    | PartnersCriterion
    | RegionCriterion
    | StageCriterion
    | ConsortiumCriterion
    | SizeCriterion
    | ProjectCriterion
    | OtherCriterion,
    Field(discriminator="about"),
]


class Topic(StrEnum):
    """What a criterion is about."""

    STRUCTURE = "structure"
    CONSORTIUM = "consortium"
    PARTNERS = "partners"
    REGION = "region"
    STAGE = "stage"
    STAFF = "staff"
    YEARS = "years"
    SPEND_CENTS = "spend_cents"
    MONTHS = "months"
    OTHER = "other"


class Structure(Spoken):
    """What somebody tells of a structure, as far as they do."""

    kind: StructureKind | None = None
    region: RegionCode | None = None
    staff: Staff | None = Field(default=None, description="How many people it employs.")
    years: Years | None = Field(default=None, description="How many whole years old it is.")


class Project(Spoken):
    """What somebody tells of a project, as far as they do."""

    stage: Stage | None = None
    spend_cents: Cents | None = Field(default=None, description="All its costs, in euro cents.")
    months: Months | None = None


class EligibilityQuestion(Spoken):
    """Who would answer a call, with what project."""

    structure: Structure = Field(default=Structure(), description="The one that asks.")
    lead: Structure | None = Field(
        default=None, description="Who leads; null when it is the structure that asks."
    )
    partners: Annotated[list[Structure], Field(max_length=100)] | None = Field(
        default=None,
        description="The others. Empty: there are none. Null, undecided: where partners are "
        "needed the answer depends on them, where they are not it does not.",
    )
    project: Project = Project()


class Outcome(StrEnum):
    """What becomes of one criterion."""

    MET = "met"
    NOT_MET = "not_met"
    DEPENDS = "depends"
    NOT_STATED = "not_stated"


class Verdict(StrEnum):
    """What becomes of them together. Where no criterion is stated it is never `eligible`."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    DEPENDS = "depends"
    NOT_STATED = "not_stated"


class CriterionAnswer(Spoken):
    """What becomes of one criterion, or that nothing is stated of its topic."""

    about: Topic
    outcome: Outcome
    text: Localized | None = Field(description="What is asked, as the call says it.")
    source: Slug | None = Field(description="The source that states it.")
    change: Localized | None = Field(description="What would make it met, or settle it.")
    asks: str | None = Field(
        description="A JSON Pointer to the answer that is missing.", examples=["/structure/region"]
    )


class EligibilityAnswer(Spoken):
    """Whether they may answer the call: not when a criterion is not met, whatever the others."""

    verdict: Verdict
    changes: list[Localized] = Field(description="What would change it: each of them is needed.")
    criteria: list[CriterionAnswer]
