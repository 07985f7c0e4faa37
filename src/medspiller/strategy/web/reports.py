"""Yearly reports: drafted, read, written on section by section, made final."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.organisations import selectors as organisations
from medspiller.strategy import policies
from medspiller.strategy.domain.documents import Chart, Document, Figures, Heading, Part, Table
from medspiller.strategy.domain.editions import LONGEST_REASON
from medspiller.strategy.domain.reports import (
    LONGEST_TEXT,
    ReportChanged,
    ReportRefused,
    has_ended,
    left_over,
    mark_of,
)
from medspiller.strategy.selectors import reports as selectors
from medspiller.strategy.selectors.reports import SeenYearlyReport
from medspiller.strategy.services import reports as services
from medspiller.strategy.web.acting import acting, crumbs_to, form_page, opened
from medspiller.strategy.web.report_charts import drawn
from medspiller.strategy.web.report_parts import document_of
from medspiller.ui.forms import Form

DRAFT_ANEW, EDITION = "utkast", "utgave"
_REFUSED: Mapping[str, Promise] = {
    "year": gettext_lazy("The plan has no such year, or it has not begun."),
    "exists": gettext_lazy("There is a report of this year already."),
    "final": gettext_lazy("The report is final. It cannot be changed any more."),
    "section": gettext_lazy("This section is no longer in the report. Open the report again."),
    "too_long": gettext_lazy("This is too long. Write it shorter."),
    "counted_early": gettext_lazy("These figures were counted before the year was over. Fetch new figures first."),
    "news": gettext_lazy(
        "Something has been reported or changed since the figures were counted. Fetch new figures first."
    ),
    "not_final": gettext_lazy("There is a draft of this report already. Go on with that one."),
    "no_reason": gettext_lazy("Write why the report is opened again."),
    "not_over": gettext_lazy("The year is not over. The report can be made final from the first of January."),
}


class YearForm(Form):
    """Of which year."""

    aar = forms.IntegerField()


class SectionForm(Form):
    """The text of a section, with a mark of the text it was opened with."""

    tekst = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy(
            "An empty line begins a new paragraph. A line that begins with a dash is part of a list."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    sett = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-draft-keep": "yes"}))


DRAFTS = drafts.of_form("strategy.report_text", action=policies.EDIT, fields_of=[SectionForm])


class FinishForm(Form):
    """Which version of the report is made final."""

    version = forms.IntegerField(widget=forms.HiddenInput())


class ReopenForm(Form):
    """Why a final report is opened again."""

    hvorfor = forms.CharField(
        label=gettext_lazy("Why is the report opened again?"),
        help_text=gettext_lazy("For example that a figure was wrong. Everybody who reads the report is told."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@requires(policies.READ)
def reports(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """List the reports of a strategy."""
    return _list(request, strategy_id)


@requires(policies.EDIT, methods=("POST",))
def draft(request: HttpRequest, strategy_id: UUID) -> HttpResponse:
    """Draft the report of a year."""
    form = YearForm(request.POST)
    year = form.cleaned_data["aar"] if form.is_valid() else 0
    try:
        services.draft_report(actor=acting(request), strategy_id=strategy_id, year=year, language=_language())
    except ReportRefused as refusal:
        return _list(request, strategy_id, problem=str(_REFUSED[refusal.why]))
    messages.success(request, _("The report is drafted. Read it through, and write what is missing."))
    return redirect("strategy:yearly_report", strategy_id, year)


@requires(policies.READ)
def report(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Show a report as it stands; an earlier edition where the address names one."""
    return _page(request, _asked_for(request, strategy_id, report_year))


