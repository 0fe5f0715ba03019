"""What sources state: recording it, and choosing the headline among what they say.

The headline is the one an editor marked, else official before data, press and vendor, latest first.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import shared_with, told
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import Noun, by_slug
from etape.core.texts import Localized
from etape.sources.schemas import (
    FigureRead,
    FigureSet,
    Relation,
    SourceContent,
    SourceKind,
    SourceRead,
    Stated,
)
from etape.sources.tables import Citation, Figure, FigureNote, Source

_TRUST = [SourceKind.OFFICIAL, SourceKind.DATA, SourceKind.PRESS, SourceKind.VENDOR]


SOURCE = Noun(
    name="source",
    label=Localized(fr="la source", en="the source"),
    table=Source,
    content=SourceContent,
)
STATED = (Figure, FigureNote, Citation)
"""The tables that say what sources state of a thing: parts of every noun that has `stated`."""


async def ids_of(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each source."""
    rows = await session.exec(select(Source.slug, Source.id).where(col(Source.slug).in_(slugs)))
    return dict(rows.all())


async def state(session: AsyncSession, noun: str, subject_id: UUID, stated: Stated) -> None:
    """Record what sources state of a thing, in place of what was recorded before."""
    for table in STATED:
        await session.exec(
            delete(table).where(col(table.noun) == noun, col(table.subject_id) == subject_id)
        )
    ids = await ids_of(session, {f.source for f in stated.figures} | set(stated.sources))
    for rank, figure in enumerate(stated.figures):
        shared = shared_with(Figure, figure)
        session.add(
            Figure(
                **shared, noun=noun, subject_id=subject_id, rank=rank, source_id=ids[figure.source]
            )
        )
    for note in stated.notes:
        session.add(FigureNote(**shared_with(FigureNote, note), noun=noun, subject_id=subject_id))
    for rank, slug in enumerate(stated.sources):
        session.add(Citation(noun=noun, subject_id=subject_id, source_id=ids[slug], rank=rank))


async def figures_of(
    session: AsyncSession, noun: str, subject_ids: Collection[UUID]
) -> Mapping[UUID, list[FigureSet]]:
    """Return one set of figures per key, in the order they were stated, by thing."""
    figures = (
        select(Figure, Source)
        .join(Source)
        .where(Figure.noun == noun, col(Figure.subject_id).in_(subject_ids))
    )
    notes = select(FigureNote).where(
        FigureNote.noun == noun, col(FigureNote.subject_id).in_(subject_ids)
    )
    rows = await session.exec(figures.order_by(col(Figure.subject_id), col(Figure.rank)))
    reasons = {(note.subject_id, note.key): note for note in await session.exec(notes)}
    sets: defaultdict[UUID, list[FigureSet]] = defaultdict(list)
    for subject_id, stated in groupby(rows, lambda row: row[0].subject_id):
        by_key: defaultdict[str, list[tuple[Figure, Source]]] = defaultdict(list)
        for figure, source in stated:
            by_key[figure.key].append((figure, source))
        for key, rivals in by_key.items():
            sets[subject_id].append(_set_of(key, rivals, reasons.get((subject_id, key))))
    return sets


def _set_of(
    key: str, rivals: Sequence[tuple[Figure, Source]], note: FigureNote | None
) -> FigureSet:
    headline, *others = sorted(rivals, key=_standing)
    return FigureSet(
        key=key,
        headline=_read(*headline),
        others=[_read(*other) for other in others],
        relation=Relation(note.relation) if note else None,
        sentence=note.sentence if note else None,
    )


def _standing(rival: tuple[Figure, Source]) -> tuple[bool, int, int]:
    figure, source = rival
    stated = figure.stated or source.published
    age = -(stated.on if stated else date.min).toordinal()
    return (not figure.headline, _TRUST.index(SourceKind(source.kind)), age)


def _read(figure: Figure, source: Source) -> FigureRead:
    return told(figure, FigureRead, source=told(source, SourceRead))


async def by_ids(session: AsyncSession, ids: Collection[UUID | None]) -> dict[UUID, SourceRead]:
    """Return the sources of these identifiers."""
    rows = await session.exec(select(Source).where(col(Source.id).in_(ids)))
    return {source.id: told(source, SourceRead) for source in rows}


async def sources_of(
    session: AsyncSession, noun: str, subject_ids: Collection[UUID]
) -> Mapping[UUID, list[SourceRead]]:
    """Return the sources that each thing as a whole rests on."""
    rows = await session.exec(
        select(Citation.subject_id, Source)
        .join(Source)
        .where(Citation.noun == noun, col(Citation.subject_id).in_(subject_ids))
        .order_by(col(Citation.rank))
    )
    sources: defaultdict[UUID, list[SourceRead]] = defaultdict(list)
    for subject_id, source in rows:
        sources[subject_id].append(told(source, SourceRead))
    return sources


async def list_sources(
    session: AsyncSession, *, limit: int, after: list[str] | None
) -> Slice[SourceRead]:
    """Return the sources after a slug, in the order of their slugs."""
    page = await slice_of(session, select(Source), order=[Source.slug], limit=limit, after=after)
    return page.map(lambda source: told(source, SourceRead))


async def read_source(session: AsyncSession, slug: str) -> SourceRead:
    """Return a source. Raises NotFound."""
    source = await by_slug(session, Source, slug)
    if source is None:
        raise NotFound
    return told(source, SourceRead)
