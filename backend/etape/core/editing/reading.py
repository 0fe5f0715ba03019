"""Reading what editors see: the list, one noun with its draft, what is wrong with it, its past."""

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import drafts, publishing
from etape.core.access import allow
from etape.core.drafts import NothingDrafted
from etape.core.editing.noun import Editing
from etape.core.editing.shapes import (
    DraftCheck,
    Managed,
    ManagedSummary,
    RevisionRead,
    told_changes,
)
from etape.core.http import ActorDep, LanguageDep, SessionDep
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import FieldError, NotFound
from etape.core.publishing import Aggregate
from etape.core.texts import Language, Slug

TOLD = {"slug", "version", "is_published", "changed_at", "changed_by"}
_TITLES = ("name", "title", "term", "label")


async def tell(
    session: AsyncSession,
    managed: type[Managed[Any, Any]],
    aggregate: Aggregate,
    response: Response,
) -> Managed[Any, Any]:
    """Return a noun as its editors see it, and say its ETag."""
    await session.flush()
    response.headers["ETag"] = drafts.etag_of(aggregate)
    return managed(
        **aggregate.model_dump(include=TOLD),
        published=await publishing.content_of(session, aggregate),
        draft=aggregate.draft,
    )


def _title_of(content: dict[str, Any], language: Language) -> str | None:
    said = next((content[name] for name in _TITLES if content.get(name)), None)
    if isinstance(said, dict):
        said = said.get(language) or said.get(Language.FR)
    return said if isinstance(said, str) else None


def add_reading(router: APIRouter, editing: Editing, managed: type[Managed[Any, Any]]) -> None:
    """Add what an editor reads."""
    noun = editing.noun

    @router.get(
        editing.all,
        **editing.operation(
            "list_managed_{}s",
            "List what is published or drafted, by name: {}.",
        ),
    )
    @allow(editing.listing)
    async def list_managed(
        request: Request,
        response: Response,
        session: SessionDep,
        actor: ActorDep,
        language: LanguageDep,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[ManagedSummary]:
        pager = Pager(request, f"managed {noun.name}", cursor)
        only = actor.subjects(editing.listing.roles) if editing.policy.own else None
        found = await drafts.list_of(session, noun, only=only, limit=limit, after=pager.after)
        published = await publishing.contents_of(session, found.rows)

        def summary(each: Aggregate) -> ManagedSummary:
            content = each.draft or published.get(each.subject_id, {})
            return ManagedSummary(
                **each.model_dump(include=TOLD),
                title=_title_of(content, language),
                has_draft=each.draft is not None,
            )

        return pager.page(found.map(summary), response)

    @router.get(
        editing.one,
        response_model=managed,
        **editing.operation(
            "read_managed_{}",
            "Read {} as its editors do: what is published, and the draft.",
            NotFound,
        ),
    )
    @allow(editing.policy)
    async def read_managed(slug: Slug, response: Response, session: SessionDep) -> Any:
        return await tell(session, managed, await drafts.read(session, noun, slug), response)

    @router.get(
        f"{editing.one}/draft/problems",
        **editing.operation(
            "check_{}_draft",
            "Check the draft of {}: what keeps it from being published, field by field, and what "
            "publishing it would change.",
            NotFound,
            NothingDrafted,
        ),
    )
    @allow(editing.policy)
    async def check_draft(slug: Slug, session: SessionDep, language: LanguageDep) -> DraftCheck:
        aggregate = await drafts.read(session, noun, slug)
        if aggregate.draft is None:
            raise NothingDrafted
        errors = await drafts.problems_of(session, noun, aggregate.draft)
        published = await publishing.content_of(session, aggregate)
        return DraftCheck(
            publishable=not errors,
            errors=[
                FieldError(pointer=pointer, detail=sentence.in_language(language))
                for pointer, sentence in errors
            ],
            changes=told_changes(publishing.changes_between(published, aggregate.draft)),
        )

    @router.get(
        f"{editing.one}/revisions",
        **editing.operation(
            "list_{}_revisions",
            "List every version of {} that was published, the newest first.",
            NotFound,
        ),
    )
    @allow(editing.policy)
    async def list_revisions(
        slug: Slug,
        request: Request,
        response: Response,
        session: SessionDep,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Page[RevisionRead]:
        pager = Pager(request, f"revisions {noun.name} {slug}", cursor)
        aggregate = await drafts.read(session, noun, slug)
        found = await drafts.versions_of(session, aggregate, limit=limit, after=pager.after)
        return pager.page(
            found.map(
                lambda each: RevisionRead(
                    version=each[0].version,
                    published_at=each[0].published_at,
                    published_by=each[0].published_by,
                    is_withdrawal=each[0].content is None,
                    changes=told_changes(publishing.changes_between(each[1], each[0].content)),
                )
            ),
            response,
        )
