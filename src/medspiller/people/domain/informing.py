"""That somebody who was put into the register is told so (GDPR art. 14), and by when."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from medspiller.core.errors import MedspillerError

REASON_LEAST = 10
REASON_MOST = 1000


class How(StrEnum):
    """How a registered person was told. A code is stored for good."""

    TALK = "talk"
    LETTER = "letter"
    MESSAGE = "message"
    MY_PAGE = "my_page"


class NothingToTell(MedspillerError):
    """There is nobody to be told: the person was not put into the register by others."""


class AlreadyInformed(MedspillerError):
    """The person was told before, or why not was written down."""


class StillToBeTold(MedspillerError):
    """Nobody would be left to tell a registered person that they are; `due_on` is by when it must be done."""

    def __init__(self, *, due_on: date):
        self.due_on = due_on
        super().__init__(f"to be told by {due_on}")


class InformingRefused(MedspillerError):
    """A reason not to tell is too short or too long; `problem` is which."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


def due_after(registered_on: date) -> date:
    """
    Return the last day to tell somebody who was registered on a day: a month later (GDPR art. 14 no. 3 a).

    >>> due_after(date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """
    year, month = registered_on.year + registered_on.month // 12, registered_on.month % 12 + 1
    return date(year, month, min(registered_on.day, monthrange(year, month)[1]))


def ensure_reason(reason: str) -> None:
    """
    Accept a reason not to tell that somebody else can weigh.

    :raises InformingRefused: if it says too little or too much.
    """
    if len(reason) < REASON_LEAST:
        raise InformingRefused("too_short")
    if len(reason) > REASON_MOST:
        raise InformingRefused("too_long")
