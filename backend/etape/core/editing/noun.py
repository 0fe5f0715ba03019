"""What the write API needs to know of a noun, and the preconditions of every act."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import drafts
from etape.core.access import Policy
from etape.core.drafts import Edit, Precondition
from etape.core.editing.shapes import Consequence
from etape.core.openapi import refusals
from etape.core.problems import NotFound, Problem
from etape.core.publishing import Noun
from etape.core.texts import Spoken

Preview = Callable[[AsyncSession, str, datetime], Awaitable[Spoken]]
LOCKED = (drafts.PreconditionMissing, drafts.EditedMeanwhile, NotFound)


Follow = Callable[[AsyncSession, Edit, str, datetime], Awaitable[Sequence[Consequence]]]
"""Does what follows a change of a noun that somebody made, in the same transaction, and says it."""


async def nothing_follows(
    _session: AsyncSession, _edit: Edit, _by: str, _now: datetime
) -> Sequence[Consequence]:
    """Do nothing: the noun concerns nobody beyond its readers."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Editing:
    """One noun to be edited.

    `path` is the noun in the plural; `policy` lets in who edits the one that the path names,
    `listing` who edits any. `preview` reads, as `read`, what the public reads. `problems` are those
    that `follow` may raise.
    """

    noun: Noun[Any, Any]
    path: str
    tag: str
    policy: Policy
    listing: Policy
    preview: Preview | None = None
    read: type[Spoken] | None = None
    follow: Follow = nothing_follows
    problems: Sequence[type[Problem]] = ()

    @property
    def all(self) -> str:
        """The path of the list."""
        return f"/manage/{self.path}"

    @property
    def one(self) -> str:
        """The path of one."""
        return f"/manage/{self.path}/{{slug}}"

    def operation(self, name: str, prose: str, *problems: type[Problem]) -> dict[str, Any]:
        """Return how an operation is told: `{}` is the noun, in its name and in its prose."""
        label = f"{self.noun.label.en} (*{self.noun.label.fr}*)"
        return {
            "name": name.format(self.noun.name),
            "description": prose.format(label),
            "responses": refusals(*problems),
            "tags": [self.tag],
        }


async def precondition(
    if_match: Annotated[
        str | None,
        Header(max_length=100, pattern=r"^[ -~]+$", description="The `ETag` of what was read."),
    ] = None,
    if_none_match: Annotated[
        str | None, Header(max_length=100, pattern=r"^[ -~]+$", description="`*`, to create.")
    ] = None,
) -> Precondition:
    """Return what the request says of the version that it was decided on."""
    return Precondition(if_match=if_match, if_none_match=if_none_match)


PreconditionDep = Annotated[Precondition, Depends(precondition)]
