"""
Taking back a first talk that was written down by mistake: for whom, or by a slip, all of it.

Whoever stored it may, for half an hour, and only as long as nobody has built anything upon it. What it stored is
ended or removed; that it stood there, and who read it meanwhile, stays in history and access log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError

# Long enough to see the mistake on the page that stands after it, too short for others to rely on it.
TAKEN_BACK_WITHIN = timedelta(minutes=30)


class Problem(StrEnum):
    """Why a talk cannot be taken back as a whole."""

    TOO_LATE = "too_late"
    TAKEN_BACK = "taken_back"
    BUILT_UPON = "built_upon"


class InTheWay(StrEnum):
    """What somebody has done with it since, within the register."""

    PERSON = "person"
    FOLLOW_UP = "follow_up"
    RELATION = "relation"
    ROLE = "role"
    CONSENT = "consent"
    CONTACT = "contact"
    CHILDREN = "children"
    STATEMENT = "statement"
    TOLD = "told"
    MORE = "more"


class CannotTakeBack(MedspillerError):
    """
    The talk stays. `in_the_way` is what was built upon it within the register, `others` the same elsewhere, in words.
    """

    def __init__(self, problem: Problem, *, in_the_way: Sequence[InTheWay] = (), others: Sequence[str] = ()):
        self.problem = problem
        self.in_the_way = tuple(in_the_way)
        self.others = tuple(others)
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True)
class Written:
    """
    One row that a talk wrote, by its table: `is_new` if the talk made it.

    `first` and `last` are the numbers of its first and last version that are the talk's own.
    """

    table: str
    id: UUID
    first: int
    last: int
    is_new: bool


def problem_of(*, recorded_at: datetime, taken_back_at: datetime | None, now: datetime) -> Problem | None:
    """
    Return why whoever stored a talk cannot take it back any more, whatever was built upon it; None if they can.

    >>> from datetime import UTC
    >>> then = datetime(2026, 11, 2, 12, tzinfo=UTC)
    >>> problem_of(recorded_at=then, taken_back_at=None, now=then + TAKEN_BACK_WITHIN)
    <Problem.TOO_LATE: 'too_late'>
    """
    if taken_back_at is not None:
        return Problem.TAKEN_BACK
    return Problem.TOO_LATE if now >= recorded_at + TAKEN_BACK_WITHIN else None
