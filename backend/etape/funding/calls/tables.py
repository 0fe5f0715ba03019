"""Calls as stored: the call, its waves, what was observed of its state, its questions.

Nothing here says whether a call is open: that is computed from dates (rules.py).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant, Shaped
from etape.core.database import new_id
from etape.core.moments import Day, Moment
from etape.core.texts import Localized
from etape.funding.calls.schemas import Amendment, Contact, Document, EarlierAnswer, Halt, Rate
from etape.funding.eligibility.schemas import Criterion
from etape.sources.schemas import Statement

STATEMENTS = Shaped(list[Statement])


class Call(SQLModel, table=True):
    """An invitation to ask for money."""

    __table_args__ = (
        CheckConstraint("amount_min_cents <= amount_max_cents", name="amounts_in_order"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    kind: str
    recurrence: str | None = None
    name: Localized = Field(sa_type=Shaped(Localized))
    promise: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    description: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    programme_id: UUID | None = Field(default=None, foreign_key="programme.id", index=True)
    envelope_id: UUID | None = Field(default=None, foreign_key="envelope.id", index=True)
    operator_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    successor_id: UUID | None = Field(default=None, foreign_key="call.id")
    themes: list[str] = Field(sa_type=ARRAY(Text))
    regions: list[str] = Field(sa_type=ARRAY(Text))
    applicants: list[str] = Field(sa_type=ARRAY(Text))
    stages: list[str] = Field(sa_type=ARRAY(Text))
    aids: list[str] = Field(sa_type=ARRAY(Text))
    funds: list[Statement] = Field(sa_type=STATEMENTS)
    excludes: list[Statement] = Field(sa_type=STATEMENTS)
    costs: list[Statement] = Field(sa_type=STATEMENTS)
    conditions: list[Statement] = Field(sa_type=STATEMENTS)
    criteria: list[Criterion] = Field(
        sa_type=Shaped(list[Criterion]), sa_column_kwargs={"server_default": "[]"}
    )
    rates: list[Rate] = Field(sa_type=Shaped(list[Rate]))
    amount_min_cents: int | None = Field(default=None, sa_type=BigInteger)
    amount_max_cents: int | None = Field(default=None, sa_type=BigInteger)
    documents: list[Document] = Field(sa_type=Shaped(list[Document]))
    contact: Contact | None = Field(default=None, sa_type=Shaped(Contact))
    apply_url: str | None = None
    halt: Halt | None = Field(default=None, sa_type=Shaped(Halt))
    amendments: list[Amendment] = Field(
        sa_type=Shaped(list[Amendment]), sa_column_kwargs={"server_default": "[]"}
    )
    fictitious: bool
    version: int
    updated_at: datetime = Field(sa_type=Instant)


class Wave(SQLModel, table=True):
    """A window in which a call takes applications.

    `opens_at` and `closes_at` are the bounds that follow from the stated moments (grace included):
    what SQL compares with an instant. The moments are what a person reads.
    """

    __table_args__ = (UniqueConstraint("call_id", "rank"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", ondelete="CASCADE")
    rank: int
    name: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    opens: Moment | None = Field(default=None, sa_type=Shaped(Moment))
    closes: Moment | None = Field(default=None, sa_type=Shaped(Moment))
    grace_minutes: int
    results: Moment | None = Field(default=None, sa_type=Shaped(Moment))
    rolling: bool
    note: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    source_id: UUID | None = Field(default=None, foreign_key="source.id")
    opens_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    closes_at: datetime | None = Field(default=None, sa_type=Instant, index=True)


class Observation(SQLModel, table=True):
    """A state that a source states at a date, where it gives no dates to compute it from."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    rank: int
    state: str
    observed: Day = Field(sa_type=Shaped(Day))
    sentence: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    source_id: UUID = Field(foreign_key="source.id")


class Question(SQLModel, table=True):
    """A question asked about a call, its last answer and those before.

    One without a slug was stored before questions had theirs.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    call_id: UUID = Field(foreign_key="call.id", index=True, ondelete="CASCADE")
    rank: int
    slug: str | None = None
    question: Localized = Field(sa_type=Shaped(Localized))
    answer: Localized = Field(sa_type=Shaped(Localized))
    answered: Day | None = Field(default=None, sa_type=Shaped(Day))
    rulebook: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    until: Day | None = Field(default=None, sa_type=Shaped(Day))
    reason: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    source: str | None = None
    earlier: list[EarlierAnswer] = Field(
        sa_type=Shaped(list[EarlierAnswer]), sa_column_kwargs={"server_default": "[]"}
    )
