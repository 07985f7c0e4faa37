"""What every open page of the catalogue needs to know of its request."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from medspiller.access.domain.actors import Actor


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def unkept(view: Any) -> Any:
    """Let no browser, proxy or search engine keep what a view answers: it is about somebody's life."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        # Not `no-referrer`: with that, browsers send `Origin: null` with the form, which is refused as forged.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return looked_at
