"""What happens to a run, one line each. Added, never changed: what was wrong is undone by another line."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError


class Kind(StrEnum):
    """What a line tells."""

    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"
    FACT = "fact"
    EVENT = "event"
    RESPONSE = "response"
    PAUSED = "paused"
    RESUMED = "resumed"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    CLOSED = "closed"


# What whoever told it may take back, if nothing was told after it.
UNDOABLE = frozenset({Kind.DONE, Kind.SKIPPED, Kind.FACT, Kind.EVENT, Kind.PAUSED, Kind.RESUMED})


class Refusal(StrEnum):
    """Why something cannot have happened."""

    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_RESULT = "unknown_result"
    UNKNOWN_FACT = "unknown_fact"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_RESPONSE = "unknown_response"
    RESULT_MISSING = "result_missing"
    REASON_MISSING = "reason_missing"
    WAITS = "waits"
    FACTS_MISSING = "facts_missing"
    NOT_NEEDED = "not_needed"
    ALREADY = "already"
    NOT_BY_HAND = "not_by_hand"
    NOT_REPEATING = "not_repeating"
    IN_THE_FUTURE = "in_the_future"
    TOO_FAR = "too_far"
    BEFORE_START = "before_start"
    TOO_EARLY = "too_early"
    ENDED = "ended"
    NOT_PAUSED = "not_paused"
    BAD_PAUSE = "bad_pause"
    STATUTORY_OPEN = "statutory_open"
    NOTHING_TO_UNDO = "nothing_to_undo"


class HappeningRefused(MedspillerError):
    """
    It cannot have happened. `code` says why; `names` are the steps or facts that it is about.

    Nothing was stored.
    """

    def __init__(self, code: Refusal, *names: str):
        self.code, self.names = code, names
        super().__init__(": ".join([code.value, *([", ".join(names)] if names else [])]))


class StatutoryStepsOpen(HappeningRefused):
    """A run cannot be closed: `names` are steps that the law demands, neither done, skipped nor not needed."""

    def __init__(self, *names: str):
        super().__init__(Refusal.STATUTORY_OPEN, *names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """
    One line of a run's history. What does not belong to its kind is empty.

    `on` is the day it happened on, `told_on` the day it was written down. An event may lie ahead: it is told before it
    happens. `until` is the first day after a pause, `undoes` the number of the line that is taken back, and `source`
    what it was learnt from, such as answers to a questionnaire.
    """

    kind: Kind
    on: date
    told_on: date
    seq: int = 0
    step: str = ""
    occurrence: int = 0
    event: str = ""
    fact: str = ""
    value: bool | None = None
    response: str = ""
    result: str = ""
    reason: str = ""
    until: date | None = None
    undoes: int = 0
    version: str = ""
    source_type: str = ""
    source_id: UUID | None = None

    @property
    def counts_on(self) -> date:
        """The day from which it counts: what is told late counts from then on, what lies ahead from its own day."""
        return max(self.on, self.told_on)


def started(*, on: date, told_on: date | None = None) -> Happening:
    """Return the first line of a run."""
    return Happening(kind=Kind.STARTED, on=on, told_on=told_on or on)


def done(
    step: str, *, on: date, told_on: date | None = None, result: str = "", occurrence: int = 0, reason: str = ""
) -> Happening:
    """Return that somebody did a step. Without `occurrence` it is the time that is open."""
    return Happening(
        kind=Kind.DONE,
        on=on,
        told_on=told_on or on,
        step=step,
        result=result,
        occurrence=occurrence,
        reason=reason,
    )


def skipped(step: str, *, on: date, reason: str, told_on: date | None = None, occurrence: int = 0) -> Happening:
    """Return that a step is not to be done, and why; of one that repeats, this time only."""
    return Happening(kind=Kind.SKIPPED, on=on, told_on=told_on or on, step=step, reason=reason, occurrence=occurrence)


def fact_told(fact: str, value: bool | None, *, on: date, told_on: date | None = None) -> Happening:
    """Return that a fact is so, is not so, or (None) is not known any more."""
    return Happening(kind=Kind.FACT, on=on, told_on=told_on or on, fact=fact, value=value)


def event_told(event: str, *, on: date, told_on: date | None = None) -> Happening:
    """Return that something happened, or is going to on a day that lies ahead of `told_on`."""
    return Happening(kind=Kind.EVENT, on=on, told_on=told_on or on, event=event)


def answered(questionnaire: str, *, on: date, told_on: date | None = None) -> Happening:
    """Return that a questionnaire was answered; `questionnaire` is its url without version."""
    return Happening(kind=Kind.RESPONSE, on=on, told_on=told_on or on, response=questionnaire)


def paused(*, on: date, until: date, reason: str, told_on: date | None = None) -> Happening:
    """Return that the run stands still until a day, on which it goes on by itself."""
    return Happening(kind=Kind.PAUSED, on=on, told_on=told_on or on, until=until, reason=reason)


def resumed(*, on: date, told_on: date | None = None) -> Happening:
    """Return that the run goes on before its pause was over."""
    return Happening(kind=Kind.RESUMED, on=on, told_on=told_on or on)


def closed(*, on: date, reason: str, told_on: date | None = None) -> Happening:
    """Return that the run is over; `reason` is one of the pathway's exits, or a code of whoever closes it."""
    return Happening(kind=Kind.CLOSED, on=on, told_on=told_on or on, result=reason)
