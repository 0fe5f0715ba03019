"""Calls as spoken. Amounts are integer cents; a list left empty means that nothing is stated."""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import chain, count
from textwrap import shorten
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt, model_validator

from etape.core.moments import Day, Moment
from etape.core.references import RefersTo
from etape.core.texts import Email, Line, Localized, Slug, Spoken, fold, unfit
from etape.directory.schemas import OrganisationSlug, RegionCode, ThemeSlug
from etape.funding.eligibility.schemas import Criterion, Stage
from etape.funding.programmes.schemas import (
    Cents,
    EnvelopeSlug,
    FunderContent,
    FunderRead,
    ProgrammeRef,
    ProgrammeSlug,
)
from etape.sources.schemas import (
    FigureRead,
    FigureSet,
    SourceRead,
    SourceSlug,
    Stated,
    Statement,
    Url,
)

CallSlug = Annotated[Slug, RefersTo("call")]


class CallKind(StrEnum):
    """The legal and practical form of a call."""

    AAP = "aap"
    AMI = "ami"
    CONTEST = "contest"
    WINDOW = "window"


class CallState(StrEnum):
    """Where a call is in its life, today. `closing` is open, for a fortnight at most."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSING = "closing"
    BETWEEN_WAVES = "between_waves"
    UNDER_REVIEW = "under_review"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    EXHAUSTED = "exhausted"
    NOT_STATED = "not_stated"


class Recurrence(StrEnum):
    """Whether the call comes back."""

    ONCE = "once"
    RECURRENT = "recurrent"
    PERMANENT = "permanent"


class Applicant(StrEnum):
    """The kinds of structure that may apply."""

    HEALTH_FACILITY = "health_facility"
    SOCIAL_CARE_FACILITY = "social_care_facility"
    COMMUNITY_PRACTICE = "community_practice"
    SMALL_COMPANY = "small_company"
    LARGE_COMPANY = "large_company"
    UNIVERSITY = "university"
    RESEARCH_BODY = "research_body"
    LOCAL_AUTHORITY = "local_authority"
    ASSOCIATION = "association"
    CONSORTIUM = "consortium"


class Aid(StrEnum):
    """The form of the money."""

    GRANT = "grant"
    REPAYABLE_ADVANCE = "repayable_advance"
    LOAN = "loan"
    EQUITY = "equity"
    PRIZE = "prize"
    SUPPORT = "support"


class Halting(StrEnum):
    """Why a person stopped a call."""

    SUSPENDED = "suspended"
    EXHAUSTED = "exhausted"


class Halt(Spoken):
    """A person's decision that a call takes no more applications, whatever its dates."""

    state: Halting
    since: Day
    reason: Localized


class Contact(Spoken):
    """Somebody to ask. The published contact of a body, never a private one."""

    name: Line
    role: Localized | None = None
    email: Email | None = None
    phone: Annotated[str, Field(pattern=r"^\+?[0-9 .()-]{6,30}$")] | None = None


