"""The strategies there are, and what needs attention in them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.strategy import selectors
from medspiller.strategy.domain.board import Lack
from medspiller.strategy.domain.seen import StrategyLine
from medspiller.strategy.templatetags.strategy_words import FLAGS, LEVELS, STATES
from medspiller.strategy.web.acting import acting
from medspiller.ui.components.tables import Column
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file

FIRST_SHOWN = 5
# So many plans have a part of the page each; what more there are stand in a table.
WITH_A_PART = 4
PER_PAGE = 25
MOST_COPIED = 5_000


@requires("strategy.read")
def home(request: HttpRequest) -> HttpResponse:
    """Show what is late or lacks something, strategy by strategy, and all strategies."""
    actor = acting(request)
    attention = selectors.attention(actor=actor)
    needs = [_need(each) for each in attention.strategies if any(each.lacks.values())]
    page = page_of(attention.lines, request, per_page=PER_PAGE)
    shown = {
        "strategies": page.object_list,
        "page": page,
        "needs": needs[:WITH_A_PART],
        "others": needs[WITH_A_PART:],
        "strategy_label": _("Strategy"),
        "other_columns": [Column(_("Strategy")), *(Column(FLAGS[lack.value], numeric=True) for lack in Lack)],
        "rolling": attention.rolling,
        "imports_waiting": attention.imports_waiting,
        "may_import": actor.may("strategy.import"),
        "may_edit": actor.may("strategy.edit"),
        "may_count": actor.may("statistics.view"),
        "csv_href": reverse("strategy:home_csv"),
        "columns": [
            Column(_("Strategy")),
            Column(_("Whose")),
            Column(_("Years")),
            Column(_("State")),
            Column(_("Measures done"), numeric=True),
        ],
    }
    return render(request, "strategy/home.html", shown)


@requires("strategy.read")
def home_csv(request: HttpRequest) -> HttpResponse:
    """Give all strategies, in the order of the page, as a file that spreadsheets open as a table."""
    lines = selectors.attention(actor=acting(request)).lines[:MOST_COPIED]
    headings = [
        _("Strategy"),
        _("Whose"),
        pgettext("strategy", "Level"),
        _("First year"),
        _("Last year"),
        _("State"),
        _("Open to the public"),
        _("Measures done"),
        _("Measures"),
    ]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("strategies-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([headings, *(_cells(each) for each in lines)], filename=name)


def _cells(line: StrategyLine) -> list[str]:
    """Nobody follows up here how far a national plan has come: its measures are not counted."""
    counts = ["", ""] if line.is_national else [str(line.progress.done), str(line.progress.of)]
    return [
        line.title,
        line.owner_name,
        str(LEVELS[line.level.value]),
        str(line.from_year),
        str(line.to_year),
        str(STATES[line.status.value]),
        _("Yes") if line.is_public else _("No"),
        *counts,
    ]


def _need(found: Any) -> dict[str, Any]:
    board = reverse("strategy:board", args=[found.strategy.id])
    return {
        "strategy": found.strategy,
        "board": board,
        "counts": [
            (str(FLAGS[lack.value]), found.lacks.get(lack, 0), f"{board}?mangler={lack.value}") for lack in Lack
        ],
        "urgent": [
            (lack.value, found.first.get(lack, ())[:FIRST_SHOWN])
            for lack in (Lack.LATE, Lack.DECISION)
            if found.first.get(lack)
        ],
    }
