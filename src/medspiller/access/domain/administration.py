"""
Rules of giving and taking away posts and roles.

Everything ends on a date, nobody changes what they themselves may do, and there is always
somebody who can give roles.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError
from medspiller.core.periods import Period
from medspiller.organisations.domain import tree

# Long enough for a permanent post, short enough that somebody looks at it again.
MOST_YEARS = 5
# A role that ends within this many days is shown as about to end.
SOON_DAYS = 60


class PeriodProblem(StrEnum):
    """Why a post or a role cannot be given for a period."""

    NO_END = "no_end"
    TOO_LONG = "too_long"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    OUTSIDE = "outside"


class LastAdministrator(MedspillerError):
    """It would leave a part of the house in which nobody can give roles."""


class PostStillHeld(MedspillerError):
    """A post was to be closed that somebody holds on that day or later. Carries their names."""

    def __init__(self, *, holders: Iterable[str]):
        self.holders = tuple(holders)
        super().__init__(f"held by {len(self.holders)}")


def latest_end(start: date) -> date:
    """
    Return the last end (which is not included) that something beginning on `start` may have.

    >>> latest_end(date(2024, 2, 29))
    datetime.date(2029, 3, 1)
    """
    try:
        return start.replace(year=start.year + MOST_YEARS)
    except ValueError:
        return date(start.year + MOST_YEARS, 3, 1)


def problem_of(period: Period, *, today: date | None, within: Period) -> PeriodProblem | None:
    """
    Say why something cannot be given for a period; None if it can.

    `within` is the time of what it hangs on: the post of a holding, the holding of a role.
    With `today`, it cannot begin before: what somebody was allowed to do is not rewritten.
    """
    if period.end is None:
        return PeriodProblem.NO_END
    if today is not None and period.start < today:
        return PeriodProblem.BEGINS_IN_THE_PAST
    if period.end > latest_end(period.start):
        return PeriodProblem.TOO_LONG
    if period.intersection(within) != period:
        return PeriodProblem.OUTSIDE
    return None


def without_administrator(ended: Iterable[UUID], left: Iterable[UUID], parents: tree.Parents) -> frozenset[UUID]:
    """
    Return those of the units `ended` that no administrator is left for.

    `ended` and `left` are the units of administrators' roles; each holds for all units below.
    """
    kept = frozenset(left)
    return frozenset(unit for unit in ended if kept.isdisjoint((unit, *tree.ancestors(unit, parents))))
