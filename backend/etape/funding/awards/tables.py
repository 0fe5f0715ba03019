"""Awards as stored. A wave is named by its rank: its row is written anew with every version."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from etape.core.columns import Shaped
from etape.core.database import new_id
from etape.core.moments import Day
from etape.core.texts import Localized


class Award(SQLModel, table=True):
    """Money given to somebody for a project.

    `words` are what it is found by, folded then stemmed, the project's before all;
    `recipient_key` is the name to sort by. A trigger writes both, whoever writes the rest.
    """

    __table_args__ = (
        CheckConstraint("wave IS NULL OR call_id IS NOT NULL", name="wave_of_a_call"),
        ForeignKeyConstraint(
            ["call_id", "wave"],
            ["wave.call_id", "wave.rank"],
            name="fk_award_wave",
            deferrable=True,
            initially="DEFERRED",  # a call's waves are written anew with it
        ),
        Index(
            "ix_award_words",
            "words",
            postgresql_using="gin",
            postgresql_with={"fastupdate": False},
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    project: Localized = Field(sa_type=Shaped(Localized))
    summary: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    programme_id: UUID | None = Field(default=None, foreign_key="programme.id", index=True)
    call_id: UUID | None = Field(default=None, foreign_key="call.id", index=True)
    wave: int | None = None
    recipient: str | None = None
    siren: str | None = Field(default=None, index=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    region: str | None = Field(default=None, index=True)
    commune: str | None = None
    place: str | None = None
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    decided: Day | None = Field(default=None, sa_type=Shaped(Day))
    url: str | None = None
    source_id: UUID = Field(foreign_key="source.id")
    fictitious: bool
    version: int
    words: str | None = Field(default=None, sa_type=TSVECTOR)
    recipient_key: str | None = None
