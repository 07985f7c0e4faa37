"""What setting pages as documents may cost, and why nothing came of it: the same for every app that lets it be done."""

from enum import StrEnum

from medspiller.core.errors import MedspillerError

# What breaks the worker is not tried for ever.
MOST_TRIES = 3


class Problem(StrEnum):
    """Why nothing came of it. MISSING: the machine lacks the library that sets the pages."""

    MISSING = "missing"
    TOO_LARGE = "too_large"
    FAULT = "fault"


class NotMade(MedspillerError):
    """A document or drawing cannot be made; `problem` says why."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(problem.value)
