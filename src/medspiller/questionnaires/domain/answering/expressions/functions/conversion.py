"""Conversions between types: `toX()` gives nothing where there is no such value, `convertsToX()` says so."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import quantities, temporal, values
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.operators import answer, number, written
from medspiller.questionnaires.domain.answering.expressions.quantities import Quantity
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.syntax import CALENDAR_UNITS
from medspiller.questionnaires.domain.answering.expressions.temporal import Kind, Temporal
from medspiller.questionnaires.domain.answering.expressions.values import Collection

_WHOLE = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_QUANTITY = re.compile(r"([+-]?\d{1,40}(?:\.\d{1,40})?)\s*(?:'([^']+)'|([A-Za-z]+))?", re.ASCII)
_YES = {"true", "t", "yes", "y", "1", "1.0"}
_NO = {"false", "f", "no", "n", "0", "0.0"}


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        found = number(int(value))
        return found[0] if found else None
    return value if isinstance(value, int) else None


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, str):
        return Decimal(value) if _NUMBER.fullmatch(value) else None
    return Decimal(value) if isinstance(value, bool | int | Decimal) else None


def _boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return True if value.lower() in _YES else False if value.lower() in _NO else None
    if isinstance(value, int | Decimal):
        return bool(value) if value in {0, 1} else None
    return None


def _date(value: Any) -> Temporal | None:
    if isinstance(value, str):
        value = temporal.date_time(value)
    if isinstance(value, Temporal) and value.kind is not Kind.TIME:
        return Temporal(Kind.DATE, value.fields[:3])
    return None


def _date_time(value: Any) -> Temporal | None:
    if isinstance(value, str):
        return temporal.date_time(value)
    if isinstance(value, Temporal) and value.kind is not Kind.TIME:
        return Temporal(Kind.DATE_TIME, value.fields, value.offset)
    return None


def _time(value: Any) -> Temporal | None:
    if isinstance(value, str):
        return temporal.time(value)
    return value if isinstance(value, Temporal) and value.kind is Kind.TIME else None


def _quantity(value: Any) -> Quantity | None:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, bool | int | Decimal):
        return Quantity(Decimal(value), "1")
    found = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    amount, unit, word = found.groups()
    if word is not None:
        return Quantity(Decimal(amount), word, calendar=True) if word in CALENDAR_UNITS else None
    return Quantity(Decimal(amount), unit or "1")


def _offered(kind: str, convert: Callable[[Any], Any], *, takes_unit: bool = False) -> None:
    def converted(function: str, items: Collection, unit: Collection | None) -> Collection:
        found = convert(values.single(items, function)) if items else None
        wanted = values.text(unit, function) if unit else None
        if wanted is None or not isinstance(found, Quantity):
            return answer(found)
        target = Quantity(Decimal(0), wanted, calendar=wanted in CALENDAR_UNITS)
        amount = quantities.in_unit_of(found, target)
        return [] if amount is None else [Quantity(amount, wanted, calendar=target.calendar)]

    most = 1 if takes_unit else 0

    @plain(f"to{kind}", 0, most)
    def to(run: Run, items: Collection, unit: Collection | None = None) -> Collection:
        return converted(f"to{kind}", items, unit)

    @plain(f"convertsTo{kind}", 0, most)
    def converts_to(run: Run, items: Collection, unit: Collection | None = None) -> Collection:
        return [bool(converted(f"convertsTo{kind}", items, unit))] if items else []


_offered("Integer", _integer)
_offered("Long", _integer)
_offered("Decimal", _decimal)
_offered("Boolean", _boolean)
_offered("String", written)
_offered("Date", _date)
_offered("DateTime", _date_time)
_offered("Time", _time)
_offered("Quantity", _quantity, takes_unit=True)
