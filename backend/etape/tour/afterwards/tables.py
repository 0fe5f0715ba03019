"""What is left of a stop, as stored: nothing leads from an opinion to whoever gave it."""

from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class Opinion(SQLModel, table=True):
    """What somebody who came says. Its identifier is random and no instant is kept, on purpose."""

    __table_args__ = (CheckConstraint("useful BETWEEN 1 AND 5", name="on_the_scale"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    stop_id: UUID = Field(foreign_key="stop.id", index=True, ondelete="CASCADE")
    useful: int
    missing: str | None = None
    next_step: str | None = None


class OpinionGiven(SQLModel, table=True):
    """That somebody gave theirs: once, and it is not said which."""

    __tablename__ = "opinion_given"

    registration_id: UUID = Field(
        foreign_key="registration.id", primary_key=True, ondelete="CASCADE"
    )


class ErasedAttendance(SQLModel, table=True):
    """How many people were counted at a stop and are erased since: they came all the same."""

    __tablename__ = "erased_attendance"

    stop_id: UUID = Field(foreign_key="stop.id", primary_key=True, ondelete="CASCADE")
    registered: int
    confirmed: int
    arrived: int
