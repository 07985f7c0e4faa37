"""
The one place where the time of day comes from.

Domain code takes `today` and `now` as arguments. Doors, tasks and commands ask here,
and tests hold the clock still with `frozen`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_held: ContextVar[datetime | None] = ContextVar("medspiller_clock", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """Return the calendar day it is in Norway now, which law and deadlines go by."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the calendar day it was in Norway at a moment: the hour before midnight in UTC belongs to the next."""
    return moment.astimezone(OSLO).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """
    Hold the clock at `moment` within the block, for this thread or task only.

    :raises ValueError: if `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _held.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)
