"""What `ui` does with every request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from medspiller.ui import errors, languages

# More than any form takes with all its files. What is smaller is refused by the form itself, with the rest kept.
SENT_MOST = 32 * 1024 * 1024


class NotTooMuch:
    """
    Refuse a request that is larger than any form of ours, before anything of it is read (ASVS 5.0 V5.2.1).

    Else anybody, signed in or not, could fill the disk: files are written to it before a view has seen them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isascii() or not said.isdecimal() or len(said) > 15 or int(said) > SENT_MOST:
            return errors.too_large(request)
        return self.get_response(request)


class Language:
    """
    Show pages in the language that was asked for, and remember a choice made by `?lang=`.

    First in line among ours, so that refusals and faults are told in the right language too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(languages.wanted(request)):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", languages.shown(request))
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        self._remember(request, response)
        return response

    def _remember(self, request: HttpRequest, response: HttpResponseBase) -> None:
        chosen = languages.known(request.GET.get(languages.PARAMETER))
        if chosen and chosen != request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                samesite="Lax",
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
            )
