"""How long an invitation lives, and what is said of one that lets nobody in.

An expired link, a spent one, one taken back and one that never was get the same answer.
"""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Protocol

from pydantic import AnyHttpUrl

from etape.core.problems import Invalid, Problem
from etape.core.texts import Localized
from etape.identity.team.schemas import InvitationAcceptance, InvitationKind

LIVES = {
    InvitationKind.INVITATION: timedelta(days=7),
    InvitationKind.RECOVERY: timedelta(days=7),
    InvitationKind.FIRST: timedelta(hours=24),
}
MISSING = Localized(fr="Ce champ est requis.", en="This field is required.")


class InvitationUnknown(Problem):
    """The link lets nobody in, or not any more."""

    status = HTTPStatus.NOT_FOUND
    is_attempt = True
    title = Localized(fr="Invitation inconnue", en="Unknown invitation")
    detail = Localized(
        fr="Ce lien n’ouvre rien : il ne sert qu’une fois et vit quelques jours. Reprenez celui de "
        "votre dernier courriel, ou demandez-en un autre à une personne coordinatrice.",
        en="This link opens nothing: it serves once and lives a few days. Take the one in your "
        "latest mail, or ask a coordinator for another one.",
    )


class Living(Protocol):
    """What the rules need to know of an invitation."""

    expires_at: datetime
    spent_at: datetime | None


def is_alive(invitation: Living, *, now: datetime) -> bool:
    """Whether an invitation can still be taken."""
    return invitation.spent_at is None and now < invitation.expires_at


def refuse_nameless(taken: InvitationAcceptance) -> None:
    """Raise Invalid unless the first coordinator says who they are."""
    given = {"/name": taken.name, "/email": taken.email}
    missing = [(pointer, MISSING) for pointer, value in given.items() if value is None]
    if missing:
        raise Invalid(errors=missing)


def link_to(token: str, *, public_url: AnyHttpUrl) -> str:
    """Return the address of the page that takes an invitation."""
    return f"{str(public_url).rstrip('/')}/gestion/bienvenue?lien={token}"
