"""What calls are searched by, and what is told of each one found."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from etape.core.found import FacetCount, Relief, Segment
from etape.core.moments import BoundedDate
from etape.core.paging import Cursor, Limit, Page
from etape.core.texts import SearchText, Slug, Spoken
from etape.directory.schemas import RegionCode
from etape.funding.calls.schemas import Aid, Applicant, CallKind, CallState, CallSummary, Edition
from etape.funding.eligibility.schemas import Stage, StructureKind, Verdict


class CallSort(StrEnum):
    """The order of a list of calls; those without the date or the amount come last."""

    RELEVANCE = "relevance"
    CLOSES = "closes"
    OPENS = "opens"
    AMOUNT = "-amount"
    UPDATED = "-updated"


class CallFilter(Spoken):
    """What calls are narrowed by: any of the values of one filter, all of the filters."""

    q: SearchText = Field(
        default="",
        description="Words; accents, one typo and acronyms are fine.",
        examples=["données de santé"],
    )
    status: list[CallState] = Field(default=[], max_length=20, description="At this instant.")
    kind: list[CallKind] = Field(default=[], max_length=20, description="The kinds of call.")
    theme: list[Slug] = Field(default=[], max_length=20, description="Slugs of themes.")
    applicant: list[Applicant] = Field(
        default=[], max_length=20, description="Who may apply, alone or with others."
    )
    region: list[RegionCode] = Field(
        default=[], max_length=20, description="INSEE codes; calls for the whole country are kept."
    )
    stage: list[Stage] = Field(
        default=[], max_length=20, description="How mature the projects are."
    )
    aid: list[Aid] = Field(default=[], max_length=20, description="The forms of the aid.")
    programme: list[Slug] = Field(default=[], max_length=20, description="Slugs of programmes.")
    edition: list[Edition] = Field(
        default=[], max_length=20, description="`real`: without what was invented for the demo."
    )
    structure: StructureKind | None = Field(
        default=None,
        description="What my structure is: leaves out the calls that it cannot answer, even with "
        "partners, and keeps those where it depends or where nothing is stated.",
    )
    structure_region: RegionCode | None = Field(
        default=None, description="Where my structure is, as an INSEE code; likewise."
    )
    structure_stage: Stage | None = Field(
        default=None, description="How mature the project of my structure is; likewise."
    )
    amount_from: Annotated[int, Field(ge=0, le=2**53)] | None = Field(
        default=None,
        description="In integer euro cents: the most aid for one project is at least this.",
    )


class CallQuery(CallFilter):
    """What calls are searched by, and in what order they come."""

    closes_from: BoundedDate | None = Field(
        default=None, description="Closes on that day or later."
    )
    closes_to: BoundedDate | None = Field(default=None, description="Closes on that day or before.")
    as_of: BoundedDate | None = Field(
        default=None,
        description="A day, at its end in Paris: the calls that are published today, in the state "
        "and with the dates that they had then, which the filters and the order go by; now.",
    )
    dated: bool | None = Field(
        default=None, description="Whether a closing is stated; `false` keeps what has no end."
    )
    sort: CallSort | None = Field(
        default=None, description="By relevance when there are words, else by deadline."
    )
    limit: Limit = 20
    cursor: Cursor = None


FoundIn = Literal[
    "name", "promise", "kind", "theme", "applicant", "region", "aid", "operator", "body"
]
"""A part of a call that words are found in; `body` is all that its page says at length."""


class Why(Spoken):
    """Typed words that a call answers, and where."""

    typed: str
    taken: str | None = Field(description="The synonym or correction found instead, if any.")
    found_in: FoundIn = Field(description="The first place: a name tells more than a body.")


class CallHit(CallSummary):
    """A call found, and why."""

    exact: bool = Field(description="False: it lacks a word, or has a near one only.")
    fit: Verdict | None = Field(
        description="Whether my structure may answer it; null where nothing is told of one."
    )
    why: list[Why] = Field(description="What of the question it answers, in the typed order.")
    missing: list[str] = Field(description="The typed words that it lacks.")
    highlights: dict[str, list[Segment]] = Field(
        description="The texts that matched: `name`, `promise`, `tags`, `body`, `…_en`."
    )


class CallPage(Page[CallHit]):
    """One page of calls found."""

    exact: int = Field(description="How many, of the total, have every word.")
    facets: dict[str, list[FacetCount]] = Field(description="Counts by filter, the largest first.")
    synonyms: dict[str, list[str]] = Field(description="What else was searched, by what was typed.")
    corrections: dict[str, list[str]] = Field(
        description="What words were taken for, by what was typed."
    )
    relief: list[Relief] = Field(
        description="When no call has every word: the one filter to drop, else words; best first."
    )
