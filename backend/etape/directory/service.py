"""Publishing and reading the directory, and resolving the slugs that other rooms refer to."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.paging import Slice, slice_of
from etape.core.publishing import Noun, one_by_one
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


async def _apply_organisation(
    session: AsyncSession, body: Organisation, entry: OrganisationEntry, _now: datetime
) -> None:
    session.add(body)
    await sources.state(session, ORGANISATION.name, body.id, entry.stated)


THEME = Noun(
    name="theme", label=Localized(fr="le thème", en="the theme"), table=Theme, content=ThemeContent
)
TERM = Noun(
    name="term", label=Localized(fr="le terme", en="the term"), table=Term, content=TermContent
)
PERSON = Noun(
    name="person",
    label=Localized(fr="l’intervenant", en="the speaker"),
    table=Person,
    content=PersonContent,
)
ORGANISATION = Noun(
    name="organisation",
    label=Localized(fr="l’organisme", en="the organisation"),
    table=Organisation,
    content=OrganisationEntry,
    apply=one_by_one(_apply_organisation),
    parts=sources.STATED,
)


async def organisation_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each body."""
    columns = select(Organisation.slug, Organisation.id)
    return dict((await session.exec(columns.where(col(Organisation.slug).in_(slugs)))).all())


async def organisation_id(session: AsyncSession, slug: str | None) -> UUID | None:
    """Return the identifier of a body, if one is named."""
    return (await organisation_ids(session, [slug]))[slug] if slug else None


async def person_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each person."""
    columns = select(Person.slug, Person.id)
    return dict((await session.exec(columns.where(col(Person.slug).in_(slugs)))).all())


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


async def region_names(session: AsyncSession) -> dict[str, str]:
    """Return the name of each region by its code."""
    return dict((await session.exec(select(Region.code, Region.name))).all())


async def synonym_groups(session: AsyncSession) -> list[list[str]]:
    """Return, for each word of the glossary, the expressions that mean the same."""
    rows = await session.exec(select(Term).order_by(col(Term.slug)))
    return [
        [term.term, *([term.expansion.fr] if term.expansion else []), *term.synonyms]
        for term in rows
    ]
