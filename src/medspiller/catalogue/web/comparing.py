"""Offers that somebody has chosen: side by side where they are few, and as a list to take along."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import public
from medspiller.catalogue import selectors
from medspiller.catalogue.web import presenting
from medspiller.catalogue.web.area import acting
from medspiller.core import clock
from medspiller.ui.components.tables import Column

# The name of each offer's box, in an address and in a form.
CHOSEN = "tilbud"
MOST_CHOSEN = 20
# More than these do not stand side by side.
MOST_BESIDE = 4


@public("anybody may compare what help there is")
def compare(request: HttpRequest) -> HttpResponse:
    """Show the chosen offers."""
    return _compare(request, "catalogue/compare.html")


@public("anybody may print what help there is")
def compare_print(request: HttpRequest) -> HttpResponse:
    """Show them as a sheet."""
    return _compare(request, "catalogue/compare_print.html")


def _compare(request: HttpRequest, template: str) -> HttpResponse:
    shown = chosen(request, request.GET.getlist(CHOSEN))
    return render(request, template, shown) if shown["cards"] else redirect("catalogue:find")


def chosen(request: HttpRequest, slugs: Iterable[str]) -> dict[str, Any]:
    """Return what a page about chosen offers shows; what is not there any more is left out."""
    today = clock.today()
    asked = tuple(dict.fromkeys(each for each in slugs if each and len(each) <= 100))[:MOST_CHOSEN]
    rows = selectors.offers_by_slug(actor=acting(request), slugs=asked, on=today) if asked else []
    cards = [presenting.card(row, today=today) for row in rows]
    beside = 1 < len(cards) <= MOST_BESIDE
    return {
        "cards": cards,
        "slugs": [card.slug for card in cards],
        "beside": beside,
        "columns": [Column(_("What"), hidden_label=True), *(card.title for card in cards)] if beside else [],
        "rows": _rows(cards) if beside else [],
        "missing": len(asked) - len(cards),
        "print_href": _print_href([card.slug for card in cards]),
        "printed_on": today,
    }


def _print_href(slugs: Sequence[str]) -> str:
    return f"{reverse('catalogue:compare_print')}?{urlencode({CHOSEN: slugs}, doseq=True)}"


def _rows(cards: Sequence[presenting.Card]) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Return for each thing that can be compared what each offer says, with the offer's title."""
    told = [
        (_("What it is"), lambda card: (card.kind, card.summary)),
        (_("Who offers it"), lambda card: (card.provider,)),
        (_("For whom"), lambda card: card.audience),
        (_("How you get it"), lambda card: (card.how,)),
        (_("What it costs"), lambda card: (card.cost,)),
        (_("Where"), lambda card: (card.where,)),
        (_("When"), lambda card: card.times),
        (_("Languages"), lambda card: (card.languages,)),
        (_("Also"), lambda card: card.marks),
    ]
    rows = [(what, [(card.title, tuple(filter(None, say(card)))) for card in cards]) for what, say in told]
    return [(what, cells) for what, cells in rows if any(said for _title, said in cells)]
