"""The agreement with a carer: begun, agreed on, gone through, ended. What was agreed stands in the answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.followup import selectors, services
from medspiller.followup.domain.agreements import (
    NOT_A_DECISION,
    URL,
    AgreementChanged,
    AgreementRefused,
    AgreementState,
)
from medspiller.followup.domain.files import FileClosed
from medspiller.followup.selectors import SeenAgreement
from medspiller.followup.web.acting import acting, changed_meanwhile, stands_now
from medspiller.followup.web.agreement_forms import FORMS, BeginForm, refuse_agreement
from medspiller.followup.web.refusals import words_of
from medspiller.ui.forms import Form

READ, KEEP = "followup.read_file", "followup.keep_file"


@requires(READ)
def agreement_to_review(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Lead from one agreement to the page where it is gone through."""
    found = selectors.agreement(actor=acting(request), agreement_id=agreement_id)
    return redirect("followup:agreement", found.file_id)


@requires(KEEP, methods=("GET", "POST"))
def agreement(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show the agreement of now and those before it, and take it a step further; 409 when somebody was quicker."""
    actor = acting(request)
    head = selectors.head(actor=actor, file_id=file_id)
    every = selectors.agreements_of(actor=actor, file_id=file_id)
    now = next((each for each in every if each.state is not AgreementState.CLOSED), None)
    does = request.POST.get("gjor", "") if request.method == "POST" else ""
    form = FORMS[does](request.POST, prefix=does) if does in FORMS else None
    too_late = ""
    if form is not None and form.is_valid():
        try:
            _store(request, file_id, now, form)
        except AgreementChanged as changed:
            too_late = changed_meanwhile(changed)
            stands_now(form, changed.now)
        except AgreementRefused as fault:
            refuse_agreement(form, fault)
        except FileClosed as fault:
            too_late = words_of(fault)
        else:
            return redirect("followup:agreement", file_id)
    begin = f"{reverse('questionnaires:about', args=[head.carer.person_id])}?{urlencode({'begynn': URL})}"
    shown = {
        "head": head,
        "now": now,
        "earlier": [each for each in every if each.state is AgreementState.CLOSED],
        "not_a_decision": NOT_A_DECISION,
        "fill_href": begin,
        "wrong": form,
        "too_late": too_late,
        **_forms(now, does, form),
    }
    return render(request, "followup/agreement.html", shown, status=_status(request, too_late))


def _status(request: HttpRequest, too_late: str) -> int:
    """What was posted and not stored was refused, whatever it was."""
    return 409 if too_late else 422 if request.method == "POST" else 200


def _forms(now: SeenAgreement | None, does: str, form: Form | None) -> dict[str, Form]:
    """Return every form, the one that was sent with what was typed. A version is of what the reader sees."""
    initial = {"version": now.version} if now else None
    every = {name: made(prefix=name, initial=initial) for name, made in FORMS.items()}
    if form is not None:
        every[does] = form
    return {
        "agreed_form": every["gjelder"],
        "review_form": every["gjennomgatt"],
        "end_form": every["avslutt"],
    }


def _store(request: HttpRequest, file_id: UUID, now: SeenAgreement | None, form: Form) -> None:
    actor, said = acting(request), form.cleaned_data
    if isinstance(form, BeginForm):
        services.draft_agreement(actor=actor, file_id=file_id)
        messages.success(request, _("Begun. Fill in the agreement together, or write down when you have agreed."))
        return
    if now is None:
        raise AgreementRefused("state")
    which: dict[str, Any] = {"actor": actor, "agreement_id": now.id, "version": said["version"] or 0}
    match form.prefix:
        case "gjelder":
            services.activate_agreement(agreed_on=said["avtalt"], review_on=said["gjennomgang"], **which)
            messages.success(
                request,
                _("The agreement is in force. When it is time to go through it, it appears on the unit's work list."),
            )
        case "gjennomgatt":
            services.review_agreement(review_on=said["gjennomgang"], **which)
            messages.success(request, _("Reviewed today. It stays in force until the next time."))
        case _:
            services.close_agreement(reason=said["arsak"], **which)
            messages.success(request, _("The agreement has ended."))
