"""What all doors of questionnaires need of a request."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from medspiller.access.domain.actors import Actor
from medspiller.people.domain.need_to_know import Closed
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


def as_nobody_where_closed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer as if there were nobody wherever a person is closed to the actor; each attempt is logged."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Closed as closed:
            # Where the access log finds it, once this transaction is over.
            request.refusal = closed.refusal  # type: ignore[attr-defined]
            raise Http404 from None

    return looked_at


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
