"""The ledger over HTTP: everybody reads it, editors add to it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from etape.core.access import PUBLIC, allow
from etape.core.http import ActorDep, NowDep, Route, SessionDep, keep_for_all
from etape.core.openapi import refusals
from etape.core.paging import Page, Pager
from etape.core.problems import NotFound
from etape.core.publishing import UnknownReference
from etape.funding.awards.service import UnknownWave
from etape.funding.ledger import rules, service
from etape.funding.ledger.schemas import (
    LedgerEntryContent,
    LedgerEntryRead,
    LedgerQuery,
    ReversalContent,
)
from etape.identity.members.rules import FUNDING_EDITOR

router = APIRouter(route_class=Route, tags=["money"])


@router.get("/ledger")
@allow(PUBLIC)
async def list_ledger_entries(
    wanted: Annotated[LedgerQuery, Query()],
    request: Request,
    response: Response,
    session: SessionDep,
    now: NowDep,
) -> Page[LedgerEntryRead]:
    """List what was allocated, committed, awarded and paid (*écritures*), the latest first.

    Each entry has its day and its source. Nothing is edited or deleted: an entry that does not hold
    any more is reversed by another one, and both stay. Awards are listed apart.
    """
    asked = wanted.model_dump_json(exclude={"limit", "cursor"})
    pager = Pager(request, f"ledger {asked}", wanted.cursor)
    keep_for_all(response, now=now)
    found = await service.list_entries(session, wanted, after=pager.after)
    return pager.page(found, response)


@router.post(
    "/manage/ledger",
    status_code=HTTPStatus.CREATED,
    responses=refusals(UnknownReference, UnknownWave),
)
@allow(FUNDING_EDITOR)
async def append_ledger_entry(
    entry: LedgerEntryContent, session: SessionDep, actor: ActorDep, now: NowDep
) -> LedgerEntryRead:
    """Write an entry in the ledger (*inscrire une écriture*), public at once and for ever.

    Write an amount once, at the level where its source places it: what is above adds it up. Awarded
    money that is published as awards is not written here too: reverse the lump first.
    """
    return await service.append(session, entry, by=actor.name, now=now)


@router.post(
    "/manage/ledger/{number}/reversal",
    status_code=HTTPStatus.CREATED,
    responses=refusals(
        NotFound,
        UnknownReference,
        rules.ReversalRefused,
        rules.AlreadyReversed,
        rules.ReversedTooEarly,
    ),
)
@allow(FUNDING_EDITOR)
async def reverse_ledger_entry(
    number: Annotated[int, Path(ge=1, le=2**53, description="That of the entry.")],
    reversal: ReversalContent,
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
) -> LedgerEntryRead:
    """Reverse an entry (*contre-passer*): from that day on it counts no more. Both stay."""
    return await service.reverse(session, number, reversal, by=actor.name, now=now)
