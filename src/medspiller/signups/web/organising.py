"""The organiser's list of a meeting: who comes, who waits, who must be called, who was there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import InvalidInput
from medspiller.signups import selectors, services
from medspiller.signups.domain.evaluation import FEWEST_SHOWN
from medspiller.signups.domain.meetings import AlreadySignedUp, NotOpen
from medspiller.signups.domain.places import State
from medspiller.signups.selectors import Participant, Participants
from medspiller.signups.web.acting import acting
from medspiller.signups.web.forms import SignUpForm
from medspiller.signups.web.wording import STATES, WHY, said, shown
from medspiller.ui.components.formats import telephone
from medspiller.ui.spreadsheets import csv_file

SEE = "signups.see_participants"
_CAME = "kom-"


@requires(SEE, methods=("GET", "POST"))
def participants(request: HttpRequest, entry_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Show the list, and do what its buttons say."""
    actor = acting(request)
    if request.method == "POST":
        _do(request, actor, entry_id, meeting_id)
        return redirect("signups_staff:participants", entry_id, meeting_id)
    found = selectors.participants(actor=actor, entry_id=entry_id, session_id=meeting_id)
    return render(request, "signups/participants.html", _context(found))


@requires(SEE)
def to_call(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Lead to the list of the meeting, where those who must be called stand first."""
    session = selectors.organised_meeting(actor=acting(request), session_id=meeting_id)
    address = reverse("signups_staff:participants", args=[session.entry_id, session.id])
    return redirect(f"{address}#ringes")


@requires(SEE, methods=("GET", "POST"))
def add(request: HttpRequest, entry_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Write down somebody who called."""
    sent = request.method == "POST"
    actor, form, problem = acting(request), SignUpForm(request.POST if sent else None), ""
    if sent:
        try:
            made = services.add(actor=actor, entry_id=entry_id, session_id=meeting_id, wish=form.wish())
        except InvalidInput as refusal:
            form.show(refusal.problems)
        except NotOpen as refusal:
            problem = str(WHY[refusal.why])
        except AlreadySignedUp:
            problem = _("This person has a place here already, or is on the waiting list.")
        else:
            messages.success(request, STATES[State(made.state)])
            return redirect("signups_staff:participants", entry_id, meeting_id)
    found = selectors.participants(actor=actor, entry_id=entry_id, session_id=meeting_id)
    status = 422 if sent else 200
    return render(request, "signups/add.html", _context(found) | {"form": form, "problem": problem}, status=status)


@requires(SEE)
def on_paper(request: HttpRequest, entry_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Show the list as a sheet to tick off on."""
    found = selectors.participants(actor=acting(request), entry_id=entry_id, session_id=meeting_id)
    return render(request, "signups/participants_print.html", _context(found))


@requires(SEE)
def as_csv(request: HttpRequest, entry_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Give the list as a table for a spreadsheet. What somebody needs is not in it: files lie about."""
    found = selectors.participants(actor=acting(request), entry_id=entry_id, session_id=meeting_id)
    headers = [_("Number"), _("Name"), _("Contact"), _("State"), _("Was there")]
    rows = [
        [str(each.number), _name(each), telephone(each.contact), str(STATES[each.state]), _came(each)]
        for each in (*found.seated, *found.waiting)
    ]
    # Translators: the name of a file, in small letters without spaces or accents.
    response = csv_file([headers, *rows], filename=_("participants.csv"))
    response["Cache-Control"] = "no-store"
    return response


def _context(found: Participants) -> dict[str, Any]:
    return {
        "found": found,
        "title": said(found.title),
        "meeting": shown([found.session])[0],
        "meetings": shown(found.together),
        "seated": _lines(found.seated),
        "waiting": _lines(found.waiting),
        "gone": _lines(found.gone),
        "to_call": _lines(each for each in (*found.seated, *found.waiting) if each.to_call),
        "columns": [_("Name"), _("Contact"), _("State"), _("What they should know"), _("What to do")],
        "paper_columns": [_("Name"), _("Contact"), _("What they should know"), _("Was there")],
        "opinions": [
            (
                question.text,
                list(zip((text for _code, text in question.answers), counts, strict=True)) if counts else (),
            )
            for question, counts in found.opinions
        ],
        "fewest": FEWEST_SHOWN,
        "count": len(found.seated),
    }


def _lines(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "one": each,
            "id": str(each.id),
            "name": _name(each),
            "state": STATES[each.state],
            "was_there": _came(each),
            "came": [
                (f"{_CAME}{each.id}-{value}", value, words, each.came is came, False)
                for value, words, came in (("ja", _("Yes"), True), ("nei", _("No"), False))
            ],
        }
        for each in rows
    ]


def _name(each: Participant) -> str:
    return each.name or _("Number %(number)d, without a name") % {"number": each.number}


def _came(each: Participant) -> str:
    return "" if each.came is None else _("Yes") if each.came else _("No")


def _do(request: HttpRequest, actor: Actor, entry_id: UUID, meeting_id: UUID) -> None:
    what, _dash, which = request.POST.get("gjor", "").partition(":")
    if what == "oppmote":
        known = _answers(request.POST.dict())
        services.note_attendance(actor=actor, entry_id=entry_id, session_id=meeting_id, came=known, now=clock.now())
        messages.success(request, _("It is noted who came."))
        return
    sign_up_id = _uuid(which)
    if sign_up_id is None:
        selectors.organised(actor=actor, entry_id=entry_id, session_id=meeting_id)
        return
    try:
        if what == "stryk":
            services.strike_off(actor=actor, entry_id=entry_id, sign_up_id=sign_up_id)
            messages.success(request, _("Removed from the list. You will find them under “Not coming” further down."))
        elif what == "gi":
            services.give_place(actor=actor, entry_id=entry_id, sign_up_id=sign_up_id)
            messages.success(request, _("They have the place."))
        elif what == "ringt":
            services.note_told(actor=actor, entry_id=entry_id, sign_up_id=sign_up_id, now=clock.now())
            messages.success(request, _("It is noted that they know."))
    except NotOpen as refusal:
        messages.error(request, str(WHY[refusal.why]))
    except AlreadySignedUp:
        messages.error(request, _("This person has a place here already, or is on the waiting list."))


def _answers(sent: Mapping[str, Any]) -> dict[UUID, bool]:
    """Who was there and who was not, of what was sent."""
    said = {_uuid(key.removeprefix(_CAME)): value for key, value in sent.items() if key.startswith(_CAME)}
    return {key: value == "ja" for key, value in said.items() if key is not None and value in ("ja", "nei")}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
