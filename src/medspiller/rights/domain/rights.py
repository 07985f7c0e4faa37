"""A right as its content tells of it: from which day which rule holds, and what the carer should know."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from medspiller.rights.domain.parameters import Certainty, Source
from medspiller.rights.domain.texts import Texts
from medspiller.rights.domain.truth import Truth


class RightKind(StrEnum):
    """What a right is to."""

    LEAVE = "leave"
    MONEY = "money"
    SERVICE = "service"
    REFUND = "refund"
    PENSION = "pension"
    ADVICE = "advice"


class DecidedBy(StrEnum):
    """Who decides, as the law has it."""

    EMPLOYER = "arbeidsgiver"
    NAV = "nav"
    MUNICIPALITY = "kommune"
    HEALTH_TRUST = "helseforetak"


class State(StrEnum):
    """Why there is no rule in a period. `not_read`: there may be one, and nobody has read it for us."""

    NOT_READ = "not_read"
    NOT_IN_FORCE = "not_in_force"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Period:
    """What holds from a day on, up to, not including, the next period's day: a rule by name, or why there is none."""

    start: date | None
    rule: str | None = None
    state: State | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What to do about a no: to whom to complain, and within how many days."""

    body: Texts
    text: Texts
    deadline_days: int | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Combine:
    """What a carer should know who may have this right and another one."""

    other: str
    text: Texts
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class ApplyAt:
    """Where to apply; `url` is None where no address is certain."""

    url: str | None
    label: Texts


@dataclass(frozen=True, slots=True)
class Right:
    """
    One right.

    `conditions` are the texts of each condition of its rules, by what it came to. `checked` is the day the law
    was read as of. `verify` is what has not been verified, and is shown as such.
    """

    id: str
    slug: str
    url: str
    version: str
    title: Texts
    short: Texts
    kind: RightKind
    decided_by: DecidedBy
    discretionary: bool
    periods: Sequence[Period]
    conditions: Mapping[str, Mapping[Truth, Texts]]
    calculations: Mapping[str, Texts]
    amounts: Mapping[str, Texts]
    answers: Mapping[Truth, Texts]
    document: Sequence[Texts]
    how: Sequence[Texts]
    apply_at: ApplyAt | None
    deadline: Texts
    refused: Refused
    combine: Sequence[Combine]
    verify: Sequence[Texts]
    checked: date

    def period_on(self, day: date) -> Period:
        """Return the period a day is in; before the first one nothing has been read."""
        at = bisect_right(self.periods, day, key=lambda period: period.start or date.min)
        return self.periods[at - 1] if at else NOT_READ

    def end_of(self, period: Period) -> date | None:
        """Return the first day after a period of this right, None if it has no end yet."""
        later = [one.start for one in self.periods if one.start and one.start > (period.start or date.min)]
        return min(later, default=None)


NOT_READ = Period(start=None, state=State.NOT_READ)
