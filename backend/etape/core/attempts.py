"""Who tried a door that is not theirs: the journal has it, though the request itself was undone.

An attempt is written after the refusal, in a transaction of its own; so many an hour for one caller
and for all of them together, so that nobody fills the journal by knocking.
"""

from datetime import datetime
from uuid import UUID

import structlog
from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.contextvars import get_contextvars

from etape.core import journal
from etape.core.access import ANONYMOUS, Actor, Credentials, Level, Policy, Unauthenticated
from etape.core.database import Database
from etape.core.limits import Limits, Quota
from etape.core.problems import NotFound, Problem
from etape.core.validation import NO_SUCH_FIELD

NOUN = "request"
OF_ONE = Quota(name="attempts", amount=20, seconds=3600)
OF_ALL = Quota(name="all-attempts", amount=1_000, seconds=3600)
_NO_MEMBER = UUID(int=0)

_log = structlog.get_logger()


def is_attempt(problem: Problem, policy: Policy, shown: Credentials) -> bool:
    """Whether it refuses somebody who tried a door: an honest mistake of a form is none.

    Behind a closed door, what is not there and what a shape does not have were guessed.
    """
    if isinstance(problem, Unauthenticated):
        return shown != Credentials()
    if problem.is_attempt:
        return True
    is_guess = isinstance(problem, NotFound) or any(
        sentence == NO_SUCH_FIELD for _, sentence in problem.errors
    )
    return policy.level > Level.ANYBODY and is_guess


async def keep(
    request: Request, problem: Problem, *, operation: str, own: str | None, network: str
) -> None:
    """Journal an attempt. Never fails: the refusal is to be answered whatever happens here.

    `own` is the slug of what it was done to, where the policy names it.
    """
    actor: Actor = getattr(request.state, "actor", ANONYMOUS)
    limits: Limits = request.app.state.limits
    who = network if actor is ANONYMOUS else actor.name
    if not (await limits.take(OF_ONE, who) and await limits.take(OF_ALL, "")):
        return
    now: datetime = request.app.state.clock.now()
    told = {
        "operation": operation,
        "problem": problem.code(),
        "of": own,
        "request_id": get_contextvars().get("request_id"),
    }

    async def write(session: AsyncSession) -> None:
        await journal.record(
            session,
            by=actor.name,
            noun=NOUN,
            subject_id=actor.member_id or _NO_MEMBER,
            act="refused",
            changes={name: (None, value) for name, value in told.items() if value is not None},
            now=now,
            personal=True,
        )

    database: Database = request.app.state.database
    try:
        await database.run(write)
    except (SQLAlchemyError, OSError):
        _log.exception("attempt not journalled", **told)
