"""What is wrong with something that was to be read, said so that whoever wrote it finds the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from medspiller.core.errors import MedspillerError


class Code(StrEnum):
    """What sort of fault it is. `detail` of the fault says more where there is more to say."""

    MISSING = "missing"
    UNKNOWN_KEY = "unknown-key"
    TYPE = "type"
    # None of the vocabulary; what stood there.
    CODE = "code"
    # Not as such a thing is written; what stood there.
    FORM = "form"
    EMPTY = "empty"
    # The most there may be.
    TOO_LONG = "too-long"
    # The language that is left out.
    LANGUAGE = "language"
    PERIOD = "period"
    AGES = "ages"
    # The least and the most.
    NUMBER = "number"
    ADDRESS = "address"
    ONLY_WITH_CHECK = "only-with-check"
    ONLY_WITH_COST = "only-with-cost"
    TWICE = "twice"
    # Further ahead than may be.
    TOO_FAR = "too-far"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `path` is the place, like `places[0].postal_code`, empty for the whole."""

    path: str
    code: Code
    detail: str = ""


class Unreadable(MedspillerError):
    """Something could not be read. `problems` is everything that is wrong with it, not only the first."""

    def __init__(self, problems: Iterable[Fault]):
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{fault.path}: {fault.code} {fault.detail}".strip() for fault in self.problems))
