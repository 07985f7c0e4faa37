"""What whoever leads sees: how work and plans are spread, and which plans are at risk."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.followup import selectors
from medspiller.followup.web.acting import acting
from medspiller.organisations import selectors as organisations
from medspiller.ui.components.tables import Column
from medspiller.worklist import selectors as worklist


@requires("followup.view_load")
def overview(request: HttpRequest) -> HttpResponse:
    """Show who has how much, what is overdue, and the plans that need the leader; for one unit if one is chosen."""
    actor = acting(request)
    units = organisations.units(actor=actor, on=clock.today()).filter(id__in=actor.units_with("followup.view_load"))
    unit_id = _chosen(request)
    load = worklist.load(actor=actor, unit_id=unit_id)
    plans = {each.user_id: each for each in selectors.load(actor=actor, unit_id=unit_id)}
    held = [(each, plans.pop(each.id, None) if each.id else None) for each in load.held]
    shown = {
        "load": load,
        "held": held,
        "only_plans": list(plans.values()),
        "kinds": load.kinds,
        "at_risk": selectors.plans_at_risk(actor=actor, unit_id=unit_id),
        "more_at_risk": selectors.more_at_risk(actor=actor, unit_id=unit_id),
        "units": _tabs(units, unit_id),
        "columns": [
            Column(_("Who")),
            Column(_("Plans"), numeric=True),
            Column(_("Tasks"), numeric=True),
            Column(_("Overdue"), numeric=True),
            Column(_("This week"), numeric=True),
            Column(_("Put off"), numeric=True),
        ],
        "kind_columns": [Column(_("What")), Column(_("Waiting"), numeric=True), Column(_("Overdue"), numeric=True)],
        "risk_columns": [Column(_("Plan")), Column(_("Carer")), Column(_("Who has it")), Column(_("Why"))],
    }
    return render(request, "followup/overview.html", shown)


def _tabs(units: Iterable[Any], chosen: UUID | None) -> list[dict[str, Any]]:
    named = [(each.id, each.name) for each in units]
    every = {"label": _("All"), "href": reverse("followup:overview"), "is_current": chosen is None}
    return [
        every,
        *({"label": name, "href": f"?enhet={unit_id}", "is_current": unit_id == chosen} for unit_id, name in named),
    ]


def _chosen(request: HttpRequest) -> UUID | None:
    asked = request.GET.get("enhet", "")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        raise Http404(asked) from None
