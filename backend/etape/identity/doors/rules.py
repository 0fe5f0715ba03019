"""When a door pass opens, and what it leads to."""

from http import HTTPStatus
from urllib.parse import quote

from pydantic import AnyHttpUrl

from etape.core.problems import Problem
from etape.core.texts import Localized


class DayIsOver(Problem):
    """A pass would never open."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Journée passée", en="Day over")
    detail = Localized(
        fr="Cette journée est passée là-bas. Choisissez-en une à venir.",
        en="This day is over there. Choose one to come.",
    )


class DoorPassUnknown(Problem):
    """The pass opens nothing, or not any more."""

    status = HTTPStatus.NOT_FOUND
    is_attempt = True
    title = Localized(fr="Accès de pointage inconnu", en="Unknown door pass")
    detail = Localized(
        fr="Ce code n’ouvre rien : il ne vaut qu’un jour. Demandez-en un autre à l’équipe de "
        "l’étape.",
        en="This code opens nothing: it is good for one day. Ask the stop’s team for another one.",
    )


class DoorNotYet(Problem):
    """The pass is for another day, still to come."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Pas encore", en="Not yet")
    detail = Localized(
        fr="Ce code n’ouvre que le jour pour lequel il est fait. Revenez ce jour-là.",
        en="This code only opens on the day that it is made for. Come back on that day.",
    )


def link_to(stop: str, token: str, *, public_url: AnyHttpUrl) -> str:
    """Return the address that the QR code holds."""
    return f"{str(public_url).rstrip('/')}/pointage/{quote(stop)}?lien={token}"
