"""A provider's public keys, and the signature of an ID token."""

import base64
import binascii
import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, RSAKey
from joserfc.jws import JWSRegistry, deserialize_compact

from medspiller.access.domain import oidc
from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused
from medspiller.core import clock

PublicKey = RSAKey | ECKey
Fetch = Callable[[], Mapping[str, Any]]

# A key that is not known may be new; asking for it is how a stranger could make us knock at the provider's door.
ASK_AGAIN_AFTER = timedelta(minutes=1)
# A key that the provider has withdrawn is forgotten after this long.
KEPT_FOR = timedelta(hours=1)
_MOST_KEYS = 100
_SHORTEST_RSA = 2048
_LONGEST_TOKEN = 32 * 1024


class KeySet:
    """The keys of one provider as far as we have seen them. Safe to be used by several threads."""

    def __init__(self, fetch: Fetch):
        self._fetch = fetch
        self._keys: dict[str, PublicKey] = {}
        self._asked_at: datetime | None = None
        self._lock = threading.Lock()

    def claims(self, token: str) -> Mapping[str, Any]:
        """
        Return what a token says, once its signature has been verified with one of the provider's keys.

        :raises SignInRefused: MALFORMED, WRONG_ALGORITHM, WRONG_TYPE, UNKNOWN_KEY, BAD_SIGNATURE,
            or why the keys could not be had.
        """
        header = _header(token)
        key = self._key(oidc.check_header(header))
        algorithm = header["alg"]
        # Other providers put words of their own into the header, which are no reason to refuse.
        registry = JWSRegistry(algorithms=[algorithm], strict_check_header=False)
        try:
            verified = deserialize_compact(token, key, registry=registry)
        except JoseError:
            raise SignInRefused(Reason.BAD_SIGNATURE) from None
        return _json_object(verified.payload)

    def _key(self, key_id: str) -> PublicKey:
        with self._lock:
            now = clock.now()
            if self._asked_at is None or now >= self._asked_at + KEPT_FOR:
                self._refresh(now)
            found = self._find(key_id)
            if found is None and self._asked_at is not None and now >= self._asked_at + ASK_AGAIN_AFTER:
                self._refresh(now)
                found = self._find(key_id)
        if found is None:
            raise SignInRefused(Reason.UNKNOWN_KEY)
        return found

    def _refresh(self, now: datetime) -> None:
        """Ask for the keys. If the provider is silent, those we have are still good; the question counts anyway."""
        try:
            self._keys = _read(self._fetch())
        except SignInRefused:
            if not self._keys:
                raise
        self._asked_at = now

    def _find(self, key_id: str) -> PublicKey | None:
        """A token need not name its key where there is only one to choose (OpenID Connect Core § 10.1)."""
        if not key_id and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(key_id) if key_id else None


def _read(document: Mapping[str, Any]) -> dict[str, PublicKey]:
    published = document.get("keys")
    if not isinstance(published, list) or len(published) > _MOST_KEYS:
        raise SignInRefused(Reason.NONSENSE)
    keys: dict[str, PublicKey] = {}
    for jwk in published:
        key = _signing_key(jwk)
        if key is not None:
            keys[str(jwk.get("kid", ""))] = key
    return keys


def _signing_key(jwk: Any) -> PublicKey | None:
    """Read one key; None for those that sign nothing, that we cannot use, or that are too short."""
    if not isinstance(jwk, dict) or jwk.get("kty") not in ("RSA", "EC") or jwk.get("use", "sig") != "sig":
        return None
    public = {name: value for name, value in jwk.items() if name in {"kty", "kid", "n", "e", "crv", "x", "y"}}
    try:
        if public["kty"] == "RSA" and _bits(public["n"]) < _SHORTEST_RSA:
            return None
        key = JWKRegistry.import_key(public)
    except (JoseError, KeyError, ValueError, TypeError, AttributeError):
        return None
    return key if isinstance(key, RSAKey | ECKey) else None


def _bits(number: str) -> int:
    """Return the length of a number that is written as in a JWK (RFC 7518 § 2)."""
    return int.from_bytes(_decoded(number)).bit_length()


def _header(token: str) -> Mapping[str, Any]:
    if len(token) > _LONGEST_TOKEN or token.count(".") != 2:
        raise SignInRefused(Reason.MALFORMED)
    try:
        return _json_object(_decoded(token.partition(".")[0]))
    except (binascii.Error, ValueError):
        raise SignInRefused(Reason.MALFORMED) from None


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _json_object(text: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise SignInRefused(Reason.MALFORMED) from None
    if not isinstance(value, dict):
        raise SignInRefused(Reason.MALFORMED)
    return value
