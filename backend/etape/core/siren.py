"""The numbers by which France knows bodies (SIREN) and their establishments (SIRET).

Both end with a digit that Luhn's algorithm checks (ISO/IEC 7812-1, annex B), but for the
establishments of La Poste, whose digits add up to a multiple of five.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from etape.core.texts import unfit

_LA_POSTE = "356000000"


def _checked(number: str) -> str:
    if not is_siren(number):
        raise unfit(
            fr="Ce n’est pas un SIREN : sa clé de contrôle est fausse.",
            en="This is no SIREN: its check digit is wrong.",
        )
    return number


def is_siren(number: str) -> bool:
    """Whether these are the nine digits of a body."""
    return re.fullmatch(r"[0-9]{9}", number) is not None and _luhn(number) % 10 == 0


def is_siret(number: str) -> bool:
    """Whether these are the fourteen digits of an establishment of a body."""
    if not re.fullmatch(r"[0-9]{14}", number) or not is_siren(number[:9]):
        return False
    if number.startswith(_LA_POSTE) and sum(map(int, number)) % 5 == 0:
        return True
    return _luhn(number) % 10 == 0


def _luhn(number: str) -> int:
    doubled = (2 * int(digit) for digit in number[-2::-2])
    return sum(map(int, number[::-2])) + sum(sum(divmod(each, 10)) for each in doubled)


Siren = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$"), AfterValidator(_checked)]
"""The nine digits of a body."""
