"""The same questions at work, about a carer whom the unit follows up, with what the register knows filled in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.rights import selectors
from medspiller.rights.domain.dialogue import Dialogue, NoDialogue
from medspiller.rights.domain.outcomes import FEWEST_SHOWN
from medspiller.rights.web import answers, asking, state
from medspiller.rights.web.area import acting, at_work, language
from medspiller.rights.web.forms import DayForm
from medspiller.rights.web.presenting import Reader
from medspiller.rights.web.wording import OUTCOMES

ASK = "rights.ask_for_carer"


@requires(ASK)
def start(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what the register tells of the carer's situation, and let the questions begin."""
    actor = acting(request)
    rulebook, _pin = selectors.rulebook(actor=actor)
    carer = selectors.known_of_carer(actor=actor, person_id=person_id)
    area = at_work(person_id, carer.name)
    known = {path: value for path, value in carer.known.items() if path.split("[")[0].split(".")[0] in _HEADS}
    dialogue = Dialogue(clock.today(), answers=known, register=frozenset(known))
    reader = Reader(rulebook, language(), dialogue.on)
    shown = {
        "area": area,
        "state": state.signed(dialogue, area),
        "given": reader.given(dialogue),
        "situations": [(each.id, reader.say(each.title)) for each in rulebook.situations],
        "handed_over": selectors.handed_over_by(actor=actor, person_id=person_id),
        "day_form": DayForm(today=clock.today(), initial={"dag": dialogue.on}),
    }
    return render(request, "rights/at_work.html", shown)


@requires(ASK, methods=("GET", "POST"))
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take an answer, and ask the next question."""
    actor = acting(request)
    area = at_work(person_id, selectors.carer_to_ask_about(actor=actor, person_id=person_id))
    if request.method != "POST":
        return redirect(area.start_url)
    rulebook, pin = selectors.rulebook(actor=actor)
    return asking.go_on(request, area, rulebook, pin)


@requires(ASK, methods=("GET", "POST"))
def show_answers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what is found so far."""
    actor = acting(request)
    area = at_work(person_id, selectors.carer_to_ask_about(actor=actor, person_id=person_id))
    rulebook, _pin = selectors.rulebook(actor=actor)
    return answers.answered(request, area, rulebook)


@requires(ASK, methods=("GET", "POST"))
def answered_right(request: HttpRequest, person_id: UUID, right_name: str) -> HttpResponse:
    """Show one right with what was answered."""
    actor = acting(request)
    area = at_work(person_id, selectors.carer_to_ask_about(actor=actor, person_id=person_id))
    rulebook, _pin = selectors.rulebook(actor=actor)
    return answers.right_page(request, area, rulebook, right_name)


@requires(ASK, methods=("GET", "POST"))
def print_answers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show the answers as a sheet, for the carer to take along."""
    actor = acting(request)
    area = at_work(person_id, selectors.carer_to_ask_about(actor=actor, person_id=person_id))
    rulebook, _pin = selectors.rulebook(actor=actor)
    try:
        dialogue = state.sent(request, area, rulebook.facts)
    except NoDialogue:
        return redirect(area.start_url)
    return answers.on_paper(request, area, rulebook, dialogue)


@requires(ASK)
def handed_over(request: HttpRequest, person_id: UUID, kept_id: UUID) -> HttpResponse:
    """Show what the carer has handed over."""
    actor = acting(request)
    found = selectors.handed_over(actor=actor, person_id=person_id, kept_id=kept_id)
    rulebook, _pin = selectors.rulebook(actor=actor)
    more = {"handed_over_at": found.handed_over_at}
    return answers.show(request, at_work(person_id, found.name), rulebook, found.dialogue, more=more)


@requires("rights.view_counts")
def counts(request: HttpRequest) -> HttpResponse:
    """Show how many got what they may be entitled to, small numbers kept back."""
    actor = acting(request)
    rulebook, _pin = selectors.rulebook(actor=actor)
    reader = Reader(rulebook, language(), clock.today())
    lines = [
        (
            reader.say(rulebook.rights[line.right].title) if line.right in rulebook.rights else line.right,
            [(words, line.counts[each]) for each, words in OUTCOMES.items()],
        )
        for line in selectors.outcome_counts(actor=actor)
    ]
    columns = [answers.RIGHT_COLUMN, *OUTCOMES.values()]
    return render(request, "rights/counts.html", {"lines": lines, "columns": columns, "fewest": FEWEST_SHOWN})


_HEADS = frozenset({"carer", "children", "recipient", "care"})
