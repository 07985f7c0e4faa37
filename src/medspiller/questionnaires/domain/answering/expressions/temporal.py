"""
Dates, times and moments that may be known in part: `2015`, `2015-02`, `T14:30`.

Two of them compare as far as both are known; where that does not decide it, the answer is not known.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date as day_of_calendar
from decimal import ROUND_DOWN, Decimal
from enum import Enum

_DATE = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
_TIME = r"(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?"
_ONLY_DATE = re.compile(_DATE, re.ASCII)
_ONLY_TIME = re.compile(rf"T?{_TIME}", re.ASCII)
_MOMENT = re.compile(rf"{_DATE}(?:T(?:{_TIME}(Z|[+-]\d\d:\d\d)?)?)?", re.ASCII)
# Clocks anywhere are at most so far from UTC, in seconds (ISO 8601 allows +14:00 and −12:00).
_EARLIEST, _LATEST = 14 * 3600, 12 * 3600
_DAY = 86_400
_FIRST_DEFAULTS = (1, 1, 1, 0, 0, Decimal(0))


class Kind(Enum):
    """The three types of FHIRPath that tell time."""

    DATE = "Date"
    DATE_TIME = "DateTime"
    TIME = "Time"


@dataclass(frozen=True, slots=True)
class Temporal:
    """`fields` from year, or for a time from hour, down to the last known; `offset` from UTC in minutes."""

    kind: Kind
    fields: tuple[int | Decimal, ...]
    offset: int | None = None

    def __str__(self) -> str:
        if self.kind is Kind.TIME:
            return _clock(self.fields)
        text = f"{self.fields[0]:04}" + "".join(f"-{part:02}" for part in self.fields[1:3])
        if self.kind is Kind.DATE or len(self.fields) <= 3:
            return text
        return f"{text}T{_clock(self.fields[3:])}{_offset(self.offset)}"


def date(text: str) -> Temporal | None:
    """Return a date of any precision, or None if there is no such day."""
    found = _ONLY_DATE.fullmatch(text)
    return _checked(Kind.DATE, found.groups(), None) if found else None


def date_time(text: str) -> Temporal | None:
    """Return a moment of any precision, or None if it is none."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    *parts, zone = found.groups()
    if zone is None:
        return _checked(Kind.DATE_TIME, tuple(parts), None)
    sign = -1 if zone[0] == "-" else 1
    offset = 0 if zone == "Z" else sign * (int(zone[1:3]) * 60 + int(zone[4:6]))
    return _checked(Kind.DATE_TIME, tuple(parts), offset) if abs(offset) <= 14 * 60 else None


def time(text: str) -> Temporal | None:
    """Return a time of day of any precision, or None if it is none."""
    found = _ONLY_TIME.fullmatch(text)
    return _checked(Kind.TIME, found.groups(), None) if found else None


def _checked(kind: Kind, parts: tuple[str | None, ...], offset: int | None) -> Temporal | None:
    known = [part for part in parts if part is not None]
    clock_at = 0 if kind is Kind.TIME else 3
    numbers: list[int | Decimal] = [int(part) for part in known[: clock_at + 2]]
    if len(known) > clock_at + 2:
        numbers.append(Decimal(known[clock_at + 2]))
    hour, minute, second = [*numbers[clock_at:], 0, 0, 0][:3]
    if hour > 23 or minute > 59 or second >= 60:
        return None
    if kind is not Kind.TIME and not _is_day(numbers[:3]):
        return None
    return Temporal(kind, tuple(numbers), offset)


def _is_day(parts: list[int | Decimal]) -> bool:
    year, month, day = ([int(part) for part in parts] + [1, 1])[:3]
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _clock(parts: tuple[int | Decimal, ...]) -> str:
    text = ":".join(f"{part:02}" for part in parts[:2])
    if len(parts) < 3:
        return text
    whole, _, fraction = f"{parts[2]:f}".partition(".")
    return f"{text}:{int(whole):02}" + (f".{fraction}" if fraction else "")


def _offset(minutes: int | None) -> str:
    if minutes is None:
        return ""
    if minutes == 0:
        return "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def compare(one: Temporal, other: Temporal) -> int | None:
    """
    Return −1, 0 or 1, or None if what is known of them does not decide it.

    A moment with an offset and one without are compared as the spans of time they may mean.

    :raises TypeError: if one is a time of day and the other is not.
    """
    if (one.kind is Kind.TIME) is not (other.kind is Kind.TIME):
        raise TypeError("a time of day does not compare with a date")
    if _placed(one) is not _placed(other):
        return _by_spans(one, other)
    left, right = _in_utc(one), _in_utc(other)
    for mine, theirs in zip(left, right, strict=False):
        if mine != theirs:
            return -1 if mine < theirs else 1
    return 0 if len(left) == len(right) else None


def _placed(value: Temporal) -> bool:
    return value.offset is not None


def _by_spans(one: Temporal, other: Temporal) -> int | None:
    (first, last), (other_first, other_last) = _span(one), _span(other)
    if last < other_first:
        return -1
    return 1 if first > other_last else None


