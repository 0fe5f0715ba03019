"""What a key and its mailed links are made of, and when they open nothing any more."""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol
from uuid import UUID

from pydantic import SecretStr

from etape.core.access import Level, Policy
from etape.core.limits import Limit, Quota
from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.identity.members.schemas import Scope

LINK_WORKS_FOR = timedelta(hours=24)
WARNED_BEFORE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=1)
KEPT_AFTER_DEATH = timedelta(days=90)
KEYS_AT_MOST = 10
"""Keys that one address, or one member, has at once."""

KEY_ITSELF = Policy(level=Level.SIGNED_IN, scope=Scope.READ, is_for_keys=True)
"""Any key, for what it does with itself."""

ASKING_FOR_KEYS = Limit(
    network=Quota(name="api-keys", amount=30, seconds=3600),
    target=Quota(name="api-keys-address", amount=5, seconds=3600),
)

_KEY = re.compile(r"etape_([0-9a-f]{32})_[0-9a-f]{64}")
_SECRET_BYTES = 32
_ID_BYTES = 16


class Purpose(StrEnum):
    """What a mailed link does."""

    CONFIRM = "confirm"
    REVOKE = "revoke"


class Stored(Protocol):
    """What the rules need to know of a key."""

    digest: bytes | None
    expires_at: datetime
    revoked_at: datetime | None


class KeyLinkUnknown(Problem):
    """The link opens nothing: spent, too old, revoked, or cut in two by a mail program."""

    status = HTTPStatus.NOT_FOUND
    is_attempt = True
    title = Localized(fr="Lien sans effet", en="Link without effect")
    detail = Localized(
        fr="Ce lien a déjà servi, a plus de 24 heures ou n’est pas entier. "
        "Demandez une nouvelle clé : un nouveau lien viendra par courriel.",
        en="This link was used already, is more than 24 hours old or is not whole. "
        "Ask for a key again: a new link will come by mail.",
    )


class TooManyKeys(Problem):
    """The address, or the member, has as many keys as one may have."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Trop de clés", en="Too many keys")
    detail = Localized(
        fr="Vous avez déjà dix clés qui fonctionnent. Révoquez-en une, puis recommencez.",
        en="You already have ten keys that work. Revoke one, then try again.",
    )


class KeyAlreadyRotated(Problem):
    """Another key was made already to replace this one."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Clé déjà remplacée", en="Key already rotated")
    detail = Localized(
        fr="Une clé a déjà été créée pour remplacer celle-ci : continuez avec elle.",
        en="A key was already made to replace this one: go on with it.",
    )


def new_key(key_id: UUID) -> str:
    """Return a key: its public part, and 256 bits that nobody can guess.

    Its form is one that scanners of published code recognise: `etape_`, 32 and 64 hexadecimal
    digits.
    """
    return f"etape_{key_id.hex}_{secrets.token_hex(_SECRET_BYTES)}"


def id_of(key: str) -> UUID | None:
    """Return which key this claims to be; None where it cannot be one."""
    parts = _KEY.fullmatch(key)
    return UUID(parts[1]) if parts else None


def digest_of(key: str) -> bytes:
    """Return what is stored of a key."""
    return hashlib.sha256(key.encode()).digest()


def is_alive(stored: Stored, *, now: datetime) -> bool:
    """Whether a key works: proved, not revoked, not expired."""
    return stored.digest is not None and stored.revoked_at is None and now < stored.expires_at


def link_token(key_id: UUID, salt: bytes, purpose: Purpose, *, secret: SecretStr) -> str:
    """Return the secret of a mailed link: 256 bits behind the key's number, never stored."""
    message = f"api key, {purpose} ".encode() + key_id.bytes + salt
    sealed = hmac.digest(secret.get_secret_value().encode(), message, hashlib.sha256)
    return base64.urlsafe_b64encode(key_id.bytes + sealed).decode()


def linked_id(token: str) -> UUID | None:
    """Return which key a link's secret claims to be for; None where it cannot be one."""
    try:
        content = base64.urlsafe_b64decode(token)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=content[:_ID_BYTES]) if len(content) > _ID_BYTES else None
