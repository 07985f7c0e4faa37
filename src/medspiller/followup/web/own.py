"""What carers see of their own follow-up: whom they can call, what happens next, and what they answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.enquiries import selectors as enquiries
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.followup import selectors
from medspiller.followup.domain.agreements import NOT_A_DECISION
from medspiller.followup.domain.files import FileClosed, FileKind
from medspiller.followup.domain.suggesting import SuggestionAnswered, SuggestionRefused, SuggestionState
from medspiller.followup.web.acting import acting
from medspiller.followup.web.refusals import words_of
from medspiller.followup.web.suggestion_forms import OWN_ANSWER_FORMS, YOUNG_ANSWER_FORMS, why_refused
from medspiller.followup.web.suggestions import answer_forms, answered_meanwhile, lines_of, store_answer
from medspiller.organisations import selectors as organisations
from medspiller.people import selectors as people

READ, ANSWER = "followup.read_own_file", "followup.answer_own"
SHOWN_STEPS, SHOWN_SUGGESTIONS = 5, 3


@requires(READ)
def home(request: HttpRequest) -> HttpResponse:
    """Show whoever is signed in their own follow-up; that there is none, and what then, to whoever has none."""
    # Whose page it is is asked once, and not again for each part of it.
    actor = people.registered_as(actor=acting(request))
    file = selectors.own_file(actor=actor)
    if file is None:
        return render(request, "followup/own_nothing.html")
    lines = lines_of(actor, selectors.own_suggestions(actor=actor), own=True)
    waiting = [each for each in lines if each.waits]
    shown: dict[str, Any] = {
        "file": file,
        "is_young": file.kind is FileKind.CHILD,
        "steps": selectors.own_steps(actor=actor)[:SHOWN_STEPS],
        # Whoever has the plan answers too, where nobody is named as the one to call.
        "contact": file.who_answers,
        "call": organisations.phone_of(actor=actor, unit_id=file.unit_id, on=clock.today()),
        "calls_back": enquiries.reader_of(actor=actor, purpose=Purpose.CALL),
        "waiting": waiting[:SHOWN_SUGGESTIONS],
        "more_waiting": waiting[SHOWN_SUGGESTIONS:],
        "accepted": [each for each in lines if each.one.state is SuggestionState.ACCEPTED],
        "declined": [each for each in lines if each.one.state is SuggestionState.DECLINED],
        "agreement": selectors.agreement_of(actor=actor, file_id=file.id),
        "not_a_decision": NOT_A_DECISION,
    }
    return render(request, "followup/own_home.html", shown)


@requires(ANSWER, methods=("GET", "POST"))
def suggestion(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Show one suggestion to the carer, and take their answer."""
    actor = acting(request)
    found = selectors.suggestion(actor=actor, suggestion_id=suggestion_id)
    does = request.POST.get("gjor", "") if request.method == "POST" else ""
    forms = YOUNG_ANSWER_FORMS if found.is_childs else OWN_ANSWER_FORMS
    bound = {does: forms[does](request.POST, prefix=does)} if does in forms else {}
    too_late = answered = ""
    try:
        if bound and store_answer(request, suggestion_id, does, bound[does]):
            messages.success(
                request,
                _("Thank you. Your answer is saved. Those who follow you up will read it within two working days.")
                if does == "ja" or bound[does].cleaned_data.get("merknad")
                else _("Thank you. Your answer is saved, and those who follow you up can see it."),
            )
            return redirect("own_followup:home")
    except SuggestionAnswered:
        found, answered = selectors.suggestion(actor=actor, suggestion_id=suggestion_id), answered_meanwhile()
    except FileClosed as fault:
        too_late = words_of(fault)
    except SuggestionRefused as fault:
        too_late = why_refused(fault)
    (line,) = lines_of(actor, [found], own=True)
    shown = {"line": line, "too_late": too_late, "answered": answered, **answer_forms(bound, found, made_of=forms)}
    status = 409 if too_late or answered else 422 if request.method == "POST" else 200
    return render(request, "followup/own_suggestion.html", shown, status=status)
