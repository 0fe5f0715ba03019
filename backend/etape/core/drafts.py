"""Drafts: what is being written and not yet published; and the acts of an editor on a noun.

A draft holds a noun as spoken, complete or not: what is there is well-formed, what lacks is said
when it is checked, and publishing wants it whole. Each act names the version it was decided on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError, create_model
from pydantic.fields import FieldInfo
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import publishing, validation
from etape.core.journal import Changes
from etape.core.moments import PARIS
from etape.core.paging import Slice, slice_of
from etape.core.problems import Invalid, NotFound, Problem
from etape.core.publishing import Aggregate, Noun, Revision
from etape.core.texts import Localized, Spoken

_A_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
_AN_INSTANT = re.compile(rf"{_A_DAY.pattern}T\d{{2}}:\d{{2}}.*")
FieldErrors = list[tuple[str, Localized]]


class PreconditionMissing(Problem):
    """An act that does not say which version it was decided on."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    title = Localized(fr="Version à préciser", en="Version needed")
    detail = Localized(
        fr="Indiquez dans If-Match l’ETag de la fiche lue, ou If-None-Match: * pour en créer une.",
        en="Give in If-Match the ETag of what was read, or If-None-Match: * to create it.",
    )


class EditedMeanwhile(Problem):
    """Somebody changed it since it was read."""

    status = HTTPStatus.PRECONDITION_FAILED
    title = Localized(fr="Modifié entre-temps", en="Changed meanwhile")
    detail = Localized(
        fr="Quelqu’un a modifié cette fiche depuis que vous l’avez lue. Rien n’a été enregistré : "
        "relisez-la, puis recommencez.",
        en="Somebody changed this since you read it. Nothing was saved: "
        "read it again, then try again.",
    )


class NothingDrafted(Problem):
    """There is no draft."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Aucun brouillon", en="No draft")
    detail = Localized(
        fr="Cette fiche n’a pas de brouillon : écrivez-en un d’abord.",
        en="There is no draft of this: write one first.",
    )


class NothingPublished(Problem):
    """Nothing of it is published, or nothing was published before."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Rien de publié", en="Nothing published")
    detail = Localized(
        fr="Rien n’est publié de cette fiche : il n’y a rien à retirer ni à rétablir.",
        en="Nothing of this is published: there is nothing to withdraw or to restore.",
    )


class NameTaken(Problem):
    """Another one has this name."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Nom déjà pris", en="Name taken")
    detail = Localized(
        fr="Une fiche porte déjà ce nom : choisissez-en un autre.",
        en="Something has this name already: choose another one.",
    )


@dataclass(frozen=True, kw_only=True)
class Precondition:
    """What a request says of the version that it was decided on (RFC 9110, 13.1)."""

    if_match: str | None = None
    if_none_match: str | None = None


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an act changes: what was published, what will be, and the fields between the two."""

    before: Spoken | None
    after: Spoken | None
    changes: Changes


def etag_of(aggregate: Aggregate) -> str:
    """Return the ETag of an aggregate: it changes with what is published and with the draft."""
    return f'"{aggregate.version}-{aggregate.draft_version}"'


@cache
def draft_shape(content: type[Spoken]) -> type[Spoken]:
    """Return the shape of a draft: every field may be missing, those that are there are right."""
    fields: Any = {name: (_optional(field), None) for name, field in content.model_fields.items()}
    name = content.__name__.removesuffix("Content").removesuffix("Entry")
    return create_model(f"{name}Draft", __base__=Spoken, __doc__=f"{content.__doc__}", **fields)


def _optional(field: FieldInfo) -> Any:
    """Return the type of a field that may be missing; what it may hold stays as bounded."""
    kind: Any = field.annotation
    return (Annotated[(kind, *field.metadata)] if field.metadata else kind) | None


async def read(session: AsyncSession, noun: Noun[Any, Any], slug: str) -> Aggregate:
    """Return a noun that is published or drafted. Raises NotFound."""
    aggregate = await session.get(Aggregate, (noun.name, slug))
    if aggregate is None or not _exists(aggregate):
        raise NotFound
    return aggregate


