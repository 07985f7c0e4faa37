"""What happens to an entry: the states of its versions, and when it must be looked at again."""

from datetime import date, timedelta
from enum import StrEnum

SLUG_LENGTH = 100

# How long an entry that nobody has reviewed stays unmarked to the public: local practice, not law.
GRACE = timedelta(days=30)

# How far ahead the next review may be set: local practice, not law.
LONGEST_UNSEEN = timedelta(days=2 * 365 + 1)


class Status(StrEnum):
    """Where a version stands. `SUPERSEDED` was approved, and a later one has taken its place."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


def is_overdue(review_on: date, *, today: date) -> bool:
    """Say whether the owner should have looked at it by now."""
    return review_on < today


def is_doubtful(review_on: date, *, today: date) -> bool:
    """Say whether the public must be told that nobody has looked at it for long: the grace time is over too."""
    return review_on + GRACE < today


def is_too_far_ahead(review_on: date, *, today: date) -> bool:
    """Say whether an entry would stand longer than it may before anybody looks at it."""
    return review_on > today + LONGEST_UNSEEN
