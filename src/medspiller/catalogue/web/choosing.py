"""
*Help me choose*: at most five questions, one at a time, and then what fits, why, and what to do next.

What has been answered is in the page only: not in the address, not in a cookie, not in the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from medspiller.access.declare import public
from medspiller.catalogue import selectors
from medspiller.catalogue.domain.finding import Age, Choice, Haste, When
from medspiller.catalogue.domain.vocabulary import Condition, Need, Relation
from medspiller.catalogue.web import presenting, reasons, wording
from medspiller.catalogue.web.area import acting, unkept
from medspiller.core import clock
from medspiller.ui import languages

# What a button says that it does.
ANSWER, BACK, SHOW, CHANGE = "svar", "tilbake", "vis", "endre"
SKIPPED = "-"
NOW = "now"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the name it travels by, its words, and its answers by code."""

    name: str
    asked: Promise
    answers: Mapping[Any, Promise]


_NEEDS = (
    Need.SOMEONE_TO_TALK_TO, Need.PEERS, Need.RESPITE_HOURS, Need.RESPITE_STAY, Need.NIGHT_REST, Need.PRACTICAL_HELP,
    Need.INFORMATION, Need.TRAINING_SKILLS, Need.ECONOMY, Need.OWN_HEALTH, Need.CHILDREN_AT_HOME, Need.CRISIS_PLAN,
    Need.BEREAVEMENT,
)  # fmt: skip
QUESTIONS = (
    Question("rolle", gettext_lazy("Who are you to the person you care for?"), wording.RELATIONS),
    Question("om", gettext_lazy("What is it about?"), wording.CONDITIONS),
    Question(
        "behov", gettext_lazy("What would help you most just now?"), {need: wording.NEEDS[need] for need in _NEEDS}
    ),
    Question(
        "hvordan",
        gettext_lazy("How would it suit you?"),
        {
            NOW: gettext_lazy("I need somebody now"),
            When.DAYTIME: gettext_lazy("In the daytime"),
            When.EVENING: gettext_lazy("In the evening"),
            When.FROM_HOME: gettext_lazy("From home, by phone or on a screen"),
        },
    ),
    Question(
        "alder",
        gettext_lazy("How old are you?"),
        {
            Age.CHILD: gettext_lazy("Under 13"),
            Age.TEENAGER: gettext_lazy("13 to 17"),
            Age.YOUNG: gettext_lazy("18 to 25"),
            Age.GROWN_UP: gettext_lazy("26 to 66"),
            Age.OLD: gettext_lazy("67 or more"),
        },
    ),
)


@public("anybody may be helped to choose, without saying who they are", methods=("GET", "POST"))
@unkept
def choose(request: HttpRequest) -> HttpResponse:
    """Take an answer and ask the next question, or show what fits."""
    given = _given(request)
    if opened := request.POST.get(CHANGE) or request.POST.get(BACK):
        given.pop(opened, None)
        return _ask(request, given, opened)
    left = next((one.name for one in QUESTIONS if one.name not in given), "")
    if request.POST.get("gjor") == SHOW or not left:
        return _show(request, given)
    return _ask(request, given, left)


def _given(request: HttpRequest) -> dict[str, str]:
    """What the page brought back: only answers that we have asked for."""
    given = {}
    for one in QUESTIONS:
        said = request.POST.get(one.name, "")
        if said == SKIPPED or said in {str(code) for code in one.answers}:
            given[one.name] = said
    return given


def _ask(request: HttpRequest, given: dict[str, str], name: str) -> HttpResponse:
    at = next((number for number, one in enumerate(QUESTIONS) if one.name == name), 0)
    one = QUESTIONS[at]
    before = [each.name for each in QUESTIONS[:at] if each.name in given]
    shown = {
        "question": one,
        "answers": [(str(code), words) for code, words in one.answers.items()],
        "number": at + 1,
        "total": len(QUESTIONS),
        "given": given.items(),
        "back": before[-1] if before else "",
        "skip": SKIPPED,
        "can_show": bool(set(given.values()) - {SKIPPED}),
        "ui_languages": (),
        "languages": languages.choices(request),
    }
    return render(request, "catalogue/choose.html", shown)


def _show(request: HttpRequest, given: dict[str, str]) -> HttpResponse:
    today = clock.today()
    ranked = selectors.choose(actor=acting(request), choice=choice_of(given), on=today)
    why = {one.hit.slug: reasons.in_words(one.reasons) for one in ranked}
    rows = selectors.offers_by_slug(actor=acting(request), slugs=list(why), on=today)
    shown = {
        "cards": [presenting.card(row, today=today, why=why[row.slug]) for row in rows],
        "given": given.items(),
        "said": _said(given),
        "is_urgent": given.get("hvordan") == NOW,
        "ui_languages": (),
        "languages": languages.choices(request),
    }
    return render(request, "catalogue/chosen.html", shown)


def choice_of(given: Mapping[str, str]) -> Choice:
    """Return what was answered; what was skipped makes no difference."""
    said: dict[str, Any] = {name: value for name, value in given.items() if value != SKIPPED}
    how = said.get("hvordan")
    return Choice(
        age=Age(said["alder"]) if "alder" in said else None,
        relation=Relation(said["rolle"]) if "rolle" in said else None,
        conditions=frozenset({Condition(said["om"])} if "om" in said else ()),
        needs=frozenset({Need(said["behov"])} if "behov" in said else ()),
        when=When(how) if how and how != NOW else None,
        haste=Haste.NOW if how == NOW else None,
    )


def _said(given: Mapping[str, str]) -> list[tuple[str, Any, Any]]:
    """Each question that was answered, with its words and the answer's."""
    found = []
    for one in QUESTIONS:
        words = {str(code): text for code, text in one.answers.items()}
        if given.get(one.name) in words:
            found.append((one.name, one.asked, words[given[one.name]]))
    return found
