"""Which measures of the national strategy, and which lines of the guideline, a strategy touches."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.pathways import selectors as pathways
from medspiller.pathways.selectors.words import in_words
from medspiller.strategy import selectors
from medspiller.strategy.domain.coverage import Coverage, CoverageArea, GuidelineRow, NationalRow
from medspiller.strategy.templatetags.strategy_words import STATUSES
from medspiller.strategy.web.acting import acting, asked_id, crumbs_to, views_of
from medspiller.ui.components.tables import Column
from medspiller.ui.spreadsheets import csv_file

UNTOUCHED = "uten"


@requires("strategy.read")
def coverage(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show each national measure with those of ours that touch it, and the lines of the guideline."""
    actor = acting(request)
    found, only_untouched = _asked(request, strategy_id)
    shown = {
        "found": found,
        "strategy": found.strategy,
        "areas": [(area, _rows(area, only_untouched)) for area in found.areas],
        "csv_href": f"{reverse('strategy:coverage_csv', args=[strategy_id])}?{request.GET.urlencode()}",
        "guideline": _lines(actor, found),
        "lines_href": reverse("strategy:coverage_lines_csv", args=[strategy_id]),
        **_ways(found, only_untouched=only_untouched),
        "may_import": actor.may("strategy.import"),
        "columns": [Column(_("National measure")), Column(_("Who is responsible")), Column(_("Ours"))],
        "guideline_columns": [Column(_("Line")), Column(_("Ours"))],
        "crumbs": crumbs_to(),
        "views": views_of(found.strategy, "coverage"),
    }
    return render(request, "strategy/coverage.html", shown)


@requires("strategy.read")
def coverage_csv(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Give the same national measures, with ours, as a file that spreadsheets open as a table."""
    found, only_untouched = _asked(request, strategy_id)
    headings = [_("Number"), _("Focus area"), _("National measure"), _("Who is responsible"), _("Ours")]
    rows = [_cells(area, row) for area in found.areas for row in _rows(area, only_untouched)]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("coverage-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([headings, *rows], filename=name)


@requires("strategy.read")
def lines_csv(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Give the lines of the guideline that a strategy touches, with ours, as a file that spreadsheets open."""
    actor = acting(request)
    found = _lines(actor, selectors.coverage(actor=actor, strategy_id=strategy_id))
    headings = [_("Line"), pgettext("line of the guideline", "What it says"), _("Ours")]
    rows = [[each.ref, words, "; ".join(f"{own.label} {own.text}" for own in each.ours)] for each, words in found]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("guideline-touched-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([headings, *rows], filename=name)


def _lines(actor: Actor, found: Coverage) -> list[tuple[GuidelineRow, str]]:
    """Return the lines of the guideline that a strategy touches, each with what it says."""
    known = pathways.guideline_lines(actor=actor, ids={each.ref for each in found.guideline})
    return [(each, in_words(known[each.ref].text) if each.ref in known else each.label) for each in found.guideline]


def _asked(request: HttpRequest, strategy_id: UUID) -> tuple[Coverage, bool]:
    """Return what is compared, and whether only what nobody touches is asked for."""
    national_id = asked_id(request.GET.get("nasjonal", ""))
    found = selectors.coverage(actor=acting(request), strategy_id=strategy_id, national_id=national_id)
    return found, request.GET.get("vis") == UNTOUCHED


def _rows(area: CoverageArea, only_untouched: bool) -> list[NationalRow]:
    return [row for row in area.rows if not (only_untouched and row.is_touched)]


def _cells(area: CoverageArea, row: NationalRow) -> list[str]:
    ours = [f"{own.label} {own.text} ({STATUSES[own.status.value]})" for own in row.ours]
    return [row.label, area.title, row.text, "; ".join(row.owners), "; ".join(ours) or _("Not covered")]


def _ways(found: Coverage, *, only_untouched: bool) -> dict[str, Any]:
    """What else can be shown: another national strategy, all of it, or only what nobody touches."""
    if found.national is None:
        return {}
    here = f"?nasjonal={found.national.id}"
    return {
        "nationals": [(f"?nasjonal={each.id}", each.title, each.id == found.national.id) for each in found.nationals],
        "parts": [
            (here, _("All"), not only_untouched, found.of),
            (f"{here}&vis={UNTOUCHED}", _("Not covered"), only_untouched, found.of - found.touched),
        ],
    }
