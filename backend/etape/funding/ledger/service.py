"""Adding to the ledger, reversing what is in it, and reading what stood on a day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.columns import shared_with, told
from etape.core.database import execute
from etape.core.moments import day_in_paris
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import UnknownReference, by_slug, unknown_among
from etape.core.references import references_of
from etape.core.texts import Localized, Spoken
from etape.funding.awards.service import refuse_unknown_waves
from etape.funding.awards.tables import Award
from etape.funding.calls import service as calls
from etape.funding.calls.tables import Call
from etape.funding.ledger import rules
from etape.funding.ledger.schemas import (
    EntrySubject,
    LedgerEntryContent,
    LedgerEntryRead,
    LedgerQuery,
    ReversalContent,
    SubjectKind,
)
from etape.funding.ledger.tables import LedgerEntry
from etape.funding.programmes import service as programmes
from etape.funding.programmes.tables import Envelope, Programme
from etape.sources import service as sources

ENTRY = "ledger_entry"
_SUBJECT = func.coalesce(LedgerEntry.envelope_id, LedgerEntry.call_id, LedgerEntry.award_id)

Subjects = Mapping[UUID, tuple[EntrySubject, bool]]
"""What entries are about, and whether it is fictitious."""


async def append(
    session: AsyncSession, content: LedgerEntryContent, *, by: str, now: datetime
) -> LedgerEntryRead:
    """Add an entry. Raises UnknownReference, UnknownWave, and Invalid for a day to come."""
    source_id = await _source_of(session, content)
    named = await calls.call_ids(session, [content.call] if content.call else [])
    award = await by_slug(session, Award, content.award) if content.award else None
    entry = LedgerEntry(
        **shared_with(LedgerEntry, content),
        envelope_id=await programmes.envelope_id(session, content.envelope),
        call_id=named.get(content.call or ""),
        award_id=award.id if award else None,
        counts_from=rules.counts_from(content.effective, today=day_in_paris(now)),
        source_id=source_id,
        recorded_at=now,
    )
    await refuse_unknown_waves(session, [(entry.call_id, entry.wave)])
    return await _keep(session, entry, content, act="appended", by=by)


async def reverse(
    session: AsyncSession, number: int, content: ReversalContent, *, by: str, now: datetime
) -> LedgerEntryRead:
    """Add the entry that takes another one away; it is locked, so that only one does.

    Raises NotFound, ReversalRefused, AlreadyReversed, ReversedTooEarly, UnknownReference, and
    Invalid for a day to come.
    """
    locked = select(LedgerEntry).where(LedgerEntry.id == number).with_for_update()
    wrong = (await session.exec(locked)).one_or_none()
    if wrong is None:
        raise NotFound
    if wrong.reverses is not None:
        raise rules.ReversalRefused
    if await _reversals_of(session, [wrong]):
        raise rules.AlreadyReversed
    day = rules.counts_from(content.effective, today=day_in_paris(now))
    if day < wrong.counts_from:
        raise rules.ReversedTooEarly
    kept = {"envelope_id", "call_id", "wave", "award_id", "kind", "amount_cents"}
    entry = LedgerEntry(
        **wrong.model_dump(include=kept),
        **shared_with(LedgerEntry, content),
        counts_from=day,
        source_id=await _source_of(session, content),
        reverses=wrong.id,
        recorded_at=now,
    )
    return await _keep(session, entry, content, act="reversed", by=by)


async def _source_of(session: AsyncSession, content: LedgerEntryContent | ReversalContent) -> UUID:
    """Return the source's identifier. Raises UnknownReference for any name that is not known."""
    named = list(references_of(type(content), content.model_dump(mode="json")))
    if unknown := await unknown_among(session, named):
        raise UnknownReference(errors=unknown)
    return (await sources.ids_of(session, [content.source]))[content.source]


async def _keep(
    session: AsyncSession, entry: LedgerEntry, content: Spoken, *, act: str, by: str
) -> LedgerEntryRead:
    session.add(entry)
    await session.flush()
    told_of = content.model_dump(mode="json", exclude_none=True) | {"number": entry.id}
    if entry.reverses is not None:
        told_of["reverses"] = entry.reverses
    await journal.record(
        session,
        by=by,
        noun=ENTRY,
        subject_id=_about(entry),
        act=act,
        changes={name: (None, value) for name, value in told_of.items()},
        now=entry.recorded_at,
    )
    return (await _read(session, [entry]))[0]


async def list_entries(
    session: AsyncSession, wanted: LedgerQuery, *, after: Sequence[Any] | None
) -> Slice[LedgerEntryRead]:
    """Return the entries asked for, reversals among them, the latest first."""
    rows = select(LedgerEntry)
    if wanted.programme is not None:
        rows = rows.where(_is_within(wanted.programme))
    if wanted.envelope is not None:
        envelope = select(Envelope.id).where(Envelope.slug == wanted.envelope)
        rows = rows.where(col(LedgerEntry.envelope_id).in_(envelope))
    if wanted.call is not None:
        call = select(Call.id).where(Call.slug == wanted.call)
        awards = select(Award.id).where(col(Award.call_id).in_(call))
        is_of_call = col(LedgerEntry.call_id).in_(call)
        rows = rows.where(or_(is_of_call, col(LedgerEntry.award_id).in_(awards)))
    if wanted.kind is not None:
        rows = rows.where(LedgerEntry.kind == wanted.kind)
    if wanted.as_of is not None:
        rows = rows.where(col(LedgerEntry.counts_from) <= wanted.as_of)
    order = [LedgerEntry.counts_from, LedgerEntry.id]
    page = await slice_of(
        session, rows, order=order, limit=wanted.limit, after=after, descending=True
    )
    return Slice(await _read(session, page.rows), page.total, page.end)


