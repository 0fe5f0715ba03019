"""Tours, stops and sessions as spoken. A stop has a zone, several days and several places."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from etape.core.moments import PARIS, BoundedDate, Day, Zone
from etape.core.texts import Line, Localized, Slug, Spoken
from etape.directory.schemas import RegionCode
from etape.funding.calls.schemas import CallRef, Contact
from etape.sources.schemas import FigureSet, SourceRead, Stated, Statement, Url


class StopStatus(StrEnum):
    """What the organisers say of a stop."""

    SCHEDULED = "scheduled"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


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


class Part(StrEnum):
    """The part of a day, where no hour is stated."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class HostRole(StrEnum):
    """What a body does at a stop."""

    HOST = "host"
    PARTNER = "partner"


class CallLink(StrEnum):
    """What a stop did for a call."""

    LAUNCHED = "launched"
    PRESENTED = "presented"


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
    fictitious: bool = False


class AppearanceContent(Spoken):
    """A person at a session, in the role they had there."""

    person: Slug
    role: Localized | None = None
    organisation: Slug | None = None
    moderates: bool = False
    source: Slug | None = None


class SeatsContent(Spoken):
    """The seats of one mode; no capacity means that there is no limit."""

    capacity: Annotated[int, Field(ge=1, le=100_000)] | None = None


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
    count: Annotated[int, Field(ge=1, le=50)] = Field(
        default=1, description="How many the source groups under this title."
    )
    venue: Slug | None = None
    room: Line | None = None
    access: Access = Access.OPEN
    on_site: SeatsContent | None = None
    online: SeatsContent | None = None
    join_url: Url | None = Field(default=None, description="Given to those registered only.")
    list_closes_at: datetime | None = Field(
        default=None, description="When its list closes, if before the stop's."
    )
    needs_identity: bool = False
    has_replay: bool | None = Field(default=None, description="Null when nothing is stated.")
    replay_url: Url | None = None
    calls: list[Slug] = []
    appearances: list[AppearanceContent] = []
    source: Slug | None = None

    @model_validator(mode="after")
    def end_after_starting(self) -> Self:
        """Refuse a session without end, or that ends before it starts; seats need an hour."""
        if (self.starts_at is None) != (self.ends_at is None):
            raise ValueError("a session has both a start and an end, or neither")
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            raise ValueError("a session ends after it starts")
        if (self.on_site or self.online) and self.starts_at is None:
            raise ValueError("a session that takes registrations has hours")
        return self


class StopDay(Spoken):
    """One day of a stop; the days need not follow each other."""

    on: BoundedDate
    theme: Localized | None = None


class StopVenueContent(Spoken):
    """A place of the stop, on one of its days if that is stated."""

    venue: Slug
    on: BoundedDate | None = None


class HostContent(Spoken):
    """A body that hosts the stop or takes part in it."""

    organisation: Slug
    role: HostRole


class CallLinkContent(Spoken):
    """A call that the stop launched or presented."""

    call: Slug
    link: CallLink
    source: Slug | None = None


