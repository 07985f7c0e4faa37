"""How a notice goes out: its states, what may follow what, and when it is tried again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError

EVENT_KEY_MOST = 120
# The database's own name for it: one event rings a telephone once.
ONCE_FOR_AN_ADDRESS = "notices_notice_once_address"
EVENT_KEY_PATTERN = r"^[a-z0-9_.:-]{1,120}$"


class Channel(StrEnum):
    """How a notice reaches somebody. The values are those of a person's contact preferences."""

    SMS = "sms"
    EMAIL = "email"


class State(StrEnum):
    """
    Where a notice is on its way.

    `HANDING_OVER` is stored before the gateway is asked: whoever finds it after a crash
    knows that the gateway may have been told. `UNCERTAIN` waits for a person's decision.
    """

    WAITING = "waiting"
    HANDING_OVER = "handing_over"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"


class Reason(StrEnum):
    """Why a notice failed or was stopped. A code is stored for good."""

    NO_SAFE_ADDRESS = "no_safe_address"
    SAME_ADDRESS = "same_address"
    NOT_WANTED = "not_wanted"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ADDRESS_CHANGED = "address_changed"
    NO_GATEWAY = "no_gateway"
    NOT_MADE_UP = "not_made_up"
    BY_SENDER = "by_sender"
    REFUSED = "refused"
    GAVE_UP = "gave_up"


class Answer(StrEnum):
    """
    What is known after a gateway was asked.

    `TRY_LATER`: certainly not taken, and it may be another time. `REFUSED`: certainly not
    taken, and never will be. `UNKNOWN`: it may have been taken.
    """

    TAKEN = "taken"
    TRY_LATER = "try_later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A gateway's answer, with its own name for the message if it gave one."""

    answer: Answer
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What a notice becomes, with the reason if it ends badly and the moment it is tried again if it waits."""

    state: State
    reason: str = ""
    next_try_at: datetime | None = None


class BadEventKey(ValueError):
    """A notice was to be sent for an event without a stable name of ids and codes: a slip in the code."""


class NotNow(MedspillerError):
    """What was asked for cannot be done with a notice in this state; a colleague, or the gateway, was quicker."""

    def __init__(self, *, state: State):
        self.state = state
        super().__init__(f"the notice is {state}")


# The pause after each try that was certainly not taken; after the last there is one more try.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
MOST_TRIES = len(PAUSES) + 1

# A worker that has not told what came of it by then is gone: a gateway is waited for half a minute at most.
STUCK_AFTER = timedelta(minutes=15)
# A notice that waits is handed over within seconds of its moment. Later, its job may be gone.
LATE_AFTER = timedelta(minutes=10)
# Where a notice went is of use as long as somebody may ask whether it arrived.
ADDRESS_KEPT = timedelta(days=90)
# In these it goes nowhere any more by itself.
OVER = frozenset({State.HANDED_OVER, State.FAILED, State.STOPPED})

_TRIED_AGAIN_FROM = frozenset({State.UNCERTAIN, State.FAILED})
_STOPPED_FROM = frozenset({State.WAITING, State.UNCERTAIN})


def in_order(channels: Sequence[Channel], *, preferred: str | None) -> list[Channel]:
    """
    Return the channels with the preferred one first; as they are where none of them is.

    Whoever would rather be called or get a letter gets no less: a notice only says where to read.
    """
    return sorted(channels, key=lambda channel: channel != preferred)


def after(outcome: Outcome, *, tries: int, now: datetime) -> Step:
    """
    Return what a notice becomes when the gateway answered its try number `tries`.

    Only what was certainly not taken is tried again by itself, with growing pauses and
    `MOST_TRIES` times in all.
    """
    if outcome.answer is Answer.TAKEN:
        return Step(State.HANDED_OVER)
    if outcome.answer is Answer.REFUSED:
        return Step(State.FAILED, Reason.REFUSED)
    if outcome.answer is Answer.UNKNOWN:
        return Step(State.UNCERTAIN)
    if tries >= MOST_TRIES:
        return Step(State.FAILED, Reason.GAVE_UP)
    return Step(State.WAITING, next_try_at=now + PAUSES[tries - 1])


def may_be_tried_again(state: State, *, has_address: bool) -> bool:
    """Say whether somebody may decide that a notice is tried once more."""
    return has_address and state in _TRIED_AGAIN_FROM


def may_be_stopped(state: State) -> bool:
    """Say whether somebody may decide that a notice is not tried any more."""
    return state in _STOPPED_FROM


def ensure_may_be_tried_again(state: State, *, has_address: bool) -> None:
    """
    Accept a notice that ended without being known to have arrived, while it is known where it goes.

    :raises NotNow: with the state it is in.
    """
    if not may_be_tried_again(state, has_address=has_address):
        raise NotNow(state=state)


def ensure_may_be_stopped(state: State) -> None:
    """
    Accept a notice that waits, or of which nobody knows.

    :raises NotNow: with the state it is in.
    """
    if not may_be_stopped(state):
        raise NotNow(state=state)


def carer_registered(*, unit_id: UUID, registered_on: date) -> str:
    """Return the event key of a unit's having registered carers on a day: several in a day are one notice each."""
    return f"carer_registered:{unit_id}:{registered_on.isoformat()}"


def ensure_event_key(key: str) -> None:
    """
    Accept a stable name of ids and codes, `carer_registered:<unit>:<day>`: no words of anybody's.

    :raises BadEventKey: for anything else.
    """
    if not re.fullmatch(EVENT_KEY_PATTERN, key):
        raise BadEventKey("an event's key is made of ids and codes in small letters")
