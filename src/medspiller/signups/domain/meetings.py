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
    return Why.FULL if _is_full(ahead) else None


def _is_full(planned: Sequence[Meeting]) -> bool:
    """Say whether there is neither a seat nor a line to wait in, which the first of them decides about."""
    return free_seats(planned) == 0 and not min(planned, key=lambda each: each.starts_at).has_waiting_list


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


def ensure_room(meetings: Sequence[Meeting], *, now: datetime) -> None:
    """
    Accept somebody whom the organiser writes down, also after the deadline and until the last meeting ends.

    :raises NotOpen: with why not.
    """
    planned = [each for each in meetings if not each.is_cancelled]
    ended = ended_at(meetings)
    if ended is None:
        raise NotOpen(Why.CANCELLED)
    if ended <= now:
        raise NotOpen(Why.OVER)
    if _is_full(planned):
        raise NotOpen(Why.FULL)


def ended_at(meetings: Sequence[Meeting]) -> datetime | None:
    """Return when the last of them that takes place ends; None where none does."""
    return max((each.ends_at for each in meetings if not each.is_cancelled), default=None)


def all_ended(meetings: Sequence[Meeting], *, now: datetime) -> bool:
    """Say whether the last of them that takes place has ended; the last of all where none does."""
    return (ended_at(meetings) or max(each.ends_at for each in meetings)) <= now


def starts_at(meetings: Sequence[Meeting]) -> datetime:
    """Return when the first of them that takes place begins; that of the first where none does."""
    return min(each.starts_at for each in ([one for one in meetings if not one.is_cancelled] or meetings))
