"""What cannot be changed by a link."""

from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized


class SeatUnknown(Problem):
    """The registration has no seat in that session."""

    status = HTTPStatus.NOT_FOUND
    title = Localized(fr="Séance non choisie", en="Session not chosen")
    detail = Localized(
        fr="Votre inscription ne comprend pas cette séance. Rechargez la page.",
        en="Your registration does not include this session. Reload the page.",
    )
