"""Changing what is registered about a person: details, names, death; and what has changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.core.errors import NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import AlreadyEnded, as_said
from medspiller.people.domain.informing import AlreadyInformed, InformingRefused, NothingToTell
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import AlreadyRegistered, Changed, DeathRefused, DetailsInvalid
from medspiller.people.selectors import Family, PersonToChange, PersonToTell
from medspiller.people.web.acting import acting
from medspiller.people.web.conflicts import differences, merged
from medspiller.people.web.family_forms import InformedForm
from medspiller.people.web.family_wording import SYSTEMS, problem
from medspiller.people.web.person_forms import DeathForm, NameForm, PersonForm, person_values
from medspiller.people.web.person_history import history_lines

EDIT = "people.edit_person"
CHANGE = drafts.of_form("people.change_person", action=EDIT, fields_of=[PersonForm])


@requires(EDIT, methods=("GET", "POST"))
def change_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change what is said of a person; 422 for what cannot be stored, 409 when somebody else was quicker."""
    seen = selectors.person_to_change(actor=acting(request), person_id=person_id)
    if request.method != "POST":
        initial = {**person_values(seen.changes), "version": seen.version}
        form = CHANGE.open(request, key=person_id).fill(PersonForm, initial=initial, has_number=seen.has_number)
        return _change_page(request, seen, form)
    form = PersonForm(request.POST, has_number=seen.has_number)
    if not form.is_valid():
        return _change_page(request, seen, form, status=422)
    try:
        services.change_person(
            actor=acting(request),
            person_id=person_id,
            changes=form.changes,
            version=form.cleaned_data["version"] or 0,
        )
    except DetailsInvalid as refusal:
        form.refuse(refusal.problems)
        return _change_page(request, seen, form, status=422)
    except AlreadyRegistered:
        form.add_error("person_number", _("This number is registered for somebody else. Talk to your leader."))
        return _change_page(request, seen, form, status=422)
    except Changed as changed:
        return _conflict(request, seen, form, changed)
    CHANGE.open(request, key=person_id).forget()
    messages.success(request, _("The changes are saved."))
    return redirect("people:person", person_id)


def _conflict(request: HttpRequest, seen: PersonToChange, form: PersonForm, changed: Changed) -> HttpResponse:
    typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    was = {name: _as_form(name, value) for name, value in changed.seen.items()}
    now = {name: _as_form(name, value) for name, value in changed.now.items()}
    kept = merged(typed, seen=was, now=now)
    again = PersonForm(initial={**kept, "version": changed.version}, has_number=seen.has_number)
    shown = differences(again, kept, now=now)
    return _change_page(request, seen, again, status=409, conflict=True, differences=shown)


def _as_form(name: str, value: Any) -> Any:
    """A stored detail as its field holds it."""
    if name in ("needs_interpreter", "wants_notices"):
        return {True: "yes", False: "no"}.get(value, "")
    return value


def _change_page(
    request: HttpRequest, seen: PersonToChange, form: PersonForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    columns = [_("What"), _("Says now"), _("You wrote")]
    draft = CHANGE.open(request, key=seen.id)
    shown = {"person": seen, "form": form, "draft": draft, "difference_columns": columns, **more}
    return render(request, "people/change_person.html", shown, status=status)


@requires(EDIT, methods=("GET", "POST"))
def add_name(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down another name."""
    seen = selectors.person_to_change(actor=acting(request), person_id=person_id)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_name(actor=acting(request), person_id=person_id, details=form.details)
        except DetailsInvalid as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("The name is saved."))
            return redirect("people:person", person_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/add_name.html", {"person": seen, "form": form}, status=status)


@requires(EDIT, methods=("POST",))
def end_name(request: HttpRequest, person_id: UUID, name_id: UUID) -> HttpResponse:
    """Say that a name is used no more."""
    try:
        services.end_name(actor=acting(request), name_id=name_id)
    except AlreadyEnded:
        messages.info(request, _("It had ended already."))
    else:
        messages.success(request, _("The name is not used any more."))
    return redirect("people:person", person_id)


@requires(EDIT, methods=("GET", "POST"))
def record_death(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down on which day somebody died, or take it back."""
    seen = selectors.person_to_change(actor=acting(request), person_id=person_id)
    if request.method == "POST" and "alive" in request.POST:
        services.take_back_death(actor=acting(request), person_id=person_id)
        messages.success(request, _("The date of death has been removed."))
        return redirect("people:person", person_id)
    form = DeathForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            died_on = form.cleaned_data["died_on"]
            services.record_death(actor=acting(request), person_id=person_id, died_on=died_on)
        except DeathRefused as refusal:
            form.add_error("died_on", problem(refusal.problem))
        else:
            messages.success(request, _("The date of death is saved."))
            return redirect("people:person", person_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/record_death.html", {"person": seen, "form": form}, status=status)


@requires("people.inform_person", methods=("GET", "POST"))
def inform(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down that a registered person was told so, or why not."""
    seen, left = _to_inform(request, person_id)
    form = InformedForm(request.POST or None)
    # Closed to whoever was only to tell them.
    done = redirect("people:person_list") if left else redirect("people:person", person_id)
    if request.method == "POST" and form.is_valid():
        try:
            _store_informed(request, person_id, form)
        except InformingRefused as refusal:
            form.add_error("reason", problem(refusal.problem))
        except NothingToTell:
            form.add_error(None, _("Nobody has to be told: the person was not registered for somebody else."))
        except AlreadyInformed:
            messages.info(request, _("It was written down already that the person has been told."))
            return done
        else:
            messages.success(request, _("It is written down."))
            return done
    status = 422 if request.method == "POST" else 200
    reached = [(SYSTEMS[system], as_said(system, value)) for system, value in left.reached] if left else []
    shown = {"person": seen, "form": form, "left": left, "reached": reached}
    return render(request, "people/inform.html", shown, status=status)


def _to_inform(request: HttpRequest, person_id: UUID) -> tuple[Family | PersonToTell, PersonToTell | None]:
    """The person as whoever has to do with them sees them; else as the last who can tell them does."""
    try:
        return selectors.family(actor=acting(request), person_id=person_id), None
    except Closed as closed:
        try:
            left = selectors.person_to_tell(actor=acting(request), person_id=person_id)
        except NotFound:
            raise closed from None
        return left, left


def _store_informed(request: HttpRequest, person_id: UUID, form: InformedForm) -> None:
    actor = acting(request)
    if form.cleaned_data["told"] == "yes":
        services.record_informed(actor=actor, person_id=person_id, how=form.said_how)
    else:
        reason = form.cleaned_data["reason"]
        services.record_reason_not_to_inform(actor=actor, person_id=person_id, reason=reason)


@requires("people.view_person")
def history(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what has changed about a person, the newest first."""
    asked = request.GET.get("side", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    found = selectors.person_history(actor=acting(request), person_id=person_id, page=page)
    shown = {
        "history": found,
        "lines": history_lines(found.changes, person_id=person_id),
        "older_href": f"?side={page + 1}" if found.more else "",
        "newer_href": f"?side={page - 1}" if page > 1 else "",
        "columns": [_("When"), _("What"), _("Now"), _("Before")],
    }
    return render(request, "people/person_history.html", shown)
