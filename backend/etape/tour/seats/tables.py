"""Seats as stored.

Only `service.py` changes a seat, under the lock of its stop's row; a trigger keeps the counters of
`seat_pool` at each change of `seat` (migration 0001, docs/decisions/0005).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, text
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Seat(SQLModel, table=True):
    """A person's place in one pool. `queue` is the order of arrival, which ranks who waits.

    Without a registration it is a delegation's, for the person of that `slot` to claim. Seats of
    one `bundle_id` that wait are promoted together or not at all. One that waits
    without `promote_until` is of somebody unproved: it keeps its rank and is passed over.
    """

    __table_args__ = (
        Index(
            "uq_seat_active",
            "registration_id",
            "pool_id",
            unique=True,
            postgresql_where=text("status <> 'cancelled'"),
        ),
        Index("ix_seat_waiting", "pool_id", "queue", postgresql_where=text("status = 'waiting'")),
        Index("ix_seat_held", "held_until", postgresql_where=text("status = 'held'")),
        Index("ix_seat_bundle", "bundle_id", postgresql_where=text("status = 'waiting'")),
        Index(
            "ix_seat_delegation",
            "delegation_id",
            "slot",
            postgresql_where=text("delegation_id IS NOT NULL"),
        ),
        CheckConstraint(
            "registration_id IS NOT NULL OR delegation_id IS NOT NULL", name="somebodys"
        ),
        CheckConstraint("(status = 'held') = (held_until IS NOT NULL)", name="held_until_when"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    registration_id: UUID | None = Field(
        default=None, foreign_key="registration.id", ondelete="CASCADE"
    )
    delegation_id: UUID | None = Field(default=None, foreign_key="delegation.id")
    slot: int | None = None
    pool_id: UUID = Field(foreign_key="seat_pool.id")
    status: str
    is_meanwhile: bool
    queue: int | None = Field(
        default=None, nullable=False, sa_type=BigInteger, sa_column_args=[Identity(always=True)]
    )
    promote_until: datetime | None = Field(default=None, sa_type=Instant)
    held_until: datetime | None = Field(default=None, sa_type=Instant)
    bundle_id: UUID | None = None
    promoted_at: datetime | None = Field(default=None, sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
