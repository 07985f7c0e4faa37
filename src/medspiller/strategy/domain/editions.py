"""
Editions of a yearly report: a final one is never changed, but can be gone on with in the next, which says why.

Also what of a draft is for those only who may see figures: a final report has been decided on and is read by all.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from medspiller.strategy.domain.reports import ReportRefused, ReportState, YearState

FIRST_EDITION = 1
# Why a report was opened again: a few sentences.
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a year's report, as a list has it; `reopened_why` is empty for the first."""

    number: int
    state: ReportState
    reopened_why: str
    made_at: datetime
    made_by_name: str
    finalised_at: datetime | None
    finalised_by_name: str


def ensure_reopened(state: ReportState, reason: str) -> str:
    """
    Return why a final report is opened again, as it is stored.

    :raises ReportRefused: if it is no final report, or nothing or too much is said.
    """
    if state is not ReportState.FINAL:
        raise ReportRefused("not_final")
    plain = " ".join(reason.split())
    if not plain:
        raise ReportRefused("no_reason")
    if len(plain) > LONGEST_REASON:
        raise ReportRefused("too_long")
    return plain


def without_computed(state: YearState) -> YearState:
    """Return figures without those that are counted of the municipality's own people, protected as they are."""
    return replace(state, indicators=tuple(each for each in state.indicators if not each.is_computed), carers=())


def has_computed(state: YearState) -> bool:
    """Say whether any figure is counted of the municipality's own people."""
    return bool(state.carers) or any(each.is_computed for each in state.indicators)
