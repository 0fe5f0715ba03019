"""Changes as spoken."""

from pydantic import Field

from etape.core.texts import Language, Line, Spoken
from etape.tour.sessions.schemas import Mode
from etape.tour.wishes.schemas import SeatWishes


class RegistrationChange(SeatWishes):
    """What a registration becomes: the sessions listed replace those it had."""

    name: Line | None = Field(default=None, description="Null: as it is.")
    organisation: Line | None = Field(default=None, description="Null: as it is.")
    language: Language | None = Field(default=None, description="Null: as it is.")


class ModeSwitch(Spoken):
    """How to attend a session from now on."""

    mode: Mode
