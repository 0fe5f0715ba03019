"""The privacy notice over HTTP."""

from fastapi import APIRouter, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.tour.notices import service
from etape.tour.notices.schemas import NoticeRead

router = APIRouter(route_class=Route, tags=["registration"])


@router.get("/privacy-notice")
@allow(PUBLIC)
async def read_privacy_notice(response: Response, session: SessionDep, now: NowDep) -> NoticeRead:
    """Read the privacy notice (*notice d’information*): what is done with whose data, and why.

    Whoever registers sends its `version` as `consent`. While one of the nine items that article 13
    of the GDPR asks for is empty, no stop takes registrations.
    """
    keep_for_all(response, now=now)
    return service.notice_of(session)
