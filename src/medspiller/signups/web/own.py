"""A citizen's own sign-ups."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.signups import selectors, services
from medspiller.signups.domain.calendar import Appointment, calendar_of
from medspiller.signups.domain.evaluation import NothingAsked
from medspiller.signups.domain.meetings import NotOpen
from medspiller.signups.domain.places import NothingOffered
from medspiller.signups.selectors import Place
from medspiller.signups.web.acting import acting
from medspiller.signups.web.wording import COLOURS, STATES, said, shown, where

OWN = "signups.keep_own"


@requires(OWN)
def own_list(request: HttpRequest) -> HttpResponse:
    """Show what one is signed up for, and was."""
    lines = [(each, *_line(each)) for each in selectors.own_places(actor=acting(request))]
    return render(request, "signups/own_list.html", {"lines": lines})


@requires(OWN, methods=("GET", "POST"))
def place(request: HttpRequest, sign_up_id: UUID) -> HttpResponse:
    """Show one of them, and do what its buttons say."""
    actor = acting(request)
    if request.method == "POST":
        return _done(request, actor, sign_up_id)
    found = selectors.own_place(actor=actor, sign_up_id=sign_up_id)
    return render(request, "signups/own_place.html", place_context(actor, found))


@requires(OWN)
def calendar(request: HttpRequest, sign_up_id: UUID) -> HttpResponse:
    """Give the meetings as a calendar file."""
    return calendar_file(selectors.own_place(actor=acting(request), sign_up_id=sign_up_id))


def place_context(actor: Actor, found: Place) -> dict[str, Any]:
    """Return what a page of one sign-up shows."""
    return {
        "place": found,
        "title": said(found.title),
        "state": STATES[found.state],
        "colour": COLOURS.get(found.state, "neutral"),
        "meetings": shown(found.sessions),
        "questions": opinion_questions(actor) if found.may_evaluate else (),
    }


def opinion_questions(actor: Actor) -> list[tuple[str, str, list[tuple[str, str, str, bool, bool]]]]:
    """Return what is asked about the meetings: name of the field, question, and what can be answered."""
    return [
        (
            f"mening-{each.id}",
            each.text,
            [(f"mening-{each.id}-{code}", code, text, False, False) for code, text in each.answers],
        )
        for each in selectors.evaluation(actor=actor)
    ]


def opinions_in(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """Return what was answered, by question."""
    return {each.id: request.POST.get(f"mening-{each.id}", "") for each in selectors.evaluation(actor=actor)}


def calendar_file(found: Place) -> HttpResponse:
    """Return a calendar file that says when and where, and not what."""
    # By when they were planned: a meeting that is moved stays the same one in the calendar.
    appointments = [
        Appointment(
            id=f"{found.id}-{number}",
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            where=where(each),
            online_address=found.online_address_of(each),
            is_cancelled=each not in found.planned,
        )
        for number, each in enumerate(sorted(found.sessions, key=lambda one: one.id), 1)
    ]
    # Translators: the title of an entry in somebody's calendar, which must not tell what it is about.
    content = calendar_of(appointments, title=_("Appointment"), now=clock.now())
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("appointment.ics")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _done(request: HttpRequest, actor: Actor, sign_up_id: UUID) -> HttpResponse:
    what = request.POST.get("gjor", "")
    try:
        if what == "avmeld":
            services.cancel(actor=actor, sign_up_id=sign_up_id)
            messages.success(request, _("Your sign-up is cancelled."))
        elif what == "ja":
            services.accept(actor=actor, sign_up_id=sign_up_id)
            messages.success(request, _("The place is yours."))
        elif what == "slett":
            services.forget_own(actor=actor, sign_up_id=sign_up_id, now=clock.now())
            messages.success(request, _("It is deleted."))
            return redirect("own_signups:list")
        elif what == "mening":
            answers = opinions_in(request, actor)
            services.give_opinion(actor=actor, sign_up_id=sign_up_id, answers=answers, now=clock.now())
            messages.success(request, _("Thank you. What you said is counted without your name."))
        else:
            selectors.own_place(actor=actor, sign_up_id=sign_up_id)
    except (NothingOffered, NotOpen, NothingAsked) as refusal:
        messages.error(request, refused(refusal))
    return redirect("own_signups:place", sign_up_id)


def refused(refusal: Exception) -> str:
    """Return in words why a button did nothing."""
    if isinstance(refusal, NothingOffered):
        return _("The place is not kept for you any more: the time to answer has run out. You may sign up again.")
    if isinstance(refusal, NothingAsked):
        return _("Choose at least one answer.")
    return _("It has begun, so you cannot cancel here. Call if you cannot come.")


def _line(each: Place) -> tuple[str, str, str]:
    return said(each.title), str(STATES[each.state]), COLOURS.get(each.state, "neutral")
