"""The team as spoken."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from etape.core.texts import Slug, Spoken, unfit


class Role(StrEnum):
    """What a member of the team does. The last two are for one stop each."""

    COORDINATOR = "coordinator"
    FUNDING_EDITOR = "funding_editor"
    STOP_ORGANISER = "stop_organiser"
    HOST = "host"


OF_ONE_STOP = frozenset({Role.STOP_ORGANISER, Role.HOST})


class GrantContent(Spoken):
    """A role, and the stop that it is for where it is for one."""

    role: Role
    stop: Slug | None = None

    @model_validator(mode="after")
    def name_a_stop_where_one_is_meant(self) -> Self:
        """Refuse an organiser of no stop, and a coordinator of one."""
        if (self.stop is not None) != (self.role in OF_ONE_STOP):
            raise unfit(
                fr="Un organisateur ou un hôte l’est pour une étape, et eux seuls.",
                en="An organiser or a host is for one stop, and only they are.",
            )
        return self
