"""When a second factor may be enrolled or removed."""

from http import HTTPStatus

from etape.core.access import FreshProofNeeded, Level, SecondFactorNeeded
from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.identity.proofs.schemas import SecondFactors


class LastSecondFactor(Problem):
    """The mail alone would open the account."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Dernier second facteur", en="Last second factor")
    detail = Localized(
        fr="C’est votre dernier second facteur. Ajoutez-en d’abord un autre.",
        en="This is your last second factor. Add another one first.",
    )


def refuse_enrolment(level: Level, had: SecondFactors) -> None:
    """Raise unless one may enrol: the first by mail alone, another one with a fresh proof.

    Whoever reads somebody's mail would else add a passkey of theirs.
    """
    if level is Level.FRESH or not (had.passkeys or had.authenticator):
        return
    raise FreshProofNeeded if level is Level.SIGNED_IN else SecondFactorNeeded


def refuse_removing_last(had: SecondFactors) -> None:
    """Raise LastSecondFactor unless another one stays."""
    if had.passkeys + had.authenticator <= 1:
        raise LastSecondFactor
