"""Who is away, and who stands in."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.access.selectors import Colleague
from medspiller.core.errors import NotAllowed
from medspiller.followup import selectors, services
from medspiller.followup.selectors import PlanLeft
from medspiller.followup.web.acting import acting
from medspiller.followup.web.forms import AbsenceForm
from medspiller.followup.web.refusals import REFUSED, refuse, words_of

RECORD = "followup.record_absence"


@requires(RECORD, methods=("GET", "POST"))
def absences(request: HttpRequest) -> HttpResponse:
    """Show who is away, and write down that oneself or, as a leader, a colleague will be."""
    actor = acting(request)
    others = [(str(each.id), each.name) for each in selectors.led_by(actor=actor) if each.id != actor.id]
    people = [(str(actor.id), _("I am")), *others]
    asked = request.POST if request.method == "POST" else None
    form = AbsenceForm(
        asked, people=people, stand_ins=_stand_ins(actor, people, asked), initial={"hvem": str(actor.id)}
    )
    left = _left_to_leader(actor, form) if asked is not None and form.is_valid() and "sett" not in asked else ()
    if left:
        # Told before anything is stored: one may choose somebody else, or hand these over first.
        typed = [(name, form.data.get(name, "")) for name in form.fields]
        return render(request, "followup/confirm_absence.html", {"typed": typed, "left": left})
    if asked is not None and form.is_valid():
        said = form.cleaned_data
        try:
            services.record_absence(
                actor=actor,
                user_id=UUID(said["hvem"]),
                starts_on=said["fra"],
                ends_on=said["til"],
                stand_in_id=UUID(said["vikar"]) if said["vikar"] else None,
            )
        except NotAllowed:
            form.add_error("hvem", _("Only the leader can write this down for others."))
        except REFUSED as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("It is written down. The plans move by themselves, and come back."))
            return redirect("followup:absences")
    shown = {"form": form, "lines": selectors.absences(actor=actor)}
    return render(request, "followup/absences.html", shown, status=422 if form.errors else 200)


def _left_to_leader(actor: Actor, form: AbsenceForm) -> tuple[PlanLeft, ...]:
    said = form.cleaned_data
    stand_in_id = UUID(said["vikar"]) if said["vikar"] else None
    try:
        return selectors.plans_left_to_leader(actor=actor, user_id=UUID(said["hvem"]), stand_in_id=stand_in_id)
    except NotAllowed:
        # Said by whoever stores it.
        return ()


def _stand_ins(actor: Actor, people: list[tuple[str, str]], asked: Mapping[str, str] | None) -> list[Colleague]:
    """Who could stand in for whoever was chosen; until somebody is, for any of them."""
    chosen = asked.get("hvem", "") if asked is not None else ""
    every = [user_id for user_id, _name in people]
    wanted = [chosen] if chosen in every else every
    return selectors.stand_ins_for_any(actor=actor, user_ids=[UUID(each) for each in wanted])


@requires(RECORD, methods=("POST",))
def end_absence(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Say that somebody is back, or that an absence ahead is off."""
    try:
        services.end_absence(actor=acting(request), absence_id=absence_id)
    except REFUSED as fault:
        messages.info(request, words_of(fault))
    else:
        messages.success(request, _("Back at work. The plans come back too."))
    return redirect("followup:absences")
