"""What whoever leads sees: how work and plans are spread, and which plans are at risk."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.followup import selectors
from medspiller.followup.selectors import HolderLoad
from medspiller.followup.templatetags.followup_words import risk_words
from medspiller.followup.web.acting import acting
from medspiller.organisations import selectors as organisations
from medspiller.pathways.selectors.words import in_words
from medspiller.ui.components.tables import Column
from medspiller.ui.spreadsheets import csv_file
from medspiller.worklist import selectors as worklist
from medspiller.worklist.selectors.words import kind_title

VIEW = "followup.view_load"


@requires(VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """Show who has how much, what is overdue, and the plans that need the leader; for one unit if one is chosen."""
    actor = acting(request)
    units = organisations.units(actor=actor, on=clock.today()).filter(id__in=actor.units_with(VIEW))
    unit_id = _chosen(request)
    load, held, only_plans = _spread(request)
    shown = {
        "load": load,
        "held": held,
        "only_plans": only_plans,
        "kinds": load.kinds,
        "at_risk": selectors.plans_at_risk(actor=actor, unit_id=unit_id),
        "more_at_risk": selectors.more_at_risk(actor=actor, unit_id=unit_id),
        "units": _tabs(units, unit_id),
        "query": request.GET.urlencode(),
        "columns": [Column(_("Who")), *(Column(each, numeric=True) for each in _counted())],
        "kind_columns": [Column(_("What")), *(Column(each, numeric=True) for each in _counted_of_kind())],
        "risk_columns": [Column(each) for each in _of_risk()],
    }
    return render(request, "followup/overview.html", shown)


@requires(VIEW)
def load_csv(request: HttpRequest) -> HttpResponse:
    """Give who has how much as a file."""
    _load, held, only_plans = _spread(request)
    away, nobody = _("Away"), _("Nobody yet")
    rows = [[_("Who"), away, *_counted()]]
    for each, plans in held:
        counts = (plans.plans if plans else 0, each.open, each.overdue, each.this_week, each.put_off)
        is_away = plans is not None and plans.is_away
        rows.append([each.name if each.id else nobody, away if is_away else "", *map(str, counts)])
    rows += [[each.name, away if each.is_away else "", str(each.plans), *"0000"] for each in only_plans]
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rows, filename=_("workload-%(day)s.csv") % {"day": clock.today().isoformat()})


@requires(VIEW)
def kinds_csv(request: HttpRequest) -> HttpResponse:
    """Give what waits, by what it is, as a file."""
    load = worklist.load(actor=acting(request), unit_id=_chosen(request))
    rows = [[kind_title(each.kind), str(each.open), str(each.overdue)] for each in load.kinds]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("tasks-by-kind-%(day)s.csv") % {"day": clock.today().isoformat()}
    return csv_file([[_("What"), *_counted_of_kind()], *rows], filename=name)


@requires(VIEW)
def at_risk_csv(request: HttpRequest) -> HttpResponse:
    """Give the plans that need the leader as a file; each carer who is named is in the log as on the page."""
    actor, unit_id = acting(request), _chosen(request)
    kept_back = _("Somebody whose page you cannot open")
    found = selectors.plans_at_risk(actor=actor, unit_id=unit_id)
    lines = [[in_words(each.title), each.carer or kept_back, each.holder, risk_words(each.why)] for each in found]
    more = selectors.more_at_risk(actor=actor, unit_id=unit_id)
    if more:
        words = ngettext(
            "%(count)s more plan is not shown. Choose a unit to see it.",
            "%(count)s more plans are not shown. Choose a unit to see them.",
            more,
        )
        lines.append([words % {"count": more}])
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file([_of_risk(), *lines], filename=_("plans-at-risk-%(day)s.csv") % {"day": clock.today().isoformat()})


def _spread(
    request: HttpRequest,
) -> tuple[worklist.Load, list[tuple[worklist.HeldBy, HolderLoad | None]], list[HolderLoad]]:
    """Return what waits, who has how much of it with the plans they hold, and who holds plans alone."""
    actor, unit_id = acting(request), _chosen(request)
    load = worklist.load(actor=actor, unit_id=unit_id)
    plans = {each.user_id: each for each in selectors.load(actor=actor, unit_id=unit_id)}
    held = [(each, plans.pop(each.id, None) if each.id else None) for each in load.held]
    return load, held, list(plans.values())


def _counted() -> list[str]:
    return [_("Plans"), _("Tasks"), _("Overdue"), _("This week"), _("Put off")]


def _counted_of_kind() -> list[str]:
    return [pgettext("how many tasks", "Waiting"), _("Overdue")]


def _of_risk() -> list[str]:
    return [_("Plan"), _("Carer"), _("Who has it"), _("Why")]


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
