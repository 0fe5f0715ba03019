"""Calls over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.editing import Editing, editing_router
from etape.core.http import NowDep, QuestionRoute, Route, SessionDep, keep_for_all, settings_of
from etape.core.moments import BoundedDate
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.core.texts import Language, Slug
from etape.funding.calls import service
from etape.funding.calls.rules import Reader, WaveNamed, last_instant
from etape.funding.calls.schemas import CallRead
from etape.funding.eligibility.schemas import EligibilityAnswer, EligibilityQuestion
from etape.identity.members.rules import FUNDING_EDITOR

router = APIRouter(route_class=Route, tags=["calls"])
asking = APIRouter(route_class=QuestionRoute, tags=["calls"])
editing = editing_router(
    Editing(
        noun=service.CALL,
        path="calls",
        tag="calls",
        policy=FUNDING_EDITOR,
        listing=FUNDING_EDITOR,
        preview=service.preview_call,
        read=CallRead,
        follow=service.tell_what_moves,
        problems=(WaveNamed,),
    )
)


def reader_of(request: Request, language: Language) -> Reader:
    """Return whom a calendar or a feed is written for."""
    return Reader(site=str(settings_of(request).public_url).rstrip("/"), language=language)


AsOf = Annotated[BoundedDate | None, Query(description="A day, at its end in Paris; now.")]


@router.get("/calls/{slug}", responses=refusals(NotFound))
@allow(PUBLIC)
async def read_call(
    slug: Slug, response: Response, session: SessionDep, now: NowDep, *, as_of: AsOf = None
) -> CallRead:
    """Read a call, whole: what it funds, for whom, its waves, its figures with their sources.

    `as_of` computes its state, its waves and its answers for another day from what is published
    today; what was published then is told by its `changes` and its `difference`.
    """
    at = now if as_of is None else last_instant(as_of)
    call, changes_at = await service.read_call(session, slug, now=at)
    keep_for_all(response, now=now, until=changes_at if as_of is None else None)
    return call


@asking.post("/calls/{slug}/eligibility", responses=refusals(NotFound))
@allow(PUBLIC)
async def judge_eligibility(
    slug: Slug, question: EligibilityQuestion, session: SessionDep
) -> EligibilityAnswer:
    """Tell whether a structure, alone or with others, may answer a call (*et ma structure ?*).

    Each criterion that sources state is met, not met, or depends on what is not answered, on
    partners to come or on what only a person can tell; each says what would change that. Topics
    without a criterion are `not_stated`. Nothing of a question is kept.
    """
    return await service.judge_eligibility(session, slug, question)
