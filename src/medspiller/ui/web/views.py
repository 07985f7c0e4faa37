"""Choosing light or dark."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from medspiller.ui import errors
from medspiller.ui.appearance import COOKIE, COOKIE_SECONDS, Appearance


# A forged request could at most turn the lights off. So public pages need no token, and set no cookie for readers.
@csrf_exempt
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the device, and go back to the page where it was chosen; 400 for another word."""
    try:
        wanted = Appearance(request.POST.get("theme", ""))
    except ValueError:
        return errors.bad_request(request)
    response = redirect(safe_path(request, request.POST.get("next", "")))
    response.set_cookie(
        COOKIE,
        wanted.value,
        max_age=COOKIE_SECONDS,
        samesite="Lax",
        secure=settings.HTTPS,
        # Script changes the look at once and notes it in the same cookie.
        httponly=False,
    )
    return response


def safe_path(request: HttpRequest, path: str) -> str:
    """Return `path` if it stays on this site, else the front page."""
    stays = (
        path.startswith("/")
        and path.isprintable()
        and url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    )
    return path if stays else "/"
