"""The first talk with a patient, on one page, and what stands after it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.core import clock, ids
from medspiller.people import selectors, services
from medspiller.people.domain.children import ChildrenReply
from medspiller.people.domain.first_talk import (
    AlreadyTold,
    FirstTalkInvalid,
    LooksAfter,
    Part,
    PatientChanged,
    Problem,
    TakenBack,
)
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import number_digits
from medspiller.people.domain.roles import ADULT, NEAREST
from medspiller.people.selectors import ChildLookedAfter, Near, Receipt, SoFar
from medspiller.people.web.acting import acting, leave_refusal
from medspiller.people.web.family_wording import RELATIONS, role_name
from medspiller.people.web.first_talk_forms import CarerRow, ChildRow, PatientForm
from medspiller.people.web.first_talk_sent import Sent, Units, add_row, choose_patient, drop_row, other_patient
from medspiller.people.web.first_talk_wording import LOOKED_AFTER_BY
from medspiller.people.web.telling import said_of_each
from medspiller.people.web.wording import CHILDREN_REPLIES, CHILDREN_TOPICS
from medspiller.ui import navigation
from medspiller.ui.navigation import Place, Shown

ACTION = "people.register_person"
DRAFTS = drafts.of_form("people.first_talk", action=ACTION, fields_of=[PatientForm, CarerRow, ChildRow])
PATIENT = "pasient"
# The button that was pressed. Without one, as when a script of somebody else's sends the form, it is to be stored.
BUTTON, SAVE, FIND, OTHER = "do", "save", "find", "other"
ADD, DROP = "add-", "drop-"


@requires(ACTION, methods=("GET", "POST"))
def first_talk(request: HttpRequest) -> HttpResponse:
    """
    Take down a first talk, with `?pasient=` for somebody registered.

    The buttons that look somebody up, and add and take away rows, lead back here with everything that was typed.
    """
    units = selectors.units_for_first_talk(actor=acting(request))
    if request.method != "POST":
        return _fresh(request, units)
    data, pressed = request.POST.copy(), request.POST.get(BUTTON, SAVE)
    if pressed == SAVE:
        return _save(request, data, units)
    if pressed == FIND:
        return _find(request, data, units)
    focus = _changed(data, pressed)
    sent = Sent.of(data, units)
    sent.hush()
    sent.suggest(acting(request))
    return _page(request, sent, focus=focus)


@requires(ACTION)
def receipt(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Show what stands after a first talk: the family, what may be told to each, and what is not asked yet."""
    found = selectors.first_talk(actor=acting(request), talk_id=talk_id)
    return render(request, "people/first_talk_receipt.html", _standing(request, found))


def _fresh(request: HttpRequest, units: Units) -> HttpResponse:
    asked = _asked(request)
    draft = DRAFTS.open(request, key=asked or "")
    initial: dict[str, Any] = {"key": ids.new_id(), "patient": asked}
    so_far = _so_far(request, asked) if asked else None
    if so_far:
        initial |= {"seen": so_far.mark, **{topic.value: reply.value for topic, reply in so_far.replies.items()}}
    # For somebody whose carers are known, a row that nobody fills in is in the way.
    sent = Sent.fresh(draft, units, initial=initial, rows=0 if so_far and so_far.family.near else 1)
    focus = "" if draft.saved_at else "id_matters" if so_far else "id_person_number"
    if so_far is not None and sent.patient_id != asked:
        so_far = None
    return _page(request, sent, so_far=so_far, focus=focus)


def _asked(request: HttpRequest) -> UUID | None:
    asked = request.GET.get(PATIENT, "")
    try:
        return UUID(asked) if asked else None
    except ValueError:
        raise Http404 from None


def _so_far(request: HttpRequest, patient_id: UUID) -> SoFar:
    return selectors.talk_so_far(actor=acting(request), patient_id=patient_id)


