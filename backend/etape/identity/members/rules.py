"""Which roles open what: the policies that the routes of every room declare."""

from dataclasses import replace

from etape.core.access import Level, Policy
from etape.identity.members.schemas import Role

HALF_SIGNED_IN = Policy(level=Level.MAILED)
"""A member whose address is proved, to enrol or to show a second factor."""

MEMBER = Policy(level=Level.SIGNED_IN)
"""Any member, for what is their own."""

COORDINATOR = Policy(level=Level.SIGNED_IN, roles=frozenset({Role.COORDINATOR}))

EDITOR = Policy(
    level=Level.SIGNED_IN,
    roles=frozenset({Role.COORDINATOR, Role.FUNDING_EDITOR, Role.STOP_ORGANISER}),
    scope="manage:directory",
)
"""Whoever writes: sources and the directory are everybody's."""

FUNDING_EDITOR = Policy(
    level=Level.SIGNED_IN,
    roles=frozenset({Role.COORDINATOR, Role.FUNDING_EDITOR}),
    scope="manage:funding",
)

TOUR_EDITOR = Policy(
    level=Level.SIGNED_IN, roles=frozenset({Role.COORDINATOR}), scope="manage:tour"
)
"""Tours, and which stops they have."""

ORGANISER = Policy(
    level=Level.SIGNED_IN,
    roles=frozenset({Role.COORDINATOR, Role.STOP_ORGANISER}),
    scope="manage:tour",
)
"""Whoever organises a stop, any of them."""

STOP_ORGANISER = replace(ORGANISER, own="slug")
"""Whoever organises the stop that the path names."""


def freshly(policy: Policy) -> Policy:
    """Return the policy for a grave act: a proof of some minutes ago, by a person."""
    return replace(policy, level=Level.FRESH, scope=None)
