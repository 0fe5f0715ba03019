"""Publishing, withdrawing, undoing, deleting: acts that the public sees, with what follows them.

A simulation is the act itself, undone: it cannot say anything else than what would happen.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import drafts
from etape.core.access import allow
from etape.core.drafts import Edit, NothingDrafted, NothingPublished, Precondition
from etape.core.editing.noun import LOCKED, Editing, PreconditionDep, Preview
from etape.core.editing.shapes import Published, told_changes
from etape.core.http import ActorDep, NowDep, SessionDep
from etape.core.problems import NotFound
from etape.core.publishing import StillReferred, UnknownReference
from etape.core.texts import Slug

Verb = Callable[..., Awaitable[Edit]]
Simulate = Annotated[
    bool, Query(description="True: tell what would happen; keep nothing, tell nobody.")
]


async def carry_out(
    session: AsyncSession,
    editing: Editing,
    slug: str,
    verb: Verb,
    condition: Precondition,
    *,
    by: str,
    now: datetime,
    simulate: bool,
) -> tuple[Published, str]:
    """Do an act and what follows it; return what came of it, and the noun's ETag."""
    noun = editing.noun
    async with session.begin_nested() as trial:
        aggregate = await drafts.open_for(session, noun, slug, condition, by=by, now=now)
        etag = drafts.etag_of(aggregate)
        edit = await verb(session, noun, aggregate, by=by, now=now)
        await session.flush()
        followed = await editing.follow(session, edit, by, now)
        told = Published(
            slug=slug,
            version=aggregate.version,
            simulated=simulate,
            changes=told_changes(edit.changes),
            consequences=list(followed),
        )
        if simulate:
            await trial.rollback()
        else:
            etag = drafts.etag_of(aggregate)
    return told, etag


def add_acts(router: APIRouter, editing: Editing) -> None:
    """Add what an editor does to what is published."""

    def add(method: str, path: str, verb: Verb, told: dict[str, object]) -> None:
        @router.api_route(path, methods=[method], **told)  # type: ignore[arg-type] # as FastAPI names them
        @allow(editing.policy)
        async def act(
            slug: Slug,
            response: Response,
            session: SessionDep,
            actor: ActorDep,
            condition: PreconditionDep,
            now: NowDep,
            *,
            simulate: Simulate = False,
        ) -> Published:
            done, response.headers["ETag"] = await carry_out(
                session,
                editing,
                slug,
                verb,
                condition,
                by=actor.name,
                now=now,
                simulate=simulate,
            )
            return done

    add(
        "POST",
        f"{editing.one}/publication",
        drafts.publish,
        editing.operation(
            "publish_{}",
            "Publish the draft of {}, and tell whom it concerns. `simulate=true` says who will be "
            "told and what will happen, and does nothing.",
            *LOCKED,
            NothingDrafted,
            UnknownReference,
            *editing.problems,
        ),
    )
    add(
        "DELETE",
        f"{editing.one}/publication",
        drafts.unpublish,
        editing.operation(
            "unpublish_{}",
            "Withdraw {} from what is published; it becomes a draft. Refused, with the list, while "
            "something published refers to it.",
            *LOCKED,
            NothingPublished,
            StillReferred,
            *editing.problems,
        ),
    )
    add(
        "POST",
        f"{editing.one}/undo",
        drafts.undo,
        editing.operation(
            "undo_{}",
            "Undo the last change of {}: the version before it is published again.",
            *LOCKED,
            NothingPublished,
            StillReferred,
            UnknownReference,
            *editing.problems,
        ),
    )

    @router.delete(
        editing.one,
        status_code=HTTPStatus.NO_CONTENT,
        **editing.operation(
            "delete_{}",
            "Delete {} and its draft; its history stays. Refused, with the list, while something "
            "published refers to it.",
            *LOCKED,
            StillReferred,
            *editing.problems,
        ),
    )
    @allow(editing.policy)
    async def delete(
        slug: Slug, session: SessionDep, actor: ActorDep, condition: PreconditionDep, now: NowDep
    ) -> None:
        await carry_out(
            session,
            editing,
            slug,
            drafts.delete,
            condition,
            by=actor.name,
            now=now,
            simulate=False,
        )

    if editing.preview is not None:
        _add_preview(router, editing, editing.preview)


def _add_preview(router: APIRouter, editing: Editing, read: Preview) -> None:

    @router.get(
        f"{editing.one}/preview",
        response_model=editing.read,
        **editing.operation(
            "preview_{}",
            "Preview {}: what the public would read if the draft were published.",
            NotFound,
            NothingDrafted,
            UnknownReference,
        ),
    )
    @allow(editing.policy)
    async def preview(slug: Slug, session: SessionDep, actor: ActorDep, now: NowDep) -> object:
        aggregate = await drafts.read(session, editing.noun, slug)
        async with session.begin_nested() as trial:
            await drafts.publish(session, editing.noun, aggregate, by=actor.name, now=now)
            await session.flush()
            told = await read(session, slug, now)
            await trial.rollback()
        return told
