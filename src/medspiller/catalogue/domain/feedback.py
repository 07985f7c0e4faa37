"""What readers say of an offer, and what a look at its addresses tells."""

from datetime import timedelta
from enum import StrEnum

MOST_LETTERS = 1000
# A reader's words are removed this long after somebody has dealt with them: they may name somebody.
KEPT_AFTER = timedelta(days=90)
# And this long after they were said, if nobody ever has.
KEPT_UNREAD = timedelta(days=365)


class Wrong(StrEnum):
    """What a reader says is wrong."""

    CONTACT = "contact"
    TIME_OR_PLACE = "time-or-place"
    NOT_THERE = "not-there"
    WORDING = "wording"
    OTHER = "other"


class LinkState(StrEnum):
    """What a look at an address told. `UNREACHABLE` may be our own network: it is no proof that the page is gone."""

    FINE = "fine"
    MOVED = "moved"
    GONE = "gone"
    UNREACHABLE = "unreachable"