def _changed(data: QueryDict, pressed: str) -> str:
    """Do what a button says with the rows, and return the id of where the page is to go on."""
    if pressed == OTHER:
        return other_patient(data)
    for part in (Part.CARERS, Part.CHILDREN):
        if pressed == f"{ADD}{part}":
            return add_row(data, part)
        number = pressed.removeprefix(f"{DROP}{part}-")
        if number != pressed and number.isdecimal() and len(number) < len("100"):
            return drop_row(data, part, int(number))
    return ""


def _find(request: HttpRequest, data: QueryDict, units: Units) -> HttpResponse:
    """Look for the patient by number, else by name among those the actor may open; nothing is stored."""
    sent = Sent.of(data, units)
    sent.hush()
    if sent.patient_id is not None:
        return _with_patient(request, data, units, sent.patient_id)
    number = number_digits(data.get("person_number", ""))
    found, focus, nobody = None, "id_given_name", False
    if number:
        try:
            found = selectors.patient_by_number(actor=acting(request), number=number)
        except Closed as closed:
            leave_refusal(request, closed)
            sent.refuse([Problem(Part.PATIENT, 0, "person_number", "elsewhere")])
            return _page(request, sent, status=422)
    elif sent.suggest(acting(request), asked=[(Part.PATIENT, 0)]):
        return _page(request, sent, focus="id_who")
    if found is None:
        nobody = bool(number or data.get("given_name") or data.get("family_name"))
        return _page(request, sent, focus=focus if nobody else "id_person_number", nobody=nobody)
    return _with_patient(request, data, units, found)


def _with_patient(
    request: HttpRequest, data: QueryDict, units: Units, person_id: UUID, *, status: int = 200, **notice: Any
) -> HttpResponse:
    """Show the form again with somebody registered as the patient, and what stands around them."""
    so_far = _so_far(request, person_id)
    choose_patient(data, so_far)
    sent = Sent.of(data, units)
    sent.hush()
    return _page(request, sent, status=status, so_far=so_far, **notice)


def _save(request: HttpRequest, data: QueryDict, units: Units) -> HttpResponse:
    actor, sent = acting(request), Sent.of(data, units)
    if not sent.is_valid:
        sent.suggest(actor)
        return _page(request, sent, status=422)
    talk, unit_id = sent.said(), UUID(sent.patient.cleaned_data["unit"])
    try:
        row = services.record_first_talk(actor=actor, unit_id=unit_id, talk=talk)
    except FirstTalkInvalid as refusal:
        if refusal.refusal is not None:
            leave_refusal(request, Closed(refusal.refusal))
        sent.suggest(actor)
        sent.refuse(refusal.problems)
        return _page(request, sent, status=422)
    except services.MaybeKnown as maybe:
        sent.suggest(actor, asked=maybe.who.keys(), wrong=True)
        return _page(request, sent, status=422)
    except PatientChanged as changed:
        return _with_patient(request, data, units, changed.person_id, status=409, more_there=True)
    except TakenBack:
        data["key"] = str(ids.new_id())
        return _page(request, Sent.of(data, units), status=409, taken_back=True)
    except AlreadyTold as told:
        data["key"] = str(ids.new_id())
        return _with_patient(request, data, units, told.person_id, status=409, told_before=True)
    DRAFTS.open(request, key=_asked(request) or "").forget()
    messages.success(request, _("The talk is saved."))
    return redirect("people:first_talk_receipt", row.id)


