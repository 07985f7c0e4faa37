"""From where a request comes, for counting tries. Not for deciding who somebody is."""

from django.conf import settings
from django.http import HttpRequest

from medspiller.access.domain.throttling import address_name


def client_address(request: HttpRequest) -> str:
    """
    Return the address that tries are counted for.

    Behind a proxy it is the last one of X-Forwarded-For: that is the one the proxy has
    seen itself; what stands before it, anybody could have written.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1]
    return address_name(address)
