"""Publishing awards."""

from datetime import datetime
from http import HTTPStatus

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.problems import Problem
from etape.core.publishing import Noun
from etape.core.texts import Localized
from etape.directory import service as directory
from etape.funding.awards.schemas import AwardContent
from etape.funding.awards.tables import Award
from etape.funding.calls import service as calls
from etape.funding.calls.tables import Wave
from etape.funding.programmes import service as programmes
from etape.sources import service as sources


class UnknownWave(Problem):
    """An award names a wave that its call does not have."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Vague inconnue", en="Unknown wave")
    detail = Localized(
        fr="L’appel n’a pas de vague de ce rang : corrigez le rang, ou ajoutez-lui la vague.",
        en="The call has no wave of that rank: correct the rank, or add the wave to it.",
    )


async def _apply_award(
    session: AsyncSession, award: Award, content: AwardContent, _now: datetime
) -> None:
    named = await calls.call_ids(session, [content.call] if content.call else [])
    award.programme_id = await programmes.programme_id(session, content.programme)
    award.call_id = named.get(content.call or "")
    award.organisation_id = await directory.organisation_id(session, content.organisation)
    award.source_id = (await sources.ids_of(session, [content.source]))[content.source]
    if content.wave is not None:
        wanted = select(Wave.id).where(
            Wave.call_id == award.call_id, col(Wave.rank) == content.wave
        )
        if (await session.exec(wanted)).one_or_none() is None:
            raise UnknownWave
    session.add(award)


AWARD = Noun(
    name="award",
    label=Localized(fr="l’attribution", en="the award"),
    table=Award,
    content=AwardContent,
    apply=_apply_award,
    not_copied=frozenset(),
)
