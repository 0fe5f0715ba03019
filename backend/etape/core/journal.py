"""What changed, when and by whom: written in the transaction that made the change, once for ever.

A settled entry has a position (1, 2, 3… without a gap) and a link of a hash chain. Whoever follows
the journal uses positions only.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Identity,
    Index,
    LargeBinary,
    Row,
    Text,
    bindparam,
    case,
    cast,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.bell import Channel, bell_of
from etape.core.columns import Instant, Shaped
from etape.core.database import Database, after_commit

Changes = dict[str, tuple[Any, Any]]
"""For each field, what it was and what it became; any value that Pydantic can write as JSON."""

BATCH = 1000
_SETTLER = 0x6A6F75726E616C  # the advisory lock's key: "journal" in ASCII
_GENESIS = bytes(32)
_SALT_BYTES = 16


class JournalRow(SQLModel, table=True):
    """An entry as stored: `position` and `chain` come when it is settled."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("(position IS NULL) = (chain IS NULL)", name="settled_whole"),
        Index("ix_journal_unsettled", "id", postgresql_where=text("position IS NULL")),
        Index(
            "uq_journal_position",
            "position",
            unique=True,
            postgresql_where=text("position IS NOT NULL"),
        ),
    )

    id: int | None = Field(
        default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=True)]
    )
    recorded_at: datetime = Field(sa_type=Instant)
    actor: str
    noun: str
    subject_id: uuid.UUID = Field(index=True)
    act: str
    personal: bool
    changes: Changes | None = Field(default=None, sa_type=Shaped(Changes))
    salt: bytes | None
    digest: bytes
    position: int | None = Field(default=None, sa_type=BigInteger)
    chain: bytes | None


