"""Reading what a call said at any time, from its revisions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import drafts
from etape.core.moments import PARIS, midnight
from etape.core.paging import Slice
from etape.core.problems import NotFound
from etape.core.publishing import Aggregate, Revision, content_of
from etape.funding.calls.rules import Reader
from etape.funding.calls.schemas import CallContent
from etape.funding.calls.service import CALL
from etape.funding.history import rules
from etape.funding.history.rules import sentences_between
from etape.funding.history.schemas import CallChange, CallDifference


async def list_changes(
    session: AsyncSession, slug: str, *, limit: int, after: Sequence[Any] | None
) -> Slice[CallChange]:
    """Return what each publication changed, the newest first. Raises NotFound."""
    call = await _published(session, slug)
    found = await drafts.versions_of(session, call, limit=limit, after=after)
    return found.map(
        lambda each: CallChange(
            version=each[0].version,
            published_at=each[0].published_at,
            sentences=sentences_between(_content(each[1]), _content(each[0].content)),
        )
    )


async def difference(
    session: AsyncSession, slug: str, *, since: date, until: date
) -> CallDifference:
    """Return what is not the same at the ends of two days. Raises NotFound."""
    call = await _published(session, slug)
    before, after = [await _content_at(session, call, day) for day in (since, until)]
    return CallDifference(since=since, until=until, sentences=sentences_between(before, after))


async def feed_of_all(session: AsyncSession, reader: Reader) -> bytes:
    """Return what was last published of all the calls, as Atom."""
    newest = (
        select(Revision)
        .join(
            Aggregate,
            (col(Aggregate.noun) == col(Revision.noun))
            & (col(Aggregate.subject_id) == col(Revision.subject_id)),
        )
        .where(Revision.noun == CALL.name, col(Aggregate.is_published))
        .order_by(col(Revision.published_at).desc(), col(Revision.subject_id))
        .limit(rules.FEED_AT_MOST)
    )
    rows = (await session.exec(newest)).all()
    before = {(row.subject_id, row.version - 1) for row in rows}
    named = tuple_(col(Revision.subject_id), col(Revision.version))
    older = select(Revision).where(Revision.noun == CALL.name, named.in_(before))
    contents = {(row.subject_id, row.version): row.content for row in await session.exec(older)}
    items = [
        rules.item_of(
            row, _content(contents.get((row.subject_id, row.version - 1))), content, reader
        )
        for row in rows
        if (content := _content(row.content)) is not None
    ]
    return rules.feed(items, reader, slug=None, name=rules.ALL)


async def feed_of(session: AsyncSession, reader: Reader, slug: str) -> bytes:
    """Return what was last published of a call, as Atom. Raises NotFound."""
    call = await _published(session, slug)
    found = await drafts.versions_of(session, call, limit=rules.FEED_AT_MOST, after=None)
    items = [
        rules.item_of(row, _content(before), content, reader)
        for row, before in found.rows
        if (content := _content(row.content)) is not None
    ]
    last = _content(await content_of(session, call))
    return rules.feed(items, reader, slug=slug, name=last.name if last else rules.ALL)


async def _published(session: AsyncSession, slug: str) -> Aggregate:
    aggregate = await session.get(Aggregate, (CALL.name, slug))
    if aggregate is None or not aggregate.is_published:
        raise NotFound
    return aggregate


async def _content_at(session: AsyncSession, call: Aggregate, day: date) -> CallContent | None:
    end = midnight(day + timedelta(days=1), PARIS)
    revisions = (
        select(Revision)
        .where(
            Revision.noun == call.noun,
            Revision.subject_id == call.subject_id,
            col(Revision.published_at) < end,
        )
        .order_by(col(Revision.version).desc())
        .limit(1)
    )
    found = (await session.exec(revisions)).one_or_none()
    return _content(found.content) if found is not None else None


def _content(told: dict[str, Any] | None) -> CallContent | None:
    return None if told is None else CallContent.model_validate(told)
