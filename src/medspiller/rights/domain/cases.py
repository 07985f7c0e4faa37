"""Examples that must hold: a sentence, a day, facts, and what is expected."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from medspiller.content.domain.kinds import CaseFile
from medspiller.content.domain.problems import Problem
from medspiller.rights.domain.asking import ask_through
from medspiller.rights.domain.conditions import Line, NoSuchParameter, UnknownWithoutCause
from medspiller.rights.domain.facts import Facts
from medspiller.rights.domain.findings import (
    Finding,
    because,
    calculation,
    find,
    finding_of,
    sources,
)
from medspiller.rights.domain.reading import FactsUnreadable, facts_from, reference_date
from medspiller.rights.domain.rulebook import Rulebook
from medspiller.rights.domain.texts import places_in
from medspiller.rights.domain.truth import Truth

_CASE = ("case", "on", "facts", "expect")
_OF_RIGHT = ("answer", "amounts", "missing", "because")
_OF_SITUATION = ("yes", "no", "open", "questions")
# Examples may lie as far ahead as their writer likes.
_FAR = date(2200, 1, 1)
_HOLDS = {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}


class BadCase(ValueError):
    """An example is not written as examples are, or its rule or texts cannot be used."""


def run_right(rulebook: Rulebook, right_id: str, cases: CaseFile) -> Iterator[Problem]:
    """Yield every example of a right that does not hold."""
    for place, case in _cases(cases):
        try:
            on, facts = _given(case, rulebook, _OF_RIGHT)
            found = finding_of(rulebook, right_id, facts, on=on)
            _ensure_told(rulebook, found)
        except (BadCase, FactsUnreadable, NoSuchParameter, UnknownWithoutCause) as fault:
            yield Problem(cases.file, place, _said(fault))
            continue
        for message in _differences(found, case["expect"]):
            yield Problem(cases.file, place, message)


def run_situation(rulebook: Rulebook, situation_id: str, cases: CaseFile) -> Iterator[Problem]:
    """Yield every family that is answered otherwise than expected, or asked more."""
    situation = rulebook.situation(situation_id)
    for place, case in _cases(cases):
        try:
            on, facts = _given(case, rulebook, _OF_SITUATION)
            answers = {found.right: found.answer.value for found in find(rulebook, facts, on=on)}
            asked, is_useful = ask_through(rulebook, situation, facts, on=on) if situation else ((), True)
        except (BadCase, FactsUnreadable, NoSuchParameter, UnknownWithoutCause) as fault:
            yield Problem(cases.file, place, _said(fault))
            continue
        expected = case["expect"]
        for key, answer in (("yes", "yes"), ("no", "no"), ("open", "unknown")):
            for right in expected.get(key, ()):
                if answers.get(right) != answer:
                    yield Problem(cases.file, place, f"{right} is {answers.get(right)}, not {answer}")
        allowed = expected.get("questions")
        if allowed is not None and (len(asked) > allowed or not is_useful):
            end = "" if is_useful else " and lead to no answer of use"
            message = f"{len(asked)} questions ({', '.join(asked)}){end}; at most {allowed} were expected"
            yield Problem(cases.file, place, message)


def families(cases: CaseFile, rulebook: Rulebook) -> Iterator[tuple[str, date, Facts]]:
    """
    Yield the sentence, the day and the facts of each example of a situation.

    :raises BadCase: if one is not written as examples are.
    :raises FactsUnreadable: if facts of one cannot be read.
    """
    for _, case in _cases(cases):
        on, facts = _given(case, rulebook, _OF_SITUATION)
        yield case["case"], on, facts


def _cases(cases: CaseFile) -> Iterator[tuple[str, Any]]:
    for number, case in enumerate(cases.cases):
        name = case.get("case") if isinstance(case, Mapping) else None
        yield f"[{number}] {name}" if name else f"[{number}]", case


def _given(case: Any, rulebook: Rulebook, expected: Collection[str]) -> tuple[date, Facts]:
    if not isinstance(case, Mapping) or set(case) != set(_CASE):
        raise BadCase(f"a case has exactly {', '.join(_CASE)}")
    expect = case["expect"]
    if not isinstance(expect, Mapping) or not expect or not set(expect) <= set(expected):
        raise BadCase(f"expect holds some of {', '.join(expected)}, and nothing else")
    on = reference_date(case["on"], today=_FAR)
    return on, facts_from(case["facts"], rulebook.facts, on=on)


def _ensure_told(rulebook: Rulebook, found: Finding) -> None:
    """Every reason and every line of a calculation has its text, and every place in it is filled."""
    right = rulebook.rights[found.right]
    because(rulebook, found)
    sources(rulebook, found)
    for amount in found.amounts:
        if amount.name not in right.amounts:
            raise BadCase(f"the amount {amount.name} has no label under amounts")
        for line in amount.calculation:
            if line.text not in right.calculations:
                raise BadCase(f"the calculation {line.text} has no text under calculations")
            for language, text in right.calculations[line.text].items():
                if strange := places_in(text) - set(line.figures):
                    raise BadCase(f"calculations.{line.text}.{language}: nothing fills in {', '.join(sorted(strange))}")
        calculation(rulebook, found, amount)


def _differences(found: Finding, expect: Mapping[str, Any]) -> Iterator[str]:
    if "answer" in expect and found.answer != expect["answer"]:
        open_ = f"; open are {', '.join(found.open)}" if found.open else ""
        against = f"; against are {', '.join(found.would_change)}" if found.would_change else ""
        yield f"the answer is {found.answer}, not {expect['answer']}{open_}{against}"
    amounts = {amount.name: amount.value for amount in found.amounts}
    for name, value in expect.get("amounts", {}).items():
        if name not in amounts:
            yield f"there is no amount {name}; there are {', '.join(amounts) or 'none'}"
        elif amounts[name] != value:
            yield f"{name} is {amounts[name]}, not {value}"
    if "missing" in expect and set(found.missing) != set(expect["missing"]):
        yield f"missing are {', '.join(found.missing) or 'none'}, not {', '.join(expect['missing']) or 'none'}"
    for name, holds in expect.get("because", {}).items():
        truths = [line.truth for line in found.lines if line.condition == name]
        if not truths:
            yield f"no reason is called {name}; there are {', '.join(_names(found.lines)) or 'none'}"
        elif (told := _of_all(truths)) is not holds:
            yield f"{name} comes to {told}, not {holds}"


def _of_all(truths: Collection[Truth]) -> bool | None:
    """A condition that several children were held against holds if it does for one."""
    return _HOLDS[next(truth for truth in (Truth.YES, Truth.UNKNOWN, Truth.NO) if truth in truths)]


def _names(lines: Collection[Line]) -> Collection[str]:
    return dict.fromkeys(line.condition for line in lines)


def _said(fault: Exception) -> str:
    match fault:
        case NoSuchParameter():
            return f"its rule asks for the parameter {fault}, which no content has"
        case UnknownWithoutCause():
            return f"the condition {fault} says unknown though all it asked for is known"
        case _:
            return str(fault)
