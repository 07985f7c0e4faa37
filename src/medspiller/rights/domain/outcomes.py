"""What became of a right that a carer may have: told by them, counted without them."""

from datetime import date, timedelta
from enum import StrEnum

# Fewer than so many are not shown: somebody could be known again.
FEWEST_SHOWN = 5
# After how many weeks somebody may want to be asked.
WEEKS = (4, 8, 12)
MOST_KEPT = 20
# The same kept twice within so long is one press of a button that came twice.
SAME_PRESS = timedelta(minutes=1)


class Outcome(StrEnum):
    """What a carer says became of it."""

    GOT = "got"
    REFUSED = "refused"
    NOT_APPLIED = "not_applied"
    WAITING = "waiting"


def ask_on(today: date, weeks: int) -> date | None:
    """Return the day on which to ask, None for never."""
    return today + timedelta(weeks=weeks) if weeks in WEEKS else None


def month_of(day: date) -> date:
    """Return the first day of its month: what is counted is not tied to a day."""
    return day.replace(day=1)


def shown(count: int) -> int | None:
    """Return a number that may be shown; None for one that is too small, but zero."""
    return count if count == 0 or count >= FEWEST_SHOWN else None
