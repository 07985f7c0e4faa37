"""The carer's file: why it was opened, what it came to, and what is refused of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import Conflict, MedspillerError

TEXT_MOST = 4000


class FileKind(StrEnum):
    """Whose file it is. A code is stored for good."""

    ADULT = "adult"
    CHILD = "child"


class FileState(StrEnum):
    """Whether somebody is followed up now."""

    OPEN = "open"
    CLOSED = "closed"


class Identified(StrEnum):
    """How somebody was seen to be a carer. A code is stored for good."""

    ASKED = "asked"
    FIRST_TALK = "first_talk"
    SAID_SO = "said_so"
    PATIENT_SAID = "patient_said"
    ANOTHER_SERVICE = "another_service"
    SCHOOL = "school"
    CHILDREN_QUESTION = "children_question"
    ANSWERS = "answers"
    OTHER = "other"


class ClosedBecause(StrEnum):
    """Why a file was closed. A code is stored for good."""

    GOALS_MET = "goals_met"
    NO_LONGER_CARER = "no_longer_carer"
    PATIENT_DIED = "patient_died"
    CARER_WANTS = "carer_wants"
    CARER_DIED = "carer_died"
    MOVED_AWAY = "moved_away"
    NOT_REACHED = "not_reached"
    ANOTHER_FOLLOWS = "another_follows"
    MERGED = "merged"
    OTHER = "other"


class Outcome(StrEnum):
    """What the follow-up came to, as those concerned see it. A code is stored for good."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    SUPPORT_IN_PLACE = "support_in_place"
    KNOWS_WHOM_TO_ASK = "knows_whom_to_ask"
    HANDED_ON = "handed_on"
    NOT_KNOWN = "not_known"


class NoteCode(StrEnum):
    """What a line among a file's events is about. A code is stored for good."""

    TALK = "talk"
    CALL = "call"
    MEETING = "meeting"
    CHANGE = "change"
    OPENED = "opened"
    CLOSED = "closed"
    REOPENED = "reopened"
    CONTACT = "contact"
    PLAN_STARTED = "plan_started"
    PLAN_CLOSED = "plan_closed"
    HANDED_OVER = "handed_over"
    BECAME_ADULT = "became_adult"
    RIGHT_CHANGED = "right_changed"
    DIED = "died"
    OTHER = "other"


# What somebody writes by hand; the others are written by what happened.
BY_HAND = frozenset({NoteCode.TALK, NoteCode.CALL, NoteCode.MEETING, NoteCode.CHANGE, NoteCode.OTHER})


class FileOpenAlready(MedspillerError):
    """The carer has an open file: `file_id`."""

    def __init__(self, *, file_id: UUID):
        self.file_id = file_id
        super().__init__(f"file {file_id} is open")


class FileClosed(MedspillerError):
    """The file is closed; nothing is written in it before it is opened again."""


class FileNotClosed(MedspillerError):
    """The file is open, so that it cannot be opened again."""


class PlansOpen(MedspillerError):
    """The file cannot be closed while these plans run: `plan_ids`."""

    def __init__(self, *, plan_ids: Collection[UUID]):
        self.plan_ids = tuple(plan_ids)
        super().__init__(f"{len(self.plan_ids)} plans are open")


class AnswersUnread(MedspillerError):
    """The file cannot be closed while nobody has read what the carer answered: `suggestion_ids`."""

    def __init__(self, *, suggestion_ids: Collection[UUID]):
        self.suggestion_ids = tuple(suggestion_ids)
        super().__init__(f"{len(self.suggestion_ids)} answers are unread")


class OutcomeMissing(MedspillerError):
    """A file is closed with what it came to, if only that nobody knows."""


class FileChanged(Conflict):
    """Somebody else changed the file first. `now` is its version, `changed` who did it."""

    def __init__(self, *, now: int, changed: Mapping[str, str]):
        self.now = now
        super().__init__(changed=changed)


class DayRefused(MedspillerError):
    """A day cannot be what was said: `field` and the code of why (`past`, `ahead`, `before_start`, `too_far`)."""

    def __init__(self, field: str, why: str):
        self.field, self.why = field, why
        super().__init__(f"{field}: {why}")


class TextRefused(MedspillerError):
    """A text cannot be stored: `field` and the code of why (`missing`, `too_long`)."""

    def __init__(self, field: str, why: str):
        self.field, self.why = field, why
        super().__init__(f"{field}: {why}")


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What is to be changed of a file; None leaves it as it is, and an empty text removes it."""

    why: str | None = None
    situation: str | None = None
    what_matters: str | None = None


def who_answers(contact: str, holders: Sequence[str]) -> str:
    """
    Return whom a carer calls: the contact person, else whoever holds the plan that has run longest; empty for nobody.

    `holders` are those of the open plans, the plan opened first at the front.
    """
    return contact or next((name for name in holders if name), "")


def ensure_not_ahead(field: str, day: date, *, today: date) -> date:
    """
    Accept a day on which something is said to have happened.

    :raises DayRefused: if it lies ahead.
    """
    if day > today:
        raise DayRefused(field, "ahead")
    return day


def ensure_not_past(field: str, day: date, *, today: date) -> date:
    """
    Accept a day on which something is to happen.

    :raises DayRefused: if it has passed.
    """
    if day < today:
        raise DayRefused(field, "past")
    return day


def stands_in(whole: str, said: str) -> bool:
    """Say whether what was said stands in a text already, as lines of their own: "Ro" is not said by "Rolig"."""

    def lines(text: str) -> str:
        return "\n".join(["", *(line.strip() for line in text.strip().splitlines()), ""])

    return lines(said) in lines(whole)


def tidy(field: str, text: str, *, needed: bool = False) -> str:
    """
    Return a text as it is stored, without space around it.

    :raises TextRefused: if it is too long, or missing where it is needed.
    """
    found = text.replace("\x00", "").strip()
    if needed and not found:
        raise TextRefused(field, "missing")
    if len(found) > TEXT_MOST:
        raise TextRefused(field, "too_long")
    return found
