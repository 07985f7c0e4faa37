"""What is asked of a provider: who it is, a request pushed ahead, and a code redeemed."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import requests
from django.conf import settings

from medspiller.access.domain import metadata as metadata_rules
from medspiller.access.domain.metadata import WELL_KNOWN, Metadata
from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused
from medspiller.access.providers import signing
from medspiller.access.providers.keys import KeySet
from medspiller.access.providers.signing import SigningKey
from medspiller.access.providers.transport import Answer, Transport
from medspiller.core import clock

_MOST_PROVIDERS = 1000


@dataclass(frozen=True, slots=True)
class Registration:
    """Who we are to a provider. `keys` are those live now, the one to try first first."""

    client_id: str
    keys: Sequence[SigningKey]


def read_metadata(document: Mapping[str, Any], *, issuer: str) -> Metadata:
    """
    Return a discovery document as checked addresses.

    :raises SignInRefused: WRONG_ISSUER or NONSENSE.
    """
    return metadata_rules.read(document, issuer=issuer, may_be_unencrypted=not settings.HTTPS)


class ProviderClient:
    """The one client of one provider in this process. Safe to be used by several threads."""

    def __init__(self) -> None:
        self._transport = Transport()
        self._key_sets: dict[str, KeySet] = {}

    def discover(self, *, issuer: str) -> Mapping[str, Any]:
        """
        Return an issuer's discovery document, when it has been checked.

        :raises SignInRefused: UNREACHABLE, NONSENSE or WRONG_ISSUER.
        """
        if not metadata_rules.is_address(issuer, may_be_unencrypted=not settings.HTTPS):
            raise SignInRefused(Reason.NONSENSE)
        document = self._transport.get(issuer.rstrip("/") + WELL_KNOWN)
        read_metadata(document, issuer=issuer)
        return document

    def authorization_address(
        self, metadata: Metadata, request: Mapping[str, str], *, registration: Registration
    ) -> str:
        """
        Return where to send the browser, with the request pushed ahead where the provider takes that (RFC 9126).

        :raises SignInRefused: UNREACHABLE, NONSENSE or KEY_REFUSED.
        """
        sent: Mapping[str, str] = {"client_id": registration.client_id, **request}
        if metadata.par_endpoint:
            answer = self._prove_and_post(
                metadata.par_endpoint, sent, issuer=metadata.issuer, registration=registration
            )
            reference = answer.document.get("request_uri")
            if answer.status not in (requests.codes.created, requests.codes.ok) or not isinstance(reference, str):
                raise SignInRefused(Reason.NONSENSE)
            sent = {"client_id": registration.client_id, "request_uri": reference}
        joint = "&" if "?" in metadata.authorization_endpoint else "?"
        return f"{metadata.authorization_endpoint}{joint}{urlencode(sent)}"

    def redeem(
        self, metadata: Metadata, *, code: str, verifier: str, redirect_uri: str, registration: Registration
    ) -> str:
        """
        Return the ID token for a code. The access token is dropped: nothing of ours uses one.

        :raises SignInRefused: UNREACHABLE, NONSENSE, KEY_REFUSED, or CODE_REFUSED when the code
            has been used before, is too old or was asked for by somebody else.
        """
        form = {
            "grant_type": "authorization_code",
            "client_id": registration.client_id,
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect_uri,
        }
        answer = self._prove_and_post(metadata.token_endpoint, form, issuer=metadata.issuer, registration=registration)
        if answer.status != requests.codes.ok:
            refused = answer.document.get("error") == "invalid_grant"
            raise SignInRefused(Reason.CODE_REFUSED if refused else Reason.NONSENSE)
        token = answer.document.get("id_token")
        if not isinstance(token, str):
            raise SignInRefused(Reason.NONSENSE)
        return token

    def verified_claims(self, metadata: Metadata, token: str) -> Mapping[str, Any]:
        """
        Return what an ID token says, its signature verified with the provider's published keys.

        :raises SignInRefused: as `KeySet.claims`.
        """
        fetch = functools.partial(self._transport.get, metadata.jwks_uri)
        return self._key_sets.setdefault(metadata.jwks_uri, KeySet(fetch)).claims(token)

    def _prove_and_post(
        self, address: str, form: Mapping[str, str], *, issuer: str, registration: Registration
    ) -> Answer:
        """
        Post with a proof by one key after the other, until the provider knows one.

        A new key is live here before the provider has read it, and an old one after it has
        been taken away there; neither moment may stop anybody.
        """
        for key in registration.keys:
            proof = signing.proof(key, client_id=registration.client_id, issuer=issuer, now=clock.now())
            answer = self._transport.post(address, {**form, **proof})
            if answer.document.get("error") != "invalid_client":
                return answer
        raise SignInRefused(Reason.KEY_REFUSED)


@functools.lru_cache(maxsize=_MOST_PROVIDERS)
def client_of(provider_id: UUID) -> ProviderClient:
    """Return this process's one client of a provider."""
    return ProviderClient()
