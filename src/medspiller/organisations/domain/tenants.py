"""What a tenant must be told about when it is founded."""

import re

from medspiller.organisations.domain.kinds import TenantKind

_MUNICIPALITY_NUMBER = re.compile(r"[0-9]{4}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def normal_host(host: str) -> str:
    """
    Return a host name as it is compared: lower case, without port and final dot.

    >>> normal_host("Baerum.Medspiller.example.:8000")
    'baerum.medspiller.example'
    """
    return host.strip().lower().split(":")[0].rstrip(".")


def is_host(host: str) -> bool:
    """Say whether a text is a host name in its normal form."""
    return len(host) <= 253 and bool(_HOST.fullmatch(host))


def number_fits(kind: TenantKind, municipality_number: str | None) -> bool:
    """Say whether a municipality has its number, and nobody else has one."""
    if kind is TenantKind.MUNICIPALITY:
        return bool(municipality_number and _MUNICIPALITY_NUMBER.fullmatch(municipality_number))
    return municipality_number is None
