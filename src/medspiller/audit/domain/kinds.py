"""What somebody did, and how it went."""

from enum import StrEnum


class Kind(StrEnum):
    """What an entry tells of."""

    READ = "read"
    SEARCH = "search"
    WRITE = "write"
    REFUSED = "refused"

    @property
    def outcome(self) -> "Outcome":
        """How it went; only a refusal did not."""
        return Outcome.REFUSED if self is Kind.REFUSED else Outcome.DONE


class Outcome(StrEnum):
    """How it went for the actor."""

    DONE = "done"
    REFUSED = "refused"
