"""Who has looked at what about me: the page, the copies, and asking about it."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.web import drafts
from medspiller.audit.domain import Cursor, SeenEntry
from medspiller.audit.domain.entries import BadCursor
from medspiller.core import clock
from medspiller.people import selectors, services
from medspiller.people.domain.questions import AlreadyAsked, NobodyToAsk, NothingWritten, TooLong
from medspiller.people.selectors import OwnLog, Question
from medspiller.people.selectors.own_log import MOST_COPIED, PAGE_SIZE
from medspiller.people.web.acting import acting, end_of, start_of, table_file
from medspiller.people.web.forms import OwnLogForm, QuestionForm
from medspiller.people.web.wording import KINDS, role_words
from medspiller.ui.components.formats import moment

AFTER = "etter"
DRAFTS = drafts.of_form("people.ask_about_access", action="people.view_own_access_log", fields_of=[QuestionForm])


@requires("people.view_own_access_log")
def access_log(request: HttpRequest) -> HttpResponse:
    """Show who did what with the data of whoever is signed in, newest first."""
    form = OwnLogForm(request.GET)
    found = _found(request, form, size=PAGE_SIZE)
    asked = selectors.own_access_questions(actor=acting(request), entry_ids=[entry.id for entry in found.entries])
    return render(
        request,
        "people/own_log.html",
        {
            "form": form,
            "log": found,
            "lines": [_line(entry, asked) for entry in found.entries],
            "older": _older(request.GET, found),
            "is_first": AFTER not in request.GET,
            "query": _narrowing(request.GET).urlencode(),
        },
        status=200 if form.is_valid() else 422,
    )


@requires("people.view_own_access_log")
def access_log_print(request: HttpRequest) -> HttpResponse:
    """Show the same, whole, for paper."""
    found = _found(request, OwnLogForm(request.GET), size=MOST_COPIED)
    columns = [_("When"), _("What happened"), _("Why they could")]
    return render(request, "people/own_log_print.html", {"log": found, "columns": columns})


@requires("people.view_own_access_log")
def access_log_csv(request: HttpRequest) -> HttpResponse:
    """Give the same, whole, as a table."""
    found = _found(request, OwnLogForm(request.GET), size=MOST_COPIED)
    return table_file(log_heading(), (log_line(entry) for entry in found.entries), name=f"{_filename()}.csv")


@requires("people.view_own_access_log")
def access_log_json(request: HttpRequest) -> HttpResponse:
    """Give the same, whole, for another program, with the questions asked and their answers."""
    found = _found(request, OwnLogForm(request.GET), size=MOST_COPIED)
    questions = selectors.own_access_questions(actor=acting(request))
    told = {"entries": [_as_json(entry) for entry in found.entries], "questions": [_asked(each) for each in questions]}
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=2) + "\n", content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_filename()}.json"'
    return response


@requires("people.view_own_access_log", methods=("GET", "POST"))
def ask(request: HttpRequest, log_entry_id: UUID) -> HttpResponse:
    """Ask about one entry; the question goes to the unit that looked."""
    entry = selectors.own_entry(actor=acting(request), entry_id=log_entry_id)
    if request.method != "POST":
        return _question_page(request, entry, DRAFTS.open(request, key=log_entry_id).fill(QuestionForm))
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _question_page(request, entry, form, status=422)
    try:
        services.ask_about_access(actor=acting(request), entry_id=log_entry_id, text=form.cleaned_data["text"])
    except NothingWritten:
        form.add_error("text", _("Write what you would like to know."))
        return _question_page(request, entry, form, status=422)
    except TooLong:
        form.add_error("text", _("Make it shorter."))
        return _question_page(request, entry, form, status=422)
    except AlreadyAsked:
        messages.info(request, _("You have asked about this already. The answer will come here."))
        return redirect("citizen:access_log")
    except NobodyToAsk:
        form.add_error(None, _("We found nobody who can answer here. Please contact the municipality."))
        return _question_page(request, entry, form, status=422)
    DRAFTS.open(request, key=log_entry_id).forget()
    messages.success(request, _("Your question is sent. The answer will come here."))
    return redirect("citizen:access_log")


def _line(entry: SeenEntry, asked: Sequence[Question]) -> tuple[SeenEntry, list[Question], bool]:
    """An entry with what was asked about it, and whether one may ask: not while a question waits for its answer."""
    about = [each for each in asked if each.entry_id == entry.id]
    return entry, about, all(each.answered_at for each in about)


def _question_page(request: HttpRequest, entry: SeenEntry, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    shown = {"entry": entry, "form": form, "draft": DRAFTS.open(request, key=entry.id)}
    return render(request, "people/own_log_ask.html", shown, status=status)


def _found(request: HttpRequest, form: OwnLogForm, *, size: int) -> OwnLog:
    asked = form.cleaned_data if form.is_valid() else {}
    first, last = asked.get("fra"), asked.get("til")
    return selectors.own_access_log(
        actor=acting(request),
        before=_before(request),
        since=start_of(first) if first else None,
        until=end_of(last) if last else None,
        kind=form.kind,
        by_others=bool(asked.get("hvem")),
        size=size,
    )


def _before(request: HttpRequest) -> Cursor | None:
    text = request.GET.get(AFTER, "")
    try:
        return Cursor.read(text) if text else None
    except BadCursor:
        raise Http404 from None


def _narrowing(query: QueryDict) -> QueryDict:
    kept = query.copy()
    kept.pop(AFTER, None)
    return kept


def _older(query: QueryDict, found: OwnLog) -> str:
    if found.after is None:
        return ""
    kept = _narrowing(query)
    kept[AFTER] = str(found.after)
    return f"?{kept.urlencode()}"


def _words(entry: SeenEntry) -> list[str]:
    """The entry's sentence, what it was about and its basis, each in words."""
    return render_to_string("people/_entry.txt", {"entry": entry}).strip().splitlines()


def log_heading() -> list[str]:
    """Return the columns of the log as a table."""
    heading = [_("When"), _("Who"), _("Role"), _("Unit"), _("Organisation"), _("What was done"), _("What")]
    return [*heading, _("Why they could")]


def log_line(entry: SeenEntry) -> list[str]:
    """Return an entry as a line of the table, in words."""
    _sentence, information, basis = _words(entry)
    return [
        moment(entry.at),
        entry.actor_name,
        role_words(entry.role),
        entry.unit_name,
        entry.organisation,
        str(KINDS[entry.kind]),
        information,
        basis,
    ]


def _as_json(entry: SeenEntry) -> dict[str, Any]:
    sentence, _information, basis = _words(entry)
    return {
        "id": str(entry.id),
        "at": entry.at.isoformat(),
        "kind": entry.kind.value,
        "who": entry.actor_name,
        "role": role_words(entry.role),
        "unit": entry.unit_name,
        "organisation": entry.organisation,
        "information": [category.value for category in entry.information],
        "basis": entry.basis.value,
        "text": sentence,
        "basis_text": basis,
    }


def _asked(question: Question) -> dict[str, Any]:
    return {
        "entry": str(question.entry_id),
        "asked_at": question.asked_at.isoformat(),
        "text": question.text,
        "answered_at": question.answered_at.isoformat() if question.answered_at else None,
        "answered_by": question.answered_by_name,
        "answer": question.answer,
    }


def _filename() -> str:
    # Translators: the name of a file without its ending, in small letters without spaces or accents.
    return _("who-has-looked-%(day)s") % {"day": clock.today().isoformat()}
