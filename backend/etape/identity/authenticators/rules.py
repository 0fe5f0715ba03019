"""Codes of authenticator apps (RFC 6238, by `pyotp`), and what refuses them."""

from datetime import datetime, timedelta
from http import HTTPStatus

import pyotp
from pyotp.exceptions import OTPVerificationError

from etape.core.problems import Problem
from etape.core.texts import Localized

ISSUER = "Étape"
ENROLMENT_LIVES = timedelta(minutes=15)
RECOVERY_CODES = 10
RECOVERY_LENGTH = 16
"""Characters of five bits."""

_STEPS_AROUND = 1
"""Clocks that are half a minute wrong are let in."""


class OneTimeCodeRefused(Problem):
    """The code is not the app's, or it served already. The attempt is counted."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(fr="Code refusé", en="Code refused")
    detail = Localized(
        fr="Ce code n’est pas celui qui était attendu, ou il a déjà servi. Attendez le suivant et "
        "vérifiez l’heure de votre appareil ; après cinq refus ce navigateur est déconnecté.",
        en="This code is not the one expected, or it served already. Wait for the next one and "
        "check the clock of your device; after five refusals this browser is signed out.",
    )
    keeps_work = True


class NothingToConfirm(Problem):
    """No authenticator is being enrolled, or it waited too long."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Rien à confirmer", en="Nothing to confirm")
    detail = Localized(
        fr="Aucune application d’authentification n’attend de code. Recommencez l’enregistrement.",
        en="No authenticator app is waiting for a code. Start again.",
    )


def new_secret() -> str:
    """Return a new secret of 160 bits, in base32."""
    return pyotp.random_base32()


def url_of(secret: str, *, email: str) -> str:
    """Return what an app reads from the picture (`otpauth://`)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(code: str, secret: str, *, now: datetime) -> int | None:
    """Return the time step that a code is for, around now; None when it is for none."""
    try:
        app = pyotp.TOTP(secret)
        return app.verify_and_get_timecode(code, for_time=now, valid_window=_STEPS_AROUND)
    except OTPVerificationError:
        return None
