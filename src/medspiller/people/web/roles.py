"""Giving and ending roles, and taking an end back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.core import clock
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import AlreadyEnded
from medspiller.people.domain.role_rules import CannotReopen, RoleAlreadyHeld, RoleRefused
from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling.nearest import Place, starting_order
from medspiller.people.web.acting import acting
from medspiller.people.web.family_forms import EndForm, RoleForm
from medspiller.people.web.family_wording import RELATIONS, role_gained, role_name

EDIT = "people.edit_role"
GIVE = drafts.of_form("people.give_role", action=EDIT, fields_of=[RoleForm])


@requires(EDIT, methods=("GET", "POST"))
def give_role(request: HttpRequest, person_id: UUID, relation_id: UUID) -> HttpResponse:
    """Say which role somebody has towards a patient."""
    seen = selectors.relation_to_change(actor=acting(request), relation_id=relation_id, person_id=person_id)
    offered = [each for each in Role if each not in seen.held]
    draft, sent = GIVE.open(request, key=relation_id), request.method == "POST"
    given: dict[str, Any] = {"offered": offered, "initial": {"valid_from": clock.today()}}
    form = RoleForm(request.POST, **given) if sent else draft.fill(RoleForm, **given)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_role(
                actor=acting(request),
                relation_id=relation_id,
                patient_id=person_id,
                carer_id=seen.other_id,
                details=form.details,
            )
        except RoleRefused as refusal:
            form.refuse(refusal.problems)
        except RoleAlreadyHeld:
            form.add_error("role", _("The person already has this role for some of that time."))
        else:
            draft.forget()
            messages.success(request, _("The role is saved."))
            return redirect("people:person", person_id)
    status = 422 if request.method == "POST" else 200
    shown = {
        "relation": seen,
        "form": form,
        "draft": draft,
        "explained": [(role_name(each), role_gained(each)) for each in offered],
        "starting_order": [_place(each) for each in starting_order()] if Role.NAERMESTE_STATUTORY in offered else (),
    }
    return render(request, "people/give_role.html", shown, status=status)


@requires(EDIT, methods=("GET", "POST"))
def end_role(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """Say from which day somebody does not have a role any more; on the same day it can be taken back."""
    seen = selectors.role_to_change(actor=acting(request), role_id=role_id)
    form = EndForm(request.POST or None, initial={"from_day": clock.today()})
    shown = {"role": seen, "role_name": role_name(seen.role), "form": form}
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            ended = services.end_role(
                actor=acting(request), role_id=role_id, from_day=typed["from_day"], reason=typed["reason"]
            )
        except RoleRefused as refusal:
            form.refuse(refusal.problems)
        except AlreadyEnded:
            messages.info(request, _("It had ended already."))
            return redirect("people:person", seen.patient_id)
        else:
            if ended is not None and ended.valid_to == clock.today():
                return render(request, "people/role_ended.html", shown)
            messages.success(request, _("The role has ended."))
            return redirect("people:person", seen.patient_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/end_role.html", shown, status=status)


@requires(EDIT, methods=("POST",))
def reopen_role(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """Take back that a role was ended."""
    seen = selectors.role_to_change(actor=acting(request), role_id=role_id)
    try:
        services.reopen_role(actor=acting(request), role_id=role_id)
    except (CannotReopen, RoleRefused, RoleAlreadyHeld):
        messages.error(request, _("The role could not be opened again. Give it again if it is right."))
    else:
        messages.success(request, _("The role is open again."))
    return redirect("people:person", seen.patient_id)


def _place(place: Place) -> str:
    kinds = ", ".join(str(RELATIONS[each]) for each in place.kinds)
    return _("%(kinds)s, over 18") % {"kinds": kinds} if place.adults_only else kinds