class StopContent(Spoken):
    """A stop as an editor writes it."""

    slug: Slug
    tour: Slug
    rank: Annotated[int, Field(ge=1, le=99)]
    name: Localized
    title: Localized | None = None
    summary: Localized | None = None
    region: RegionCode | None = None
    region_inferred: bool = False
    zone: Zone = PARIS
    status: StopStatus = StopStatus.SCHEDULED
    status_reason: Localized | None = None
    days: Annotated[list[StopDay], Field(min_length=1)]
    venues: list[StopVenueContent] = []
    hosts: list[HostContent] = []
    themes: list[Statement] = []
    calls: list[CallLinkContent] = []
    follow_up: list[Statement] = []
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    contact: Contact | None = None
    sessions: list[SessionContent] = []
    stated: Stated = Stated()
    fictitious: bool = False

    @model_validator(mode="before")
    @classmethod
    def place_in_zone(cls, value: Any) -> Any:
        """Read the local times of a stop and of its sessions in the zone of the stop."""
        if not isinstance(value, dict):
            return value
        zone = str(value.get("zone", PARIS))
        sessions = [
            _localize(session, ("starts_at", "ends_at", "list_closes_at"), zone)
            for session in value.get("sessions") or []
        ]
        placed = _localize(value, ("registration_opens_at", "registration_closes_at"), zone)
        return {**placed, "sessions": sessions}

    @model_validator(mode="after")
    def keep_sessions_on_its_days(self) -> Self:
        """Refuse two sessions of one name, and a session on a day that the stop does not have."""
        slugs = [session.slug for session in self.sessions]
        if len(set(slugs)) < len(slugs):
            raise ValueError("two sessions of a stop have the same slug")
        days = {day.on for day in self.days}
        for session in self.sessions:
            on = session.on
            if session.starts_at is not None:
                on = session.starts_at.astimezone(ZoneInfo(self.zone)).date()
            if on is not None and on not in days:
                raise ValueError(f"session {session.slug} is on a day that the stop does not have")
        return self


def _localize(value: Any, names: tuple[str, ...], zone: str) -> Any:
    if not isinstance(value, dict):
        return value
    placed = dict(value)
    for name in names:
        at = placed.get(name)
        if at is None:
            continue
        at = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
        placed[name] = at.replace(tzinfo=ZoneInfo(zone)) if at.tzinfo is None else at
    return placed


class TourContent(Spoken):
    """A tour as an editor writes it."""

    slug: Slug
    name: Localized
    edition: Annotated[int, Field(ge=1, le=999)]
    programme: Slug | None = None
    summary: Localized | None = None
    starts: Day | None = None
    ends: Day | None = None
    purposes: list[Statement] = []
    stated: Stated = Stated()
    fictitious: bool = False


class VenueRead(VenueContent):
    """A place."""


class StopVenueRead(Spoken):
    """A place of the stop, and its day if that is stated."""

    on: date | None
    venue: VenueRead


class BodyRead(Spoken):
    """A body, named."""

    slug: Slug
    name: str
    acronym: str | None


class HostRead(BodyRead):
    """A body that hosts the stop or takes part in it."""

    role: HostRole


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
    count: int
    venue: VenueRead | None
    room: str | None
    access: Access
    seats: list[SeatsRead] = Field(description="Empty: takes no registrations here.")
    list_closes_at: datetime | None
    needs_identity: bool
    has_replay: bool | None
    replay_url: Url | None
    calls: list[CallRef]
    appearances: list[AppearanceRead]


class RegistrationState(StrEnum):
    """Whether one can register at a stop now."""

    NOT_OFFERED = "not_offered"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


class TourRef(Spoken):
    """A tour, named."""

    slug: Slug
    name: Localized
    edition: int
    fictitious: bool


class StopSummary(Spoken):
    """A stop in a list."""

    slug: Slug
    rank: int
    name: Localized
    title: Localized | None
    region: RegionCode | None
    region_inferred: bool
    zone: Zone
    status: StopStatus
    days: list[StopDay]
    cities: list[str] = Field(description="The cities and areas it goes to, in order.")
    registration: RegistrationState
    tour: TourRef
    fictitious: bool


class CallLinkRead(Spoken):
    """A call that the stop launched or presented."""

    link: CallLink
    call: CallRef


class StopRead(StopSummary):
    """A stop, whole."""

    summary: Localized | None
    status_reason: Localized | None
    venues: list[StopVenueRead]
    hosts: list[HostRead]
    themes: list[Statement]
    calls: list[CallLinkRead]
    follow_up: list[Statement]
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    contact: Contact | None
    sessions: list[SessionRead]
    figures: list[FigureSet]
    sources: list[SourceRead]
    version: int


class TourRead(TourRef):
    """A tour with its stops."""

    summary: Localized | None
    starts: Day | None
    ends: Day | None
    purposes: list[Statement]
    stops: list[StopSummary]
    figures: list[FigureSet]
    sources: list[SourceRead]