class JournalHead(SQLModel, table=True):
    """How far the journal is settled: one row, by which a journal cut short is found out."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(sa_type=BigInteger)
    chain: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A settled entry. `changes` is None where nothing was told, or where it was erased."""

    position: int
    recorded_at: datetime
    actor: str
    noun: str
    subject_id: uuid.UUID
    act: str
    personal: bool
    changes: Changes | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a personal entry tells of its subject, settled or not."""

    recorded_at: datetime
    noun: str
    act: str
    changes: Changes | None


_journal = SQLModel.metadata.tables["journal"]
_head = SQLModel.metadata.tables["journal_head"]
_chained = [column for column in _journal.c if column is not _journal.c.changes]


def _digest_of(salt: Any, changes: Any) -> Any:
    """Return the SQL for a salted hash of the changes.

    PostgreSQL's own writing of a JSONB value is the canonical one: hashing ours would break on the
    first number that it writes in another way (1e16).
    """
    return func.sha256(
        salt.op("||")(func.convert_to(func.coalesce(cast(changes, Text), ""), "UTF8"))
    )


_told = bindparam("told", type_=_journal.c.changes.type)
_grain = bindparam("grain", type_=LargeBinary())
_RECORD = insert(_journal).values(changes=_told, salt=_grain, digest=_digest_of(_grain, _told))

_settled = (
    func.unnest(
        bindparam("ids", type_=ARRAY(BigInteger)),
        bindparam("positions", type_=ARRAY(BigInteger)),
        bindparam("chains", type_=ARRAY(LargeBinary)),
    )
    .table_valued("id", "position", "chain", name="settled")
    .render_derived()
)
_SETTLE = (
    update(_journal)
    .where(_journal.c.id == _settled.c.id)
    .values(position=_settled.c.position, chain=_settled.c.chain)
)


async def record(
    session: AsyncSession,
    *,
    by: str,
    noun: str,
    subject_id: uuid.UUID,
    act: str,
    changes: Changes | None,
    now: datetime,
    personal: bool = False,
) -> None:
    """Write one entry in the caller's transaction, in one round trip.

    `personal` entries are about a person: the public journal leaves them out, and their changes can
    be erased.
    """
    entry = (subject_id, act, changes)
    await record_all(session, [entry], by=by, noun=noun, now=now, personal=personal)


async def record_all(
    session: AsyncSession,
    entries: Sequence[tuple[uuid.UUID, str, Changes | None]],
    *,
    by: str,
    noun: str,
    now: datetime,
    personal: bool = False,
) -> None:
    """Write entries about things of one noun: for each its identifier, the act and the changes."""
    shared = {"recorded_at": now, "actor": by, "noun": noun, "personal": personal}
    written = [
        {
            **shared,
            "subject_id": subject_id,
            "act": act,
            "told": changes,
            "grain": secrets.token_bytes(_SALT_BYTES),
        }
        for subject_id, act, changes in entries
    ]
    connection = await session.connection()
    await connection.execute(_RECORD, written)
    if "recorded" not in session.info:
        session.info["recorded"] = []
        _ring_after_commit(session, Channel.RECORDED)
    session.info["recorded"] += [(noun, subject_id) for subject_id, _, _ in entries]


async def settle(database: Database) -> int:
    """Give the next positions to `BATCH` entries at most; return to how many.

    One settler works at a time; another one returns 0 at once. An entry gets its position when it
    is first *seen*: one whose transaction commits late comes after those already settled, one that
    a dump brought unsettled comes next, none is passed over. Identifiers are drawn when an entry is
    written, so in their order an entry follows all that its transaction had seen committed.
    Transaction ids would not do: they are drawn at a transaction's first write, waiting for the
    older ones waits for the slowest of the whole cluster, and a restore starts them again.
    """
    async with database.unit_of_work() as session:
        connection = await session.connection()
        if not await connection.scalar(select(func.pg_try_advisory_xact_lock(_SETTLER))):
            return 0
        position, chain = await _read_head(connection)
        columns = _journal.c
        unsettled = select(*_chained).where(columns.position.is_(None))
        rows = (await connection.execute(unsettled.order_by(columns.id).limit(BATCH))).all()
        if not rows:
            return 0
        positions = list(range(position + 1, position + 1 + len(rows)))
        chains = []
        for number, row in zip(positions, rows, strict=True):
            chain = _link(chain, number, row)
            chains.append(chain)
        ids = [row.id for row in rows]
        await connection.execute(_SETTLE, {"ids": ids, "positions": positions, "chains": chains})
        reached = {"position": positions[-1], "chain": chain}
        await connection.execute(
            upsert(_head)
            .values(id=1, **reached)
            .on_conflict_do_update(index_elements=["id"], set_=reached)
        )
        _ring_after_commit(session, Channel.SETTLED)
        return len(rows)


async def settle_forever(database: Database) -> NoReturn:
    """Settle what is recorded until cancelled; any number of processes may do so."""
    await bell_of(database.engine.sync_engine).attend(Channel.RECORDED, lambda: settle(database))


async def settled_position(session: AsyncSession) -> int:
    """Return the position of the last settled entry, 0 when there is none."""
    return (await _read_head(await session.connection()))[0]


async def entries_after(
    session: AsyncSession, position: int, limit: int, *, with_personal: bool
) -> list[Entry]:
    """Return the entries that follow `position`, in order, `limit` at most."""
    columns = _journal.c
    query = select(*(columns[name] for name in Entry.__slots__)).where(columns.position > position)
    if not with_personal:
        query = query.where(~columns.personal)
    connection = await session.connection()
    rows = await connection.execute(query.order_by(columns.position).limit(limit))
    return [Entry(*row) for row in rows]


async def told_of(session: AsyncSession, subject_ids: Collection[uuid.UUID]) -> list[Told]:
    """Return what the personal entries tell of these subjects, the oldest first."""
    columns = _journal.c
    wanted = select(columns.recorded_at, columns.noun, columns.act, columns.changes)
    wanted = wanted.where(columns.subject_id.in_(subject_ids), columns.personal)
    connection = await session.connection()
    return [Told(*row) for row in await connection.execute(wanted.order_by(columns.id))]


async def erase_changes(session: AsyncSession, subject_ids: Collection[uuid.UUID]) -> int:
    """Delete what the personal entries tell of these subjects; return how many there were.

    The salt goes too, so that the digest left in the chain cannot be guessed back.
    """
    columns = _journal.c
    connection = await session.connection()
    result = await connection.execute(
        update(_journal)
        .where(columns.subject_id.in_(subject_ids), columns.personal, columns.salt.is_not(None))
        .values(changes=None, salt=None)
    )
    return result.rowcount


async def verify(database: Database) -> int | None:
    """Return the first position where the journal is not what was settled, None when it is whole.

    Finds an entry altered, deleted (the last ones too), inserted or moved. What an erasure deleted
    is not missed, on personal entries only.
    """
    columns = _journal.c
    is_intact = case(
        (columns.salt.is_(None), columns.personal & columns.changes.is_(None)),
        else_=columns.digest == _digest_of(columns.salt, columns.changes),
    ).label("is_intact")
    query = (
        select(*_chained, is_intact).where(columns.position.is_not(None)).order_by(columns.position)
    )
    async with database.unit_of_work() as session:
        connection = await session.connection(
            execution_options={"isolation_level": "REPEATABLE READ"}
        )
        head = await _read_head(connection)
        position, chain = 0, _GENESIS
        async with connection.stream(query, execution_options={"yield_per": BATCH}) as rows:
            async for row in rows:
                link = _link(chain, position + 1, row)
                if (row.position, row.chain) != (position + 1, link) or not row.is_intact:
                    return position + 1
                position, chain = position + 1, link
        return None if (position, chain) == head else min(position, head[0]) + 1


async def _read_head(connection: AsyncConnection) -> tuple[int, bytes]:
    row = (await connection.execute(select(_head.c.position, _head.c.chain))).one_or_none()
    return (0, _GENESIS) if row is None else (row.position, row.chain)


def _link(chain: bytes, position: int, row: Row[*tuple[Any, ...]]) -> bytes:
    facts = [
        position,
        row.recorded_at.astimezone(UTC).isoformat(),
        row.actor,
        row.noun,
        str(row.subject_id),
        row.act,
        row.personal,
        row.digest.hex(),
    ]
    return hashlib.sha256(chain + json.dumps(facts).encode()).digest()


def _ring_after_commit(session: AsyncSession, channel: Channel) -> None:
    bell = bell_of(session.get_bind().engine)

    async def ring() -> None:
        bell.ring(channel)

    after_commit(session, ring)
