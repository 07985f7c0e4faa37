"""A measure: seeing all of it, writing it, moving it, stopping it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core.periods import Period
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import MeasureDetails, OwnerChoice, answering_as
from medspiller.strategy.domain.refusals import StrategyChanged, StrategyRefused
from medspiller.strategy.domain.seen import SeenStrategy, WholeMeasure
from medspiller.strategy.domain.vocabulary import BEING_WRITTEN, OVER, Service
from medspiller.strategy.templatetags.strategy_words import FLAGS, LATES
from medspiller.strategy.web.acting import MORE, REMOVE, acting, form_page, may_now, must, plan_crumbs, presses, sent
from medspiller.strategy.web.measure_forms import (
    MeasureForm,
    MoveForm,
    OwnerForm,
    StopForm,
    owner_forms,
    owners_of,
)
from medspiller.strategy.web.naming import SEE_FIGURES, figures, named
from medspiller.strategy.web.parts import area_of
from medspiller.strategy.web.refusals import came_too_late, refuse
from medspiller.strategy.web.units import units_to_choose
from medspiller.ui.components.tables import Column

READ, EDIT = "strategy.read", "strategy.edit"
OWN_FIELDS = ("text", "budget", "funding", "partners", "deliverables", "learnt", "version")


@requires(READ)
def one(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Show all of a measure: what it is, what it is linked to, what was told of it, its figures."""
    seen = selectors.measure(actor=acting(request), measure_id=measure_id)
    measure = seen.measure
    served = set(measure.goal_ids)
    shown = {
        "seen": seen,
        "measure": measure,
        "strategy": seen.strategy,
        "may": may_now(seen.may, seen.strategy),
        "goals": [each for each in seen.goals if each.id in served],
        "links": named(acting(request), measure.links),
        "flags": [code for code in FLAGS if code in measure.lacks],
        "lates": [code for code in LATES if code in measure.lates],
        "indicators": _indicators(acting(request), seen),
        "may_see_figures": acting(request).may(SEE_FIGURES),
        "is_over": measure.status in OVER,
        "value_columns": [
            Column(_("For")),
            Column(_("Value"), numeric=True),
            Column(_("Source")),
            Column(_("Written down")),
        ],
        "crumbs": plan_crumbs(seen.strategy),
    }
    return render(request, "strategy/measure.html", shown)


@requires(EDIT, methods=("GET", "POST"))
def new(request: HttpRequest, strategy_id: UUID, area_id: UUID) -> HttpResponse:
    """Add a measure to a focus area."""
    actor = acting(request)
    seen = selectors.strategy(actor=actor, strategy_id=strategy_id)
    must(actor, seen.may.edit, EDIT, subject_id=strategy_id)
    area = area_of(seen, area_id)
    form = MeasureForm(sent(request), goals=_goals(seen, area.id))
    rows = _rows(request, [])
    if _is_to_be_stored(request, form, rows):
        try:
            made = services.add_measure(actor=actor, area_id=area_id, details=_details(form), owners=_owners(rows))
            if form.goal_ids():
                services.set_goals(actor=actor, measure_id=made.id, goal_ids=form.goal_ids())
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:measure", made.id)
    return _page(
        request,
        form,
        rows,
        heading=_("New measure"),
        lead=area.title,
        back=reverse("strategy:strategy", args=[strategy_id]),
        crumbs=plan_crumbs(seen.line),
    )


