"""Who acts, and pages that nobody may keep."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from medspiller.access.domain.actors import Actor


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def unkept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let no browser, proxy or search engine keep what a view answers: it is about somebody."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        # Not `no-referrer`: with that, browsers send `Origin: null` with the form, which is refused as forged.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return looked_at
