"""What is refused of strategies, each with what its message needs."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import Conflict, MedspillerError
from medspiller.strategy.domain.vocabulary import Unreadable


class Refusal(StrEnum):
    """Why something cannot be stored, for a person to put right."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    YEARS = "years"
    ORDER = "order"
    PERIOD = "period"
    NOT_A_UNIT = "not_a_unit"
    NATIONAL_HAS_NO_UNIT = "national_has_no_unit"
    DRAFT = "draft"
    NOT_DRAFT = "not_draft"
    NOT_ADOPTED = "not_adopted"
    OVER = "over"
    AHEAD = "ahead"
    PAST = "past"
    NEGATIVE = "negative"
    NOT_NATIONAL = "not_national"
    NATIONAL = "national"
    ITSELF = "itself"
    TWICE = "twice"
    NOT_OF_STRATEGY = "not_of_strategy"
    NO_ADDRESS = "no_address"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"
    CORRECTED = "corrected"
    LINKED = "linked"
    ROLLED = "rolled"
    DECIDED = "decided"
    TOO_MANY = "too_many"
    UNKNOWN = "unknown"


class StrategyRefused(MedspillerError):
    """Something cannot be stored: `why`, and the `field` that it is about, empty where it is about no one field."""

    def __init__(self, why: Refusal, field: str = ""):
        self.why, self.field = why, field
        super().__init__(f"{field}: {why}" if field else why.value)


class StrategyChanged(Conflict):
    """
    Somebody else changed it first. `now` is its version, `changed` what they made of it.

    `mark` is the mark of what stands now, of what is compared by one.
    """

    def __init__(self, *, now: int, changed: Mapping[str, str], mark: str = ""):
        self.now, self.mark = now, mark
        super().__init__(changed=changed)


class PlanKnown(MedspillerError):
    """The same plan is here already: as a strategy, or read from a file and waiting for somebody to look at it."""

    def __init__(self, *, title: str, strategy_id: UUID | None = None, import_id: UUID | None = None):
        self.title, self.strategy_id, self.import_id = title, strategy_id, import_id
        super().__init__(title)


class FileRefused(MedspillerError):
    """No plan can be read from a file."""

    def __init__(self, why: Unreadable):
        self.why = why
        super().__init__(why.value)
