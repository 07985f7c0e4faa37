"""A strategy on its way: hearing, adoption, the public, roll-over, and asking owners how it goes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.refusals import PlanKnown, StrategyChanged, StrategyRefused
from medspiller.strategy.domain.seen import SeenStrategy
from medspiller.strategy.domain.vocabulary import OVER, Body, Event
from medspiller.strategy.web.acting import acting, crumbs_to, form_page, may_now, must, plan_crumbs, sent, views_of
from medspiller.strategy.web.forms import AdoptForm, AskForm, LogForm, RollOverForm
from medspiller.strategy.web.refusals import came_too_late, refuse, words_of

READ, EDIT, ADOPT = "strategy.read", "strategy.edit", "strategy.adopt"
WEEKS_TO_ANSWER = 3


@requires(READ)
def log(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show who has heard, commented or decided."""
    actor = acting(request)
    seen = selectors.strategy(actor=actor, strategy_id=strategy_id)
    shown = {
        "strategy": seen.line,
        "may": may_now(seen.may, seen.line),
        "log": selectors.log(actor=actor, strategy_id=strategy_id),
        "crumbs": crumbs_to(),
        "views": views_of(seen.line, "log"),
    }
    return render(request, "strategy/log.html", shown)


@requires(EDIT, methods=("GET", "POST"))
def log_event(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Write down who has heard, commented or decided."""
    seen = _to_edit(request, strategy_id)
    form = LogForm(sent(request))
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        codes = {"body": Body(asked["body"]), "what": Event(asked["what"])}
        try:
            services.log_event(actor=acting(request), strategy_id=strategy_id, **{**asked, **codes})
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("strategy:log", strategy_id)
    place = reverse("strategy:log", args=[strategy_id])
    return form_page(
        request,
        form,
        heading=_("Write down what happened"),
        button=_("Save"),
        back=place,
        crumbs=plan_crumbs(seen.line, (place, _("Consultation and adoption"))),
    )


@requires(EDIT, methods=("POST",))
def start_hearing(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Send a draft for hearing."""
    line = selectors.strategy(actor=acting(request), strategy_id=strategy_id).line

    def store() -> None:
        services.start_hearing(actor=acting(request), strategy_id=strategy_id, version=line.version)

    return _pressed(
        request, strategy_id, store, _("The strategy is out for consultation. Write in the log who has been asked.")
    )


@requires(ADOPT, methods=("GET", "POST"))
def adopt(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Say who adopted a strategy, and when."""
    actor, more = acting(request), {}
    line = selectors.strategy(actor=actor, strategy_id=strategy_id).line
    form = AdoptForm(sent(request), initial={"version": line.version, "adopted_on": clock.today()})
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            services.adopt(
                actor=actor,
                strategy_id=strategy_id,
                version=asked["version"] or 0,
                by=asked["adopted_by"],
                on=asked["adopted_on"],
            )
        except StrategyChanged as conflict:
            more = came_too_late(form, conflict)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The strategy is adopted."))
            return redirect("strategy:strategy", strategy_id)
    return form_page(
        request,
        form,
        heading=_("Adopt the strategy"),
        lead=_("After this nothing is removed from it: measures can be stopped, and the history stays."),
        button=_("Adopt"),
        back=reverse("strategy:strategy", args=[strategy_id]),
        crumbs=plan_crumbs(line),
        **more,
    )


@requires(ADOPT, methods=("POST",))
def publish(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show a strategy to the public."""

    def store() -> None:
        services.publish(actor=acting(request), strategy_id=strategy_id)

    return _pressed(request, strategy_id, store, _("The public can read the strategy and its progress now."))


@requires(ADOPT, methods=("POST",))
def unpublish(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show a strategy to the public no longer."""

    def store() -> None:
        services.unpublish(actor=acting(request), strategy_id=strategy_id)

    return _pressed(request, strategy_id, store, _("The public cannot read the strategy any more."))


@requires(ADOPT, methods=("POST",))
def end(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """End a strategy that nothing follows."""
    line = selectors.strategy(actor=acting(request), strategy_id=strategy_id).line

    def store() -> None:
        services.end_strategy(actor=acting(request), strategy_id=strategy_id, version=line.version)

    return _pressed(request, strategy_id, store, _("The strategy has ended. It can still be read."))


@requires(EDIT, methods=("GET", "POST"))
def roll_over(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Show what goes into the next strategy, and begin it."""
    actor = acting(request)
    seen = _to_edit(request, strategy_id)
    line = seen.line
    long = line.to_year - line.from_year
    form = RollOverForm(sent(request), initial={"from_year": line.to_year + 1, "to_year": line.to_year + 1 + long})
    if form.is_bound and form.is_valid():
        try:
            made = services.roll_over(actor=actor, strategy_id=strategy_id, **form.cleaned_data)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        except PlanKnown:
            form.add_error("from_year", _("There is a plan with this name, owner and years already."))
        else:
            messages.success(
                request,
                _("The next strategy has been started as a draft. This one applies until the new one is adopted."),
            )
            return redirect("strategy:strategy", made.id)
    goes_on = [each for each in seen.measures if each.status not in OVER]
    return form_page(
        request,
        form,
        heading=_("Roll the strategy over"),
        button=_("Begin the next strategy"),
        back=reverse("strategy:strategy", args=[strategy_id]),
        crumbs=plan_crumbs(line),
        template="strategy/roll_over.html",
        areas=seen.areas,
        goals=sum(len(area.goals) for area in seen.areas),
        approaches=sum(len(area.approaches) for area in seen.areas),
        goes_on=goes_on,
        stays=[each for each in seen.measures if each.status in OVER],
    )


@requires(EDIT, methods=("GET", "POST"))
def ask_for_status(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Ask the owners of a strategy's measures how it goes, by a day."""
    actor = acting(request)
    seen = _to_edit(request, strategy_id)
    form = AskForm(sent(request), initial={"due_on": clock.today() + timedelta(weeks=WEEKS_TO_ANSWER)})
    if form.is_bound and form.is_valid():
        try:
            asked = services.ask_for_status(actor=actor, strategy_id=strategy_id, due_on=form.cleaned_data["due_on"])
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            words = ngettext(
                "Asked about %(count)s measure. It is on the owners' work lists.",
                "Asked about %(count)s measures. They are on the owners' work lists.",
                asked,
            )
            messages.success(request, words % {"count": asked})
            return redirect("strategy:strategy", strategy_id)
    open_ones = [each for each in seen.measures if each.status not in OVER]
    return form_page(
        request,
        form,
        heading=_("Ask how it is going"),
        lead=_(
            "Each measure that has not ended goes to the work list of its owners' units, with a reminder "
            "before and after the day. Measures without a unit go to the unit responsible for the strategy."
        ),
        button=_("Ask"),
        back=reverse("strategy:strategy", args=[strategy_id]),
        crumbs=plan_crumbs(seen.line),
        template="strategy/ask.html",
        open_ones=len(open_ones),
        without_unit=[each for each in open_ones if not any(owner.unit_id for owner in each.owners)],
    )


def _to_edit(request: HttpRequest, strategy_id: UUID) -> SeenStrategy:
    seen = selectors.strategy(actor=acting(request), strategy_id=strategy_id)
    must(acting(request), seen.may.edit, EDIT, subject_id=strategy_id)
    return seen


def _pressed(request: HttpRequest, strategy_id: UUID, store: Callable[[], Any], words: str) -> HttpResponse:
    try:
        store()
    except StrategyRefused as refusal:
        messages.error(request, words_of(refusal))
    except StrategyChanged:
        messages.error(request, _("Somebody else has changed this just now. Look at it again."))
    else:
        messages.success(request, words)
    return redirect("strategy:strategy", strategy_id)
