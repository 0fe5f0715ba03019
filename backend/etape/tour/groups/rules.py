"""What a group may not do, and what a code does not open."""

from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized

CODE_LENGTH = 12
"""Characters of a code: 60 bits, and whoever tries is counted."""

NAMELESS = "—"
"""What a group is called once its leader is erased."""


class CodeUnknown(Problem):
    """The code opens no group."""

    status = HTTPStatus.NOT_FOUND
    is_attempt = True
    title = Localized(fr="Code inconnu", en="Unknown code")
    detail = Localized(
        fr="Ce code n’ouvre aucun groupe. Relisez-le : il a douze caractères, sans O ni I.",
        en="This code opens no group. Read it again: it has twelve characters, without O or I.",
    )


class GroupComplete(Problem):
    """Every seat of the group is claimed, or fell back at its date."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Groupe complet", en="The group is complete")
    detail = Localized(
        fr="Il ne reste pas de place à prendre avec ce code. Écrivez à la personne qui vous l’a "
        "donné, ou inscrivez-vous depuis la page de l’étape.",
        en="No seat is left to claim with this code. Write to whoever gave it to you, or register "
        "from the stop’s page.",
    )


class GroupExists(Problem):
    """The registration answers for a group already."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Un groupe existe déjà", en="There is a group already")
    detail = Localized(
        fr="Vous répondez déjà d’un groupe à cette étape : fermez-le avant d’en créer un autre.",
        en="You answer for a group at this stop already: close it before you make another one.",
    )


class ClaimDateUnfit(Problem):
    """Seats could not be claimed until that date."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Date à revoir", en="Date to be changed")
    detail = Localized(
        fr="La date limite est à venir, et avant le début de la première séance.",
        en="The last date is still to come, and before the first session starts.",
    )