def _exists(aggregate: Aggregate) -> bool:
    return aggregate.is_published or aggregate.draft is not None


async def open_for(
    session: AsyncSession,
    noun: Noun[Any, Any],
    slug: str,
    condition: Precondition,
    *,
    by: str,
    now: datetime,
) -> Aggregate:
    """Return a noun, locked, that is still as its editor read it.

    Raises PreconditionMissing, EditedMeanwhile, NotFound.
    """
    if condition.if_match is None and condition.if_none_match is None:
        raise PreconditionMissing
    aggregate = await publishing.lock(session, noun.name, slug, by=by, now=now)
    if condition.if_none_match is not None:
        if _exists(aggregate) or condition.if_none_match.strip() != "*":
            raise EditedMeanwhile(headers={"ETag": etag_of(aggregate)})
        return aggregate
    if not _exists(aggregate):
        raise NotFound
    if (condition.if_match or "").strip() != etag_of(aggregate):
        raise EditedMeanwhile(headers={"ETag": etag_of(aggregate)})
    return aggregate


def write(
    aggregate: Aggregate, draft: Mapping[str, Any] | None, *, by: str, now: datetime
) -> Aggregate:
    """Replace the draft of a locked noun; None discards it."""
    aggregate.draft = None if draft is None else {**draft, "slug": aggregate.slug}
    aggregate.draft_version += 1
    aggregate.changed_at, aggregate.changed_by = now, by
    return aggregate


async def problems_of(
    session: AsyncSession, noun: Noun[Any, Any], draft: Mapping[str, Any]
) -> FieldErrors:
    """Return what keeps a draft from being published: fields at fault, and names unknown."""
    try:
        content = noun.content.model_validate(draft)
    except ValidationError as error:
        return validation.errors_in(error, draft)
    return await publishing.unknown_references(session, noun, content)


async def publish(
    session: AsyncSession, noun: Noun[Any, Any], aggregate: Aggregate, *, by: str, now: datetime
) -> Edit:
    """Publish the draft of a locked noun. Raises NothingDrafted, Invalid, UnknownReference."""
    if aggregate.draft is None:
        raise NothingDrafted
    try:
        content = noun.content.model_validate(aggregate.draft)
    except ValidationError as error:
        raise Invalid(errors=validation.errors_in(error, aggregate.draft)) from None
    before = await _published(session, noun, aggregate)
    write(aggregate, None, by=by, now=now)
    changes = await publishing.publish(session, noun, content, by=by, now=now)
    return Edit(before=before, after=content, changes=changes)


async def unpublish(
    session: AsyncSession, noun: Noun[Any, Any], aggregate: Aggregate, *, by: str, now: datetime
) -> Edit:
    """Withdraw a locked noun; what was published becomes its draft, unless there is one.

    Raises NothingPublished, StillReferred.
    """
    before = await _published(session, noun, aggregate)
    if before is None:
        raise NothingPublished
    told = before.model_dump(mode="json")
    await publishing.withdraw(session, noun, aggregate.slug, by=by, now=now)
    write(aggregate, aggregate.draft or told, by=by, now=now)
    return Edit(before=before, after=None, changes=publishing.changes_between(told, None))


async def undo(
    session: AsyncSession, noun: Noun[Any, Any], aggregate: Aggregate, *, by: str, now: datetime
) -> Edit:
    """Publish a locked noun as it was before its last change; the first time, withdraw it.

    Raises NothingPublished, StillReferred, Invalid, UnknownReference.
    """
    if not aggregate.version:
        raise NothingPublished
    before = await _published(session, noun, aggregate)
    key = (noun.name, aggregate.subject_id, aggregate.version - 1)
    last = await session.get(Revision, key)
    if last is None or last.content is None:
        return await unpublish(session, noun, aggregate, by=by, now=now)
    content = noun.content.model_validate(last.content)
    changes = await publishing.publish(session, noun, content, by=by, now=now)
    return Edit(before=before, after=content, changes=changes)


