"""HTTP to one provider: limited in time and size, never redirected, and with one kind of failure."""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests

from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused
from medspiller.core import clock

# Seconds until it answers at all, between two pieces of the answer, and for all of it.
_CONNECT, _READ, _WHOLE = 3.0, 5.0, 10.0
LONGEST_ANSWER = 256 * 1024
_PIECE = 16 * 1024
# After silence, others are told at once instead of waiting too, each with a connection to the database in hand.
SILENCE_REMEMBERED = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a JSON object."""

    status: int
    document: Mapping[str, Any]


class Transport:
    """The connection to one provider. Safe to be used by several threads."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.headers.update({"Accept": "application/json", "User-Agent": "Medspiller"})
        # Cookies of one person's sign-in must not travel with the next one's, nor a password from ~/.netrc at all.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.auth = lambda prepared: prepared
        self._silent_until: datetime | None = None
        self._lock = threading.Lock()

    def get(self, address: str) -> Mapping[str, Any]:
        """
        Return the JSON object at an address.

        :raises SignInRefused: UNREACHABLE or NONSENSE.
        """
        answer = self._send("GET", address)
        if answer.status != requests.codes.ok:
            raise SignInRefused(Reason.NONSENSE)
        return answer.document

    def post(self, address: str, form: Mapping[str, str]) -> Answer:
        """
        Send a form and return what was answered, a refusal in JSON included.

        :raises SignInRefused: UNREACHABLE or NONSENSE.
        """
        return self._send("POST", address, form)

    def _send(self, method: str, address: str, form: Mapping[str, str] | None = None) -> Answer:
        self._ensure_not_silent()
        by = time.monotonic() + _WHOLE
        try:
            with self._session.request(
                method, address, data=form, timeout=(_CONNECT, _READ), allow_redirects=False, stream=True
            ) as response:
                body = _read(response, by)
        except requests.RequestException:
            self._note_silence()
            raise SignInRefused(Reason.UNREACHABLE) from None
        if response.status_code >= requests.codes.server_error or response.status_code == requests.codes.too_many:
            raise SignInRefused(Reason.UNREACHABLE)
        return Answer(status=response.status_code, document=_object(body))

    def _ensure_not_silent(self) -> None:
        with self._lock:
            silent = self._silent_until is not None and clock.now() < self._silent_until
        if silent:
            raise SignInRefused(Reason.UNREACHABLE)

    def _note_silence(self) -> None:
        with self._lock:
            self._silent_until = clock.now() + SILENCE_REMEMBERED


def _read(response: requests.Response, by: float) -> bytes:
    body = bytearray()
    for piece in response.iter_content(_PIECE):
        body += piece
        if len(body) > LONGEST_ANSWER:
            raise SignInRefused(Reason.NONSENSE)
        if time.monotonic() > by:
            raise requests.Timeout
    return bytes(body)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise SignInRefused(Reason.NONSENSE) from None
    if not isinstance(document, dict):
        raise SignInRefused(Reason.NONSENSE)
    return document
