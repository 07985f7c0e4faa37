"""Asking a patient about minor children and siblings, and what was answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.people import selectors, services
from medspiller.people.domain.children import BY_LAW, ChildrenReply, ChildrenTopic
from medspiller.people.selectors import SeenAnswer
from medspiller.people.web.acting import acting
from medspiller.people.web.wording import CHILDREN_REPLIES, CHILDREN_TOPICS
from medspiller.ui.forms import Form


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
            label=_("I have asked about all of it now, also where the answer is the same"), required=False
        )

    def replies(self) -> dict[ChildrenTopic, ChildrenReply]:
        """What is to be written down."""
        again = self.cleaned_data["again"]
        found = {topic: ChildrenReply(self.cleaned_data[topic.value]) for topic in ChildrenTopic}
        return {topic: reply for topic, reply in found.items() if again or topic.value in self.changed_data}


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
    shown = {
        "person_id": person_id,
        "form": form,
        "by_law": [(form[each.topic.value], each) for each in answers if each.topic in BY_LAW],
        "local": [(form[each.topic.value], each) for each in answers if each.topic not in BY_LAW],
        "unanswered": any(each.by_law and each.reply is ChildrenReply.NOT_ASKED for each in answers),
    }
    return render(request, "people/children.html", shown, status=422 if form.errors else 200)
