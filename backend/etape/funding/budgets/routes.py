"""Budgets over HTTP."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import NowDep, Route, SessionDep, keep_for_all
from etape.core.moments import PARIS, BoundedDate, day_in_paris, midnight
from etape.core.openapi import refusals
from etape.core.problems import NotFound
from etape.core.texts import Slug
from etape.funding.budgets import service
from etape.funding.budgets.rules import DayToCome
from etape.funding.budgets.schemas import Budget, CallMoney

router = APIRouter(route_class=Route, tags=["money"])
AsOf = Annotated[BoundedDate | None, Query(description="The end of which day; today's by default.")]


@router.get("/programmes/{slug}/budget", responses=refusals(NotFound, DayToCome))
@allow(PUBLIC)
async def read_budget(
    slug: Slug,
    response: Response,
    session: SessionDep,
    now: NowDep,
    as_of: AsOf = None,
) -> Budget:
    """Read where a programme's money is (*budget*): envelopes, calls, waves, on any day.

    What sources state (`stated`) stands beside what we add up, and is never mixed with it. A past
    day has what was surely stated by its end: a month counts from its last day, a figure without a
    day from the one on which its source was published, one that nothing dates from today. What no
    part explains is `not_broken_down_cents`; parts that exceed the whole are said too. Money left
    is said only of a window whose commitments are known, and of the day of the latest of them.
    """
    _keep_today(response, now)
    return await service.read_budget(session, slug, as_of=as_of, now=now)


@router.get("/calls/{slug}/budget", responses=refusals(NotFound, DayToCome))
@allow(PUBLIC)
async def read_call_budget(
    slug: Slug, response: Response, session: SessionDep, now: NowDep, as_of: AsOf = None
) -> CallMoney:
    """Read a call's money, on any day: as in its programme's budget, which says how to read it."""
    _keep_today(response, now)
    return await service.read_call_budget(session, slug, as_of=as_of, now=now)


def _keep_today(response: Response, now: datetime) -> None:
    tomorrow = midnight(day_in_paris(now) + timedelta(days=1), PARIS)
    keep_for_all(response, now=now, until=tomorrow)
