"""Lost links over HTTP: the answer is the same whoever asks."""

from http import HTTPStatus

from fastapi import APIRouter

from etape.core.access import OPEN, allow
from etape.core.http import NowDep, Route, SessionDep
from etape.core.limits import limited
from etape.tour.links import rules, service
from etape.tour.links.schemas import LostLinkRequest

router = APIRouter(route_class=Route, tags=["registration"])


@router.post("/registrations/lost-link", status_code=HTTPStatus.NO_CONTENT)
@allow(OPEN)
@limited(rules.ASKING)
async def ask_for_lost_link(asked: LostLinkRequest, session: SessionDep, now: NowDep) -> None:
    """Ask for the link of a registration again (*j’ai perdu mon lien*), by mail.

    The answer is the same whether the address is registered or not; only its owner learns it.
    """
    await service.ask(session, asked, now=now)
