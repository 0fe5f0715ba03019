"""Who may call what: each operation declares a policy, and lets a request in as an actor.

core knows no role by name: rooms name theirs, and `identity` decides who has which.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from http import HTTPStatus
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.problems import Problem
from etape.core.texts import Localized

SESSION_COOKIE = "__Host-etape"
ASK_COOKIE = "__Host-etape-ask"
"""Tells the browser that asked for a mailed code, until it is typed there."""

SESSION_SCHEME, KEY_SCHEME = "session", "key"
SECURITY_SCHEMES: Mapping[str, Mapping[str, str]] = {
    SESSION_SCHEME: {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE,
        "description": "A browser in which a member of the team signed in.",
    },
    KEY_SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key (`POST /api/v1/api-keys`), with the scope that is named.",
    },
}
_POLICY = "__policy__"

Endpoint = TypeVar("Endpoint", bound=Callable[..., Awaitable[Any]])


class Level(IntEnum):
    """How surely we know who asks; each level holds the ones before."""

    ANYBODY = 0
    MAILED = 1
    """The e-mail address is proved, a second factor is not: good for enrolling one."""
    SIGNED_IN = 2
    FRESH = 3
    """Signed in, and proved again a few minutes ago: for exports, roles and keys."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role, for everything or for the one thing of that slug."""

    role: str
    subject: str | None = None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks. `name` is what the journal records; `session_id` tells the browser."""

    name: str = "anonymous"
    level: Level = Level.ANYBODY
    grants: frozenset[Grant] = frozenset()
    scopes: frozenset[str] | None = None
    """What an API key may do; None for a person."""
    member_id: UUID | None = None
    session_id: UUID | None = None
    key_id: UUID | None = None

    def subjects(self, roles: Collection[str]) -> frozenset[str] | None:
        """Return the slugs of the things that any of these roles is for; None for all of them."""
        mine = [grant.subject for grant in self.grants if grant.role in roles]
        named = frozenset(subject for subject in mine if subject is not None)
        return None if len(named) < len(set(mine)) else named


ANONYMOUS = Actor()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Who may call an operation.

    Any of `roles` (none: any member who reaches `level`, and no guest of a day); where `own` names
    a path parameter, a role that is for one thing opens that thing only. `scope` is what an API key
    needs; None lets no key in.
    `is_for_keys` lets nobody else in: what a key does with itself.
    """

    level: Level
    roles: frozenset[str] = frozenset()
    own: str | None = None
    scope: str | None = None
    is_for_keys: bool = False

    @property
    def security(self) -> list[dict[str, list[str]]]:
        """The policy as OpenAPI writes it."""
        keys = [{KEY_SCHEME: [self.scope]}] if self.scope else []
        if self.level is Level.ANYBODY:
            return [{}, *keys]
        if self.is_for_keys:
            return keys
        return [{SESSION_SCHEME: []}, *keys]

    @property
    def contract(self) -> dict[str, Any]:
        """The policy, whole: what the contract says beside `security`."""
        return {
            "level": self.level.name.lower(),
            "roles": sorted(self.roles),
            "own": self.own,
            "scope": self.scope,
            "keys_only": self.is_for_keys,
        }

    @property
    def refusals(self) -> tuple[type[Problem], ...]:
        """The problems with which it may refuse."""
        kinds: list[type[Problem]] = []
        if self.level > Level.ANYBODY or self.scope:
            kinds += (Unauthenticated, NotAllowed)
        if self.level > Level.MAILED and not self.is_for_keys:
            kinds.append(SecondFactorNeeded)
        if self.level is Level.FRESH:
            kinds.append(FreshProofNeeded)
        return tuple(kinds)

    def refuse_other(self, actor: Actor, own: str | None) -> None:
        """Raise unless this actor may act on the thing that the path names."""
        if self.level is Level.ANYBODY and actor.scopes is None:
            return
        if self.is_for_keys and actor.scopes is None:
            raise Unauthenticated
        if actor.level < self.level:
            if actor.level is Level.ANYBODY:
                raise Unauthenticated
            raise FreshProofNeeded if actor.level is Level.SIGNED_IN else SecondFactorNeeded
        if actor.scopes is not None and self.scope not in actor.scopes:
            raise NotAllowed
        if actor.scopes is None and not self.roles and actor.member_id is None:
            raise NotAllowed
        subjects = actor.subjects(self.roles)
        if self.roles and subjects is not None and (own not in subjects if own else not subjects):
            raise NotAllowed


