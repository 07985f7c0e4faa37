"""
Filling in, step by step, and looking through it before it is finished.

The page of a step is sent for three reasons, to the same address: by a button, by HTMX when an
answer changes what is asked, and by the script that keeps what is typed. Each of them saves.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.drafts import number_at
from medspiller.access.web.drafts import BUTTON, NEWEST, NUMBER
from medspiller.core import clock, ids
from medspiller.core.errors import Conflict
from medspiller.people.domain.scans import SIZE_MOST, FileRefused
from medspiller.questionnaires import selectors, services
from medspiller.questionnaires.domain.definition.audience import Tag
from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.presented import Form, Step, every_part
from medspiller.questionnaires.domain.filling.submitting import Attachment
from medspiller.questionnaires.domain.reading_back.answers import answers_of
from medspiller.questionnaires.domain.states import AlreadyAmended, AlreadyCompleted, How, NotComplete, SavedElsewhere
from medspiller.questionnaires.selectors import Filling
from medspiller.questionnaires.services import FromPage, Saved, TooManyFiles
from medspiller.questionnaires.templatetags.questionnaire_form import lines
from medspiller.questionnaires.web.acting import (
    OWN,
    STAFF,
    Area,
    acting,
    as_busy_where_too_costly,
    language,
)
from medspiller.questionnaires.web.presenting import Met, met_of, presented
from medspiller.questionnaires.web.wording import FILES, HOW

# Beside the questions: where one goes on, which version the page was shown, its tab, which answers it told of, and
# what stood on it.
GO, SEEN, TAB, TOLD, SHOWN = "gaa", "_seen", "_tab", "_told", "_shown"
NEXT, BACK, REVIEW, LATER = "neste", "tilbake", "oversikt", "senere"
STEP, WITH_FAULTS = "steg", "feil"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the page's script and its button without script need to keep what is typed, as for drafts of forms."""

    address: str
    address_and_back: str
    number: int


