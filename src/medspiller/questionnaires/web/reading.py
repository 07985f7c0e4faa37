"""Finished answers: read, on paper, answered anew, marked as wrong; and the files in them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.people.domain.scans import ENDINGS
from medspiller.questionnaires import selectors, services
from medspiller.questionnaires.domain.definition.audience import Tag
from medspiller.questionnaires.domain.states import (
    AlreadyAmended,
    FormRefused,
    How,
    NotCompleted,
    ReasonRefused,
    Source,
    Status,
)
from medspiller.questionnaires.selectors import ReadResponse
from medspiller.questionnaires.web.acting import (
    OWN,
    STAFF,
    Area,
    acting,
    as_busy_where_too_costly,
    language,
)
from medspiller.questionnaires.web.addresses import over_time_address
from medspiller.questionnaires.web.forms import AmendForm, WrongForm
from medspiller.questionnaires.web.presenting import read as to_read
from medspiller.questionnaires.web.scores import scores_in_words
from medspiller.questionnaires.web.wording import HOW


@requires("questionnaires.read")
@as_busy_where_too_costly
def read(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Show finished answers."""
    return _read(request, STAFF, response_id)


@requires("questionnaires.answer_own")
@as_busy_where_too_costly
def read_own(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Show one's own."""
    return _read(request, OWN, response_id)


@requires("questionnaires.read")
@as_busy_where_too_costly
def read_print(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Show finished answers on paper."""
    return on_paper(request, STAFF, response_id)


@requires("questionnaires.answer_own")
@as_busy_where_too_costly
def print_own(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Show one's own on paper."""
    return on_paper(request, OWN, response_id)


@requires("questionnaires.answer", methods=("POST",))
def amend(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Begin a new version of finished answers; 409 where there is one already."""
    form = AmendForm(request.POST)
    how = How(form.cleaned_data["how"]) if form.is_valid() else None
    return _amend(request, STAFF, response_id, how, form)


@requires("questionnaires.answer_own", methods=("POST",))
def amend_own(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _amend(request, OWN, response_id, None, None)


@requires("questionnaires.answer", methods=("GET", "POST"))
def mark(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Say why finished answers are wrong; 409 where they are marked already."""
    return _mark(request, STAFF, response_id)


@requires("questionnaires.answer_own", methods=("GET", "POST"))
def mark_own(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _mark(request, OWN, response_id)


@requires("questionnaires.read")
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Give a file of an answer as a file to keep, which no browser opens as a page of ours."""
    return _upload(request, upload_id)


@requires("questionnaires.answer_own")
def upload_own(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _upload(request, upload_id)


def _read(
    request: HttpRequest, area: Area, response_id: UUID, form: AmendForm | None = None, *, status: int = 200
) -> HttpResponse:
    found = selectors.response(actor=acting(request), response_id=response_id)
    shown = {
        **_shown(area, found),
        "form": form or AmendForm(),
        "amended_url": area.url("read", found.amended_by) if found.amended_by else "",
        "before_url": area.url("read", found.row.amends_id) if found.row.amends_id else "",
        "amend_url": area.url("amend", response_id),
        "mark_url": area.url("mark", response_id),
        "print_url": area.url("print", response_id),
        "pdf_url": area.url("pdf", response_id),
        "over_time_url": over_time_address(area, found.row.subject_id, found.row.questionnaire_url),
    }
    return render(request, "questionnaires/read.html", shown, status=status)


def on_paper(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    """Return finished answers as they are printed; the read is logged."""
    found = selectors.response(actor=acting(request), response_id=response_id)
    shown = {**_shown(area, found), "printed_at": clock.now(), "printed_by": acting(request).name}
    return render(request, "questionnaires/read_print.html", shown)


def _shown(area: Area, found: ReadResponse) -> dict[str, Any]:
    row = found.row
    return {
        "area": area,
        "row": row,
        "found": found,
        "title": found.blank.title(language()),
        "answers": to_read(found),
        "scores": scores_in_words(found),
        "how": HOW[How(row.how)],
        "on_behalf": row.source == Source.ON_BEHALF,
        "is_wrong": row.status == Status.ENTERED_IN_ERROR,
        "is_concern": Tag.CONCERN_FOR_CHILD in found.blank.tags,
        "is_agreement": Tag.AGREEMENT in found.blank.tags,
        "is_shared": found.found is None,
        "uploads": [(each.title, area.url("upload", each.id)) for each in found.uploads],
        "list_url": area.url("list"),
    }


def _amend(
    request: HttpRequest, area: Area, response_id: UUID, how: How | None, form: AmendForm | None
) -> HttpResponse:
    try:
        begun = services.amend(actor=acting(request), response_id=response_id, how=how)
    except FormRefused:
        return _read(request, area, response_id, form, status=422)
    except (AlreadyAmended, NotCompleted):
        messages.error(request, _("Somebody has changed these answers in the meantime. This is how they are now."))
        return _read(request, area, response_id, status=409)
    return redirect(area.url("fill", begun.id))


def _mark(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    found = selectors.response(actor=acting(request), response_id=response_id)
    form, status = WrongForm(request.POST or None, is_own=area.is_own), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.mark_entered_in_error(
                    actor=acting(request), response_id=response_id, reason=form.cleaned_data["reason"]
                )
            except ReasonRefused as refusal:
                form.refuse(refusal)
            except NotCompleted:
                messages.error(
                    request, _("Somebody has changed these answers in the meantime. This is how they are now.")
                )
                return _read(request, area, response_id, status=409)
            else:
                messages.success(request, _("The answers are marked as wrong. Nothing is based on them any more."))
                return redirect(area.url("read", response_id))
    shown = {"area": area, "form": form, "title": found.blank.title(language()), "row": found.row,
             "read_url": area.url("read", response_id)}  # fmt: skip
    return render(request, "questionnaires/mark.html", shown, status=status)


def _upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    found, content = selectors.upload(actor=acting(request), upload_id=upload_id)
    name = _("attachment")
    return HttpResponse(
        content,
        content_type=found.media_type,
        headers={
            # The name is ours: what whoever sent it called it may say anything.
            "Content-Disposition": f'attachment; filename="{name}-{found.id}.{ENDINGS[found.media_type]}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
