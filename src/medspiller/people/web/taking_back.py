"""Taking back a whole first talk: asked first, and what is in the way said piece by piece."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.people import selectors, services
from medspiller.people.domain.taking_back import CannotTakeBack, InTheWay, Problem
from medspiller.people.web.acting import acting

ACTION = "people.register_person"

PROBLEMS: Mapping[Problem, Promise] = {
    Problem.TOO_LATE: gettext_lazy("More than half an hour has passed since the talk was saved."),
    Problem.TAKEN_BACK: gettext_lazy("The talk was taken back already."),
    Problem.BUILT_UPON: gettext_lazy("Something has been done since that is based on the talk:"),
}
IN_THE_WAY: Mapping[InTheWay, Promise] = {
    InTheWay.PERSON: gettext_lazy("Somebody has changed the details of a person."),
    InTheWay.FOLLOW_UP: gettext_lazy("Somebody has changed which unit follows a person up."),
    InTheWay.RELATION: gettext_lazy("Somebody has changed what two people are to each other."),
    InTheWay.ROLE: gettext_lazy("Somebody has changed or ended a carer's role."),
    InTheWay.CONSENT: gettext_lazy("Somebody has changed or withdrawn a consent."),
    InTheWay.CONTACT: gettext_lazy("Somebody has changed how a person is reached."),
    InTheWay.CHILDREN: gettext_lazy("Somebody has changed what was answered about children."),
    InTheWay.STATEMENT: gettext_lazy("Somebody has changed what matters to a person."),
    InTheWay.TOLD: gettext_lazy("A carer has been told that they are registered, or it is written down why not."),
    InTheWay.MORE: gettext_lazy("More has been written down about those whom the talk registered."),
}


@requires(ACTION, methods=("GET", "POST"))
def take_back(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Ask whether a whole talk is to be taken back, and do so; 422 where it stays."""
    if request.method == "POST":
        try:
            row = services.take_back_first_talk(actor=acting(request), talk_id=talk_id)
        except CannotTakeBack as refusal:
            if refusal.problem is Problem.TAKEN_BACK:
                # Pressed twice: what was asked for is so.
                messages.info(request, str(PROBLEMS[refusal.problem]))
                return redirect("people:first_talk")
            shown = _standing(request, talk_id) | _in_the_way(refusal)
            return render(request, "people/first_talk_take_back.html", shown, status=422)
        messages.success(request, _("The talk is taken back. None of it applies any more."))
        if row.patient_id in row.not_registered:
            return redirect("people:first_talk")
        return redirect("people:first_talk_receipt", row.id)
    return render(request, "people/first_talk_take_back.html", _standing(request, talk_id))


def _standing(request: HttpRequest, talk_id: UUID) -> dict[str, object]:
    found = selectors.talk_to_take_back(actor=acting(request), talk_id=talk_id)
    shown: dict[str, object] = {"found": found, "problem": "", "in_the_way": []}
    if found.problem is not None:
        shown |= _in_the_way(CannotTakeBack(found.problem, in_the_way=found.in_the_way, others=found.others))
    return shown


def _in_the_way(refusal: CannotTakeBack) -> dict[str, object]:
    return {
        "problem": PROBLEMS[refusal.problem],
        "in_the_way": [*(str(IN_THE_WAY[each]) for each in refusal.in_the_way), *refusal.others],
    }
