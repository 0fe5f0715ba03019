"""Publishing and reading the directory, and resolving the slugs that other rooms refer to."""

from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.problems import Problem
from etape.core.publishing import publish_flat
from etape.core.texts import Localized
from etape.directory.schemas import (
    OrganisationContent,
    OrganisationEntry,
    PersonContent,
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
    content = OrganisationContent.model_validate(entry.model_dump(exclude={"stated"}))
    organisation = await publish_flat(session, Organisation, content, by=by, now=now)
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
    _refuse_missing("organisation", slugs, found)
    return found


async def person_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each person. Raises UnknownReference."""
    columns = select(Person.slug, Person.id)
    found = dict((await session.exec(columns.where(col(Person.slug).in_(slugs)))).all())
    _refuse_missing("person", slugs, found)
    return found


async def check_themes(session: AsyncSession, slugs: Collection[str]) -> None:
    """Raise UnknownReference unless every theme exists."""
    found = (await session.exec(select(Theme.slug).where(col(Theme.slug).in_(slugs)))).all()
    _refuse_missing("theme", slugs, found)


def _refuse_missing(noun: str, wanted: Collection[str], found: Collection[str]) -> None:
    if missing := sorted(set(wanted) - set(found)):
        raise UnknownReference(noun=noun, missing=missing)


async def themes(session: AsyncSession) -> dict[str, Theme]:
    """Return every theme by its slug."""
    return {theme.slug: theme for theme in await session.exec(select(Theme))}


async def regions(session: AsyncSession) -> dict[str, Region]:
    """Return the regions by their code."""
    return {region.code: region for region in await session.exec(select(Region))}


async def terms(session: AsyncSession) -> list[Term]:
    """Return the whole glossary."""
    return list(await session.exec(select(Term).order_by(col(Term.slug))))
