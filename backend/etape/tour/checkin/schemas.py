"""Checking in as spoken: what a device sends, what it is told, and what it keeps offline."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator

from etape.core.moments import Zone
from etape.core.texts import Line, Localized, Slug, Spoken, unfit
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode

BATCH = 100
FOUND_AT_MOST = 10


class Means(StrEnum):
    """How somebody was recognised."""

    TICKET = "ticket"
    NAME = "name"
    LINK = "link"
    RELEASE = "release"


class ScanOutcome(StrEnum):
    """What a scan came to, as the server saw it when it arrived."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    WAITING = "waiting"
    NO_SEAT = "no_seat"
    CANCELLED = "cancelled"
    ANOTHER_STOP = "another_stop"
    UNKNOWN = "unknown"


def _in_our_time(at: datetime) -> datetime:
    """A device whose clock is far off is believed to the century: its scan is a fact all the same.

    Nearer the ends of time, a zone would carry the instant out of what can be stored.
    """
    return min(max(at, datetime(2000, 1, 1, tzinfo=UTC)), datetime(2199, 12, 31, tzinfo=UTC))


ReadCode = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00]*$"),
    Field(description="What was read, whatever it is.", examples=["AHQZ…"]),
]


class ScanContent(Spoken):
    """Somebody at a door: a ticket that was read, or a registration that was found by its name."""

    id: UUID = Field(description="Given by the device: sent again, it is the same scan.")
    scanned_at: Annotated[
        AwareDatetime,
        AfterValidator(_in_our_time),
        Field(
            description="By the clock of the device, however late this arrives.",
            examples=["2027-01-12T09:02:11+01:00"],
        ),
    ]
    session: Slug | None = Field(
        default=None, description="The session whose door this is; null: the door of the stop."
    )
    ticket: ReadCode | None = None
    registration: UUID | None = None

    @model_validator(mode="after")
    def name_somebody(self) -> Self:
        """Refuse a scan of nobody, and one of two people."""
        if (self.ticket is None) == (self.registration is None):
            raise unfit(
                fr="Un pointage porte un billet lu ou une inscription, et un seul des deux.",
                en="A scan has a ticket that was read or a registration, and only one of them.",
            )
        return self


class ScanBatch(Spoken):
    """What a device has to tell since it last could."""

    device: UUID
    device_name: Line | None = Field(default=None, examples=["Entrée nord"])
    scans: Annotated[list[ScanContent], Field(min_length=1, max_length=BATCH)]


class SeatAtDoor(Spoken):
    """A seat of somebody at the door."""

    session: Slug
    mode: Mode
    status: SeatStatus


class EntryAtDoor(Spoken):
    """An entry at a door."""

    at: datetime
    device: str | None = Field(description="What its host calls it.")


class ScanResult(Spoken):
    """What one scan came to."""

    id: UUID
    outcome: ScanOutcome
    name: str | None
    organisation: str | None
    seats: list[SeatAtDoor]
    first: EntryAtDoor | None = Field(
        description="The earliest of the other entries there that day."
    )


class ScanResults(Spoken):
    """What each scan of a batch came to, in its order."""

    results: Annotated[list[ScanResult], Field(max_length=BATCH)]


class PersonFound(Spoken):
    """Somebody registered, found by their name."""

    registration: UUID
    name: str
    organisation: str | None
    cancelled: bool
    seats: list[SeatAtDoor]


class PeopleFound(Spoken):
    """Those whose name has the words asked for."""

    people: Annotated[list[PersonFound], Field(max_length=FOUND_AT_MOST)]


class DoorSession(Spoken):
    """A session, as hosts choose their door."""

    session: Slug
    title: Localized
    starts_at: datetime
    ends_at: datetime
    room: str | None


class DoorStop(Spoken):
    """A stop, as its hosts know it."""

    slug: Slug
    name: Localized
    zone: Zone
    fictitious: bool
    door_release_minutes: int | None = Field(
        description="Minutes after which chairs pass to who waits at the door; null: never."
    )
    sessions: list[DoorSession]


class TicketKey(Spoken):
    """A key that tickets are signed with; its secret half never leaves the server."""

    id: str = Field(description="The first four bytes of its SHA-256, in hexadecimal.")
    public: str = Field(description="The raw Ed25519 public key (RFC 8032), in base64url.")


class SealedPerson(Spoken):
    """What an entry of the offline list says, once a ticket opened it."""

    name: str
    organisation: str | None
    cancelled: bool
    seats: list[SeatAtDoor]
    entries: list["DoorEntry"]


class DoorEntry(EntryAtDoor):
    """An entry known when the list was made, and whether it was at a session's door."""

    session: Slug | None


class OfflineList(Spoken):
    """What a device keeps to check people in without a network.

    Each entry opens only with the ticket in front of the device. Its name is
    `hex(SHA-256("find" + ticket)[:16])`; its value, in base64url, a nonce of 12 bytes and what
    AES-256-GCM seals, under the key `SHA-256("open" + ticket)`, with the name as additional data.
    `ticket` is the ticket's bytes, out of its base32.
    """

    stop: DoorStop
    stop_tag: str = Field(description="The four bytes by which a ticket names its stop, in hex.")
    made_at: datetime
    keys: Annotated[list[TicketKey], Field(max_length=2)]
    entries: dict[str, str]
