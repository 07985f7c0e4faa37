"""The page of a person, for staff with a need to know."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.people import selectors, services
from medspiller.people.domain.emergency import AlreadyEnded
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.web.acting import acting, as_nobody
from medspiller.people.web.wording import BASES


@requires("people.view_person")
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a person, and why the actor may see them; 404 for anybody they have no need to know."""
    try:
        seen = selectors.person(actor=acting(request), person_id=person_id)
    except Closed as closed:
        raise as_nobody(request, closed) from None
    emergency = seen.emergency
    ground = seen.answer.involvement
    return render(
        request,
        "people/person.html",
        {
            "person": seen,
            "protected": seen.protected_address is not ProtectedAddress.NONE,
            "units": [(each, BASES[each.basis]) for each in seen.units],
            "unit_columns": [_("Unit"), _("Why"), _("Since")],
            "ground": ground,
            "ground_words": BASES[ground.basis] if ground else "",
            "emergency": emergency,
            "left": _left(emergency.ends_at - clock.now()) if emergency else "",
        },
    )


@requires("people.use_emergency_access", methods=("POST",))
def end_emergency(request: HttpRequest, emergency_access_id: UUID) -> HttpResponse:
    """End the actor's own emergency access before its time."""
    try:
        services.end_emergency_access(actor=acting(request), emergency_access_id=emergency_access_id)
    except AlreadyEnded:
        messages.info(request, _("The emergency access had ended already."))
    else:
        messages.success(request, _("You have ended the emergency access."))
    return redirect("people:emergency")


def _left(rest: timedelta) -> str:
    """How long is left, rounded up to whole minutes, so that it never says none while there is some."""
    minutes = max(1, -(-int(rest.total_seconds()) // 60))
    hours, minutes = divmod(minutes, 60)
    in_hours = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    in_minutes = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if not hours:
        return in_minutes
    if not minutes:
        return in_hours
    return _("%(hours)s and %(minutes)s") % {"hours": in_hours, "minutes": in_minutes}
