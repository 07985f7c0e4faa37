"""
Rules of giving and taking away posts and roles.

Everything ends on a date, nobody changes what they themselves may do, and there is always
somebody who can give roles.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError, NotAllowed
from medspiller.core.periods import Period
from medspiller.organisations.domain import tree

# Long enough for a permanent post, short enough that somebody looks at it again.
MOST_YEARS = 5
# A role that ends within this many days is shown as about to end.
SOON_DAYS = 60
# Why an account is closed or opened: a sentence, not a story.
REASON_LENGTH = 300


class PeriodProblem(StrEnum):
    """Why a post or a role cannot be given for a period."""

    NO_END = "no_end"
    TOO_LONG = "too_long"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    OUTSIDE = "outside"


class LastAdministrator(MedspillerError):
    """It would leave a part of the house in which nobody can give roles."""


class OwnAccount(NotAllowed):
    """An administrator was to do something to their own account that takes a second person."""

    def __init__(self, *, action: str, user_id: UUID):
        super().__init__(action=action, reason="own_account", subject_id=user_id)


class SecondAccount(NotAllowed):
    """An administrator was to open or fill a second account that is, or may be, their own."""

    def __init__(self, *, action: str, user_id: UUID | None = None):
        super().__init__(action=action, reason="second_account", subject_id=user_id)


class AccountState(MedspillerError):
    """An account was to be closed that is closed already, or opened that is open: somebody was quicker."""


class PostStillHeld(MedspillerError):
    """A post was to be closed that somebody holds on that day or later. Carries their names."""

    def __init__(self, *, holders: Iterable[str]):
        self.holders = tuple(holders)
        super().__init__(f"held by {len(self.holders)}")


def ensure_not_own(*, action: str, actor_id: UUID, user_id: UUID) -> None:
    """
    Accept what an administrator does to an account, unless it is the one they are signed in with.

    :raises OwnAccount: if it is.
    """
    if actor_id == user_id:
        raise OwnAccount(action=action, user_id=user_id)


def may_be_same_person(*, name: str, email: str, other_name: str, other_email: str) -> bool:
    """
    Say whether two accounts may be one human being's: the same e-mail address, or the same name.

    Two people can share a name. Whoever asks is then sent to a second person, who knows.

    >>> may_be_same_person(name="Eva Demoås", email="", other_name=" eva  demoås", other_email="x@example.org")
    True
    """
    same_address = bool(_plain(email)) and _plain(email) == _plain(other_email)
    return same_address or (bool(_plain(name)) and _plain(name) == _plain(other_name))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def latest_end(start: date) -> date:
    """
    Return the last end (which is not included) that something beginning on `start` may have.

    >>> latest_end(date(2024, 2, 29))
    datetime.date(2029, 3, 1)
    """
    try:
        return start.replace(year=start.year + MOST_YEARS)
    except ValueError:
        return date(start.year + MOST_YEARS, 3, 1)


def problem_of(period: Period, *, today: date | None, within: Period) -> PeriodProblem | None:
    """
    Say why something cannot be given for a period; None if it can.

    `within` is the time of what it hangs on: the post of a holding, the holding of a role.
    With `today`, it cannot begin before: what somebody was allowed to do is not rewritten.
    """
    if period.end is None:
        return PeriodProblem.NO_END
    if today is not None and period.start < today:
        return PeriodProblem.BEGINS_IN_THE_PAST
    if period.end > latest_end(period.start):
        return PeriodProblem.TOO_LONG
    if period.intersection(within) != period:
        return PeriodProblem.OUTSIDE
    return None


def without_administrator(ended: Iterable[UUID], left: Iterable[UUID], parents: tree.Parents) -> frozenset[UUID]:
    """
    Return those of the units `ended` that no administrator is left for.

    `ended` and `left` are the units of administrators' roles; each holds for all units below.
    """
    kept = frozenset(left)
    return frozenset(unit for unit in ended if kept.isdisjoint((unit, *tree.ancestors(unit, parents))))
