"""Asking a patient about minor children and siblings, and what was answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.people import selectors, services
from medspiller.people.domain.children import BY_LAW, ChildrenReply, ChildrenTopic, ReasonRefused, ReasonToAsk
from medspiller.people.selectors import SeenAnswer
from medspiller.people.web.acting import acting
from medspiller.people.web.wording import CHILDREN_REPLIES, CHILDREN_TOPICS, REASONS_TO_ASK
from medspiller.ui import navigation
from medspiller.ui.forms import Form
from medspiller.ui.navigation import Place

_REASON = "grunn"


class ChildrenForm(Form):
    """One answer to each question. An answer that is left as it was is not given anew."""

    def __init__(self, *args: Any, answers: list[SeenAnswer], **kwargs: Any):
        kwargs.setdefault("initial", {each.topic.value: each.reply.value for each in answers})
        super().__init__(*args, **kwargs)
        for topic in ChildrenTopic:
            self.fields[topic.value] = forms.ChoiceField(
                label=str(CHILDREN_TOPICS[topic]),
                choices=[(each.value, words) for each, words in CHILDREN_REPLIES.items()],
                widget=forms.RadioSelect,
            )
        self.fields["again"] = forms.BooleanField(
            label=_("I have asked about all of it now, even where the answer is the same"), required=False
        )

    def replies(self) -> dict[ChildrenTopic, ChildrenReply]:
        """What is to be written down."""
        again = self.cleaned_data["again"]
        found = {topic: ChildrenReply(self.cleaned_data[topic.value]) for topic in ChildrenTopic}
        return {topic: reply for topic, reply in found.items() if again or topic.value in self.changed_data}


class ReasonForm(Form):
    """Why this patient must be asked. No diagnosis is written here."""

    code = forms.ChoiceField(label=gettext_lazy("Why must we ask?"), choices=[], widget=forms.RadioSelect)

    def __init__(self, *args: Any, recorded: frozenset[ReasonToAsk], **kwargs: Any):
        super().__init__(*args, **kwargs)
        left = [(each.value, words) for each, words in REASONS_TO_ASK.items() if each not in recorded]
        self.fields["code"].choices = left  # type: ignore[attr-defined]


@requires("people.answer_children", methods=("GET", "POST"))
def children(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what was answered, by whom asked and when, and take new answers."""
    actor = acting(request)
    answers = selectors.children_answers(actor=actor, person_id=person_id)
    form = ChildrenForm(request.POST or None, answers=answers)
    if request.method == "POST" and form.is_valid():
        unit_id = selectors.unit_to_ask_for(actor=actor, person_id=person_id)
        with transaction.atomic():
            for topic, reply in form.replies().items():
                services.answer_children(actor=actor, patient_id=person_id, unit_id=unit_id, topic=topic, reply=reply)
        messages.success(request, _("The answers are written down."))
        return redirect("people:children", person_id)
    return _page(request, person_id, form, answers)


@requires("people.answer_children", methods=("POST",))
def children_reason(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down why this patient must be asked; 409 where somebody has done so meanwhile."""
    actor = acting(request)
    answers = selectors.children_answers(actor=actor, person_id=person_id)
    # What a colleague wrote down meanwhile is no longer among the choices; sent, it is refused with its own words.
    form = ReasonForm(request.POST, prefix=_REASON, recorded=frozenset())
    too_late = ""
    if form.is_valid():
        try:
            services.record_children_reason(actor=actor, patient_id=person_id, code=form.cleaned_data["code"])
        except ReasonRefused:
            too_late = _("This reason is written down already.")
        else:
            messages.success(request, _("It is written down. Ask about children and siblings, and note the answer."))
            return redirect("people:children", person_id)
    return _page(request, person_id, ChildrenForm(answers=answers), answers, reason_form=form, too_late=too_late)


@requires("people.answer_children", methods=("POST",))
def end_children_reason(request: HttpRequest, person_id: UUID, reason_id: UUID) -> HttpResponse:
    """Write down that a reason holds no more. What was asked and answered stays."""
    try:
        services.end_children_reason(actor=acting(request), reason_id=reason_id)
    except ReasonRefused:
        messages.info(request, _("A colleague has written that down already."))
    else:
        messages.success(request, _("It is written down that the reason no longer applies."))
    return redirect("people:children", person_id)


def _page(
    request: HttpRequest,
    person_id: UUID,
    form: ChildrenForm,
    answers: list[SeenAnswer],
    *,
    reason_form: ReasonForm | None = None,
    too_late: str = "",
) -> HttpResponse:
    reasons = selectors.children_reasons(actor=acting(request), person_id=person_id)
    recorded = frozenset(each.code for each in reasons)
    wrong = bool(form.errors or (reason_form is not None and reason_form.errors))
    shown = {
        "person_id": person_id,
        "form": form,
        "by_law": [(form[each.topic.value], each) for each in answers if each.topic in BY_LAW],
        "local": [(form[each.topic.value], each) for each in answers if each.topic not in BY_LAW],
        "unanswered": any(each.by_law and each.reply is ChildrenReply.NOT_ASKED for each in answers),
        "reasons": [(REASONS_TO_ASK[each.code], each) for each in reasons],
        "reason_form": reason_form or ReasonForm(prefix=_REASON, recorded=recorded),
        "may_add_reason": len(recorded) < len(ReasonToAsk),
        "wrong": [each for each in (form, reason_form) if each is not None],
        "too_late": too_late,
        "of_children": navigation.entries_of(request, Place.CHILDREN_OF_PERSON, person_id),
    }
    return render(request, "people/children.html", shown, status=409 if too_late else 422 if wrong else 200)
