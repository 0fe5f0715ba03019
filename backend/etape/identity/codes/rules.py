"""How long a mailed code lives, how often it may be missed, and what is said when it opens nothing.

A wrong code, an expired one, a spent one and one that never was get the same answer.
"""

from datetime import timedelta
from http import HTTPStatus

from etape.core.limits import Limit, Quota
from etape.core.problems import Problem
from etape.core.texts import Localized

LIVES = timedelta(minutes=10)
ATTEMPTS_AT_MOST = 5
CODE_LENGTH = 8
"""Forty bits: five guesses find one in two hundred thousand million."""

SIGNING_IN = Limit(
    network=Quota(name="sign-in", amount=60, seconds=600),
    target=Quota(name="sign-in-address", amount=10, seconds=3600),
)
"""A whole team of one office signs in; nobody's mailbox is filled. A passkey asks for no mail."""

PROVING = Limit(network=Quota(name="proofs", amount=60, seconds=600))
"""What shows a code or a passkey; each code also has its own few attempts."""


class CodeRefused(Problem):
    """The code or the link opens nothing, or nothing any more. The attempt is counted."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(fr="Code refusé", en="Code refused")
    detail = Localized(
        fr="Ce code ou ce lien n’ouvre rien : il vit dix minutes, ne sert qu’une fois et n’ouvre "
        "que le navigateur qui l’a demandé. Vérifiez-le, ou demandez-en un autre.",
        en="This code or link opens nothing: it lives ten minutes, serves once, and only opens "
        "the browser that asked for it. Check it, or ask for another one.",
    )
    keeps_work = True


class AskedElsewhere(Problem):
    """This browser did not ask for a code: whatever it shows, it is not let in."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Demandé ailleurs", en="Asked elsewhere")
    detail = Localized(
        fr="Ce navigateur n’a pas demandé de code. Revenez à celui où vous l’avez demandé et "
        "tapez-y le code du courriel, ou demandez-en un d’ici.",
        en="This browser did not ask for a code. Go back to the one where you asked and type the "
        "code of the mail there, or ask for one from here.",
    )
