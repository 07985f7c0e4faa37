"""Saying how far a service has come, line by line or chapter by chapter, and making a measure of what is missing."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.pathways.domain.content_guideline import Line
from medspiller.statistics import selectors as statistics
from medspiller.strategy import policies
from medspiller.strategy import selectors as strategies
from medspiller.strategy.domain.guideline import AssessmentRefused
from medspiller.strategy.domain.inputs import OwnerChoice
from medspiller.strategy.domain.refusals import StrategyChanged, StrategyRefused
from medspiller.strategy.domain.seen_guideline import Place
from medspiller.strategy.domain.self_assessment import CHAPTERS
from medspiller.strategy.domain.vocabulary import Service
from medspiller.strategy.selectors import guideline as selectors
from medspiller.strategy.services import guideline as services
from medspiller.strategy.templatetags.guideline_words import chapter_title, spoken
from medspiller.strategy.templatetags.strategy_words import SERVICES
from medspiller.strategy.web.acting import acting, form_page, sent
from medspiller.strategy.web.assessing_forms import AssessmentForm, ChapterForm, GapForm
from medspiller.strategy.web.guideline import guideline_crumbs, lines_crumb
from medspiller.strategy.web.refusals import came_too_late, refuse
from medspiller.ui.components.tables import Column
from medspiller.ui.forms import Form

REFUSALS: Mapping[str, Promise] = {
    "no_line": gettext_lazy("There is no such line."),
    "not_its_state": gettext_lazy("This line cannot be in that state."),
    "not_its_service": gettext_lazy("This line does not apply to that service."),
    "no_evidence": gettext_lazy("Say what it is based on. If nobody can show anything, choose “Not assessed”."),
    "no_indicator": gettext_lazy("Choose which indicator shows it."),
    "ahead": gettext_lazy("The day is still to come."),
    "too_long": gettext_lazy("This is too long for one line's assessment."),
    "no_gap": gettext_lazy("There is no gap here. Say first how far the service has come."),
    "old_form": gettext_lazy("The self-assessment has a newer version. Open the page again and answer that one."),
}


@requires(policies.ASSESS, methods=("GET", "POST"))
def assess(request: HttpRequest, guideline_line: str, service: str) -> HttpResponse:
    """Say how far a service has come with a line."""
    actor = acting(request)
    line, place = selectors.place(actor=actor, line_id=guideline_line, service=_service(service))
    indicators = [(each.slug, spoken(each.title)) for each in statistics.indicators(actor=actor)]
    form = AssessmentForm(sent(request), line=line, place=place, indicators=indicators)
    back = reverse("strategy:guideline_line", args=[line.id])
    late: dict[str, Any] = {}
    if form.is_valid():
        try:
            services.assess_line(actor=actor, details=form.details(), version=form.cleaned_data["version"] or 0)
        except AssessmentRefused as fault:
            _refuse(form, fault)
        except StrategyChanged as conflict:
            late = came_too_late(form, conflict)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return form_page(
        request,
        form,
        heading=_heading(line, place),
        lead=spoken(line.text),
        button=_("Save"),
        back=back,
        crumbs=guideline_crumbs(lines_crumb(), (back, line.id)),
        **late,
    )


@requires(policies.ASSESS)
def services_to_assess(request: HttpRequest) -> HttpResponse:
    """Choose which service to answer for, and how far each has come."""
    spots = selectors.weak_spots(actor=acting(request))
    rows = [(service, [(each, each.demands_open + each.advice_open) for each in found]) for service, found in spots]
    shown = {
        "rows": rows,
        "columns": [Column(_("Service")), *(Column(f"{each} {chapter_title(each)}") for each in CHAPTERS)],
        "version": selectors.form_version(actor=acting(request)),
        "crumbs": guideline_crumbs(),
    }
    return render(request, "strategy/guideline_services.html", shown)


@requires(policies.ASSESS, methods=("GET", "POST"))
def chapter(request: HttpRequest, service: str, chapter: int) -> HttpResponse:
    """Answer the self-assessment for a service, a chapter at a time."""
    actor, asked = acting(request), _service(service)
    sections = selectors.lines_asked(actor=actor, service=asked, chapter=str(chapter))
    if not sections:
        raise Http404(str(chapter))
    form = ChapterForm(sent(request), sections=sections, version=selectors.form_version(actor=actor))
    status = 422
    if form.is_valid():
        try:
            stored = services.assess_sheet(
                actor=actor, service=asked, answers=form.answers(), version=form.cleaned_data["form_version"]
            )
        except AssessmentRefused as fault:
            form.add_error(None, _words(fault))
        except StrategyChanged as conflict:
            now = selectors.lines_asked(actor=actor, service=asked, chapter=str(chapter))
            form.came_too_late(conflict.changed, now=now)
            status = 409
        else:
            messages.success(request, _("%(number)s lines are saved.") % {"number": len(stored)})
            return redirect(_next(asked, chapter))
    numbers = list(CHAPTERS)
    shown = {
        "form": form,
        "groups": form.groups(),
        "service": asked,
        "chapter": str(chapter),
        "step": numbers.index(str(chapter)) + 1,
        "steps": len(numbers),
        "crumbs": guideline_crumbs((reverse("strategy:self_assessment"), _("Self-assessment"))),
    }
    return render(request, "strategy/guideline_chapter.html", shown, status=status if form.errors else 200)


@requires(policies.EDIT, methods=("GET", "POST"))
def gap_measure(request: HttpRequest, guideline_line: str, service: str) -> HttpResponse:
    """Make a measure of a gap, in a strategy that one may change."""
    actor, asked = acting(request), _service(service)
    line, place = selectors.place(actor=actor, line_id=guideline_line, service=asked)
    said = place.said
    initial = {"text": (said.next_step if said else "") or spoken(line.text), "owner": said.who if said else ""}
    form = GapForm(sent(request), areas=_areas(actor), initial=initial)
    back = reverse("strategy:guideline_line", args=[line.id])
    if form.is_valid():
        owner = form.cleaned_data["owner"].strip()
        try:
            measure = services.measure_from_gap(
                actor=actor,
                area_id=form.area_id(),
                line_id=line.id,
                service=asked,
                details=form.details(asked),
                owners=[OwnerChoice(owner)] if owner else [],
            )
        except AssessmentRefused as fault:
            form.add_error(None, _words(fault))
        except StrategyRefused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The gap is now a measure in the plan."))
            return redirect("strategy:measure", measure.id)
    return form_page(
        request,
        form,
        heading=_("Turn it into a measure"),
        lead=f"{_heading(line, place)}. {spoken(line.text)}",
        button=_("Add the measure"),
        back=back,
        crumbs=guideline_crumbs(lines_crumb(), (back, line.id)),
    )


def _service(code: str) -> Service:
    try:
        return Service(code)
    except ValueError:
        raise Http404(code) from None


def _heading(line: Line, place: Place) -> str:
    return _("%(line)s in %(service)s") % {"line": line.id, "service": SERVICES[place.service.value]}


def _words(fault: AssessmentRefused) -> str:
    words = str(REFUSALS[fault.why.value])
    return f"{fault.line}: {words}" if fault.line else words


def _refuse(form: Form, fault: AssessmentRefused) -> None:
    form.add_error(fault.field if fault.field in form.fields else None, str(REFUSALS[fault.why.value]))


def _next(service: Service, chapter: int) -> str:
    """The next chapter, or after the last one where all services stand."""
    numbers = list(CHAPTERS)
    at = numbers.index(str(chapter)) + 1
    if at == len(numbers):
        return reverse("strategy:guideline")
    return reverse("strategy:self_assessment_chapter", args=[service.value, int(numbers[at])])


def _areas(actor: Actor) -> list[tuple[str, str]]:
    """Focus areas that the actor may write in."""
    return [(str(area_id), name) for area_id, name in strategies.areas_to_edit(actor=actor)]
