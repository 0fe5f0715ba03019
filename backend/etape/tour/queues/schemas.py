"""Waiting lists as spoken."""

from pydantic import Field

from etape.core.texts import Spoken


class Chance(Spoken):
    """How far waiting lists went at past stops of the tour: what happened, and no promise."""

    stops: int = Field(description="The past stops that it is told from: three at least.")
    share: float = Field(
        ge=0, le=1, description="Of their waiting lists, the share that went as far as this rank."
    )
