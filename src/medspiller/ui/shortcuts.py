"""Keyboard shortcuts of staff pages: on until somebody turns them off on their device (WCAG 2.1.4)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "medspiller_shortcuts"
COOKIE_SECONDS = 365 * 24 * 3600
_OFF = "off"


def are_on(request: HttpRequest) -> bool:
    """Say whether single keys do something; anything but a clear no counts as yes."""
    return request.COOKIES.get(COOKIE) != _OFF


def remember(response: HttpResponse, *, on: bool) -> HttpResponse:
    """Let the device remember whether single keys do something, and return the answer that carries it."""
    response.set_cookie(
        COOKIE,
        "on" if on else _OFF,
        max_age=COOKIE_SECONDS,
        samesite="Lax",
        secure=settings.HTTPS,
        httponly=True,
    )
    return response
