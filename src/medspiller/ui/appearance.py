"""Light or dark, as a person chose it."""

from enum import StrEnum

from django.http import HttpRequest

COOKIE = "medspiller_theme"
COOKIE_SECONDS = 365 * 24 * 3600


class Appearance(StrEnum):
    """Which colours pages have. `AUTO` follows the device."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"


def chosen(request: HttpRequest) -> Appearance:
    """Return what the request's cookie asks for; anything we do not know counts as no choice."""
    try:
        return Appearance(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return Appearance.AUTO
