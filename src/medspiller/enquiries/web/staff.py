"""What is asked, at the unit that answers: the list, one enquiry, and who reads what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.core.errors import InvalidInput
from medspiller.enquiries import selectors, services
from medspiller.enquiries.domain.enquiries import Done, Purpose, State, Taken
from medspiller.enquiries.selectors import MOST_SEARCHED, Choice, Line, Narrowing, Seen
from medspiller.enquiries.web.acting import acting
from medspiller.enquiries.web.forms import FinishForm, NarrowForm, RecipientForm
from medspiller.enquiries.web.wording import ABOUT_THEM, COLORS, LANGUAGES, OUTCOMES, PARTS, PURPOSES, STATES, WEEKDAYS
from medspiller.people.domain.contacts import ContactSystem, as_said
from medspiller.ui.components.formats import short_day
from medspiller.ui.forms import typed
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file

ANSWER = "enquiries.answer"
CHOOSE = "enquiries.choose_recipient"
FINISHED = "ferdige"
# As many as a search looks through.
MOST_IN_FILE = MOST_SEARCHED


@requires(ANSWER)
def enquiry_list(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer, or with `?vis=ferdige` what is done, narrowed by words."""
    actor, (form, narrowing) = acting(request), _narrowed(request)
    page = page_of(selectors.enquiries(actor=actor, narrowing=narrowing), request)
    lines = selectors.shown(actor=actor, rows=page.object_list, searched=bool(narrowing.words))
    shown = {
        "form": form,
        "page": page,
        "lines": [_line(each) for each in lines],
        "columns": _columns(is_open=narrowing.is_open),
        "csv_href": f"{reverse('enquiries_staff:list_csv')}?{request.GET.urlencode()}",
        "is_open": narrowing.is_open,
        "is_done": not narrowing.is_open,
        "finished": FINISHED,
        "words": narrowing.words,
        "most": MOST_SEARCHED,
        "may_choose": actor.may(CHOOSE),
    }
    return render(request, "enquiries/list.html", shown)


@requires(ANSWER)
def enquiry_list_csv(request: HttpRequest) -> HttpResponse:
    """Give the same enquiries as a file, each of them in the log as on the page; what was written is not in it."""
    actor, (_form, narrowing) = acting(request), _narrowed(request)
    found = selectors.enquiries(actor=actor, narrowing=narrowing)[: MOST_IN_FILE + 1]
    lines = selectors.shown(actor=actor, rows=found[:MOST_IN_FILE], searched=bool(narrowing.words))
    rows = [[*_columns(is_open=narrowing.is_open), _("Overdue")], *(_cells(each) for each in lines)]
    if len(found) > MOST_IN_FILE:
        rows.append([_("The list is too long for a file. Narrow it first.")])
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rows, filename=_("enquiries-%(day)s.csv") % {"day": clock.today().isoformat()})


