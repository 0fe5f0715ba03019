"""Programmes and envelopes as stored. Money is no tree: several programmes may fund one thing."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from etape.core.columns import Shaped
from etape.core.database import new_id
from etape.core.moments import Day
from etape.core.texts import Localized
from etape.sources.schemas import Statement

STATEMENTS = Shaped(list[Statement])


class Programme(SQLModel, table=True):
    """A public plan that has money and aims."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    name: Localized = Field(sa_type=Shaped(Localized))
    acronym: str | None = None
    summary: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    launched: Day | None = Field(default=None, sa_type=Shaped(Day))
    aims: list[Statement] = Field(sa_type=STATEMENTS)
    fictitious: bool
    version: int


class ProgrammeParent(SQLModel, table=True):
    """A programme within another; some are within several."""

    __tablename__ = "programme_parent"

    programme_id: UUID = Field(foreign_key="programme.id", primary_key=True, ondelete="CASCADE")
    parent_id: UUID = Field(foreign_key="programme.id", primary_key=True)
    rank: int


class Envelope(SQLModel, table=True):
    """A part of a programme's money, set aside for something."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    programme_id: UUID | None = Field(default=None, foreign_key="programme.id", index=True)
    parent_id: UUID | None = Field(default=None, foreign_key="envelope.id")
    parent_inferred: bool
    name: Localized = Field(sa_type=Shaped(Localized))
    measures: list[Statement] = Field(sa_type=STATEMENTS)
    fictitious: bool
    version: int


class Funding(SQLModel, table=True):
    """A programme that pays for an envelope or a call, with its share where it is stated."""

    __table_args__ = (
        CheckConstraint("(envelope_id IS NULL) <> (call_id IS NULL)", name="one_subject"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    envelope_id: UUID | None = Field(
        default=None, foreign_key="envelope.id", index=True, ondelete="CASCADE"
    )
    call_id: UUID | None = Field(
        default=None, foreign_key="call.id", index=True, ondelete="CASCADE"
    )
    share_cents: int | None = Field(default=None, sa_type=BigInteger)
    source_id: UUID | None = Field(default=None, foreign_key="source.id")
    rank: int
