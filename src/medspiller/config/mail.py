"""The mail server, from one address in the environment."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from medspiller.config.secrets import BadSettings

_PORTS = {"smtp": 587, "smtps": 465}


class MailServer(NamedTuple):
    """What Django needs to reach a mail server. Without encryption only on this machine."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


class BadMailServer(BadSettings):
    """`MEDSPILLER_SMTP_URL` is no address of a mail server."""


NOWHERE = MailServer(host="", port=0, user="", password="", starttls=False, tls=False)


def parse(url: str) -> MailServer:
    """
    Read `smtp://user:password@host:587`, which is encrypted by STARTTLS, or `smtps://…:465`; nowhere if empty.

    :raises BadMailServer: if it is anything else.
    """
    if not url:
        return NOWHERE
    try:
        parts = urlsplit(url)
        known = parts.scheme in _PORTS and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        # What was given may hold a password.
        raise BadMailServer("MEDSPILLER_SMTP_URL must look like smtp://user:password@host:587")
    host = parts.hostname or ""
    return MailServer(
        host=host,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp" and host not in {"127.0.0.1", "localhost"},
        tls=parts.scheme == "smtps",
    )
