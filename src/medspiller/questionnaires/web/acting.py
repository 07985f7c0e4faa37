"""What all doors of questionnaires need of a request."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from medspiller.access.domain.actors import Actor
from medspiller.questionnaires.domain.answering.evaluating import NotComputable


@dataclass(frozen=True, slots=True)
class Area:
    """Where somebody answers, at work or on their own page: the same pages, in another layout, at other addresses."""

    namespace: str
    layout: str
    is_own: bool

    def url(self, name: str, *ids: UUID) -> str:
        """Return the address of a page of this area."""
        return reverse(f"{self.namespace}:{name}", args=ids)


STAFF = Area("questionnaires", "ui/staff.html", is_own=False)
OWN = Area("own_questionnaires", "ui/carer.html", is_own=True)


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def language() -> str:
    """Return the language of the page."""
    return get_language() or "nb"


def as_busy_where_too_costly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view say that it could not compute a form in the time there is. The page tries to save again by itself."""

    @wraps(view)
    def computed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotComputable:
            area = OWN if request.path.startswith("/min-side/") else STAFF
            return render(request, "questionnaires/too_costly.html", {"area": area}, status=503)

    return computed
