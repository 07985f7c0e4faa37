"""A plan as a file: the worker makes it, and whoever asked fetches it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from medspiller.access.declare import requires
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.vocabulary import ExportForm
from medspiller.strategy.web.acting import acting, plan_crumbs
from medspiller.strategy.web.board import filters_of, query_of
from medspiller.ui.spreadsheets import WORKBOOK_TYPE

READ = "strategy.read"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@requires(READ, methods=("POST",))
def ask(request: HttpRequest, strategy_id: UUID, export_form: str) -> HttpResponse:
    """Let a plan be made as a file; a board as narrow as the address says."""
    if export_form not in {each.value for each in ExportForm}:
        raise Http404(export_form)
    made = services.ask_for_export(
        actor=acting(request), strategy_id=strategy_id, form=ExportForm(export_form), filters=filters_of(request)
    )
    return redirect("strategy:one_export", made.id)


@requires(READ)
def one(request: HttpRequest, plan_export_id: UUID) -> HttpResponse:
    """Say whether a file that was asked for is made."""
    actor = acting(request)
    seen = selectors.exported(actor=actor, export_id=plan_export_id)
    line = selectors.strategy(actor=actor, strategy_id=seen.strategy_id).line
    shown = {
        "seen": seen,
        "again_href": f"{reverse('strategy:export', args=[line.id, seen.form.value])}?{query_of(seen.filters)}",
        "strategy": line,
        "is_ready": seen.content is not None,
        "crumbs": plan_crumbs(line),
    }
    return render(request, "strategy/export.html", shown)


@requires(READ)
def file(request: HttpRequest, plan_export_id: UUID) -> HttpResponse:
    """Give the file, once it is made."""
    seen = selectors.exported(actor=acting(request), export_id=plan_export_id)
    if seen.content is None:
        return redirect(reverse("strategy:one_export", args=[plan_export_id]))
    kind = WORD_TYPE if seen.form is ExportForm.DOCX else WORKBOOK_TYPE
    response = HttpResponse(bytes(seen.content), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{seen.file_name}"'
    return response
