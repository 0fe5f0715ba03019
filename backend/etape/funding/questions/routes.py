"""Questions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.live import LiveIndex
from etape.core.openapi import refusals
from etape.core.paging import Page, Pager
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.funding.questions import followers
from etape.funding.questions.schemas import QuestionHit, QuestionQuery

router = APIRouter(route_class=Route, tags=["calls"])


@router.get("/calls/{slug}/faq", responses=refusals(NotFound))
@allow(PUBLIC)
async def list_questions(
    slug: Slug,
    wanted: Annotated[QuestionQuery, Query()],
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
) -> Page[QuestionHit]:
    """List the questions asked about a call (*foire aux questions*), each with its answers.

    An answer says the day and the version of the rules that it was given about. One that is no
    longer valid says since when, and stays: in `earlier` when another replaced it, else with
    `valid` false.
    """
    index: LiveIndex = request.app.state.questions
    pager = Pager(request, f"faq of {slug} {wanted.q}", wanted.cursor)
    found = await followers.questions_of(session, index, slug, wanted, after=pager.after)
    keep_for_all(response, now=now, until=index.changes_at)
    return pager.page(found, response)
