"""Which language a page is shown in and how to get the same page in another."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

PARAMETER = "lang"
NORTHERN_SAMI = "se"
# How browsers may name what we have: Norwegian without a form is bokmål.
_ALSO_CALLED = {"no": "nb", "nb": "nb", "nn": "nn", "en": "en", "se": "se"}
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A language that this very page can be read in, and where."""

    code: str
    name: str
    url: str
    is_current: bool


def known(code: str | None) -> str | None:
    """Return the code if it is one of ours, else None."""
    return code if code in dict(settings.LANGUAGES) else None


def wanted(request: HttpRequest) -> str:
    """Return the language asked for: by address, else by cookie, else by the browser, else bokmål."""
    return (
        known(request.GET.get(PARAMETER))
        or known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        or _accepted(request.headers.get("Accept-Language", ""))
        or settings.LANGUAGE_CODE
    )


def shown(request: HttpRequest) -> str:
    """
    Return the language the page's text is really in.

    Northern Sámi is shown only where a translator has checked the text; the view then sets
    `request.sami_checked`. Elsewhere the text is bokmål, and says so.
    """
    code = get_language() or settings.LANGUAGE_CODE
    if code == NORTHERN_SAMI and not getattr(request, "sami_checked", False):
        return settings.LANGUAGE_CODE
    return code


def choices(request: HttpRequest) -> list[Choice]:
    """Return the languages of this page, each with the address that keeps path and query."""
    current = shown(request)
    return [
        Choice(code=code, name=OWN_NAMES[code], url=_in_language(request, code), is_current=code == current)
        for code, _ in settings.LANGUAGES
        if code != NORTHERN_SAMI or getattr(request, "sami_checked", False)
    ]


def _in_language(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query[PARAMETER] = code
    return f"?{query.urlencode()}"


def _accepted(header: str) -> str | None:
    for tag, _ in parse_accept_lang_header(header):
        code = _ALSO_CALLED.get(tag.split("-")[0])
        if code:
            return code
    return None
