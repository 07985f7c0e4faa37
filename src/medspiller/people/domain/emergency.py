"""Emergency access (blålys): opening a person without a relation, for a few hours, with a reason in writing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError

# How long one lasts; whoever needs longer has a relation, and opens an involvement.
LASTS = timedelta(hours=4)
# The database lets nobody go beyond this, whatever `LASTS` is set to.
NEVER_LONGER = timedelta(hours=24)
REASON_LEAST, REASON_MOST = 20, 1000
WORDS_LEAST = 3
NOTE_MOST = 1000


class Verdict(StrEnum):
    """What the leader says of an emergency access afterwards."""

    OK = "ok"
    NOT_OK = "not_ok"


class ReasonTooThin(MedspillerError):
    """The reason cannot be understood by somebody who reads it later."""


class ReasonTooLong(MedspillerError):
    """The reason is longer than what one needs to know to judge it; it may be somebody's history."""


class AlreadyOpen(MedspillerError):
    """The actor has an emergency access to this person already, until `ends_at`."""

    def __init__(self, *, person_id: UUID, ends_at: datetime):
        self.person_id, self.ends_at = person_id, ends_at
        super().__init__(f"open until {ends_at}")


class NotNeeded(MedspillerError):
    """The actor may open the person already, through a unit."""

    def __init__(self, *, person_id: UUID):
        self.person_id = person_id
        super().__init__("there is a relation")


class AlreadyEnded(MedspillerError):
    """The emergency access is over."""


class AlreadyReviewed(MedspillerError):
    """Somebody else has reviewed it meanwhile: `by`, with `verdict`."""

    def __init__(self, *, by: str, verdict: Verdict):
        self.by, self.verdict = by, verdict
        super().__init__(f"{verdict} by {by}")


class NoteMissing(MedspillerError):
    """A leader who finds an access not in order must write what was wrong."""


@dataclass(frozen=True, slots=True)
class LiveEmergency:
    """An emergency access of the actor's that is live at the moment asked about."""

    id: UUID
    unit_id: UUID
    since: datetime
    ends_at: datetime
    unit_name: str = ""
    reason: str = ""


def tidy_reason(typed: str) -> str:
    """
    Return a reason that somebody can judge later.

    :raises ReasonTooThin: if it is a word or two, or the same sign again and again.
    :raises ReasonTooLong: if it goes on for longer than a reason does.
    """
    reason = " ".join(typed.split())
    words = {word.casefold() for word in reason.split() if any(sign.isalpha() for sign in word)}
    if len(reason) < REASON_LEAST or len(words) < WORDS_LEAST:
        raise ReasonTooThin
    if len(reason) > REASON_MOST:
        raise ReasonTooLong
    return reason


def ends_at(*, now: datetime, lasts: timedelta = LASTS) -> datetime:
    """Return when an emergency access that is opened now ends by itself."""
    return now + min(lasts, LASTS)


def tidy_note(typed: str, *, verdict: Verdict) -> str:
    """
    Return the leader's note.

    :raises NoteMissing: if something was not in order and it is not said what.
    """
    note = " ".join(typed.split())[:NOTE_MOST]
    if verdict is Verdict.NOT_OK and not note:
        raise NoteMissing
    return note
