"""Our own keys towards providers, and what is signed with them (`private_key_jwt`, RFC 7523)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from authlib.oauth2.rfc7523.assertion import sign_jwt_bearer_assertion
from authlib.oauth2.rfc7523.client import ASSERTION_TYPE
from joserfc.jwk import RSAKey

_BITS = 3072
_ALGORITHM = "RS256"
# ID-porten accepts at most two minutes.
_ASSERTION_LASTS = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of ours: the id under which the provider knows it, and its secret half."""

    kid: str
    private_pem: str = field(repr=False)


def make_key(*, kid: str) -> tuple[SigningKey, Mapping[str, Any]]:
    """Return a new key and its public half as a JWK."""
    key = _new_key({"kid": kid, "use": "sig", "alg": _ALGORITHM})
    return SigningKey(kid=kid, private_pem=key.as_pem(private=True).decode()), dict(key.as_dict(private=False))


def _new_key(parameters: dict[str, Any]) -> RSAKey:
    return RSAKey.generate_key(_BITS, cast("Any", parameters))


def proof(key: SigningKey, *, client_id: str, issuer: str, now: datetime) -> dict[str, str]:
    """
    Return the form fields that prove to a provider that we are `client_id`, for one request within a minute.

    It is made for the issuer and nobody else, so that an address that a provider gave us
    cannot carry it to another one.
    """
    assertion = sign_jwt_bearer_assertion(
        RSAKey.import_key(key.private_pem),
        issuer=client_id,
        audience=issuer,
        subject=client_id,
        issued_at=int(now.timestamp()),
        expires_at=int((now + _ASSERTION_LASTS).timestamp()),
        header={"alg": _ALGORITHM, "kid": key.kid, "typ": "JWT"},
        claims={"jti": secrets.token_urlsafe(24)},
    )
    return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": str(assertion)}
