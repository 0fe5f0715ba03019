"""Publishing and reading programmes and envelopes, and who pays for what."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.publishing import Noun, by_slug, one_by_one
from etape.core.texts import Localized
from etape.funding.programmes.schemas import (
    EnvelopeContent,
    EnvelopeRead,
    FunderContent,
    FunderRead,
    ProgrammeContent,
    ProgrammeRead,
    ProgrammeRef,
    ProgrammeSummary,
)
from etape.funding.programmes.tables import Envelope, Funding, Programme, ProgrammeParent
from etape.sources import service as sources


async def _apply_programme(
    session: AsyncSession, programme: Programme, content: ProgrammeContent, _now: datetime
) -> None:
    session.add(programme)
    await session.flush()
    parents = await programme_ids(session, content.parents)
    await session.exec(
        delete(ProgrammeParent).where(col(ProgrammeParent.programme_id) == programme.id)
    )
    session.add_all(
        ProgrammeParent(programme_id=programme.id, parent_id=parents[slug], rank=rank)
        for rank, slug in enumerate(content.parents)
    )
    await sources.state(session, PROGRAMME.name, programme.id, content.stated)


async def _apply_envelope(
    session: AsyncSession, envelope: Envelope, content: EnvelopeContent, _now: datetime
) -> None:
    envelope.programme_id = await programme_id(session, content.programme)
    envelope.parent_id = await envelope_id(session, content.parent)
    session.add(envelope)
    await session.flush()
    await fund(session, content.funders, envelope_id=envelope.id)
    await sources.state(session, ENVELOPE.name, envelope.id, content.stated)


PROGRAMME = Noun(
    name="programme",
    label=Localized(fr="le programme", en="the programme"),
    table=Programme,
    content=ProgrammeContent,
    apply=one_by_one(_apply_programme),
    parts=sources.STATED,
)
ENVELOPE = Noun(
    name="envelope",
    label=Localized(fr="l’enveloppe", en="the envelope"),
    table=Envelope,
    content=EnvelopeContent,
    apply=one_by_one(_apply_envelope),
    parts=sources.STATED,
)


async def fund(
    session: AsyncSession,
    funders: Sequence[FunderContent],
    *,
    envelope_id: UUID | None = None,
    call_id: UUID | None = None,
) -> None:
    """Record who pays for an envelope or a call, in place of what was recorded before."""
    is_subject = (
        col(Funding.call_id) == call_id if call_id else col(Funding.envelope_id) == envelope_id
    )
    await session.exec(delete(Funding).where(is_subject))
    programmes = await programme_ids(session, [funder.programme for funder in funders])
    cited = await sources.ids_of(session, [f.source for f in funders if f.source])
    session.add_all(
        Funding(
            programme_id=programmes[funder.programme],
            envelope_id=envelope_id,
            call_id=call_id,
            share_cents=funder.share_cents,
            source_id=cited[funder.source] if funder.source else None,
            rank=rank,
        )
        for rank, funder in enumerate(funders)
    )


async def programme_ids(session: AsyncSession, slugs: Collection[str]) -> dict[str, UUID]:
    """Return the identifier of each programme."""
    columns = select(Programme.slug, Programme.id).where(col(Programme.slug).in_(slugs))
    return dict((await session.exec(columns)).all())


async def programme_id(session: AsyncSession, slug: str | None) -> UUID | None:
    """Return the identifier of a programme, if one is named."""
    return (await programme_ids(session, [slug]))[slug] if slug else None


async def envelope_id(session: AsyncSession, slug: str | None) -> UUID | None:
    """Return the identifier of an envelope, if one is named."""
    envelope = await by_slug(session, Envelope, slug) if slug else None
    return envelope.id if envelope else None


async def list_programmes(
    session: AsyncSession, *, limit: int, after: list[str] | None
) -> Slice[ProgrammeSummary]:
    """Return the programmes after a slug, in the order of their slugs."""
    page = await slice_of(
        session, select(Programme), order=[Programme.slug], limit=limit, after=after
    )
    figures = await sources.figures_of(session, PROGRAMME.name, [p.id for p in page.rows])
    return page.map(lambda each: told(each, ProgrammeSummary, figures=figures.get(each.id, [])))


async def read_programme(session: AsyncSession, slug: str) -> ProgrammeRead:
    """Return a programme with its envelopes. Raises NotFound."""
    programme = await by_slug(session, Programme, slug)
    if programme is None:
        raise NotFound
    figures = await sources.figures_of(session, PROGRAMME.name, [programme.id])
    cited = await sources.sources_of(session, PROGRAMME.name, [programme.id])
    return told(
        programme,
        ProgrammeRead,
        parents=await parents_of(session, programme.id),
        figures=figures.get(programme.id, []),
        sources=cited.get(programme.id, []),
        envelopes=await _envelopes(session, programme.id),
    )


async def parents_of(session: AsyncSession, programme_id: UUID) -> list[ProgrammeRef]:
    """Return the programmes that one is within."""
    rows = await session.exec(
        select(Programme)
        .join(ProgrammeParent, col(ProgrammeParent.parent_id) == col(Programme.id))
        .where(ProgrammeParent.programme_id == programme_id)
        .order_by(col(ProgrammeParent.rank))
    )
    return [told(parent, ProgrammeRef) for parent in rows]


async def preview_programme(session: AsyncSession, slug: str, _now: datetime) -> ProgrammeRead:
    """Return a programme as the public would read it."""
    return await read_programme(session, slug)


async def _envelopes(session: AsyncSession, programme_id: UUID) -> list[EnvelopeRead]:
    rows = await session.exec(
        select(Envelope).where(Envelope.programme_id == programme_id).order_by(col(Envelope.slug))
    )
    envelopes = {envelope.id: envelope for envelope in rows}
    slugs: dict[UUID | None, str] = {each.id: each.slug for each in envelopes.values()}
    figures = await sources.figures_of(session, ENVELOPE.name, envelopes)
    cited = await sources.sources_of(session, ENVELOPE.name, envelopes)
    funders = await funders_of(session, envelopes)
    return [
        told(
            envelope,
            EnvelopeRead,
            parent=slugs.get(envelope.parent_id),
            funders=funders.get(envelope.id, []),
            figures=figures.get(envelope.id, []),
            sources=cited.get(envelope.id, []),
        )
        for envelope in envelopes.values()
    ]


async def funders_of(
    session: AsyncSession, subject_ids: Collection[UUID]
) -> Mapping[UUID, list[FunderRead]]:
    """Return who pays for each envelope or call."""
    subject = func.coalesce(Funding.envelope_id, Funding.call_id)
    found = await session.exec(
        select(subject, Funding, Programme)
        .join(Programme)
        .where(subject.in_(subject_ids))
        .order_by(col(Funding.rank))
    )
    rows = found.all()
    cited = await sources.by_ids(session, [funding.source_id for _, funding, _ in rows])
    funders: defaultdict[UUID, list[FunderRead]] = defaultdict(list)
    for subject_id, funding, programme in rows:
        funders[subject_id].append(
            FunderRead(
                programme=told(programme, ProgrammeRef),
                share_cents=funding.share_cents,
                source=cited.get(funding.source_id) if funding.source_id else None,
            )
        )
    return funders