class Document(Spoken):
    """A document of a call or a session: its rulebook, a form, what was shown."""

    title: Localized
    url: Url | None = Field(description="Null when the document is named without a link.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "fr"


class Rate(Spoken):
    """The share of the eligible costs that is paid, for one kind of applicant."""

    label: Localized
    percent: Annotated[StrictInt, Field(ge=1, le=100)]
    ceiling_cents: Cents | None = None


class WaveContent(Spoken):
    """A wave as an editor writes it."""

    rank: Annotated[StrictInt, Field(ge=1, le=99)]
    name: Localized | None = None
    opens: Moment | None = None
    closes: Moment | None = None
    grace_minutes: Annotated[StrictInt, Field(ge=0, le=1440)] = 0
    results: Moment | None = None
    rolling: StrictBool = Field(default=False, description="Applications are taken as they come.")
    note: Localized | None = None
    source: SourceSlug | None = None
    stated: Stated = Field(
        default=Stated(),
        description="What sources count of it: `applications`, `laureates`, and the money, "
        "`requested` and `awarded`.",
    )

    @model_validator(mode="after")
    def open_before_closing(self) -> Self:
        """Refuse a wave that closes before it opens."""
        end = self.closes.end_instant() if self.closes else None
        if self.opens and end and self.opens.first_instant() >= end:
            raise unfit(fr="Une vague ouvre avant de fermer.", en="A wave opens before it closes.")
        return self


class ObservationContent(Spoken):
    """A state that a source states at a date."""

    state: CallState
    observed: Day
    sentence: Localized | None = None
    source: SourceSlug


class Answer(Spoken):
    """What was answered, when, and about which version of the rules."""

    answer: Localized
    answered: Day | None = None
    rulebook: Localized | None = Field(
        default=None, description="The version of the rules that it refers to, by its name."
    )
    until: Day | None = Field(default=None, description="No longer valid since that day.")
    reason: Localized | None = Field(default=None, description="Why it is no longer valid.")
    source: SourceSlug | None = None


class EarlierAnswer(Answer):
    """An answer that another replaced."""

    until: Day = Field(description="No longer valid since that day.")


class QuestionContent(Answer):
    """A question, its last answer, and those before. Withdrawn, the last has an `until` too."""

    slug: Slug | None = Field(
        default=None, description="Its name in the call; made from its words when left out."
    )
    question: Localized
    earlier: list[EarlierAnswer] = Field(default=[], description="The newest first.")


def _named(questions: Iterable[QuestionContent]) -> list[QuestionContent]:
    """Return the questions, each with a name of its own: its permalink."""
    named: dict[str, QuestionContent] = {}
    for asked in questions:
        words = re.sub("[^a-z0-9]+", " ", fold(asked.question.fr)).strip() or "question"
        stem = asked.slug or shorten(words, 60, placeholder="").replace(" ", "-")
        slugs = chain([stem], (f"{stem}-{number}" for number in count(2)))
        slug = next(each for each in slugs if each not in named)
        named[slug] = asked.model_copy(update={"slug": slug})
    return list(named.values())


class Amendment(Spoken):
    """A change that a source states, at the day since which it holds: told before we were here."""

    effective: Day
    sentence: Localized
    source: SourceSlug | None = None


class CallContent(Spoken):
    """A call as an editor writes it: other nouns are named by their slugs."""

    slug: Slug
    kind: CallKind
    recurrence: Recurrence | None = None
    name: Localized
    promise: Localized | None = Field(default=None, description="The call in one sentence.")
    description: Localized | None = None
    programme: ProgrammeSlug | None = None
    envelope: EnvelopeSlug | None = None
    funders: list[FunderContent] = []
    operator: OrganisationSlug | None = None
    successor: CallSlug | None = None
    themes: list[ThemeSlug] = []
    regions: list[RegionCode] = Field(default=[], description="Empty: the whole country.")
    applicants: list[Applicant] = []
    stages: list[Stage] = []
    aids: list[Aid] = []
    funds: list[Statement] = []
    excludes: list[Statement] = []
    costs: list[Statement] = []
    conditions: list[Statement] = Field(default=[], description="Who may apply, and with whom.")
    criteria: list[Criterion] = Field(
        default=[], description="The same as a machine can judge it, only as sources state it."
    )
    rates: list[Rate] = []
    amount_min_cents: Cents | None = None
    amount_max_cents: Cents | None = None
    documents: list[Document] = []
    contact: Contact | None = None
    apply_url: Url | None = None
    halt: Halt | None = None
    waves: list[WaveContent] = []
    observations: list[ObservationContent] = []
    questions: Annotated[list[QuestionContent], AfterValidator(_named)] = []
    amendments: list[Amendment] = Field(
        default=[], description="Changes that sources state; those published here are recorded."
    )
    stated: Stated = Stated()
    fictitious: StrictBool = False


class WaveState(StrEnum):
    """Where a wave is, today."""

    TO_COME = "to_come"
    OPEN = "open"
    CLOSED = "closed"


class WaveRead(Spoken):
    """A window in which the call takes applications."""

    rank: int
    name: Localized | None
    state: WaveState
    opens: Moment | None = Field(description="Null when it is not stated.")
    closes: Moment | None = Field(
        description="A day whose hour is not stated counts until its end."
    )
    grace_minutes: int = Field(description="How long after closing an application still passes.")
    results: Moment | None
    rolling: bool
    note: Localized | None
    source: SourceRead | None


class Selection(Spoken):
    """How many of the applications were selected; never said of fewer than thirty."""

    received: FigureRead
    selected: FigureRead
    percent: int = Field(description="Of the two figures here, rounded.")
    contested: bool = Field(description="Whether a source gives another figure than these.")


class CallWave(WaveRead):
    """A wave of a call, with what sources count of it and what follows from that."""

    figures: list[FigureSet] = Field(
        description="`applications`, `laureates`, `requested`, `awarded`: where they are stated."
    )
    sources: list[SourceRead]
    answered_in_days: int | None = Field(
        description="From its closing to its results, once they are out; null where either is "
        "not known to the day."
    )
    selection: Selection | None = Field(
        description="Null where it is not stated exactly, or of fewer than thirty applications."
    )


class ObservationRead(Spoken):
    """A state that a source states at a date."""

    state: CallState
    observed: Day
    sentence: Localized | None
    source: SourceRead


class QuestionRead(QuestionContent):
    """A question about a call, with its answers."""

    slug: Slug = Field(description="Its name in the call, for a link to it.")
    valid: bool = Field(description="Whether the last answer holds today.")


class OperatorRead(Spoken):
    """The body that runs the call."""

    slug: Slug
    name: str
    acronym: str | None


class CallName(Spoken):
    """A call, named."""

    slug: Slug
    kind: CallKind
    name: Localized
    fictitious: bool


class CallRef(CallName):
    """A call, named, with its state today."""

    state: CallState


class Edition(StrEnum):
    """Whether a thing exists, or was invented to show the service."""

    REAL = "real"
    FICTITIOUS = "fictitious"


class CallSummary(CallRef):
    """A call in a list."""

    promise: Localized | None
    next_opening: Moment | None = Field(description="When it opens, if that is to come.")
    deadline: Moment | None = Field(description="When the present or next wave closes.")
    rolling: bool = Field(description="Applications are taken as they come, without an end.")
    amount_min_cents: Cents | None = Field(description="The least aid for one project.")
    amount_max_cents: Cents | None = Field(description="The most aid for one project.")
    rates: list[Rate]
    budget: FigureSet | None = Field(description="The money of the call as a whole.")
    themes: list[Slug]
    regions: list[RegionCode]
    applicants: list[Applicant]
    operator: OperatorRead | None


class CallRead(CallSummary):
    """A call, whole."""

    recurrence: Recurrence | None
    description: Localized | None
    programme: ProgrammeRef | None
    envelope: Slug | None
    funders: list[FunderRead]
    stages: list[Stage]
    aids: list[Aid]
    funds: list[Statement]
    excludes: list[Statement]
    costs: list[Statement]
    conditions: list[Statement]
    criteria: list[Criterion]
    documents: list[Document]
    contact: Contact | None
    apply_url: Url | None
    halt: Halt | None
    waves: list[CallWave]
    observations: list[ObservationRead]
    questions: list[QuestionRead]
    amendments: list[Amendment]
    figures: list[FigureSet]
    sources: list[SourceRead]
    successor: CallRef | None
    version: int
