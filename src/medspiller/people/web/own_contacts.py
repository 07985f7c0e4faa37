"""How one is reached: seen, confirmed or changed, added and taken away by oneself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core.errors import NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import (
    SHOWN_DIGITS,
    AlreadyEnded,
    AlreadyThere,
    ContactRefused,
    ContactSystem,
    as_said,
)
from medspiller.people.selectors import OwnPage, SeenContact
from medspiller.people.web.acting import acting
from medspiller.people.web.family_forms import contact_values
from medspiller.people.web.family_wording import CHANNELS, SYSTEMS
from medspiller.people.web.own_forms import OwnContactForm

VIEW, EDIT = "people.view_own_page", "people.edit_own_details"


@requires(VIEW)
def contact(request: HttpRequest) -> HttpResponse:
    """Show how the person is reached, and how they want to be."""
    found = selectors.own_page(actor=acting(request))
    if found is None:
        return render(request, "people/own_nobody.html")
    said = found.said
    shown = {
        "me": found,
        "lines": [_line(each) for each in found.contacts],
        "channel": CHANNELS[said.preferred_channel] if said.preferred_channel else "",
    }
    return render(request, "people/own_contact.html", shown)


# Where notices go is where somebody else would lead them: whoever finds the page open must not be able to.
@requires(EDIT, methods=("GET", "POST"), recent_sign_in=True)
def add_own_contact(request: HttpRequest) -> HttpResponse:
    """Add a telephone or an e-mail address of one's own."""
    found = _oneself(request)
    form = OwnContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_contact_point(actor=found.actor, person_id=found.person_id, details=form.details())
        except ContactRefused as refusal:
            form.refuse(refusal.problems)
        except AlreadyThere:
            form.add_error("value", _("This is registered already."))
        else:
            messages.success(request, _("It is saved."))
            return redirect("citizen:contact")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/own_contact_form.html", {"form": form, "is_new": True}, status=status)


@requires(EDIT, methods=("GET", "POST"), recent_sign_in=True)
def change_own_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Confirm or change one of one's own."""
    found = _oneself(request)
    seen = selectors.contact_to_change(actor=found.actor, contact_id=contact_id)
    if not seen.details.own:
        raise NotFound(f"contact point {contact_id}")
    form = OwnContactForm(request.POST or None, initial=contact_values(seen.details), only=seen.details.system)
    if request.method == "POST" and form.is_valid():
        try:
            details = form.details(rank=seen.details.rank)
            services.change_contact_point(actor=found.actor, contact_id=contact_id, details=details)
        except ContactRefused as refusal:
            form.refuse(refusal.problems)
        except AlreadyThere:
            form.add_error("value", _("This is registered already."))
        except AlreadyEnded:
            return redirect("citizen:contact")
        else:
            messages.success(request, _("It is saved."))
            return redirect("citizen:contact")
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "contact_id": contact_id}
    return render(request, "people/own_contact_form.html", shown, status=status)


@requires(EDIT, methods=("POST",), recent_sign_in=True)
def end_own_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Say that one is not reached there any more."""
    found = _oneself(request)
    try:
        services.end_contact_point(actor=found.actor, contact_id=contact_id)
    except AlreadyEnded:
        messages.info(request, _("It has already been removed."))
    else:
        messages.success(request, _("It has been removed. We do not use it any more."))
    return redirect("citizen:contact")


def _oneself(request: HttpRequest) -> OwnPage:
    found = selectors.own_page(actor=acting(request))
    if found is None:
        raise NotFound("registered nowhere here")
    return found


def _line(contact: SeenContact) -> dict[str, Any]:
    value = as_said(contact.system, contact.value)
    return {
        "contact": contact,
        "system": SYSTEMS[contact.system],
        # Somebody else's number is theirs: enough of it is shown to know which.
        "value": value if contact.own else f"••• {value[-SHOWN_DIGITS:]}",
        "is_phone": contact.system is ContactSystem.PHONE,
        "is_address": contact.system is ContactSystem.ADDRESS,
    }
