"""
The least and the greatest value that a value of limited precision may stand for.

Precision is counted in decimals for numbers and in digits for dates: 4 a year, 8 a day, 17 a moment.
"""

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import quantities, temporal, values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.operators import answer
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.temporal import Kind, Temporal
from medspiller.questionnaires.domain.answering.expressions.values import Collection, single

_PLACES, _MOST_PLACES = 8, 31
_DATE_DIGITS = {4: 1, 6: 2, 8: 3, 10: 4, 12: 5, 14: 6, 17: 6}
_TIME_DIGITS = {2: 1, 4: 2, 6: 3, 9: 3}
# The first and the last clock in the world, in minutes from UTC.
_FIRST_CLOCK, _LAST_CLOCK = 14 * 60, -12 * 60


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _boundary_of_number(value: Decimal, places: int, *, high: bool) -> Decimal | None:
    """A low boundary is cut off at the places asked for and a high one rounded, both by size without the sign."""
    if not 0 <= places <= _MOST_PLACES:
        return None
    half = Decimal(5).scaleb(-_decimals(value) - 1)
    outwards = (value >= 0) is high if value else True
    size = abs(value) + half if outwards else abs(value) - half
    cut = size.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP if outwards else ROUND_DOWN)
    negative = value < 0 or (not value and not high)
    return -cut if negative else cut


def _boundary_of_time(value: Temporal, digits: int, *, high: bool) -> Temporal | None:
    known = (_TIME_DIGITS if value.kind is Kind.TIME else _DATE_DIGITS).get(digits)
    if known is None or (value.kind is Kind.DATE and known > 3):
        return None
    before: tuple[int | Decimal, ...] = (2000, 1, 1) if value.kind is Kind.TIME else ()
    fields = [*before, *value.fields]
    if high:
        fields = list(temporal.last_known(tuple(fields)))
    else:
        fields += (1, 1, 1, 0, 0, Decimal("0.000"))[len(fields) :]
    fields[5] = Decimal(fields[5]).quantize(Decimal("0.001") if digits in {9, 17} else Decimal(1), ROUND_DOWN)
    kept = tuple(fields[len(before) :][:known])
    offset = value.offset
    if value.kind is Kind.DATE_TIME and known > 3 and offset is None:
        offset = _LAST_CLOCK if high else _FIRST_CLOCK
    return Temporal(value.kind, kept, offset if known > 3 and value.kind is Kind.DATE_TIME else None)


def _default_digits(value: Temporal) -> int:
    return {Kind.DATE: 8, Kind.DATE_TIME: 17, Kind.TIME: 9}[value.kind]


def _boundary(items: Collection, precision: Collection | None, function: str, *, high: bool) -> Collection:
    value: Any = single(items, function)
    wanted = values.whole(precision, function) if precision else None
    if value is None:
        return []
    if isinstance(value, Temporal):
        return answer(_boundary_of_time(value, wanted or _default_digits(value), high=high))
    places = _PLACES if wanted is None else wanted
    if isinstance(value, Quantity):
        found = _boundary_of_number(value.value, places, high=high)
        return [] if found is None else [Quantity(found, value.unit, calendar=value.calendar)]
    if not values.is_number(value):
        raise EvaluationFailed(f"{function}: not possible with {values.type_of(value)[1]}")
    return answer(_boundary_of_number(Decimal(value), places, high=high))


@plain("lowBoundary", 0, 1)
def low_boundary(run: Run, items: Collection, precision: Collection | None = None) -> Collection:
    return _boundary(items, precision, "lowBoundary", high=False)


@plain("highBoundary", 0, 1)
def high_boundary(run: Run, items: Collection, precision: Collection | None = None) -> Collection:
    return _boundary(items, precision, "highBoundary", high=True)


@plain("precision")
def precision(run: Run, items: Collection) -> Collection:
    value = single(items, "precision")
    if isinstance(value, Temporal):
        return [_digits(value)]
    if value is not None and not values.is_number(value):
        raise EvaluationFailed(f"precision: not possible with {values.type_of(value)[1]}")
    return [] if value is None else [_decimals(Decimal(value))]


def _digits(value: Temporal) -> int:
    of_kind: Callable[[int], int] = (
        (lambda known: 2 * known) if value.kind is Kind.TIME else (lambda known: 2 + 2 * known)
    )
    seconds_at = 3 if value.kind is Kind.TIME else 6
    digits = of_kind(len(value.fields))
    return digits + _decimals(Decimal(value.fields[-1])) if len(value.fields) == seconds_at else digits


@plain("comparable", 1)
def comparable(run: Run, items: Collection, other: Collection) -> Collection:
    one, another = single(items, "comparable"), single(other, "comparable")
    if one is None or another is None:
        return []
    both = isinstance(one, Quantity) and isinstance(another, Quantity)
    return [both and quantities.comparable(one, another)]
