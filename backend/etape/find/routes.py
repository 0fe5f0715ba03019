"""The search box over HTTP, answered by the indexes in memory."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, keep_for_all
from etape.core.texts import SearchText
from etape.find import service
from etape.find.schemas import Findings, Suggestions

router = APIRouter(route_class=Route, tags=["search"])

Words = Annotated[SearchText, Query(description="What somebody typed.", examples=["télésanté"])]


@router.get("/search")
@allow(PUBLIC)
async def search(
    q: Words,
    request: Request,
    response: Response,
    now: NowDep,
    limit: Annotated[int, Query(ge=1, le=20, description="How many of each noun.")] = 5,
) -> Findings:
    """Search calls, their questions, stops and sessions at once, grouped."""
    state = request.app.state
    changes = [each for each in (state.calls.changes_at, state.questions.changes_at) if each]
    keep_for_all(response, now=now, until=min(changes, default=None))
    return service.find(state.calls, state.questions, state.stops, q, limit=limit)


@router.get("/suggest")
@allow(PUBLIC)
async def suggest(q: Words, request: Request, response: Response, now: NowDep) -> Suggestions:
    """Suggest calls, questions, stops and sessions while somebody types their name."""
    state = request.app.state
    keep_for_all(response, now=now)
    return service.suggest(state.calls, state.questions, state.stops, q)