PUBLIC = Policy(level=Level.ANYBODY, scope="read")
"""Anybody; with a key, more often."""

OPEN = Policy(level=Level.ANYBODY)
"""Anybody, whatever they show: forms, and mailed links, whose secret the handler checks."""


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What a request shows: the token of a browser's session, an API key, or neither."""

    session: str | None = None
    key: str | None = None


class Doorkeeper(Protocol):
    """Tells who shows these credentials."""

    async def recognise(self, session: AsyncSession, shown: Credentials) -> Actor:
        """Return the actor; ANONYMOUS when nothing is shown. Raises Unauthenticated."""


class Unauthenticated(Problem):
    """Nobody we know: nothing was shown, or what was shown opens nothing any more."""

    status = HTTPStatus.UNAUTHORIZED
    is_attempt = True
    title = Localized(fr="Connexion nécessaire", en="Sign-in needed")
    detail = Localized(
        fr="Cette adresse demande que vous soyez connecté, ou une clé d’API valable. "
        "Connectez-vous, puis recommencez.",
        en="This address needs you to be signed in, or a valid API key. Sign in, then try again.",
    )

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": 'Bearer realm="etape"'})


class NotAllowed(Problem):
    """We know who asks, and their role or their key does not open this."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(fr="Accès refusé", en="Not allowed")
    detail = Localized(
        fr="Votre rôle ou votre clé ne permet pas cela. Demandez à une personne coordinatrice.",
        en="Your role or your key does not allow this. Ask a coordinator.",
    )


class SecondFactorNeeded(Problem):
    """The address is proved; a passkey or an authenticator's code is still missing."""

    status = HTTPStatus.FORBIDDEN
    title = Localized(fr="Second facteur nécessaire", en="Second factor needed")
    detail = Localized(
        fr="Confirmez que c’est vous avec votre clé d’accès ou votre application "
        "d’authentification.",
        en="Confirm that it is you with your passkey or your authenticator app.",
    )


class FreshProofNeeded(Problem):
    """The act is grave, and the last proof is more than a few minutes old."""

    status = HTTPStatus.FORBIDDEN
    title = Localized(fr="Confirmation nécessaire", en="Confirmation needed")
    detail = Localized(
        fr="Cet acte demande de confirmer à nouveau que c’est vous. Rien n’a été fait.",
        en="This act needs you to confirm again that it is you. Nothing was done.",
    )


class CrossSite(Problem):
    """Another site had this browser send the request."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(fr="Demande faite ailleurs", en="Request from elsewhere")
    detail = Localized(
        fr="Cette demande ne vient pas de nos pages : elle n’a pas été traitée.",
        en="This request does not come from our pages: it was not carried out.",
    )


def allow(policy: Policy) -> Callable[[Endpoint], Endpoint]:
    """Declare who may call an operation; written between the route and its function."""

    def declare(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _POLICY, policy)
        return endpoint

    return declare


def policy_of(endpoint: Callable[..., Any]) -> Policy:
    """Return the policy of an operation. Raises TypeError when it declares none."""
    policy = getattr(endpoint, _POLICY, None)
    if not isinstance(policy, Policy):
        name = getattr(endpoint, "__qualname__", repr(endpoint))
        raise TypeError(f"say who may call {name}: @allow(…), from etape.core.access")
    return policy
