"""What setting pages as documents may cost, and why nothing came of it: the same for every app that lets it be done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest

from medspiller.core.errors import MedspillerError

# What breaks the worker is not tried for ever.
MOST_TRIES = 3
# A page left open must not ask for ever: that would keep its session alive.
ASKS_MOST = 60


class Problem(StrEnum):
    """Why nothing came of it. MISSING: the machine lacks the library that sets the pages."""

    MISSING = "missing"
    TOO_LARGE = "too_large"
    FAULT = "fault"


class NotMade(MedspillerError):
    """A document or drawing cannot be made; `problem` says why."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """How far a document has come. It is gone at `kept_until`."""

    is_ready: bool
    problem: Problem | None
    kept_until: datetime

    @property
    def is_waited_for(self) -> bool:
        """Whether it is still being made."""
        return not self.is_ready and self.problem is None


def state_shown(request: HttpRequest, found: SeenDocument | None, *, here: str) -> dict[str, Any]:
    """
    Return what `ui/parts/_document_state.html` shows of how far a document has come, on the page `here`.

    Besides that it needs `part_id`, `file_url`, `make_label`, `problem` in words, and `print_url` where the page can be
    printed instead.
    """
    waits = found is not None and found.is_waited_for
    asked = _number(request.GET.get("n", "0"))
    ask_again = f"{here}?n={asked + 1}" if waits and asked < ASKS_MOST else ""
    return {"found": found, "waits": waits, "here": here, "ask_again": ask_again}


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() else ASKS_MOST
