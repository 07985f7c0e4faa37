"""
An OpenID Connect issuer of our own, on a port of this machine: the real client talks to it over HTTP.

It does what ID-porten does: takes pushed requests, proves our keys, gives codes that work
once, and holds PKCE to its word. `answer` stands for the person who signs in there; a real
browser that is sent to `/authorize` is signed in at once and sent back. What the issuer says
can be bent by a test, one thing at a time.
"""

import functools
import hmac
import itertools
import json
import secrets
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc._rfc7517 import pem
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from medspiller.access.providers import signing
from medspiller.access.providers.client import client_of
from medspiller.core import clock

Claims = dict[str, Any]
# The register's own made-up person.
PERSON_NUMBER = "20914695016"
ANOTHER_PERSON_NUMBER = "10915596784"


@functools.cache
def key_named(kid: str) -> RSAKey:
    """Return the issuer's key of that name; made once, since making one takes longer than most tests."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@functools.cache
def _made_beforehand() -> "itertools.cycle[bytes]":
    return itertools.cycle([RSAKey.generate_key(2048).as_pem(private=True) for _ in range(4)])


@pytest.fixture(autouse=True, scope="session")
def keys_made_beforehand() -> Iterator[None]:
    """
    Let our own keys towards providers come from a few made once: real keys, but seconds of work each.

    And let them be read without proof that their numbers are prime, which takes longer than the rest of a sign-in.
    """
    read = functools.partial(pem.load_pem_private_key, unsafe_skip_rsa_key_validation=True)

    def next_key(parameters: dict[str, str]) -> RSAKey:
        return RSAKey.import_key(next(_made_beforehand()), parameters)

    with mock.patch.object(signing, "_new_key", next_key), mock.patch.object(pem, "load_pem_private_key", read):
        yield


@dataclass
class FakeIssuer:
    """
    What the issuer is like just now.

    `clients` maps a client to the public keys it has registered here; `claims` go over what
    every ID token says (None takes a claim out), `header` and `key` over how it is signed.
    `broken` maps a path to a (status, body) that is answered instead; `silent` hangs up.
    """

    issuer: str = ""
    clients: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    offers_par: bool = False
    says_issuer: bool = True
    requires_challenge: bool = True
    claims: Claims = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: key_named("issuer-1"))
    published: list[RSAKey] = field(default_factory=lambda: [key_named("issuer-1")])
    token: str | None = None
    broken: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    silent: bool = False
    clock_ahead: timedelta = timedelta(0)
    document: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    proofs: list[Claims] = field(default_factory=list)
    proof_kids: list[str] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    pushed: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    used_codes: set[str] = field(default_factory=set)
    seen_jti: set[str] = field(default_factory=set)

    def answer(self, address: str, **changed: str | None) -> dict[str, str]:
        """Let somebody sign in at `address`, and return what their browser brings back; `changed` bends it."""
        request = self._request(dict(parse_qsl(urlsplit(address).query)))
        self.requests.append(request)
        code = secrets.token_urlsafe(16)
        self.codes[code] = request
        brought: dict[str, str | None] = {"state": request["state"], "code": code}
        if self.says_issuer:
            brought["iss"] = self.issuer
        return {name: value for name, value in (brought | changed).items() if value is not None}

    def knows(self, client_id: str, *keys: Mapping[str, Any]) -> None:
        """Register a client with the public keys it signs with, in place of those before."""
        self.clients[client_id] = list(keys)

    def count(self, path: str) -> int:
        """Return how often a path has been asked for."""
        return self.asked.count(path)

    def _request(self, sent: dict[str, str]) -> dict[str, str]:
        if "request_uri" in sent:
            assert set(sent) == {"client_id", "request_uri"}, "what was pushed ahead is not sent again"
            return self.pushed.pop(sent["request_uri"])
        assert not self.requires_challenge or sent.get("code_challenge_method") == "S256"
        return sent

    # --- What is asked over HTTP ----------------------------------------------------------

    def authorize(self, address: str) -> str:
        """Return where a browser that came to sign in at `address` is sent next: back, signed in."""
        brought = self.answer(address)
        return f"{self.requests[-1]['redirect_uri']}?{urlencode(brought)}"

    def discovery(self) -> tuple[int, Any]:
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": self.says_issuer,
        }
        if self.offers_par:
            document["pushed_authorization_request_endpoint"] = f"{self.issuer}/par"
        return 200, document | self.document

    def jwks(self) -> tuple[int, Any]:
        return 200, {"keys": [key.as_dict(private=False) for key in self.published]}

    def par(self, form: dict[str, str]) -> tuple[int, Any]:
        if not self._proved(form):
            return 401, {"error": "invalid_client"}
        reference = f"urn:ietf:params:oauth:request_uri:{secrets.token_urlsafe(8)}"
        self.pushed[reference] = {
            name: value for name, value in form.items() if not name.startswith("client_assertion")
        }
        return 201, {"request_uri": reference, "expires_in": 60}

    def redeem(self, form: dict[str, str]) -> tuple[int, Any]:
        if not self._proved(form):
            return 401, {"error": "invalid_client"}
        request = self.codes.get(form.get("code", ""))
        if request is None or form["code"] in self.used_codes or not self._fits(form, request):
            return 400, {"error": "invalid_grant"}
        self.used_codes.add(form["code"])
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self._id_token(request)}

    def _fits(self, form: dict[str, str], request: dict[str, str]) -> bool:
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        return (
            request.get("code_challenge") == challenge
            and request.get("redirect_uri") == form.get("redirect_uri")
            and request.get("client_id") == form.get("client_id")
        )

    def _id_token(self, request: dict[str, str]) -> str:
        if self.token is not None:
            return self.token
        header = {"alg": "RS256", "kid": self.key.kid, "typ": "JWT"} | self.header
        return jwt.encode(header, self.claims_for(request), self.key, algorithms=[header["alg"]], default_type=None)

    def claims_for(self, request: Mapping[str, str]) -> Claims:
        """Return what the ID token for a request says."""
        now = int((clock.now() + self.clock_ahead).timestamp())
        claims: Claims = {
            "iss": self.issuer,
            "sub": "somebody",
            "aud": request["client_id"],
            "nonce": request["nonce"],
            "iat": now,
            "exp": now + 120,
            "auth_time": now - 5,
            "acr": request.get("acr_values", ""),
            "amr": ["BankID"],
            "sid": "session-at-the-issuer",
            "jti": secrets.token_urlsafe(8),
        }
        return {name: value for name, value in (claims | self.claims).items() if value is not None}

    def _proved(self, form: dict[str, str]) -> bool:
        """Hold `private_key_jwt` to RFC 7523 § 3 and to ID-porten's limits."""
        for jwk in self.clients.get(form.get("client_id", ""), []):
            try:
                proof = jwt.decode(form.get("client_assertion", ""), RSAKey.import_key(dict(jwk)), algorithms=["RS256"])
            except JoseError:
                continue
            said = proof.claims
            self.proofs.append(said)
            self.proof_kids.append(proof.header["kid"])
            new = said["jti"] not in self.seen_jti
            self.seen_jti.add(said["jti"])
            for_us = said["iss"] == said["sub"] == form["client_id"] and said["aud"] == self.issuer
            return new and for_us and 0 < said["exp"] - said["iat"] <= 120 and proof.header["kid"] == jwk["kid"]
        return False


