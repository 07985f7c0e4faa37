"""Children and young siblings as next of kin: units that have not asked, a patient's children, and their own files."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.children import ChildRefused, Stage
from medspiller.followup.selectors import ChildLine, UnitWithoutAnswers
from medspiller.followup.templatetags.care_words import KINSHIP
from medspiller.followup.web.acting import acting
from medspiller.followup.web.refusals import REFUSED, words_of
from medspiller.organisations import selectors as organisations
from medspiller.pathways import selectors as pathways
from medspiller.pathways.selectors.words import in_words
from medspiller.ui.paging import page_from, page_number
from medspiller.worklist.domain.kinds import CHILDREN_QUESTION

READ, KEEP, OVERVIEW = "followup.read_file", "followup.keep_file", "followup.see_children_overview"
PER_PAGE = 25
CHILD_REFUSED = {
    "not_a_child": gettext_lazy("They are an adult. Open a file for an adult carer instead."),
    "not_related": gettext_lazy("They are not registered as a child or sibling of this patient."),
    "not_grown": gettext_lazy("They are not 18 yet."),
    "adult": gettext_lazy("The file is an adult's already."),
}


@requires(OVERVIEW)
def children(request: HttpRequest) -> HttpResponse:
    """
    Show the concerns for children that somebody is to look at by today, and the units that have not asked patients.

    Of those there are counts; names, page by page, of one unit that is chosen, where the actor may open them.
    """
    actor = acting(request)
    units = selectors.units_without_answers(actor=actor)
    shown = {
        "units": [(each, f"?enhet={each.unit_id}") for each in units],
        **_chosen(request, units),
        "patients": sum(each.patients for each in units),
        "late": sum(each.late for each in units),
        "concerns": selectors.feedback_due(actor=actor) if actor.may(READ) else [],
        "may_open_units": actor.may("organisations.open_unit"),
        "may_see_tasks": actor.may("worklist.view_items"),
        "tasks_href": f"{reverse('worklist:item_list')}?type={CHILDREN_QUESTION.code}",
        "lacks_child_welfare": not any(
            each.phone for each in organisations.child_welfare(actor=actor, on=clock.today())
        ),
    }
    return render(request, "followup/children.html", shown)


def _chosen(request: HttpRequest, units: Sequence[UnitWithoutAnswers]) -> dict[str, Any]:
    """Return the page of the patients of the unit that `?enhet=` asks for, or of the only one there is."""
    asked = request.GET.get("enhet", str(units[0].unit_id) if len(units) == 1 else "")
    unit = next((each for each in units if str(each.unit_id) == asked), None)
    if unit is None:
        return {}
    number = min(page_number(request), -(-unit.patients // PER_PAGE))
    found = selectors.unanswered_patients(
        actor=acting(request), unit_id=unit.unit_id, page=max(number, 1), size=PER_PAGE
    )
    page = page_from(found.named, number=max(number, 1), count=unit.patients, per_page=PER_PAGE)
    return {"chosen": unit, "found": found, "page": page}


@requires(KEEP)
def children_of_patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Show how far it has come with a patient's children and siblings, and what is next for each."""
    found = selectors.children_of_patient(actor=acting(request), patient_id=patient_id)
    shown = {
        "found": found,
        "lines": [(each, _kinship(each), each.stage in _TO_OPEN) for each in found.children],
        # A child of the patient's stands among the children: of a sibling it is more often an adult.
        "own_unknown": [(each, _kinship(each)) for each in found.age_unknown if each.is_own],
        "age_unknown": [(each, _kinship(each)) for each in found.age_unknown if not each.is_own],
    }
    return render(request, "followup/children_of_patient.html", shown)


@requires(KEEP, methods=("GET", "POST"))
def open_child(request: HttpRequest, patient_id: UUID, child_id: UUID) -> HttpResponse:
    """Say what is opened for whom, and open a child's own file with its plan; 409 or 403 where that cannot be."""
    actor = acting(request)
    found = selectors.children_of_patient(actor=actor, patient_id=patient_id)
    child = next((each for each in found.children if each.person_id == child_id), None)
    if child is None:
        raise NotFound(f"child {child_id}")
    too_late, is_refused = "", False
    if request.POST.get("gjor") == "spor":
        return _asked_who_follows(request, patient_id, child_id)
    is_unknown = bool(request.POST.get("gjor", ""))
    if request.method == "POST" and not is_unknown:
        try:
            opened = services.open_child_file(actor=actor, patient_id=patient_id, child_id=child_id)
        except ChildRefused as fault:
            too_late = str(CHILD_REFUSED[fault.problem])
        except REFUSED as fault:
            too_late = words_of(fault)
        except NotAllowed as refusal:
            # Told in plain words instead of by a page of refusal; it is in the access log all the same.
            request.refusal = refusal  # type: ignore[attr-defined]
            is_refused = True
        else:
            messages.success(request, _("The child's file is open. The plan begins with the talk with the parents."))
            return redirect("followup:plan", opened.plan_id)
    shown = {
        "found": found,
        "child": child,
        "kinship": _kinship(child),
        "pathway": _pathway(request, child),
        "too_late": too_late,
        "is_refused": is_refused,
        "back": reverse("followup:children_of_patient", args=[patient_id]),
    }
    status = 403 if is_refused else 409 if too_late else 422 if is_unknown else 200
    return render(request, "followup/open_child.html", shown, status=status)


def _asked_who_follows(request: HttpRequest, patient_id: UUID, child_id: UUID) -> HttpResponse:
    try:
        services.ask_who_follows(actor=acting(request), patient_id=patient_id, child_id=child_id)
    except ChildRefused as fault:
        messages.info(request, str(CHILD_REFUSED[fault.problem]))
    else:
        messages.success(request, _("It is on the list of whoever leads the work with children, and on the leader's."))
    return redirect("followup:children_of_patient", patient_id)


@requires(KEEP, methods=("POST",))
def become_adult(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Let the file of somebody who has turned 18 be an adult's."""
    try:
        services.become_adult(actor=acting(request), file_id=file_id)
    except ChildRefused as fault:
        messages.info(request, str(CHILD_REFUSED[fault.problem]))
    except REFUSED as fault:
        messages.info(request, words_of(fault))
    else:
        messages.success(request, _("The file is an adult's now. Go through the plans together."))
    return redirect("followup:file", file_id)


_TO_OPEN = frozenset({Stage.ASSESS, Stage.CLOSED, None})


def _kinship(child: ChildLine) -> str:
    return ", ".join(str(KINSHIP[each]) for each in child.kinds if each in KINSHIP)


def _pathway(request: HttpRequest, child: ChildLine) -> str:
    """What the plan is called that would begin; empty where it is not in use."""
    try:
        return in_words(pathways.pathway(actor=acting(request), slug=child.pathway).title)
    except NotFound:
        return ""
