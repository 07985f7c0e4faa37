"""Adding, changing and ending ways to reach a person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core.errors import NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import AlreadyEnded, AlreadyThere, ContactRefused
from medspiller.people.web.acting import acting
from medspiller.people.web.family_forms import ContactForm, contact_values

EDIT = "people.edit_person"


@requires(EDIT, methods=("GET", "POST"))
def add_contact(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down a way to reach a person."""
    seen = selectors.family(actor=acting(request), person_id=person_id)
    form = ContactForm(request.POST or None, number_only=seen.own is None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_contact_point(actor=acting(request), person_id=person_id, details=form.details)
        except ContactRefused as refusal:
            form.refuse(refusal.problems)
        except AlreadyThere:
            form.add_error("value", _("This is registered already."))
        else:
            messages.success(request, _("It is saved."))
            return redirect("people:person", person_id)
    status = 422 if request.method == "POST" else 200
    shown = {"name": seen.name, "person_id": person_id, "form": form, "is_new": True}
    return render(request, "people/contact.html", shown, status=status)


@requires(EDIT, methods=("GET", "POST"))
def change_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Change a way to reach a person."""
    seen = selectors.contact_to_change(actor=acting(request), contact_id=contact_id)
    form = ContactForm(
        request.POST or None,
        initial=contact_values(seen.details),
        only=seen.details.system,
        number_only=seen.number_only,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_contact_point(actor=acting(request), contact_id=contact_id, details=form.details)
        except ContactRefused as refusal:
            form.refuse(refusal.problems)
        except AlreadyThere:
            form.add_error("value", _("This is registered already."))
        except AlreadyEnded:
            form.add_error(None, _("A colleague has ended this in the meantime. Add it again if it is right."))
        else:
            messages.success(request, _("It is saved."))
            return redirect("people:person", seen.person_id)
    status = 422 if request.method == "POST" else 200
    shown = {"name": seen.person_name, "person_id": seen.person_id, "form": form, "contact_id": contact_id}
    return render(request, "people/contact.html", shown, status=status)


@requires(EDIT, methods=("POST",))
def end_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Say that a person is not reached there any more; on the same day it can be taken back."""
    seen = selectors.contact_to_change(actor=acting(request), contact_id=contact_id)
    try:
        ended = services.end_contact_point(actor=acting(request), contact_id=contact_id)
    except AlreadyEnded:
        messages.info(request, _("It had ended already."))
        return redirect("people:person", seen.person_id)
    if ended is None:
        messages.success(request, _("It was added today, and has been removed."))
        return redirect("people:person", seen.person_id)
    return render(request, "people/contact_ended.html", {"contact": seen})


@requires(EDIT, methods=("POST",))
def reopen_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Take back that a person is not reached there any more."""
    try:
        row = services.reopen_contact_point(actor=acting(request), contact_id=contact_id)
    except AlreadyThere:
        raise NotFound(f"contact point {contact_id}") from None
    messages.success(request, _("It is in use again."))
    return redirect("people:person", row.person_id)
