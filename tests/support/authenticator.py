"""A passkey in software, as a browser and a phone together would answer (WebAuthn level 2), and an app for codes."""

import hashlib
import hmac
import json
import os
import struct
from base64 import b32decode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def code_at(secret: str, moment: datetime) -> str:
    """Return the six digits an app shows at a moment, computed as RFC 6238 says and not by our own code."""
    counter = struct.pack(">Q", int(moment.timestamp()) // 30)
    digest = hmac.new(b32decode(secret.replace(" ", "")), counter, hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    (value,) = struct.unpack(">I", digest[at : at + 4])
    return f"{(value & 0x7FFFFFFF) % 1_000_000:06d}"


@dataclass
class Authenticator:
    """One passkey on one device. What it says can be bent, to see that it is refused."""

    origin: str = "http://localhost"
    user_verified: bool = True
    counts: bool = False
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    user_handle: bytes = b""
    uses: int = 0

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer a question for a new passkey."""
        asked = options["publicKey"]
        self.user_handle = websafe_decode(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + public
        data = self._data(asked["rp"]["id"], ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked["challenge"])
        return self._credential({"clientDataJSON": client, "attestationObject": attestation})

    def show(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer a question for a passkey."""
        asked = options["publicKey"]
        self.uses += self.counts
        data, client = self._data(asked["rpId"], 0), self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + sha256(client), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": client,
                "authenticatorData": data,
                "signature": signature,
                "userHandle": self.user_handle,
            }
        )

    def _data(self, rp_id: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.user_verified else 0)
        return sha256(rp_id.encode()) + bytes([flags]) + struct.pack(">I", self.uses)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: dict[str, bytes]) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.credential_id),
            "rawId": websafe_encode(self.credential_id),
            "type": "public-key",
            "response": {name: websafe_encode(value) for name, value in response.items()},
            "clientExtensionResults": {},
        }
