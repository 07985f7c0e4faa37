"""Focus areas, goals, and how they are gone about."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import seen_as
from medspiller.strategy.domain.refusals import StrategyChanged, StrategyRefused
from medspiller.strategy.domain.seen import SeenArea, SeenStrategy
from medspiller.strategy.domain.vocabulary import BEING_WRITTEN
from medspiller.strategy.web.acting import REMOVE, acting, form_page, must, opened, plan_crumbs, presses, sent
from medspiller.strategy.web.forms import ApproachForm, AreaForm, GoalForm
from medspiller.strategy.web.refusals import came_too_late, refuse
from medspiller.ui.forms import Form

EDIT = "strategy.edit"
# The text of an area is the one of them that takes more than a minute to write.
AREA_DRAFTS = drafts.of_form("strategy.area", action=EDIT, fields_of=[AreaForm])


@requires(EDIT, methods=("GET", "POST"))
def new_area(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Add a focus area."""
    seen = _strategy(request, strategy_id)

    def store(asked: dict[str, Any]) -> None:
        services.add_area(actor=acting(request), strategy_id=strategy_id, **asked)

    draft = AREA_DRAFTS.open(request, key=strategy_id)
    form = opened(request, draft, AreaForm)
    return _page(request, seen, form, store, heading=_("New focus area"), draft=draft)


@requires(EDIT, methods=("GET", "POST"))
def change_area(request: HttpRequest, strategy_id: UUID, area_id: UUID) -> HttpResponse:
    """Change a focus area, or remove one with nothing in it."""
    seen = _strategy(request, strategy_id)
    area = area_of(seen, area_id)

    def store(asked: dict[str, Any]) -> None:
        mark = form.cleaned_data["seen"]
        services.change_area(actor=acting(request), area_id=area_id, seen=mark, **asked)

    def remove() -> None:
        services.remove_area(actor=acting(request), area_id=area_id)

    is_empty = not (area.goals or area.approaches or area.measures)
    start = {"title": area.title, "text": area.text, "seen": seen_as(area.title, area.text)}
    draft = AREA_DRAFTS.open(request, key=area_id)
    form, heading = opened(request, draft, AreaForm, initial=start), _("Change the focus area")
    return _page(request, seen, form, store, heading=heading, remove=remove if is_empty else None, draft=draft)


@requires(EDIT, methods=("GET", "POST"))
def new_goal(request: HttpRequest, strategy_id: UUID, area_id: UUID) -> HttpResponse:
    """Add a goal to a focus area."""
    seen = _strategy(request, strategy_id)
    area = area_of(seen, area_id)

    def store(asked: dict[str, Any]) -> None:
        services.add_goal(actor=acting(request), area_id=area_id, **asked)

    return _page(request, seen, GoalForm(sent(request)), store, heading=_("New goal"), lead=area.title)


@requires(EDIT, methods=("GET", "POST"))
def new_approach(request: HttpRequest, strategy_id: UUID, area_id: UUID) -> HttpResponse:
    """Add to a focus area how it is gone about."""
    seen = _strategy(request, strategy_id)
    area = area_of(seen, area_id)

    def store(asked: dict[str, Any]) -> None:
        services.add_approach(actor=acting(request), area_id=area_id, **asked)

    return _page(request, seen, ApproachForm(sent(request)), store, heading=_("How to go about it"), lead=area.title)


@requires(EDIT, methods=("GET", "POST"))
def change_goal(request: HttpRequest, strategy_id: UUID, goal_id: UUID) -> HttpResponse:
    """Change a goal, or remove it."""
    seen = _strategy(request, strategy_id)
    goal = _among([each for area in seen.areas for each in area.goals], goal_id)

    def store(asked: dict[str, Any]) -> None:
        services.change_goal(actor=acting(request), goal_id=goal_id, seen=form.cleaned_data["seen"], **asked)

    def remove() -> None:
        services.remove_goal(actor=acting(request), goal_id=goal_id)

    form = GoalForm(sent(request), initial={"text": goal.text, "seen": seen_as(goal.text)})
    return _page(request, seen, form, store, heading=_("Change the goal"), remove=remove)


@requires(EDIT, methods=("GET", "POST"))
def change_approach(request: HttpRequest, strategy_id: UUID, approach_id: UUID) -> HttpResponse:
    """Change how a focus area is gone about, or remove it."""
    seen = _strategy(request, strategy_id)
    approach = _among([each for area in seen.areas for each in area.approaches], approach_id)

    def store(asked: dict[str, Any]) -> None:
        mark = form.cleaned_data["seen"]
        services.change_approach(actor=acting(request), approach_id=approach_id, seen=mark, **asked)

    def remove() -> None:
        services.remove_approach(actor=acting(request), approach_id=approach_id)

    form = ApproachForm(sent(request), initial={"text": approach.text, "seen": seen_as(approach.text)})
    return _page(request, seen, form, store, heading=_("How to go about it"), remove=remove)


def area_of(seen: SeenStrategy, area_id: UUID) -> SeenArea:
    """
    Return a focus area of a strategy.

    :raises Http404: if it is of another.
    """
    found: SeenArea = _among(seen.areas, area_id)
    return found


def _among(things: Any, wanted: UUID) -> Any:
    found = next((each for each in things if each.id == wanted), None)
    if found is None:
        raise Http404(str(wanted))
    return found


def _strategy(request: HttpRequest, strategy_id: UUID) -> SeenStrategy:
    seen = selectors.strategy(actor=acting(request), strategy_id=strategy_id)
    must(acting(request), seen.may.edit, EDIT, subject_id=strategy_id)
    return seen


def _page(
    request: HttpRequest,
    seen: SeenStrategy,
    form: Form,
    store: Callable[[dict[str, Any]], None],
    *,
    heading: str,
    lead: str = "",
    remove: Callable[[], None] | None = None,
    draft: drafts.OpenDraft | None = None,
) -> HttpResponse:
    """Store what a form says, or remove what it is about, and go back to the plan; else show what is wrong."""
    back = reverse("strategy:strategy", args=[seen.line.id])
    removes, late = remove is not None and presses(request, REMOVE), {}
    if form.is_bound and (removes or form.is_valid()):
        try:
            if removes and remove is not None:
                remove()
            else:
                store({name: value for name, value in form.cleaned_data.items() if name != "seen"})
        except StrategyChanged as conflict:
            late = came_too_late(form, conflict)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            if draft is not None:
                draft.forget()
            messages.success(request, _("It is removed.") if removes else _("Saved."))
            return redirect(back)
    return form_page(
        request,
        form,
        heading=heading,
        lead=lead,
        button=_("Save"),
        back=back,
        crumbs=plan_crumbs(seen.line),
        may_remove=remove is not None and seen.line.status in BEING_WRITTEN,
        draft=draft,
        **late,
    )
