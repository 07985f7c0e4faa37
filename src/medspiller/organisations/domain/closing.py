"""When units and posts may open, and when they may close."""

from collections.abc import Sequence
from datetime import date

from medspiller.core.errors import MedspillerError
from medspiller.core.periods import Period


class AlreadyClosed(MedspillerError):
    """It is closed, or will be, from `closed_from`."""

    def __init__(self, *, closed_from: date):
        self.closed_from = closed_from
        super().__init__(f"closed from {closed_from}")


class NotOpenThen(MedspillerError):
    """Something was to begin on a day, or last longer than, the unit it belongs to is open."""

    def __init__(self, *, day: date, period: Period):
        self.day, self.period = day, period
        super().__init__(f"{day} is not within {period}")


class StillInUse(MedspillerError):
    """A unit was to be closed while something in it goes on. Carries the names, for the message."""

    def __init__(self, *, subunits: Sequence[str], posts: Sequence[str]):
        self.subunits, self.posts = tuple(subunits), tuple(posts)
        super().__init__(f"{len(self.subunits)} subunits and {len(self.posts)} posts are open")


def ensure_open_on(period: Period, day: date) -> None:
    """
    Accept that something begins on `day` within a unit that is open in `period`.

    It has no end of its own yet, so a unit that will close cannot take it in either:
    somebody would be left without a place.

    :raises NotOpenThen: if the unit is not open then, or has an end.
    """
    if day not in period or period.end is not None:
        raise NotOpenThen(day=day, period=period)


def close(period: Period, *, closed_from: date) -> Period:
    """
    Return the period with its end.

    :raises AlreadyClosed: if it has one.
    :raises EndBeforeStart: if no day would be left.
    """
    if period.end is not None:
        raise AlreadyClosed(closed_from=period.end)
    return Period(period.start, closed_from)


def ensure_empty(*, subunits: Sequence[str], posts: Sequence[str]) -> None:
    """
    Accept closing a unit that has nothing open in it from that day on.

    Subunits and posts are never closed along with it: each has people who must be told.

    :raises StillInUse: naming them.
    """
    if subunits or posts:
        raise StillInUse(subunits=subunits, posts=posts)