@requires("questionnaires.answer", methods=("GET", "POST"))
@as_busy_where_too_costly
def fill(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Show a step of answers in progress, and keep what is typed there."""
    return _fill(request, STAFF, response_id)


@requires("questionnaires.answer_own", methods=("GET", "POST"))
@as_busy_where_too_costly
def fill_own(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _fill(request, OWN, response_id)


@requires("questionnaires.answer", methods=("GET", "POST"))
@as_busy_where_too_costly
def review(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Show all answers before they are finished, and finish them."""
    return _review(request, STAFF, response_id)


@requires("questionnaires.answer_own", methods=("GET", "POST"))
@as_busy_where_too_costly
def review_own(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _review(request, OWN, response_id)


@requires("questionnaires.answer", methods=("GET", "POST"))
def throw_away(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Ask whether answers in progress are to be thrown away, and do it."""
    return _throw_away(request, STAFF, response_id)


@requires("questionnaires.answer_own", methods=("GET", "POST"))
def throw_away_own(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Do the same with one's own."""
    return _throw_away(request, OWN, response_id)


# --- A step ---------------------------------------------------------------------------------


def _fill(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    is_script = request.method == "POST" and NUMBER in request.POST
    try:
        if request.method == "POST":
            return _sent(request, area, response_id)
        found = selectors.filling(actor=acting(request), response_id=response_id)
    except AlreadyCompleted:
        return HttpResponse(status=409) if is_script else redirect(area.url("read", response_id))
    return _step(request, area, found, resumed=STEP not in request.GET and found.row.version > 1)


def _sent(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    by_script = NUMBER in request.POST and BUTTON not in request.POST
    files, refused = ({}, "") if by_script else _files(request, response_id)
    try:
        saved = services.save(
            actor=acting(request),
            response_id=response_id,
            posted={name: [_kept(each) for each in values] for name, values in request.POST.lists()},
            files=files,
            page=_from_page(request),
        )
    except SavedElsewhere as refusal:
        return HttpResponse(status=409, headers={NEWEST: str(refusal.number)})
    if by_script:
        return HttpResponse(status=204)
    if refused:
        messages.error(request, refused)
        return _step(request, area, saved.filling, status=422)
    if request.htmx:  # type: ignore[attr-defined]
        answer = _step(request, area, saved.filling, focus=saved.focus)
        # So that the script which keeps what is typed knows that this is kept, and counts on from there.
        answer[NEWEST] = str(saved.filling.row.number)
        return answer
    return _go_on(request, area, saved)


def _kept(typed: str) -> str:
    """What can be stored of what was typed: a sign that ends strings can not, and no keyboard writes it."""
    return typed.replace("\x00", "")


def _from_page(request: HttpRequest) -> FromPage:
    number = request.POST.get(NUMBER, "")
    return FromPage(
        seen=_whole(request.POST.get(SEEN, "")),
        tab=_kept(request.POST.get(TAB, ""))[:40],
        number=_whole(number),
        told=frozenset(request.POST.getlist(TOLD)),
        step=_whole(request.GET.get(STEP, "")),
        language=language(),
    )


def _go_on(request: HttpRequest, area: Area, saved: Saved) -> HttpResponse:
    """Where a button leads. What cannot be read keeps one on the page, whichever way one wanted to go."""
    row, pressed = saved.filling.row, request.POST.get(GO, "")
    form = presented(saved.filling)
    here = form.step(_whole(request.GET.get(STEP, "")) or row.step)
    if pressed == LATER:
        messages.success(request, _("It is kept. You can go on whenever you like, on another device too."))
        return redirect(area.url("list"))
    if saved.pressed or pressed not in (NEXT, BACK, REVIEW):
        if BUTTON in request.POST:
            messages.success(request, _("It is kept, and not finished yet."))
        return redirect(f"{_at(area, row.id, here.number)}{f'#{saved.focus}' if saved.focus else ''}")
    if here.faults and pressed != BACK:
        return _step(request, area, saved.filling, status=422)
    fresh = _appeared(request, here)
    if fresh and pressed != BACK:
        # Without script this is where the page tells what follows from an answer: a question, or where there is help.
        messages.info(request, _("There is something new below, because of what you answered. Then go on."))
        return redirect(f"{_at(area, row.id, here.number)}#{fresh}")
    # The button of the last step leads on where an answer has brought more steps.
    number = here.number + (-1 if pressed == BACK else 1)
    if number > len(form.steps):
        return redirect(area.url("review", row.id))
    return redirect(_at(area, row.id, max(number, 1)))


def _appeared(request: HttpRequest, step: Step) -> str:
    """The id of the first thing in a step that was not there when it was sent; empty if all was."""
    if SHOWN not in request.POST:
        return ""
    seen = set(request.POST[SHOWN].split())
    return next((part.id for part in every_part(step.parts) if part.id not in seen), "")


def _step(
    request: HttpRequest, area: Area, found: Filling, *, resumed: bool = False, focus: str = "", status: int = 200
) -> HttpResponse:
    row = found.row
    form = _with_faults(found) if WITH_FAULTS in request.GET else presented(found)
    step = form.step(_whole(request.GET.get(STEP, "")) or row.step)
    here = _at(area, row.id, step.number)
    met = met_of(found, form)
    shown: dict[str, Any] = {
        "area": area,
        "row": row,
        "whose": "" if area.is_own else found.found.name,
        "how": HOW[How(row.how)],
        "form": form,
        "step": step,
        "is_last": step.number == len(form.steps),
        "resumed": resumed,
        "met": met,
        "focus": focus,
        "is_agreement": Tag.AGREEMENT in found.blank.tags,
        "kept": Kept(here, here, number_at(clock.now())),
        "tab": request.POST.get(TAB, "")[:40] or str(ids.new_id()),
        **_links(area, row.id),
    }
    template = "questionnaires/_step.html" if request.htmx else "questionnaires/fill.html"  # type: ignore[attr-defined]
    return render(request, template, shown, status=status)


def _with_faults(found: Filling) -> Form:
    """The form as it would be refused now, so that each fault stands at its question."""
    finished = finish(found.engine, found.row.answers, at=clock.now())
    return presented(found, answers=finished.response, issues=finished.issues)


def _files(request: HttpRequest, response_id: UUID) -> tuple[dict[str, Attachment], str]:
    """The files that were sent, kept, by the name of their field; and what is wrong with one that was not."""
    kept: dict[str, Attachment] = {}
    for name in request.FILES:
        sent: Any = request.FILES[name]
        try:
            if (sent.size or 0) > SIZE_MOST:
                raise FileRefused("too_large")
            kept[name] = services.add_upload(
                actor=acting(request), response_id=response_id, field=name, title=sent.name or "", content=sent.read()
            )
        except FileRefused as refusal:
            return kept, str(FILES[refusal.problem])
        except TooManyFiles:
            return kept, str(FILES["too_many"])
    return kept, ""


# --- All of it ------------------------------------------------------------------------------


def _review(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    try:
        if request.method == "POST":
            return _finish(request, area, response_id)
        found = selectors.filling(actor=acting(request), response_id=response_id)
    except AlreadyCompleted:
        return redirect(area.url("read", response_id))
    return _reviewed(request, area, found, presented(found))


def _finish(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    try:
        seen = _whole(request.POST.get(SEEN, ""))
        services.complete(actor=acting(request), response_id=response_id, seen=seen)
    except NotComplete as refusal:
        found = selectors.filling(actor=acting(request), response_id=response_id)
        form = presented(found, answers=refusal.response, issues=refusal.issues)
        return _reviewed(request, area, found, form, status=422)
    except Conflict:
        found = selectors.filling(actor=acting(request), response_id=response_id)
        return _reviewed(request, area, found, presented(found), changed=True, status=409)
    except AlreadyAmended:
        found = selectors.filling(actor=acting(request), response_id=response_id)
        return _reviewed(request, area, found, presented(found), amended=True, status=409)
    messages.success(request, _("Thank you. The answers are stored."))
    return redirect(area.url("read", response_id))


def _reviewed(
    request: HttpRequest,
    area: Area,
    found: Filling,
    form: Form,
    *,
    changed: bool = False,
    amended: bool = False,
    status: int = 200,
) -> HttpResponse:
    row = found.row
    address = f"{area.url('fill', row.id)}?{WITH_FAULTS}=1&{STEP}="
    met: list[Met] = met_of(found, form)
    shown = {
        "area": area,
        "row": row,
        "whose": "" if area.is_own else found.found.name,
        "how": HOW[How(row.how)],
        "form": form,
        "answers": answers_of(form),
        "faults": [
            (text, f"{address}{step.number}#{target}") for step in form.steps for text, target in lines(step.faults)
        ],
        "is_concern": found.blank.is_concern,
        "changed": changed,
        "amended": amended,
        "met": met,
        "change_at": f"{area.url('fill', row.id)}?{STEP}=",
        "last": _at(area, row.id, len(form.steps)),
        **_links(area, row.id),
    }
    return render(request, "questionnaires/review.html", shown, status=status)


def _throw_away(request: HttpRequest, area: Area, response_id: UUID) -> HttpResponse:
    try:
        found = selectors.filling(actor=acting(request), response_id=response_id)
        if request.method == "POST":
            services.throw_away(actor=acting(request), response_id=response_id)
            messages.success(request, _("It has been deleted."))
            return redirect(area.url("list"))
    except AlreadyCompleted:
        return redirect(area.url("read", response_id))
    shown = {"area": area, "row": found.row, "title": found.blank.title(language()), **_links(area, response_id)}
    return render(request, "questionnaires/throw_away.html", shown)


def _links(area: Area, response_id: UUID) -> dict[str, str]:
    names = ("fill", "review", "throw_away")
    return {f"{name}_url": area.url(name, response_id) for name in names} | {"list_url": area.url("list")}


def _at(area: Area, response_id: UUID, step: int) -> str:
    return f"{area.url('fill', response_id)}?{urlencode({STEP: step})}"


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
