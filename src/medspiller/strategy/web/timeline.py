"""A plan over time: a picture, and the same as a table."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.strategy import selectors
from medspiller.strategy.templatetags.strategy_words import LIGHTS, STATUSES
from medspiller.strategy.web.acting import acting, crumbs_to, views_of
from medspiller.strategy.web.drawing import chart
from medspiller.ui.components.tables import Column

# How the address names what bars stand under.
BY = {"omrade": "area", "ansvarlig": "owner", "ar": "year"}


@requires("strategy.read")
def timeline(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show from when to when each measure runs, by focus area, owner or first year."""
    asked = request.GET.get("etter", "")
    by = asked if asked in BY else "omrade"
    actor = acting(request)
    line = selectors.strategy(actor=actor, strategy_id=strategy_id).line
    found = selectors.gantt(actor=actor, strategy_id=strategy_id, by=BY[by])
    number = len({bar.measure_id for group in found.groups for bar in group.bars})
    words = ngettext(
        "%(count)s measure from %(first)s to %(last)s. The table below says the same.",
        "%(count)s measures from %(first)s to %(last)s. The table below says the same.",
        number,
    )
    shown = {
        "strategy": line,
        "groupings": [
            ("omrade", _("By focus area"), by == "omrade"),
            ("ansvarlig", _("By owner"), by == "ansvarlig"),
            ("ar", _("By first year"), by == "ar"),
        ],
        "found": found,
        "chart": chart(found),
        "about": words % {"count": number, "first": found.from_year, "last": found.to_year},
        "statuses": STATUSES.items(),
        "lights": LIGHTS,
        "today": clock.today(),
        "columns": [
            Column(_("Measure")),
            Column(_("Years")),
            Column(_("Who is responsible")),
            Column(_("Status")),
            Column(_("How it is going")),
        ],
        "crumbs": crumbs_to(),
        "views": views_of(line, "timeline"),
    }
    return render(request, "strategy/timeline.html", shown)
