"""The days after a report of a concern for a child, from the row."""

from medspiller.core import clock
from medspiller.followup.domain import concerns as rules
from medspiller.followup.domain.concerns import Feedback, FeedbackDay
from medspiller.followup.models import ConcernAssessment


def days_of(row: ConcernAssessment) -> tuple[FeedbackDay, ...]:
    """Return the days after a report of a row that was opened, for whoever logs it."""
    answered = {
        Feedback.REVIEWED: row.reviewed_on,
        Feedback.CONFIRMED: row.confirmed_on,
        Feedback.INVESTIGATED: row.investigated_on,
        Feedback.TOLD: row.told_on,
    }
    return rules.feedback_days(
        row.reported_on,
        {code: on for code, on in answered.items() if on is not None},
        investigates=row.investigates,
        special=row.is_special,
        today=clock.today(),
    )
