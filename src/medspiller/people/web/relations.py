"""Adding carers, and changing and ending what somebody is to a person."""

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
from medspiller.people.domain.contacts import AlreadyEnded, ContactRefused
from medspiller.people.domain.involvements import InvolvementBasis, TooLittleForProtected
from medspiller.people.domain.persons import AlreadyRegistered, Changed, DetailsInvalid, ProtectedAddress
from medspiller.people.domain.relations import RelationAlreadyThere, RelationDetails, RelationRefused
from medspiller.people.domain.role_rules import RoleRefused
from medspiller.people.selectors import Family, RelationToChange
from medspiller.people.web.acting import acting
from medspiller.people.web.conflicts import differences, merged
from medspiller.people.web.family_forms import Answer, CarerForm, EndForm, RelationForm, relation_values

EDIT = "people.edit_relation"
ADD = drafts.of_form("people.add_carer", action=EDIT, fields_of=[CarerForm])


@requires(EDIT, methods=("GET", "POST"))
def add_carer(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Put a carer of a person into the register."""
    seen = selectors.family(actor=acting(request), person_id=person_id)
    units = _units(request, seen)
    draft = ADD.open(request, key=person_id)
    form = CarerForm(request.POST, units=units) if request.method == "POST" else draft.fill(CarerForm, units=units)
    if request.method == "POST" and form.is_valid() and _registered(request, seen, form):
        draft.forget()
        messages.success(request, _("The carer is registered. Within a month they are to be told."))
        return redirect("people:person", person_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/add_carer.html", {"person": seen, "form": form, "draft": draft}, status=status)


def _units(request: HttpRequest, seen: Family) -> list[tuple[str, str]]:
    """The actor's units that follow the person up."""
    able = acting(request).units_with("people.register_person")
    return [(str(unit), name) for unit, name in {each.unit_id: each.unit_name for each in seen.units}.items()
            if unit in able]  # fmt: skip


def _is_settled(request: HttpRequest, seen: Family, form: CarerForm) -> bool:
    """Say whether it is known who was typed, or ask in the form."""
    who, phone = form.person, form.cleaned_data["phone"]
    return form.is_settled(
        who, selectors.possible_duplicates(actor=acting(request), details=who, phone=phone, other_than=[seen.id])
    )


def _registered(request: HttpRequest, seen: Family, form: CarerForm) -> bool:
    """Store it, or say in the form what is wrong."""
    if not _is_settled(request, seen, form):
        return False
    today, who = clock.today(), form.known or form.person
    relation = form.details(person_born=seen.birth_date, related_born=who.birth_date, today=today)
    strict = who.protected_address is ProtectedAddress.STRICT
    try:
        services.register_carer(
            actor=acting(request),
            unit_id=UUID(form.cleaned_data["unit"]),
            patient_id=seen.id,
            details=None if form.known else form.person,
            carer_id=form.known.id if form.known else None,
            relation=relation,
            roles=form.roles_from(max(relation.valid_from, today)),
            contacts=form.contacts,
            # Nobody is to have the number alone of somebody whose life is in danger.
            basis=InvolvementBasis.SUPPORT if strict else InvolvementBasis.EMERGENCY_CONTACT,
        )
    except (DetailsInvalid, RelationRefused, RoleRefused, ContactRefused) as refusal:
        form.refuse(refusal.problems)
    except AlreadyRegistered:
        form.add_error(
            "person_number", _("Somebody with this number is registered with another name. Check both of them.")
        )
    except RelationAlreadyThere:
        form.add_error("kind", _("They are already registered with this relation to each other."))
    except TooLittleForProtected:
        # Who typed a number is not to learn by it that somebody is hidden.
        form.add_error("person_number", _("You cannot write about this person. Ask a colleague to do it."))
    else:
        return True
    return False


@requires(EDIT, methods=("GET", "POST"))
def change_relation(request: HttpRequest, person_id: UUID, relation_id: UUID) -> HttpResponse:
    """Change what somebody is to a person; 409 when somebody else was quicker, with nothing typed lost."""
    seen = selectors.relation_to_change(actor=acting(request), relation_id=relation_id, person_id=person_id)
    if request.method != "POST":
        form = RelationForm(initial={**relation_values(seen.details), "version": seen.version})
        return _relation_page(request, seen, form)
    form = RelationForm(request.POST)
    if not form.is_valid():
        return _relation_page(request, seen, form, status=422)
    details = form.details(person_born=seen.person_born, related_born=seen.other_born, today=clock.today())
    try:
        services.change_relation(
            actor=acting(request),
            relation_id=relation_id,
            person_id=person_id,
            details=details,
            version=form.cleaned_data["version"] or 0,
        )
    except RelationRefused as refusal:
        form.refuse(refusal.problems)
        return _relation_page(request, seen, form, status=422)
    except RelationAlreadyThere:
        form.add_error("kind", _("They are already registered with this relation to each other."))
        return _relation_page(request, seen, form, status=422)
    except Changed as changed:
        return _conflict(request, seen, details, changed)
    messages.success(request, _("The changes are saved."))
    return redirect("people:person", person_id)


def _conflict(request: HttpRequest, seen: RelationToChange, typed: RelationDetails, changed: Changed) -> HttpResponse:
    now, was = _as_form(changed.now), _as_form(changed.seen)
    kept = merged(relation_values(typed), seen=was, now=now)
    form = RelationForm(initial={**kept, "version": changed.version})
    return _relation_page(request, seen, form, status=409, conflict=True, differences=differences(form, kept, now=now))


def _as_form(told: dict[str, object]) -> dict[str, Any]:
    return {name: Answer.written(value) if name == "cohabiting" else value for name, value in told.items()}  # type: ignore[arg-type]


def _relation_page(
    request: HttpRequest, seen: RelationToChange, form: RelationForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    columns = [_("What"), _("Says now"), _("You wrote")]
    shown = {"relation": seen, "form": form, "difference_columns": columns, **more}
    return render(request, "people/change_relation.html", shown, status=status)


@requires(EDIT, methods=("GET", "POST"))
def end_relation(request: HttpRequest, person_id: UUID, relation_id: UUID) -> HttpResponse:
    """Say from which day somebody is this to a person no more."""
    seen = selectors.relation_to_change(actor=acting(request), relation_id=relation_id, person_id=person_id)
    form = EndForm(request.POST or None, initial={"from_day": clock.today(), "version": seen.version})
    del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        try:
            services.end_relation(
                actor=acting(request),
                relation_id=relation_id,
                person_id=person_id,
                from_day=form.cleaned_data["from_day"],
                version=form.cleaned_data["version"] or 0,
            )
        except RelationRefused as refusal:
            form.refuse(refusal.problems)
        except Changed:
            form.add_error(None, _("A colleague has changed this in the meantime. Look at it again before you end it."))
        except AlreadyEnded:
            messages.info(request, _("It had ended already."))
            return redirect("people:person", person_id)
        else:
            messages.success(request, _("It is saved. Roles that were based on it have ended too."))
            return redirect("people:person", person_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/end_relation.html", {"relation": seen, "form": form}, status=status)
