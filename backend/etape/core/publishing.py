"""Publishing: a spoken shape becomes rows, and the journal says which fields changed, from and to.

Publishing what is already published changes nothing and records nothing.
"""

from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.texts import Spoken

Row = TypeVar("Row", bound=SQLModel)


def differences(before: Spoken | None, after: Spoken) -> dict[str, list[Any]]:
    """Return each field that changed as `[from, to]`, in JSON values; what is new was null."""
    new = after.model_dump(mode="json")
    old = before.model_dump(mode="json") if before else dict.fromkeys(new)
    return {name: [old[name], value] for name, value in new.items() if old[name] != value}


async def by_slug(session: AsyncSession, table: type[Row], slug: str) -> Row | None:
    """Return the row of that slug, if it is published."""
    columns: Any = table
    return (await session.exec(select(table).where(columns.slug == slug))).one_or_none()


async def publish_flat(
    session: AsyncSession, table: type[Row], content: Spoken, *, by: str, now: datetime
) -> Row:
    """Publish a noun whose columns are the fields of its shape, recognised by its slug."""
    values = {name: getattr(content, name) for name in type(content).model_fields}
    row = await by_slug(session, table, values["slug"])
    before = type(content).model_validate(row) if row else None
    changes = differences(before, content)
    if row is None:
        row = table(**values)
    elif changes:
        row.sqlmodel_update(values)
    if changes:
        session.add(row)
        await session.flush()
        identified: Any = row
        await journal.record(
            session,
            by=by,
            noun=str(table.__tablename__),
            subject_id=identified.id,
            act="published",
            changes=changes,
            now=now,
        )
    return row
