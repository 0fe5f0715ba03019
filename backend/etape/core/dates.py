"""Dates and hours in words: "mardi 24 mars 2026", "12 h 30", "le 24 mars 2026 à 12 h"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from etape.core.moments import PARIS, Moment, Precision
from etape.core.texts import Language, Localized

NBSP = "\N{NO-BREAK SPACE}"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def date_text(day: date, language: Language) -> str:
    """Return a day: "24 mars 2026"; "24 March 2026"."""
    if language is Language.EN:
        return f"{day.day} {day:%B} {day.year}"
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def day_text(day: date, language: Language) -> str:
    """Return a day with its weekday: "mardi 24 mars 2026"; "Tuesday 24 March 2026"."""
    weekday = f"{day:%A}" if language is Language.EN else WEEKDAYS[day.weekday()]
    return f"{weekday} {date_text(day, language)}"


def hour_text(at: datetime, language: Language) -> str:
    """Return an hour of the day: "12 h 30"; "12:30"."""
    if language is Language.EN:
        return f"{at:%H:%M}"
    return f"{at.hour}{NBSP}h{NBSP}{at:%M}" if at.minute else f"{at.hour}{NBSP}h"


def moment_text(moment: Moment | None) -> Localized:
    """Return a moment as far as it is known, never more: "mars 2026", "après le 29 juin 2022"."""
    return Localized(fr=_moment(moment, Language.FR), en=_moment(moment, Language.EN))


def _moment(moment: Moment | None, language: Language) -> str:
    is_french = language is Language.FR
    if moment is None:
        return "une date non précisée" if is_french else "a date that is not stated"
    day = date_text(moment.on, language)
    match moment.precision:
        case Precision.YEAR:
            return str(moment.on.year)
        case Precision.MONTH:
            month = MONTHS[moment.on.month - 1] if is_french else f"{moment.on:%B}"
            return f"{month} {moment.on.year}"
        case Precision.AFTER:
            return f"après le {day}" if is_french else f"after {day}"
        case Precision.INSTANT if moment.at is not None:
            hour = hour_text(moment.at.astimezone(ZoneInfo(moment.zone)), language)
            place = "" if moment.zone == PARIS else f" ({moment.zone})"
            return f"{day} à {hour}{place}" if is_french else f"{day}, {hour}{place}"
        case _:
            return day
