"""Tours and stops as stored."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from etape.core.columns import Instant, Shaped
from etape.core.database import new_id
from etape.core.moments import Day
from etape.core.texts import Localized
from etape.funding.calls.schemas import Contact
from etape.sources.schemas import Statement
from etape.tour.stops.schemas import StopDay

STATEMENTS = Shaped(list[Statement])


class Tour(SQLModel, table=True):
    """One edition of a tour."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    name: Localized = Field(sa_type=Shaped(Localized))
    edition: int
    programme_id: UUID | None = Field(default=None, foreign_key="programme.id")
    summary: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    starts: Day | None = Field(default=None, sa_type=Shaped(Day))
    ends: Day | None = Field(default=None, sa_type=Shaped(Day))
    purposes: list[Statement] = Field(sa_type=STATEMENTS)
    fictitious: bool
    version: int


class Stop(SQLModel, table=True):
    """A stop of a tour. Its row is what registrations lock, last and briefly."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    tour_id: UUID = Field(foreign_key="tour.id", index=True)
    rank: int
    name: Localized = Field(sa_type=Shaped(Localized))
    title: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    summary: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    region: str | None = Field(default=None, foreign_key="region.code")
    region_inferred: bool
    zone: str
    status: str
    status_reason: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    first_day: date = Field(index=True)
    days: list[StopDay] = Field(sa_type=Shaped(list[StopDay]))
    themes: list[Statement] = Field(sa_type=STATEMENTS)
    follow_up: list[Statement] = Field(sa_type=STATEMENTS)
    registration_opens_at: datetime | None = Field(default=None, sa_type=Instant)
    registration_closes_at: datetime | None = Field(default=None, sa_type=Instant)
    proof_hours: int | None = None
    travel_minutes: int | None = None
    retention_days: int | None = None
    door_release_minutes: int | None = None
    contact: Contact | None = Field(default=None, sa_type=Shaped(Contact))
    fictitious: bool
    version: int
    updated_at: datetime = Field(sa_type=Instant)


class StopVenue(SQLModel, table=True):
    """A place of a stop, on one of its days where that is stated."""

    __tablename__ = "stop_venue"

    stop_id: UUID = Field(foreign_key="stop.id", primary_key=True, ondelete="CASCADE")
    rank: int = Field(primary_key=True)
    venue_id: UUID = Field(foreign_key="venue.id")
    on: date | None = None


class StopHost(SQLModel, table=True):
    """A body that hosts a stop or takes part in it."""

    __tablename__ = "stop_host"

    stop_id: UUID = Field(foreign_key="stop.id", primary_key=True, ondelete="CASCADE")
    rank: int = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id")
    role: str


class StopCall(SQLModel, table=True):
    """A call that a stop launched or presented."""

    __tablename__ = "stop_call"

    stop_id: UUID = Field(foreign_key="stop.id", primary_key=True, ondelete="CASCADE")
    call_id: UUID = Field(foreign_key="call.id", primary_key=True, index=True)
    rank: int
    link: str
    source_id: UUID | None = Field(default=None, foreign_key="source.id")
