"""Which roles open what: the policies that the routes of every room declare."""

from dataclasses import replace
from http import HTTPStatus

from etape.core.access import Level, Policy
from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.identity.members.schemas import Role, Scope

HALF_SIGNED_IN = Policy(level=Level.MAILED)
"""A member whose address is proved, to enrol or to show a second factor."""

MEMBER = Policy(level=Level.SIGNED_IN)
"""Any member, for what is their own."""

ANY_ROLE = Policy(level=Level.MAILED, roles=frozenset(Role))
"""Whoever has a role, be it for a day behind a door."""

COORDINATOR = Policy(level=Level.SIGNED_IN, roles=frozenset({Role.COORDINATOR}))

EDITOR = Policy(
    level=Level.SIGNED_IN,
    roles=frozenset({Role.COORDINATOR, Role.FUNDING_EDITOR, Role.STOP_ORGANISER}),
    scope=Scope.MANAGE_DIRECTORY,
)
"""Whoever writes: sources and the directory are everybody's."""

FUNDING_EDITOR = Policy(
    level=Level.SIGNED_IN,
    roles=frozenset({Role.COORDINATOR, Role.FUNDING_EDITOR}),
    scope=Scope.MANAGE_FUNDING,
)

TOUR_EDITOR = Policy(
    level=Level.SIGNED_IN, roles=frozenset({Role.COORDINATOR}), scope=Scope.MANAGE_TOUR
)
"""Tours, and which stops they have."""

ORGANISER = Policy(
    level=Level.SIGNED_IN,
    roles=frozenset({Role.COORDINATOR, Role.STOP_ORGANISER}),
    scope=Scope.MANAGE_TOUR,
)
"""Whoever organises a stop, any of them."""

STOP_ORGANISER = replace(ORGANISER, own="slug")
"""Whoever organises the stop that the path names."""

STOP_HOST = Policy(
    level=Level.SIGNED_IN,
    roles=frozenset({Role.COORDINATOR, Role.STOP_ORGANISER, Role.HOST}),
    own="slug",
)
"""Whoever welcomes people at the stop that the path names, be it for a day behind a door."""


def freshly(policy: Policy) -> Policy:
    """Return the policy for a grave act: a proof of some minutes ago, by a person."""
    return replace(policy, level=Level.FRESH, scope=None)


def in_person(policy: Policy) -> Policy:
    """Return the policy for what no key reads: a person of the team, in a browser."""
    return replace(policy, scope=None)


class AlreadyMember(Problem):
    """Somebody of the team has this address, or had it."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Déjà dans l’équipe", en="Already in the team")
    detail = Localized(
        fr="Cette adresse est celle d’un membre de l’équipe : changez ses rôles, ou réactivez-le.",
        en="This address is that of a member of the team: change their roles, or enable them.",
    )


class LastCoordinator(Problem):
    """Nobody would be left to let others in."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Dernière personne coordinatrice", en="Last coordinator")
    detail = Localized(
        fr="L’équipe n’aurait plus de personne coordinatrice. Donnez d’abord ce rôle à quelqu’un "
        "d’autre.",
        en="The team would have no coordinator left. Give this role to somebody else first.",
    )
