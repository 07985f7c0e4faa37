"""What a carer lacks, what is suggested to them with why, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.catalogue.domain.finding.filters import Filters
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.files import FileClosed
from medspiller.followup.domain.needs import NeedEnded
from medspiller.followup.domain.suggesting import SuggestionAnswered, SuggestionKind, SuggestionRefused, SuggestionState
from medspiller.followup.selectors import FileHead, FilePage, SeenSuggestion
from medspiller.followup.templatetags.suggestion_words import reasons_in_words
from medspiller.followup.web.acting import acting
from medspiller.followup.web.refusals import words_of
from medspiller.followup.web.suggestion_forms import (
    ANSWER_FORMS,
    ChosenForm,
    NeedForm,
    SearchForm,
    refuse_answer,
    why_refused,
)
from medspiller.pathways.selectors.words import in_words
from medspiller.rights import selectors as rights
from medspiller.ui.forms import Form

KEEP = "followup.keep_file"
SHOWN_IN_FILE, SHOWN_AT_ONCE = 3, 5
ANSWERS = {"ja": SuggestionState.ACCEPTED, "nei": SuggestionState.DECLINED, "senere": SuggestionState.LATER}
_ENDED = {"dekket": NeedEnded.MET, "ikke-lenger": NeedEnded.NO_LONGER}
_WAITS = frozenset({SuggestionState.SUGGESTED, SuggestionState.LATER})


@dataclass(frozen=True, slots=True)
class Line:
    """A suggestion in words, with where one reads more of it; `href` is empty where there is no such page any more."""

    one: SeenSuggestion
    title: str
    reasons: tuple[str, ...]
    href: str

    @property
    def waits(self) -> bool:
        return self.one.state in _WAITS


def lines_of(actor: Actor, found: Sequence[SeenSuggestion], *, own: bool = False) -> list[Line]:
    """Return suggestions in words; `own` in those that the carer reads."""
    slugs = {}
    if any(each.kind is SuggestionKind.RIGHT for each in found):
        rulebook, _pin = rights.rulebook(actor=actor)
        slugs = {right_id: right.slug for right_id, right in rulebook.rights.items()}
    return [
        Line(each, in_words(each.title), reasons_in_words(each.reasons, own=own), _href(each, slugs)) for each in found
    ]


def part(actor: Actor, found: FilePage) -> dict[str, Any]:
    """Return what the page of a file shows of needs and suggestions."""
    lines = lines_of(actor, found.suggestions)
    open_ones = [each for each in lines if each.waits]
    return {
        "needs": found.needs,
        "suggestions": open_ones[:SHOWN_IN_FILE],
        "more_suggestions": max(0, len(open_ones) - SHOWN_IN_FILE),
        "accepted": [each for each in lines if each.one.state is SuggestionState.ACCEPTED],
    }


@requires(KEEP, methods=("GET", "POST"))
def suggestions(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show what a carer lacks and what is suggested; find more, note a need, or write that one is met."""
    if request.method != "POST":
        return _page(request, file_id)
    actor, does = acting(request), request.POST.get("gjor", "")
    try:
        if does == "finn":
            _tell_found(request, len(services.suggest(actor=actor, file_id=file_id)))
        elif does in _ENDED:
            _end_need(request, file_id, _ENDED[does])
        else:
            form = NeedForm(request.POST)
            if does != "behov" or not form.is_valid():
                return _page(request, file_id, form=form, status=422)
            services.note_need(actor=actor, file_id=file_id, need=form.cleaned_data["behov"])
            messages.success(request, _("The need is noted. You can look for what may help."))
    except FileClosed as fault:
        return _page(request, file_id, too_late=words_of(fault), status=409)
    return redirect("followup:suggestions", file_id)


