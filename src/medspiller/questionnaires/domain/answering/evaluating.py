"""The whole engine for one response: conditions, scores and expressions together."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from medspiller.questionnaires.domain.answering import expressions, scoring, validating
from medspiller.questionnaires.domain.answering.calculating import Calculator, Circular, TooCostly, as_number
from medspiller.questionnaires.domain.answering.constraining import broken_constraints, limit_by
from medspiller.questionnaires.domain.answering.dependencies import MOST_EXPRESSIONS, count_of_expressions
from medspiller.questionnaires.domain.answering.drafting import Draft, tidy
from medspiller.questionnaires.domain.answering.enabling import enabled, set_enabled
from medspiller.questionnaires.domain.answering.remembering import Memory
from medspiller.questionnaires.domain.answering.responses import read_response
from medspiller.questionnaires.domain.answering.walking import Layout, TooManyPlaces, lay
from medspiller.questionnaires.domain.definition.definitions import Questionnaire
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error

T = TypeVar("T")

# Calculations may ask items that calculate; more rounds than this no form needs.
MOST_ROUNDS = 3


class NotComputable(Exception):
    """Expressions need each other, or more time than there is; `issues` name the items."""

    def __init__(self, issues: list[Issue]):
        self.issues = issues
        super().__init__("; ".join(issue.text for issue in issues))


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Filled:
    """A response with what is calculated in it: `scores` by linkId, and what evaluated it."""

    layout: Layout
    scores: Mapping[str, Any]
    calculator: Calculator


@dataclass(frozen=True, slots=True)
class Engine:
    """
    A questionnaire, ready to judge responses given as JSON.

    `now` is what `today()` means in its expressions, `known` are values that they may name
    (`patient`), and `enough` says when the time that there is for expressions is over. With a
    `memory`, of the same response a moment ago, expressions run only if what they look at changed.
    Every function raises `NotReadable` for what is no response, and `NotComputable`.
    """

    questionnaire: Questionnaire
    now: datetime
    known: Mapping[str, Any] = field(default_factory=dict)
    enough: Callable[[], bool] = _never
    memory: Memory | None = None

    def validate(self, written: Any) -> list[Issue]:
        """Return what is wrong with a response, the rules that are expressions included."""
        calculator = self.calculator()
        return self.within_limits(
            lambda: validating.validate(
                self.questionnaire,
                written,
                ask=calculator.ask,
                limit=partial(limit_by, calculator),
                constrain=partial(broken_constraints, calculator),
            )
        )

    def enabled(self, written: Any) -> dict[str, bool]:
        """Return, for every linkId, whether the item is asked."""
        return self.within_limits(lambda: enabled(self.questionnaire, read_response(written), self.calculator().ask))

    def score(self, written: Any) -> dict[str, Any]:
        """
        Return the value of every calculated item by linkId, None where it has none yet.

        Helsenorge's scores are added natively; only what a form wrote as an expression is evaluated.
        """
        return self.within_limits(lambda: self._score(written))

    def filled(self, written: Any) -> "Filled":
        """
        Return a response laid over its questionnaire, with scores and calculated answers in it.

        What is asked may hang on what is calculated; after a few rounds it counts as it stands.
        """
        return self.within_limits(lambda: self._filled(written))

    def _score(self, written: Any) -> dict[str, Any]:
        calculator = self.calculator()
        layout = lay(self.questionnaire, read_response(written))
        set_enabled(layout, calculator.ask)
        return {**_native(layout), **_calculated(layout.questionnaire, calculator.values(layout))}

    def _filled(self, written: Any) -> "Filled":
        calculator = self.calculator()
        layout = lay(self.questionnaire, read_response(written))
        set_enabled(layout, calculator.ask)
        scores: dict[str, Any] = {}
        for _ in range(MOST_ROUNDS):
            native = _native(layout)
            if native:
                layout = self._laid(_with_scores(layout, native), calculator)
            yielded, source = calculator.filled(layout)
            scores = {**native, **_calculated(self.questionnaire, yielded)}
            if not scores:
                break
            before = [(place.item.link_id, place.enabled) for place in layout.every_place()]
            layout = self._laid(source, calculator)
            if before == [(place.item.link_id, place.enabled) for place in layout.every_place()]:
                break
        return Filled(layout, scores, calculator)

    def _laid(self, written: Any, calculator: Calculator) -> Layout:
        layout = lay(self.questionnaire, read_response(written))
        set_enabled(layout, calculator.ask)
        return layout

    def calculator(self) -> Calculator:
        """Return what evaluates the expressions of one response."""
        return Calculator(expressions.compile, self.known, self.now, self.enough, memory=self.memory)

    def within_limits(self, compute: Callable[[], T]) -> T:
        """
        Return what a computation with this questionnaire's expressions gives.

        :raises NotComputable: if it has too many, or they need each other, or the time is over.
        """
        if (count := self.questionnaire.once(count_of_expressions)) > MOST_EXPRESSIONS:
            raise NotComputable([error(Code.TOO_COSTLY, "Questionnaire", f"It has {count} expressions")])
        try:
            return compute()
        except TooManyPlaces:
            raise NotComputable([error(Code.TOO_COSTLY, "QuestionnaireResponse", validating.TOO_OFTEN)]) from None
        except Circular as fault:
            raise NotComputable(
                [
                    self._refused(Code.BUSINESS_RULE, circle, f"These need each other: {', '.join(circle)}")
                    for circle in fault.circles
                ]
            ) from None
        except TooCostly as fault:
            told = "The time for the questionnaire's expressions is over"
            raise NotComputable([self._refused(Code.TOO_COSTLY, [fault.link_id], told)]) from None

    def _refused(self, code: Code, names: list[str], text: str) -> Issue:
        items = self.questionnaire.by_link_id
        return error(code, [items[name].path for name in names if name in items] or "Questionnaire", text)


def _native(layout: Layout) -> dict[str, Any]:
    return {link_id: None if total is None else tidy(total) for link_id, total in scoring.scores(layout).items()}


def _calculated(questionnaire: Questionnaire, yielded: Mapping[str, list[Any]]) -> dict[str, Any]:
    items = questionnaire.by_link_id
    return {link_id: as_number(items[link_id], found) for link_id, found in yielded.items()}


def _with_scores(layout: Layout, scores: Mapping[str, Any]) -> Any:
    """A copy of the response that has the scores where they are asked, for what reads them."""
    again = lay(layout.questionnaire, read_response(copy.deepcopy(layout.response.source)))
    draft = Draft(again.response.source)
    for link_id, score in scores.items():
        for place in again.places.get(link_id, ())[:1]:
            draft.put(place, [] if score is None else [score])
    return draft.response
