"""Publishing: a spoken shape becomes rows, and every version published is kept whole.

The journal says which fields changed, from what to what. Publishing what is already published
changes nothing and records nothing.
"""

import uuid
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.columns import Instant, shared_with
from etape.core.journal import Changes
from etape.core.texts import Spoken

Row = TypeVar("Row", bound=SQLModel)


class Revision(SQLModel, table=True):
    """A noun as it was published: its version, counted from 1, and its content."""

    noun: str = Field(primary_key=True)
    subject_id: uuid.UUID = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: dict[str, Any] = Field(sa_type=JSONB)
    published_at: datetime = Field(sa_type=Instant)
    published_by: str


class Publication:
    """One noun about to be published: what it was, what it becomes."""

    def __init__(self, noun: str, content: Spoken, last: Revision | None) -> None:
        self.noun = noun
        self.content = content.model_dump(mode="json")
        self.last = last
        self.version = last.version + 1 if last else 1

    @property
    def changes(self) -> Changes:
        """Each field that changes, from and to; of a new noun, each field that says something."""
        old = self.last.content if self.last else {}
        return {
            name: (old.get(name), new)
            for name, new in self.content.items()
            if (old.get(name) or None) != (new or None)
        }

    async def record(
        self, session: AsyncSession, subject_id: uuid.UUID, *, by: str, now: datetime
    ) -> None:
        """Keep the version and journal the change; the noun's rows are already written."""
        session.add(
            Revision(
                noun=self.noun,
                subject_id=subject_id,
                version=self.version,
                content=self.content,
                published_at=now,
                published_by=by,
            )
        )
        await journal.record(
            session,
            by=by,
            noun=self.noun,
            subject_id=subject_id,
            act="changed" if self.last else "published",
            changes=self.changes,
            now=now,
        )


async def prepare(
    session: AsyncSession, noun: str, subject_id: uuid.UUID, content: Spoken
) -> Publication | None:
    """Return what there is to publish, or None when this very content is published already."""
    revisions = select(Revision).where(Revision.noun == noun, Revision.subject_id == subject_id)
    newest = revisions.order_by(col(Revision.version).desc()).limit(1)
    last = (await session.exec(newest)).one_or_none()
    publication = Publication(noun, content, last)
    return publication if last is None or publication.changes else None


async def by_slug(session: AsyncSession, table: type[Row], slug: str) -> Row | None:
    """Return the row of that slug, if it is published."""
    columns: Any = table
    return (await session.exec(select(table).where(columns.slug == slug))).one_or_none()


async def publish_flat(
    session: AsyncSession, table: type[Row], content: Spoken, *, by: str, now: datetime
) -> Row:
    """Publish a noun whose columns are fields of its shape, recognised by its slug."""
    values = shared_with(table, content)
    row: Any = await by_slug(session, table, values["slug"]) or table(**values)
    publication = await prepare(session, str(table.__tablename__), row.id, content)
    if publication is not None:
        row.sqlmodel_update(values)
        session.add(row)
        await session.flush()
        await publication.record(session, row.id, by=by, now=now)
    published: Row = row
    return published
