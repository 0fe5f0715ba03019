"""Questions as they are searched and found."""

from pydantic import Field

from etape.core.paging import Cursor, Limit
from etape.core.texts import SearchText, Spoken
from etape.funding.calls.schemas import CallName, QuestionRead


class QuestionQuery(Spoken):
    """Which questions of a call are listed."""

    q: SearchText = Field(
        default="",
        description="Words; then only answers that hold today are searched, the best first.",
        examples=["taux"],
    )
    limit: Limit = 50
    cursor: Cursor = None


class QuestionHit(QuestionRead):
    """A question, and the call that it is about."""

    call: CallName
