"""Functions on numbers."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal, DecimalException
from math import log2
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.operators import number
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.values import Collection, single

_MOST_PLACES = 25


def _number(items: Collection, function: str) -> Any:
    value = single(items, function)
    if value is not None and not values.is_number(value):
        raise EvaluationFailed(f"{function}: a number is meant, and this is {values.type_of(value)[1]}")
    return value


def _computed(compute: Callable[..., Any], *arguments: Any) -> Collection:
    """Return what was computed; a number that there is not (a root of −1) is nothing."""
    try:
        return number(compute(*arguments))
    except (DecimalException, ZeroDivisionError, OverflowError):
        return []


def _of_one(name: str, compute: Callable[[Any], Any]) -> None:
    @plain(name)
    def function(run: Run, items: Collection) -> Collection:
        value = _number(items, name)
        return [] if value is None else _computed(compute, value)


_of_one("ceiling", lambda value: int(Decimal(value).to_integral_value(rounding=ROUND_CEILING)))
_of_one("floor", lambda value: int(Decimal(value).to_integral_value(rounding=ROUND_FLOOR)))
_of_one("truncate", lambda value: int(Decimal(value).to_integral_value(rounding=ROUND_DOWN)))
_of_one("exp", lambda value: Decimal(value).exp())
_of_one("ln", lambda value: Decimal(value).ln())
_of_one("sqrt", lambda value: Decimal(value).sqrt())


@plain("abs")
def absolute(run: Run, items: Collection) -> Collection:
    value = single(items, "abs")
    if isinstance(value, Quantity):
        return [Quantity(abs(value.value), value.unit, calendar=value.calendar)]
    value = _number(items, "abs")
    return [] if value is None else [abs(value)]


@plain("log", 1)
def log(run: Run, items: Collection, base: Collection) -> Collection:
    value, to = _number(items, "log"), _number(base, "log")
    if value is None or to is None:
        return []
    return _computed(lambda: _tidied(Decimal(value).ln() / Decimal(to).ln()))


def _tidied(value: Decimal) -> Decimal:
    """Return 4 where the last digits of two logarithms made 3.999…"""
    rounded = value.quantize(Decimal("1e-15"))
    return rounded.normalize() if abs(rounded - value) < Decimal("1e-20") else value


@plain("power", 1)
def power(run: Run, items: Collection, exponent: Collection) -> Collection:
    value, times = _number(items, "power"), _number(exponent, "power")
    if value is None or times is None:
        return []
    if isinstance(value, int) and isinstance(times, int) and times >= 0:
        too_large = abs(value) > 1 and times * log2(abs(value)) > 64
        return [] if too_large else number(value**times)
    return _computed(lambda: Decimal(value) ** Decimal(times))


@plain("round", 0, 1)
def round_(run: Run, items: Collection, places: Collection | None = None) -> Collection:
    value = _number(items, "round")
    wanted = values.whole(places, "round") if places else 0
    if wanted is None or wanted < 0:
        raise EvaluationFailed("round: the number of places is not below zero")
    if value is None or isinstance(value, int):
        return [] if value is None else [value]
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= wanted:
        return [value]
    return _computed(value.quantize, Decimal(1).scaleb(-min(wanted, _MOST_PLACES)), ROUND_HALF_UP)