def _is_within(slug: str) -> Any:
    """Return the condition that an entry is about something of a programme."""
    programme = select(Programme.id).where(Programme.slug == slug)
    envelopes = select(Envelope.id).where(col(Envelope.programme_id).in_(programme))
    of_calls = select(Call.id).where(
        or_(col(Call.programme_id).in_(programme), col(Call.envelope_id).in_(envelopes))
    )
    awards = select(Award.id).where(
        or_(col(Award.programme_id).in_(programme), col(Award.call_id).in_(of_calls))
    )
    return or_(
        col(LedgerEntry.envelope_id).in_(envelopes),
        col(LedgerEntry.call_id).in_(of_calls),
        col(LedgerEntry.award_id).in_(awards),
    )


async def standing(
    session: AsyncSession, subject_ids: Collection[UUID], *, as_of: date
) -> list[rules.Standing]:
    """Return what stood at the end of a day of these envelopes, calls and awards."""
    reversal = aliased(LedgerEntry)
    is_reversed = exists().where(
        col(reversal.reverses) == col(LedgerEntry.id), col(reversal.counts_from) <= as_of
    )
    added_up = (
        sa.select(
            _SUBJECT,
            col(LedgerEntry.wave),
            col(LedgerEntry.kind),
            sa.cast(func.sum(LedgerEntry.amount_cents), sa.BigInteger),
            func.max(LedgerEntry.counts_from),
            func.array_agg(col(LedgerEntry.source_id).distinct()),
        )
        .where(_SUBJECT.in_(subject_ids), col(LedgerEntry.reverses).is_(None), ~is_reversed)
        .where(col(LedgerEntry.counts_from) <= as_of)
        .group_by(_SUBJECT, col(LedgerEntry.wave), col(LedgerEntry.kind))
    )
    rows = await execute(session, added_up, {})
    return [rules.Standing(*tuple(row)) for row in rows]


async def days_of(session: AsyncSession, subject_ids: Collection[UUID]) -> list[date]:
    """Return the days from which entries about these things count, reversals among them."""
    days = sa.select(col(LedgerEntry.counts_from)).where(_SUBJECT.in_(subject_ids)).distinct()
    return [row.counts_from for row in await execute(session, days, {})]


async def _read(session: AsyncSession, entries: Sequence[LedgerEntry]) -> list[LedgerEntryRead]:
    subjects = await _subjects_of(session, entries)
    cited = await sources.by_ids(session, [entry.source_id for entry in entries])
    reversals = await _reversals_of(session, entries)

    def read(entry: LedgerEntry) -> LedgerEntryRead:
        subject, is_fictitious = subjects[_about(entry)]
        return told(
            entry,
            LedgerEntryRead,
            subject=subject.model_copy(update={"wave": entry.wave}),
            source=cited[entry.source_id],
            reversed_by=reversals.get(entry.id),
            fictitious=is_fictitious,
        )

    return [read(entry) for entry in entries]


def _about(entry: LedgerEntry) -> UUID:
    """Return the identifier of what an entry is about: it has one, and one only."""
    return cast("UUID", entry.envelope_id or entry.call_id or entry.award_id)


async def _subjects_of(session: AsyncSession, entries: Sequence[LedgerEntry]) -> Subjects:
    subjects: dict[UUID, tuple[EntrySubject, bool]] = {}
    asked: list[tuple[SubjectKind, Any, Any, set[UUID | None]]] = [
        (SubjectKind.ENVELOPE, Envelope, Envelope.name, {each.envelope_id for each in entries}),
        (SubjectKind.CALL, Call, Call.name, {each.call_id for each in entries}),
        (SubjectKind.AWARD, Award, Award.project, {each.award_id for each in entries}),
    ]
    for kind, table, name, ids in asked:
        columns = select(table.id, table.slug, name, table.fictitious).where(table.id.in_(ids))
        for id_, slug, named, is_fictitious in await session.exec(columns):
            subject = EntrySubject(kind=kind, slug=slug, name=cast("Localized", named), wave=None)
            subjects[id_] = (subject, is_fictitious)
    return subjects


async def _reversals_of(
    session: AsyncSession, entries: Sequence[LedgerEntry]
) -> dict[int | None, int | None]:
    """Return the number of the entry that takes each of these away, where one does."""
    columns = select(LedgerEntry.reverses, LedgerEntry.id)
    is_reversal = col(LedgerEntry.reverses).in_([entry.id for entry in entries])
    return dict((await session.exec(columns.where(is_reversal))).all())
