"""The directory as spoken."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from etape.core.moments import Zone
from etape.core.references import RefersTo
from etape.core.texts import Line, Localized, Slug, Spoken
from etape.sources.schemas import Stated, Url

RegionCode = Annotated[
    str,
    StringConstraints(pattern=r"^(0[12346]|11|2[478]|32|44|5[23]|7[56]|84|9[34])$", max_length=2),
    Field(examples=["32"], description="INSEE code."),
]
ThemeSlug = Annotated[Slug, RefersTo("theme")]
OrganisationSlug = Annotated[Slug, RefersTo("organisation")]
PersonSlug = Annotated[Slug, RefersTo("person")]


class OrganisationKind(StrEnum):
    """What a body is."""

    MINISTRY = "ministry"
    AGENCY = "agency"
    HEALTH_AGENCY = "health_agency"
    OPERATOR = "operator"
    REGIONAL_SERVICE = "regional_service"
    HOSPITAL = "hospital"
    UNIVERSITY = "university"
    RESEARCH = "research"
    CLUSTER = "cluster"
    COMPANY = "company"
    ASSOCIATION = "association"
    OTHER = "other"


class RegionRead(Spoken):
    """One of the eighteen regions."""

    code: RegionCode
    slug: Slug
    name: str
    zone: Zone = Field(description="The time zone of the place.")
    overseas: bool


class ThemeContent(Spoken):
    """A subject that calls and stops are about."""

    slug: Slug
    label: Localized


class OrganisationContent(Spoken):
    """A body as an editor writes it."""

    slug: Slug
    name: Line
    acronym: Line | None = None
    kind: OrganisationKind
    region: RegionCode | None = None
    url: Url | None = None
    mission: Localized | None = None
    fictitious: StrictBool = False


class OrganisationEntry(OrganisationContent):
    """A body with what sources state of it (members, jobs…), to be published together."""

    stated: Stated = Stated()


class PersonContent(Spoken):
    """Somebody who appears in public."""

    slug: Slug
    name: Line
    fictitious: StrictBool = False


class TermContent(Spoken):
    """A word of the field."""

    slug: Slug
    term: Line
    expansion: Localized | None = Field(default=None, description="What an acronym stands for.")
    meaning: Localized | None = None
    synonyms: list[Line] = Field(
        default=[], description="Other words that people type when they mean it."
    )
