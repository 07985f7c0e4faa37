"""
Whether a provider's answer may be believed: checks on values, in the order they must be made.

A sign-in is sent out with a state, a nonce and a PKCE challenge. What comes back is held
against them here: first the answer in the browser's address (`check_answer`), then the
header of the ID token (`check_header`), and, when its signature has been verified, what it
says (`check_claims`). Each refuses with one reason. Sources: OpenID Connect Core 1.0
§ 3.1.3.7, RFC 9207, ID-porten's documentation, ASVS 5.0 chapters 9 and 10.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from medspiller.access.domain import assurance
from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused

# How far apart the provider's clock and ours may be, for `iat`, `nbf` and `exp`.
CLOCK_SKEW = timedelta(minutes=5)
# How long a person may take at the provider.
ATTEMPT_LASTS = timedelta(minutes=10)
# What lies between showing who one is and the token, beyond the time that the attempt took.
_FRESH_GRACE = timedelta(seconds=10)

# Signatures by a key that only the provider has. Never `none`, and never one that our own values could make.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
# ID tokens say JWT or nothing; other types are other tokens, for other uses.
_TYPES = (None, "JWT", "jwt")
_LONGEST = 255
_NEVER_SENT_TWICE = ("state", "code", "iss", "error")


@dataclass(frozen=True, slots=True)
class Expected:
    """
    What an ID token must say.

    `begun_at` is when the sign-in was sent out. `fresh` asks that the person showed who they
    are after that, as a sensitive step does.
    """

    issuer: str
    client_id: str
    nonce: str
    begun_at: datetime
    acr_values: tuple[str, ...] = ()
    amr_values: tuple[str, ...] = ()
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """
    Who the provider says this is, and how surely.

    `auth_time` is when they showed it; None where the provider does not tell. `sid` is the
    provider's name for its session. `pid` is a person number, unchecked.
    """

    issuer: str
    subject: str
    acr: str
    amr: tuple[str, ...]
    auth_time: datetime | None
    sid: str
    pid: str
    name: str
    email: str


def check_answer(answer: Mapping[str, Sequence[str]], *, issuer: str, says_issuer: bool) -> str:
    """
    Return the code of an answer that came back in the address, if it is from `issuer`.

    `answer` maps each parameter to all its values. Who answers is checked before what is
    answered: a refusal by somebody else is not the person's (RFC 9207 § 2.4).

    :raises SignInRefused: WRONG_ISSUER, CANCELLED, UNREACHABLE, NONSENSE or MALFORMED.
    """
    if any(len(answer.get(name, ())) > 1 for name in _NEVER_SENT_TWICE):
        raise SignInRefused(Reason.MALFORMED)
    named = answer.get("iss")
    if (says_issuer and not named) or (named and named[0] != issuer):
        raise SignInRefused(Reason.WRONG_ISSUER)
    error = answer.get("error")
    if error:
        raise SignInRefused(_reason_of(error[0]))
    code = answer.get("code")
    if not code or not code[0]:
        raise SignInRefused(Reason.MALFORMED)
    return code[0]


def _reason_of(error: str) -> Reason:
    if error == "access_denied":
        return Reason.CANCELLED
    return Reason.UNREACHABLE if error in {"server_error", "temporarily_unavailable"} else Reason.NONSENSE


def check_header(header: Mapping[str, Any]) -> str:
    """
    Return the id of the key that a token says it is signed with; empty if it names none.

    Keys come from the provider's own published set only: `jku`, `x5u` and `jwk` in a header
    are never followed (ASVS 9.1.3).

    :raises SignInRefused: WRONG_ALGORITHM, WRONG_TYPE or MALFORMED.
    """
    if header.get("alg") not in ALGORITHMS:
        raise SignInRefused(Reason.WRONG_ALGORITHM)
    if header.get("typ") not in _TYPES:
        raise SignInRefused(Reason.WRONG_TYPE)
    key_id = header.get("kid", "")
    if not isinstance(key_id, str) or "crit" in header:
        raise SignInRefused(Reason.MALFORMED)
    return key_id


def check_claims(claims: Mapping[str, Any], *, expected: Expected, now: datetime) -> Identity:
    """
    Return whom an ID token, whose signature has been verified, is about.

    :raises SignInRefused: with the first thing that is wrong.
    """
    if claims.get("iss") != expected.issuer:
        raise SignInRefused(Reason.WRONG_ISSUER)
    _check_audience(claims, expected.client_id)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise SignInRefused(Reason.WRONG_NONCE)
    issued_at = _check_times(claims, expected=expected, now=now)
    identity = _identity(claims)
    if not (
        assurance.acr_suffices(identity.acr, wanted=expected.acr_values)
        and assurance.amr_suffices(identity.amr, wanted=expected.amr_values)
    ):
        raise SignInRefused(Reason.TOO_WEAK)
    if expected.fresh:
        _check_fresh(identity.auth_time, issued_at=issued_at, took=now - expected.begun_at)
    return identity


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    """A token for us and somebody else is not for us alone: that one could have sent it on (ASVS 10.5.4)."""
    if claims.get("aud") not in (client_id, [client_id]) or claims.get("azp", client_id) != client_id:
        raise SignInRefused(Reason.WRONG_AUDIENCE)


def _check_times(claims: Mapping[str, Any], *, expected: Expected, now: datetime) -> datetime:
    expires_at, issued_at = _moment(claims, "exp"), _moment(claims, "iat")
    if expires_at is None or issued_at is None:
        raise SignInRefused(Reason.MALFORMED)
    if expires_at + CLOCK_SKEW <= now:
        raise SignInRefused(Reason.TOKEN_EXPIRED)
    not_before = _moment(claims, "nbf") or issued_at
    too_early = issued_at < expected.begun_at - CLOCK_SKEW
    if too_early or max(issued_at, not_before) > now + CLOCK_SKEW:
        raise SignInRefused(Reason.CLOCKS_APART)
    return issued_at


def _check_fresh(auth_time: datetime | None, *, issued_at: datetime, took: timedelta) -> None:
    """
    Refuse a proof that is older than the question.

    Both moments are by the provider's own clock, so that it does not matter how it goes.
    """
    if auth_time is None or issued_at - auth_time > took + _FRESH_GRACE:
        raise SignInRefused(Reason.NOT_FRESH)


def _identity(claims: Mapping[str, Any]) -> Identity:
    subject = _text(claims, "sub")
    if not subject:
        raise SignInRefused(Reason.MALFORMED)
    amr = claims.get("amr", [])
    # ID-porten's own example has one method as a plain text.
    methods = [amr] if isinstance(amr, str) else amr
    if not isinstance(methods, list) or not all(isinstance(method, str) for method in methods):
        raise SignInRefused(Reason.MALFORMED)
    return Identity(
        issuer=_text(claims, "iss"),
        subject=subject,
        acr=_text(claims, "acr"),
        amr=tuple(methods),
        auth_time=_moment(claims, "auth_time"),
        sid=_text(claims, "sid"),
        pid=_text(claims, "pid"),
        name=_text(claims, "name"),
        email=_text(claims, "email"),
    )


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str) or len(value) > _LONGEST or "\x00" in value:
        raise SignInRefused(Reason.MALFORMED)
    return value


def _moment(claims: Mapping[str, Any], name: str) -> datetime | None:
    """Return a moment written as seconds since 1970 (RFC 7519 § 2); None if it is absent."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SignInRefused(Reason.MALFORMED)
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        raise SignInRefused(Reason.MALFORMED) from None
