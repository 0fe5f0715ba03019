"""Publishing: a spoken shape becomes rows, and every version published is kept whole.

A noun is an aggregate: one row that its editors lock, one version, its revisions. The journal says
which fields changed, from what to what. Publishing what is already published records nothing.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import delete, tuple_
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.columns import Instant, shared_with
from etape.core.database import new_id
from etape.core.journal import Changes
from etape.core.problems import Problem
from etape.core.references import Reference, references_of
from etape.core.texts import Localized, Spoken

Row = TypeVar("Row", bound=SQLModel)
Content = TypeVar("Content", bound=Spoken)


class Aggregate(SQLModel, table=True):
    """A noun by its name, published or not: what its editors lock, and the draft they write.

    `version` counts what was published or withdrawn, `draft_version` every change of the draft;
    neither ever goes back, so the two together are the aggregate's ETag.
    """

    noun: str = Field(primary_key=True)
    slug: str = Field(primary_key=True)
    subject_id: UUID = Field(unique=True)
    version: int = 0
    is_published: bool = False
    draft: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    draft_version: int = 0
    changed_at: datetime = Field(sa_type=Instant)
    changed_by: str


class Revision(SQLModel, table=True):
    """A noun as it was published: its version, counted from 1. Withdrawn, it has no content."""

    noun: str = Field(primary_key=True)
    subject_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: dict[str, Any] | None = Field(sa_type=JSONB(none_as_null=False), nullable=False)
    published_at: datetime = Field(sa_type=Instant)
    published_by: str


class ReferenceRow(SQLModel, table=True):
    """That what is published of one noun names another."""

    __tablename__ = "reference"

    subject_id: UUID = Field(primary_key=True)
    to_noun: str = Field(primary_key=True)
    to_slug: str = Field(primary_key=True, index=True)


@dataclass(frozen=True, kw_only=True)
class Noun(Generic[Row, Content]):
    """A kind of thing that is published.

    `apply` links a row whose own columns are written, adds it, and replaces its children; a noun
    without it is its row. `parts` are the tables that speak of it by its noun and identifier.
    `label` is how a sentence names it. `guard` raises what keeps a thing from going. A copy leaves
    out the fields `not_copied`, at any depth.
    """

    name: str
    label: Localized
    table: type[Row]
    content: type[Content]
    apply: Callable[[AsyncSession, Row, Content, datetime], Awaitable[None]] | None = None
    parts: Sequence[type[SQLModel]] = ()
    guard: Callable[[AsyncSession, UUID], Awaitable[None]] | None = None
    not_copied: frozenset[str] = frozenset({"stated"})

    def __post_init__(self) -> None:
        """Be known by name: the journal says what each entry is about."""
        NOUNS[self.name] = self


NOUNS: dict[str, Noun[Any, Any]] = {}
"""Every noun that is published, by its name."""


class UnknownReference(Problem):
    """A content names something that is not published."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Référence inconnue", en="Unknown reference")
    detail = Localized(
        fr="Un nom cité n’est pas publié : publiez-le d’abord, ou corrigez-le.",
        en="A name that is cited is not published: publish it first, or correct it.",
    )


