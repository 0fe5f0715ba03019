"""What a link opens or no longer opens, and what a calendar says of a registration.

Nothing here reads a clock or a database.
"""

import base64
import binascii
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from email.utils import parseaddr
from http import HTTPStatus
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from etape.core.calendar import Entry, Mailbox, Period
from etape.core.dates import NBSP, day_text, hour_text
from etape.core.limits import Limit, Quota
from etape.core.problems import Problem
from etape.core.settings import Settings, page_url
from etape.core.texts import Language, Localized, fold
from etape.tour.registrations.schemas import RegistrationRead, SeatRead
from etape.tour.sessions.schemas import Mode, Status, VenueRead
from etape.tour.stops.schemas import StopSummary

REGISTERING = Limit(
    network=Quota(name="registrations", amount=600, seconds=60),
    target=Quota(name="registrations-address", amount=20, seconds=3600),
)
"""Two hundred people behind one address may register in a minute, each after a try or two."""

_ID_BYTES = 16

MODES = {
    Mode.ON_SITE: Localized(fr="sur place", en="on site"),
    Mode.ONLINE: Localized(fr="en ligne", en="online"),
}
FICTITIOUS = Localized(
    fr="Étape fictive, pour l’exemple : elle n’aura pas lieu.",
    en="A fictitious stop, as an example: it will not take place.",
)
MEANWHILE = Localized(
    fr="en ligne, en attendant une place sur place", en="online, while waiting for a chair"
)


class Named(Protocol):
    """What has a name in both languages."""

    @property
    def name(self) -> Localized:
        """Its name."""
        ...


class LinkUnknown(Problem):
    """The link opens no registration."""

    status = HTTPStatus.NOT_FOUND
    is_attempt = True
    title = Localized(fr="Lien inconnu", en="Unknown link")
    detail = Localized(
        fr="Ce lien n’ouvre aucune inscription. Reprenez celui de votre dernier courriel : "
        "il tient en une seule ligne.",
        en="This link opens no registration. Take the one in your latest mail: "
        "it is a single line.",
    )


class RegistrationCancelled(Problem):
    """The registration was cancelled: its link no longer changes anything."""

    status = HTTPStatus.GONE
    title = Localized(fr="Inscription annulée", en="Registration cancelled")
    detail = Localized(
        fr="Cette inscription a été annulée. Vous pouvez vous inscrire de nouveau depuis la page "
        "de l’étape.",
        en="This registration was cancelled. You can register again from the stop’s page.",
    )


def by_session(seats: Iterable[SeatRead]) -> list[tuple[SeatRead, SeatRead | None]]:
    """Return, for each session, the seat wanted there and the one had meanwhile, if any."""
    kept: dict[str, tuple[SeatRead, SeatRead | None]] = {}
    for seat in sorted(seats, key=lambda seat: (seat.starts_at, seat.is_meanwhile)):
        wanted, _ = kept.get(seat.session, (seat, None))
        kept[seat.session] = (wanted, seat if seat is not wanted else None)
    return list(kept.values())


def entry_of(
    registration: RegistrationRead,
    seats: Iterable[SeatRead],
    *,
    registration_id: UUID,
    sequence: int,
    settings: Settings,
) -> Entry | None:
    """Return the calendar entry of these seats, one period for each day; None without a seat.

    A person shares their calendar: the entry names the stop's page, never the registration's link.
    Ranks are left out, which move without the entry being sent again.
    """
    stop, language = registration.stop, registration.language
    name, address = parseaddr(settings.mail_from)
    days: defaultdict[date, list[SeatRead]] = defaultdict(list)
    for seat in (each for each in seats if each.session_status is not Status.POSTPONED):
        days[seat.starts_at.astimezone(ZoneInfo(stop.zone)).date()].append(seat)
    if not days or stop.status is Status.POSTPONED:
        return None
    return Entry(
        uid=f"registration-{registration_id}@{settings.public_url.host}",
        sequence=sequence,
        zone=stop.zone,
        organizer=Mailbox(address=address, name=name),
        periods=tuple(
            Period(
                start=min(seat.starts_at for seat in attended),
                end=max(seat.ends_at for seat in attended),
                summary=_summary(stop, language),
                description=_description(stop, attended, language),
                location=_location(stop, attended, language),
                url=page_url(f"etapes/{stop.slug}", settings=settings, language=language),
            )
            for _, attended in sorted(days.items())
        ),
    )


