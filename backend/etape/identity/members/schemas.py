"""The team as spoken."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, EmailStr, Field, model_validator

from etape.core.texts import Language, Line, Localized, Slug, Spoken, unfit

MOST_ROLES = 50
Address = Annotated[EmailStr, Field(max_length=254, examples=["odile.martin@example.org"])]


class Role(StrEnum):
    """What a member of the team does. The last two are for one stop each."""

    COORDINATOR = "coordinator"
    FUNDING_EDITOR = "funding_editor"
    STOP_ORGANISER = "stop_organiser"
    HOST = "host"


class Scope(StrEnum):
    """What an API key may do; never more than its holder's roles open."""

    READ = "read"
    MANAGE_DIRECTORY = "manage:directory"
    MANAGE_FUNDING = "manage:funding"
    MANAGE_TOUR = "manage:tour"


MEANINGS: Mapping[Scope, Localized] = {
    Scope.READ: Localized(
        fr="lire ce qui est publié, avec un quota à soi",
        en="read what is published, with a quota of its own",
    ),
    Scope.MANAGE_DIRECTORY: Localized(
        fr="gérer les sources et l’annuaire", en="manage the sources and the directory"
    ),
    Scope.MANAGE_FUNDING: Localized(
        fr="gérer les programmes et les appels", en="manage the programmes and the calls"
    ),
    Scope.MANAGE_TOUR: Localized(
        fr="gérer le tour, ses étapes et leurs séances",
        en="manage the tour, its stops and their sessions",
    ),
}


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


def _each_once(grants: Sequence[GrantContent]) -> Sequence[GrantContent]:
    if len({(grant.role, grant.stop) for grant in grants}) < len(grants):
        raise unfit(
            fr="Le même rôle est donné deux fois : retirez-en un.",
            en="The same role is given twice: remove one.",
        )
    return grants


Roles = Annotated[
    list[GrantContent], Field(min_length=1, max_length=MOST_ROLES), AfterValidator(_each_once)
]
"""What a member does: one role at least, each once."""


class RolesContent(Spoken):
    """The roles that a member has from now on, instead of those they had."""

    roles: Roles


class MemberRef(Spoken):
    """A member, named."""

    id: UUID
    name: Line
    email: str
    language: Language


class MemberRead(MemberRef):
    """A member of the team, to a coordinator."""

    roles: list[GrantContent]
    second_factors: int = Field(description="Passkeys and authenticators; 0: not enrolled yet.")
    created_at: datetime
    disabled_at: datetime | None
