"""Writing drafts: nothing here is seen by the public."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from etape.core import drafts
from etape.core.access import allow
from etape.core.drafts import NameTaken, NothingDrafted
from etape.core.editing.noun import LOCKED, Editing, PreconditionDep
from etape.core.editing.reading import tell
from etape.core.editing.shapes import CopyRequest, Managed
from etape.core.http import ActorDep, NowDep, SessionDep
from etape.core.problems import Invalid, NotFound
from etape.core.texts import Localized, Slug, Spoken

_KEEPS_ITS_NAME = Localized(
    fr="Une fiche garde son nom : copiez-la pour en changer.",
    en="A thing keeps its name: copy it to change it.",
)


def add_drafting(
    router: APIRouter,
    editing: Editing,
    managed: type[Managed[Any, Any]],
    draft_shape: type[Spoken],
) -> None:
    """Add what an editor writes before anything is published."""
    noun = editing.noun

    async def write_draft(
        slug: Slug,
        draft: Any,
        response: Response,
        session: SessionDep,
        actor: ActorDep,
        condition: PreconditionDep,
        now: NowDep,
    ) -> Any:
        if draft.slug not in {None, slug}:
            raise Invalid(errors=[("/slug", _KEEPS_ITS_NAME)])
        aggregate = await drafts.open_for(session, noun, slug, condition, by=actor.name, now=now)
        told = draft.model_dump(mode="json", exclude_unset=True)
        written = {field: value for field, value in told.items() if value is not None}
        drafts.write(aggregate, written, by=actor.name, now=now)
        return await tell(session, managed, aggregate, response)

    write_draft.__annotations__["draft"] = draft_shape
    router.put(
        f"{editing.one}/draft",
        response_model=managed,
        **editing.operation(
            "write_{}_draft",
            "Write the draft (*brouillon*) of {}, in place of the one there was. Fields may be "
            "missing until it is published. Send the `ETag` that was read in `If-Match`, or "
            "`If-None-Match: *` to create it.",
            *LOCKED,
        ),
    )(allow(editing.policy)(write_draft))

    @router.delete(
        f"{editing.one}/draft",
        status_code=HTTPStatus.NO_CONTENT,
        **editing.operation(
            "discard_{}_draft",
            "Discard the draft of {}; what is published stays.",
            *LOCKED,
            NothingDrafted,
        ),
    )
    @allow(editing.policy)
    async def discard_draft(
        slug: Slug, session: SessionDep, actor: ActorDep, condition: PreconditionDep, now: NowDep
    ) -> None:
        aggregate = await drafts.open_for(session, noun, slug, condition, by=actor.name, now=now)
        if aggregate.draft is None:
            raise NothingDrafted
        drafts.write(aggregate, None, by=actor.name, now=now)

    @router.post(
        f"{editing.one}/copies",
        response_model=managed,
        status_code=HTTPStatus.CREATED,
        **editing.operation(
            "copy_{}",
            "Copy {} into a new draft, its dates moved by some days (*dupliquer*).",
            NotFound,
            NameTaken,
        ),
    )
    @allow(editing.policy)
    async def copy(
        slug: Slug,
        wanted: CopyRequest,
        response: Response,
        session: SessionDep,
        actor: ActorDep,
        now: NowDep,
    ) -> Any:
        editing.policy.refuse_other(actor, wanted.slug if editing.policy.own else None)
        source = await drafts.read(session, noun, slug)
        made = await drafts.copy(
            session, noun, source, wanted.slug, days=wanted.days, by=actor.name, now=now
        )
        return await tell(session, managed, made, response)
