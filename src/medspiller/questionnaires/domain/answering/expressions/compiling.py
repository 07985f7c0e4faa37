"""Expressions ready to be evaluated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Context, DivisionByZero, InvalidOperation, Overflow, localcontext
from functools import lru_cache
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import evaluation, parsing, values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed, TooMuchWork
from medspiller.questionnaires.domain.answering.expressions.running import Evaluator, Run, Scope
from medspiller.questionnaires.domain.answering.expressions.values import Collection

# 28 digits, as FHIRPath asks at least; numbers beyond 10^99 overflow.
_NUMBERS = Context(prec=28, Emax=99, Emin=-99, traps=[InvalidOperation, DivisionByZero, Overflow])
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Compiled:
    """One expression, read and checked; it keeps nothing of what it is evaluated on."""

    expression: str
    _evaluate: Evaluator = field(repr=False, compare=False)

    def evaluate(
        self, resource: Any, context: Mapping[str, Any] = _NOTHING, *, now: datetime | None = None
    ) -> list[Any]:
        """
        Return the results as plain values.

        Elements come as the JSON they are, decimals as `Decimal`, dates and times as text, and
        quantities that were computed as `Quantity`.

        :param resource: the JSON that the expression starts from, or several in a list.
        :param context: variables by name without `%`: JSON, plain values, or what `nodes` returned;
            `%resource`, `%rootResource` and `%context` are `resource` unless they are given here.
        :param now: what `now()` and `today()` mean.
        :raises EvaluationFailed: where FHIRPath says that it is an error.
        :raises TooMuchWork: if it would take too long.
        """
        return [values.outside(item) for item in self.nodes(resource, context, now=now)]

    def nodes(self, resource: Any, context: Mapping[str, Any] = _NOTHING, *, now: datetime | None = None) -> Collection:
        """Return the results as they are inside, with their types and parents, to be given on as variables."""
        own = {"resource": resource, "rootResource": resource, "context": resource}
        run = Run({**own, **context}, now)
        given = resource if isinstance(resource, list) else [resource]
        focus = [values.wrapped(item) for item in given if item is not None]
        try:
            with localcontext(_NUMBERS):
                return self._evaluate(Scope(run, focus), focus)
        except RecursionError:
            raise TooMuchWork("what the expression looks at is nested too deeply") from None
        except (ArithmeticError, ValueError):
            # Out of range of what numbers may be: FHIRPath's own limits lie far within.
            raise EvaluationFailed("a number is out of range") from None


@lru_cache(maxsize=4096)
def compile(expression: str) -> Compiled:  # noqa: A001 - it is what the step is called everywhere
    """
    Return an expression ready to be evaluated; the same one again costs nothing.

    :raises UnreadableExpression: with the column where it stops being FHIRPath.
    :raises EvaluationFailed: if it names a function or type that there is not.
    :raises TooMuchWork: if it is too long or too deep.
    """
    return Compiled(expression, evaluation.evaluator(parsing.parse(expression)))
