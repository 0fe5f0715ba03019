"""What another server sends us is signed: its name, its instant and its bytes, by HMAC-SHA256.

The Standard Webhooks scheme (standardwebhooks.com), whose libraries write these three headers.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import SecretStr

TOLERANCE = timedelta(minutes=5)
"""How far its clock may be from ours: a message that was listened to is not worth sending again."""

SHORTEST_KEY = 24
_PREFIX = "whsec_"
_VERSION = "v1"


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What the headers of a message say: `v1,…` once for each secret, parted by spaces."""

    id: str
    timestamp: str
    signatures: str

    def is_good(self, body: bytes, *, secret: SecretStr, now: datetime) -> bool:
        """Whether who holds the secret sent this very body, just now."""
        if not self.timestamp.isdecimal():
            return False
        if abs(int(self.timestamp) - now.timestamp()) > TOLERANCE.total_seconds():
            return False
        said = f"{self.id}.{self.timestamp}.".encode() + body
        digest = hmac.new(key_of(secret), said, hashlib.sha256).digest()
        good = f"{_VERSION},{base64.b64encode(digest).decode()}".encode()
        given = self.signatures.encode().split()
        return any(hmac.compare_digest(good, each) for each in given)


def key_of(secret: SecretStr) -> bytes:
    """Return the key that a secret writes: `whsec_`, then base64.

    Raises ValueError for any other, and for a key of less than 192 bits.
    """
    prefix, _, written = secret.get_secret_value().partition("_")
    try:
        key = base64.b64decode(written, validate=True)
    except binascii.Error:
        key = b""
    if f"{prefix}_" != _PREFIX or len(key) < SHORTEST_KEY:
        raise ValueError("a signing secret is whsec_ and 24 bytes or more in base64")
    return key
