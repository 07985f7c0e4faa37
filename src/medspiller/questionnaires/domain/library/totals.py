"""Totals of instruments that were answered somewhere else: what may be entered."""

from datetime import date, timedelta

from medspiller.core.errors import MedspillerError

# Older than this is no basis for a talk any more, and mostly a slip of the pen.
OLDEST = timedelta(days=20 * 365)


class NotEntered(MedspillerError):
    """A total cannot be entered; `problem` is unknown, future, too_old or no_number."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class AlreadyWrong(MedspillerError):
    """The total was marked as wrong before."""


def ensure_day(measured_on: date, *, today: date) -> None:
    """
    Accept a day on which somebody can have been asked.

    :raises NotEntered: for a day to come, or one long ago.
    """
    if measured_on > today:
        raise NotEntered("future")
    if measured_on < today - OLDEST:
        raise NotEntered("too_old")
