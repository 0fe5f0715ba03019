"""How a calendar says a deadline."""

from datetime import datetime, timedelta

from etape.core.calendar import Milestone
from etape.core.dates import NBSP, moment_text
from etape.core.texts import Localized
from etape.funding.calls.rules import Reader, is_halted, wave_state
from etape.funding.calls.schemas import WaveState
from etape.funding.calls.tables import Call, Wave

SHOWN_AFTER = timedelta(days=92)
"""How long a calendar keeps what has closed."""

_CLOSES = Localized(fr=f"Clôture{NBSP}:", en="Closes:")
_WAVE = Localized(fr="vague", en="wave")
_NO_HOUR = Localized(
    fr="L’heure n’est pas précisée : par prudence, comptez sur la veille.",
    en="The hour is not stated: to be safe, count on the day before.",
)
_INVENTED = Localized(fr="Appel fictif, pour l’exemple.", en="Made up, as an example.")


def milestone_of(
    call: Call, wave: Wave, reader: Reader, *, wave_count: int, now: datetime
) -> Milestone | None:
    """Return a deadline as a calendar holds it; None where no day is known.

    Its identity is the call's and the wave's rank, so it moves when the date does; its sequence is
    the call's version, which every publication raises. One that a halt took away is struck out.
    """
    if wave.closes is None or not wave.closes.names_a_day:
        return None

    def say(text: Localized) -> str:
        return text.in_language(reader.language)

    name = say(call.name)
    which = say(wave.name) if wave.name else f"{say(_WAVE)} {wave.rank}"
    url = reader.page(call.slug)
    lines = [
        f"{say(_CLOSES)} {say(moment_text(wave.closes))}",
        *([] if wave.closes.at else [say(_NO_HOUR)]),
        *([say(wave.note)] if wave.note else []),
        *([say(_INVENTED)] if call.fictitious else []),
        url,
    ]
    return Milestone(
        uid=f"{call.id}-{wave.rank}",
        sequence=call.version,
        changed_at=call.updated_at,
        moment=wave.closes,
        summary=f"{say(_CLOSES)} {name}{f' ({which})' if wave_count > 1 else ''}",
        description="\n".join(lines),
        url=url,
        is_off=is_halted(call.halt, now=now) and wave_state(wave, now=now) is not WaveState.CLOSED,
    )
