"""What becomes of a sign-up, from asking for a place to having been there."""

from datetime import datetime, timedelta
from enum import StrEnum

from medspiller.core.errors import MedspillerError


class State(StrEnum):
    """Where a sign-up stands. `OFFERED` has a seat that is kept free until the offer runs out."""

    HELD = "held"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


# These have a seat; it is counted in the meeting.
SEATED = frozenset({State.HELD, State.OFFERED})
# These have a seat or hope for one.
LIVE = SEATED | {State.WAITING}

# How long an offer of a place stands. Near the meeting it is half of the time that is left.
OFFER_LASTS = timedelta(hours=24)
# Nobody can be expected to answer within less: the organiser calls instead.
SHORTEST_OFFER = timedelta(minutes=30)

# Who came is forgotten when nobody needs to be reached about it any more; needs earlier, since they tell of health.
# Both are our own choice, within what GDPR art. 5 (1) e asks for.
NAMES_KEPT = timedelta(days=90)
NEEDS_KEPT = timedelta(days=30)


class NothingOffered(MedspillerError):
    """There is no offer to say yes to: it ran out, or there was none. `state` is what the sign-up is."""

    def __init__(self, state: State):
        self.state = state
        super().__init__(state)


def offer_ends_at(*, now: datetime, starts_at: datetime) -> datetime | None:
    """Return until when an offer made now stands, or None where it is too late to make one."""
    lasts = min(OFFER_LASTS, (starts_at - now) / 2)
    return now + lasts if lasts >= SHORTEST_OFFER else None


def ensure_offered(state: State, *, ends_at: datetime | None, now: datetime) -> None:
    """
    Accept an offer that still stands.

    :raises NothingOffered: with the state that the sign-up is in.
    """
    if state is not State.OFFERED:
        raise NothingOffered(state)
    if ends_at is None or ends_at <= now:
        raise NothingOffered(State.EXPIRED)
