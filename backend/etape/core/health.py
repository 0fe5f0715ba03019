"""Whether the process lives, and whether it should be given requests."""

import asyncio
from enum import StrEnum

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from etape.core import schema
from etape.core.database import Database
from etape.core.texts import Spoken

ANSWER_WITHIN_SECONDS = 1.0

router = APIRouter(tags=["health"], include_in_schema=False)


class Readiness(StrEnum):
    """Why a process is or is not ready."""

    READY = "ready"
    DRAINING = "draining"
    NO_DATABASE = "no_database"
    STALE_SCHEMA = "stale_schema"


class Health(Spoken):
    """What a probe is told."""

    status: Readiness


@router.get("/health/live")
async def live(response: Response) -> Health:
    """Answer as long as the process can; touches nothing else."""
    response.headers["Cache-Control"] = "no-store"
    return Health(status=Readiness.READY)


@router.get("/health/ready")
async def ready(request: Request, response: Response) -> Health:
    """Answer 200 when requests are welcome, 503 when the database is away or we are leaving."""
    status = await _readiness(request)
    if status is not Readiness.READY:
        response.status_code = 503
    response.headers["Cache-Control"] = "no-store"
    return Health(status=status)


async def _readiness(request: Request) -> Readiness:
    if request.app.state.leaving.is_set():
        return Readiness.DRAINING
    database: Database = request.app.state.database
    try:
        async with asyncio.timeout(ANSWER_WITHIN_SECONDS), database.engine.connect() as connection:
            await schema.refuse_stale(connection)
    except schema.StaleSchema:
        return Readiness.STALE_SCHEMA
    except (SQLAlchemyError, OSError, TimeoutError):
        return Readiness.NO_DATABASE
    return Readiness.READY
