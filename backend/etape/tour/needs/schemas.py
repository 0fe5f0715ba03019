"""Accessibility needs as spoken."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from etape.core.texts import Prose, Spoken, unfit

NEEDS_AT_MOST = 10


class NeedKind(StrEnum):
    """What somebody needs to take part."""

    SIGN_LANGUAGE = "sign_language"
    CAPTIONING = "captioning"
    WHEELCHAIR_ACCESS = "wheelchair_access"
    QUIET_SEAT = "quiet_seat"
    OTHER = "other"


class NeedState(StrEnum):
    """Where a need is: asked for, will be met, or cannot be and something else is offered."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    IMPOSSIBLE = "impossible"


class NeedRequest(Spoken):
    """Something that somebody needs, in their words where they want."""

    kind: NeedKind
    words: Prose | None = Field(default=None, description="Needed where `kind` is `other`.")

    @model_validator(mode="after")
    def say_what_else(self) -> Self:
        """Refuse a need of another kind that says nothing."""
        if self.kind is NeedKind.OTHER and self.words is None:
            raise unfit(fr="Dites de quoi vous avez besoin.", en="Say what you need.")
        return self


class NeedAsked(Spoken):
    """A need that was written down; what it is is not repeated."""

    id: UUID


class NeedRead(NeedRequest):
    """A need, to whoever asked for it."""

    id: UUID
    state: NeedState
    alternative: Prose | None = Field(description="What is offered instead, where impossible.")
    owner: str | None = Field(description="Who of the team takes care of it.")
    asked_at: datetime
    changed_at: datetime


class NeedsRead(Spoken):
    """The needs of a registration, the oldest first; gone seven days after the stop."""

    needs: Annotated[list[NeedRead], Field(max_length=NEEDS_AT_MOST)]


class NeedLine(NeedRead):
    """A need, to the team of the stop: whose it is, and whom to answer."""

    name: str
    email: str
    owner_id: UUID | None


class NeedOwner(Spoken):
    """Somebody of the stop’s team, who may take care of needs."""

    id: UUID
    name: str


class NeedAnswer(Spoken):
    """What the team answers; `owner`, of the stop’s team, is who answers first, unless named.

    Without a `state` nothing is answered: the need is entrusted to its `owner`.
    """

    state: NeedState | None = None
    alternative: Prose | None = None
    owner: UUID | None = None

    @model_validator(mode="after")
    def offer_something_else(self) -> Self:
        """Refuse an impossible need without an alternative, one to another need, and nothing."""
        if self.state is None and self.owner is None:
            raise unfit(
                fr="Répondez à la demande, ou confiez-la à quelqu’un.",
                en="Answer the need, or entrust it to somebody.",
            )
        if (self.state is NeedState.IMPOSSIBLE) is (self.alternative is None):
            raise unfit(
                fr="Dites ce que vous proposez à la place quand, et seulement quand, la demande "
                "est impossible.",
                en="Say what you offer instead when, and only when, the need cannot be met.",
            )
        return self
