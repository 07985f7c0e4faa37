"""Handing a plan on to a colleague, and answering one who asks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.followup import selectors, services
from medspiller.followup.domain.holding import HandoverState
from medspiller.followup.web.acting import acting, form_page
from medspiller.followup.web.plan_forms import AnswerHandoverForm, HandoverForm
from medspiller.followup.web.refusals import REFUSED, refuse, words_of
from medspiller.pathways.selectors.words import in_words

HOLD = "followup.hold_plan"
# What a button says; anything else is no answer.
_ANSWERS = frozenset({"ja", "nei", "trekk"})


@requires(HOLD, methods=("GET", "POST"))
def offer_handover(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Ask a colleague to hold a plan from now on. Until they say yes it stays where it is."""
    actor = acting(request)
    seen = selectors.plan(actor=actor, plan_id=plan_id)
    colleagues = selectors.holders_for(actor=actor, plan_id=plan_id)
    elsewhere = selectors.holders_elsewhere(actor=actor, plan_id=plan_id)
    asked_for = request.POST if request.method == "POST" else None
    form = HandoverForm(asked_for, colleagues=colleagues, elsewhere=elsewhere)
    place = reverse("followup:plan", args=[plan_id])
    if form.is_bound and form.is_valid():
        to_id, to_unit_id = form.to_whom()
        try:
            made = services.offer_handover(
                actor=actor, plan_id=plan_id, to_id=to_id, to_unit_id=to_unit_id, why=form.cleaned_data["hvorfor"]
            )
        except REFUSED as fault:
            refuse(form, fault)
        else:
            messages.success(
                request,
                _("%(name)s has been asked. Until they have said yes, the plan stays where it is.")
                % {"name": made.to_name},
            )
            return redirect(place)
    return form_page(
        request,
        form,
        heading=_("Hand the plan over"),
        lead=_("Your colleague must say yes. If they do not answer within three working days, it goes back."),
        button=_("Ask"),
        back=place,
        crumbs=[
            (reverse("followup:file", args=[seen.file_id]), seen.carer.name),
            (place, in_words(seen.run.pathway.title)),
        ],
        child_file_id=seen.file_id if seen.is_child else None,
    )


@requires(HOLD, methods=("GET", "POST"))
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """Show that somebody asks one to hold a plan, and take the answer: yes, no, or from the giver that it is off."""
    actor = acting(request)
    seen = selectors.handover(actor=actor, handover_id=handover_id)
    form = AnswerHandoverForm(request.POST if request.method == "POST" else None)
    too_late, answer = "", request.POST.get("svar", "")
    if answer in _ANSWERS and form.is_valid():
        note = form.cleaned_data["merknad"]
        try:
            if answer == "trekk":
                services.withdraw_handover(actor=actor, handover_id=handover_id)
            else:
                services.answer_handover(actor=actor, handover_id=handover_id, accept=answer == "ja", note=note)
        except REFUSED as fault:
            too_late = words_of(fault)
        else:
            messages.success(request, _answered(answer))
            if answer == "nei":
                return redirect("followup:list")
            return redirect("followup:plan", seen.plan_id)
        seen = selectors.handover(actor=actor, handover_id=handover_id)
    shown = {
        "handover": seen,
        "form": form,
        "is_to_me": seen.to_id == actor.id,
        "is_waiting": seen.state is HandoverState.OFFERED,
        "too_late": too_late,
    }
    return render(request, "followup/handover.html", shown, status=409 if too_late else 422 if form.errors else 200)


def _answered(answer: str) -> str:
    if answer == "ja":
        return _("The plan is yours now.")
    return _("It is called off. The plan stays where it was.") if answer == "trekk" else _("Your answer is passed on.")
