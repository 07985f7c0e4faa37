"""Figures that show whether a measure helps, and values that are written down by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.pathways.selectors.words import in_words
from medspiller.statistics import selectors as statistics
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import seen_as
from medspiller.strategy.domain.refusals import StrategyChanged, StrategyRefused
from medspiller.strategy.domain.seen import SeenIndicator, WholeMeasure
from medspiller.strategy.services.indicators import SEEN_FIELDS
from medspiller.strategy.web.acting import REMOVE, acting, form_page, must, presses, sent
from medspiller.strategy.web.measure_forms import IndicatorForm, ValueForm
from medspiller.strategy.web.measures import measure_crumbs, measure_to_edit
from medspiller.strategy.web.refusals import came_too_late, refuse
from medspiller.ui.forms import Form

EDIT, REPORT = "strategy.edit", "strategy.report"
ONE_DAY = timedelta(days=1)


@requires(EDIT, methods=("GET", "POST"))
def new(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Say what is to be followed for a measure."""
    seen = measure_to_edit(request, measure_id)
    followed = {each.indicator for each in seen.indicators}
    published = statistics.indicators(actor=acting(request))
    computed = [(each.slug, in_words(each.title)) for each in published if each.slug not in followed]
    form = IndicatorForm(sent(request), computed=computed)

    def store() -> None:
        services.add_indicator(actor=acting(request), measure_id=measure_id, details=form.details())

    return _page(request, seen, form, store, heading=_("New indicator"))


@requires(EDIT, methods=("GET", "POST"))
def change(request: HttpRequest, measure_id: UUID, measure_indicator_id: UUID) -> HttpResponse:
    """Change what is followed, or follow it no longer."""
    seen = measure_to_edit(request, measure_id)
    indicator = _indicator(seen, measure_indicator_id)
    start = {name: getattr(indicator, name) for name in SEEN_FIELDS}
    form = IndicatorForm(sent(request), computed=None, initial={**start, "seen": seen_as(*start.values())})

    def store() -> None:
        if presses(request, REMOVE):
            services.remove_indicator(actor=acting(request), indicator_id=measure_indicator_id)
            return
        services.change_indicator(
            actor=acting(request),
            indicator_id=measure_indicator_id,
            details=form.details(indicator=indicator.indicator),
            seen=form.cleaned_data["seen"],
        )

    may_remove = not indicator.values
    return _page(request, seen, form, store, heading=_("Change the indicator"), may_remove=may_remove)


@requires(REPORT, methods=("GET", "POST"))
def new_value(request: HttpRequest, measure_id: UUID, measure_indicator_id: UUID) -> HttpResponse:
    """Write down a value, with when it holds and where it is from."""
    seen = selectors.measure(actor=acting(request), measure_id=measure_id)
    must(acting(request), seen.may.report, REPORT, subject_id=measure_id)
    indicator = _indicator(seen, measure_indicator_id)
    form = ValueForm(sent(request))

    def store() -> None:
        asked = form.cleaned_data
        services.enter_value(
            actor=acting(request),
            indicator_id=measure_indicator_id,
            period_from=asked["first_day"],
            period_to=asked["last_day"] + ONE_DAY,
            value=asked["value"],
            source=asked["source"],
        )

    return _page(request, seen, form, store, heading=_("New value"), lead=indicator.name)


def _indicator(seen: WholeMeasure, indicator_id: UUID) -> SeenIndicator:
    found = next((each for each in seen.indicators if each.id == indicator_id), None)
    if found is None:
        raise Http404(str(indicator_id))
    return found


def _page(
    request: HttpRequest,
    seen: WholeMeasure,
    form: Form,
    store: Callable[[], None],
    *,
    heading: str,
    may_remove: bool = False,
    **more: Any,
) -> HttpResponse:
    back = reverse("strategy:measure", args=[seen.measure.id])
    removes = may_remove and presses(request, REMOVE)
    if form.is_bound and (removes or form.is_valid()):
        try:
            store()
        except StrategyChanged as conflict:
            more |= came_too_late(form, conflict)
        except StrategyRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("It is removed.") if removes else _("Saved."))
            return redirect(f"{back}#indikatorer")
    return form_page(
        request,
        form,
        heading=heading,
        button=_("Save"),
        back=back,
        crumbs=measure_crumbs(seen),
        may_remove=may_remove,
        **more,
    )
