"""An authenticator in software: one discoverable key, for what no browser would let a test do."""

import base64
import hashlib
import json
import secrets
import struct
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def read(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


class SoftPasskey:
    """A passkey of one person for one site (WebAuthn Level 3); what it says can be falsified."""

    def __init__(self, *, origin: str = ORIGIN, flags: int = PRESENT | VERIFIED) -> None:
        self.origin = origin
        self.flags = flags
        self.count = 0
        self.user = b""
        self.id = secrets.token_bytes(32)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer as `navigator.credentials.create()`, written by `toJSON()`."""
        assert options["authenticatorSelection"]["residentKey"] == "required"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        self.user = read(options["user"]["id"])
        point = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        told = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(key)
        data = self._data(options["rp"]["id"], WITH_KEY) + told
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._client_data("webauthn.create", options),
            attestationObject=attestation,
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer as `navigator.credentials.get()`, written by `toJSON()`."""
        assert options["userVerification"] == "required"
        self.count += 1
        data = self._data(options["rpId"])
        client_data = self._client_data("webauthn.get", options)
        signed = data + hashlib.sha256(client_data).digest()
        return self._answer(
            clientDataJSON=client_data,
            authenticatorData=data,
            signature=self._key.sign(signed, ec.ECDSA(hashes.SHA256())),
            userHandle=self.user,
        )

    def _data(self, house: str, flags: int = 0) -> bytes:
        told = struct.pack(">BI", self.flags | flags, self.count)
        return hashlib.sha256(house.encode()).digest() + told

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, **response: bytes) -> dict[str, Any]:
        return {
            "id": written(self.id),
            "rawId": written(self.id),
            "type": "public-key",
            "response": {name: written(value) for name, value in response.items()},
            "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        }
