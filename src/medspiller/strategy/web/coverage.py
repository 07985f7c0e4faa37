"""Which measures of the national strategy, and which lines of the guideline, a strategy touches."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.pathways import selectors as pathways
from medspiller.pathways.selectors.words import in_words
from medspiller.strategy import selectors
from medspiller.strategy.domain.coverage import Coverage
from medspiller.strategy.web.acting import acting, asked_id, crumbs_to, views_of
from medspiller.ui.components.tables import Column

UNTOUCHED = "uten"


@requires("strategy.read")
def coverage(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show each national measure with those of ours that touch it, and the lines of the guideline."""
    actor = acting(request)
    national_id = asked_id(request.GET.get("nasjonal", ""))
    found = selectors.coverage(actor=actor, strategy_id=strategy_id, national_id=national_id)
    only_untouched = request.GET.get("vis") == UNTOUCHED
    lines = pathways.guideline_lines(actor=actor, ids={each.ref for each in found.guideline})
    shown = {
        "found": found,
        "strategy": found.strategy,
        "areas": [
            (area, [row for row in area.rows if not (only_untouched and row.is_touched)]) for area in found.areas
        ],
        "guideline": [
            (each, in_words(lines[each.ref].text) if each.ref in lines else each.label) for each in found.guideline
        ],
        **_ways(found, only_untouched=only_untouched),
        "may_import": actor.may("strategy.import"),
        "columns": [Column(_("National measure")), Column(_("Who is responsible")), Column(_("Ours"))],
        "guideline_columns": [Column(_("Line")), Column(_("Ours"))],
        "crumbs": crumbs_to(),
        "views": views_of(found.strategy, "coverage"),
    }
    return render(request, "strategy/coverage.html", shown)


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
