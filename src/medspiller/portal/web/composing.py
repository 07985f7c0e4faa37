"""What the public pages are composed of: the municipality's name, sentences of everyday life, offers in short."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.core import clock
from medspiller.organisations import selectors as organisations

# What the address says when somebody wants the easiest words.
EASY = "lettlest"


@dataclass(frozen=True, slots=True)
class Line:
    """Something in a list that leads on; `text` explains it."""

    title: str
    text: str
    href: str


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def language() -> str:
    """Return the language of the page, as offers know it."""
    code = get_language() or "nb"
    return code if code in ("nb", "nn", "en") else "nb"


def municipality(request: HttpRequest) -> str:
    """Return the name of the tenant that the host name means; empty where none is set up yet."""
    actor = acting(request)
    return organisations.tenant(actor=actor).name if actor.tenant_id else ""


def child_welfare(request: HttpRequest) -> list[organisations.Reached]:
    """Return the municipality's own child welfare services that can be called."""
    return [each for each in organisations.child_welfare(actor=acting(request), on=clock.today()) if each.phone]


def is_easy(request: HttpRequest) -> bool:
    """Say whether the easiest words are asked for."""
    return request.GET.get(EASY) == "ja"


def phrases(request: HttpRequest) -> list[Line]:
    """Return the sentences of everyday life, each with the search it leads to."""
    find = reverse("catalogue:find")
    said = catalogue.everyday(actor=acting(request), language=language())
    return [Line(text, "", f"{find}?{urlencode({'q': text})}") for text in said]


def lines_of(offers: Iterable[Any]) -> list[Line]:
    """Return offers with title, summary and the address of each."""
    return [Line(_in(each.title), _in(each.summary), reverse("catalogue:offer", args=[each.slug])) for each in offers]


def _in(texts: Any) -> str:
    """The text in the page's language, else in bokmål."""
    return texts.get(language()) or texts.get("nb") or ""
