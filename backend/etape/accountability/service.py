"""Reading the journal, newest first, with the names of those who acted; who reads it is in it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.accountability import rules
from etape.accountability.schemas import JournalEntry, JournalQuery
from etape.core import journal
from etape.core.columns import told
from etape.core.editing.shapes import told_changes
from etape.core.journal import JournalRow
from etape.core.moments import PARIS, midnight
from etape.core.paging import Slice, slice_of
from etape.core.publishing import Aggregate
from etape.core.texts import Language
from etape.identity.members import service as members

_JOURNAL = UUID(int=0)
"""What a reading of the journal is about: no thing in particular."""


async def read_journal(
    session: AsyncSession,
    wanted: JournalQuery,
    *,
    after: Sequence[Any] | None,
    language: Language,
    by: str,
    now: datetime,
) -> Slice[JournalEntry]:
    """Return what was done, the newest first, and journal who asked."""
    rows = select(JournalRow)
    if wanted.member is not None:
        rows = rows.where(JournalRow.actor == f"member:{wanted.member}")
    if wanted.noun is not None:
        rows = rows.where(JournalRow.noun == wanted.noun)
    if wanted.slug is not None:
        named = select(Aggregate.subject_id).where(Aggregate.slug == wanted.slug)
        rows = rows.where(col(JournalRow.subject_id).in_(named))
    if wanted.since is not None:
        rows = rows.where(col(JournalRow.recorded_at) >= midnight(wanted.since, PARIS))
    if wanted.until is not None:
        end = midnight(wanted.until + timedelta(days=1), PARIS)
        rows = rows.where(col(JournalRow.recorded_at) < end)
    page = await slice_of(
        session, rows, order=[JournalRow.id], limit=wanted.limit, after=after, descending=True
    )
    slugs = await _slugs_of(session, {row.subject_id for row in page.rows})
    names = await _names_of(session, {row.actor for row in page.rows})
    theirs = {row.subject_id for row in page.rows if row.noun == members.MEMBER}
    people = await members.names_of(session, theirs)
    if after is None:
        asked = wanted.model_dump(mode="json", exclude={"limit", "cursor"}, exclude_none=True)
        await journal.record(
            session,
            by=by,
            noun="journal",
            subject_id=_JOURNAL,
            act="listed",
            changes={name: (None, value) for name, value in asked.items()},
            now=now,
            personal=True,
        )

    def tell(row: JournalRow) -> JournalEntry:
        name, slug = names.get(row.actor), slugs.get(row.subject_id)
        thing = slug or (people.get(row.subject_id) if row.noun == members.MEMBER else None)
        said = rules.sentence_of(row.actor, name, row.act, row.noun, thing)
        return told(
            row,
            JournalEntry,
            actor_name=name,
            slug=slug,
            sentence=said.in_language(language),
            changes=told_changes(row.changes or {}),
        )

    return page.map(tell)


async def _slugs_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    columns = select(Aggregate.subject_id, Aggregate.slug)
    return dict((await session.exec(columns.where(col(Aggregate.subject_id).in_(ids)))).all())


async def _names_of(session: AsyncSession, actors: Collection[str]) -> dict[str, str]:
    ids = [UUID(actor.removeprefix("member:")) for actor in actors if actor.startswith("member:")]
    names = await members.names_of(session, ids)
    return {f"member:{member_id}": name for member_id, name in names.items()}
