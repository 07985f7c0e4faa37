"""
What somebody has answered so far, in which order, as it travels with the page and is kept nowhere else.

A question is one fact, or one fact about each child. Skipping it is an answer too: it is not asked again, and the
fact stays unknown.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from medspiller.rights.domain.facts import Facts, Value, in_catalogue
from medspiller.rights.domain.known_facts import CHILDREN, Catalogue, FactKind
from medspiller.rights.domain.reading import FactsUnreadable, facts_of

# Characters, written out: more than twenty children with every fact known fill.
LONGEST = 24_000
_WITH_DECIMALS = frozenset({FactKind.MONEY, FactKind.HOURS, FactKind.PERCENT})


class NoDialogue(ValueError):
    """What came back is nothing that we have sent."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """
    Answers by path, for a reference date.

    `asked` are the questions in their order, as the catalogue names them: those about children once for all of
    them. `skipped` are the paths that were left open on purpose. `register` are the paths whose values the register
    told and nobody has changed since. `situation` is where it began, empty if nowhere in particular.
    """

    on: date
    situation: str = ""
    answers: Mapping[str, Value] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()
    register: frozenset[str] = frozenset()

    def answered(self, question: str, values: Mapping[str, Value | None]) -> "Dialogue":
        """Return the dialogue after a question; what was left open (None) counts as skipped."""
        answers = {path: value for path, value in self.answers.items() if path not in values}
        answers |= {path: value for path, value in values.items() if value is not None}
        left = {path for path, value in values.items() if value is None}
        return replace(
            self,
            answers=_without_children_beyond(answers),
            asked=(*(each for each in self.asked if each != question), question),
            skipped=(self.skipped - set(values)) | left,
            register=frozenset(p for p in self.register if p not in values or values[p] == self.answers.get(p)),
        )

    def taken_back(self) -> tuple["Dialogue", str]:
        """Return the dialogue before its last question, and that question; the same and nothing if there is none."""
        if not self.asked:
            return self, ""
        *before, last = self.asked
        mine = {path for path in self.skipped if in_catalogue(path) == last}
        return replace(self, asked=tuple(before), skipped=self.skipped - mine), last

    def without_last(self) -> "Dialogue":
        """Return what was known before the last question was answered; the same if none was."""
        if not self.asked:
            return self
        last = self.asked[-1]
        return replace(self, answers={path: each for path, each in self.answers.items() if in_catalogue(path) != last})

    def opened(self, question: str) -> "Dialogue":
        """Return the dialogue in which a question is open again, its answer still there to be changed."""
        mine = {path for path in self.skipped if in_catalogue(path) == question}
        return replace(self, asked=tuple(q for q in self.asked if q != question), skipped=self.skipped - mine)

    def for_day(self, day: date) -> "Dialogue":
        """Return the same answers for another reference date."""
        return replace(self, on=day)

    @property
    def children(self) -> int | None:
        """How many children there are, None if that is not known."""
        count = self.answers.get(CHILDREN)
        return None if count is None else int(count)

    def facts(self, catalogue: Catalogue) -> Facts:
        """
        Return what is known. What the catalogue does not take (any more) is left out: it counts as not known.
        """
        answers = {path: value for path, value in self.answers.items() if in_catalogue(path) in catalogue}
        while True:
            try:
                return facts_of(answers, catalogue, on=self.on)
            except FactsUnreadable as fault:
                if fault.path not in answers:
                    raise
                del answers[fault.path]

    def written(self) -> str:
        """Return it as text, which `dialogue_from` reads."""
        told: dict[str, Any] = {
            "on": self.on.isoformat(),
            "situation": self.situation,
            "answers": {path: str(v) if isinstance(v, Decimal) else v for path, v in self.answers.items()},
            "asked": list(self.asked),
            "skipped": sorted(self.skipped),
            "register": sorted(self.register),
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def dialogue_from(text: str, catalogue: Catalogue) -> Dialogue:
    """
    Return the dialogue that was written as a text.

    :raises NoDialogue: if it is none, or too long.
    """
    if len(text) > LONGEST:
        raise NoDialogue(f"longer than {LONGEST}")
    try:
        told = json.loads(text)
        return Dialogue(
            on=date.fromisoformat(told["on"]),
            situation=str(told["situation"]),
            answers={str(path): _value(str(path), value, catalogue) for path, value in told["answers"].items()},
            asked=tuple(map(str, told["asked"])),
            skipped=frozenset(map(str, told["skipped"])),
            register=frozenset(map(str, told["register"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as fault:
        raise NoDialogue(type(fault).__name__) from None


def paths_of(question: str, children: int | None) -> tuple[str, ...]:
    """Return the paths of a question: one, or one for each child."""
    head, _dot, name = question.partition(".")
    if head != CHILDREN or not name:
        return (question,)
    return tuple(f"{CHILDREN}[{number}].{name}" for number in range(children or 0))


def _value(path: str, value: Any, catalogue: Catalogue) -> Value:
    known = catalogue.get(in_catalogue(path))
    if isinstance(value, str) and known is not None and known.kind in _WITH_DECIMALS:
        return Decimal(value)
    if not isinstance(value, bool | int | str):
        raise TypeError(path)
    return value


def _without_children_beyond(answers: Mapping[str, Value]) -> dict[str, Value]:
    """Whoever says that there are fewer children takes back what was said of the others."""
    count = answers.get(CHILDREN)
    if count is None:
        return dict(answers)
    return {path: value for path, value in answers.items() if _number_of(path) < int(count)}


def _number_of(path: str) -> int:
    inside = path.partition("[")[2].partition("]")[0]
    return int(inside) if inside.isdecimal() else -1


def skipped_questions(dialogue: Dialogue) -> Iterable[str]:
    """Return the questions that were left open on purpose, once each."""
    return dict.fromkeys(in_catalogue(path) for path in sorted(dialogue.skipped))
