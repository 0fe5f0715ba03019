"""Tours and stops as spoken. A stop has a zone, several days and several places."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import Field, StrictBool, StrictInt, model_validator

from etape.core.moments import PARIS, BoundedDate, Day, Zone
from etape.core.references import RefersTo
from etape.core.texts import Localized, Slug, Spoken, unfit
from etape.directory.schemas import OrganisationSlug, RegionCode
from etape.funding.calls.schemas import CallRef, CallSlug, Contact
from etape.funding.programmes.schemas import ProgrammeSlug
from etape.sources.schemas import FigureSet, SourceRead, SourceSlug, Stated, Statement
from etape.tour.sessions.schemas import (
    BodyRead,
    SessionContent,
    SessionKind,
    SessionRead,
    Status,
    VenueRead,
    VenueSlug,
)

TourSlug = Annotated[Slug, RefersTo("tour")]


class HostRole(StrEnum):
    """What a body does at a stop."""

    HOST = "host"
    PARTNER = "partner"


class CallLink(StrEnum):
    """What a stop did for a call."""

    LAUNCHED = "launched"
    PRESENTED = "presented"


class StopDay(Spoken):
    """One day of a stop; the days need not follow each other."""

    on: BoundedDate
    theme: Localized | None = None


class StopVenueContent(Spoken):
    """A place of the stop, on one of its days if that is stated."""

    venue: VenueSlug
    on: BoundedDate | None = None


class HostContent(Spoken):
    """A body that hosts the stop or takes part in it."""

    organisation: OrganisationSlug
    role: HostRole


class CallLinkContent(Spoken):
    """A call that the stop launched or presented."""

    call: CallSlug
    link: CallLink
    source: SourceSlug | None = None


class StopContent(Spoken):
    """A stop as an editor writes it."""

    slug: Slug
    tour: TourSlug
    rank: Annotated[StrictInt, Field(ge=1, le=99)]
    name: Localized
    title: Localized | None = None
    summary: Localized | None = None
    region: RegionCode | None = None
    region_inferred: StrictBool = False
    zone: Zone = PARIS
    status: Status = Status.SCHEDULED
    status_reason: Localized | None = None
    days: Annotated[list[StopDay], Field(min_length=1)]
    venues: list[StopVenueContent] = []
    hosts: list[HostContent] = []
    themes: list[Statement] = []
    calls: list[CallLinkContent] = []
    follow_up: list[Statement] = []
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    proof_hours: Annotated[StrictInt, Field(ge=1, le=168)] | None = Field(
        default=None,
        description="Hold seats so many hours for who has yet to confirm their address by mail; "
        "null: confirm them at once.",
    )
    travel_minutes: Annotated[StrictInt, Field(ge=1, le=600)] | None = Field(
        default=None,
        description="How long it takes to go from one of its places to another; null: not stated.",
    )
    retention_days: Annotated[StrictInt, Field(ge=1, le=1095)] | None = Field(
        default=None,
        description="Days after its last day for which registrations are kept; null: as the "
        "service says, 90 unless it is set otherwise.",
    )
    door_release_minutes: Annotated[StrictInt, Field(ge=5, le=120)] | None = Field(
        default=None,
        description="Minutes after the start of a session from which the chairs of those who did "
        "not come are given to who waits at the door; null: they are kept.",
    )
    contact: Contact | None = None
    sessions: list[SessionContent] = []
    stated: Stated = Stated()
    fictitious: StrictBool = False

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
            raise unfit(
                fr="Deux séances de l’étape portent le même nom.",
                en="Two sessions of the stop have the same name.",
            )
        days = {day.on for day in self.days}
        for session in self.sessions:
            on = session.on
            if session.starts_at is not None:
                on = session.starts_at.astimezone(ZoneInfo(self.zone)).date()
            if on is not None and on not in days:
                raise unfit(
                    fr=f"La séance {session.slug} a lieu un jour que l’étape n’a pas.",
                    en=f"Session {session.slug} is on a day that the stop does not have.",
                )
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
    edition: Annotated[StrictInt, Field(ge=1, le=999)]
    programme: ProgrammeSlug | None = None
    summary: Localized | None = None
    starts: Day | None = None
    ends: Day | None = None
    purposes: list[Statement] = []
    stated: Stated = Stated()
    fictitious: StrictBool = False


class StopVenueRead(Spoken):
    """A place of the stop, and its day if that is stated."""

    on: date | None
    venue: VenueRead


class HostRead(BodyRead):
    """A body that hosts the stop or takes part in it."""

    role: HostRole


class RegistrationState(StrEnum):
    """Whether one can register at a stop now.

    `not_offered`: the stop never takes registrations, or the privacy notice lacks an item, which
    `GET /privacy-notice` names.
    """

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
    status: Status
    status_reason: Localized | None
    days: list[StopDay]
    cities: list[str] = Field(description="The cities and areas it goes to, in order.")
    registration: RegistrationState
    tour: TourRef
    fictitious: bool


class SessionHit(Spoken):
    """A session found by a search, with the stop that it is part of."""

    slug: Slug
    kind: SessionKind
    title: Localized
    starts_at: datetime | None
    on: date | None
    has_replay: bool | None
    stop: StopSummary


class CallLinkRead(Spoken):
    """A call that the stop launched or presented."""

    link: CallLink
    call: CallRef


class StopRead(StopSummary):
    """A stop, whole."""

    summary: Localized | None
    venues: list[StopVenueRead]
    hosts: list[HostRead]
    themes: list[Statement]
    calls: list[CallLinkRead]
    follow_up: list[Statement]
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    proof_hours: int | None
    travel_minutes: int | None
    retention_days: int | None
    door_release_minutes: int | None
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
