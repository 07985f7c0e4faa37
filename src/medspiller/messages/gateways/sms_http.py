"""
Text messages through a provider's HTTP address.

One POST with a JSON object `{"id", "to", "from", "text"}` and the notice's id as
`Idempotency-Key`. The provider answers 2xx when it has taken the message, with `{"id": …}`
as its own name for it.
"""

import json
import time
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from ssl import SSLCertVerificationError

import requests
from requests import codes
from urllib3.exceptions import ConnectTimeoutError

from medspiller.messages.domain.notices import Answer, Channel, Outcome
from medspiller.messages.gateways.base import TIME_LIMIT, Outgoing

# Seconds until it answers at all, and between two pieces of the answer.
_CONNECT, _READ = 3.0, 6.0
_LONGEST_ANSWER = 64 * 1024
_PIECE = 4 * 1024
_REFERENCE_MOST = 200
# It has read the message and says that it will never take it.
_NEVER = frozenset({codes.bad_request, codes.gone, codes.unprocessable})
# It says that it has not taken the message, and when to come back is ours to choose.
_LATER = frozenset({codes.too_many, codes.unavailable})
# The same key is being handled just now: what comes of it is not known.
_IN_PROGRESS = codes.conflict


class NotSafe(ValueError):
    """The provider's address is not encrypted and not on this machine."""


class SmsHttpGateway:
    """One provider. Each hand-over has a connection of its own: a kept one that died looks like an unknown outcome."""

    name = "sms_http"
    channel = Channel.SMS
    leaves_machine = True

    def __init__(self, address: str, *, token: str = ""):
        if not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise NotSafe("MEDSPILLER_SMS_URL must begin with https://")
        self._address = address
        self._token = token

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        by = time.monotonic() + TIME_LIMIT
        body = {
            "id": str(outgoing.notice_id),
            "to": outgoing.address,
            "from": outgoing.sender,
            "text": outgoing.text,
        }
        headers = {"Idempotency-Key": str(outgoing.notice_id), "Connection": "close"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            with (
                self._session() as session,
                session.post(
                    self._address,
                    json=body,
                    headers=headers,
                    timeout=(_CONNECT, _READ),
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                return _outcome(response, by)
        except (requests.RequestException, ValueError) as fault:
            return Outcome(Answer.TRY_LATER if _never_reached(fault) else Answer.UNKNOWN)

    def _session(self) -> requests.Session:
        session = requests.Session()
        session.headers.update({"Accept": "application/json", "User-Agent": "Medspiller"})
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # No password from ~/.netrc.
        session.auth = lambda prepared: prepared
        return session


def _outcome(response: requests.Response, by: float) -> Outcome:
    status = response.status_code
    if codes.ok <= status < codes.multiple_choices:
        # Taken, whatever the rest of the answer is like.
        return Outcome(Answer.TAKEN, reference=_reference(response, by))
    if status in _NEVER:
        return Outcome(Answer.REFUSED)
    if status in _LATER:
        return Outcome(Answer.TRY_LATER)
    if status == _IN_PROGRESS or status >= codes.server_error:
        return Outcome(Answer.UNKNOWN)
    # Redirects, wrong keys, wrong addresses: not taken, and mended by whoever runs the installation.
    return Outcome(Answer.TRY_LATER)


def _reference(response: requests.Response, by: float) -> str:
    body = bytearray()
    try:
        for piece in response.iter_content(_PIECE):
            body += piece
            if len(body) > _LONGEST_ANSWER or time.monotonic() > by:
                return ""
        document = json.loads(body)
    except (requests.RequestException, ValueError, RecursionError):
        return ""
    found = document.get("id") if isinstance(document, dict) else None
    return str(found)[:_REFERENCE_MOST] if isinstance(found, str | int) else ""


def _never_reached(fault: BaseException) -> bool:
    """Say whether a fault came before a single byte of the message was sent."""
    if isinstance(fault, ValueError) and not isinstance(fault, requests.exceptions.JSONDecodeError):
        # An address that cannot be asked at all.
        return True
    return any(isinstance(each, ConnectTimeoutError | SSLCertVerificationError) for each in _behind(fault))


def _behind(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [fault]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, BaseException) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__, getattr(each, "reason", None), *each.args]
