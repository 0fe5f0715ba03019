"""Sessions as spoken: what happens, who may come, who speaks, how many seats there are."""

from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, model_validator

from etape.core.moments import BoundedDate
from etape.core.references import RefersTo
from etape.core.texts import Line, Localized, Slug, Spoken, unfit
from etape.directory.schemas import OrganisationSlug, PersonSlug
from etape.funding.calls.schemas import CallRef, CallSlug, Document
from etape.sources.schemas import SourceSlug, Url

VenueSlug = Annotated[Slug, RefersTo("venue")]


class SessionKind(StrEnum):
    """What happens in a session."""

    OPENING = "opening"
    PLENARY = "plenary"
    ROUND_TABLE = "round_table"
    WORKSHOP = "workshop"
    PRESENTATION = "presentation"
    DEMONSTRATION = "demonstration"
    EXHIBITION = "exhibition"
    VISIT = "visit"
    EXCHANGE = "exchange"
    MEETING = "meeting"
    PRESS = "press"
    CLOSING = "closing"


class Access(StrEnum):
    """Who may come to a session."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    INVITED = "invited"
    DELEGATION = "delegation"


class Mode(StrEnum):
    """How a seat is taken."""

    ON_SITE = "on_site"
    ONLINE = "online"


class Status(StrEnum):
    """What the organisers say of a session or of a whole stop."""

    SCHEDULED = "scheduled"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Part(StrEnum):
    """The part of a day, where no hour is stated."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class VenueContent(Spoken):
    """A place as an editor writes it; it may lie in no commune (a plateau, an island)."""

    slug: Slug
    name: Line | None = None
    city: Line | None = None
    area: Line | None = None
    commune: Annotated[str, Field(pattern=r"^[0-9AB]{5}$")] | None = Field(
        default=None, description="INSEE code."
    )
    address: Line | None = None
    directions: Localized | None = Field(default=None, description="How to get there.")
    accessibility: Localized | None = None
    fictitious: StrictBool = False


class AppearanceContent(Spoken):
    """A person at a session, in the role they had there."""

    person: PersonSlug
    role: Localized | None = None
    organisation: OrganisationSlug | None = None
    moderates: StrictBool = False
    source: SourceSlug | None = None


class SeatsContent(Spoken):
    """The seats of one mode; no capacity means that there is no limit."""

    capacity: Annotated[StrictInt, Field(ge=1, le=100_000)] | None = None


class Chapter(Spoken):
    """What a replay shows from a second on."""

    at: Annotated[StrictInt, Field(ge=0, le=86_400)] = Field(
        description="In seconds from the beginning of the replay."
    )
    title: Localized


class SessionContent(Spoken):
    """A session as an editor writes it; times may be written local to the stop's zone."""

    slug: Slug
    kind: SessionKind
    title: Localized
    description: Localized | None = None
    on: BoundedDate | None = Field(default=None, description="Null when no day is stated.")
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    part: Part | None = None
    status: Status = Status.SCHEDULED
    status_reason: Localized | None = None
    count: Annotated[StrictInt, Field(ge=1, le=50)] = Field(
        default=1, description="How many the source groups under this title."
    )
    venue: VenueSlug | None = None
    room: Line | None = None
    access: Access = Access.OPEN
    on_site: SeatsContent | None = None
    online: SeatsContent | None = None
    join_url: Url | None = Field(default=None, description="Given to those registered only.")
    list_closes_at: datetime | None = Field(
        default=None, description="When its list closes, if before the stop's."
    )
    needs_identity: StrictBool = False
    has_replay: StrictBool | None = Field(default=None, description="Null when nothing is stated.")
    replay_url: Url | None = None
    chapters: Annotated[list[Chapter], Field(max_length=100)] = Field(
        default=[], description="Of the replay, in their order."
    )
    documents: Annotated[list[Document], Field(max_length=30)] = []
    calls: list[CallSlug] = []
    appearances: list[AppearanceContent] = []
    source: SourceSlug | None = None

    @model_validator(mode="after")
    def end_after_starting(self) -> Self:
        """Refuse a session without end, or that ends before it starts; seats need an hour."""
        if (self.starts_at is None) != (self.ends_at is None):
            raise unfit(
                fr="Une séance a un début et une fin, ou aucun des deux.",
                en="A session has both a start and an end, or neither.",
            )
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            raise unfit(
                fr="Une séance finit après avoir commencé.", en="A session ends after it starts."
            )
        if (self.on_site or self.online) and self.starts_at is None:
            raise unfit(
                fr="Une séance à laquelle on s’inscrit a des horaires.",
                en="A session that takes registrations has hours.",
            )
        return self

    @model_validator(mode="after")
    def order_chapters(self) -> Self:
        """Refuse chapters of no replay, and two that begin together or the wrong way round."""
        if self.chapters and self.replay_url is None:
            raise unfit(
                fr="Les chapitres sont ceux d’un enregistrement : donnez son lien.",
                en="Chapters are those of a replay: give its link.",
            )
        if any(one.at >= other.at for one, other in pairwise(self.chapters)):
            raise unfit(
                fr="Les chapitres d’un enregistrement se suivent.",
                en="The chapters of a replay follow each other.",
            )
        return self


class VenueRead(VenueContent):
    """A place."""


class BodyRead(Spoken):
    """A body, named."""

    slug: Slug
    name: str
    acronym: str | None


class AppearanceRead(Spoken):
    """A person at a session, in the role they had there."""

    person: str
    role: Localized | None
    organisation: BodyRead | None
    moderates: bool


class SeatsRead(Spoken):
    """The seats of a session in one mode, now."""

    mode: Mode
    capacity: int | None = Field(description="Null: without limit.")
    left: int | None = Field(description="Seats free now; null: without limit.")
    waiting: int = Field(description="People on the waiting list.")


class SessionRead(Spoken):
    """A session of a stop."""

    id: UUID
    slug: Slug
    kind: SessionKind
    title: Localized
    description: Localized | None
    on: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    part: Part | None
    status: Status
    status_reason: Localized | None
    count: int
    venue: VenueRead | None
    room: str | None
    access: Access
    seats: list[SeatsRead] = Field(description="Empty: takes no registrations here.")
    list_closes_at: datetime | None
    needs_identity: bool
    has_replay: bool | None
    replay_url: Url | None
    chapters: list[Chapter]
    documents: list[Document]
    calls: list[CallRef]
    appearances: list[AppearanceRead]
