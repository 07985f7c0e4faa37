"""How far a response has come, who gave it and how; and why one is refused."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from medspiller.core.errors import MedspillerError
from medspiller.questionnaires.domain.definition.outcomes import Issue

REASON_MOST = 500


class Status(StrEnum):
    """Where a response is. What is completed stays as it is; a code is stored for good."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ENTERED_IN_ERROR = "entered_in_error"


class Source(StrEnum):
    """Whether those whose answers they are typed them. A code is stored for good."""

    SELF = "self"
    ON_BEHALF = "on_behalf"


class How(StrEnum):
    """How the answers were given. A code is stored for good."""

    ONLINE = "online"
    CONVERSATION = "conversation"
    PHONE = "phone"
    PAPER = "paper"
    INTERPRETER = "interpreter"


# What staff can choose between.
ON_BEHALF = (How.CONVERSATION, How.PHONE, How.PAPER, How.INTERPRETER)


class NotComplete(MedspillerError):
    """
    The answers cannot be finished yet. Nothing of them is lost.

    `issues` say what is missing or wrong, at places of `response`, which is what is asked now;
    `unread` are the ids of fields in which something stands that nobody can read.
    """

    def __init__(self, response: Mapping[str, Any], issues: Sequence[Issue], unread: Sequence[str] = ()):
        self.response, self.issues, self.unread = dict(response), tuple(issues), tuple(unread)
        super().__init__(f"{len(self.issues)} problems, {len(self.unread)} that cannot be read")


class AlreadyCompleted(MedspillerError):
    """The answers are finished, at `at`, and stay as they are. To say something else, they are answered anew."""

    def __init__(self, at: datetime | None):
        self.at = at
        super().__init__("completed")


class NotCompleted(MedspillerError):
    """Only what is finished can be marked as wrong or answered anew."""


class AlreadyAmended(MedspillerError):
    """There is a newer version of these answers already."""


class SavedElsewhere(MedspillerError):
    """
    A newer save is kept already: from another tab, or from this one, later.

    `number` is what a newer one has to exceed.
    """

    def __init__(self, number: int):
        self.number = number
        super().__init__(f"not newer than {number}")


class FormRefused(MedspillerError):
    """The questionnaire cannot be used here; `problem` is unknown, not_for_them, about or how."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class ReasonRefused(MedspillerError):
    """Why it is wrong must be said, in few words; `problem` is missing or too_long."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


def ensure_reason(text: str) -> str:
    """
    Return a reason without the spaces around it.

    :raises ReasonRefused: if it is empty or too long.
    """
    words = text.strip()
    if not words:
        raise ReasonRefused("missing")
    if len(words) > REASON_MOST:
        raise ReasonRefused("too_long")
    return words
