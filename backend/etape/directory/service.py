"""Publishing and reading the directory, and resolving the slugs that other rooms refer to."""

from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.paging import Slice, slice_of
from etape.core.problems import Problem
from etape.core.publishing import publish_flat
from etape.core.texts import Localized
from etape.directory.schemas import (
    OrganisationEntry,
    PersonContent,
    RegionRead,
    TermContent,
    ThemeContent,
)
from etape.directory.tables import Organisation, Person, Region, Term, Theme
from etape.sources import service as sources


class UnknownReference(Problem):
    """A noun refers to something that is not in the directory."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Référence inconnue", en="Unknown reference")
    detail = Localized(
        fr="Un nom cité n’est pas dans l’annuaire : publiez-le d’abord.",
        en="A name that is cited is not in the directory: publish it first.",
    )


async def publish_organisation(
    session: AsyncSession, entry: OrganisationEntry, *, by: str, now: datetime
) -> Organisation:
    """Publish a body and what sources state of it."""
    organisation = await publish_flat(session, Organisation, entry, by=by, now=now)
    await sources.state(session, "organisation", organisation.id, entry.stated)
    return organisation


async def publish_person(
    session: AsyncSession, content: PersonContent, *, by: str, now: datetime
) -> Person:
    """Publish somebody who appears in public."""
    return await publish_flat(session, Person, content, by=by, now=now)


async def publish_theme(
    session: AsyncSession, content: ThemeContent, *, by: str, now: datetime
) -> Theme:
    """Publish a theme."""
    return await publish_flat(session, Theme, content, by=by, now=now)


async def publish_term(
    session: AsyncSession, content: TermContent, *, by: str, now: datetime
) -> Term:
    """Publish a word of the glossary."""
    return await publish_flat(session, Term, content, by=by, now=now)


async def organisation_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each body. Raises UnknownReference."""
    columns = select(Organisation.slug, Organisation.id)
    found = dict((await session.exec(columns.where(col(Organisation.slug).in_(slugs)))).all())
    refuse_missing("organisation", slugs, found)
    return found


async def organisation_id(session: AsyncSession, slug: str | None) -> UUID | None:
    """Return the identifier of a body, if one is named. Raises UnknownReference."""
    return (await organisation_ids(session, [slug]))[slug] if slug else None


async def person_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each person. Raises UnknownReference."""
    columns = select(Person.slug, Person.id)
    found = dict((await session.exec(columns.where(col(Person.slug).in_(slugs)))).all())
    refuse_missing("person", slugs, found)
    return found


async def check_themes(session: AsyncSession, slugs: Collection[str]) -> None:
    """Raise UnknownReference unless every theme exists."""
    found = (await session.exec(select(Theme.slug).where(col(Theme.slug).in_(slugs)))).all()
    refuse_missing("theme", slugs, found)


def refuse_missing(noun: str, wanted: Collection[str], found: Collection[str]) -> None:
    """Raise UnknownReference unless every wanted slug was found."""
    if missing := sorted(set(wanted) - set(found)):
        raise UnknownReference(noun=noun, missing=missing)


async def list_themes(
    session: AsyncSession, *, limit: int, after: list[str] | None
) -> Slice[ThemeContent]:
    """Return the themes after a slug, in the order of their slugs."""
    page = await slice_of(session, select(Theme), order=[Theme.slug], limit=limit, after=after)
    return page.map(lambda theme: told(theme, ThemeContent))


async def list_regions(
    session: AsyncSession, *, limit: int, after: list[str] | None
) -> Slice[RegionRead]:
    """Return the regions after a slug, in the order of their slugs."""
    page = await slice_of(session, select(Region), order=[Region.slug], limit=limit, after=after)
    return page.map(lambda region: told(region, RegionRead))


async def list_terms(
    session: AsyncSession, *, limit: int, after: list[str] | None
) -> Slice[TermContent]:
    """Return the glossary after a slug, in the order of the slugs."""
    page = await slice_of(session, select(Term), order=[Term.slug], limit=limit, after=after)
    return page.map(lambda term: told(term, TermContent))


async def theme_labels(session: AsyncSession) -> dict[str, Localized]:
    """Return the label of each theme by its slug."""
    return {theme.slug: theme.label for theme in await session.exec(select(Theme))}


async def synonym_groups(session: AsyncSession) -> list[list[str]]:
    """Return, for each word of the glossary, the expressions that mean the same."""
    rows = await session.exec(select(Term).order_by(col(Term.slug)))
    return [
        [term.term, *([term.expansion.fr] if term.expansion else []), *term.synonyms]
        for term in rows
    ]
