"""
How two values of FHIR compare.

Dates may be partial: 2026 is the whole year. One day is before another only if all of it is, and
the two are the same only if they say the same, so a comparison that nobody can decide is neither.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any

from medspiller.questionnaires.domain.definition.definitions import Value
from medspiller.questionnaires.domain.definition.reading_values import number


class Order(Enum):
    """How a first value lies to a second. UNORDERED: not the same, and neither before nor after."""

    BEFORE = -1
    SAME = 0
    AFTER = 1
    UNORDERED = 2


_MOMENT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<part>\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?"
)
_NUMBERS = ("integer", "decimal")
_MOMENTS = ("date", "dateTime")
_TEXTS = ("string", "uri")


def compare(first: Value, second: Value) -> Order | None:
    """Return how two values lie to each other, None if they cannot be compared at all."""
    kinds = (first.kind, second.kind)
    if all(kind in _NUMBERS for kind in kinds):
        return _of_numbers(number(first.content), number(second.content))
    if all(kind in _MOMENTS for kind in kinds):
        return _of_moments(first.content, second.content)
    if all(kind in _TEXTS for kind in kinds):
        return _of_order(_as_sorted(first.content), _as_sorted(second.content))
    if kinds == ("Coding", "Reference"):
        # Helsenorge offers references as codes.
        return _same(first.content.get("code"), second.content.get("reference"))
    if first.kind != second.kind:
        return None
    match first.kind:
        case "boolean":
            return _same(first.content, second.content)
        case "time":
            return _of_order(_as_clock(first.content), _as_clock(second.content))
        case "Coding":
            return of_codings(first.content, second.content)
        case "Quantity":
            return of_quantities(first.content, second.content)
        case "Reference":
            return _same(first.content.get("reference"), second.content.get("reference"))
    return None


def of_codings(first: Mapping[str, Any], second: Mapping[str, Any]) -> Order | None:
    """Compare by system and code; what a code is called never counts, except where neither has a code."""
    if "code" not in first and "code" not in second:
        return _same(first.get("display"), second.get("display"))
    if first.get("system") != second.get("system"):
        return Order.UNORDERED
    return _same(first.get("code"), second.get("code"))


def of_quantities(first: Mapping[str, Any], second: Mapping[str, Any]) -> Order | None:
    """Compare amounts of the same unit; amounts of different units are not compared, for nothing is converted."""
    if unit_of(first) != unit_of(second):
        return None
    return _of_numbers(number(first.get("value")), number(second.get("value")))


def unit_of(quantity: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return what tells a unit: system and code, or its name where it has no code."""
    if quantity.get("code"):
        return quantity.get("system"), quantity.get("code")
    return None, quantity.get("unit")


def is_same(first: Value, second: Value) -> bool:
    """Say whether two values are the same."""
    return compare(first, second) is Order.SAME


def _of_numbers(first: Decimal | None, second: Decimal | None) -> Order | None:
    return None if first is None or second is None else _of_order(first, second)


def _of_order(first: Any, second: Any) -> Order:
    return Order.SAME if first == second else Order.BEFORE if first < second else Order.AFTER


def _same(first: Any, second: Any) -> Order | None:
    if first is None or second is None:
        return None
    return Order.SAME if first == second else Order.UNORDERED


def _as_sorted(text: str) -> tuple[str, str]:
    """As a dictionary sorts: letters first, and only then whether they are large."""
    return text.casefold(), text.swapcase()


def _as_clock(text: str) -> tuple[str, str]:
    """Helsenorge leaves the seconds out; a part of a second is written to any length."""
    return text[:5], text[6:].rstrip("0").rstrip(".") if "." in text else text[6:].removesuffix("00")


def _of_moments(first: str, second: str) -> Order | None:
    one, other = _span(first), _span(second)
    if one is None or other is None:
        return None
    if (one[0].tzinfo is None) != (other[0].tzinfo is None):
        # A day has no zone: hold it against the day that the clock showed where the moment was written.
        one, other = (tuple(end.replace(tzinfo=None) for end in span) for span in (one, other))  # type: ignore[assignment]
    if one == other:
        return Order.SAME
    if one[1] <= other[0]:
        return Order.BEFORE
    return Order.AFTER if one[0] >= other[1] else Order.UNORDERED


def _span(text: str) -> tuple[datetime, datetime] | None:
    """The first moment of what is said, and the first after it."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        return _bounds(found)
    except (ValueError, OverflowError):
        return None


def _bounds(found: re.Match[str]) -> tuple[datetime, datetime]:
    year, month, day = int(found["year"]), _whole(found["month"]), _whole(found["day"])
    start = datetime(year, month or 1, day or 1, tzinfo=None)  # noqa: DTZ001 - a day has no zone
    if month is None:
        return start, start + timedelta(days=366 if monthrange(year, 2)[1] == 29 else 365)
    if day is None:
        return start, start + timedelta(days=monthrange(year, month)[1])
    if not found["hour"]:
        return start, start + timedelta(days=1)
    seconds = Decimal((found["second"] or "0") + (found["part"] or ""))
    at = start.replace(tzinfo=_zone(found["zone"])) + timedelta(
        hours=int(found["hour"]), minutes=int(found["minute"]), microseconds=int(seconds * 1_000_000)
    )
    return at, at + timedelta(microseconds=1)


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return timezone(-offset if text[0] == "-" else offset)


def _whole(text: str | None) -> int | None:
    return int(text) if text else None
