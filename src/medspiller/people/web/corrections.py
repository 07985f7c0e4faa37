"""Requests to have something corrected, at the unit that answers them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.people import selectors, services
from medspiller.people.domain.corrections import AlreadyAnswered, CorrectionRefused, Outcome
from medspiller.people.web.acting import acting
from medspiller.people.web.own_forms import CorrectionAnswerForm
from medspiller.people.web.own_wording import ABOUT, OUTCOMES

ANSWER = "people.answer_correction"
DRAFTS = drafts.of_form("people.correction_answer", action=ANSWER, fields_of=[CorrectionAnswerForm])


@requires(ANSWER)
def corrections(request: HttpRequest) -> HttpResponse:
    """Show the requests that wait for the unit, or with `?vis=besvarte` those answered."""
    answered = request.GET.get("vis") == "besvarte"
    found = selectors.corrections(actor=acting(request), answered=answered)
    shown = {
        "lines": [(each, ABOUT[each.about]) for each in found],
        "waiting": not answered,
        "answered": answered,
        "columns": [_("Answer by"), _("Who asks"), _("What is wrong"), _("Unit")],
    }
    return render(request, "people/correction_list.html", shown)


@requires(ANSWER, methods=("GET", "POST"))
def correction(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show one request, and take the answer; 409 when a colleague was quicker."""
    if request.method != "POST":
        return _page(request, request_id, DRAFTS.open(request, key=request_id).fill(CorrectionAnswerForm))
    form = CorrectionAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, request_id, form, status=422)
    try:
        services.answer_correction(
            actor=acting(request),
            request_id=request_id,
            outcome=Outcome(form.cleaned_data["outcome"]),
            answer=form.cleaned_data["answer"],
        )
    except CorrectionRefused:
        form.add_error("answer", _("Write an answer, and make it shorter if it is very long."))
        return _page(request, request_id, form, status=422)
    except AlreadyAnswered:
        return _page(request, request_id, form, status=409)
    DRAFTS.open(request, key=request_id).forget()
    messages.success(request, _("The answer is sent. The person reads it on their own page."))
    return redirect("people:corrections")


def _page(request: HttpRequest, request_id: UUID, form: CorrectionAnswerForm, *, status: int = 200) -> HttpResponse:
    found = selectors.correction(actor=acting(request), request_id=request_id)
    shown = {
        "asked": found,
        "about": ABOUT[found.about],
        "outcome": OUTCOMES[found.outcome] if found.outcome else "",
        "form": form,
        "too_late": status == 409,
        "draft": DRAFTS.open(request, key=request_id),
    }
    return render(request, "people/correction.html", shown, status=status)
