"""Half-open periods of days."""

from dataclasses import dataclass
from datetime import date


class EndBeforeStart(ValueError):
    """A period's end lies on or before its start, so it would hold no day."""

    def __init__(self, *, start: date, end: date):
        self.start, self.end = start, end
        super().__init__(f"a period from {start} cannot end on {end}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """
    Days from `start` up to, not including, `end`; `end=None` means it is still open.

    :raises EndBeforeStart: if it would hold no day.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise EndBeforeStart(start=self.start, end=self.end)

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def last_day(self) -> date | None:
        """The last day that is inside, as people say it; None while open."""
        return None if self.end is None else date.fromordinal(self.end.toordinal() - 1)

    @property
    def days(self) -> int | None:
        """How many days it holds; None while open."""
        return None if self.end is None else (self.end - self.start).days

    def overlaps(self, other: "Period") -> bool:
        """Say whether some day lies in both. Periods that only meet do not overlap."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    def intersection(self, other: "Period") -> "Period | None":
        """Return the days that lie in both, or None if there are none."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(self.start, other.start), min(ends) if ends else None)
