"""Sources and stated figures as spoken. Amounts are integer cents; absent means not stated."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from etape.core.moments import Day
from etape.core.references import RefersTo
from etape.core.texts import Language, Line, Localized, Slug, Spoken, unfit

Url = Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s\x00-\x1f]+$")]
SourceSlug = Annotated[Slug, RefersTo("source")]
"""The name of a published source."""

Integer = Annotated[StrictInt, Field(ge=-(2**53), le=2**53)]
"""A whole number that JavaScript reads exactly."""


class SourceKind(StrEnum):
    """Who speaks: an official page, the press, a vendor, a data set."""

    OFFICIAL = "official"
    PRESS = "press"
    VENDOR = "vendor"
    DATA = "data"


class Qualifier(StrEnum):
    """How exactly the source gives the value."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    ABOUT = "about"


class Unit(StrEnum):
    """What is counted. Money is in integer euro cents."""

    EUR_CENTS = "eur_cents"
    PEOPLE = "people"
    PROJECTS = "projects"
    APPLICATIONS = "applications"
    ORGANISATIONS = "organisations"
    SITES = "sites"
    CALLS = "calls"
    EVENTS = "events"
    ACTIONS = "actions"
    PERCENT = "percent"
    YEARS = "years"


class Relation(StrEnum):
    """Why two figures stand for one thing."""

    UPDATED = "updated"
    ANOTHER_SCOPE = "another_scope"
    CONFLICT = "conflict"


class SourceContent(Spoken):
    """A source as an editor writes it."""

    slug: Slug
    title: Line
    publisher: Line
    kind: SourceKind
    language: Language = Language.FR
    url: Url | None = None
    published: Day | None = None
    note: Localized | None = None
    fictitious: StrictBool = False


class SourceRead(SourceContent):
    """A source as published."""


class FigureContent(Spoken):
    """One stated value as an editor writes it; `source` is a source's slug."""

    key: Slug
    value: Integer | None = None
    unit: Unit | None = None
    qualifier: Qualifier = Qualifier.EXACT
    day: Day | None = None
    scope: Localized | None = None
    stated: Day | None = None
    headline: StrictBool = False
    source: SourceSlug

    @model_validator(mode="after")
    def be_a_value_or_a_day(self) -> Self:
        """Refuse a figure that states nothing, or two things."""
        if (self.value is None) == (self.day is None) or (self.value is None) != (
            self.unit is None
        ):
            raise unfit(
                fr="Un chiffre est une valeur avec son unité, ou bien un jour.",
                en="A figure is a value with its unit, or else a day.",
            )
        return self


class FigureNoteContent(Spoken):
    """Why several figures stand under one key."""

    key: Slug
    relation: Relation
    sentence: Localized


class Stated(Spoken):
    """What sources state of one thing: figures, why some differ, and sources of the whole."""

    figures: list[FigureContent] = []
    notes: list[FigureNoteContent] = []
    sources: list[SourceSlug] = []


class FigureRead(Spoken):
    """One stated value, with the source that states it."""

    value: int | None = Field(description="The value; money in integer euro cents.")
    unit: Unit | None
    qualifier: Qualifier
    day: Day | None = Field(description="The day stated, when the figure is a date.")
    scope: Localized | None = Field(description="What exactly is counted, when the source says.")
    stated: Day | None = Field(description="When it was true or stated.")
    source: SourceRead


class FigureSet(Spoken):
    """Everything stated under one key: the headline first chosen, then what others say."""

    key: str = Field(examples=["budget"])
    headline: FigureRead
    others: list[FigureRead]
    relation: Relation | None = Field(description="Why several figures stand here.")
    sentence: Localized | None


class Statement(Spoken):
    """A sentence and the source that states it (a slug); null when the page as a whole does."""

    text: Localized
    source: SourceSlug | None = None
