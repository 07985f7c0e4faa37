"""Answers as a PDF: asked for, waited for, fetched."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.questionnaires.selectors import documents as selectors
from medspiller.questionnaires.selectors.answers import ensure_readable
from medspiller.questionnaires.services.documents import order_document
from medspiller.questionnaires.web.acting import OWN, STAFF, Area, acting, language
from medspiller.questionnaires.web.reading import on_paper
from medspiller.ui.documents import Problem, state_shown

PART = "q-document"
PROBLEMS: Mapping[Problem, Promise] = {
    Problem.MISSING: gettext_lazy(
        "The machine that Medspiller runs on lacks what makes PDFs (Pango). Whoever runs it can install it. "
        "Until then, print the page: most printers let you choose PDF."
    ),
    Problem.TOO_LARGE: gettext_lazy("The answers are too long for a PDF. Print the page instead."),
    Problem.FAULT: gettext_lazy("Something went wrong, and there is no PDF. Try again, or print the page instead."),
}


@requires("questionnaires.read", methods=("GET", "POST"))
def pdf(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Let a PDF be made of finished answers, and show how far it has come."""
    return _pdf(request, STAFF, response_id)


@requires("questionnaires.answer_own", methods=("GET", "POST"))
def own_pdf(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _pdf(request, OWN, response_id)


@requires("questionnaires.read")
def pdf_file(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Give the PDF, as a file to keep."""
    return _file(request, response_id)


@requires("questionnaires.answer_own")
def own_pdf_file(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _file(request, response_id)


def _pdf(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    if request.method == "POST":
        page = on_paper(request, area, response_id).content.decode()
        order_document(actor=acting(request), response_id=response_id, page=page, language=language())
        return redirect(area.url("pdf", response_id))
    is_part = request.headers.get("HX-Target") == PART
    if not is_part:
        # Whoever may not read the answers is told so here, and not when the document is fetched.
        ensure_readable(actor=acting(request), response_id=response_id)
    found = selectors.document(actor=acting(request), response_id=response_id)
    shown = {
        "area": area,
        **state_shown(request, found, here=area.url("pdf", response_id)),
        "problem": PROBLEMS[found.problem] if found and found.problem else "",
        "file_url": area.url("pdf_file", response_id),
        "print_url": area.url("print", response_id),
        "read_url": area.url("read", response_id),
    }
    return render(request, f"questionnaires/pdf/{'_state' if is_part else 'pdf'}.html", shown)


def _file(request: HttpRequest, response_id: UUID) -> HttpResponse:
    found, content = selectors.document_file(actor=acting(request), response_id=response_id)
    assert found.row.completed_at is not None  # noqa: S101 - finished
    on = clock.day_of(found.row.completed_at)
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("answers-%(day)s.pdf") % {"day": on.isoformat()}
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
