"""What stands between two operands, and what becomes of them."""

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import comparing, quantities, temporal, values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.temporal import Temporal
from medspiller.questionnaires.domain.answering.expressions.values import Collection, is_number, single, type_of

Operator = Callable[[Run, Collection, Collection], Collection]
# Beyond it a whole number overflows, which FHIRPath answers with nothing.
_LARGEST_WHOLE = 2**63 - 1


def answer(value: Any) -> Collection:
    """Return a value as a collection; None is an empty one."""
    return [] if value is None else [value]


def number(value: Any) -> Collection:
    """Return a computed number as a collection, empty if it overflows."""
    if isinstance(value, int) and abs(value) > _LARGEST_WHOLE:
        return []
    if isinstance(value, Decimal) and not value.is_finite():
        return []
    return answer(value)


def _arithmetic(operator: str, compute: Callable[[Any, Any], Any]) -> Operator:
    def applied(run: Run, left: Collection, right: Collection) -> Collection:
        one, other = single(left, operator), single(right, operator)
        if one is None or other is None:
            return []
        result = compute(one, other)
        if result is NotImplemented:
            raise EvaluationFailed(f"{operator}: not possible with {type_of(one)[1]} and {type_of(other)[1]}")
        if isinstance(result, str):
            return [run.bounded(result)]
        return number(result)

    return applied


def _moved(one: Temporal, other: Quantity, sign: int) -> Any:
    unit = quantities.duration_unit(other)
    if unit is None or (one.kind is temporal.Kind.TIME and unit in {"year", "month", "week", "day"}):
        return NotImplemented
    return temporal.plus(one, sign * other.value, unit)


def _sum(one: Any, other: Any, sign: int) -> Any:
    if is_number(one) and is_number(other):
        return one + sign * other
    if isinstance(other, Quantity):
        moment = values.moment(one)
        if moment is not None:
            return _moved(moment, other, sign)
        if isinstance(one, Quantity):
            converted = quantities.in_unit_of(other, one)
            return (
                None if converted is None else Quantity(one.value + sign * converted, one.unit, calendar=one.calendar)
            )
    return NotImplemented


def _plus(one: Any, other: Any) -> Any:
    return one + other if isinstance(one, str) and isinstance(other, str) else _sum(one, other, 1)


def _minus(one: Any, other: Any) -> Any:
    return _sum(one, other, -1)


def _unitless(one: Any, other: Any) -> tuple[Any, Any]:
    if isinstance(one, Quantity) and is_number(other):
        return one, Quantity(Decimal(other), "1")
    if is_number(one) and isinstance(other, Quantity):
        return Quantity(Decimal(one), "1"), other
    return one, other


def _times(one: Any, other: Any) -> Any:
    one, other = _unitless(one, other)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return quantities.times(one, other)
    return one * other if is_number(one) and is_number(other) else NotImplemented


def _divided(one: Any, other: Any) -> Any:
    one, other = _unitless(one, other)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return quantities.divided(one, other)
    if not (is_number(one) and is_number(other)):
        return NotImplemented
    return Decimal(one) / Decimal(other) if other else None


def _whole_division(one: Any, other: Any) -> Any:
    if not (is_number(one) and is_number(other)):
        return NotImplemented
    if not other:
        return None
    if isinstance(one, int) and isinstance(other, int):
        return abs(one) // abs(other) * (1 if (one < 0) is (other < 0) else -1)
    return int((Decimal(one) / Decimal(other)).to_integral_value(rounding=ROUND_DOWN))


def _rest(one: Any, other: Any) -> Any:
    if not (is_number(one) and is_number(other)):
        return NotImplemented
    if not other:
        return None
    if isinstance(one, int) and isinstance(other, int):
        return one - other * _whole_division(one, other)
    return Decimal(one) % Decimal(other)