def hours_text(start: datetime, end: datetime, *, zone: str, language: Language) -> str:
    """Return the hours of a session on the clocks of a zone: "de 9 h à 10 h 30"."""
    first, last = (at.astimezone(ZoneInfo(zone)) for at in (start, end))
    start_text, end_text = hour_text(first, language), hour_text(last, language)
    is_english = language is Language.EN
    return f"{start_text}–{end_text}" if is_english else f"de {start_text} à {end_text}"


def start_text(at: datetime, *, zone: str, language: Language) -> str:
    """Return when a session starts, on the clocks of a zone: "mardi 12 janvier 2027 à 9 h"."""
    local = at.astimezone(ZoneInfo(zone))
    joint = " at" if language is Language.EN else " à"
    return f"{day_text(local.date(), language)}{joint} {hour_text(local, language)}"


def place_text(venue: VenueRead | None, stop: StopSummary) -> str:
    """Return where a session takes place, on one line; the stop's cities where no more is known."""
    parts = stop.cities
    if venue is not None:
        stated = (venue.name, venue.address, venue.city or venue.area)
        parts = [part for part in stated if part is not None]
    said: list[str] = []
    for part in parts:
        if not any(part in longer for longer in said):
            said.append(part)
    return ", ".join(said)


def of_stop(stop: Named, language: Language) -> str:
    """Return its name as it follows "étape": "de Lille", "d’Amiens", "du Mans"; "in Lille"."""
    name = stop.name.in_language(language)
    if language is Language.EN:
        return f"in {name}"
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if fold(name)[0] in "aeiouy" else f"de {name}"


def join_url(registration_id: UUID, session: str, *, settings: Settings, language: Language) -> str:
    """Return the link by which somebody joins a session online, which is their check-in.

    It opens that session and nothing else, so that a letter and a calendar may hold it.
    """
    proof = _join_proof(registration_id, session, secret=settings.secret)
    token = base64.urlsafe_b64encode(registration_id.bytes + proof).rstrip(b"=").decode()
    return page_url(f"rejoindre/{session}/{token}", settings=settings, language=language)


def registration_joining(session: str, token: str, *, keys: Sequence[SecretStr]) -> UUID:
    """Return whose link to a session this is. Raises LinkUnknown."""
    try:
        read = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        registration_id = UUID(bytes=read[:_ID_BYTES])
    except (binascii.Error, ValueError):
        raise LinkUnknown from None
    proofs = [_join_proof(registration_id, session, secret=key) for key in keys]
    if not any(hmac.compare_digest(read[_ID_BYTES:], proof) for proof in proofs):
        raise LinkUnknown
    return registration_id


def _join_proof(registration_id: UUID, session: str, *, secret: SecretStr) -> bytes:
    told = b"join" + registration_id.bytes + session.encode()
    key = secret.get_secret_value().encode()
    return hmac.new(key, told, hashlib.sha256).digest()[:_ID_BYTES]


def _summary(stop: StopSummary, language: Language) -> str:
    of = of_stop(stop, language)
    said = Localized(fr=f"Étape {of}", en=f"Stop {of}").in_language(language)
    return f"{said} – {stop.title.in_language(language)}" if stop.title else said


def _description(stop: StopSummary, seats: Sequence[SeatRead], language: Language) -> str:
    lines = [stop.tour.name.in_language(language)]
    if stop.fictitious:
        lines.append(FICTITIOUS.in_language(language))
    for seat in seats:
        hours = hours_text(seat.starts_at, seat.ends_at, zone=stop.zone, language=language)
        means = MEANWHILE if seat.is_meanwhile else MODES[seat.mode]
        where = seat.room if seat.mode is Mode.ON_SITE else seat.join_url
        details = ", ".join(part for part in (means.in_language(language), where) if part)
        gap = NBSP if language is Language.FR else ""
        lines.append(f"{hours}{gap}: {seat.title.in_language(language)} ({details})")
    return "\n".join(lines)


def _location(stop: StopSummary, seats: Sequence[SeatRead], language: Language) -> str:
    places = [place_text(seat.venue, stop) for seat in seats if seat.mode is Mode.ON_SITE]
    links = [seat.join_url for seat in seats if seat.join_url]
    said = places or links or [MODES[Mode.ONLINE].in_language(language)]
    return " ; ".join(dict.fromkeys(said))
