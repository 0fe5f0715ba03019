"""Fills an empty database with the demo, whole or not at all, and never beside anything else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from graphlib import TopologicalSorter
from http import HTTPStatus
from typing import Any, TypeVar

from pydantic import SecretStr
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.moments import day_in_paris
from etape.core.problems import Problem
from etape.core.publishing import Noun, Revision, publish
from etape.core.texts import Localized, Spoken
from etape.demo.attendance import seat_people
from etape.demo.files import read_files
from etape.demo.ledger import write_ledger
from etape.directory.schemas import OrganisationEntry, PersonContent, TermContent, ThemeContent
from etape.directory.service import ORGANISATION, PERSON, TERM, THEME
from etape.funding.awards.schemas import AwardContent
from etape.funding.awards.service import AWARD
from etape.funding.calls.schemas import CallContent
from etape.funding.calls.service import CALL
from etape.funding.calls.tables import Call
from etape.funding.programmes.schemas import EnvelopeContent, ProgrammeContent
from etape.funding.programmes.service import ENVELOPE, PROGRAMME
from etape.funding.programmes.tables import Programme
from etape.sources.schemas import SourceContent
from etape.sources.service import SOURCE
from etape.tour.sessions.schemas import VenueContent
from etape.tour.sessions.service import VENUE
from etape.tour.stops.schemas import StopContent, TourContent
from etape.tour.stops.service import STOP, TOUR
from etape.tour.stops.tables import Stop, Tour

_BY = "demo"

Linked = TypeVar("Linked", ProgrammeContent, EnvelopeContent, CallContent)


class DemoRefused(Problem):
    """The database holds something that is not the demo's."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Démonstration refusée", en="Demo refused")
    detail = Localized(
        fr="Cette base contient autre chose que la démonstration, qui ne s’installe que dans une"
        " base vide. Indiquez-en une autre.",
        en="This database holds something else than the demo, which goes into an empty database"
        " only. Name another one.",
    )


class DemoInProduction(RuntimeError):  # noqa: N818 - a state of the world, not a mistake
    """The database of a real service holds the demo."""


@dataclass(frozen=True)
class Demo:
    """All that the demo publishes, each list in an order in which it can be."""

    sources: Sequence[SourceContent]
    themes: Sequence[ThemeContent]
    terms: Sequence[TermContent]
    organisations: Sequence[OrganisationEntry]
    people: Sequence[PersonContent]
    programmes: Sequence[ProgrammeContent]
    envelopes: Sequence[EnvelopeContent]
    calls: Sequence[CallContent]
    awards: Sequence[AwardContent]
    tours: Sequence[TourContent]
    venues: Sequence[VenueContent]
    stops: Sequence[StopContent]


def read_demo(today: date) -> Demo:
    """Return the demo as of that day. Raises DemoInvalid, which names the file and the field."""
    return Demo(
        sources=read_files("sources.yaml", SourceContent, today=today),
        themes=read_files("themes.yaml", ThemeContent, today=today),
        terms=read_files("terms.yaml", TermContent, today=today),
        organisations=read_files("organisations.yaml", OrganisationEntry, today=today),
        people=read_files("people.yaml", PersonContent, today=today),
        programmes=_referred_first(
            read_files("programmes.yaml", ProgrammeContent, today=today), lambda it: it.parents
        ),
        envelopes=_referred_first(
            read_files("envelopes.yaml", EnvelopeContent, today=today), lambda it: [it.parent]
        ),
        calls=_referred_first(
            read_files("calls/*.yaml", CallContent, today=today), lambda it: [it.successor]
        ),
        awards=read_files("awards.yaml", AwardContent, today=today),
        tours=read_files("tour.yaml", TourContent, today=today),
        venues=read_files("venues.yaml", VenueContent, today=today),
        stops=read_files("stops/*.yaml", StopContent, today=today),
    )


def _referred_first(
    nouns: list[Linked], refers_to: Callable[[Linked], Iterable[str | None]]
) -> list[Linked]:
    by_slug = {noun.slug: noun for noun in nouns}
    graph = {noun.slug: [slug for slug in refers_to(noun) if slug in by_slug] for noun in nouns}
    return [by_slug[slug] for slug in TopologicalSorter(graph).static_order()]


async def load_demo(session: AsyncSession, *, secret: SecretStr, now: datetime) -> bool:
    """Publish the demo, dated from `now`; return False, changing nothing, when it is there.

    Raises DemoRefused when the database holds a programme, call, tour or stop of somebody else.
    What is published beside the demo afterwards is a visitor's trial, and stays.
    """
    if await is_loaded(session):
        return False
    await _refuse_beside_others(session)
    today = day_in_paris(now)
    demo = read_demo(today)
    in_order: list[tuple[Noun[Any, Any], Sequence[Spoken]]] = [
        (SOURCE, demo.sources),
        (THEME, demo.themes),
        (TERM, demo.terms),
        (ORGANISATION, demo.organisations),
        (PERSON, demo.people),
        (PROGRAMME, demo.programmes),
        (ENVELOPE, demo.envelopes),
        (CALL, demo.calls),
        (AWARD, demo.awards),
        (TOUR, demo.tours),
        (VENUE, demo.venues),
        (STOP, demo.stops),
    ]
    for noun, contents in in_order:
        for content in contents:
            await publish(session, noun, content, by=_BY, now=now)
    await write_ledger(session, today=today, by=_BY, now=now)
    await seat_people(session, secret=secret)
    return True


async def is_loaded(session: AsyncSession) -> bool:
    """Whether this database holds the demo, or did."""
    ours = select(Revision.version).where(Revision.published_by == _BY).limit(1)
    return (await session.exec(ours)).first() is not None


async def refuse_in_production(session: AsyncSession) -> None:
    """Raise DemoInProduction when real people would be shown invented calls."""
    if await is_loaded(session):
        raise DemoInProduction(
            "the database holds the demonstration, which is partly invented: name another one"
        )


async def _refuse_beside_others(session: AsyncSession) -> None:
    for table in (Programme, Call, Tour, Stop):
        if (await session.exec(select(table.id).limit(1))).first() is not None:
            raise DemoRefused
