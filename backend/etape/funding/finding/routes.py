"""Searching calls over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.live import LiveIndex
from etape.core.paging import Pager
from etape.funding.calls.rules import last_instant
from etape.funding.finding import followers
from etape.funding.finding.schemas import CallPage, CallQuery

router = APIRouter(route_class=Route, tags=["calls"])


async def index_of(request: Request) -> LiveIndex:
    """Return this process's index of calls."""
    index: LiveIndex = request.app.state.calls
    return index


CallIndexDep = Annotated[LiveIndex, Depends(index_of)]


@router.get(
    "/calls",
    response_class=Response,
    responses={200: {"model": CallPage, "description": "One page of calls found."}},
)
@allow(PUBLIC)
async def list_calls(
    wanted: Annotated[CallQuery, Query()],
    request: Request,
    index: CallIndexDep,
    session: SessionDep,
    now: NowDep,
) -> Response:
    """Search the funding calls (*appels à projets, appels à manifestation d’intérêt…*).

    French words are found with or without accents, with one typo, unfinished, and by the acronyms
    and synonyms of the glossary. Counts of a facet ignore its own filter. `edition=real` leaves out
    what was invented to show the service. `as_of` computes states and dates for another day, as it
    does for one call; words are found in what is published today.
    """
    asked = wanted.model_dump_json(exclude={"limit", "cursor"})
    pager = Pager(request, f"calls {asked}", wanted.cursor)
    if wanted.as_of is None:
        found = followers.search_calls(index, wanted, pager.after)
    else:
        then = last_instant(wanted.as_of)
        found = await followers.search_calls_as_of(session, index, wanted, pager.after, now=then)
    response = Response(media_type="application/json")
    response.body = followers.page_of(found, wanted, pager.next(found.next, response))
    response.headers["Content-Length"] = str(len(response.body))
    keep_for_all(response, now=now, until=index.changes_at if wanted.as_of is None else None)
    return response
