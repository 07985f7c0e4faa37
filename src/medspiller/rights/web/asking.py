"""
One question at a time. What has been answered travels with the page, signed, and is stored nowhere.

The same for everybody: on the open pages, and at work about a carer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from medspiller.core import clock
from medspiller.rights.domain.asking import next_question, progress
from medspiller.rights.domain.dialogue import Dialogue, NoDialogue, paths_of, skipped_questions
from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.findings import Answer, Finding, find, finding_of
from medspiller.rights.domain.known_facts import CHILDREN, FactKind, KnownFact
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.typed import NO, YES, Misread, read_typed
from medspiller.rights.web import answers, state
from medspiller.rights.web.area import Area, language
from medspiller.rights.web.presenting import Reader, child_name
from medspiller.rights.web.wording import problem_of, suffix_of
from medspiller.ui import languages

# What a button says that it does.
DO, ANSWER, SKIP, BACK, DAY = "gjor", "svar", "hopp", "tilbake", "dato"
# Opens a question again by its name.
CHANGE = "endre"
QUESTION = "sporsmal"
# Begins in a situation of life, with what is known already.
SITUATION = "situasjon"
# Where an answer leads: on to the next question, or back to the answers it was changed from.
THEN, TO_ANSWERS = "til", "svar"
_IN_BOXES = 6


@dataclass(frozen=True, slots=True)
class Ask:
    """One input of a question: for one path."""

    path: str
    name: str
    identity: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str, Any, bool, bool], ...]
    boxes: bool
    errors: tuple[str, ...]
    inputmode: str
    suffix: str
    is_group: bool


def go_on(request: HttpRequest, area: Area, rulebook: Rulebook, pin: str) -> HttpResponse:
    """Do what a button of a question or of the answers says, and show what comes next."""
    try:
        dialogue = state.sent(request, area, rulebook.facts)
    except NoDialogue:
        return redirect(area.start_url)
    what, question = request.POST.get(DO, ""), request.POST.get(QUESTION, "")
    then = request.POST.get(THEN, "")
    if opened := request.POST.get(CHANGE):
        return _reopened(request, area, rulebook, dialogue, opened)
    if SITUATION in request.POST:
        return ask(request, area, rulebook, _beginning(rulebook, dialogue, request.POST[SITUATION]))
    if what == DAY:
        return answers.for_another_day(request, area, rulebook, dialogue)
    if what == BACK:
        before, last = dialogue.taken_back()
        return ask(request, area, rulebook, before, question=last)
    if question in rulebook.facts and what in (ANSWER, SKIP):
        return _answered(request, area, rulebook, dialogue, question, then)
    # Nothing was answered: the same page in another language.
    return ask(request, area, rulebook, dialogue, question=question, then=then)


def ask(
    request: HttpRequest,
    area: Area,
    rulebook: Rulebook,
    dialogue: Dialogue,
    *,
    question: str = "",
    then: str = "",
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a question, by default the one that can settle most; the answers when none is left."""
    on, facts = dialogue.on, dialogue.facts(rulebook.facts)
    situation = rulebook.situation(dialogue.situation)
    reader = Reader(rulebook, language(), on)
    if question in rulebook.facts:
        known, paths = rulebook.facts[question], paths_of(question, dialogue.children)
    else:
        skipped = set(skipped_questions(dialogue))
        chosen = next_question(rulebook, facts, on=on, skipped=skipped, situation=situation)
        if chosen is None:
            return answers.show(request, area, rulebook, dialogue)
        known, paths = chosen.fact, chosen.paths
    findings = find(rulebook, facts, on=on)
    come = progress(rulebook, findings, situation)
    problems = problems or {}
    inputs = tuple(_input(reader, known, dialogue, path, typed or {}, problems) for path in paths)
    shown = {
        "area": area,
        "state": state.signed(dialogue, area),
        "known": known,
        "asked": reader.say(known.ask),
        "why": reader.say(known.why),
        "help": reader.say(known.help),
        "inputs": inputs,
        "of_children": len(inputs) > 1 or "[" in inputs[0].path,
        "problems": [(problems[each.path], each.identity) for each in inputs if each.path in problems],
        "number": len(dialogue.asked) + 1,
        "can_go_back": bool(dialogue.asked) and not then,
        "then": then,
        "progress": come,
        **_ruled_out(reader, dialogue, [each for each in findings if not situation or each.right in situation.rights]),
        "situation": reader.say(situation.title) if situation else "",
        "on": on,
        "is_today": on == clock.today(),
        "languages": languages.choices(request),
        "is_from_register": any(path in dialogue.register for path in paths),
        **(more or {"ui_languages": ()}),
    }
    return render(request, "rights/question.html", shown, status=422 if problems else 200)


