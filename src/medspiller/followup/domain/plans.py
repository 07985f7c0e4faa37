"""A plan: a run of a pathway in a carer's file, and what is refused of it."""

from datetime import date, timedelta
from uuid import UUID

from medspiller.core.errors import MedspillerError
from medspiller.followup.domain.files import DayRefused, FileKind

REASON_MOST = 60
# What began longer ago is not begun afterwards: every deadline of it would have passed.
EARLIEST = timedelta(days=365)
FAMILY = "family"


class PlanRunsAlready(MedspillerError):
    """The same pathway runs in the file already, about the same person: `plan_id`."""

    def __init__(self, *, plan_id: UUID):
        self.plan_id = plan_id
        super().__init__(f"plan {plan_id} runs")


class PathwayRefused(MedspillerError):
    """The pathway cannot run in this file; `why` is a code: `unknown` (there is none active), `child`, `adult`."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class AboutRefused(MedspillerError):
    """Whom the plan should be about is nobody to the carer, as far as the actor may know."""


class AboutSettled(MedspillerError):
    """Something of the patient stands in the plan already: it would become somebody else's, or nobody's."""


class KeptBack(MedspillerError):
    """It is about whom the carer cares for, and the plan names nobody, or somebody closed to the actor."""


def ensure_fits(subject: str, kind: FileKind) -> None:
    """
    Accept a pathway in a file of its kind; what is for families fits every file.

    :raises PathwayRefused: with for whom the pathway is.
    """
    if subject not in (FAMILY, kind.value):
        raise PathwayRefused(subject)


def ensure_may_begin(started_on: date, *, today: date) -> date:
    """
    Accept the day on which a plan began: today, or a day before that is not too long ago.

    :raises DayRefused: if not.
    """
    if started_on > today:
        raise DayRefused("started_on", "ahead")
    if today - started_on > EARLIEST:
        raise DayRefused("started_on", "too_far")
    return started_on
