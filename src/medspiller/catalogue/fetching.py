"""
The one way out to addresses that entries name: it asks whether a page is there, and takes nothing of it along.

Editors type these addresses, so they could name what only our own network reaches. Only https to addresses of the
open internet is asked, and it is asked of the very address that was checked: a name that means another one a
moment later leads nowhere. Redirects are not followed.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator

from medspiller.catalogue.domain.feedback import LinkState
from medspiller.catalogue.domain.links import parts_of, state_of

SECONDS = 10
_PORT = 443
_NAME = "Medspiller (looks whether addresses work)"
# Servers that answer nothing to HEAD are asked once more, for the page.
_ASK_AGAIN = {405, 501}
# Addresses that carry another one in them, by which a gateway would lead on to it.
_CARRIERS = [
    ipaddress.IPv6Network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "::ffff:0:0/96")
]


class NotToBeAsked(ValueError):
    """The address is not one of the open internet, or not https."""


def look(address: str) -> LinkState:
    """
    Return what stands at an address. It takes `SECONDS` a step at most.

    :raises NotToBeAsked: for an address that is no page of the open internet.
    """
    try:
        parts = parts_of(address)
    except ValueError:
        raise NotToBeAsked(address) from None
    if parts.scheme != "https" or not parts.host or parts.names_somebody or parts.port not in (None, _PORT):
        raise NotToBeAsked(address)
    try:
        where = _open_address(parts.host)
        status = _status(parts.host, where, "HEAD", parts.asked)
        return state_of(_status(parts.host, where, "GET", parts.asked) if status in _ASK_AGAIN else status)
    except (OSError, http.client.HTTPException, UnicodeError):
        return LinkState.UNREACHABLE


def _open_address(host: str) -> str:
    """
    Return an address that a name means, if all that it means are of the open internet.

    :raises NotToBeAsked: if one is not.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)]
    for address in found:
        parsed = ipaddress.ip_address(address.split("%")[0])
        carries = parsed.version == 6 and any(parsed in network for network in _CARRIERS)
        if carries or not parsed.is_global or parsed.is_multicast:
            raise NotToBeAsked(host)
    return found[0]


def _status(host: str, where: str, method: str, path: str) -> int:
    with _connection(host, where) as asked:
        asked.request(method, path, headers={"Host": host, "User-Agent": _NAME, "Accept": "*/*"})
        return asked.getresponse().status


@contextlib.contextmanager
def _connection(host: str, where: str) -> Iterator[http.client.HTTPSConnection]:
    asked = _Pinned(host, where)
    try:
        yield asked
    finally:
        asked.close()


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address, by the certificate of the name."""

    def __init__(self, host: str, where: str):
        self._where, self._tls = where, ssl.create_default_context()
        super().__init__(host, _PORT, timeout=SECONDS, context=self._tls)

    def connect(self) -> None:
        plain = socket.create_connection((self._where, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
