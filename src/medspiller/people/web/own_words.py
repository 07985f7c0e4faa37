"""What matters to somebody, in their own words, and what they ask to have corrected."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.people import selectors, services
from medspiller.people.domain.corrections import (
    UNANSWERED_MOST,
    About,
    CorrectionRefused,
    NobodyToAsk,
    TooManyUnanswered,
)
from medspiller.people.domain.statements import AlreadyEnded, StatementInvalid
from medspiller.people.web.acting import acting
from medspiller.people.web.own_forms import CorrectionForm, StatementForm
from medspiller.people.web.own_wording import ABOUT, OUTCOMES

STATE, ASK = "people.record_own_statement", "people.ask_for_correction"
STATEMENTS = drafts.of_form("people.own_statement", action=STATE, fields_of=[StatementForm])
CORRECTIONS = drafts.of_form("people.own_correction", action=ASK, fields_of=[CorrectionForm])


@requires(STATE, methods=("GET", "POST"))
def own_statements(request: HttpRequest) -> HttpResponse:
    """Show what the person has said matters to them, and let them say more."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    draft = STATEMENTS.open(request)
    form, status = draft.fill(StatementForm), 200
    if request.method == "POST":
        form, status = StatementForm(request.POST), 422
        if form.is_valid():
            text = form.cleaned_data["text"]
            try:
                services.record_statement(actor=found.actor, owner_id=found.person_id, text=text)
            except StatementInvalid:
                form.add_error("text", _("Write what matters to you, and make it shorter if it is very long."))
            else:
                draft.forget()
                messages.success(request, _("It is written down."))
                return redirect("citizen:statements")
    said = selectors.statements(actor=found.actor, owner_id=found.person_id)
    return render(request, "people/own_statements.html", {"form": form, "said": said, "draft": draft}, status=status)


@requires(STATE, methods=("POST",))
def end_own_statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Take back what one has said."""
    try:
        services.end_statement(actor=acting(request), statement_id=statement_id)
    except AlreadyEnded:
        messages.info(request, _("It has already been removed."))
    else:
        messages.success(request, _("It has been removed. Nobody is shown it any more."))
    return redirect("citizen:statements")


@requires(ASK, methods=("GET", "POST"))
def own_corrections(request: HttpRequest) -> HttpResponse:
    """Show what the person has asked to have corrected, with the answers, and let them ask."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    draft = CORRECTIONS.open(request)
    form, status = draft.fill(CorrectionForm), 200
    if request.method == "POST":
        form, status = CorrectionForm(request.POST), 422
        if form.is_valid():
            about, text = About(form.cleaned_data["about"]), form.cleaned_data["text"]
            try:
                services.ask_for_correction(actor=found.actor, about=about, text=text)
            except CorrectionRefused:
                form.add_error("text", _("Write what it should say, and make it shorter if it is very long."))
            except TooManyUnanswered:
                form.add_error(
                    None, _("You wait for many answers already. Wait for one of them, or contact the municipality.")
                )
            except NobodyToAsk:
                form.add_error(None, _("We found nobody who can answer here. Please contact the municipality."))
            else:
                draft.forget()
                messages.success(request, _("Your question is sent. The answer will come here within a month."))
                return redirect("citizen:corrections")
    asked = [
        (each, ABOUT[each.about], OUTCOMES[each.outcome] if each.outcome else "")
        for each in selectors.own_corrections(actor=found.actor)
    ]
    waiting = sum(each.answered_at is None for each, _about, _outcome in asked)
    # Nobody is to type what cannot be sent; what was typed and refused stays.
    full = waiting >= UNANSWERED_MOST and request.method != "POST"
    shown = {"form": form, "asked": asked, "draft": draft, "full": full}
    return render(request, "people/own_corrections.html", shown, status=status)
