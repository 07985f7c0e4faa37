"""How far a document that the worker makes has come, and how long it is kept."""

from datetime import timedelta
from enum import StrEnum

from medspiller.core.errors import MedspillerError

# It is somebody's answers: kept as long as it takes to fetch it.
KEPT = timedelta(minutes=15)
# What breaks the worker is not tried for ever.
MOST_TRIES = 3
# Characters of the page; all rights with every text fill a third of it.
LARGEST_PAGE = 600_000


class Problem(StrEnum):
    """Why nothing came of it. MISSING: the machine lacks the library that sets the pages."""

    MISSING = "missing"
    TOO_LARGE = "too_large"
    FAULT = "fault"


class NotMade(MedspillerError):
    """A document cannot be made; `problem` says why."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(problem.value)
