"""The journal over HTTP, for coordinators."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.accountability import service
from etape.accountability.schemas import JournalEntry, JournalQuery
from etape.core.access import allow
from etape.core.http import ActorDep, LanguageDep, NowDep, Route, SessionDep
from etape.core.paging import Page, Pager
from etape.identity.members.rules import COORDINATOR

router = APIRouter(route_class=Route, tags=["team"])


@router.get("/manage/journal")
@allow(COORDINATOR)
async def read_journal(
    wanted: Annotated[JournalQuery, Query()],
    request: Request,
    response: Response,
    session: SessionDep,
    actor: ActorDep,
    language: LanguageDep,
    now: NowDep,
) -> Page[JournalEntry]:
    """Read the journal (*le journal*) in words, the newest first: who did what, and to what.

    It holds every publication, every act on a registration, a member or a key, and everybody of the
    team who looked at or exported personal data; asking for it is in it too.
    """
    asked = wanted.model_dump_json(exclude={"limit", "cursor"})
    pager = Pager(request, f"journal {asked}", wanted.cursor)
    found = await service.read_journal(
        session, wanted, after=pager.after, language=language, by=actor.name, now=now
    )
    return pager.page(found, response)
