"""What owners tell of how it goes with a measure."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import ReportDetails
from medspiller.strategy.domain.refusals import StrategyRefused
from medspiller.strategy.domain.seen import SeenReport, WholeMeasure
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus
from medspiller.strategy.web.acting import acting, asked_id, form_page, must, opened, stands_now
from medspiller.strategy.web.measure_forms import ReportForm
from medspiller.strategy.web.measures import measure_crumbs
from medspiller.strategy.web.refusals import refuse

REPORT = "strategy.report"
DRAFTS = drafts.of_form("strategy.status_report", action=REPORT, fields_of=[ReportForm])


@requires(REPORT, methods=("GET", "POST"))
def report(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Take a report, beside what was said last; or, with `?retter=`, one that puts an earlier one right."""
    seen = selectors.measure(actor=acting(request), measure_id=measure_id)
    must(acting(request), seen.may.report, REPORT, subject_id=measure_id)
    corrected = _corrected(request, seen)
    last = next((each for each in seen.reports if each.stands), None)
    draft = DRAFTS.open(request, key=corrected.id if corrected else measure_id)
    form = opened(request, draft, ReportForm, initial=_initial(seen, corrected))
    more: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        if form.cleaned_data["version"] != len(seen.reports):
            stands_now(form, len(seen.reports))
            more = {
                "too_late": _(
                    "Somebody else has reported on this since you opened it. What you wrote is still here, "
                    "but not saved yet. Read what was said, and save again if yours still adds something."
                )
            }
        else:
            try:
                services.report_status(actor=acting(request), measure_id=measure_id, details=_details(form, corrected))
            except StrategyRefused as refusal:
                refuse(form, refusal)
            else:
                draft.forget()
                messages.success(request, _("Thank you. It has been saved with the measure."))
                return redirect("strategy:measure", measure_id)
    return form_page(
        request,
        form,
        heading=_("Correct a report") if corrected else _("How is it going?"),
        button=_("Save"),
        back=reverse("strategy:measure", args=[measure_id]),
        crumbs=measure_crumbs(seen),
        template="strategy/report.html",
        draft=draft,
        measure=seen.measure,
        last=last,
        corrected=corrected,
        **more,
    )


def _corrected(request: HttpRequest, seen: WholeMeasure) -> SeenReport | None:
    wanted = asked_id(request.GET.get("retter", ""))
    return next((each for each in seen.reports if each.id == wanted and each.stands), None)


def _details(form: ReportForm, corrected: SeenReport | None) -> ReportDetails:
    asked = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    codes = {"status": MeasureStatus(asked["status"]), "light": Light(asked["light"])}
    return ReportDetails(**{**asked, **codes, "corrects": corrected.id if corrected else None})


def _initial(seen: WholeMeasure, corrected: SeenReport | None) -> dict[str, Any]:
    """What is most likely still so; of one to be put right, all of it."""
    start = {"status": seen.measure.status.value, "version": len(seen.reports)}
    if corrected is None:
        return start
    names = ("on", "text", "evidence", "evidence_url", "deviation", "decision_needed")
    codes = {"status": corrected.status.value, "light": corrected.light.value}
    return {**start, **codes, **{name: getattr(corrected, name) for name in names}}
