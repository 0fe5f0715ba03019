"""The journal as spoken."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from etape.core.editing.shapes import Change
from etape.core.moments import BoundedDate
from etape.core.paging import Cursor, Limit
from etape.core.texts import Slug, Spoken

NounName = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", min_length=1, max_length=40)
]
"""A kind of thing as the journal writes it: `call`, `door_pass`."""


class JournalQuery(Spoken):
    """What the journal is filtered by."""

    member: UUID | None = Field(default=None, description="What this member did.")
    noun: NounName | None = Field(default=None, description="What was done to this kind of thing.")
    slug: Slug | None = Field(default=None, description="What was done to the one of this name.")
    since: BoundedDate | None = Field(default=None, description="From that day on, in Paris.")
    until: BoundedDate | None = Field(default=None, description="Until that day, included.")
    limit: Limit = 50
    cursor: Cursor = None


class JournalEntry(Spoken):
    """One thing that was done."""

    position: int | None = Field(description="Its place in the chain; null for a moment only.")
    recorded_at: datetime
    actor: str = Field(examples=["member:0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11"])
    actor_name: str | None = Field(description="Null: not a member of the team.")
    noun: NounName
    slug: str | None = Field(description="The name of the thing, where it is a published noun.")
    act: str
    sentence: str = Field(description="Who did what, in the reader's language.")
    changes: list[Change] = Field(description="Empty too where a person was erased.")