def _span(value: Temporal) -> tuple[Decimal, Decimal]:
    fields = _in_utc(value)
    first = _seconds(fields)
    last = _seconds(last_known(fields))
    return (first, last) if _placed(value) else (first - _EARLIEST, last + _LATEST)


def last_known(fields: tuple[int | Decimal, ...]) -> tuple[int | Decimal, ...]:
    """Return the last moment that a date with these fields may mean, to the millisecond."""
    whole: list[int | Decimal] = list(fields)
    for at, top in enumerate((9999, 12, None, 23, 59, Decimal("59.999"))):
        if at >= len(whole):
            whole.append(monthrange(int(whole[0]), int(whole[1]))[1] if top is None else top)
    return tuple(whole)


def _seconds(fields: tuple[int | Decimal, ...]) -> Decimal:
    year, month, day, hour, minute, second = (*fields, *_FIRST_DEFAULTS[len(fields) :])
    days = day_of_calendar(int(year), int(month), int(day)).toordinal()
    return Decimal(days * _DAY + int(hour) * 3600 + int(minute) * 60) + second


def _in_utc(value: Temporal) -> tuple[int | Decimal, ...]:
    if not value.offset or len(value.fields) < 4:
        return value.fields
    moved = _from_seconds(_seconds(value.fields) - value.offset * 60)
    return value.fields if moved is None else moved[: len(value.fields)]


def _from_seconds(seconds: Decimal) -> tuple[int | Decimal, ...] | None:
    days, rest = divmod(seconds, _DAY)
    if not 1 <= days <= day_of_calendar.max.toordinal():
        return None
    day = day_of_calendar.fromordinal(int(days))
    hour, rest = divmod(rest, 3600)
    minute, second = divmod(rest, 60)
    return (day.year, day.month, day.day, int(hour), int(minute), second)


def comparable_key(value: Temporal) -> tuple[object, ...]:
    """Return what is the same for two values that are equal, and for no others."""
    shape = "time" if value.kind is Kind.TIME else "date"
    return (shape, _placed(value), *(Decimal(part).normalize() for part in _in_utc(value)))


def plus(value: Temporal, amount: Decimal, unit: str) -> Temporal | None:
    """
    Return `value` moved by a number of calendar units, with the precision it had; None if no calendar has that day.

    A fraction of a unit does not count. A unit finer than what is known counts in whole units of
    what is known (365 days to a year, 30 to a month).
    """
    whole = int(amount.to_integral_value(rounding=ROUND_DOWN))
    if value.kind is Kind.TIME:
        return _plus_time(value, whole, unit)
    known = len(value.fields)
    if unit in {"year", "month"}:
        months = whole * (12 if unit == "year" else 1)
        return _plus_months(value, months if known > 1 else _towards_zero(months, 12) * 12)
    seconds = whole * Decimal(_LENGTH[unit])
    if known <= 2:
        days = _towards_zero(seconds, _DAY)
        return _plus_months(value, _towards_zero(days, 365) * 12 if known == 1 else _towards_zero(days, 30))
    step = (_DAY, 3600, 60)[known - 3] if known < 6 else None
    if step:
        seconds = Decimal(_towards_zero(seconds, step) * step)
    moved = _from_seconds(_seconds(value.fields) + seconds)
    return None if moved is None else Temporal(value.kind, moved[:known], value.offset)


_LENGTH: dict[str, int | Decimal] = {
    "week": 7 * _DAY,
    "day": _DAY,
    "hour": 3600,
    "minute": 60,
    "second": 1,
    "millisecond": Decimal("0.001"),
}


def _towards_zero(amount: int | Decimal, step: int) -> int:
    size = int(Decimal(amount).copy_abs() // step)
    return size if amount >= 0 else -size


def _plus_months(value: Temporal, months: int) -> Temporal | None:
    year, month, *rest = (*value.fields, 1) if len(value.fields) == 1 else value.fields
    years, month_at = divmod(int(year) * 12 + int(month) - 1 + months, 12)
    if not 1 <= years <= 9999:
        return None
    moved: list[int | Decimal] = [years, month_at + 1, *rest]
    if rest:
        moved[2] = min(int(rest[0]), monthrange(years, month_at + 1)[1])
    return Temporal(value.kind, tuple(moved[: len(value.fields)]), value.offset)


def _plus_time(value: Temporal, amount: int, unit: str) -> Temporal | None:
    if unit not in _LENGTH:
        return None
    parts = (*value.fields, 0, 0)[:3]
    seconds = Decimal(int(parts[0]) * 3600 + int(parts[1]) * 60) + parts[2]
    step = (3600, 60, 1)[len(value.fields) - 1]
    change = amount * Decimal(_LENGTH[unit])
    if len(value.fields) < 3:
        change = Decimal(_towards_zero(Decimal(change), step) * step)
    moved = (seconds + change) % _DAY
    if moved < 0:
        moved += _DAY
    hour, rest = divmod(moved, 3600)
    minute, second = divmod(rest, 60)
    fields: tuple[int | Decimal, ...] = (int(hour), int(minute), second)
    return Temporal(Kind.TIME, fields[: len(value.fields)])
