"""What a privacy notice must hold before anybody can register, and what is said until it does."""

import hashlib
from http import HTTPStatus

from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.tour.notices.schemas import Notice

NINE = (
    "controller",
    "protection_officer",
    "purposes",
    "legal_basis",
    "recipients",
    "retention",
    "rights",
    "complaint",
    "obligation",
)
_VERSION_LENGTH = 12


class NoticeIncomplete(Problem):
    """The privacy notice lacks an item: nobody can register yet. `missing` names them."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Notice d’information incomplète", en="The privacy notice is not complete")

    def __init__(self, missing: list[str]) -> None:
        names = ", ".join(missing)
        super().__init__(
            Localized(
                fr="Les inscriptions n’ouvrent pas tant que la notice d’information sur les "
                f"données n’est pas complète. À l’équipe : il y manque {names}.",
                en="Registration does not open until the privacy notice is complete. To the "
                f"team: it lacks {names}.",
            ),
            missing=missing,
        )


class ConsentNeeded(Problem):
    """The person did not say that they read the notice, or read another one than today's."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Notice à lire", en="Notice to read")
    detail = Localized(
        fr="Lisez la notice d’information sur vos données, puis cochez que vous l’avez lue.",
        en="Read the privacy notice, then tick that you have read it.",
    )


def missing_items(notice: Notice) -> list[str]:
    """Return the items of the nine that are empty, in their order."""
    return [name for name in NINE if getattr(notice, name) is None]


def version_of(notice: Notice) -> str:
    """Return the version of these words: the beginning of their hash, so that none is forgotten."""
    return hashlib.sha256(notice.model_dump_json().encode()).hexdigest()[:_VERSION_LENGTH]
