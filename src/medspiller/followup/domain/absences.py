"""Being away: from a day on, until one is back, and who stands in meanwhile."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from medspiller.core.errors import MedspillerError
from medspiller.followup.domain.files import DayRefused

# Longer is no absence any more: then the plans are handed over.
LONGEST = timedelta(days=730)


class AbsenceState(StrEnum):
    """Where an absence is. A code is stored for good."""

    AHEAD = "ahead"
    UNDER_WAY = "under_way"
    OVER = "over"


class AbsenceOverlaps(MedspillerError):
    """Somebody is said to be away already, in [starts_on, ends_on), in some of that time."""

    def __init__(self, *, starts_on: date, ends_on: date | None):
        self.starts_on, self.ends_on = starts_on, ends_on
        super().__init__(f"away from {starts_on} to {ends_on}")


class AbsenceOver(MedspillerError):
    """The absence has ended before."""


class StandInRefused(MedspillerError):
    """
    Whoever should stand in cannot; `why` is a code: `oneself`, `away`, `role`, `closed`, `elsewhere`.

    `elsewhere`: they work in none of the units whose plans the other holds, so that all of them would fall to leaders.
    """

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Away:
    """Days in [starts_on, ends_on) on which somebody is not at work; without an end until further notice."""

    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether they are away on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def overlaps(self, other: "Away") -> bool:
        """Say whether some day is in both."""
        return (other.ends_on is None or self.starts_on < other.ends_on) and (
            self.ends_on is None or other.starts_on < self.ends_on
        )


def ensure_period(away: Away, *, today: date) -> Away:
    """
    Accept an absence that begins today or later, and ends after it began.

    What has begun earlier is written down from today on: who held what until now stands as it was.

    :raises DayRefused: if not.
    """
    if away.starts_on < today:
        raise DayRefused("starts_on", "past")
    if away.ends_on is not None and away.ends_on <= away.starts_on:
        raise DayRefused("ends_on", "before_start")
    if away.ends_on is not None and away.ends_on - away.starts_on > LONGEST:
        raise DayRefused("ends_on", "too_far")
    return away
