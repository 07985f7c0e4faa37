"""What an enquiry can be about, where it stands, and what came of it."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from medspiller.core.errors import MedspillerError

# Nobody needs to know any more who asked; and nobody calls after half a year. Both are our own choice, within what
# GDPR art. 5 (1) e asks for.
KEPT_AFTER_DONE = timedelta(days=30)
KEPT_AT_MOST = timedelta(days=180)
# Within how many working days a unit may say that it answers.
FEWEST_DAYS, MOST_DAYS = 1, 10


class Purpose(StrEnum):
    """What somebody wants. Each has a recipient of its own."""

    CALL = "call"
    ACCESSIBILITY = "accessibility"
    PRIVACY = "privacy"


FEEDBACK = frozenset({Purpose.ACCESSIBILITY, Purpose.PRIVACY})


class About(StrEnum):
    """What a call is about: a choice, since nobody should write of health on an open page."""

    MYSELF = "myself"
    SOMEBODY = "somebody"
    ENTITLED = "entitled"
    OFFER = "offer"
    OTHER = "other"


class PartOfDay(StrEnum):
    """When it suits to be called."""

    MORNING = "morning"
    DAYTIME = "daytime"
    EVENING = "evening"


class State(StrEnum):
    """Where an enquiry stands."""

    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


class Outcome(StrEnum):
    """What came of it. A code is stored for good."""

    TALKED = "talked"
    AGREED = "agreed"
    TOLD_OF_OFFER = "told-of-offer"
    PASSED_ON = "passed-on"
    NOT_REACHED = "not-reached"
    NOT_WANTED = "not-wanted"
    MENDED = "mended"
    NOTED = "noted"
    ANSWERED = "answered"


_OF_CALLS = (
    Outcome.TALKED, Outcome.AGREED, Outcome.TOLD_OF_OFFER, Outcome.PASSED_ON, Outcome.NOT_REACHED, Outcome.NOT_WANTED,
)  # fmt: skip
_OF_FEEDBACK = (Outcome.MENDED, Outcome.ANSWERED, Outcome.PASSED_ON, Outcome.NOTED)
OUTCOMES: Mapping[Purpose, tuple[Outcome, ...]] = MappingProxyType(
    {Purpose.CALL: _OF_CALLS, Purpose.ACCESSIBILITY: _OF_FEEDBACK, Purpose.PRIVACY: _OF_FEEDBACK}
)


class NobodyReads(MedspillerError):
    """There is no unit that reads such enquiries, or nobody works there: nothing is taken in."""


class Taken(MedspillerError):
    """A colleague sees to it: `by` is their name."""

    def __init__(self, *, by: str):
        self.by = by
        super().__init__(f"taken by {by}")


class Done(MedspillerError):
    """It is done already, so that nothing more is written down."""


class NoSuchOutcome(MedspillerError):
    """An enquiry cannot come to that."""


def ensure_open(state: State) -> None:
    """
    Accept a change of what is not done yet.

    :raises Done: if it is.
    """
    if state is State.DONE:
        raise Done


def ensure_outcome(purpose: Purpose, outcome: Outcome) -> None:
    """
    Accept what an enquiry came to.

    :raises NoSuchOutcome: if such an enquiry cannot come to that.
    """
    if outcome not in OUTCOMES[purpose]:
        raise NoSuchOutcome(outcome)