class StillReferred(Problem):
    """Something published names the noun that was to go."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Encore cité", en="Still referred to")
    detail = Localized(
        fr="D’autres fiches publiées y renvoient ; elles sont listées dans « referrers ». "
        "Retirez d’abord ces renvois.",
        en="Other published things refer to it; they are listed in “referrers”. "
        "Remove these references first.",
    )


async def lock(session: AsyncSession, noun: str, slug: str, *, by: str, now: datetime) -> Aggregate:
    """Return an aggregate, made if it is new, that nobody else can change before we commit."""
    new = {"noun": noun, "slug": slug, "subject_id": new_id(), "version": 0}
    new |= {"is_published": False, "draft_version": 0, "changed_at": now, "changed_by": by}
    entered = insert(Aggregate).values(**new)
    locked = entered.on_conflict_do_update(
        index_elements=["noun", "slug"], set_={"noun": entered.excluded.noun}
    )
    fresh = {"populate_existing": True}
    found = await session.exec(locked.returning(Aggregate), execution_options=fresh)
    aggregate: Aggregate = found.scalar_one()
    return aggregate


async def content_of(session: AsyncSession, aggregate: Aggregate) -> dict[str, Any] | None:
    """Return what is published of an aggregate, None when nothing is."""
    if not aggregate.is_published:
        return None
    key = (aggregate.noun, aggregate.subject_id, aggregate.version)
    return (await session.get_one(Revision, key)).content


async def contents_of(
    session: AsyncSession, aggregates: Collection[Aggregate]
) -> dict[UUID, dict[str, Any]]:
    """Return what is published of each aggregate, by its identifier."""
    key = tuple_(col(Revision.subject_id), col(Revision.version))
    newest = [(each.subject_id, each.version) for each in aggregates if each.is_published]
    rows = await session.exec(select(Revision).where(key.in_(newest)))
    return {row.subject_id: row.content for row in rows if row.content is not None}


def changes_between(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Changes:
    """Return each field that changes, from and to; what says nothing is as if it were absent."""
    before, after = old or {}, new or {}
    return {
        name: (before.get(name), after.get(name))
        for name in {**after, **before}
        if (before.get(name) or None) != (after.get(name) or None)
    }


async def publish(
    session: AsyncSession, noun: Noun[Row, Content], content: Content, *, by: str, now: datetime
) -> Changes:
    """Publish a noun, or what changed in it; return the changes, none when there was nothing to do.

    Raises UnknownReference.
    """
    told: dict[str, Any] = content.model_dump(mode="json")
    aggregate = await lock(session, noun.name, told["slug"], by=by, now=now)
    changes = changes_between(await content_of(session, aggregate), told)
    if aggregate.is_published and not changes:
        return {}
    references = list(references_of(noun.content, told))
    if unknown := await _unknown_among(session, references):
        raise UnknownReference(errors=unknown)
    act = "changed" if aggregate.is_published else "published"
    aggregate.version += 1
    aggregate.is_published = True
    stamps = {"version": aggregate.version, "updated_at": now}
    values = shared_with(noun.table, content)
    values |= {name: stamps[name] for name in stamps if name in noun.table.model_fields}
    row = await session.get(noun.table, aggregate.subject_id)
    if row is None:
        row = noun.table(id=aggregate.subject_id, **values)
    row.sqlmodel_update(values)
    if noun.apply is None:
        session.add(row)
    else:
        await noun.apply(session, row, content, now)
    await _keep(session, aggregate, told, references, act=act, changes=changes, by=by, now=now)
    return changes


async def withdraw(
    session: AsyncSession, noun: Noun[Any, Any], slug: str, *, by: str, now: datetime
) -> None:
    """Take a noun out of what is published; its revisions stay. Raises StillReferred."""
    aggregate = await lock(session, noun.name, slug, by=by, now=now)
    if not aggregate.is_published:
        return
    referrers = await referrers_of(session, noun.name, slug)
    if others := [each for each in referrers if each["id"] != str(aggregate.subject_id)]:
        raise StillReferred(referrers=others)
    if noun.guard is not None:
        await noun.guard(session, aggregate.subject_id)
    changes = changes_between(await content_of(session, aggregate), None)
    for part in noun.parts:
        of_it = {"noun": noun.name, "subject_id": aggregate.subject_id}
        await session.exec(delete(part).filter_by(**of_it))
    await session.exec(delete(noun.table).filter_by(id=aggregate.subject_id))
    aggregate.version += 1
    aggregate.is_published = False
    await _keep(session, aggregate, None, [], act="withdrawn", changes=changes, by=by, now=now)


async def referrers_of(session: AsyncSession, noun: str, slug: str) -> list[dict[str, str]]:
    """Return the published nouns that name this one: noun, slug and identifier of each."""
    found = (
        select(Aggregate.noun, Aggregate.slug, Aggregate.subject_id)
        .join(ReferenceRow, col(ReferenceRow.subject_id) == col(Aggregate.subject_id))
        .where(ReferenceRow.to_noun == noun, ReferenceRow.to_slug == slug)
        .order_by(col(Aggregate.noun), col(Aggregate.slug))
    )
    rows = await session.exec(found)
    return [{"noun": noun, "slug": slug, "id": str(subject)} for noun, slug, subject in rows]


async def unknown_references(
    session: AsyncSession, noun: Noun[Any, Any], content: Spoken
) -> list[tuple[str, Localized]]:
    """Return where a content names something that is not published, and a sentence for each."""
    told = content.model_dump(mode="json")
    return await _unknown_among(session, list(references_of(noun.content, told)))


async def _unknown_among(
    session: AsyncSession, references: Sequence[Reference]
) -> list[tuple[str, Localized]]:
    named = {(each.noun, each.slug) for each in references}
    columns = (col(Aggregate.noun), col(Aggregate.slug))
    known = select(*columns).where(tuple_(*columns).in_(named), col(Aggregate.is_published))
    missing = named - {tuple(row) for row in await session.exec(known)} if named else set()
    return [
        (each.pointer, _not_published(each.slug))
        for each in references
        if (each.noun, each.slug) in missing
    ]


def _not_published(slug: str) -> Localized:
    return Localized(fr=f"« {slug} » n’est pas publié.", en=f"“{slug}” is not published.")


async def _keep(
    session: AsyncSession,
    aggregate: Aggregate,
    content: dict[str, Any] | None,
    references: Sequence[Reference],
    *,
    act: str,
    changes: Changes,
    by: str,
    now: datetime,
) -> None:
    """Keep the version, know whom it names, and journal the change."""
    subject_id = aggregate.subject_id
    aggregate.changed_at, aggregate.changed_by = now, by
    session.add(aggregate)
    session.add(
        Revision(
            noun=aggregate.noun,
            subject_id=subject_id,
            version=aggregate.version,
            content=content,
            published_at=now,
            published_by=by,
        )
    )
    if aggregate.version > 1:
        await session.exec(delete(ReferenceRow).where(col(ReferenceRow.subject_id) == subject_id))
    session.add_all(
        ReferenceRow(subject_id=subject_id, to_noun=noun, to_slug=slug)
        for noun, slug in {(each.noun, each.slug) for each in references}
    )
    await session.flush()
    await journal.record(
        session,
        by=by,
        noun=aggregate.noun,
        subject_id=subject_id,
        act=act,
        changes=changes,
        now=now,
    )


async def by_slug(session: AsyncSession, table: type[Row], slug: str) -> Row | None:
    """Return the row of that slug, if it is published."""
    columns: Any = table
    return (await session.exec(select(table).where(columns.slug == slug))).one_or_none()
