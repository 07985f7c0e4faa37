"""What a provider says of itself, and whether it can be believed (OpenID Connect Discovery 1.0, RFC 8414)."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from medspiller.access.domain import pkce
from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Metadata:
    """
    The addresses of a provider, checked.

    `par_endpoint` and `end_session_endpoint` are empty where it offers neither. `says_issuer`
    is its promise to name itself in every answer (RFC 9207).
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    par_endpoint: str
    end_session_endpoint: str
    says_issuer: bool


def read(document: Mapping[str, Any], *, issuer: str, may_be_unencrypted: bool) -> Metadata:
    """
    Return what a discovery document says, if it is this issuer's and fits how we sign in.

    The issuer must be the very one that was registered: another one's document would let it
    take that one's place (ASVS 10.5.3). Addresses must be https; `may_be_unencrypted` lets
    a development machine talk to itself.

    :raises SignInRefused: WRONG_ISSUER, or NONSENSE for everything else.
    """
    if document.get("issuer") != issuer:
        raise SignInRefused(Reason.WRONG_ISSUER)
    methods = document.get("code_challenge_methods_supported", [pkce.METHOD])
    kinds = document.get("response_types_supported", ["code"])
    if (
        not isinstance(methods, list)
        or pkce.METHOD not in methods
        or not isinstance(kinds, list)
        or "code" not in kinds
    ):
        raise SignInRefused(Reason.NONSENSE)

    def address(name: str, *, needed: bool = True) -> str:
        value = document.get(name, "")
        if not needed and not value:
            return ""
        if not isinstance(value, str) or not is_address(value, may_be_unencrypted=may_be_unencrypted):
            raise SignInRefused(Reason.NONSENSE)
        return value

    return Metadata(
        issuer=issuer,
        authorization_endpoint=address("authorization_endpoint"),
        token_endpoint=address("token_endpoint"),
        jwks_uri=address("jwks_uri"),
        par_endpoint=address("pushed_authorization_request_endpoint", needed=False),
        end_session_endpoint=address("end_session_endpoint", needed=False),
        says_issuer=document.get("authorization_response_iss_parameter_supported") is True,
    )


def is_address(address: str, *, may_be_unencrypted: bool) -> bool:
    """Say whether something is an address that a provider can have: https, with no user name and no fragment."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        parts.port  # noqa: B018 - raises if it is no number
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment or any(char <= " " for char in address):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and may_be_unencrypted and _is_this_machine(host))


def origin(address: str) -> str:
    """Return scheme, host and port of an address, as content policies name a site."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
