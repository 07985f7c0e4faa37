"""By when somebody has had an answer: counted in working days, as people count them."""

from datetime import date, timedelta

import holidays

_SATURDAY = 6


def is_working_day(day: date) -> bool:
    """
    Say whether people are at work on a day: from Monday to Friday, but for public holidays.

    >>> is_working_day(date(2026, 5, 14)), is_working_day(date(2026, 5, 15)), is_working_day(date(2026, 5, 16))
    (False, True, False)
    """
    return day.isoweekday() < _SATURDAY and day not in holidays.country_holidays("NO", years=day.year)


def due_after(received_on: date, *, working_days: int) -> date:
    """
    Return the day so many working days after the one on which something came, which itself does not count.

    >>> due_after(date(2026, 11, 20), working_days=2)
    datetime.date(2026, 11, 24)

    :raises ValueError: if it is none or fewer.
    """
    if working_days < 1:
        raise ValueError("at least one working day")
    day, left = received_on, working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day
