"""What a registration may ask for: pure rules, checked before any lock is taken."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from itertools import combinations

from etape.core.problems import Problem
from etape.core.texts import Localized


class RegistrationNotOpen(Problem):
    """The stop takes no registrations now."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Inscriptions fermées", en="Registration is closed")


class SessionUnknown(Problem):
    """The stop has no such session, or not in that mode."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Séance inconnue", en="Unknown session")
    detail = Localized(
        fr="Une séance choisie n’existe pas à cette étape, ou pas sous cette forme. "
        "Rechargez le programme et choisissez de nouveau.",
        en="A session you chose does not exist at this stop, or not in that mode. "
        "Reload the programme and choose again.",
    )


class SessionByInvitation(Problem):
    """The session is open only to those its organisers invite."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séance sur invitation", en="Session by invitation")
    detail = Localized(
        fr="Cette séance n’accueille que des personnes invitées. Retirez-la de votre choix, "
        "ou écrivez à l’équipe de l’étape.",
        en="This session only takes people who were invited. Remove it from your choice, "
        "or write to the stop’s team.",
    )


class SessionListClosed(Problem):
    """The session has begun, or its list closed early."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Liste close", en="List closed")
    detail = Localized(
        fr="La liste de cette séance est close. Choisissez-en une autre.",
        en="The list of this session is closed. Choose another one.",
    )


class SessionsOverlap(Problem):
    """Two of the sessions take place at the same time."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séances simultanées", en="Sessions at the same time")
    detail = Localized(
        fr="Deux séances choisies ont lieu en même temps. Retirez-en une, ou confirmez que vous "
        "le savez (overlaps_accepted).",
        en="Two sessions you chose take place at the same time. Remove one, or confirm that you "
        "know (overlaps_accepted).",
    )


class SessionFull(Problem):
    """No seat is left and the person does not want to wait."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Séance complète", en="Session full")
    detail = Localized(
        fr="Il n’y a plus de place dans une séance choisie. Acceptez la liste d’attente "
        "(if_full: wait), ou suivez-la en ligne si elle le propose.",
        en="No seat is left in a session you chose. Accept the waiting list "
        "(if_full: wait), or attend online where it is offered.",
    )


class LinkUnknown(Problem):
    """The link opens no registration."""

    status = HTTPStatus.NOT_FOUND
    title = Localized(fr="Lien inconnu", en="Unknown link")
    detail = Localized(
        fr="Ce lien n’ouvre aucune inscription. Reprenez celui de votre dernier courriel : "
        "il tient en une seule ligne.",
        en="This link opens no registration. Take the one in your latest mail: "
        "it is a single line.",
    )


class RegistrationCancelled(Problem):
    """The registration was cancelled: its link no longer changes anything."""

    status = HTTPStatus.GONE
    title = Localized(fr="Inscription annulée", en="Registration cancelled")
    detail = Localized(
        fr="Cette inscription a été annulée. Vous pouvez vous inscrire de nouveau depuis la page "
        "de l’étape.",
        en="This registration was cancelled. You can register again from the stop’s page.",
    )


NOT_OFFERED = Localized(
    fr="Cette étape ne prend pas d’inscription ici. Son programme reste consultable.",
    en="This stop takes no registrations here. Its programme can still be read.",
)
NOT_YET = Localized(
    fr="Les inscriptions à cette étape ne sont pas encore ouvertes. Revenez à la date indiquée "
    "sur sa page.",
    en="Registration for this stop has not opened yet. Come back on the date given on its page.",
)
CLOSED = Localized(
    fr="Les inscriptions à cette étape sont closes. Écrivez à son équipe, ou choisissez une autre "
    "étape.",
    en="Registration for this stop is closed. Write to its team, or choose another stop.",
)


def overlaps(hours: Mapping[str, tuple[datetime, datetime]]) -> list[tuple[str, str]]:
    """Return each pair of sessions whose hours overlap, the earlier one first."""
    ordered = sorted(hours.items(), key=lambda item: (item[1], item[0]))
    return [
        (one, other)
        for (one, (_, end)), (other, (start, _)) in combinations(ordered, 2)
        if start < end
    ]
