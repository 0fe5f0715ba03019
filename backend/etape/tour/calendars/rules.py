"""How a calendar says a day of a stop."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from etape.core.calendar import Milestone
from etape.core.dates import hour_text
from etape.core.moments import Moment
from etape.core.texts import Language, Localized
from etape.tour.sessions.schemas import SessionRead, Status
from etape.tour.stops.rules import OFF, day_of, in_time
from etape.tour.stops.tables import Stop

_INVENTED = Localized(fr="Étape fictive, pour l’exemple.", en="A made-up stop, as an example.")


def milestones_of(
    stop: Stop,
    sessions: Sequence[SessionRead],
    *,
    cities: Sequence[str],
    url: str,
    language: Language,
) -> Iterator[Milestone]:
    """Yield each day of a stop as a calendar holds it: its hours where they are known.

    Its identity is the stop's and the day's rank, so it moves when the day does; its sequence is
    the stop's version, which every publication raises. One that will not be is struck out.
    """

    def say(text: Localized) -> str:
        return text.in_language(language)

    off = OFF.get(Status(stop.status))
    name = say(stop.name)
    sessions = in_time((e for e in sessions if e.status is Status.SCHEDULED), stop.zone)
    for rank, day in enumerate(stop.days, 1):
        held = [each for each in sessions if day_of(each, stop.zone) == day.on]
        starts = [each.starts_at for each in held if each.starts_at]
        lines = [
            say(stop.status_reason) if off and stop.status_reason else None,
            say(day.theme) if day.theme else None,
            *(_programmed(each, stop.zone, language) for each in held),
            say(_INVENTED) if stop.fictitious else None,
            url,
        ]
        yield Milestone(
            uid=f"{stop.id}-{rank}",
            sequence=stop.version,
            changed_at=stop.updated_at,
            moment=_moment(day.on, starts, stop.zone),
            ends=max((each.ends_at for each in held if each.ends_at), default=None),
            summary=say(off).format(name) if off else name,
            location=", ".join(cities),
            description="\n".join(filter(None, lines)),
            url=url,
            is_off=off is not None,
        )


def _moment(day: date, starts: Sequence[datetime], zone: str) -> Moment:
    told = {"at": min(starts)} if starts else {"on": day}
    return Moment.model_validate({**told, "zone": zone})


def _programmed(session: SessionRead, zone: str, language: Language) -> str:
    title = session.title.in_language(language)
    if session.starts_at is None:
        return title
    return f"{hour_text(session.starts_at.astimezone(ZoneInfo(zone)), language)} {title}"
