"""The pages on which entries are kept true: the list, one entry, and what can be done with it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from medspiller.access.declare import requires
from medspiller.catalogue import selectors, services
from medspiller.catalogue.domain.changes import differences
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.refusals import (
    ClosedAlready,
    NotAhead,
    NothingApproved,
    PeopleAwait,
    TakenDown,
    TooFarAhead,
    UnknownProvider,
)
from medspiller.catalogue.selectors import keeping
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.keeping_forms import ClosureForm, MoveForm, NarrowForm, OpenAgainForm, ReviewForm
from medspiller.catalogue.web.keeping_lines import (
    change_lines,
    entry_lines,
    meeting_lines,
    report_lines,
    shown_as_public,
    version_lines,
)
from medspiller.catalogue.web.staff_wording import STATE_COLORS, STATES, people_await, said
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.ui.components.tables import Column, sorting
from medspiller.ui.paging import page_of

VIEW = "catalogue.view_entries"
MODERATE = "catalogue.moderate"
_YEAR = timedelta(days=365)


@requires(VIEW)
def entry_list(request: HttpRequest) -> HttpResponse:
    """Show the entries that whoever asks keeps, narrowed and sorted."""
    narrow, actor, today = NarrowForm(request.GET), acting(request), clock.today()
    sorted_by = sorting(request.GET, allowed=[sort.value for sort in keeping.Sort], default=keeping.Sort.TITLE.value)
    rows = keeping.listed(
        actor=actor,
        on=today,
        words=narrow.words,
        state=narrow.state,
        sort=keeping.Sort(sorted_by.removeprefix("-")),
        falling=sorted_by.startswith("-"),
    )
    page: Page[Any] = page_of(rows, request)
    counted = keeping.counts(actor=actor, on=today)
    shown = {
        "form": narrow,
        "page": page,
        "lines": entry_lines(page.object_list),
        "columns": [
            Column(_("Offer"), sort=keeping.Sort.TITLE.value),
            _("Who offers it?"),
            _("How it stands"),
            Column(_("Look at it again"), sort=keeping.Sort.REVIEW.value),
        ],
        "sorted_by": sorted_by,
        "states": [
            (state.value, STATES[state], STATE_COLORS[state], counted[state], state is narrow.state)
            for state in keeping.State
        ],
        "all": sum(counted[state] for state in (keeping.State.LIVE, keeping.State.DOWN)),
        "is_narrowed": bool(narrow.words or narrow.state),
        "is_all": narrow.state is None,
        **_may(request),
    }
    return render(request, "catalogue/staff/entries.html", shown, status=200 if narrow.is_valid() else 422)


@requires(VIEW)
def one_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry: what the public sees, what waits, what was before, and what readers say."""
    return _entry_page(request, entry_id)


