"""Imports over HTTP: a file comes in, what became of each of its lines comes back."""

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from etape.core.access import allow
from etape.core.bodies import MIB, Body, accept
from etape.core.http import ActorDep, NowDep, Route, SessionDep
from etape.core.openapi import refusals
from etape.exchange.formats.lines import FileRefused
from etape.exchange.imports import service
from etape.exchange.imports.schemas import FormatName, ImportReport
from etape.identity.members.rules import FUNDING_EDITOR

router = APIRouter(route_class=Route, tags=["money"])


async def _file(request: Request) -> BytesIO:
    """Return the body, from its beginning: a transaction may be tried again."""
    return BytesIO(request.state.first)


FILE = Body(
    media_types=("text/csv", "application/jsonl"),
    at_most=lambda settings: settings.import_max_mib * MIB,
    first=Request.body,
)
DryRun = Annotated[bool, Query(description="True: tell what would change; keep nothing.")]
Strict = Annotated[bool, Query(description="True: keep nothing when any line is refused.")]
NOUNS = frozenset({"programme", "envelope", "call", "award"})
"""What whoever edits funding writes, with a key of that scope too."""


@router.post("/manage/imports", responses=refusals(FileRefused, service.ImportUnderway))
@allow(FUNDING_EDITOR)
@accept(FILE)
async def import_file(
    session: SessionDep,
    actor: ActorDep,
    now: NowDep,
    file: Annotated[BytesIO, Depends(_file)],
    *,
    format: Annotated[FormatName, Query(description="What the file is.")],  # noqa: A002 - its name
    dry_run: DryRun = False,
    strict: Strict = False,
) -> ImportReport:
    """Import calls or awards: the body is the file, CSV or JSON Lines in UTF-8.

    Each line becomes a thing that is published, under a name made of what its source knows it by:
    sending a file again changes nothing. A line that cannot be read for certain is refused, with a
    sentence; the others go in. What the team withdrew stays withdrawn.
    """
    return await service.import_file(
        session,
        format,
        file,
        by=actor.name,
        now=now,
        dry_run=dry_run,
        strict=strict,
        nouns=NOUNS,
    )
