"""Publishing: a spoken shape becomes rows, and every version published is kept whole.

A noun is an aggregate: one row that its editors lock, one version, its revisions. The journal says
which fields changed, from what to what. Publishing what is already published records nothing.
One is published as many are, in as many statements.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, delete, func, literal, tuple_
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.exc import IntegrityError
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
Rows = Sequence[tuple[Row, Content]]
"""Rows of one noun, each with the content that it is to show."""


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

    `apply` links rows whose own columns are written, adds them, and replaces their children; a noun
    without it is its row. A noun that is published by the thousand links them all at once, another
    `one_by_one`. `parts` are the tables that speak of it by its noun and identifier; `leave`
    deletes what speaks of its children. `label` is how a sentence names it. `guard` raises what
    keeps a thing from going. A copy leaves out the fields `not_copied`, at any depth.
    """

    name: str
    label: Localized
    table: type[Row]
    content: type[Content]
    apply: Callable[[AsyncSession, Rows[Row, Content], datetime], Awaitable[None]] | None = None
    parts: Sequence[type[SQLModel]] = ()
    guard: Callable[[AsyncSession, UUID], Awaitable[None]] | None = None
    leave: Callable[[AsyncSession, UUID], Awaitable[None]] | None = None
    not_copied: frozenset[str] = frozenset({"stated"})

    def __post_init__(self) -> None:
        """Be known by name: the journal says what each entry is about."""
        NOUNS[self.name] = self


NOUNS: dict[str, Noun[Any, Any]] = {}
"""Every noun that is published, by its name."""


@dataclass(frozen=True, slots=True)
class _Version:
    """What becomes of an aggregate: the content to publish, None to withdraw it."""

    aggregate: Aggregate
    act: str
    changes: Changes
    content: dict[str, Any] | None = None
    references: Sequence[Reference] = ()

    def kept(self) -> dict[str, Any]:
        """Return its revision."""
        of_it = {"noun": self.aggregate.noun, "subject_id": self.aggregate.subject_id}
        return {**of_it, "version": self.aggregate.version, "content": self.content}

    def naming(self) -> list[dict[str, Any]]:
        """Return its references, each once."""
        named = {(each.noun, each.slug) for each in self.references}
        subject_id = self.aggregate.subject_id
        return [
            {"subject_id": subject_id, "to_noun": noun, "to_slug": slug} for noun, slug in named
        ]


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


_aggregates = SQLModel.metadata.tables["aggregate"]
_slugs = bindparam("slugs", type_=ARRAY(Text))
_ids = bindparam("ids", type_=ARRAY(Uuid))
_new = func.unnest(_slugs, _ids).table_valued("slug", "subject_id", name="new").render_derived()


def one_by_one(
    apply: Callable[[AsyncSession, Row, Content, datetime], Awaitable[None]],
) -> Callable[[AsyncSession, Rows[Row, Content], datetime], Awaitable[None]]:
    """Return the `apply` of a noun whose rows are linked one by one."""

    async def apply_each(session: AsyncSession, rows: Rows[Row, Content], now: datetime) -> None:
        for row, content in rows:
            await apply(session, row, content, now)

    return apply_each


_KEPT = Localized(
    fr="Ce qui est publié pour toujours y renvoie : cette fiche ne se retire plus.",
    en="What is published for ever refers to it: it is not withdrawn any more.",
)


async def lock(session: AsyncSession, noun: str, slug: str, *, by: str, now: datetime) -> Aggregate:
    """Return an aggregate, made if it is new, that nobody else can change before we commit."""
    return (await lock_all(session, noun, [slug], by=by, now=now))[slug]


async def lock_all(
    session: AsyncSession, noun: str, slugs: Collection[str], *, by: str, now: datetime
) -> dict[str, Aggregate]:
    """Return aggregates by their slugs, locked in the order of these: two who do so never cross."""
    new = {"noun": noun, "version": 0, "is_published": False, "draft_version": 0}
    new |= {"changed_at": now, "changed_by": by}
    values = [literal(value, _aggregates.c[name].type) for name, value in new.items()]
    entered = insert(_aggregates).from_select(
        [*new, "slug", "subject_id"],
        select_columns(*values, _new.c.slug, _new.c.subject_id).order_by(_new.c.slug),
    )
    locked = entered.on_conflict_do_update(
        index_elements=["noun", "slug"], set_={"noun": entered.excluded.noun}
    )
    whole: Any = select_columns(Aggregate).from_statement(locked.returning(Aggregate))
    found = await session.exec(
        whole,
        params={"slugs": list(slugs), "ids": [new_id() for _ in slugs]},
        execution_options={"populate_existing": True},
    )
    return {aggregate.slug: aggregate for aggregate in found.scalars()}


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
    return (await publish_all(session, noun, [content], by=by, now=now))[0]


