"""Planning an offer's meetings, one or a series, changing one and cancelling it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.offers import Place
from medspiller.catalogue.domain.reader import Reader
from medspiller.catalogue.domain.reading import read_place
from medspiller.catalogue.domain.refusals import FewerSeatsThanTaken, NotAhead, SessionOver
from medspiller.catalogue.domain.sessions import MOST_MEETINGS, SessionStatus, meetings
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.keeping_forms import CancelForm, ChangedSessionForm, SessionForm
from medspiller.catalogue.web.staff_wording import said
from medspiller.core import clock
from medspiller.core.clock import OSLO
from medspiller.core.errors import InvalidInput, NotFound

KEEP = "catalogue.edit_entry"
DRAFTS = drafts.of_form("catalogue.session", action=KEEP, fields_of=[SessionForm])
_WEEK = timedelta(weeks=1)


@requires(KEEP, methods=("GET", "POST"))
def plan(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Plan one meeting of an offer, or a series at the same time of the week."""
    actor, today = acting(request), clock.today()
    entry = selectors.entry(actor=actor, entry_id=entry_id, on=today)
    draft = DRAFTS.open(request, key=entry_id)
    places = _places(entry)
    if request.method != "POST":
        return _plan_page(request, entry, draft.fill(SessionForm, places=_named(places)), draft=draft)
    form = SessionForm(request.POST, places=_named(places))
    if not form.is_valid():
        return _plan_page(request, entry, form, draft=draft, status=422)
    typed = form.cleaned_data
    count = min(typed["count"], MOST_MEETINGS)
    plans = meetings(form.plan(places), every=_WEEK * (typed["every_weeks"] or 1), count=count)
    try:
        is_series = typed["is_series"] and count > 1
        services.plan_sessions(actor=actor, entry_id=entry_id, plans=plans, is_series=is_series)
    except (NotAhead, InvalidInput) as refusal:
        _refuse(form, refusal)
        return _plan_page(request, entry, form, draft=draft, status=422)
    draft.forget()
    messages.success(request, _("It is planned, and the public sees it."))
    return redirect("catalogue_staff:entry", entry_id)


@requires(KEEP, methods=("GET", "POST"))
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Move or change one meeting that is planned."""
    row, entry = _found(request, meeting_id)
    # Where it is now comes first: the offer may have moved since.
    places = ([read_place(Reader(row.place))] if row.place else []) + _places(entry)
    form = ChangedSessionForm(request.POST or None, places=_named(places), initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_session(actor=acting(request), session_id=meeting_id, plan=form.plan(places))
        except FewerSeatsThanTaken as refusal:
            told = _("Places already taken: %(taken)s. You cannot choose a lower number.") % {"taken": refusal.taken}
            form.add_error("capacity", told)
        except SessionOver:
            form.add_error(None, _("It is cancelled, or has begun: it stays as it was."))
        except (NotAhead, InvalidInput) as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The meeting is changed. Those who have signed up are told."))
            return redirect("catalogue_staff:entry", entry.id)
    shown = {"form": form, "entry": entry, "title": _title(entry), "meeting": row}
    return render(request, "catalogue/staff/change_meeting.html", shown, status=_status(request))


@requires(KEEP, methods=("GET", "POST"))
def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a meeting, with why in words for those who have signed up."""
    row, entry = _found(request, meeting_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_session(actor=acting(request), session_id=meeting_id, reason=form.texts("reason"))
        except SessionOver:
            form.add_error(None, _("It is cancelled, or has begun: it stays as it was."))
        else:
            messages.success(request, _("The meeting is cancelled. Those who have signed up are told why."))
            return redirect("catalogue_staff:entry", entry.id)
    shown = {"form": form, "entry": entry, "title": _title(entry), "meeting": row}
    return render(request, "catalogue/staff/cancel_meeting.html", shown, status=_status(request))


def _found(request: HttpRequest, meeting_id: UUID) -> tuple[Any, Any]:
    """Return a meeting with its entry, of those whom the actor keeps."""
    actor = acting(request)
    row = selectors.entry_session(actor=actor, session_id=meeting_id, on=clock.today())
    entry = selectors.entry(actor=actor, entry_id=row.entry_id, on=clock.today())
    if row.status != SessionStatus.PLANNED.value and request.method == "GET":
        raise NotFound(f"planned session {meeting_id}")
    return row, entry


def _plan_page(request: HttpRequest, entry: Any, form: SessionForm, *, draft: Any, status: int = 200) -> HttpResponse:
    shown = {"form": form, "entry": entry, "title": _title(entry), "draft": draft}
    return render(request, "catalogue/staff/plan.html", shown, status=status)


def _initial(row: Any) -> dict[str, Any]:
    starts, ends = row.starts_at.astimezone(OSLO), row.ends_at.astimezone(OSLO)
    deadline = clock.day_of(row.deadline - timedelta(seconds=1)) if row.deadline else None
    same = ("capacity", "has_waiting_list", "allows_anonymous", "online_address")
    return {
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time(),
        "ends_on": ends.date() if ends.date() != starts.date() else None,
        "deadline_day": deadline,
        # Of a meeting on the web only, the offer's place is a choice that nobody has made.
        "place": "0" if row.place else "",
        **{name: getattr(row, name) for name in same},
        **{f"title_{language}": text for language, text in row.title.items()},
    }


def _places(entry: Any) -> list[Place]:
    return [read_place(Reader(each)) for each in entry.live.body.get("places", [])] if entry.live else []


def _named(places: list[Place]) -> list[str]:
    return [", ".join(filter(None, (each.name, each.city))) for each in places]


def _refuse(form: SessionForm, refusal: NotAhead | InvalidInput) -> None:
    if isinstance(refusal, NotAhead):
        form.add_error("day", _("The day must be in the future."))
        return
    named = {"starts_at": "day", "ends_at": "ends", "deadline": "deadline_day"}
    for name in refusal.problems:
        field = named.get(name, name)
        form.add_error(field if field in form.fields else None, _("It is not written as it should be."))


def _title(entry: Any) -> str:
    return said(entry.live.body["title"]) if entry.live else entry.slug


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