@requires(EDIT, methods=("GET", "POST"))
def change(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Change a measure, its owners and the goals it serves; remove it from a draft."""
    actor, more = acting(request), {}
    seen = measure_to_edit(request, measure_id)
    plan = selectors.strategy(actor=actor, strategy_id=seen.strategy.id)
    form = MeasureForm(sent(request), goals=_goals(plan, seen.measure.area_id), initial=_initial(seen))
    rows = _rows(request, [(each.name, str(each.unit_id or "")) for each in seen.measure.owners])
    removable = seen.strategy.status in BEING_WRITTEN
    if presses(request, REMOVE) and removable:
        try:
            services.remove_measure(actor=actor, measure_id=measure_id)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("It is removed."))
            return redirect("strategy:strategy", seen.strategy.id)
    elif _is_to_be_stored(request, form, rows):
        try:
            _store(request, seen, form, rows)
        except StrategyChanged as conflict:
            more = came_too_late(form, conflict)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:measure", measure_id)
    return _page(
        request,
        form,
        rows,
        heading=_("Change the measure"),
        back=reverse("strategy:measure", args=[measure_id]),
        crumbs=measure_crumbs(seen),
        may_remove=removable,
        **more,
    )


@requires(EDIT, methods=("GET", "POST"))
def move(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Move a measure to another focus area."""
    actor, more = acting(request), {}
    seen = measure_to_edit(request, measure_id)
    areas = selectors.strategy(actor=actor, strategy_id=seen.strategy.id).areas
    choices = [(str(each.id), f"{each.number} {each.title}") for each in areas]
    start = {"area": str(seen.measure.area_id), "version": seen.measure.version}
    form = MoveForm(sent(request), areas=choices, initial=start)
    if form.is_bound and form.is_valid():
        try:
            services.move_measure(
                actor=actor,
                measure_id=measure_id,
                version=form.cleaned_data["version"] or 0,
                area_id=UUID(form.cleaned_data["area"]),
            )
        except StrategyChanged as conflict:
            more = came_too_late(form, conflict)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The measure is moved. It has a new number."))
            return redirect("strategy:measure", measure_id)
    return form_page(
        request,
        form,
        heading=_("Move the measure"),
        lead=seen.measure.text,
        button=_("Move"),
        back=reverse("strategy:measure", args=[measure_id]),
        crumbs=measure_crumbs(seen),
        **more,
    )


@requires(EDIT, methods=("GET", "POST"))
def stop(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Stop a measure, with why. It stays to be read."""
    seen = measure_to_edit(request, measure_id)
    form = StopForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            services.stop_measure(actor=acting(request), measure_id=measure_id, why=form.cleaned_data["why"])
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The measure is stopped."))
            return redirect("strategy:measure", measure_id)
    return form_page(
        request,
        form,
        heading=_("Stop the measure"),
        lead=seen.measure.text,
        button=_("Stop it"),
        back=reverse("strategy:measure", args=[measure_id]),
        crumbs=measure_crumbs(seen),
    )


def measure_to_edit(request: HttpRequest, measure_id: UUID) -> WholeMeasure:
    """
    Return a measure that is the actor's to change.

    :raises NotAllowed: if it is not.
    """
    seen = selectors.measure(actor=acting(request), measure_id=measure_id)
    must(acting(request), seen.may.edit, EDIT, subject_id=measure_id)
    return seen


def measure_crumbs(seen: WholeMeasure) -> list[tuple[str, str]]:
    """Return the way to a page about a measure."""
    place = reverse("strategy:measure", args=[seen.measure.id])
    return plan_crumbs(seen.strategy, (place, _("Measure %(number)s") % {"number": seen.measure.label}))


def _indicators(actor: Actor, seen: WholeMeasure) -> list[dict[str, Any]]:
    """What is followed, each with its values, the newest first, or with what was computed last."""
    computed = figures(actor, seen.indicators)
    found = []
    for each in seen.indicators:
        name, newest = computed.get(each.indicator, (each.name, None))
        values = [(Period(one.period_from, one.period_to), one) for one in reversed(each.values)]
        found.append({"seen": each, "name": name, "newest": newest, "values": values})
    return found


def _rows(request: HttpRequest, owners: list[tuple[str, str]]) -> list[OwnerForm]:
    more = 2 if presses(request, MORE) else 0
    return owner_forms(sent(request), units=units_to_choose(acting(request)), owners=owners, room_for=more)


def _is_to_be_stored(request: HttpRequest, form: MeasureForm, rows: list[OwnerForm]) -> bool:
    if not form.is_bound or presses(request, MORE):
        return False
    return all([form.is_valid(), *(row.is_valid() for row in rows)])


def _details(form: MeasureForm, notes: tuple[str, ...] = ()) -> MeasureDetails:
    written = form.written()
    services_named = tuple(Service(each) for each in written["services"])
    return MeasureDetails(**{**written, "services": services_named, "notes": notes})


def _owners(rows: list[OwnerForm]) -> list[OwnerChoice]:
    return [OwnerChoice(name=name, unit_id=unit_id) for name, unit_id in owners_of(rows)]


def _store(request: HttpRequest, seen: WholeMeasure, form: MeasureForm, rows: list[OwnerForm]) -> None:
    """Store the measure with its owners and goals, or nothing of it."""
    services.rewrite_measure(
        actor=acting(request),
        measure_id=seen.measure.id,
        version=form.cleaned_data["version"] or 0,
        seen=form.cleaned_data["seen"],
        details=_details(form, seen.measure.notes),
        owners=_owners(rows),
        goal_ids=form.goal_ids(),
    )


def _goals(plan: SeenStrategy, area_id: UUID) -> list[tuple[str, str]]:
    """Return the goals of a plan, those of one focus area first; the others say which area they are of."""
    own = [(str(goal.id), goal.text) for area in plan.areas if area.id == area_id for goal in area.goals]
    others = [area for area in plan.areas if area.id != area_id]
    return own + [(str(goal.id), f"{area.title}: {goal.text}") for area in others for goal in area.goals]


def _initial(seen: WholeMeasure) -> dict[str, Any]:
    measure = seen.measure
    return {
        **{name: getattr(measure, name) for name in OWN_FIELDS},
        "from_year": measure.own_from_year,
        "to_year": measure.own_to_year,
        "services": [each.value for each in measure.services],
        "goals": [str(each) for each in measure.goal_ids],
        "seen": answering_as([(each.name, each.unit_id) for each in measure.owners], measure.goal_ids),
    }


def _page(request: HttpRequest, form: MeasureForm, rows: list[OwnerForm], **more: Any) -> HttpResponse:
    if presses(request, MORE):
        # Only room was asked for: nothing is wrong yet.
        for each in (form, *rows):
            each.full_clean()
            each.errors.clear()
    return form_page(
        request,
        form,
        button=_("Save"),
        template="strategy/measure_form.html",
        rows=rows,
        forms=[form, *rows],
        **more,
    )
