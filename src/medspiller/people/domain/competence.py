"""
Whether the patient can decide for themselves in one matter (pbrl § 4-3).

Everybody from sixteen is taken to be able to until it is decided otherwise, in writing and
for one matter at a time. There is no mark on the person, only decisions that end.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from medspiller.people.domain.circumstances import REASON_MOST, JudgementInvalid

MATTER_MOST = 300
# Local practice: the law says that it is looked at again, not when.
USUALLY_LASTS = timedelta(days=180)
LASTS_AT_MOST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CompetenceDetails:
    """What was decided about one matter, and why. `review_on` is when it is looked at again; set if left open."""

    matter: str
    competent: bool
    reason: str
    review_on: date | None = None


def tidy(details: CompetenceDetails, *, today: date) -> CompetenceDetails:
    """
    Return what can be stored, with the day it is looked at again.

    :raises JudgementInvalid: if matter or reason are missing or too long, or the day is past or more than a year ahead.
    """
    problems: dict[str, str] = {}
    matter, reason = " ".join(details.matter.split()), details.reason.strip()
    for name, text, most in (("matter", matter, MATTER_MOST), ("reason", reason, REASON_MOST)):
        if not text:
            problems[name] = "missing"
        elif len(text) > most:
            problems[name] = "too_long"
    review_on = details.review_on
    if review_on is None and not details.competent:
        review_on = today + USUALLY_LASTS
    if review_on is not None and not today < review_on <= today + LASTS_AT_MOST:
        problems["review_on"] = "past" if review_on <= today else "too_far"
    if problems:
        raise JudgementInvalid(problems)
    return replace(details, matter=matter, reason=reason, review_on=review_on)


def answer(*, competent: bool, review_on: date | None, day: date) -> bool | None:
    """
    Return what a decision that stands says of its matter on a day.

    None from the day after it was to be looked at again: it is neither yes nor no until
    somebody has. Only ending it brings the presumption back.
    """
    return competent if review_on is None or day <= review_on else None


def stands(*, judged_at: datetime, ended_at: datetime | None, at: datetime) -> bool:
    """Say whether a decision stands at a moment: made, and not ended. Overdue for review it still stands."""
    return judged_at <= at and (ended_at is None or at < ended_at)
