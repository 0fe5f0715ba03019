"""Keeping documents: their bytes outside any transaction, then their row.

A content is announced before the storage has it and forgotten after the storage has lost it, so
whatever dies in between, `sweep` finds what nothing names.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID

from pydantic import AnyHttpUrl
from sqlalchemy import Text, and_, cast, delete, exists, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.apart import Apart, ReadingFailed
from etape.core.columns import told
from etape.core.database import Database
from etape.core.jobs import defer
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound, Unavailable
from etape.core.publishing import Aggregate, Revision, StillReferred
from etape.core.storage import Storage
from etape.core.texts import Localized
from etape.documents import rules
from etape.documents.schemas import DocumentRead, FileName, MediaType, Reading
from etape.documents.tables import Document, DocumentFile

NOUN = "document"
SWEEP = "documents.sweep"
IN_FLIGHT = timedelta(hours=1)
"""No upload lasts so long: a content announced before, that nothing names, is nobody's."""
SWEPT_AT_ONCE = 100
REFERRERS_TOLD = 100


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A content that the storage has, and what was found in it."""

    digest: str
    media_type: MediaType
    reading: Reading


async def keep(
    database: Database,
    storage: Storage,
    apart: Apart,
    content: bytes,
    media_type: MediaType,
    *,
    now: datetime,
) -> Kept:
    """Read a content and have the storage keep it, once for all who send the same.

    It is announced in a transaction of its own, which stays whatever becomes of the request: that
    is how a content whose upload was cut short is found again.

    Raises FileUnreadable, FileProtected, FileActive, ImageTooLarge, and Unavailable.
    """
    try:
        found = await apart.read(rules.read, content, media_type)
    except ReadingFailed:
        raise rules.FileUnreadable from None
    reading = Reading.model_validate_json(found)
    if reading.refusal is not None:
        raise rules.REFUSALS[reading.refusal]
    digest = hashlib.sha256(reading.content).hexdigest()
    async with database.unit_of_work() as session:
        await _announce(session, digest, now=now)
    if not await storage.exists(digest):
        await storage.put(digest, reading.content)
    return Kept(digest=digest, media_type=media_type, reading=reading)


async def _announce(session: AsyncSession, digest: str, *, now: datetime) -> None:
    """Say that a content is wanted. Raises Unavailable while the sweeper is taking it away."""
    entered = insert(DocumentFile).values(digest=digest, kept_at=now, is_leaving=False)
    announced = entered.on_conflict_do_update(
        index_elements=["digest"],
        set_={"kept_at": entered.excluded.kept_at},
        where=~col(DocumentFile.is_leaving),
    )
    if (await session.exec(announced.returning(col(DocumentFile.digest)))).one_or_none() is None:
        raise Unavailable


async def name_document(
    session: AsyncSession, kept: Kept, name: FileName, *, by: str, now: datetime
) -> Document:
    """Give a content that is kept the name under which it is read. Raises Invalid."""
    rules.refuse_misnamed(name, kept.media_type)
    await _announce(session, kept.digest, now=now)
    document = Document(
        name=name,
        media_type=kept.media_type,
        size=len(kept.reading.content),
        digest=kept.digest,
        pages=kept.reading.pages,
        width=kept.reading.width,
        height=kept.reading.height,
        uploaded_at=now,
        uploaded_by=by,
    )
    session.add(document)
    await session.flush()
    facts = ("name", "media_type", "size", "digest")
    changes = {fact: (None, getattr(document, fact)) for fact in facts}
    await journal.record(
        session,
        by=by,
        noun=NOUN,
        subject_id=document.id,
        act="uploaded",
        changes=changes,
        now=now,
    )
    return document


async def list_documents(
    session: AsyncSession, *, limit: int, after: Sequence[object] | None
) -> Slice[Document]:
    """Return the documents, the newest first."""
    order = [col(Document.uploaded_at), col(Document.id)]
    return await slice_of(
        session, select(Document), order=order, limit=limit, after=after, descending=True
    )


async def find_document(session: AsyncSession, document_id: UUID, name: FileName) -> Document:
    """Return the document at an address. Raises NotFound."""
    document = await session.get(Document, document_id)
    if document is None or document.name != name:
        raise NotFound
    return document


async def delete_document(
    session: AsyncSession, document_id: UUID, *, by: str, now: datetime
) -> None:
    """Delete a document; its content goes when no other has it. Raises NotFound, StillReferred."""
    document = await session.get(Document, document_id, with_for_update=True)
    if document is None:
        raise NotFound
    if referrers := await referrers_of(session, document_id):
        raise StillReferred(
            Localized(
                fr="Des fiches ou des brouillons renvoient à ce document ; ils sont listés dans "
                "« referrers ». Retirez d’abord ces renvois.",
                en="Published things or drafts link to this document; they are listed in "
                "“referrers”. Remove these links first.",
            ),
            referrers=referrers,
        )
    await session.delete(document)
    facts = ("name", "media_type", "size", "digest")
    changes = {fact: (getattr(document, fact), None) for fact in facts}
    await journal.record(
        session, by=by, noun=NOUN, subject_id=document_id, act="deleted", changes=changes, now=now
    )
    await defer(session, SWEEP, key=SWEEP)


async def referrers_of(session: AsyncSession, document_id: UUID) -> list[dict[str, str]]:
    """Return what links to a document, published or drafted: noun, slug and identifier of each."""
    address = f"/documents/{document_id}/"
    is_current = and_(
        col(Revision.noun) == col(Aggregate.noun),
        col(Revision.subject_id) == col(Aggregate.subject_id),
        col(Revision.version) == col(Aggregate.version),
    )
    found = (
        select(Aggregate.noun, Aggregate.slug, Aggregate.subject_id)
        .outerjoin(Revision, is_current)
        .where(
            or_(
                cast(col(Revision.content), Text).contains(address),
                cast(col(Aggregate.draft), Text).contains(address),
            )
        )
        .order_by(col(Aggregate.noun), col(Aggregate.slug))
        .limit(REFERRERS_TOLD)
    )
    rows = await session.exec(found)
    return [{"noun": noun, "slug": slug, "id": str(subject)} for noun, slug, subject in rows]


async def sweep(database: Database, storage: Storage, *, now: datetime) -> None:
    """Take out of the storage what no document names. May be cut short anywhere, and run twice."""
    swept = SWEPT_AT_ONCE
    while swept == SWEPT_AT_ONCE:
        async with database.unit_of_work() as session:
            digests = await _leaving(session, before=now - IN_FLIGHT)
        for digest in digests:
            await storage.delete(digest)
            async with database.unit_of_work() as session:
                await session.exec(delete(DocumentFile).where(col(DocumentFile.digest) == digest))
        swept = len(digests)


async def _leaving(session: AsyncSession, *, before: datetime) -> list[str]:
    """Mark contents that nothing names, so that none is announced until it is gone."""
    is_named = exists().where(col(Document.digest) == col(DocumentFile.digest))
    is_nobodys = or_(col(DocumentFile.is_leaving), col(DocumentFile.kept_at) < before)
    some = (
        select(DocumentFile.digest)
        .where(~is_named, is_nobodys)
        .limit(SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    marked = (
        update(DocumentFile)
        .where(col(DocumentFile.digest).in_(some))
        .values(is_leaving=True)
        .returning(col(DocumentFile.digest))
    )
    return list((await session.exec(marked)).scalars())


def spoken(document: Document, public_url: AnyHttpUrl) -> DocumentRead:
    """Return a document as spoken, with its address."""
    address = f"documents/{document.id}/{quote(document.name)}"
    return told(document, DocumentRead, url=f"{str(public_url).rstrip('/')}/{address}")
