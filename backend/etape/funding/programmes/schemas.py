"""Programmes and envelopes as spoken."""

from typing import Annotated

from pydantic import Field, StrictBool

from etape.core.moments import Day
from etape.core.numbers import WHOLE
from etape.core.references import RefersTo
from etape.core.texts import Line, Localized, Slug, Spoken
from etape.sources.schemas import FigureSet, SourceRead, SourceSlug, Stated, Statement

ProgrammeSlug = Annotated[Slug, RefersTo("programme")]
EnvelopeSlug = Annotated[Slug, RefersTo("envelope")]
Cents = Annotated[
    int,
    Field(ge=0, le=2**53, description="Integer euro cents.", examples=[37_500_000]),
    WHOLE,
]


class FunderContent(Spoken):
    """A programme that pays, and its share where a source states it."""

    programme: ProgrammeSlug
    share_cents: Cents | None = None
    source: SourceSlug | None = None


class ProgrammeContent(Spoken):
    """A programme as an editor writes it."""

    slug: Slug
    name: Localized
    acronym: Line | None = None
    summary: Localized | None = None
    launched: Day | None = None
    parents: list[ProgrammeSlug] = []
    aims: list[Statement] = []
    stated: Stated = Stated()
    fictitious: StrictBool = False


class EnvelopeContent(Spoken):
    """An envelope as an editor writes it."""

    slug: Slug
    programme: ProgrammeSlug | None = None
    parent: EnvelopeSlug | None = Field(
        default=None, description="The envelope that it is a part of."
    )
    parent_inferred: StrictBool = Field(
        default=False, description="True when no source states what it is a part of."
    )
    name: Localized
    measures: list[Statement] = []
    funders: list[FunderContent] = []
    stated: Stated = Stated()
    fictitious: StrictBool = False


class ProgrammeRef(Spoken):
    """A programme, named."""

    slug: Slug
    name: Localized
    acronym: str | None


class FunderRead(Spoken):
    """A programme that pays."""

    programme: ProgrammeRef
    share_cents: Cents | None = Field(description="Its share; null when it is not stated.")
    source: SourceRead | None


class EnvelopeRead(Spoken):
    """A part of a programme's money."""

    slug: Slug
    name: Localized
    parent: Slug | None
    parent_inferred: bool
    measures: list[Statement]
    funders: list[FunderRead]
    figures: list[FigureSet]
    sources: list[SourceRead]
    fictitious: bool


class ProgrammeSummary(ProgrammeRef):
    """A programme in a list."""

    summary: Localized | None
    launched: Day | None
    figures: list[FigureSet]
    fictitious: bool


class ProgrammeRead(ProgrammeSummary):
    """A programme with its aims and its envelopes."""

    parents: list[ProgrammeRef]
    aims: list[Statement]
    envelopes: list[EnvelopeRead]
    sources: list[SourceRead]
