"""
The pages written to children and teenagers: one to choose from, and one for each age.

Nothing can be written here and nothing is remembered, so there is nothing that anybody could read afterwards.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medspiller.access.declare import public
from medspiller.catalogue import selectors as catalogue
from medspiller.catalogue.domain.finding import Filters
from medspiller.core import clock
from medspiller.portal.web.composing import acting, child_welfare, language, lines_of

_WHY = "a child must never have to say who it is to read this"
MOST_OFFERS = 6


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """An age that a page is written to; `years` is one in the middle of it, by which offers are found."""

    name: str
    years: int


YOUNGEST, MIDDLE, OLDEST = AgeGroup("8-12", 10), AgeGroup("13-15", 14), AgeGroup("16-18", 17)


@public(_WHY)
def young(request: HttpRequest) -> HttpResponse:
    """Let whoever comes choose the page for their age."""
    return render(request, "portal/young.html", {"child_welfare": child_welfare(request)})


@public(_WHY)
def youngest(request: HttpRequest) -> HttpResponse:
    """Show the page for those of 8 to 12."""
    return render(request, "portal/young_8.html", _shown(request, YOUNGEST))


@public(_WHY)
def middle(request: HttpRequest) -> HttpResponse:
    """Show the page for those of 13 to 15."""
    return render(request, "portal/young_13.html", _shown(request, MIDDLE))


@public(_WHY)
def oldest(request: HttpRequest) -> HttpResponse:
    """Show the page for those of 16 and older."""
    return render(request, "portal/young_16.html", _shown(request, OLDEST))


def _shown(request: HttpRequest, group: AgeGroup) -> dict[str, Any]:
    found = catalogue.find(
        actor=acting(request),
        query="",
        filters=Filters(age=group.years, is_for_children=True),
        language=language(),
        on=clock.today(),
    )
    return {"offers": lines_of(found.hits[:MOST_OFFERS]), "child_welfare": child_welfare(request)}