def written(value: Any) -> str | None:
    """Return a plain value as text, as `toString()` does; None if it is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str | int | Temporal | Quantity):
        return str(value)
    return None


def _joined(run: Run, left: Collection, right: Collection) -> Collection:
    return [run.bounded((written(single(left, "&")) or "") + (written(single(right, "&")) or ""))]


def _compared(operator: str, holds: Callable[[int], bool]) -> Operator:
    def applied(run: Run, left: Collection, right: Collection) -> Collection:
        order = comparing.order(left, right, operator)
        return [] if order is None else [holds(order)]

    return applied


def _equal(run: Run, left: Collection, right: Collection) -> Collection:
    run.spend(min(len(left), len(right)))
    return answer(comparing.equal(left, right))


def _unequal(run: Run, left: Collection, right: Collection) -> Collection:
    return [not truth for truth in _equal(run, left, right)]


def _equivalent(run: Run, left: Collection, right: Collection) -> Collection:
    run.spend(len(left) * len(right))
    return [comparing.equivalent(left, right)]


def _unlike(run: Run, left: Collection, right: Collection) -> Collection:
    return [not truth for truth in _equivalent(run, left, right)]


def union(run: Run, left: Collection, right: Collection) -> Collection:
    """Return both collections together, without what is there twice."""
    run.spend(len(left) + len(right))
    return values.distinct([*left, *right])


def _among(operator: str, items: Collection, all_items: Collection) -> Collection:
    if not items:
        return []
    if len(items) > 1:
        raise EvaluationFailed(f"{operator}: one value is meant, and there are {len(items)}")
    wanted = values.key(items[0])
    return [any(values.key(item) == wanted for item in all_items)]


def _in(run: Run, left: Collection, right: Collection) -> Collection:
    run.spend(len(right))
    return _among("in", left, right)


def _contains(run: Run, left: Collection, right: Collection) -> Collection:
    run.spend(len(left))
    return _among("contains", right, left)


def _logic(operator: str, decide: Callable[[bool | None, bool | None], bool | None]) -> Operator:
    def applied(run: Run, left: Collection, right: Collection) -> Collection:
        return answer(decide(values.truth(left, operator), values.truth(right, operator)))

    return applied


def _and(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _xor(one: bool | None, other: bool | None) -> bool | None:
    return None if one is None or other is None else one is not other


def _implies(one: bool | None, other: bool | None) -> bool | None:
    return _or(None if one is None else not one, other)


OPERATORS: dict[str, Operator] = {
    "+": _arithmetic("+", _plus),
    "-": _arithmetic("-", _minus),
    "*": _arithmetic("*", _times),
    "/": _arithmetic("/", _divided),
    "div": _arithmetic("div", _whole_division),
    "mod": _arithmetic("mod", _rest),
    "&": _joined,
    "|": union,
    "=": _equal,
    "!=": _unequal,
    "~": _equivalent,
    "!~": _unlike,
    "<": _compared("<", lambda order: order < 0),
    ">": _compared(">", lambda order: order > 0),
    "<=": _compared("<=", lambda order: order <= 0),
    ">=": _compared(">=", lambda order: order >= 0),
    "in": _in,
    "contains": _contains,
    "and": _logic("and", _and),
    "or": _logic("or", _or),
    "xor": _logic("xor", _xor),
    "implies": _logic("implies", _implies),
}
# Left operands that settle the matter, so that the right one is not looked at.
SETTLED_BY = {"and": (False, False), "or": (True, True), "implies": (False, True)}


def signed(sign: str, items: Collection) -> Collection:
    """
    Return a number or a quantity with its sign turned, or as it is after `+`.

    :raises EvaluationFailed: for anything else.
    """
    value = single(items, sign)
    if value is None:
        return []
    if isinstance(value, Quantity):
        return [Quantity(-value.value, value.unit, calendar=value.calendar) if sign == "-" else value]
    if not is_number(value):
        raise EvaluationFailed(f"{sign}: a number is meant, and this is {type_of(value)[1]}")
    return [-value if sign == "-" else value]
