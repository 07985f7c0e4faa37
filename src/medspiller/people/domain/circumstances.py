"""What somebody has judged about a case, and which changes what may be told (roles-and-duties § 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from medspiller.core.errors import MedspillerError

REASON_MOST = 2000
END_REASON_MOST = 500


class Circumstance(StrEnum):
    """
    A circumstance that a member of staff judges, never a permanent mark on a person. The code is stored for good.

    `SITUATION_CALLS_FOR_IT` is the law's *forholdene tilsier det* (pbrl § 3-3 first paragraph):
    the patient cannot be asked now and would presumably have wanted it. The tables know it as
    an emergency.
    """

    WEIGHTY_INTEREST_AGAINST_PARENTS = "weighty_interest_against_parents"
    CHILD_REFUSES_WITH_REASON = "child_refuses_with_reason"
    NECESSARY_FOR_PARENTAL_RESPONSIBILITY = "necessary_for_parental_responsibility"
    DANGER_TO_OTHERS = "danger_to_others"
    CONCERN_FOR_CHILD_IN_CARE = "concern_for_child_in_care"
    DEATH_UNEXPECTED = "death_unexpected"
    WEIGHTY_REASON_AFTER_DEATH = "weighty_reason_after_death"
    SITUATION_CALLS_FOR_IT = "situation_calls_for_it"


# What parents are not told of: neither on a page nor in the log (pbrl § 3-4 second and third paragraph).
KEPT_FROM_PARENTS = frozenset({Circumstance.WEIGHTY_INTEREST_AGAINST_PARENTS, Circumstance.CHILD_REFUSES_WITH_REASON})
# What is true of a death stays true; nobody has to look at it again.
OF_A_DEATH = frozenset({Circumstance.DEATH_UNEXPECTED, Circumstance.WEIGHTY_REASON_AFTER_DEATH})
# Local practice: a judgement is looked at again within three months. An emergency is over by the end of the next day.
USUALLY_LASTS = timedelta(days=90)
LASTS_AT_MOST: Mapping[Circumstance, timedelta] = MappingProxyType(
    {
        **dict.fromkeys(Circumstance, timedelta(days=365)),
        Circumstance.SITUATION_CALLS_FOR_IT: timedelta(days=1),
    }
)
_ADULT, _DECIDES, _REFUSES = 18, 16, 12


class AlreadyEnded(MedspillerError):
    """The judgement holds no more; somebody ended it before."""


class JudgementInvalid(MedspillerError):
    """What was judged cannot be stored; `problems` maps the detail to a code of what is wrong."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in problems.items()))


@dataclass(frozen=True, slots=True)
class CircumstanceDetails:
    """
    What is judged. `review_on` is the last day it holds; without one it is set by local practice.

    It changes the law's answer for somebody, so it always says why.
    """

    code: Circumstance
    reason: str
    review_on: date | None = None


def fits(code: Circumstance, *, age: int | None, dead: bool) -> bool:
    """Say whether a circumstance can matter for a patient of this age in whole years; None where it is not known."""
    if code in OF_A_DEATH or dead:
        return code in OF_A_DEATH and dead
    if age is None:
        return True
    if code is Circumstance.CHILD_REFUSES_WITH_REASON:
        return _REFUSES <= age < _DECIDES
    if code in (Circumstance.WEIGHTY_INTEREST_AGAINST_PARENTS, Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY):
        return age < _ADULT
    return age >= _DECIDES


def tidy(details: CircumstanceDetails, *, today: date, age: int | None, dead: bool) -> CircumstanceDetails:
    """
    Return what can be stored, with the day it is looked at again.

    :raises JudgementInvalid: if it does not say why, cannot matter for this patient, or would hold for too long.
    """
    problems: dict[str, str] = {}
    reason = details.reason.strip()
    if not reason:
        problems["reason"] = "missing"
    elif len(reason) > REASON_MOST:
        problems["reason"] = "too_long"
    if not fits(details.code, age=age, dead=dead):
        problems["code"] = "does_not_fit"
    review_on, most = details.review_on, LASTS_AT_MOST[details.code]
    if review_on is None and details.code not in OF_A_DEATH:
        review_on = today + min(USUALLY_LASTS, most)
    if review_on is not None and not today <= review_on <= today + most:
        problems["review_on"] = "past" if review_on < today else "too_far"
    if problems:
        raise JudgementInvalid(problems)
    return replace(details, reason=reason, review_on=review_on)


def holds(*, judged_at: datetime, ended_at: datetime | None, review_on: date | None, at: datetime, day: date) -> bool:
    """Say whether a judgement holds at a moment: from when it was made to its end, `review_on` its last day."""
    return judged_at <= at and (ended_at is None or at < ended_at) and (review_on is None or day <= review_on)