@requires(VIEW, methods=("POST",))
def review(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Say that an entry has been looked at and is still right."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, entry_id, review_form=form)
    try:
        services.review(actor=acting(request), entry_id=entry_id, review_on=form.cleaned_data["review_on"])
    except NotAhead:
        form.add_error("review_on", _("The day must be in the future."))
        return _entry_page(request, entry_id, review_form=form)
    except TooFarAhead:
        form.add_error("review_on", _("The day must be within two years."))
        return _entry_page(request, entry_id, review_form=form)
    messages.success(request, _("Thank you. It is marked as looked at today."))
    return redirect("catalogue_staff:entry", entry_id)


@requires(MODERATE, methods=("POST",))
def take_down(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Let the public see an entry no more."""
    try:
        services.take_down(actor=acting(request), entry_id=entry_id)
    except TakenDown:
        messages.warning(request, _("It was taken down before."))
    except PeopleAwait as refusal:
        messages.error(request, people_await(refusal.meetings))
    else:
        messages.success(request, _("The public does not see it any more. You can undo that here."))
    return redirect("catalogue_staff:entry", entry_id)


@requires(MODERATE, methods=("POST",))
def put_up_again(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Let the public see the last approved wording again."""
    try:
        services.put_up_again(actor=acting(request), entry_id=entry_id)
    except NothingApproved:
        messages.warning(request, _("Nothing of it was ever approved."))
    except UnknownProvider:
        messages.warning(request, _("Nobody knows who offers it any more. Add them, or change the offer."))
    else:
        messages.success(request, _("The public sees it again."))
    return redirect("catalogue_staff:entry", entry_id)


@requires(VIEW, methods=("GET", "POST"))
def close(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Close an offer for a time, with a word to everybody."""
    entry = selectors.entry(actor=acting(request), entry_id=entry_id, on=clock.today())
    has_words = selectors.may_keep(actor=acting(request), entry=entry)
    form = ClosureForm(request.POST or None, has_words=has_words, initial={"closed_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.close_for_a_time(
                actor=acting(request),
                entry_id=entry_id,
                closed_from=form.cleaned_data["closed_from"],
                opens_on=form.cleaned_data["opens_on"],
                text=form.texts("text"),
            )
        except ClosedAlready:
            form.add_error("closed_from", _("It is closed in that time already."))
        except PeopleAwait as refusal:
            form.add_error("closed_from", people_await(refusal.meetings))
        except NotAhead:
            form.add_error("opens_on", _("The day must be in the future."))
        else:
            messages.success(request, _("The public is told that it is closed."))
            return redirect("catalogue_staff:entry", entry_id)
    shown = {"form": form, "entry": entry, "title": _title(entry), "has_words": has_words}
    return render(request, "catalogue/staff/close.html", shown, status=422 if request.method == "POST" else 200)


@requires(VIEW, methods=("POST",))
def open_again(request: HttpRequest, entry_id: UUID, closure_id: UUID) -> HttpResponse:
    """End a closure, from today or from the day that is named."""
    form = OpenAgainForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, entry_id, open_form=form, opened=closure_id)
    actor, today = acting(request), clock.today()
    closure = next(
        (each for each in selectors.closures(actor=actor, entry_id=entry_id, on=today) if each.id == closure_id), None
    )
    opens_on = form.cleaned_data["opens_on"] or today
    if closure is not None and closure.closed_from >= opens_on:
        services.remove_closure(actor=actor, closure_id=closure_id)
    else:
        services.end_closure(actor=actor, closure_id=closure_id, opens_on=opens_on)
    messages.success(request, _("It is open again."))
    return redirect("catalogue_staff:entry", entry_id)


@requires(MODERATE, methods=("GET", "POST"))
def move(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Hand an entry to another unit, with its tasks and its meetings."""
    actor, today = acting(request), clock.today()
    entry = selectors.entry(actor=actor, entry_id=entry_id, on=today)
    able = actor.units_with(MODERATE) - {entry.unit_id}
    units = [(str(each.id), each.name) for each in organisations.units(actor=actor, on=today) if each.id in able]
    form = MoveForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        services.move_to_unit(actor=actor, entry_id=entry_id, unit_id=UUID(form.cleaned_data["unit"]))
        messages.success(request, _("Another unit keeps it now. What must be done is on its work list."))
        return redirect("catalogue_staff:entries")
    shown = {"form": form, "entry": entry, "title": _title(entry), "units": units}
    return render(request, "catalogue/staff/move.html", shown, status=422 if request.method == "POST" else 200)


@requires(VIEW)
def compare(request: HttpRequest, entry_id: UUID, version_id: UUID) -> HttpResponse:
    """Show one version, and what is different from the one before it."""
    actor, today = acting(request), clock.today()
    entry = selectors.entry(actor=actor, entry_id=entry_id, on=today)
    rows = selectors.versions(actor=actor, entry_id=entry_id, on=today)
    at = next((number for number, each in enumerate(rows) if each.id == version_id), None)
    if at is None:
        return redirect("catalogue_staff:entry", entry_id)
    version = rows[at]
    earlier = next((each for each in rows if str(each.id) == request.GET.get("mot")), None)
    before = earlier or (rows[at + 1] if at + 1 < len(rows) else None)
    changes = differences(before.body if before else None, version.body)
    shown = {
        "entry": entry,
        "title": _title(entry),
        "version": version_lines([version])[0],
        "before": version_lines([before])[0] if before else None,
        "others": version_lines([each for each in rows if each is not version]),
        "changes": change_lines(changes) if before else [],
        "change_columns": [_("What"), _("Before"), _("After")],
        **shown_as_public(request, version.body),
    }
    return render(request, "catalogue/staff/version.html", shown)


def _entry_page(
    request: HttpRequest,
    entry_id: UUID,
    *,
    review_form: ReviewForm | None = None,
    open_form: OpenAgainForm | None = None,
    opened: UUID | None = None,
) -> HttpResponse:
    """Show an entry, with what was refused of either form; `opened` is the closure that was to end."""
    actor, today = acting(request), clock.today()
    entry = selectors.entry(actor=actor, entry_id=entry_id, on=today)
    versions = selectors.versions(actor=actor, entry_id=entry_id, on=today)
    waiting = next((each for each in versions if each.status == Status.PROPOSED.value), None)
    live = next((each for each in versions if each.id == entry.live_id), None)
    line = next(iter(entry_lines(keeping.listed(actor=actor, on=today).filter(id=entry_id))))
    if waiting is not None:
        waiting.entry = entry
    closures = selectors.closures(actor=actor, entry_id=entry_id, on=today)
    reports = selectors.reports(actor=actor, on=today, is_open=None).filter(entry_id=entry_id)
    shown = {
        "entry": entry,
        "line": line,
        "title": line.title,
        "waiting": version_lines([waiting])[0] if waiting else None,
        "waiting_changes": change_lines(differences(live.body if live else None, waiting.body)) if waiting else [],
        "change_columns": [_("What"), _("Before"), _("After")],
        "may_decide": waiting is not None and selectors.may_decide(actor=actor, version=waiting, on=today),
        "may_withdraw": waiting is not None and waiting.made_by_id == actor.id,
        "may_edit": selectors.may_edit(actor=actor, entry=entry, on=today),
        "may_keep": selectors.may_keep(actor=actor, entry=entry),
        "may_moderate": entry.unit_id in actor.units_with(MODERATE),
        "was_live": live is not None,
        "versions": version_lines(versions),
        "version_columns": [_("Version"), _("State"), _("When"), _("A word to whoever approves it")],
        "closures": [(each, said(each.text), _is_over(each.opens_on, today)) for each in closures],
        "reports": report_lines(reports),
        "meetings_kept": meeting_lines(request, selectors.entry_sessions(actor=actor, entry_id=entry_id, on=today)),
        "meeting_columns": [_("When"), pgettext("how many can come", "Places"), _("State"), _("What can be done")],
        "copied": str(entry_id),
        "review_form": review_form or ReviewForm(initial={"review_on": today + _YEAR}),
        "open_form": open_form,
        "opened": opened,
        "refused": review_form or open_form,
        "public_href": reverse("catalogue:offer", args=[entry.slug]) if live and entry.taken_down_at is None else "",
        **(shown_as_public(request, live.body) if live else {}),
        **_may(request),
    }
    return render(request, "catalogue/staff/entry.html", shown, status=422 if review_form or open_form else 200)


def _may(request: HttpRequest) -> dict[str, bool]:
    actor = acting(request)
    return {
        "is_staff": actor.may("catalogue.edit_entry"),
        "may_import": actor.may("catalogue.import_entries"),
        "may_approve": actor.may(MODERATE),
    }


def _is_over(opens_on: date | None, today: date) -> bool:
    return opens_on is not None and opens_on <= today


def _title(entry: Any) -> str:
    return said(entry.live.body["title"]) if entry.live else entry.slug
