"""Indicators of our own, and figures of others: on pages of their own, so that nobody lays them on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.pathways import selectors as pathways
from medspiller.statistics import selectors as statistics
from medspiller.statistics.domain.figures import ReferenceFigure, Topic
from medspiller.statistics.domain.indicators import IndicatorValues, YearValue
from medspiller.strategy import policies
from medspiller.strategy.templatetags.guideline_words import figure_kind, spoken, topic_words
from medspiller.strategy.web.acting import acting, crumbs_to
from medspiller.ui.components.tables import Column
from medspiller.ui.spreadsheets import csv_file

_WIDTH, _BAR, _GAP, _LEFT = 480, 24, 12, 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One year as it is drawn: everything in the drawing's own units; no width where the share is not shown."""

    year: str
    share: str
    top: int
    middle: int
    width: int
    words_at: int


@requires(policies.READ)
def reference_figures(request: HttpRequest) -> HttpResponse:
    """Show figures of others, by topic, each with its year, definition and source."""
    topics: list[tuple[Topic, list[ReferenceFigure]]] = [
        (topic, list(listed)) for topic, listed in groupby(_figures(request), key=lambda each: each.topic)
    ]
    shown = {
        "topics": topics,
        "columns": [
            Column(pgettext("national estimate", "Figure")),
            Column(_("Year")),
            Column(_("What it counts")),
            Column(_("Source")),
        ],
        "csv_href": reverse("strategy:figures_csv"),
        "may_see_indicators": acting(request).may(policies.VIEW_STATISTICS),
        "crumbs": crumbs_to(),
    }
    return render(request, "strategy/figures.html", shown)


@requires(policies.READ)
def reference_figures_csv(request: HttpRequest) -> HttpResponse:
    """Give the same figures, each with its year, definition and source, as a file that spreadsheets open as a table."""
    headings = [
        pgettext("national estimate", "About"),
        pgettext("national estimate", "Figure"),
        _("Value"),
        _("Year"),
        _("What it counts"),
        _("Source"),
    ]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("national-estimates-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([headings, *(_figure_cells(each) for each in _figures(request))], filename=name)


@requires(policies.VIEW_STATISTICS)
def indicators(request: HttpRequest) -> HttpResponse:
    """Show every indicator with this year's value, its denominator and what is not known."""
    shown = {
        "found": statistics.indicator_values(actor=acting(request), years=(clock.today().year,)),
        "columns": [
            Column(_("Indicator")),
            Column(_("Share")),
            Column(_("Of"), numeric=True),
            Column(pgettext("indicator", "Not known"), numeric=True),
        ],
        "least": statistics.smallest_count(actor=acting(request)),
        "csv_href": reverse("strategy:indicators_csv"),
        "crumbs": crumbs_to(),
    }
    return render(request, "strategy/indicators.html", shown)


@requires(policies.VIEW_STATISTICS)
def indicators_csv(request: HttpRequest) -> HttpResponse:
    """Give every indicator year by year, as each has it on its page, as a file that spreadsheets open as a table."""
    found = statistics.indicator_values(actor=acting(request))
    headings = [
        _("Indicator"),
        _("Year"),
        _("State"),
        _("Share"),
        _("Of"),
        pgettext("indicator", "Not known"),
    ]
    rows = [_value_cells(each, value) for each in found for value in each.values]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("indicators-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([headings, *rows], filename=name)


@requires(policies.VIEW_STATISTICS)
def indicator(request: HttpRequest, indicator_slug: str) -> HttpResponse:
    """Show one indicator: what it means, how it is counted, and year by year."""
    actor = acting(request)
    known = statistics.indicator(actor=actor, slug=indicator_slug)
    (found,) = statistics.indicator_values(actor=actor, ids=(known.slug,))
    lines = pathways.guideline_lines(actor=actor, ids=known.lines)
    bars = _bars(found)
    shown = {
        "found": found,
        "indicator": known,
        "rows": [
            (value, [(spoken(each.text), value.counts[each.code]) for each in known.categories])
            for value in found.values
        ],
        "columns": [
            Column(_("Year")),
            *(Column(spoken(each.text), numeric=True) for each in known.categories),
            Column(_("All"), numeric=True),
            Column(_("Share")),
        ],
        "lines": [lines[each] for each in known.lines if each in lines],
        "bars": bars,
        "height": len(bars) * (_BAR + _GAP),
        "width": _WIDTH,
        "bar": _BAR,
        "left": _LEFT,
        "is_ripening": any(value.is_over and not value.is_complete for value in found.values),
        "has_values": any(value.share is not None for value in found.values),
        "least": statistics.smallest_count(actor=acting(request)),
        "crumbs": crumbs_to((reverse("strategy:indicators"), _("Our own indicators"))),
    }
    return render(request, "strategy/indicator.html", shown)


def _figures(request: HttpRequest) -> list[ReferenceFigure]:
    """Return figures of others by topic, the oldest first."""
    every = [each for found in statistics.figures(actor=acting(request)) for each in found.figures]
    order = list(Topic)
    return sorted(every, key=lambda each: (order.index(each.topic), each.year))


def _figure_cells(each: ReferenceFigure) -> list[str]:
    read_in = _("Read in: %(where)s") % {"where": each.read_in}
    return [
        topic_words(each.topic),
        spoken(each.title),
        spoken(each.value),
        each.year,
        " ".join(spoken(text) for text in (each.definition, each.caution) if text),
        f"{each.source} ({figure_kind(each.kind)}). {read_in}",
    ]


def _value_cells(found: IndicatorValues, value: YearValue) -> list[str]:
    """What is hidden on the page has an empty cell, and no sign that could be read as a number."""
    state = _("so far") if not value.is_over else "" if value.is_complete else _("not complete yet")
    share = "" if value.share is None else f"{localize(value.share)} %"
    counts = ["" if count is None else str(count) for count in (value.of, value.unknown)]
    return [spoken(found.indicator.title), str(value.year), state, share, *counts]


def _bars(found: IndicatorValues) -> Sequence[Bar]:
    return [_bar(value, place) for place, value in enumerate(found.values)]


def _bar(value: YearValue, place: int) -> Bar:
    top = place * (_BAR + _GAP)
    room = _WIDTH - _LEFT - 80
    width = 0 if value.share is None else max(1, round(room * float(value.share) / 100))
    hidden = _("none yet") if value.of == 0 else _("not shown")
    share = hidden if value.share is None else f"{localize(value.share)} %"
    return Bar(str(value.year), share, top, top + _BAR // 2 + 5, width, _LEFT + width + 8)
