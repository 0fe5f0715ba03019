"""What the write API speaks, whatever the noun."""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field, StrictInt

from etape.core.journal import Changes
from etape.core.problems import FieldError
from etape.core.texts import Localized, Slug, Spoken

Draft = TypeVar("Draft", bound=Spoken)
Content = TypeVar("Content", bound=Spoken)


class Consequence(Spoken):
    """What follows an act beyond the noun itself."""

    kind: Slug = Field(examples=["letters"])
    sentence: Localized
    count: int | None = Field(default=None, description="How many people or things it reaches.")


class Change(Spoken):
    """A field that changes."""

    field: str
    before: Any = Field(description="Null: it said nothing.")
    after: Any = Field(description="Null: it says nothing any more.")


class Published(Spoken):
    """What an act changed, or would change."""

    slug: Slug
    version: int = Field(description="The version that it makes, counted from 1.")
    simulated: bool = Field(description="True: nothing was kept, nobody was told.")
    changes: list[Change]
    consequences: list[Consequence]


class Managed(Spoken, Generic[Content, Draft]):
    """A noun as its editors see it. The answer's `ETag` is what the next act must send."""

    slug: Slug
    version: int = Field(description="How often it was published or withdrawn.")
    is_published: bool
    published: Content | None
    draft: Draft | None
    changed_at: datetime
    changed_by: str


class ManagedSummary(Spoken):
    """A noun in the list of its editors."""

    slug: Slug
    title: str | None
    version: int
    is_published: bool
    has_draft: bool
    changed_at: datetime
    changed_by: str


class DraftCheck(Spoken):
    """What keeps a draft from being published, and what publishing it would change."""

    publishable: bool
    errors: list[FieldError]
    changes: list[Change]


class RevisionRead(Spoken):
    """A version that was published, or a withdrawal."""

    version: int
    published_at: datetime
    published_by: str
    is_withdrawal: bool
    changes: list[Change] = Field(description="What it changed in the version before.")


class CopyRequest(Spoken):
    """The name of the copy, and by how many days each of its dates moves."""

    slug: Slug
    days: Annotated[StrictInt, Field(ge=-36_500, le=36_500)] = 0


def told_changes(changes: Changes) -> list[Change]:
    """Return changes as they are spoken, by the names of their fields."""
    return [
        Change(field=name, before=before, after=after)
        for name, (before, after) in sorted(changes.items())
    ]
