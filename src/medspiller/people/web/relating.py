"""Saying what two persons are to each other who are registered already: finding the other, and what they are."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.people import selectors, services
from medspiller.people.domain.relations import RelationAlreadyThere, RelationRefused
from medspiller.people.selectors import FoundPersons
from medspiller.people.web.acting import acting
from medspiller.people.web.family_forms import RelateForm
from medspiller.people.web.relations import EDIT
from medspiller.people.web.searching import SearchForm


@requires(EDIT, methods=("GET", "POST"))
def choose(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Find the other among those the actor may open. What is typed is sent by POST: it may be a number."""
    seen = selectors.person(actor=acting(request), person_id=person_id)
    typed = request.POST.get("q", "")
    found = selectors.search_persons(actor=acting(request), query=typed) if typed.strip() else None
    shown = {
        "person": seen,
        "form": SearchForm(initial={"q": typed}),
        "asked": found is not None,
        "others": _others(found, person_id),
        "more": found.more if found else False,
    }
    response = render(request, "people/relate_choose.html", shown)
    response["Cache-Control"] = "no-store"
    return response


@requires(EDIT, methods=("GET", "POST"))
def relate(request: HttpRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Say what the other is to the person; 422 for what cannot be."""
    seen = selectors.person(actor=acting(request), person_id=person_id)
    other = selectors.person(actor=acting(request), person_id=other_id)
    form = RelateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        born = {"person_born": seen.birth_date, "related_born": other.birth_date}
        details = form.details(**born, today=clock.today())
        try:
            services.record_relation(actor=acting(request), person_id=person_id, related_id=other_id, details=details)
        except RelationRefused as refusal:
            form.refuse(refusal.problems)
        except RelationAlreadyThere:
            form.add_error("kind", _("They are already registered with this relation to each other."))
        else:
            messages.success(request, _("The two are connected. Give a role, if the patient has named one."))
            return redirect("people:person", person_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/relate.html", {"person": seen, "other": other, "form": form}, status=status)


def _others(found: FoundPersons | None, person_id: UUID) -> list[selectors.SeenPerson]:
    return [each for each in found.persons if each.id != person_id] if found else []
