"""A unit having to do with a person: why, from when, and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError
from medspiller.people.domain.persons import ProtectedAddress

HAND_ON_LEAST = 10
HAND_ON_MOST = 500


class InvolvementBasis(StrEnum):
    """
    Why a unit has to do with a person. A code is stored for good.

    `EMERGENCY_CONTACT`: the person is whom the unit calls when something happens to
    somebody else, and nothing more.
    """

    TREATMENT = "treatment"
    ASSESSMENT = "assessment"
    APPLICATION = "application"
    SUPPORT = "support"
    CHILD_NEXT_OF_KIN = "child_next_of_kin"
    COORDINATION = "coordination"
    EMERGENCY_CONTACT = "emergency_contact"


@dataclass(frozen=True, slots=True)
class LiveInvolvement:
    """An involvement that is live at the moment asked about."""

    id: UUID
    unit_id: UUID
    unit_name: str
    basis: InvolvementBasis
    since: datetime


class StartsInThePast(MedspillerError):
    """
    An involvement cannot begin before it is opened.

    What somebody looked at yesterday without any relation stays looked at without one.
    """

    def __init__(self, *, starts_at: datetime, now: datetime):
        self.starts_at, self.now = starts_at, now
        super().__init__(f"{starts_at} is before {now}")


class EndBeforeStart(MedspillerError):
    """An involvement would end before it begins, or before it was closed."""


class AlreadyInvolved(MedspillerError):
    """The unit has to do with the person on this basis already, in some of that time."""


class AlreadyClosed(MedspillerError):
    """The involvement has an end that is not later than the one asked for."""

    def __init__(self, *, ends_at: datetime):
        self.ends_at = ends_at
        super().__init__(f"closed from {ends_at}")


class HandOnRefused(MedspillerError):
    """What is to be said to the other unit is too short or too long; `problem` is which."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class TooLittleForProtected(MedspillerError):
    """A person with a strictly protected address is not opened to a unit that only has their telephone number."""


def ensure_may_begin(
    *,
    basis: InvolvementBasis,
    protected_address: ProtectedAddress,
    starts_at: datetime,
    ends_at: datetime | None,
    now: datetime,
) -> None:
    """
    Accept an involvement in [starts_at, ends_at) that is opened now.

    :raises StartsInThePast: if it would begin before now.
    :raises EndBeforeStart: if it would hold no moment.
    :raises TooLittleForProtected: for an emergency contact whose address is strictly protected.
    """
    if starts_at < now:
        raise StartsInThePast(starts_at=starts_at, now=now)
    if ends_at is not None and ends_at <= starts_at:
        raise EndBeforeStart
    if basis is InvolvementBasis.EMERGENCY_CONTACT and protected_address is ProtectedAddress.STRICT:
        raise TooLittleForProtected


def tidy_reason(reason: str) -> str:
    """
    Return why somebody is handed on to another unit, without needless spaces.

    :raises HandOnRefused: if it says too little or too much.
    """
    words = " ".join(reason.split())
    if len(words) < HAND_ON_LEAST:
        raise HandOnRefused("too_short")
    if len(words) > HAND_ON_MOST:
        raise HandOnRefused("too_long")
    return words


def linked_on(asked: InvolvementBasis, *, may_follow_up: bool) -> InvolvementBasis:
    """
    Return why a unit has to do with somebody registered already, whom it now writes down as near to another.

    Who knows a name and a number is told by this whom to call, and no more: `asked` holds only
    where the actor may follow the person up anyway. Else anybody's own file would open to
    whoever says that they are somebody's carer.
    """
    return asked if may_follow_up else InvolvementBasis.EMERGENCY_CONTACT


def close(*, starts_at: datetime, ends_at: datetime | None, at: datetime, now: datetime) -> datetime:
    """
    Return the moment from which an involvement is no more, when it is closed now from `at` on.

    One that has not begun yet ends where it would have begun: it was never live.

    :raises EndBeforeStart: if `at` is past: what was looked at until now was looked at with the relation.
    :raises AlreadyClosed: if it ends no later already.
    """
    if at < now:
        raise EndBeforeStart
    if ends_at is not None and ends_at <= at:
        raise AlreadyClosed(ends_at=ends_at)
    return max(at, starts_at)
