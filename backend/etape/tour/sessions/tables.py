"""Sessions, their venues and their seats as stored.

A pool's counters are kept by a trigger on `seat`, and its CHECK makes overselling impossible
whatever the code does (docs/decisions/0005).
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant, Shaped
from etape.core.database import new_id
from etape.core.texts import Localized
from etape.funding.calls.schemas import Document
from etape.tour.sessions.schemas import Chapter


class Venue(SQLModel, table=True):
    """A place where a stop happens."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    name: str | None = None
    city: str | None = None
    area: str | None = None
    commune: str | None = None
    address: str | None = None
    directions: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    accessibility: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    fictitious: bool


class Session(SQLModel, table=True):
    """Something that happens at a stop."""

    __table_args__ = (
        UniqueConstraint("stop_id", "slug"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    stop_id: UUID = Field(foreign_key="stop.id")
    slug: str
    rank: int
    kind: str
    title: Localized = Field(sa_type=Shaped(Localized))
    description: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    on: date | None = None
    starts_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    ends_at: datetime | None = Field(default=None, sa_type=Instant)
    part: str | None = None
    status: str = Field(default="scheduled", sa_column_kwargs={"server_default": "scheduled"})
    status_reason: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    count: int
    venue_id: UUID | None = Field(default=None, foreign_key="venue.id")
    room: str | None = None
    access: str
    join_url: str | None = None
    list_closes_at: datetime | None = Field(default=None, sa_type=Instant)
    needs_identity: bool
    has_replay: bool | None = None
    replay_url: str | None = None
    chapters: list[Chapter] = Field(
        default=[],
        sa_type=Shaped(list[Chapter]),
        sa_column_kwargs={"server_default": "[]"},
    )
    documents: list[Document] = Field(
        default=[],
        sa_type=Shaped(list[Document]),
        sa_column_kwargs={"server_default": "[]"},
    )
    source_id: UUID | None = Field(default=None, foreign_key="source.id")


class SessionCall(SQLModel, table=True):
    """A call that a session is about."""

    __tablename__ = "session_call"

    session_id: UUID = Field(foreign_key="session.id", primary_key=True, ondelete="CASCADE")
    call_id: UUID = Field(foreign_key="call.id", primary_key=True, index=True)
    rank: int


class Appearance(SQLModel, table=True):
    """A person at a session, in the role they had there."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", index=True, ondelete="CASCADE")
    rank: int
    person_id: UUID = Field(foreign_key="person.id")
    role: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    moderates: bool
    source_id: UUID | None = Field(default=None, foreign_key="source.id")


class SeatPool(SQLModel, table=True):
    """The seats of one session in one mode; no capacity means that there is no limit."""

    __tablename__ = "seat_pool"
    __table_args__ = (
        UniqueConstraint("session_id", "mode"),
        CheckConstraint("confirmed >= 0 AND held >= 0 AND waiting >= 0", name="no_negative"),
        CheckConstraint("capacity IS NULL OR confirmed + held <= capacity", name="not_oversold"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    session_id: UUID = Field(foreign_key="session.id", ondelete="CASCADE")
    mode: str
    capacity: int | None = None
    confirmed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    held: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    waiting: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
