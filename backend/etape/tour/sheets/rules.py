"""What a poster says: the programme of a stop or of one room, day by day, and codes to scan."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from etape.core.dates import day_text, hour_text
from etape.core.printing import scannable, shortened
from etape.core.texts import Language, Localized
from etape.tour.sessions.schemas import Part, SessionRead, Status
from etape.tour.stops.rules import OFF, day_of, in_time
from etape.tour.stops.schemas import StopRead

VERSIONS = (
    *((size, 1000) for size in (17, 15, 13, 11.5, 10, 9)),
    *((9, rows) for rows in (40, 30, 20, 12, 6, 3)),
)
"""How large the programme is set, and of how many lines: the first of these with which it fits."""
TITLE_AT_MOST = 160
DOCUMENTS_AT_MOST = 3

_PARTS = {
    Part.MORNING: Localized(fr="matin", en="morning"),
    Part.AFTERNOON: Localized(fr="après-midi", en="afternoon"),
    Part.EVENING: Localized(fr="soir", en="evening"),
}
_NO_DAY = Localized(fr="Jour non précisé", en="Day not stated")
_NO_PROGRAMME = Localized(
    fr="Le programme n’est pas encore connu.", en="The programme is not known yet."
)
_INVENTED = Localized(
    fr="Étape fictive, pour l’exemple : elle n’aura pas lieu.",
    en="A made-up stop, as an example: it will not take place.",
)
_PAGE = Localized(fr="Le programme, à jour", en="The programme, up to date")
_MORE = Localized(fr="La suite est sur la page : {}", en="The rest is on the page: {}")


def of_room(stop: StopRead, session: SessionRead) -> list[SessionRead]:
    """Return what happens in the room of a session on its day; where none is stated, it alone."""
    if session.room is None:
        return [session]
    venue, day = session.venue, day_of(session, stop.zone)
    return [
        each
        for each in stop.sessions
        if (each.room, each.venue, day_of(each, stop.zone)) == (session.room, venue, day)
    ]


def poster_of(stop: StopRead, session: SessionRead | None, language: Language) -> Mapping[str, Any]:
    """Return what the template sets: a programme in versions, the largest first."""

    def say(text: Localized) -> str:
        return text.in_language(language)

    shown = in_time(of_room(stop, session) if session else stop.sessions, stop.zone)
    rows = list(_rows(stop, shown, language, with_place=session is None))
    room = place_of(session) if session else ""
    off = OFF.get(stop.status)
    warnings = [
        say(off).format(say(stop.status_reason or stop.name)) if off else None,
        say(_INVENTED) if stop.fictitious else None,
    ]
    return {
        "kicker": shortened(say(stop.name if room else stop.tour.name), TITLE_AT_MOST),
        "name": shortened(room or say(stop.name), TITLE_AT_MOST),
        "days": " · ".join(day_text(each.on, language) for each in stop.days[:4]),
        "warnings": [shortened(each, 300) for each in warnings if each],
        "page": say(_PAGE),
        "documents": [
            {"title": shortened(say(each.title), 60), "qr": scannable(each.url)}
            for held in shown
            for each in held.documents
            if each.url
        ][:DOCUMENTS_AT_MOST],
        "none": say(_NO_PROGRAMME),
        "versions": [
            {
                "size": size,
                "days": _by_day(rows[:most]),
                "more": say(_MORE).format(len(rows) - most) if len(rows) > most else None,
            }
            for size, most in VERSIONS
        ],
    }


def place_of(session: SessionRead) -> str:
    """Return where a session is, as people look for it: its room, then its venue."""
    venue = session.venue
    named = (venue.name or venue.city or venue.area) if venue else None
    return ", ".join(filter(None, (session.room, named)))


def _rows(
    stop: StopRead, sessions: Sequence[SessionRead], language: Language, *, with_place: bool
) -> Iterable[Mapping[str, Any]]:
    zone = ZoneInfo(stop.zone)
    for each in sessions:
        day = day_of(each, stop.zone)
        hours = [hour_text(at.astimezone(zone), language) for at in _hours(each)]
        part = _PARTS[each.part].in_language(language) if each.part else ""
        title = shortened(each.title.in_language(language), TITLE_AT_MOST)
        off = OFF.get(each.status)
        yield {
            "day": _day(day, language),
            "when": " – ".join(hours) or part,
            "title": off.in_language(language).format(title) if off else title,
            "off": each.status is not Status.SCHEDULED,
            "place": shortened(place_of(each), 100) if with_place else "",
        }


def _hours(session: SessionRead) -> list[datetime]:
    return [at for at in (session.starts_at, session.ends_at) if at]


def _day(day: date | None, language: Language) -> str:
    return day_text(day, language) if day else _NO_DAY.in_language(language)


def _by_day(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [
        {"title": title, "rows": list(held)}
        for title, held in groupby(rows, key=lambda row: row["day"])
    ]