@requires(ANSWER, methods=("GET", "POST"))
def enquiry(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    """Show one enquiry, and do what its buttons say; 409 when a colleague was quicker."""
    if request.method != "POST":
        return _page(request, enquiry_id)
    try:
        return _done(request, enquiry_id)
    except Taken as refusal:
        words = _("%(name)s has taken it. Talk to each other before you go on.") % {"name": refusal.by}
    except Done:
        words = _("A colleague has dealt with it already.")
    return _page(request, enquiry_id, too_late=words, status=409)


@requires(CHOOSE, methods=("GET", "POST"))
def recipients(request: HttpRequest) -> HttpResponse:
    """Show which unit reads what, and change it."""
    actor = acting(request)
    sent = request.POST.get("gjelder", "") if request.method == "POST" else ""
    units = selectors.units_to_choose(actor=actor, on=clock.today())
    parts: list[tuple[Choice, Any, RecipientForm]] = []
    for choice in selectors.choices(actor=actor):
        is_sent = sent == choice.purpose.value
        form = RecipientForm(request.POST if is_sent else None, choice=choice, units=units)
        if is_sent and form.is_valid() and _chosen(request, choice, form):
            return redirect("enquiries_staff:recipients")
        parts.append((choice, PURPOSES[choice.purpose], form))
    if request.method == "POST" and not sent:
        return redirect("enquiries_staff:recipients")
    refused = next((form for _choice, _words, form in parts if form.errors), None)
    return render(
        request, "enquiries/recipients.html", {"parts": parts, "refused": refused}, status=422 if refused else 200
    )


def _narrowed(request: HttpRequest) -> tuple[NarrowForm, Narrowing]:
    form = NarrowForm(typed(request.GET))
    return form, form.narrowing(is_open=request.GET.get("vis") != FINISHED)


def _columns(*, is_open: bool) -> list[str]:
    first = _("Answer by") if is_open else pgettext("column", "Done")
    return [first, _("Who"), _("What it is about"), _("How it stands"), _("Unit")]


def _cells(each: Line) -> list[str]:
    line = _line(each)
    tries = ngettext("%(tries)s try", "%(tries)s tries", each.tries) % {"tries": each.tries} if each.tries else ""
    stands = line["outcome"] or ", ".join(str(part) for part in (line["state"], each.taken_by, tries) if part)
    return [
        short_day(each.done_at or each.due_on),
        line["who"],
        str(line["about"]),
        str(stands),
        each.unit_name,
        _("Overdue") if each.is_overdue else "",
    ]


def _done(request: HttpRequest, enquiry_id: UUID) -> HttpResponse:
    actor, what = acting(request), request.POST.get("gjor", "")
    if what == "ta":
        services.take(actor=actor, enquiry_id=enquiry_id)
        messages.success(request, _("It is yours now."))
    elif what == "gi-tilbake":
        services.give_back(actor=actor, enquiry_id=enquiry_id)
        messages.success(request, _("It is free for anybody to take again."))
    elif what in ("ikke-svar", "ringt"):
        services.note_attempt(actor=actor, enquiry_id=enquiry_id, reached=what == "ringt")
        messages.success(request, _("It is written down."))
    elif what == "ferdig":
        form = FinishForm(request.POST, seen=selectors.enquiry(actor=actor, enquiry_id=enquiry_id))
        if not form.is_valid():
            return _page(request, enquiry_id, form=form, status=422)
        services.finish(actor=actor, enquiry_id=enquiry_id, outcome=form.outcome())
        messages.success(request, _("It is done. Anything that can identify somebody is deleted after 30 days."))
        return redirect("enquiries_staff:list")
    else:
        selectors.enquiry(actor=actor, enquiry_id=enquiry_id)
    return redirect("enquiries_staff:enquiry", enquiry_id)


def _page(
    request: HttpRequest, enquiry_id: UUID, *, form: FinishForm | None = None, too_late: str = "", status: int = 200
) -> HttpResponse:
    actor = acting(request)
    seen = selectors.enquiry(actor=actor, enquiry_id=enquiry_id)
    line = seen.line
    is_open = line.state is not State.DONE
    is_free = line.state is State.WAITING
    shown = {
        "seen": seen,
        "line": _line(line),
        "form": form or FinishForm(seen=seen),
        "too_late": too_late,
        "is_call": line.purpose is Purpose.CALL,
        "may_take": is_free,
        "may_give_back": is_open and not is_free and (line.is_mine or actor.may(CHOOSE)),
        "may_act": is_open and (is_free or line.is_mine),
        **_facts(seen),
    }
    return render(request, "enquiries/enquiry.html", shown, status=status)


def _facts(seen: Seen) -> dict[str, Any]:
    return {
        "parts": [PARTS[each] for each in seen.parts],
        "weekdays": [WEEKDAYS[each] for each in seen.weekdays],
        "language": LANGUAGES.get(seen.language, seen.language),
        "other_language": seen.other_language,
    }


def _line(each: Line) -> dict[str, Any]:
    return {
        "one": each,
        "id": each.id,
        "who": each.name or as_said(ContactSystem.PHONE, each.phone) or each.email or _("Nobody is named"),
        "phone": as_said(ContactSystem.PHONE, each.phone),
        "dialled": each.phone,
        "about": ABOUT_THEM[each.about] if each.about else PURPOSES[each.purpose],
        "purpose": PURPOSES[each.purpose],
        "state": STATES[each.state],
        "color": COLORS[each.state],
        "outcome": OUTCOMES[each.outcome] if each.outcome else "",
    }


def _chosen(request: HttpRequest, choice: Choice, form: RecipientForm) -> bool:
    """Store what was chosen, and say whether it could be."""
    actor, unit = acting(request), form.cleaned_data["enhet"]
    if not unit:
        services.end_recipient(actor=actor, purpose=choice.purpose)
        messages.success(request, _("Nobody reads this any more, and the form is gone."))
        return True
    try:
        services.choose_recipient(
            actor=actor, purpose=choice.purpose, unit_id=UUID(unit), within_days=form.cleaned_data["dager"]
        )
    except InvalidInput:
        form.add_error("enhet", _("This unit is not open any more. Choose another one."))
        return False
    messages.success(request, _("Saved."))
    return True
