"""`=`, `~`, `<` and their relatives: truths, or None where what is known does not decide it."""

import json
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import quantities, temporal, values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.temporal import Temporal
from medspiller.questionnaires.domain.answering.expressions.values import Collection, Node, is_number, plain


def equal(left: Collection, right: Collection) -> bool | None:
    """Say whether two collections hold the same in the same order; None if either is empty."""
    if not left or not right:
        return None
    if len(left) != len(right):
        return False
    verdict: bool | None = True
    for one, other in zip(left, right, strict=True):
        same = _same(one, other)
        if same is False:
            return False
        verdict = None if same is None else verdict
    return verdict


def _same(one: Any, other: Any) -> bool | None:
    mine, theirs = _paired(plain(one), plain(other))
    if mine is None or theirs is None:
        return _structure(one) == _structure(other) if mine is theirs else False
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return bool(mine is theirs)
    if isinstance(mine, Temporal) and isinstance(theirs, Temporal):
        if (mine.kind is temporal.Kind.TIME) is not (theirs.kind is temporal.Kind.TIME):
            return False
        order = temporal.compare(mine, theirs)
        return None if order is None else order == 0
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        order = quantities.compare(mine, theirs)
        # A calendar year may or may not be the fixed `a`; a length and a weight have nothing to compare.
        return None if order is None else order == 0
    if type(mine) is not type(theirs) and not (is_number(mine) and is_number(theirs)):
        return False
    return bool(mine == theirs)


def _structure(item: Any) -> Any:
    return item.data if isinstance(item, Node) else item


def _paired(one: Any, other: Any) -> tuple[Any, Any]:
    """Let a number stand beside a quantity as one without a unit, and text beside a date as the date it is."""
    if isinstance(one, Quantity) and is_number(other):
        return one, Quantity(Decimal(other), "1")
    if is_number(one) and isinstance(other, Quantity):
        return Quantity(Decimal(one), "1"), other
    if isinstance(one, Temporal) and isinstance(other, str):
        return one, values.moment(other) or other
    if isinstance(one, str) and isinstance(other, Temporal):
        return values.moment(one) or one, other
    return one, other


def equivalent(left: Collection, right: Collection) -> bool:
    """Say whether two collections are alike in any order: without case, blanks and more precision than both have."""
    if len(left) != len(right):
        return False
    if len(left) == 1:
        return _alike(left[0], right[0])
    rest = list(right)
    for one in left:
        found = next((at for at, other in enumerate(rest) if _alike(one, other)), None)
        if found is None:
            return False
        del rest[found]
    return True


def _alike(one: Any, other: Any) -> bool:
    mine, theirs = _paired(plain(one), plain(other))
    if isinstance(mine, str) and isinstance(theirs, str):
        return _flat(mine) == _flat(theirs)
    if is_number(mine) and is_number(theirs):
        return _alike_numbers(Decimal(mine), Decimal(theirs))
    if isinstance(mine, Temporal) and isinstance(theirs, Temporal):
        same_kind = (mine.kind is temporal.Kind.TIME) is (theirs.kind is temporal.Kind.TIME)
        return same_kind and temporal.compare(mine, theirs) == 0
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        mine, theirs = quantities.definite(mine), quantities.definite(theirs)
        converted = quantities.in_unit_of(theirs, mine)
        return converted is not None and _alike_quantities(mine.value, theirs.value, converted)
    if mine is None and theirs is None:
        return bool(_loose(_structure(one)) == _loose(_structure(other)))
    return type(mine) is type(theirs) and bool(mine == theirs)


def _alike_numbers(one: Decimal, other: Decimal) -> bool:
    places = min(_places(one), _places(other))
    return _rounded(one, places) == _rounded(other, places)


def _alike_quantities(one: Decimal, written: Decimal, converted: Decimal) -> bool:
    """The second was written in another unit, so its own precision is that of what was written."""
    if converted == one:
        return True
    places = min(_places(one), max(_places(converted), _places(written)))
    return _rounded(one, places) == _rounded(converted, places)


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def _loose(data: Any) -> Any:
    """Return JSON without what equivalence passes over: case, order in lists."""
    if isinstance(data, dict):
        return {name: _loose(value) for name, value in data.items() if name != "id"}
    if isinstance(data, list):
        return Counter(json.dumps(_loose(item), sort_keys=True, default=str) for item in data)
    return _flat(data) if isinstance(data, str) else data


def order(left: Collection, right: Collection, operator: str) -> int | None:
    """
    Return −1, 0 or 1, or None if either is empty or what is known does not decide it.

    :raises EvaluationFailed: for several values, or values of types that have no order between them.
    """
    one, other = values.single(left, operator), values.single(right, operator)
    if one is None or other is None:
        return None
    return ordered(one, other, operator)


def ordered(one: Any, other: Any, operator: str) -> int | None:
    """Return the order of two plain values, as `order` does."""
    mine, theirs = _paired(one, other)
    if (is_number(mine) and is_number(theirs)) or (isinstance(mine, str) and isinstance(theirs, str)):
        return int(mine > theirs) - int(mine < theirs)
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        return quantities.compare(mine, theirs)
    if isinstance(mine, Temporal) and isinstance(theirs, Temporal):
        try:
            return temporal.compare(mine, theirs)
        except TypeError:
            pass
    raise EvaluationFailed(f"{operator}: {values.type_of(one)[1]} and {values.type_of(other)[1]} have no order")