async def delete(
    session: AsyncSession, noun: Noun[Any, Any], aggregate: Aggregate, *, by: str, now: datetime
) -> Edit:
    """Withdraw a locked noun and discard its draft; its revisions stay. Raises StillReferred."""
    before = await _published(session, noun, aggregate)
    if before is not None:
        await publishing.withdraw(session, noun, aggregate.slug, by=by, now=now)
    write(aggregate, None, by=by, now=now)
    return Edit(before=before, after=None, changes={})


async def copy(
    session: AsyncSession,
    noun: Noun[Any, Any],
    source: Aggregate,
    slug: str,
    *,
    days: int,
    by: str,
    now: datetime,
) -> Aggregate:
    """Draft a new noun from another, every date of it moved by some days. Raises NameTaken."""
    content = source.draft or await publishing.content_of(session, source) or {}
    made = await publishing.lock(session, noun.name, slug, by=by, now=now)
    if _exists(made):
        raise NameTaken(errors=[("/slug", NameTaken.detail)])
    kept = _without(content, noun.not_copied)
    zone = str(content.get("zone", PARIS))
    return write(made, moved(kept, timedelta(days=days), zone=zone), by=by, now=now)


def _without(value: Any, names: frozenset[str]) -> Any:
    match value:
        case dict():
            return {
                name: _without(item, names) for name, item in value.items() if name not in names
            }
        case list():
            return [_without(item, names) for item in value]
        case _:
            return value


def moved(value: Any, by: timedelta, *, zone: str) -> Any:
    """Return JSON values with every day and instant moved by whole days.

    Nine o'clock in their zone stays nine o'clock in summer.
    """
    match value:
        case dict():
            zone = str(value.get("zone", zone))
            return {name: moved(item, by, zone=zone) for name, item in value.items()}
        case list():
            return [moved(item, by, zone=zone) for item in value]
        case str() if _A_DAY.fullmatch(value):
            return (date.fromisoformat(value) + by).isoformat()
        case str() if _AN_INSTANT.fullmatch(value):
            at = datetime.fromisoformat(value)
            local = at.astimezone(ZoneInfo(zone)) if at.tzinfo else at
            return (local.replace(tzinfo=ZoneInfo(zone)) + by).isoformat()
        case _:
            return value


async def list_of(
    session: AsyncSession,
    noun: Noun[Any, Any],
    *,
    only: frozenset[str] | None,
    limit: int,
    after: Sequence[Any] | None,
) -> Slice[Aggregate]:
    """Return what is published or drafted, in the order of the slugs; `only` those of a person."""
    wanted = select(Aggregate).where(
        Aggregate.noun == noun.name,
        col(Aggregate.is_published) | col(Aggregate.draft).is_not(None),
    )
    if only is not None:
        wanted = wanted.where(col(Aggregate.slug).in_(only))
    return await slice_of(session, wanted, order=[Aggregate.slug], limit=limit, after=after)


async def versions_of(
    session: AsyncSession, aggregate: Aggregate, *, limit: int, after: Sequence[Any] | None
) -> Slice[tuple[Revision, dict[str, Any] | None]]:
    """Return the versions of a noun, the newest first, each with the content before it."""
    wanted = select(Revision).where(
        Revision.noun == aggregate.noun, Revision.subject_id == aggregate.subject_id
    )
    page = await slice_of(
        session, wanted, order=[Revision.version], limit=limit, after=after, descending=True
    )
    older = {row.version: row.content for row in page.rows}
    if page.rows and page.rows[-1].version > 1:
        key = (aggregate.noun, aggregate.subject_id, page.rows[-1].version - 1)
        older[key[2]] = (await session.get_one(Revision, key)).content
    return page.map(lambda row: (row, older.get(row.version - 1)))


async def _published(
    session: AsyncSession, noun: Noun[Any, Any], aggregate: Aggregate
) -> Spoken | None:
    told = await publishing.content_of(session, aggregate)
    if told is None:
        return None
    content: Spoken = noun.content.model_validate(told)
    return content