@requires(policies.EDIT, methods=("GET", "POST"))
def section(request: HttpRequest, strategy_id: UUID, report_year: int, section_key: str) -> HttpResponse:
    """Write on one section; 409 where somebody else has written in it meanwhile."""
    actor = acting(request)
    found = selectors.yearly_report(actor=actor, strategy_id=strategy_id, year=report_year)
    if not (found.may_edit or found.is_final):
        raise NotAllowed(action=policies.EDIT, reason=policies.NOT_OWN, subject_id=strategy_id)
    heading = _heading_of(document(request, found), section_key)
    back = f"{_address(found)}#{section_key}"
    stands = found.sections.get(section_key, "")
    which: dict[str, Any] = {"actor": actor, "strategy_id": strategy_id, "year": report_year}
    may_begin_anew = not found.is_final and section_key not in left_over(found.sections, found.basis, found.figures)
    draft = DRAFTS.open(request, key=f"{strategy_id}:{report_year}:{section_key}")
    if may_begin_anew and DRAFT_ANEW in request.GET and request.method != "POST":
        # Asked for instead of what stands, and of a draft of one's own.
        begin = services.draft_section(**which, section=section_key)
        form = SectionForm(initial={"tekst": begin, "sett": mark_of(stands)})
    else:
        form = opened(request, draft, SectionForm, initial={"tekst": stands, "sett": mark_of(stands)})
    more: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        more = _store(form, section=section_key, **which)
        if not (more or form.errors):
            draft.forget()
            messages.success(request, _("The text is saved."))
            return redirect(back)
    return form_page(
        request,
        form,
        heading=heading,
        button=_("Save the text"),
        back=back,
        crumbs=_crumbs(found, report=True),
        template="strategy/report_section.html",
        draft=draft,
        anew=f"?{DRAFT_ANEW}" if may_begin_anew else "",
        language=found.language,
        **more,
    )


def _store(form: SectionForm, **which: Any) -> dict[str, Any]:
    """Store a text; return what the page says where somebody else was quicker. Why it is refused stands on the form."""
    said = form.cleaned_data
    try:
        services.write_section(**which, text=said["tekst"], seen=said["sett"])
    except ReportChanged as conflict:
        _stands_now(form, mark_of(conflict.text))
        return {
            "too_late": _("Somebody else has written here since you opened it. Your text is still below."),
            "changed": [(_("It says now"), conflict.text or _("Nothing has been written here."))],
        }
    except ReportRefused as refusal:
        form.add_error(None, str(_REFUSED[refusal.why]))
    return {}


