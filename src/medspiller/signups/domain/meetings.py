"""Whether meetings take sign-ups now, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from medspiller.core.errors import MedspillerError


class Why(StrEnum):
    """Why nobody can sign up."""

    CANCELLED = "cancelled"
    OVER = "over"
    CLOSED = "closed"
    FULL = "full"
    NOT_HERE = "not-here"
    NOT_ANONYMOUS = "not-anonymous"


class NotOpen(MedspillerError):
    """Nobody can sign up, and why."""

    def __init__(self, why: Why):
        self.why = why
        super().__init__(why)


class AlreadySignedUp(MedspillerError):
    """The one it is for has a place at these meetings already, or waits for one."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """
    What a sign-up needs to know of one meeting in [starts_at, ends_at).

    `capacity` is None without limit; `deadline` None where one can sign up until it starts.
    """

    starts_at: datetime
    ends_at: datetime
    capacity: int | None = None
    taken: int = 0
    deadline: datetime | None = None
    has_waiting_list: bool = True
    allows_anonymous: bool = False
    is_cancelled: bool = False

    @property
    def closes_at(self) -> datetime:
        """The first moment at which it is too late to sign up."""
        return min(self.deadline, self.starts_at) if self.deadline else self.starts_at

    @property
    def free(self) -> int | None:
        """How many seats are free; None without limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)


def free_seats(meetings: Sequence[Meeting]) -> int | None:
    """Return how many can still come to all of them; None without limit."""
    counted = [each.free for each in meetings if not each.is_cancelled and each.free is not None]
    return min(counted, default=None)


def why_closed(meetings: Sequence[Meeting], *, now: datetime) -> Why | None:
    """
    Say why nobody can sign up for these meetings, which are taken together; None if one can.

    Meetings of a series that are cancelled do not count. The first of the others decides when it is too late.
    """
    ahead = [each for each in meetings if not each.is_cancelled]
    if not ahead:
        return Why.CANCELLED
    first = min(ahead, key=lambda each: each.starts_at)
    if now >= first.starts_at:
        return Why.OVER
    if now >= first.closes_at:
        return Why.CLOSED
    if free_seats(ahead) == 0 and not first.has_waiting_list:
        return Why.FULL
    return None


def waits(meetings: Sequence[Meeting]) -> bool:
    """Say whether whoever signs up now waits for a place: there is none."""
    return free_seats(meetings) == 0


def ensure_open(meetings: Sequence[Meeting], *, now: datetime, anonymous: bool) -> None:
    """
    Accept a sign-up for these meetings.

    :raises NotOpen: with why not.
    """
    why = why_closed(meetings, now=now)
    if why is None and anonymous and not all(each.allows_anonymous for each in meetings if not each.is_cancelled):
        why = Why.NOT_ANONYMOUS
    if why is not None:
        raise NotOpen(why)


def starts_at(meetings: Sequence[Meeting]) -> datetime:
    """Return when the first of them that takes place begins; that of the first where none does."""
    return min(each.starts_at for each in ([one for one in meetings if not one.is_cancelled] or meetings))