async def publish_all(
    session: AsyncSession,
    noun: Noun[Row, Content],
    contents: Sequence[Content],
    *,
    by: str,
    now: datetime,
) -> list[Changes]:
    """Publish things of one noun, no two of one slug: as one after the other, in fewer statements.

    Return the changes of each. Raises UnknownReference, with the errors of the first at fault; one
    may name another that comes before it.
    """
    spoken: list[dict[str, Any]] = [content.model_dump(mode="json") for content in contents]
    slugs = [each["slug"] for each in spoken]
    aggregates = await lock_all(session, noun.name, slugs, by=by, now=now)
    before = await contents_of(session, aggregates.values())
    changes = [
        changes_between(before.get(aggregates[each["slug"]].subject_id), each) for each in spoken
    ]
    due: list[tuple[_Version, Content]] = []
    for content, told, changed in zip(contents, spoken, changes, strict=True):
        aggregate = aggregates[told["slug"]]
        if changed or not aggregate.is_published:
            act = "changed" if aggregate.is_published else "published"
            named = list(references_of(noun.content, told))
            due.append((_Version(aggregate, act, changed, told, named), content))
    if not due:
        return changes
    versions = [version for version, _ in due]
    await _refuse_unknown(session, noun, versions)
    rows = await _rows_of(session, noun, due, now=now)
    if noun.apply is None:
        session.add_all(row for row, _ in rows)
    else:
        await noun.apply(session, rows, now)
    await _keep(session, versions, by=by, now=now)
    return changes


async def _rows_of(
    session: AsyncSession,
    noun: Noun[Row, Content],
    due: Sequence[tuple[_Version, Content]],
    *,
    now: datetime,
) -> list[tuple[Row, Content]]:
    """Return the row of each version, new or as it was, its own columns written."""
    columns: Any = noun.table
    there = [each.aggregate.subject_id for each, _ in due if each.aggregate.is_published]
    wanted: Any = select(noun.table).where(columns.id.in_(there))
    rows = {row.id: row for row in await session.exec(wanted)} if there else {}
    written = []
    for version, content in due:
        aggregate = version.aggregate
        aggregate.version += 1
        aggregate.is_published = True
        stamps = {"version": aggregate.version, "updated_at": now}
        values = shared_with(noun.table, content)
        values |= {name: stamps[name] for name in stamps if name in noun.table.model_fields}
        row = rows.get(aggregate.subject_id) or noun.table(id=aggregate.subject_id, **values)
        row.sqlmodel_update(values)
        written.append((row, content))
    return written


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
    try:
        if noun.leave is not None:
            await noun.leave(session, aggregate.subject_id)
        await session.exec(delete(noun.table).filter_by(id=aggregate.subject_id))
    except IntegrityError:  # rows that are no nouns name it, and no list of nouns shows them
        raise StillReferred(_KEPT, referrers=[]) from None
    aggregate.version += 1
    aggregate.is_published = False
    await _keep(session, [_Version(aggregate, "withdrawn", changes)], by=by, now=now)


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
    return await unknown_among(session, list(references_of(noun.content, told)))


async def _refuse_unknown(
    session: AsyncSession, noun: Noun[Any, Any], versions: Sequence[_Version]
) -> None:
    """Raise UnknownReference where one names what is not published, nor comes before it."""
    missing = await _missing(session, [named for each in versions for named in each.references])
    for each in versions:
        if unknown := _errors_at(each.references, missing):
            raise UnknownReference(errors=unknown)
        missing.discard((noun.name, each.aggregate.slug))


async def unknown_among(
    session: AsyncSession, references: Sequence[Reference]
) -> list[tuple[str, Localized]]:
    """Return where something is named that is not published, and a sentence for each."""
    return _errors_at(references, await _missing(session, references))


async def _missing(session: AsyncSession, references: Iterable[Reference]) -> set[tuple[str, str]]:
    """Return the nouns and slugs that are named and not published."""
    named = {(each.noun, each.slug) for each in references}
    columns = (col(Aggregate.noun), col(Aggregate.slug))
    known = select(*columns).where(tuple_(*columns).in_(named), col(Aggregate.is_published))
    return named - {(noun, slug) for noun, slug in await session.exec(known)} if named else set()


def _errors_at(
    references: Sequence[Reference], missing: Collection[tuple[str, str]]
) -> list[tuple[str, Localized]]:
    return [
        (each.pointer, _not_published(each.slug))
        for each in references
        if (each.noun, each.slug) in missing
    ]


def _not_published(slug: str) -> Localized:
    return Localized(fr=f"« {slug} » n’est pas publié.", en=f"“{slug}” is not published.")


async def _keep(
    session: AsyncSession, versions: Sequence[_Version], *, by: str, now: datetime
) -> None:
    """Keep versions of things of one noun, know whom they name, and journal the changes."""
    renewed = [each.aggregate.subject_id for each in versions if each.aggregate.version > 1]
    if renewed:
        await session.exec(delete(ReferenceRow).where(col(ReferenceRow.subject_id).in_(renewed)))
    for version in versions:
        version.aggregate.changed_at, version.aggregate.changed_by = now, by
        session.add(version.aggregate)
    await session.flush()
    stamps = {"published_at": now, "published_by": by}
    await session.exec(insert(Revision), params=[each.kept() | stamps for each in versions])
    if references := [reference for each in versions for reference in each.naming()]:
        await session.exec(insert(ReferenceRow), params=references)
    await journal.record_all(
        session,
        [(each.aggregate.subject_id, each.act, each.changes) for each in versions],
        by=by,
        noun=versions[0].aggregate.noun,
        now=now,
    )


async def by_slug(session: AsyncSession, table: type[Row], slug: str) -> Row | None:
    """Return the row of that slug, if it is published."""
    columns: Any = table
    return (await session.exec(select(table).where(columns.slug == slug))).one_or_none()
