"""What a table answers, the same for all of them."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from medspiller.people.domain.sentences import Sentence


class Answer(StrEnum):
    """`MUST`: there is a right to it. `MAY`: it is allowed. `UNKNOWN`: something that decides is not known."""

    MUST = "must"
    MAY = "may"
    NO = "no"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """How much the answer covers."""

    NONE = "none"
    GENERAL_ONLY = "general_only"
    NECESSARY_ONLY = "necessary_only"
    FULL = "full"

    @property
    def reach(self) -> "Reach":
        return Reach[self.name]


class Reach(IntEnum):
    """Scopes in order: a greater one tells more."""

    NONE = 0
    GENERAL_ONLY = 1
    NECESSARY_ONLY = 2
    FULL = 3


ALWAYS_ALLOWED = ("general", "listening")


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row of a table.

    `conditions` names every input that must be known for the row to let anything be told:
    whoever relies on the answer relies on these.
    """

    rule: str
    answer: Answer
    scope: Scope
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row that was reached, with the law of the day and the reason in words."""

    row: Row
    law: tuple[str, ...]
    why: Sentence
    reservation: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """
    An answer with its reason.

    `rule` is the row that decides, or of an unknown the first row that may or may not hold; None
    where no law we know applies. `missing` names the inputs that, once known, would change the
    answer or how far it reaches. `conditions` names the inputs the answer rests on.
    `reservation` is what a lawyer has yet to confirm, and must be shown with the answer.
    """

    answer: Answer
    scope: Scope
    rule: str | None
    law: tuple[str, ...]
    why: Sentence
    missing: tuple[str, ...] = ()
    conditions: frozenset[str] = frozenset()
    reservation: Sentence | None = None
    always_allowed: tuple[str, ...] = ALWAYS_ALLOWED

    @property
    def reach(self) -> Reach:
        """How much may be told on the strength of this answer."""
        return self.scope.reach if self.answer in {Answer.MUST, Answer.MAY} else Reach.NONE

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as the `may-tell` command prints it."""
        return {
            "answer": self.answer.value,
            "scope": self.scope.value,
            "rule": self.rule,
            "law": list(self.law),
            "why": self.why.as_dict(),
            "missing": list(self.missing),
            "always_allowed": list(self.always_allowed),
        }
