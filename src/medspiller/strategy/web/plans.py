"""A strategy with its plan: seeing it whole, writing its head."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import StrategyDetails
from medspiller.strategy.domain.refusals import PlanKnown, StrategyChanged, StrategyRefused
from medspiller.strategy.domain.vocabulary import Level
from medspiller.strategy.web.acting import acting, crumbs_to, form_page, may_now, must, plan_crumbs, sent, views_of
from medspiller.strategy.web.forms import StrategyForm
from medspiller.strategy.web.refusals import came_too_late, refuse
from medspiller.strategy.web.units import own_unit, units_to_answer

READ, EDIT = "strategy.read", "strategy.edit"


@requires(READ)
def one(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show a strategy: areas, goals, how they are gone about, measures."""
    seen = selectors.strategy(actor=acting(request), strategy_id=strategy_id)
    shown = {
        "strategy": seen.line,
        "seen": seen,
        "may": may_now(seen.may, seen.line),
        "crumbs": crumbs_to(),
        "views": views_of(seen.line, "strategy"),
        "number": len(seen.measures),
    }
    return render(request, "strategy/strategy.html", shown)


@requires(EDIT, methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin a strategy by hand."""
    actor = acting(request)
    start = {"unit": str(own_unit(actor) or ""), "owner_name": actor.organisation}
    form = StrategyForm(sent(request), units=units_to_answer(actor), initial=start)
    if form.is_bound and form.is_valid():
        try:
            made = services.create_strategy(actor=actor, details=_details(form))
        except StrategyRefused as refusal:
            refuse(form, refusal)
        except PlanKnown:
            form.add_error("title", _("There is a plan with this name, owner and years already."))
        else:
            messages.success(request, _("The strategy has been created. Add its focus areas now."))
            return redirect("strategy:strategy", made.id)
    return form_page(
        request,
        form,
        heading=_("New strategy"),
        button=_("Save"),
        back=reverse("strategy:home"),
        crumbs=crumbs_to(),
    )


@requires(EDIT, methods=("GET", "POST"))
def change(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Change the head of a strategy."""
    actor, more = acting(request), {}
    seen = selectors.strategy(actor=actor, strategy_id=strategy_id)
    line = seen.line
    must(actor, seen.may.edit, EDIT, subject_id=strategy_id)
    form = StrategyForm(sent(request), units=units_to_answer(actor), initial=_written(line))
    if form.is_bound and form.is_valid():
        try:
            services.change_strategy(
                actor=actor,
                strategy_id=strategy_id,
                version=form.cleaned_data["version"] or 0,
                details=_details(form),
            )
        except StrategyChanged as conflict:
            more = came_too_late(form, conflict)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        except PlanKnown:
            form.add_error("title", _("There is a plan with this name, owner and years already."))
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:strategy", strategy_id)
    return form_page(
        request,
        form,
        heading=_("Change the strategy"),
        button=_("Save"),
        back=reverse("strategy:strategy", args=[strategy_id]),
        crumbs=plan_crumbs(line),
        **more,
    )


def _details(form: StrategyForm) -> StrategyDetails:
    written = form.written()
    return StrategyDetails(**{**written, "level": Level(written["level"])})


def _written(line: Any) -> dict[str, Any]:
    names = ("title", "owner_name", "from_year", "to_year", "responsible", "rolls_every_years", "version")
    return {
        **{name: getattr(line, name) for name in names},
        "level": line.level.value,
        "unit": str(line.unit_id or ""),
    }
