"""Amounts and limits that the law sets, each from a day, with its source."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from medspiller.rights.domain.texts import Texts


class Certainty(StrEnum):
    """How a fact from outside is known: read in the law, from Nav, on another page, or still to be verified."""

    LAW = "law"
    NAV = "nav"
    PAGE = "page"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: a reference as lawyers write it, a link if there is one, and how well it was read."""

    ref: str
    url: str | None
    certainty: Certainty


class Absent(StrEnum):
    """Why there is no value on a day."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class Step:
    """What holds from a day on, until the next step begins."""

    start: date
    value: Decimal | Absent
    source: Source


@dataclass(frozen=True, slots=True)
class Dated:
    """
    One figure through time. Steps are in order, and each holds up to, not including, the next one's day.

    A day before the first step, and a day from which the value is not known, have no value: nothing is
    carried over from another period.
    """

    name: str
    unit: str
    steps: Sequence[Step]
    label: Texts = field(default_factory=dict)

    def step_on(self, day: date) -> Step | None:
        """Return what holds on a day; None before the first step."""
        at = bisect_right(self.steps, day, key=lambda step: step.start)
        return self.steps[at - 1] if at else None

    def on(self, day: date) -> Decimal | Absent:
        """Return the value on a day, or why there is none."""
        step = self.step_on(day)
        return Absent.NOT_YET if step is None else step.value
