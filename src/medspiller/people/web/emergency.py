"""Emergency access: opening somebody without a relation, and the leader's list of those who did."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.core.errors import NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.emergency import (
    LASTS,
    AlreadyOpen,
    AlreadyReviewed,
    NoteMissing,
    NotNeeded,
    ReasonTooLong,
    ReasonTooThin,
)
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.web.acting import acting, leave_refusal
from medspiller.people.web.forms import EmergencyForm, ReviewForm
from medspiller.people.web.wording import VERDICTS

DRAFTS = drafts.of_form("people.emergency", action="people.use_emergency_access", fields_of=[EmergencyForm])


@requires("people.use_emergency_access", methods=("GET", "POST"))
def emergency(request: HttpRequest) -> HttpResponse:
    """Ask whom and why; open exactly that person, or say that nobody was found."""
    units = selectors.emergency_units(actor=acting(request))
    if request.method != "POST":
        return _form_page(request, DRAFTS.open(request).fill(EmergencyForm, units=units))
    form = EmergencyForm(request.POST, units=units)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    person_id = _find(request, form)
    if person_id is None:
        return _form_page(request, form, status=422, nobody=True)
    return _open(request, form, person_id)


def _find(request: HttpRequest, form: EmergencyForm) -> UUID | None:
    """Whom the form means; None for nobody, and for whoever the actor cannot open so: the two look alike."""
    try:
        return selectors.person_for_emergency(actor=acting(request), sought=form.sought)
    except Closed as closed:
        leave_refusal(request, closed)
    except NotFound:
        pass
    return None


def _open(request: HttpRequest, form: EmergencyForm, person_id: UUID) -> HttpResponse:
    try:
        services.open_emergency_access(
            actor=acting(request), person_id=person_id, unit_id=form.unit_id, reason=form.cleaned_data["reason"]
        )
    except ReasonTooThin:
        form.add_error("reason", _("Write a whole sentence that says what has happened and what you need to know."))
        return _form_page(request, form, status=422)
    except ReasonTooLong:
        form.add_error("reason", _("Make it shorter: only what is needed to understand why."))
        return _form_page(request, form, status=422)
    except NotNeeded:
        messages.info(request, _("You did not need emergency access: your unit follows this person up."))
    except AlreadyOpen:
        messages.info(request, _("You have opened this person already."))
    DRAFTS.open(request).forget()
    return redirect("people:person", person_id)


def _form_page(request: HttpRequest, form: EmergencyForm, *, status: int = 200, nobody: bool = False) -> HttpResponse:
    hours = LASTS.total_seconds() / 3600
    shown = {"form": form, "hours": hours, "nobody": nobody, "draft": DRAFTS.open(request)}
    return render(request, "people/emergency.html", shown, status=status)


@requires("people.review_emergency_access")
def to_review(request: HttpRequest) -> HttpResponse:
    """Show the emergency accesses that wait for the leader, or with `?vis=ferdige` those reviewed."""
    reviewed = request.GET.get("vis") == "ferdige"
    lines = selectors.emergency_accesses_to_review(actor=acting(request), reviewed=reviewed)
    return render(
        request,
        "people/emergency_list.html",
        {
            "lines": [(line, VERDICTS[line.verdict] if line.verdict else "") for line in lines],
            "reviewed": reviewed,
            "waiting": not reviewed,
            "columns": [_("When"), _("Who"), _("Whom"), _("Reason"), _("Verdict")],
        },
    )


@requires("people.review_emergency_access", methods=("GET", "POST"))
def review(request: HttpRequest, emergency_access_id: UUID) -> HttpResponse:
    """Show one emergency access, and take the leader's verdict on it."""
    actor = acting(request)
    if request.method != "POST":
        return _review_page(request, emergency_access_id, ReviewForm())
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _review_page(request, emergency_access_id, form, status=422)
    try:
        services.review_emergency_access(
            actor=actor,
            emergency_access_id=emergency_access_id,
            verdict=form.said,
            note=form.cleaned_data["note"],
        )
    except NoteMissing:
        form.add_error("note", _("Write what was not in order."))
        return _review_page(request, emergency_access_id, form, status=422)
    except AlreadyReviewed:
        return _review_page(request, emergency_access_id, form, status=409)
    messages.success(request, _("The verdict is stored."))
    return redirect("people:emergency_list")


def _review_page(
    request: HttpRequest, emergency_access_id: UUID, form: ReviewForm, *, status: int = 200
) -> HttpResponse:
    line = selectors.emergency_access(actor=acting(request), emergency_access_id=emergency_access_id)
    shown = {
        "line": line,
        "form": form,
        "verdict": VERDICTS[line.verdict] if line.verdict else "",
        "too_late": status == 409,
    }
    return render(request, "people/emergency_review.html", shown, status=status)
