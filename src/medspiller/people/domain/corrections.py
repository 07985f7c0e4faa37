"""
Asking to have something corrected that one may not change oneself, and what comes of it (GDPR art. 16).

A birth date, a person number and a protected address come from the population register, and
what somebody else has judged or told is theirs: both are corrected by the unit, or not, with why.
"""

from datetime import date
from enum import StrEnum

from medspiller.core.errors import MedspillerError
from medspiller.people.domain.informing import due_after

TEXT_MOST = 2000
# Whoever has this many waiting is helped sooner by a talk than by one more.
UNANSWERED_MOST = 20


class About(StrEnum):
    """What is to be corrected. A code is stored for good."""

    BIRTH_DATE = "birth_date"
    PERSON_NUMBER = "person_number"
    PROTECTED_ADDRESS = "protected_address"
    FAMILY = "family"
    ROLE = "role"
    CONSENT = "consent"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of it. A code is stored for good."""

    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"


class CorrectionRefused(MedspillerError):
    """A request or its answer cannot be stored; `problem` is missing or too_long."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class AlreadyAnswered(MedspillerError):
    """Somebody was quicker."""

    def __init__(self, *, by: str):
        self.by = by
        super().__init__(f"answered by {by}")


class TooManyUnanswered(MedspillerError):
    """The person waits for the answer to `UNANSWERED_MOST` requests already."""


class NobodyToAsk(MedspillerError):
    """No unit is there that could correct anything."""


def tidy(text: str) -> str:
    """
    Return the words without the spaces around them.

    :raises CorrectionRefused: if there are none, or too many.
    """
    words = text.strip()
    if not words:
        raise CorrectionRefused("missing")
    if len(words) > TEXT_MOST:
        raise CorrectionRefused("too_long")
    return words


def answer_by(asked_on: date) -> date:
    """Return the last day to say what was done (GDPR art. 12 no. 3: within a month)."""
    return due_after(asked_on)
