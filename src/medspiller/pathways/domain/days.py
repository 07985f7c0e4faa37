"""Counting from one day to another."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays

from medspiller.pathways.domain.definition import Span, Unit

_SATURDAY = 6
_DAY = timedelta(days=1)


def moved(day: date, span: Span) -> date:
    """
    Return the day that lies so far after a day, or before it.

    A month later is the same day of the month, or its last one. Working days are Monday to Friday, but for public
    holidays of Norway; no working days at all is the day itself.
    """
    match span.unit:
        case Unit.DAYS:
            return day + timedelta(days=span.count)
        case Unit.WEEKS:
            return day + timedelta(weeks=span.count)
        case Unit.MONTHS:
            return _months(day, span.count)
        case Unit.WORKING_DAYS:
            return _working_days(day, span.count)


def is_working_day(day: date) -> bool:
    """Say whether people are at work on a day."""
    return day.isoweekday() < _SATURDAY and day not in _holidays(day.year)


def _months(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _working_days(day: date, count: int) -> date:
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))
