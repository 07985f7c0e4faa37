"""Where somebody asks: on the open pages, or at work about a carer. The same pages, in another layout, elsewhere."""

from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from medspiller.access.domain.actors import Actor
from medspiller.core.actors import ActorKind
from medspiller.rights.domain.texts import LANGUAGES


@dataclass(frozen=True, slots=True)
class Area:
    """`person_id` and `name` are of the carer that staff ask about; None and empty on the open pages."""

    namespace: str
    layout: str
    person_id: UUID | None = None
    name: str = ""

    def url(self, name: str, *arguments: object) -> str:
        """Return the address of a page of this area."""
        ids = (self.person_id,) if self.person_id else ()
        return reverse(f"{self.namespace}:{name}", args=(*ids, *arguments))

    @property
    def start_url(self) -> str:
        return self.url("start")

    @property
    def ask_url(self) -> str:
        return self.url("ask")

    @property
    def answers_url(self) -> str:
        return self.url("answers")

    @property
    def print_url(self) -> str:
        return self.url("print")

    @property
    def pdf_url(self) -> str:
        return self.url("pdf")

    @property
    def is_staff(self) -> bool:
        return self.person_id is not None


PUBLIC = Area("rights", "ui/public.html")


def at_work(person_id: UUID, name: str) -> Area:
    """Return the area of staff who ask about a carer."""
    return Area("rights_at_work", "ui/staff.html", person_id=person_id, name=name)


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def is_citizen(request: HttpRequest) -> bool:
    """Say whether a carer is signed in."""
    return acting(request).kind is ActorKind.CITIZEN


def language() -> str:
    """Return the language of the page, as content knows it."""
    code = get_language() or "nb"
    return code if code in LANGUAGES else "nb"


def unkept(view: Any) -> Any:
    """Let no browser, proxy or search engine keep what a view answers: it is about somebody."""

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return looked_at
