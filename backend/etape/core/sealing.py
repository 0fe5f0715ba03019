"""What must be read again but not by whoever holds a dump: encrypted at rest, bound to its place.

A sealed value begins with the name of its key, so that the secret can change: the first of the
`keys` seals; what a later one sealed still opens, and is sealed anew when it is next used.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

_NAME_BYTES, _NONCE_BYTES = 4, 12


class SealBroken(Exception):  # noqa: N818 - a state of what is stored, not a mistake of ours
    """No key of ours opens it, or it was altered, or it was sealed for another place."""


def _key_of(secret: SecretStr) -> tuple[bytes, bytes]:
    """Return a key and its name, which tells nothing of it."""
    told = secret.get_secret_value().encode()
    key = hmac.new(told, b"sealing key", hashlib.sha256).digest()
    return key, hashlib.sha256(b"name" + key).digest()[:_NAME_BYTES]


def seal(plain: bytes, *, place: str, keys: Sequence[SecretStr]) -> bytes:
    """Return what only `unseal` reads. `place` (a table, a row) keeps it from being moved."""
    key, name = _key_of(keys[0])
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return name + nonce + AESGCM(key).encrypt(nonce, plain, name + place.encode())


def unseal(sealed: bytes, *, place: str, keys: Sequence[SecretStr]) -> bytes:
    """Return what was sealed at this place by any of the keys. Raises SealBroken."""
    name, nonce = sealed[:_NAME_BYTES], sealed[_NAME_BYTES:][:_NONCE_BYTES]
    for key, known in map(_key_of, keys):
        if known == name:
            try:
                content = sealed[_NAME_BYTES + _NONCE_BYTES :]
                return AESGCM(key).decrypt(nonce, content, name + place.encode())
            except InvalidTag:
                break
    raise SealBroken


def is_stale(sealed: bytes, *, keys: Sequence[SecretStr]) -> bool:
    """Whether another key than the first sealed it: seal it anew."""
    return sealed[:_NAME_BYTES] != _key_of(keys[0])[1]
