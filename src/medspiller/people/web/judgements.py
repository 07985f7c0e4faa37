"""What staff judge about a patient: competence in one matter, and circumstances that change what may be told."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.core import clock
from medspiller.people import selectors, services
from medspiller.people.domain.circumstances import (
    END_REASON_MOST,
    REASON_MOST,
    AlreadyEnded,
    Circumstance,
    CircumstanceDetails,
    JudgementInvalid,
    fits,
)
from medspiller.people.domain.competence import MATTER_MOST, CompetenceDetails
from medspiller.people.domain.persons import age_on
from medspiller.people.selectors import SeenPerson
from medspiller.people.web.acting import acting
from medspiller.people.web.wording import CIRCUMSTANCES, PROBLEMS
from medspiller.ui.forms import DayField, Form

YES, NO = "yes", "no"


def _refuse(form: Form, problems: dict[str, str]) -> None:
    """Say beside each field what is wrong with it."""
    for field, code in problems.items():
        form.add_error(field if field in form.fields else None, str(PROBLEMS[field, code]))


class CompetenceForm(Form):
    """Whether somebody can decide in one matter, and why."""

    matter = forms.CharField(
        label=gettext_lazy("What is it about?"),
        max_length=MATTER_MOST,
        help_text=gettext_lazy("One matter only, such as a stay in a nursing home. Nobody loses all of it at once."),
    )
    competent = forms.ChoiceField(
        label=gettext_lazy("Can the patient decide this?"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No, most likely not"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is this your assessment?"),
        max_length=REASON_MOST,
        help_text=gettext_lazy("What the patient understands of the decision and what it leads to. They may read it."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )
    review_on = DayField(
        label=gettext_lazy("Look at it again on"),
        required=False,
        help_text=gettext_lazy("Leave empty for six months from now. At most a year."),
    )


class CircumstanceForm(Form):
    """A circumstance that changes what may be told, and why it is judged to be there."""

    code = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=[], widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why is this your assessment?"),
        max_length=REASON_MOST,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )
    review_on = DayField(
        label=gettext_lazy("Look at it again on"),
        required=False,
        help_text=gettext_lazy(
            "Leave empty for three months from now. “The situation calls for it” applies until the end of "
            "tomorrow at most."
        ),
    )

    def __init__(self, *args: Any, fitting: list[Circumstance], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(each.value, CIRCUMSTANCES[each]) for each in fitting]  # type: ignore[attr-defined]


class EndForm(Form):
    """Why a judgement holds no more."""

    reason = forms.CharField(label=gettext_lazy("Why does it no longer apply?"), max_length=END_REASON_MOST)


COMPETENCE = drafts.of_form("people.decide_competence", action="people.judge", fields_of=[CompetenceForm])
CIRCUMSTANCE = drafts.of_form("people.judge_circumstance", action="people.judge", fields_of=[CircumstanceForm])


@requires("people.judge")
def judgements(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show everything that was judged about a patient, what holds first."""
    return _judgements_page(request, person_id)


def _judgements_page(
    request: HttpRequest, person_id: UUID, *, not_stored: bool = False, status: int = 200
) -> HttpResponse:
    found = selectors.judgements(actor=acting(request), patient_id=person_id)
    shown = {
        "person_id": person_id,
        "decisions": found.decisions,
        "circumstances": [(each, CIRCUMSTANCES[each.code]) for each in found.circumstances],
        "not_stored": not_stored,
    }
    return render(request, "people/judgements.html", shown, status=status)


