"""Yearly reports as PDF and for Word: asked for, waited for, fetched."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.strategy import policies
from medspiller.strategy.domain.documents import as_json
from medspiller.strategy.domain.files import MEDIA_TYPES, FileForm, FileOf
from medspiller.strategy.selectors import report_files as selectors
from medspiller.strategy.selectors.reports import SeenYearlyReport, yearly_report
from medspiller.strategy.services.report_files import order_file
from medspiller.strategy.web.acting import acting, crumbs_to
from medspiller.strategy.web.reports import document, paper
from medspiller.ui.documents import Problem, state_shown

PART = "s-file"
PROBLEMS: Mapping[Problem, Promise] = {
    Problem.MISSING: gettext_lazy(
        "Medspiller lacks a program that is needed to make this file. Those who run Medspiller can install "
        "it. Until then, print the page: in most print windows you can choose PDF."
    ),
    Problem.TOO_LARGE: gettext_lazy("The report is too long for this file. Print the page instead."),
    Problem.FAULT: gettext_lazy("Something went wrong, and there is no file. Try again, or print the page instead."),
}
_HEADINGS: Mapping[FileForm, Promise] = {
    FileForm.PDF: gettext_lazy("The report as a PDF"),
    FileForm.DOCX: gettext_lazy("The report for Word"),
}
_LEADS: Mapping[FileForm, Promise] = {
    FileForm.PDF: gettext_lazy(
        "The PDF can be read aloud by a screen reader. The definition of each figure is at the end."
    ),
    FileForm.DOCX: gettext_lazy("The file has real headings and tables, so that you can work on with it."),
}
_LABELS: Mapping[FileForm, Promise] = {
    FileForm.PDF: gettext_lazy("Make the PDF"),
    FileForm.DOCX: gettext_lazy("Make the Word file"),
}
_NAMES: Mapping[FileForm, str] = {FileForm.PDF: "pdf", FileForm.DOCX: "word"}


@requires(policies.READ, methods=("GET", "POST"))
def pdf(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Let a PDF be made of a report, and show how far it has come."""
    return _waited_for(request, strategy_id, report_year, FileForm.PDF)


@requires(policies.READ)
def pdf_file(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Give the PDF as a file to keep."""
    return _file(request, strategy_id, report_year, FileForm.PDF)


@requires(policies.READ, methods=("GET", "POST"))
def word(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Let a file for Word be made of a report, and show how far it has come."""
    return _waited_for(request, strategy_id, report_year, FileForm.DOCX)


@requires(policies.READ)
def word_file(request: HttpRequest, strategy_id: UUID, report_year: int) -> HttpResponse:
    """Give the file for Word as a file to keep."""
    return _file(request, strategy_id, report_year, FileForm.DOCX)


def _waited_for(request: HttpRequest, strategy_id: UUID, year: int, form: FileForm) -> HttpResponse:
    actor, here = acting(request), reverse(f"strategy:yearly_report_{_NAMES[form]}", args=[strategy_id, year])
    which: dict[str, Any] = {"strategy_id": strategy_id, "of": FileOf.REPORT, "form": form, "year": year}
    if request.method == "POST":
        order_file(actor=actor, content=_content(request, strategy_id, year, form), **which)
        return redirect(here)
    is_part = request.headers.get("HX-Target") == PART
    found = selectors.made_file(actor=actor, **which)
    shown = {
        **state_shown(request, found, here=here),
        "problem": PROBLEMS[found.problem] if found and found.problem else "",
        "part_id": PART,
        "make_label": _LABELS[form],
        "file_url": reverse(f"strategy:yearly_report_{_NAMES[form]}_file", args=[strategy_id, year]),
        "print_url": reverse("strategy:yearly_report_print", args=[strategy_id, year]),
    }
    if is_part:
        return render(request, "ui/parts/_document_state.html", shown)
    # Whoever asks for what is not there is told so here, and not when the file is fetched.
    report = yearly_report(actor=actor, strategy_id=strategy_id, year=year)
    shown |= {"heading": _HEADINGS[form], "lead": _LEADS[form], "crumbs": _crumbs(report), "report": report}
    return render(request, "strategy/report_file.html", shown)


def _content(request: HttpRequest, strategy_id: UUID, year: int, form: FileForm) -> str:
    report = yearly_report(actor=acting(request), strategy_id=strategy_id, year=year)
    if form is FileForm.PDF:
        return paper(request, report).content.decode()
    return json.dumps(as_json(document(request, report)))


def _file(request: HttpRequest, strategy_id: UUID, year: int, form: FileForm) -> HttpResponse:
    content = selectors.file_content(
        actor=acting(request), strategy_id=strategy_id, of=FileOf.REPORT, form=form, year=year
    )
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("yearly-status-%(year)s") % {"year": year}
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{form.value}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=MEDIA_TYPES[form], headers=headers)


def _crumbs(report: SeenYearlyReport) -> list[tuple[str, str]]:
    return crumbs_to(
        (reverse("strategy:strategy", args=[report.strategy_id]), report.title),
        (reverse("strategy:yearly_reports", args=[report.strategy_id]), _("Yearly status")),
        (reverse("strategy:yearly_report", args=[report.strategy_id, report.year]), str(report.year)),
    )
