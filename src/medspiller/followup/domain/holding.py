"""
Who holds a plan, and how it passes from one to the next.

An open plan has exactly one holder at every instant: it stays with whoever has it until somebody else has accepted
it, and what nobody can hold any more falls to the leader of the unit, never to nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import holidays

from medspiller.core.errors import Conflict, MedspillerError

# How long somebody has to answer an offer before it bounces. Local practice: no law sets it.
ANSWER_WITHIN_WORKING_DAYS = 3
_SATURDAY = 6


class How(StrEnum):
    """How somebody came to hold a plan. A code is stored for good."""

    OPENED = "opened"
    ACCEPTED = "accepted"
    STAND_IN = "stand_in"
    RETURNED = "returned"
    LEFT = "left"
    LEADER = "leader"


class HandoverState(StrEnum):
    """Where an offer to take over a plan is. A code is stored for good."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    BOUNCED = "bounced"
    WITHDRAWN = "withdrawn"


class BouncedBecause(StrEnum):
    """Why an offer came back without anybody having taken the plan. A code is stored for good."""

    DECLINED = "declined"
    NOT_ANSWERED = "not_answered"
    LEFT = "left"
    AWAY = "away"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NOT_FOLLOWED_UP = "not_followed_up"
    PLAN_CLOSED = "plan_closed"


class CannotHold(MedspillerError):
    """
    Somebody cannot hold this plan; `why` is a code.

    `role`: no role with which one holds plans there. `not_followed_up`: none of their units follows the carer up.
    `too_close`: they are the carer, or too close to them. `away`: they are away now. `closed`: the account is closed.
    """

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class HoldsAlready(MedspillerError):
    """The plan was offered to whoever holds it."""


class NotTheHolder(MedspillerError):
    """The plan is not the actor's to hand over: `holder` has it."""

    def __init__(self, *, holder: str):
        self.holder = holder
        super().__init__(f"held by {holder}")


class OfferedAlready(MedspillerError):
    """The plan is offered to `to` already, who has until `answer_by` to answer."""

    def __init__(self, *, to: str, answer_by: date):
        self.to, self.answer_by = to, answer_by
        super().__init__(f"offered to {to} until {answer_by}")


class HandoverOver(MedspillerError):
    """The offer was answered, withdrawn or bounced before: `state` says which, `why` is of a bounce."""

    def __init__(self, *, state: HandoverState, why: str = ""):
        self.state, self.why = state, why
        super().__init__(state.value)


class ConsentGone(MedspillerError):
    """The carer has withdrawn what let the plan go to the other unit: it stays where it is."""


class SecondHolder(MedspillerError):
    """Somebody else came to hold the plan in the same moment; there is one holder, and it is not this one."""


class PlanClosed(MedspillerError):
    """The plan is closed; nothing happens in it any more."""


class PlanChanged(Conflict):
    """Somebody else changed the plan first. `now` is its version, `changed` what it is at now."""

    def __init__(self, *, now: int, changed: Mapping[str, str]):
        self.now = now
        super().__init__(changed=changed)


@dataclass(frozen=True, slots=True)
class Held:
    """That somebody held a plan, in [starts_at, ends_at)."""

    holder_id: UUID
    starts_at: datetime
    ends_at: datetime | None


def covers(holdings: Iterable[Held], *, opened_at: datetime, closed_at: datetime | None) -> bool:
    """Say whether there was exactly one holder at every instant of [opened_at, closed_at), and none outside it."""
    ordered = sorted(holdings, key=lambda each: (each.starts_at, each.ends_at is None, each.ends_at or each.starts_at))
    at: datetime | None = opened_at
    for each in ordered:
        if at is None or each.starts_at != at or (each.ends_at is not None and each.ends_at < at):
            return False
        at = each.ends_at
    return bool(ordered) and at == closed_at


def answer_by(today: date, *, working_days: int = ANSWER_WITHIN_WORKING_DAYS) -> date:
    """Return the last day on which an offer made today can be answered: so many working days from now, in Norway."""
    day, left = today, working_days
    while left:
        day += timedelta(days=1)
        if day.isoweekday() < _SATURDAY and day not in holidays.country_holidays("NO", years=day.year):
            left -= 1
    return day