@requires("people.judge", methods=("GET", "POST"))
def decide_competence(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take down whether a patient can decide in one matter."""
    seen = selectors.person(actor=acting(request), person_id=person_id)
    draft = COMPETENCE.open(request, key=person_id)
    form = CompetenceForm(request.POST) if request.method == "POST" else draft.fill(CompetenceForm)
    shown = {"form": form, "person_id": person_id, "name": seen.name, "draft": draft}
    if request.method != "POST":
        return render(request, "people/competence_form.html", shown)
    if form.is_valid():
        try:
            services.decide_competence(
                actor=acting(request),
                patient_id=person_id,
                details=CompetenceDetails(
                    matter=form.cleaned_data["matter"],
                    competent=form.cleaned_data["competent"] == YES,
                    reason=form.cleaned_data["reason"],
                    review_on=form.cleaned_data["review_on"],
                ),
            )
        except JudgementInvalid as refusal:
            _refuse(form, refusal.problems)
        else:
            draft.forget()
            messages.success(request, _("It is written down. Show it to the patient and the nearest, if you can."))
            return redirect("people:judgements", person_id)
    return render(request, "people/competence_form.html", shown, status=422)


@requires("people.judge", methods=("GET", "POST"))
def judge_circumstance(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take down a circumstance that bears on all carers."""
    return _judged(request, person_id, None)


@requires("people.judge", methods=("GET", "POST"))
def carer_circumstance(request: HttpRequest, person_id: UUID, carer_id: UUID) -> HttpResponse:
    """Take down a circumstance that bears on one carer."""
    return _judged(request, person_id, carer_id)


@requires("people.judge", methods=("GET", "POST"))
def end_competence(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """End a decision on competence, with a reason."""
    found = selectors.decision(actor=acting(request), decision_id=decision_id)
    form = EndForm(request.POST or None)
    shown = {"form": form, "person_id": found.patient_id, "what": found.matter, "over": not found.stands}
    if request.method == "POST" and form.is_valid():
        try:
            services.end_competence(actor=acting(request), decision_id=decision_id, reason=form.cleaned_data["reason"])
        except JudgementInvalid as refusal:
            _refuse(form, refusal.problems)
        except AlreadyEnded:
            return render(request, "people/judgement_end.html", {**shown, "over": True}, status=409)
        else:
            messages.success(request, _("The patient is taken to decide this again."))
            return redirect("people:judgements", found.patient_id)
    return render(request, "people/judgement_end.html", shown, status=422 if form.errors else 200)


@requires("people.judge", methods=("GET", "POST"))
def end_circumstance(request: HttpRequest, circumstance_id: UUID) -> HttpResponse:
    """End a circumstance, with a reason."""
    found = selectors.circumstance(actor=acting(request), circumstance_id=circumstance_id)
    form = EndForm(request.POST or None)
    what = CIRCUMSTANCES[found.code]
    shown = {"form": form, "person_id": found.patient_id, "what": what, "over": found.ended_at is not None}
    if request.method == "POST" and form.is_valid():
        try:
            services.end_circumstance(
                actor=acting(request), circumstance_id=circumstance_id, reason=form.cleaned_data["reason"]
            )
        except JudgementInvalid as refusal:
            _refuse(form, refusal.problems)
        except AlreadyEnded:
            return render(request, "people/judgement_end.html", {**shown, "over": True}, status=409)
        else:
            messages.success(request, _("It is written down that this no longer applies."))
            return redirect("people:judgements", found.patient_id)
    return render(request, "people/judgement_end.html", shown, status=422 if form.errors else 200)


@requires("people.judge", methods=("POST",))
def competence_shown(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Take down that a decision was shown to the patient or to the nearest."""
    whom = request.POST.get("whom", "")
    if whom not in ("patient", "nearest"):
        found = selectors.decision(actor=acting(request), decision_id=decision_id)
        return _judgements_page(request, found.patient_id, not_stored=True, status=422)
    row = services.shown_to(
        actor=acting(request), decision_id=decision_id, patient=whom == "patient", nearest=whom == "nearest"
    )
    messages.success(request, _("It is written down that the decision was shown."))
    return redirect("people:judgements", row.patient_id)


def _judged(request: HttpRequest, person_id: UUID, carer_id: UUID | None) -> HttpResponse:
    seen = selectors.person(actor=acting(request), person_id=person_id)
    draft = CIRCUMSTANCE.open(request, key=f"{person_id} {carer_id}" if carer_id else person_id)
    fitting = _fitting(seen)
    sent = request.method == "POST"
    form = CircumstanceForm(request.POST, fitting=fitting) if sent else draft.fill(CircumstanceForm, fitting=fitting)
    shown = {"form": form, "person_id": person_id, "carer_id": carer_id, "name": seen.name, "draft": draft}
    if request.method != "POST":
        return render(request, "people/circumstance_form.html", shown)
    if form.is_valid():
        try:
            services.judge_circumstance(
                actor=acting(request),
                patient_id=person_id,
                recipient_id=carer_id,
                details=CircumstanceDetails(
                    code=Circumstance(form.cleaned_data["code"]),
                    reason=form.cleaned_data["reason"],
                    review_on=form.cleaned_data["review_on"],
                ),
            )
        except JudgementInvalid as refusal:
            _refuse(form, refusal.problems)
        else:
            draft.forget()
            messages.success(request, _("Your assessment is written down, and applies from now on."))
            if carer_id is None:
                return redirect("people:judgements", person_id)
            return redirect("people:carer", person_id, carer_id)
    return render(request, "people/circumstance_form.html", shown, status=422)


def _fitting(seen: SeenPerson) -> list[Circumstance]:
    today = clock.today()
    dead = seen.died_on is not None and seen.died_on <= today
    age = age_on(seen.birth_date, today) if seen.birth_date else None
    return [each for each in Circumstance if fits(each, age=age, dead=dead)]
