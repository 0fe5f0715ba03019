"""Dates, amounts and numbers as files write them: read for certain, or said to be unclear.

Nothing is guessed. A national export once lost or swapped the days and months of nearly all its
closing dates, and nobody noticed.
"""

import re
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from etape.core.moments import PARIS, Day, Moment
from etape.core.siren import is_siren, is_siret
from etape.core.texts import Localized, fold

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_FRENCH = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_SHORT = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII
)
_SPACES = " \u00a0\u202f"
_AMOUNT = re.compile(
    rf"(\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:,(\d{{2}}))?[{_SPACES}]*€?", re.ASCII
)
_MONTHS = 12


class Unclear(ValueError):  # noqa: N818 - a state of what is written, not a mistake of ours
    """What is written cannot be read for certain; the sentence says why and what to write."""

    def __init__(self, *, fr: str, en: str) -> None:
        super().__init__(en)
        self.sentence = Localized(fr=fr, en=en)


def day_of(written: str) -> Day:
    """Return a day written YYYY-MM-DD or DD/MM/YYYY. Raises Unclear for anything else."""
    if match := _ISO.fullmatch(written):
        year, month, day = map(int, match.groups())
    elif match := _FRENCH.fullmatch(written):
        day, month, year = map(int, match.groups())
    elif _SHORT.fullmatch(written):
        raise Unclear(
            fr="L’année n’a que deux chiffres : on ne sait pas lequel des trois nombres est le "
            "jour. Écrivez AAAA-MM-JJ.",
            en="The year has two digits only: which of the three numbers is the day is unclear. "
            "Write YYYY-MM-DD.",
        )
    else:
        raise Unclear(
            fr="Cette date n’est écrite ni AAAA-MM-JJ ni JJ/MM/AAAA.",
            en="This date is written neither YYYY-MM-DD nor DD/MM/YYYY.",
        )
    if month > _MONTHS >= day:
        raise Unclear(
            fr=f"Il n’y a pas de mois {month} : le jour et le mois semblent échangés.",
            en=f"There is no month {month}: day and month seem to be swapped.",
        )
    try:
        return Day(on=date(year, month, day))
    except ValueError:
        raise Unclear(
            fr="Ce jour n’existe pas, ou est hors de 1900–2199.",
            en="There is no such day, or it is outside 1900–2199.",
        ) from None


def moment_of(written: str) -> Moment:
    """Return a day, or an instant with its zone, which is told in Paris. Raises Unclear.

    A midnight is refused: it may be the day that begins, the one that ends, or a day that a
    program wrote as an instant.
    """
    if (match := _INSTANT.fullmatch(written)) is None:
        return Moment(on=day_of(written).on)
    day_of(written[:10])
    if match[3] is None:
        raise Unclear(
            fr="Cette heure n’a pas de fuseau : écrivez +02:00 ou Z derrière, ou le jour seul.",
            en="This hour has no zone: write +02:00 or Z after it, or the day alone.",
        )
    try:
        at = datetime.fromisoformat(written)
        here = at.astimezone(ZoneInfo(PARIS))
    except ValueError:
        raise Unclear(fr="Cette heure n’existe pas.", en="There is no such hour.") from None
    if time() in {at.time(), here.time()}:
        raise Unclear(
            fr="Minuit est ambigu : on ne sait pas quel jour finit ou commence. Écrivez le jour "
            "seul, ou une autre heure.",
            en="Midnight is ambiguous: which day ends or begins is unclear. Write the day alone, "
            "or another hour.",
        )
    return Moment(on=here.date(), precision="instant", at=at)


def cents_of(written: str) -> int:
    """Return an amount such as « 21 667,00 € » in cents, exactly. Raises Unclear."""
    match = _AMOUNT.fullmatch(written)
    if match is None:
        raise Unclear(
            fr="Ce montant n’est pas écrit comme « 21 667,00 € » : deux décimales ou aucune, "
            "derrière une virgule.",
            en="This amount is not written like “21 667,00 €”: two decimals or none, after a "
            "comma.",
        )
    euros = re.sub("[^0-9]", "", match[1])
    return int(euros) * 100 + int(match[2] or 0)


def siren_of(written: str) -> tuple[str | None, Localized | None]:
    """Return the SIREN that a SIREN or a SIRET gives, and what to say of it.

    A leading zero that a spreadsheet took away is put back where the check digits prove it.
    """
    for length, is_one in ((9, is_siren), (14, is_siret)):
        if is_one(written):
            return written[:9], None
        if len(written) == length - 1 and is_one(f"0{written}"):
            return f"0{written}"[:9], Localized(
                fr="Ce numéro avait perdu son zéro initial : sa clé de contrôle le prouve.",
                en="This number had lost its leading zero: its check digit proves it.",
            )
    return None, Localized(
        fr="Ce n’est ni un SIREN ni un SIRET : le bénéficiaire est gardé sans numéro.",
        en="This is neither a SIREN nor a SIRET: the recipient is kept without a number.",
    )


def number_of(written: str) -> str:
    """Return a number that names something, as it is written. Raises Unclear."""
    if re.fullmatch("[0-9]{1,20}", written) is None:
        raise Unclear(fr="Un nombre entier est attendu.", en="A whole number is expected.")
    return written


def name_of(*words: str) -> str:
    """Return a slug made of words: their letters and digits, without accents."""
    return re.sub(r"[^a-z0-9]+", "-", fold(" ".join(words))).strip("-")


def key_of(*facts: str) -> str:
    """Return a name for what a source does not number: the same while those facts are the same."""
    return sha256("\x1f".join(facts).encode()).hexdigest()[:12]
