"""
What is late, what is lacking, and when a strategy rolls over.

Years of plans are calendar years, both included, as plans write them: 2021–2025 begins on 1 January 2021 and is over
when 2025 is. All other periods are half-open.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from medspiller.strategy.domain.vocabulary import OVER, MeasureStatus

# How long before and after the day somebody is reminded.
REMIND_WITHIN = timedelta(days=7)


class Late(StrEnum):
    """In which way a measure is late."""

    PAST_END = "past_end"
    NOT_BEGUN = "not_begun"
    STATUS = "status"


class Lack(StrEnum):
    """What somebody should see to."""

    LATE = "late"
    OWNER = "owner"
    EVIDENCE = "evidence"
    INDICATOR = "indicator"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a measure stands: all that says whether it is late or lacks something.

    `from_year` and `to_year` are those that hold. Nothing is late in a strategy that does not hold (`counts`).
    """

    counts: bool
    status: MeasureStatus
    from_year: int
    to_year: int
    status_due_on: date | None
    has_owner: bool
    has_evidence: bool
    has_indicator: bool
    needs_decision: bool

    @property
    def is_over(self) -> bool:
        return self.status in OVER


def lates(standing: Standing, *, today: date) -> frozenset[Late]:
    """Return in which ways a measure is late on a day. What is done or stopped is not, nor what nobody decided yet."""
    if not standing.counts or standing.is_over:
        return frozenset()
    found = set()
    if standing.to_year < today.year:
        found.add(Late.PAST_END)
    if standing.status is MeasureStatus.NOT_STARTED and standing.from_year < today.year:
        found.add(Late.NOT_BEGUN)
    if standing.status_due_on is not None and standing.status_due_on < today:
        found.add(Late.STATUS)
    return frozenset(found)


def lacks(standing: Standing, *, today: date) -> frozenset[Lack]:
    """
    Return what somebody should see to. Evidence is asked for from when a measure is under way.

    What is stopped lacks nothing; what is done still lacks its evidence.
    """
    if standing.status is MeasureStatus.STOPPED:
        return frozenset()
    found = set()
    if lates(standing, today=today):
        found.add(Lack.LATE)
    if not standing.has_owner:
        found.add(Lack.OWNER)
    if standing.status is not MeasureStatus.NOT_STARTED and not standing.has_evidence:
        found.add(Lack.EVIDENCE)
    if not standing.has_indicator:
        found.add(Lack.INDICATOR)
    if standing.needs_decision:
        found.add(Lack.DECISION)
    return frozenset(found)


def rolls_on_year(*, from_year: int, to_year: int, every: int | None) -> int:
    """
    Return the year in which the next plan is due.

    >>> rolls_on_year(from_year=2021, to_year=2025, every=2), rolls_on_year(from_year=2021, to_year=2025, every=None)
    (2023, 2026)
    """
    return to_year + 1 if every is None else min(from_year + every, to_year + 1)


def is_due_to_roll(*, from_year: int, to_year: int, every: int | None, today: date) -> bool:
    """Say whether the next plan should be made this year, or should have been made."""
    return rolls_on_year(from_year=from_year, to_year=to_year, every=every) <= today.year


def is_time_to_remind(due_on: date, *, today: date) -> bool:
    """Say whether somebody who is asked for a status is reminded on a day: from a week before it on."""
    return due_on - REMIND_WITHIN <= today
