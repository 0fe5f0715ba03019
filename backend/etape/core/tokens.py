"""Secrets that open something: given once or mailed, stored hashed, never in a log nor in a job.

A mailed one is derived when its letter is written, so that nothing stored can be turned into it.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from uuid import UUID

from pydantic import SecretStr

_BYTES = 32
SALT_BYTES = 16
LENGTH = 43
"""Characters of a token: 256 bits in base64url."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without the letters that are taken for a digit, and without U."""

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def new_token() -> str:
    """Return a new secret of 256 random bits."""
    return secrets.token_urlsafe(_BYTES)


def new_salt() -> bytes:
    """Return what makes a derived secret unlike any other of the same row."""
    return secrets.token_bytes(SALT_BYTES)


def digest_of(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def _derived(purpose: str, subject_id: UUID, salt: bytes, secret: SecretStr) -> bytes:
    key = secret.get_secret_value().encode()
    return hmac.new(key, purpose.encode() + subject_id.bytes + salt, hashlib.sha256).digest()


def derived_token(purpose: str, subject_id: UUID, salt: bytes, *, secret: SecretStr) -> str:
    """Return the secret of a mailed link: 256 bits, the same each time it is mailed."""
    sealed = _derived(purpose, subject_id, salt, secret)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def derived_code(
    purpose: str, subject_id: UUID, salt: bytes, *, length: int, secret: SecretStr
) -> str:
    """Return a secret to be typed, five bits a character; whoever checks it counts attempts."""
    sealed = _derived(purpose, subject_id, salt, secret)
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in sealed[:length])


def made_before(digest: bytes, make: Callable[..., str], *, keys: Sequence[SecretStr]) -> str:
    """Return the derived secret that a digest is of, made as `make(secret=…)` by one of the keys.

    What none of them made, the first makes: it opens nothing.
    """
    found = [make(secret=key) for key in keys]
    return next((each for each in found if digest_of(each) == digest), found[0])


def new_code(length: int) -> str:
    """Return a random secret to be typed, five bits a character."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def in_groups(code: str) -> str:
    """Return a code as it is read aloud: four characters at a time."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def as_typed(code: str) -> str:
    """Return a code as it was made, whatever case, spaces and look-alikes it was typed with."""
    return code.upper().translate(_MISREAD)


def are_equal(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