@requires(KEEP, methods=("GET", "POST"))
def add_suggestion(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Search among what is offered, and suggest one of them to the carer."""
    actor = acting(request)
    head = selectors.head(actor=actor, file_id=file_id)
    too_late, status, chosen = "", 200, ChosenForm(request.POST)
    if request.method == "POST":
        target = chosen.cleaned_data["tilbud"] if chosen.is_valid() else ""
        try:
            services.suggest_one(actor=actor, file_id=file_id, kind=SuggestionKind.OFFER, target=target)
        except SuggestionRefused as fault:
            too_late, status = why_refused(fault), 409
        except FileClosed as fault:
            too_late, status = words_of(fault), 409
        else:
            messages.success(request, _("It is suggested. Ask the carer what they think."))
            return redirect("followup:suggestions", file_id)
    form = SearchForm({"q": request.POST.get("q") or request.GET.get("q", "")})
    words = form.cleaned_data["q"] if form.is_valid() else ""
    there = {each.target for each in selectors.suggestions_of(actor=actor, file_id=file_id)}
    found = catalogue.find(
        actor=actor, query=words, filters=Filters(), language=get_language() or "nb", on=clock.today()
    )
    shown = {
        "head": head,
        "form": form,
        "words": words,
        "hits": [(each, each.slug in there) for each in found.hits] if words else [],
        "too_late": too_late,
    }
    return render(request, "followup/add_suggestion.html", shown, status=422 if form.errors else status)


@requires(KEEP, methods=("GET", "POST"))
def suggestion(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Show one suggestion, and take the answer: yes, no thanks because, or later."""
    actor = acting(request)
    found = selectors.suggestion(actor=actor, suggestion_id=suggestion_id)
    head = selectors.head(actor=actor, file_id=found.file_id)
    does = request.POST.get("gjor", "") if request.method == "POST" else ""
    bound = {does: ANSWER_FORMS[does](request.POST, prefix=does)} if does in ANSWER_FORMS else {}
    too_late = answered = ""
    try:
        if does == "trekk":
            services.withdraw_suggestion(actor=actor, suggestion_id=suggestion_id)
            messages.success(request, _("The suggestion is taken back."))
            return redirect("followup:suggestions", found.file_id)
        if does == "lest":
            services.read_answer(actor=actor, suggestion_id=suggestion_id)
            messages.success(request, _("It is noted that you have read it."))
            return redirect("followup:suggestion", suggestion_id)
        if does == "sett":
            services.see_change(actor=actor, suggestion_id=suggestion_id)
            messages.success(request, _("It is noted that you have looked at the change."))
            return redirect("followup:suggestion", suggestion_id)
        if bound and store_answer(request, suggestion_id, does, bound[does]):
            messages.success(request, _("The answer is written down."))
            return redirect("followup:suggestions", found.file_id)
    except SuggestionAnswered:
        found, answered = selectors.suggestion(actor=actor, suggestion_id=suggestion_id), answered_meanwhile()
    except FileClosed as fault:
        too_late = words_of(fault)
    except SuggestionRefused as fault:
        too_late = why_refused(fault)
    (line,) = lines_of(actor, [found])
    shown = {
        "head": head,
        "line": line,
        "too_late": too_late,
        "answered": answered,
        "is_unread": selectors.waits_for_a_reader(actor=actor, suggestion_id=suggestion_id),
        **answer_forms(bound, found),
    }
    status = 409 if too_late or answered else 422 if request.method == "POST" else 200
    return render(request, "followup/suggestion.html", shown, status=status)


def answered_meanwhile() -> str:
    """Write what to do when somebody else, the carer or a colleague, has answered first. What was typed stays."""
    return _(
        "This has been answered since you opened it. The new answer is shown here now; yours is not saved. "
        "Answer again only if it still fits."
    )


def store_answer(request: HttpRequest, suggestion_id: UUID, does: str, form: Form) -> bool:
    """Store what a form answers, and say whether it could be; if not, the form says why."""
    if not form.is_valid():
        return False
    said, seen = form.cleaned_data, request.POST.get("versjon", "")
    try:
        services.answer_suggestion(
            actor=acting(request),
            suggestion_id=suggestion_id,
            answer=ANSWERS[does],
            reason=said.get("grunn", ""),
            on=said.get("dag"),
            note=said.get("merknad", ""),
            version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else None,
        )
    except SuggestionRefused as fault:
        refuse_answer(form, fault)
        return False
    return True


def answer_forms(
    bound: dict[str, Form], found: SeenSuggestion, *, made_of: Mapping[str, type[Form]] = ANSWER_FORMS
) -> dict[str, Any]:
    """Return the three forms of an answer, with what was typed or answered before, and the one that is wrong."""
    answered = next((does for does, state in ANSWERS.items() if state is found.state), "")
    before = {"merknad": found.note, "grunn": found.reason.value if found.reason else "", "dag": found.later_on}
    forms = {
        does: bound.get(does) or made(prefix=does, initial=before if does == answered else None)
        for does, made in made_of.items()
    }
    return {
        "yes_form": forms["ja"],
        "no_form": forms["nei"],
        "later_form": forms["senere"],
        "wrong": list(bound.values()),
    }


def _page(
    request: HttpRequest, file_id: UUID, *, form: NeedForm | None = None, too_late: str = "", status: int = 200
) -> HttpResponse:
    actor = acting(request)
    head: FileHead = selectors.head(actor=actor, file_id=file_id)
    needs = selectors.needs_of(actor=actor, file_id=file_id)
    lines = lines_of(actor, selectors.suggestions_of(actor=actor, file_id=file_id))
    waiting = [each for each in lines if each.waits]
    shown = {
        "head": head,
        "needs": needs,
        "need_form": form or NeedForm(noted=frozenset(each.need for each in needs)),
        "waiting": waiting[:SHOWN_AT_ONCE],
        "more_waiting": waiting[SHOWN_AT_ONCE:],
        "accepted": [each for each in lines if each.one.state is SuggestionState.ACCEPTED],
        "declined": [each for each in lines if each.one.state is SuggestionState.DECLINED],
        "too_late": too_late,
    }
    return render(request, "followup/suggestions.html", shown, status=status)


def _end_need(request: HttpRequest, file_id: UUID, because: NeedEnded) -> None:
    try:
        services.end_need(actor=acting(request), file_id=file_id, need=request.POST.get("behov", ""), because=because)
    except ValueError:
        # No such need is named by any button of ours.
        raise NotFound("need") from None
    messages.success(request, _("It is noted."))


def _tell_found(request: HttpRequest, count: int) -> None:
    if count:
        words = ngettext("%(count)s new suggestion was found.", "%(count)s new suggestions were found.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Nothing new was found. Note what would help, or add an offer that you know."))


def _href(one: SeenSuggestion, slugs: dict[str, str]) -> str:
    if one.kind is SuggestionKind.OFFER:
        return reverse("catalogue:offer", args=[one.target])
    return reverse("rights:right", args=[slugs[one.target]]) if one.target in slugs else ""
