"""When a session may be joined online."""

from datetime import datetime, timedelta
from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized

JOIN_FROM = timedelta(minutes=30)
"""How long before a session its link opens; it closes with the session."""


class JoinNotOpen(Problem):
    """The session is not to be attended online now."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séance pas ouverte", en="Session not open")


NOT_YET = Localized(
    fr="La séance s’ouvre trente minutes avant son début. Revenez à ce moment-là.",
    en="The session opens thirty minutes before it starts. Come back then.",
)
OVER = Localized(
    fr="La séance est finie. Son enregistrement, s’il y en a un, paraîtra sur la page de l’étape.",
    en="The session is over. Its recording, if any, will appear on the page of the stop.",
)
NO_ONLINE_SEAT = Localized(
    fr="Vous n’êtes pas inscrit en ligne à cette séance. Changez votre inscription par le lien "
    "de son courriel.",
    en="You are not registered to attend this session online. Change your registration by the "
    "link of its letter.",
)


def refuse_join(starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Raise JoinNotOpen unless a session may be joined now."""
    if now < starts_at - JOIN_FROM:
        raise JoinNotOpen(NOT_YET, opens_at=starts_at - JOIN_FROM)
    if ends_at <= now:
        raise JoinNotOpen(OVER)