@requires(policies.EDIT, methods=("POST",))
def count_anew(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Count the figures of a draft anew."""
    try:
        services.count_anew(actor=acting(request), strategy_id=strategy_id, year=report_year)
    except ReportRefused as refusal:
        found = selectors.yearly_report(actor=acting(request), strategy_id=strategy_id, year=report_year)
        return _page(request, found, problem=str(_REFUSED[refusal.why]), status=422)
    messages.success(request, _("The figures are counted again. The texts are as they were."))
    return redirect("strategy:yearly_report", strategy_id, report_year)


@requires(policies.ADOPT, methods=("POST",))
def finish(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Make a report final; 409 where it has changed since it was read."""
    form = FinishForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    problem, status = "", 422
    try:
        services.finalise_report(actor=acting(request), strategy_id=strategy_id, year=report_year, version=version)
    except ReportRefused as refusal:
        problem = str(_REFUSED[refusal.why])
    except ReportChanged:
        problem, status = _("Somebody has changed the report since you read it. Read it again first."), 409
    else:
        messages.success(request, _("The report is final. Texts and figures stay as they are now."))
        return redirect("strategy:yearly_report", strategy_id, report_year)
    found = selectors.yearly_report(actor=acting(request), strategy_id=strategy_id, year=report_year)
    return _page(request, found, problem=problem, status=status)


@requires(policies.ADOPT, methods=("POST",))
def reopen(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Go on with a final report in a new edition."""
    form = ReopenForm(request.POST)
    reason = form.cleaned_data["hvorfor"] if form.is_valid() else ""
    if not form.errors:
        try:
            services.reopen_report(actor=acting(request), strategy_id=strategy_id, year=report_year, reason=reason)
        except ReportRefused as refusal:
            form.add_error(None, str(_REFUSED[refusal.why]))
        else:
            messages.success(request, _("The report is a draft again. The final one can still be read."))
            return redirect("strategy:yearly_report", strategy_id, report_year)
    found = selectors.yearly_report(actor=acting(request), strategy_id=strategy_id, year=report_year)
    return _page(request, found, reopening=form, status=422)


@requires(policies.READ)
def on_paper(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Show a report as it is printed."""
    return _printed(request, _asked_for(request, strategy_id, report_year))


def paper(request: HttpRequest, found: SeenYearlyReport) -> HttpResponse:
    """Return a report as it is printed, all of it in the language of its texts: a file has no reader's language."""
    with override(found.language):
        return _printed(request, found)


def _printed(request: HttpRequest, found: SeenYearlyReport) -> HttpResponse:
    return render(request, "strategy/report_print.html", {"found": found, **_shown(document(request, found))})


def document(request: HttpRequest, found: SeenYearlyReport) -> Document:
    """Return a report as a document."""
    actor = acting(request)
    return document_of(found, organisation=organisations.tenant(actor=actor).name)


def _asked_for(request: HttpRequest, strategy_id: UUID, year: int) -> SeenYearlyReport:
    asked = request.GET.get(EDITION, "")
    edition = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None
    if asked and edition is None:
        raise Http404(asked)
    return selectors.yearly_report(actor=acting(request), strategy_id=strategy_id, year=year, edition=edition)


def _list(request: HttpRequest, strategy_id: UUID, *, problem: str = "") -> HttpResponse:
    found = selectors.yearly_reports(actor=acting(request), strategy_id=strategy_id)
    crumbs = crumbs_to((reverse("strategy:strategy", args=[strategy_id]), found.title))
    shown = {"found": found, "problem": problem, "crumbs": crumbs}
    return render(request, "strategy/report_list.html", shown, status=422 if problem else 200)


def _page(
    request: HttpRequest,
    found: SeenYearlyReport,
    *,
    problem: str = "",
    reopening: ReopenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    whole, is_over = document(request, found), has_ended(found.year, today=clock.today())
    shown = {
        "found": found,
        "problem": problem,
        "crumbs": _crumbs(found),
        "overtaken": _overtaken(request, found, whole) if found.may_edit else [],
        "may_finish": found.may_finalise and is_over and not found.has_news,
        "waits_for_news": found.may_finalise and is_over and found.has_news,
        "reopen_form": reopening or ReopenForm(),
        "again": f"?{EDITION}={found.edition}",
        "too_early": found.may_finalise and not is_over,
        "finish_form": FinishForm(initial={"version": found.version}),
        **_shown(whole),
    }
    return render(request, "strategy/report_page.html", shown, status=status)


def _shown(whole: Document) -> dict[str, object]:
    """A document as templates need it: each figure beside its definition, each cell beside its column."""
    return {"document": whole, "parts": [(part, _pairs(whole, part)) for part in whole.parts]}


def _pairs(whole: Document, part: Part) -> Any:
    if isinstance(part, Figures):
        definitions = whole.definitions
        return [(each, definitions[each.ref]) for each in part.figures]
    if isinstance(part, Table):
        return [list(zip(row, part.columns, strict=True)) for row in part.rows]
    if isinstance(part, Chart):
        return drawn(part)
    return ()


def _heading_of(whole: Document, key: str) -> str:
    for part in whole.parts:
        if isinstance(part, Heading) and part.key == key:
            return part.text
    raise Http404(key)


def _overtaken(request: HttpRequest, found: SeenYearlyReport, whole: Document) -> list[Heading]:
    """The headings of texts that were written before something else was reported."""
    keys = set(services.sections_overtaken(actor=acting(request), found=found))
    return [part for part in whole.parts if isinstance(part, Heading) and part.key in keys]


def _language() -> str:
    code = get_language() or "nb"
    return code if code in ("nb", "nn", "en") else "nb"


def _address(found: SeenYearlyReport) -> str:
    return reverse("strategy:yearly_report", args=[found.strategy_id, found.year])


def _crumbs(found: SeenYearlyReport, *, report: bool = False) -> list[tuple[str, str]]:
    way = [
        (reverse("strategy:strategy", args=[found.strategy_id]), found.title),
        (reverse("strategy:yearly_reports", args=[found.strategy_id]), _("Yearly status")),
    ]
    if report:
        way.append((_address(found), str(found.year)))
    return crumbs_to(*way)


def _stands_now(form: SectionForm, mark: str) -> None:
    """Let the text be sent again, over what stands now."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix("sett")] = mark
    form.data = data
