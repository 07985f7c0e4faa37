"""What carers of a patient have let the patient's team know of their own follow-up."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medspiller.access.declare import requires
from medspiller.followup import selectors
from medspiller.followup.web.acting import acting


@requires("followup.read_file")
def shared(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what a patient's carers let the actor's unit know right now, each by a consent that holds."""
    lines = selectors.shared_with_team(actor=acting(request), patient_id=person_id)
    return render(request, "followup/shared.html", {"person_id": person_id, "lines": lines})
