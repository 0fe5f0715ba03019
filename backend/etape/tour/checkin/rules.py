"""Tickets, what they open, and what a scan comes to. Nothing here reads a clock or a database.

A ticket is a registration and its stop, signed (Ed25519, which is deterministic): the same at each
print, made again by any process, checked by a device that knows the public key and nothing else.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from etape.tour.checkin.schemas import ScanOutcome, SealedPerson, SeatAtDoor, TicketKey
from etape.tour.seats.schemas import SeatStatus
from etape.tour.sessions.schemas import Mode

VERSION = b"\x01"
_SIGNED = struct.Struct("1s4s16s4s")
"""What is signed: the version, the key, the registration, the mark of the stop."""

_MARK_BYTES = 4
_SIGNATURE_BYTES = 64
_NONCE_BYTES = 12
ENTRIES = frozenset({ScanOutcome.ADMITTED, ScanOutcome.ALREADY_IN})
"""Outcomes of somebody who went in."""


def stop_tag(stop: str) -> bytes:
    """Return the mark by which a ticket names its stop, known by its slug."""
    return hashlib.sha256(b"stop" + stop.encode()).digest()[:_MARK_BYTES]


def _signer(secret: SecretStr) -> Ed25519PrivateKey:
    told = secret.get_secret_value().encode()
    seed = hmac.new(told, b"ticket signing key", hashlib.sha256).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def _key_id(signer: Ed25519PrivateKey) -> bytes:
    public = signer.public_key().public_bytes_raw()
    return hashlib.sha256(public).digest()[:_MARK_BYTES]


def public_keys(keys: Sequence[SecretStr]) -> list[TicketKey]:
    """Return what devices check tickets with: today's key, and the one before it."""
    signers = [_signer(key) for key in keys]
    return [
        TicketKey(
            id=_key_id(signer).hex(), public=_base64url(signer.public_key().public_bytes_raw())
        )
        for signer in signers
    ]


def ticket_of(registration_id: UUID, stop: str, *, secret: SecretStr) -> bytes:
    """Return the ticket of a registration."""
    signer = _signer(secret)
    signed = _SIGNED.pack(VERSION, _key_id(signer), registration_id.bytes, stop_tag(stop))
    return signed + signer.sign(signed)


def code_of(ticket: bytes) -> str:
    """Return a ticket as its QR code holds it: base32, which QR codes write densely."""
    return base64.b32encode(ticket).decode().rstrip("=")


def bytes_of(code: str) -> bytes | None:
    """Return the bytes of a code, in whatever case and with whatever spaces it was typed."""
    folded = "".join(code.split()).upper()
    try:
        return base64.b32decode(folded + "=" * (-len(folded) % 8))
    except (binascii.Error, ValueError):
        return None


def registration_in(code: str, *, keys: Sequence[SecretStr]) -> UUID | None:
    """Return whose ticket a code is, if one of the keys signed it."""
    read = bytes_of(code)
    if read is None or len(read) != _SIGNED.size + _SIGNATURE_BYTES:
        return None
    signed, signature = read[: _SIGNED.size], read[_SIGNED.size :]
    version, key_id, whose, _ = _SIGNED.unpack(signed)
    for signer in map(_signer, keys):
        if version == VERSION and _key_id(signer) == key_id:
            try:
                signer.public_key().verify(signature, signed)
            except InvalidSignature:
                return None
            return UUID(bytes=whose)
    return None


def digest_of(code: str) -> bytes:
    """Return what is kept of something that was read."""
    return hashlib.sha256(code.encode()).digest()


def sealed_entry(ticket: bytes, person: SealedPerson) -> tuple[str, str]:
    """Return an entry of the offline list, that opens only with the ticket: its name, its value."""
    name = hashlib.sha256(b"find" + ticket).digest()[:16].hex()
    key = hashlib.sha256(b"open" + ticket).digest()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, person.model_dump_json().encode(), name.encode())
    return name, _base64url(nonce + sealed)


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def outcome_of(
    seats: Collection[SeatAtDoor], *, door: str | None, is_cancelled: bool, is_in: bool
) -> ScanOutcome:
    """Return what somebody known comes to, at the door of a session or of the whole stop.

    `is_in` says that they entered there already, that day.
    """
    if is_cancelled:
        return ScanOutcome.CANCELLED
    asked = [s for s in seats if s.mode is Mode.ON_SITE and door in {None, s.session}]
    if any(seat.status is SeatStatus.CONFIRMED for seat in asked):
        return ScanOutcome.ALREADY_IN if is_in else ScanOutcome.ADMITTED
    return ScanOutcome.WAITING if asked else ScanOutcome.NO_SEAT


def local_day(at: datetime, zone: str) -> date:
    """Return the day of an instant on the clocks of a stop."""
    return at.astimezone(ZoneInfo(zone)).date()
