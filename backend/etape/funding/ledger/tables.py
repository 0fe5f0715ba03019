"""The ledger as stored. A trigger refuses that a row is rewritten: a mistake is reversed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Identity
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant, Shaped
from etape.core.moments import Day
from etape.core.texts import Localized


class LedgerEntry(SQLModel, table=True):
    """Money of one thing that changed hands or was promised, on a day, as one source states it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("num_nonnulls(envelope_id, call_id, award_id) = 1", name="one_subject"),
        CheckConstraint("wave IS NULL OR call_id IS NOT NULL", name="wave_of_a_call"),
        ForeignKeyConstraint(
            ["call_id", "wave"],
            ["wave.call_id", "wave.rank"],
            name="fk_ledger_entry_wave",
            deferrable=True,
            initially="DEFERRED",  # a call's waves are written anew with it
        ),
        CheckConstraint(
            "kind IN ('committed', 'paid')"
            " OR (kind IN ('allocated', 'awarded') AND award_id IS NULL)",
            name="kind_of_subject",
        ),
        CheckConstraint("amount_cents > 0", name="some_money"),
        CheckConstraint("reverses <> id", name="reverses_another"),
    )

    id: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)]
    )
    envelope_id: UUID | None = Field(default=None, foreign_key="envelope.id", index=True)
    call_id: UUID | None = Field(default=None, foreign_key="call.id", index=True)
    wave: int | None = None
    award_id: UUID | None = Field(default=None, foreign_key="award.id", index=True)
    kind: str
    amount_cents: int = Field(sa_type=BigInteger)
    effective: Day = Field(sa_type=Shaped(Day))
    counts_from: date
    source_id: UUID = Field(foreign_key="source.id")
    note: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    reverses: int | None = Field(
        default=None, foreign_key="ledger_entry.id", unique=True, sa_type=BigInteger
    )
    recorded_at: datetime = Field(sa_type=Instant)
