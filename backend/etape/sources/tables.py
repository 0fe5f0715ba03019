"""Sources and figures as stored. A figure is one value that one source states for one thing."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from etape.core.columns import Shaped
from etape.core.database import new_id
from etape.core.moments import Day
from etape.core.texts import Localized


class Source(SQLModel, table=True):
    """A document that states facts."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    title: str
    publisher: str
    kind: str
    language: str
    url: str | None = None
    published: Day | None = Field(default=None, sa_type=Shaped(Day))
    note: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    fictitious: bool


class Figure(SQLModel, table=True):
    """What one source says of one thing: a value and its unit, or a day."""

    __table_args__ = (
        CheckConstraint("(value IS NULL) <> (day IS NULL)", name="value_or_day"),
        Index("ix_figure_subject", "noun", "subject_id", "key"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    noun: str
    subject_id: UUID
    key: str
    rank: int
    value: int | None = Field(default=None, sa_type=BigInteger)
    unit: str | None = None
    qualifier: str
    day: Day | None = Field(default=None, sa_type=Shaped(Day))
    scope: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    stated: Day | None = Field(default=None, sa_type=Shaped(Day))
    headline: bool
    source_id: UUID = Field(foreign_key="source.id")


class FigureNote(SQLModel, table=True):
    """An editor's sentence: why several figures stand for one thing."""

    __tablename__ = "figure_note"
    __table_args__ = (UniqueConstraint("noun", "subject_id", "key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    noun: str
    subject_id: UUID
    key: str
    relation: str
    sentence: Localized = Field(sa_type=Shaped(Localized))


class Citation(SQLModel, table=True):
    """A source that a published thing as a whole rests on."""

    noun: str = Field(primary_key=True)
    subject_id: UUID = Field(primary_key=True)
    source_id: UUID = Field(foreign_key="source.id", primary_key=True)
    rank: int
