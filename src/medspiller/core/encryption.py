"""
Encrypted columns and keyed hashes, on AES-256-GCM and HMAC-SHA-256 from `cryptography`.

A ciphertext carries the id of its key, so keys can be changed one at a time, and is bound
to the column it stands in: copied elsewhere it does not open. Looking up an encrypted
value goes through a keyed hash beside it, which tells nothing without the key.
"""

import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

_NONCE_BYTES = 12


class NoSuchKey(LookupError):
    """A value was encrypted with a key that this process has not been given."""


class NotOurs(ValueError):
    """A ciphertext was changed, or stands in another place than it was made for."""


def encrypt(text: str, *, place: str) -> bytes:
    """Return `text` encrypted with the newest key, bound to `place`."""
    key_id, key = next(iter(settings.ENCRYPTION_KEYS.items()))
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), place.encode())
    return b"\x01" + bytes([len(key_id)]) + key_id.encode() + nonce + sealed


def decrypt(value: bytes, *, place: str) -> str:
    """
    Return the text that `encrypt` sealed for the same place.

    :raises NoSuchKey: if its key is not among the settings'.
    :raises NotOurs: if it was changed or belongs elsewhere.
    """
    value = bytes(value)
    length = value[1]
    key_id, rest = value[2 : 2 + length].decode(), value[2 + length :]
    if key_id not in settings.ENCRYPTION_KEYS:
        raise NoSuchKey(key_id)
    try:
        opened = AESGCM(settings.ENCRYPTION_KEYS[key_id]).decrypt(
            rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode()
        )
    except InvalidTag:
        raise NotOurs(place) from None
    return opened.decode()


def keyed_hash(text: str, *, purpose: str) -> bytes:
    """Return 32 bytes by which equal texts are found within one purpose, and nothing else is learnt."""
    return hmac.new(settings.LOOKUP_KEY, f"{purpose}\x00{text}".encode(), hashlib.sha256).digest()


def seal_with(secret: str, text: str, *, place: str) -> bytes:
    """
    Return `text` encrypted with a key made of a secret that is kept nowhere, bound to `place`.

    Not for passwords: the secret must be random and at least 128 bits long, since guessing it is all that protects.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_key_of(secret, place)).encrypt(nonce, text.encode(), place.encode())


def open_with(secret: str, value: bytes, *, place: str) -> str:
    """
    Return the text that `seal_with` sealed with the same secret for the same place.

    :raises NotOurs: if it was changed, belongs elsewhere or was sealed with another secret.
    """
    value = bytes(value)
    try:
        opened = AESGCM(_key_of(secret, place)).decrypt(value[:_NONCE_BYTES], value[_NONCE_BYTES:], place.encode())
    except InvalidTag:
        raise NotOurs(place) from None
    return opened.decode()


def _key_of(secret: str, place: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=place.encode()).derive(secret.encode())


class EncryptedText(models.BinaryField):
    """A text that is encrypted in the database and plain in Python. It cannot be searched or sorted."""

    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypt(value, place=self._place())

    def from_db_value(self, value: Any, *_: object) -> Any:
        return None if value is None else decrypt(value, place=self._place())

    def to_python(self, value: Any) -> Any:
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
