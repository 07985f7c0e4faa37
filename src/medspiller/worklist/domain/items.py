"""An item of the work list: which state it is in, and what may be done to it then."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from medspiller.access.domain.roles import Role
from medspiller.core.errors import MedspillerError

# How long somebody who finished the wrong one can take it back.
UNDO_WITHIN = timedelta(days=1)
# What is due later than this does not need anybody yet, and stands in a list of its own.
AHEAD = timedelta(days=30)
# Whoever puts something off for longer than this has decided not to do it.
SNOOZED_MOST = timedelta(days=60)


class State(StrEnum):
    """Where an item is. The last two are over."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What whoever finished an item said of it. A code is stored for good."""

    DONE = "done"
    NOT_NEEDED = "not_needed"
    COULD_NOT = "could_not"


class SnoozedWhy(StrEnum):
    """Why somebody put an item off. A code is stored for good."""

    WAITING_FOR_OTHERS = "waiting_for_others"
    AGREED_LATER = "agreed_later"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class WithdrawnWhy(StrEnum):
    """Why an item is on nobody's list any more without anybody finishing it. A code is stored for good."""

    ANSWERED = "answered"
    INFORMED = "informed"
    RENEWED = "renewed"
    ENDED = "ended"
    NOT_FOLLOWED_UP = "not_followed_up"
    MERGED = "merged"
    SEEN_TO = "seen_to"
    MOVED = "moved"


class AlreadyTaken(MedspillerError):
    """A colleague has taken the item: `by` is their name."""

    def __init__(self, *, by: str):
        self.by = by
        super().__init__(f"taken by {by}")


class NotTaken(MedspillerError):
    """The item is nobody's, so that it cannot be given back."""


class Over(MedspillerError):
    """The item is finished, by `by`, or was withdrawn, when `by` is empty."""

    def __init__(self, *, by: str = ""):
        self.by = by
        super().__init__(f"finished by {by}" if by else "withdrawn")


class NotAColleague(MedspillerError):
    """Whoever an item is given to does not do such things in the unit, or may not open the person it is about."""


class DoneThere(MedspillerError):
    """The item goes by itself when it is done where it comes from; nobody ticks it off on the list."""


class SnoozeRefused(MedspillerError):
    """An item cannot be put off until that day; `problem` is past, too_long, after_deadline or deadline_past."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class NothingToUndo(MedspillerError):
    """The item is not finished."""


class TooLateToUndo(MedspillerError):
    """The item was finished more than `UNDO_WITHIN` ago."""


class PutAgain(MedspillerError):
    """The same thing is on the list anew, so that the finished one cannot come back."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an item has come."""

    taken_by: UUID | None = None
    taken_by_name: str = ""
    done_at: datetime | None = None
    done_by_name: str = ""
    withdrawn_at: datetime | None = None

    @property
    def state(self) -> State:
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        if self.done_at is not None:
            return State.DONE
        return State.TAKEN if self.taken_by is not None else State.WAITING


@dataclass(frozen=True, slots=True)
class Placed:
    """
    Something to be put on a unit's list, once: what it is about, for whom, by when.

    `title` and `origin` are texts by language (nb, nn, en) where the kind does not say it.
    `roles` of None are the kind's own. `taken_by` is who has it from the start. `by_law`: this one is
    demanded by law, though not all of its kind are.
    """

    kind: str
    subject_type: str
    subject_id: UUID
    unit_id: UUID
    person_id: UUID | None = None
    due_on: date | None = None
    roles: Collection[Role] | None = None
    title: Mapping[str, str] | None = None
    origin: Mapping[str, str] | None = None
    taken_by: UUID | None = None
    taken_by_name: str = ""
    by_law: bool = False


def ensure_open(progress: Progress) -> None:
    """
    Accept an item that still needs somebody.

    :raises Over: if it is finished or withdrawn.
    """
    if progress.state is State.DONE:
        raise Over(by=progress.done_by_name)
    if progress.state is State.WITHDRAWN:
        raise Over


def ensure_may_take(progress: Progress, *, by: UUID) -> None:
    """
    Accept that somebody takes an item, or has it already.

    :raises Over: if it is finished or withdrawn.
    :raises AlreadyTaken: if a colleague has it.
    """
    ensure_open(progress)
    if progress.taken_by not in (None, by):
        raise AlreadyTaken(by=progress.taken_by_name)


def ensure_may_give_back(progress: Progress, *, by: UUID, for_others: bool) -> None:
    """
    Accept that somebody gives back an item of their own; with `for_others` also a colleague's, who may be ill.

    :raises Over: if it is finished or withdrawn.
    :raises NotTaken: if nobody has it.
    :raises AlreadyTaken: if it is a colleague's.
    """
    ensure_open(progress)
    if progress.taken_by is None:
        raise NotTaken
    if progress.taken_by != by and not for_others:
        raise AlreadyTaken(by=progress.taken_by_name)


def ensure_may_undo(progress: Progress, *, now: datetime) -> None:
    """
    Accept that a finished item comes back on the list.

    :raises NothingToUndo: if it is not finished.
    :raises TooLateToUndo: if that was more than a day ago.
    """
    if progress.state is not State.DONE or progress.done_at is None:
        raise NothingToUndo
    if now - progress.done_at > UNDO_WITHIN:
        raise TooLateToUndo


def ensure_may_snooze(until: date, *, today: date, due_on: date | None, by_law: bool) -> None:
    """
    Accept that an item is put off until the morning of a day. What the law sets a day for, not beyond that day.

    :raises SnoozeRefused: if the day is not ahead, is too far ahead, or lies after the law's.
    """
    if until <= today:
        raise SnoozeRefused("past")
    if until - today > SNOOZED_MOST:
        raise SnoozeRefused("too_long")
    if by_law and due_on is not None and until > due_on:
        raise SnoozeRefused("after_deadline" if due_on > today else "deadline_past")


def is_overdue(due_on: date | None, *, today: date) -> bool:
    """Say whether the day by which it was due has passed. On the day itself it has not."""
    return due_on is not None and due_on < today
