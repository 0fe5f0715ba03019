"""What one search box finds, grouped by noun."""

from enum import StrEnum
from typing import Annotated, Generic, TypeVar

from pydantic import Field

from etape.core.texts import Localized, Spoken
from etape.funding.calls.schemas import CallSummary
from etape.funding.questions.schemas import QuestionHit
from etape.tour.stops.schemas import SessionHit, StopSummary

T = TypeVar("T")


class Noun(StrEnum):
    """What can be found."""

    CALL = "call"
    QUESTION = "question"
    STOP = "stop"
    SESSION = "session"


SUGGESTED_OF_EACH = {Noun.CALL: 5, Noun.QUESTION: 3, Noun.STOP: 3, Noun.SESSION: 3}


class Group(Spoken, Generic[T]):
    """The best results of one noun."""

    items: list[T]
    total: int


class Findings(Spoken):
    """Everything found, grouped; each group in the order of relevance."""

    calls: Group[CallSummary]
    questions: Group[QuestionHit]
    stops: Group[StopSummary]
    sessions: Group[SessionHit]


class Suggestion(Spoken):
    """A thing whose name begins like what is being typed."""

    noun: Noun
    slug: str = Field(
        description="Its slug; of a session, that of its stop; of a question, that of its call."
    )
    question: str | None = Field(
        default=None, description="Of a question, its own slug: its place on the page of the call."
    )
    name: Localized
    fictitious: bool


class Suggestions(Spoken):
    """The best suggestions: calls first, then questions, stops, sessions."""

    items: Annotated[list[Suggestion], Field(max_length=sum(SUGGESTED_OF_EACH.values()))]
