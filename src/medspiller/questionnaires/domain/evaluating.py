"""The whole engine for one response: conditions, scores and expressions together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from medspiller.questionnaires.domain import expressions, scoring, validating
from medspiller.questionnaires.domain.calculating import Calculator, Circular, TooCostly, as_number
from medspiller.questionnaires.domain.checking_expressions import MOST_EXPRESSIONS, count_of_expressions
from medspiller.questionnaires.domain.constraining import broken_constraints, limit_by
from medspiller.questionnaires.domain.definitions import Questionnaire
from medspiller.questionnaires.domain.drafting import tidy
from medspiller.questionnaires.domain.enabling import enabled, set_enabled
from medspiller.questionnaires.domain.outcomes import Code, Issue, error
from medspiller.questionnaires.domain.responses import read_response
from medspiller.questionnaires.domain.walking import Layout, TooManyPlaces, lay

T = TypeVar("T")


class NotComputable(Exception):
    """Expressions need each other, or more time than there is; `issues` name the items."""

    def __init__(self, issues: list[Issue]):
        self.issues = issues
        super().__init__("; ".join(issue.text for issue in issues))


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Engine:
    """
    A questionnaire, ready to judge responses given as JSON.

    `now` is what `today()` means in its expressions, `known` are values that they may name
    (`patient`), and `enough` says when the time that there is for expressions is over.
    Every function raises `NotReadable` for what is no response, and `NotComputable`.
    """

    questionnaire: Questionnaire
    now: datetime
    known: Mapping[str, Any] = field(default_factory=dict)
    enough: Callable[[], bool] = _never

    def validate(self, written: Any) -> list[Issue]:
        """Return what is wrong with a response, the rules that are expressions included."""
        calculator = self._calculator()
        return self._computed(
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
        return self._computed(lambda: enabled(self.questionnaire, read_response(written), self._calculator().ask))

    def score(self, written: Any) -> dict[str, Any]:
        """
        Return the value of every calculated item by linkId, None where it has none yet.

        Helsenorge's scores are added natively; only what a form wrote as an expression is evaluated.
        """
        return self._computed(lambda: self._score(written))

    def _score(self, written: Any) -> dict[str, Any]:
        calculator = self._calculator()
        layout = lay(self.questionnaire, read_response(written))
        set_enabled(layout, calculator.ask)
        return {**_native(layout), **_calculated(layout, calculator)}

    def _calculator(self) -> Calculator:
        return Calculator(expressions.compile, self.known, self.now, self.enough)

    def _computed(self, compute: Callable[[], T]) -> T:
        if (count := count_of_expressions(self.questionnaire)) > MOST_EXPRESSIONS:
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


def _calculated(layout: Layout, calculator: Calculator) -> dict[str, Any]:
    items = layout.questionnaire.by_link_id
    return {link_id: as_number(items[link_id], found) for link_id, found in calculator.values(layout).items()}