def _ruled_out(reader: Reader, dialogue: Dialogue, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return the rights that are answered with no by now, with why, and whether the last answer did that to any."""
    rulebook = reader.rulebook
    ruled_out = [each for each in findings if each.answer is Answer.NO]
    before = dialogue.without_last().facts(rulebook.facts)
    asked_before = (finding_of(rulebook, each.right, before, on=dialogue.on) for each in ruled_out)
    return {
        "ruled_out": [reader.step(each) for each in ruled_out],
        "is_ruled_out_now": any(each.answer is not Answer.NO for each in asked_before),
    }


def _beginning(rulebook: Rulebook, dialogue: Dialogue, situation_id: str) -> Dialogue:
    """What is known of somebody counts more than what a situation takes for granted."""
    situation = rulebook.situation(situation_id)
    if situation is None:
        return dialogue
    return replace(dialogue, situation=situation.id, answers={**situation.presets, **dialogue.answers})


def _reopened(request: HttpRequest, area: Area, rulebook: Rulebook, dialogue: Dialogue, question: str) -> HttpResponse:
    if question not in rulebook.facts or not paths_of(question, dialogue.children):
        return answers.show(request, area, rulebook, dialogue)
    return ask(request, area, rulebook, dialogue, question=question, then=TO_ANSWERS)


def _answered(
    request: HttpRequest, area: Area, rulebook: Rulebook, dialogue: Dialogue, question: str, then: str
) -> HttpResponse:
    """Take an answer, or that there is none."""
    known, paths = rulebook.facts[question], paths_of(question, dialogue.children)
    asked = [path for path in paths if _name(path) in request.POST] or list(paths)
    typed = {path: request.POST.get(_name(path), "")[:100] for path in asked}
    values: dict[str, Value | None] = dict.fromkeys(asked)
    problems: dict[str, str] = {}
    if request.POST.get(DO) == ANSWER:
        for path in asked:
            try:
                values[path] = read_typed(known, typed[path], on=dialogue.on)
            except Misread as misread:
                problems[path] = problem_of(misread)
        if not problems and not any(value is not None for value in values.values()):
            problems[asked[0]] = _("Give an answer, or choose “Do not know / skip”.")
    if problems:
        return ask(
            request, area, rulebook, dialogue, question=question, then=then, typed=typed, problems=problems
        )  # fmt: skip
    after = dialogue.answered(question, values)
    if then == TO_ANSWERS:
        return answers.show(request, area, rulebook, after)
    return ask(request, area, rulebook, after)


# --- Inputs -------------------------------------------------------------------------------


def _input(
    reader: Reader,
    known: KnownFact,
    dialogue: Dialogue,
    path: str,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
) -> Ask:
    name = _name(path)
    value = typed[path] if path in typed else _as_typed(dialogue.answers.get(path))
    options = tuple(
        (f"{name}-{key}", key, words, key == value, False) for key, words in _options(reader, known)
    )  # fmt: skip
    return Ask(
        path=path,
        name=name,
        identity=options[0][0] if options else name,
        label=_label(reader, dialogue, path),
        kind=known.kind.value,
        value=value,
        options=options,
        boxes=len(options) <= _IN_BOXES,
        errors=(problems[path],) if path in problems else (),
        inputmode="numeric"
        if known.kind in (FactKind.WHOLE, FactKind.YEAR)
        else "decimal"
        if _is_number(known)
        else "",
        suffix=suffix_of(known),
        is_group=bool(options),
    )


def _options(reader: Reader, known: KnownFact) -> list[tuple[str, str]]:
    if known.kind is FactKind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    return [(key, reader.say(words)) for key, words in known.choices.items()]


def _label(reader: Reader, dialogue: Dialogue, path: str) -> SafeString:
    """The words that an input is labelled with: the question itself, or which child it is about."""
    if "[" not in path:
        known = reader.rulebook.facts[path]
        return format_html('<span class="r-ask">{}</span>', reader.say(known.ask))
    number = int(path.partition("[")[2].partition("]")[0])
    born = dialogue.answers.get(f"{CHILDREN}[{number}].birth_year")
    name = child_name(number)
    if born is None or path.endswith(".birth_year"):
        return mark_safe(name)  # noqa: S308 - a word of ours and a number
    return format_html("{}", _("%(child)s, born %(year)s") % {"child": name, "year": born})


def _name(path: str) -> str:
    """The name of an input: of the path, without marks that ids cannot have."""
    return "v-" + path.replace("[", "-").replace("].", "-").replace(".", "-")


def _as_typed(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    text = str(value)
    if text[:4].isdecimal() and text[4:5] == "-":
        return f"{text[5:]}.{text[:4]}"
    return text.replace(".", ",") if language() != "en" else text


def _is_number(known: KnownFact) -> bool:
    return known.kind in (FactKind.MONEY, FactKind.HOURS, FactKind.PERCENT)