def _page(
    request: HttpRequest, sent: Sent, *, status: int = 200, so_far: SoFar | None = None, focus: str = "", **notice: bool
) -> HttpResponse:
    if so_far is None and sent.patient_id is not None:
        so_far = _so_far(request, sent.patient_id)
    if so_far is not None:
        sent.patient.fold_away()
    if not any(form.errors for form in sent.all):
        _begin_at(sent, focus)
    shown = {
        "sent": sent,
        "form": sent.patient,
        "forms": sent.all,
        "questions": [sent.patient[topic.value] for topic in CHILDREN_TOPICS],
        "so_far": so_far,
        "around": [_around(each) for each in so_far.family.near if each.live] if so_far else (),
        "draft": DRAFTS.open(request, key=_asked(request) or ""),
        "here": request.get_full_path(),
        "other_unit": sent.patient.is_bound and "unit" in sent.patient.changed_data,
        **notice,
    }
    template = "people/first_talk.html"
    part = f"{template}#talk" if request.htmx else template  # type: ignore[attr-defined]
    response = render(request, part, shown, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _begin_at(sent: Sent, focus: str) -> None:
    for form in sent.all:
        for bound in form:
            if focus and bound.auto_id == focus:
                bound.field.widget.attrs["autofocus"] = True


def _around(near: Near) -> dict[str, Any]:
    return {
        "id": near.person_id,
        "name": near.name or _("Name not shown"),
        "relations": [str(RELATIONS[each.kind]) for each in near.relations if each.live],
        "roles": [role_name(each.role) for each in near.roles if each.live],
        "near": near,
    }


def _standing(request: HttpRequest, found: Receipt) -> dict[str, Any]:
    family, said = found.so_far.family, said_of_each(found.tellings)
    told = {each.child_id: each for each in found.children}
    lines = []
    for near in family.near:
        if not near.live:
            continue
        child = told.get(near.person_id)
        by = LOOKED_AFTER_BY[child.looked_after_by] if child and child.looked_after_by else ""
        nobody = bool(child and child.looked_after_by is LooksAfter.NOBODY)
        line: dict[str, Any] = {
            "said": said.get(near.person_id),
            "child": child,
            "looked_after_by": by,
            "nobody": nobody,
        }
        line["number_only"] = near.person_id in found.number_only
        line["ways_on"] = _ways_on(request, found, near, is_child=near.is_minor or _told_as_child(near, child))
        lines.append(_around(near) | line)
    return {
        "found": found,
        "family": family,
        "lines": lines,
        "answers": [(CHILDREN_TOPICS[each.topic], CHILDREN_REPLIES[each.reply]) for each in found.so_far.answers],
        "missing": _missing(found),
        "unsafe": any(line["nobody"] for line in lines),
    }


def _told_as_child(near: Near, child: ChildLookedAfter | None) -> bool:
    """Whether they were told of as a child whose day of birth nobody knew, and may be under 18 still."""
    if child is None or near.birth_date is not None:
        return False
    return child.birth_year is None or clock.today().year - child.birth_year <= ADULT


def _ways_on(request: HttpRequest, found: Receipt, near: Near, *, is_child: bool) -> list[Shown]:
    """Where somebody around the patient is followed up: a child from the patient, a carer for their own sake."""
    ways = []
    if is_child and found.so_far.answers and near.died_on is None:
        ways = navigation.entries_of(request, Place.CHILD_OF_PERSON, found.so_far.family.id, near.person_id)
    elif near.may_open and near.person_id not in found.number_only and near.died_on is None:
        ways = navigation.entries_of(request, Place.OWN_SAKE, near.person_id)
    return ways


def _missing(found: Receipt) -> list[tuple[str, str]]:
    """What nobody has asked yet, and where it is written down."""
    family = found.so_far.family
    missing = [
        (str(CHILDREN_TOPICS[each.topic]), reverse("people:children", args=[family.id]))
        for each in found.so_far.answers
        if each.by_law and each.reply is ChildrenReply.NOT_ASKED
    ]
    children = {each.child_id for each in found.children}
    adults = [each for each in family.near if each.live and not each.is_minor and each.person_id not in children]
    if adults and not any(role.live and role.role in NEAREST for each in adults for role in each.roles):
        missing.append((_("Who is nearest next of kin?"), reverse("people:person", args=[family.id])))
    if not adults:
        missing.append((_("Who are the carers?"), f"{reverse('people:first_talk')}?{PATIENT}={family.id}"))
    consents = {each.carer_id: each.consent.state.value for each in found.tellings.carers}
    for each in adults:
        if consents.get(each.person_id, "") == "unknown":
            words = _("What does the patient say that %(name)s may know?") % {"name": each.name or _("Name not shown")}
            missing.append((words, reverse("people:carer_consent", args=[family.id, each.person_id])))
    return missing