def unsigned(claims: Mapping[str, Any]) -> str:
    """Return a token with `alg` none, as nobody may accept it."""
    return f"{_parts({'alg': 'none', 'typ': 'JWT'}, claims)}."


def signed_with_public_key(claims: Mapping[str, Any], key: RSAKey) -> str:
    """Return a token whose HMAC has a public key for its secret, which everybody knows."""
    signed = _parts({"alg": "HS256", "kid": key.kid, "typ": "JWT"}, claims)
    return f"{signed}.{_encoded(hmac.digest(key.as_pem(private=False), signed.encode(), 'sha256'))}"


def _parts(header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    return ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))


def _encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


class _Handler(BaseHTTPRequestHandler):
    issuer: FakeIssuer

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/authorize":
            self._send_back()
            return
        paths = {"/.well-known/openid-configuration": self.issuer.discovery, "/jwks": self.issuer.jwks}
        self._answer(paths.get(self.path))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        act = {"/par": self.issuer.par, "/token": self.issuer.redeem}.get(self.path)
        self._answer((lambda: act(form)) if act else None)

    def _send_back(self) -> None:
        self.issuer.asked.append("/authorize")
        self.send_response(302)
        self.send_header("Location", self.issuer.authorize(self.path))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, act: Any) -> None:
        self.issuer.asked.append(self.path)
        if self.issuer.silent:
            self.close_connection = True
            return
        if self.path in self.issuer.broken:
            status, body = self.issuer.broken[self.path]
        elif act is None:
            status, body = 404, b"{}"
        else:
            status, document = act()
            body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing about each request."""


@contextmanager
def listening() -> Iterator[FakeIssuer]:
    """Let an issuer listen for a while."""
    issuer = FakeIssuer()
    handler = type("Handler", (_Handler,), {"issuer": issuer})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    issuer.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    client_of.cache_clear()
    yield issuer
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fake_issuer(settings: Any) -> Iterator[FakeIssuer]:
    """An issuer that listens, towards an installation that may talk to its own machine without encryption."""
    settings.HTTPS = False
    settings.TEST_PERSON_NUMBERS = True
    with listening() as issuer:
        yield issuer


@pytest.fixture
def second_issuer(fake_issuer: FakeIssuer) -> Iterator[FakeIssuer]:
    """Another one, beside `fake_issuer`."""
    with listening() as issuer:
        yield issuer
