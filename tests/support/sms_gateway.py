"""
A provider of text messages on a port of this machine: the real client talks to it over HTTP.

It remembers idempotency keys as a good provider does: the same key again sends nothing. What
it does next can be bent, one request at a time.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

TOKEN = "only-for-tests"


class Bent(StrEnum):
    """What the provider does instead of answering well. `AFTER_TAKING` keeps the message all the same."""

    REFUSES = auto()
    IS_BUSY = auto()
    REDIRECTS = auto()
    BREAKS_AFTER_TAKING = auto()
    HANGS_UP_AFTER_TAKING = auto()
    IS_SLOW_AFTER_TAKING = auto()
    ANSWERS_NONSENSE = auto()
    CUTS_ITS_ANSWER = auto()


@dataclass
class SmsGateway:
    """`sent` is what telephones got; `asked` every request, repeated ones too. `next` bends the requests to come."""

    address: str = ""
    sent: list[dict[str, str]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    next: list[Bent] = field(default_factory=list)
    _references: dict[str, str] = field(default_factory=dict)

    def take(self, key: str, message: dict[str, str]) -> str:
        """Keep a message once for each key, and return its name here."""
        if key not in self._references:
            self.sent.append(message)
            self._references[key] = f"sms-{len(self.sent)}"
        return self._references[key]


class _Handler(BaseHTTPRequestHandler):
    gateway: SmsGateway

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Idempotency-Key"]
        self.gateway.asked.append((key, message))
        self.gateway.tokens.append(self.headers.get("Authorization", ""))
        bent = self.gateway.next.pop(0) if self.gateway.next else None
        if bent in _NOT_TAKEN:
            self._answer(_NOT_TAKEN[bent], {})
            return
        reference = self.gateway.take(key, message)
        if bent is Bent.HANGS_UP_AFTER_TAKING:
            self.close_connection = True
        elif bent is Bent.BREAKS_AFTER_TAKING:
            self._answer(502, {})
        elif bent is Bent.ANSWERS_NONSENSE:
            self._send(200, b"<p>Thank you!</p>")
        elif bent is Bent.CUTS_ITS_ANSWER:
            self._send(200, b'{"id', length=100)
        else:
            if bent is Bent.IS_SLOW_AFTER_TAKING:
                time.sleep(1.0)
            self._answer(201, {"id": reference})

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        self._send(status, json.dumps(document).encode())

    def _send(self, status: int, body: bytes, *, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length or len(body)))
        if status == _NOT_TAKEN[Bent.REDIRECTS]:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            # Whoever asked has stopped waiting.
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing about each request."""


_NOT_TAKEN = {Bent.REFUSES: 422, Bent.IS_BUSY: 503, Bent.REDIRECTS: 307}


@contextmanager
def listening() -> Iterator[SmsGateway]:
    """Let a provider listen for a while."""
    gateway = SmsGateway()
    handler = type("Handler", (_Handler,), {"gateway": gateway})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    gateway.address = f"http://127.0.0.1:{server.server_port}/messages"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield gateway
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def sms_gateway() -> Iterator[SmsGateway]:
    """A provider of text messages that listens."""
    with listening() as gateway:
        yield gateway
