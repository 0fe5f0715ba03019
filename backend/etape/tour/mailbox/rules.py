"""What a message that reached the mailbox means; whatever it holds, reading it never fails.

An answer of a calendar (RFC 5546, 3.2.3) names the entry by its UID; a report of delivery
(RFC 3464) quotes the Message-ID of our letter. Both hold the identifier of a registration, which
nobody knows but who was written to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import parseaddr
from http import HTTPStatus
from uuid import UUID

from icalendar import Calendar

from etape.core.calendar import Method
from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.tour.registrations.schemas import Bounce

_OURS = re.compile(
    r"^\s*<?registration-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[-@]", re.IGNORECASE
)
_UNDELIVERED = {"failed", "delayed"}


class MailNotSigned(Problem):
    """The message does not come from the mailbox: its signature is missing, wrong or old."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(fr="Courriel non signé", en="Mail not signed")
    detail = Localized(
        fr="La signature de ce courriel manque, est fausse ou a plus de cinq minutes. "
        "Vérifiez le secret et l’horloge de ce qui l’envoie.",
        en="The signature of this mail is missing, wrong, or older than five minutes. "
        "Check the secret and the clock of what sends it.",
    )


@dataclass(frozen=True, kw_only=True)
class Declined:
    """Somebody's calendar says that they will not come; it wrote from `sender`."""

    registration_id: UUID
    attendees: frozenset[str]
    sender: str


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """A letter of ours did not arrive, for good or for now."""

    registration_id: UUID
    bounce: Bounce


def meaning_of(source: bytes) -> Declined | Undelivered | None:
    """Return what a raw message means to us, if anything."""
    try:
        message = message_from_bytes(source)  # compat32: reads any header, and refuses none
        parts = list(message.walk())
        if message.get_content_type() == "multipart/report":
            return _report(parts)
        return _answer(message, parts)
    except RecursionError:  # parts in parts in parts: no program of mail writes that
        return None


def _report(parts: list[Message]) -> Undelivered | None:
    letter = next((found for part in parts if (found := _ours(_quoted(part)))), None)
    verdicts = [
        (str(told.get("Action", "")).strip().lower(), str(told.get("Status", "")).strip())
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for told in _blocks(part)
    ]
    failures = [each for each in verdicts if each[0] in _UNDELIVERED]
    if letter is None or not failures:
        return None
    is_hard = ("failed", "5") in {(action, status[:1]) for action, status in failures}
    return Undelivered(registration_id=letter, bounce=Bounce.HARD if is_hard else Bounce.SOFT)


def _blocks(part: Message) -> list[Message]:
    """Return the blocks of a report: one about the letter, then one for each recipient."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)]


def _quoted(part: Message) -> str:
    """Return the Message-ID that a part of a report quotes, whole or by its headers only."""
    if part.get_content_type() == "text/rfc822-headers":
        part = message_from_string(_text(part))
    return str(part.get("Message-ID", ""))


def _answer(message: Message, parts: list[Message]) -> Declined | None:
    for part in parts:
        if part.get_content_type() != "text/calendar":
            continue
        for uid, declining in _declined(_text(part)):
            if (found := _ours(uid)) is not None and declining:
                _, sender = parseaddr(str(message.get("From", "")))
                return Declined(
                    registration_id=found, attendees=declining, sender=sender.casefold()
                )
    return None


def _declined(written: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Return, for each entry that is answered, its UID and who declines it."""
    try:
        calendar = Calendar.from_ical(written)
        if str(calendar.get("METHOD", "")).upper() != Method.REPLY:
            return
        for event in calendar.walk("VEVENT"):
            named = event.get("ATTENDEE", [])
            people = named if isinstance(named, list) else [named]
            yield (
                str(event.get("UID", "")),
                frozenset(
                    str(person).casefold().removeprefix("mailto:")
                    for person in people
                    if str(person.params.get("PARTSTAT", "")).upper() == "DECLINED"
                ),
            )
    except (ValueError, KeyError, IndexError, AttributeError):  # written by any program there is
        return


def _ours(name: str) -> UUID | None:
    """Return the registration that a UID or a Message-ID of ours names."""
    found = _OURS.match(name)
    return UUID(found[1]) if found else None


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
