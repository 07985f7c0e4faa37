"""
The yearly review of who may do what.

Access is gone through at least once a year: our own rule, not a paragraph's. What is marked is
a list that somebody had before them, on paper or on screen: it says which day it was made.
"""

from datetime import date, timedelta
from enum import StrEnum

NOTE_LENGTH = 2000
# A list older than this no longer tells who may do what.
LIST_HOLDS = timedelta(days=60)
# The page says beforehand that the next review is near.
REMIND_BEFORE = timedelta(days=30)


class ListProblem(StrEnum):
    """Why a list made on a day cannot be marked as reviewed."""

    NOT_MADE_YET = "not_made_yet"
    TOO_OLD = "too_old"


class ReviewState(StrEnum):
    """Where a unit stands with its yearly review."""

    NEVER = "never"
    DONE = "done"
    SOON = "soon"
    OVERDUE = "overdue"


def problem_of(listed_on: date, *, today: date) -> ListProblem | None:
    """Say why a list made on that day cannot be marked today; None if it can."""
    if listed_on > today:
        return ListProblem.NOT_MADE_YET
    if today - listed_on > LIST_HOLDS:
        return ListProblem.TOO_OLD
    return None


def next_on(listed_on: date) -> date:
    """
    Return the day by which the next review must be done: a year after the list was made.

    >>> next_on(date(2024, 2, 29))
    datetime.date(2025, 3, 1)
    """
    try:
        return listed_on.replace(year=listed_on.year + 1)
    except ValueError:
        return date(listed_on.year + 1, 3, 1)


def state_on(due: date | None, *, today: date) -> ReviewState:
    """Say where a unit stands on a day; `due` is the day its next review must be done by, None if it never had one."""
    if due is None:
        return ReviewState.NEVER
    if today > due:
        return ReviewState.OVERDUE
    return ReviewState.SOON if today >= due - REMIND_BEFORE else ReviewState.DONE
