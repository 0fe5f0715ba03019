"""Publishing awards."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.problems import Problem
from etape.core.publishing import Noun, Rows
from etape.core.texts import Localized
from etape.directory import service as directory
from etape.funding.awards.schemas import AwardContent
from etape.funding.awards.tables import Award
from etape.funding.calls import service as calls
from etape.funding.calls.tables import Wave
from etape.funding.programmes import service as programmes
from etape.sources import service as sources


class UnknownWave(Problem):
    """A wave is named that the call does not have."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Vague inconnue", en="Unknown wave")
    detail = Localized(
        fr="L’appel n’a pas de vague de ce rang : corrigez le rang, ou ajoutez-lui la vague.",
        en="The call has no wave of that rank: correct the rank, or add the wave to it.",
    )


async def refuse_unknown_waves(
    session: AsyncSession, named: Iterable[tuple[UUID | None, int | None]]
) -> None:
    """Raise UnknownWave where a call is named with a rank that none of its waves has."""
    waves = {(call_id, rank) for call_id, rank in named if rank is not None}
    key = tuple_(col(Wave.call_id), col(Wave.rank))
    known = select(Wave.call_id, Wave.rank).where(key.in_(waves))
    if waves - set(await session.exec(known) if waves else ()):
        raise UnknownWave


async def _apply_awards(
    session: AsyncSession, awards: Rows[Award, AwardContent], _now: datetime
) -> None:
    """An import brings thousands: what they name is asked for once."""
    told = [content for _, content in awards]
    named = await calls.call_ids(session, {each.call for each in told if each.call})
    payers = {each.programme for each in told if each.programme}
    programme_ids = await programmes.programme_ids(session, payers)
    bodies = {each.organisation for each in told if each.organisation}
    organisation_ids = await directory.organisation_ids(session, bodies)
    source_ids = await sources.ids_of(session, {each.source for each in told})
    for award, content in awards:
        award.programme_id = programme_ids.get(content.programme or "")
        award.call_id = named.get(content.call or "")
        award.organisation_id = organisation_ids.get(content.organisation or "")
        award.source_id = source_ids[content.source]
    await refuse_unknown_waves(session, [(award.call_id, award.wave) for award, _ in awards])
    session.add_all(award for award, _ in awards)


AWARD = Noun(
    name="award",
    label=Localized(fr="l’attribution", en="the award"),
    table=Award,
    content=AwardContent,
    apply=_apply_awards,
    not_copied=frozenset(),
)
