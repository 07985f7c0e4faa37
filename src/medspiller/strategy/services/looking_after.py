"""What the daily job does: those who were asked how it goes are reminded, and what is too old is thrown away."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.strategy import policies
from medspiller.strategy.domain.dates import REMIND_WITHIN
from medspiller.strategy.domain.vocabulary import ImportState, Unreadable
from medspiller.strategy.models import ImportedPlan, Measure, PlanExport
from medspiller.strategy.services import _items as items
from medspiller.worklist.domain.items import WithdrawnWhy

logger = logging.getLogger(__name__)

Came = TypeVar("Came")

EXPORT_KEPT = timedelta(days=1)
# What was refused or thrown away is of no use to anybody after a month.
REFUSED_KEPT = timedelta(days=30)
# A job that fails is tried for two hours.
READING_MOST = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What a day's look came to."""

    reminded: int
    overdue: int
    withdrawn: int
    forgotten: int


def look_after(*, actor: Actor) -> LookedAfter:
    """
    Bring the lists of units up to date with what is asked for, and throw away what is too old. Safe to run twice.

    From a week before the day the item stands on the lists of those who own the measure now; from a week after it,
    also on that of the unit which answers for the plan. What goes wrong in one step undoes that step alone.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    reminded, overdue, withdrawn = _alone(lambda: _remind(actor)) or (0, 0, 0)
    _alone(_give_up)
    _alone(lambda: _bring_imports_up_to_date(actor))
    forgotten = (_alone(_forget_exports) or 0) + (_alone(_forget_imports) or 0)
    return LookedAfter(reminded=reminded, overdue=overdue, withdrawn=withdrawn, forgotten=forgotten)


def _alone(step: Callable[[], Came]) -> Came | None:
    """Do one step; what goes wrong in it is told, and keeps no other step from being done."""
    try:
        with transaction.atomic():
            return step()
    except Exception:
        logger.exception("strategy.step_not_looked_after")
        return None


def _remind(actor: Actor) -> tuple[int, int, int]:
    today = clock.today()
    asked = Measure.objects.filter(status_due_on__isnull=False).select_related("strategy", "area").order_by("id")
    rows = list(asked.select_for_update(of=("self",)))
    open_now = [row for row in rows if items.is_asked(row)]
    left = [row for row in rows if not items.is_asked(row)]
    near = [row for row in open_now if row.status_due_on and row.status_due_on - REMIND_WITHIN <= today]
    reminded = items.ask(actor, near, today=today)
    withdrawn = items.withdraw(actor, left, why=WithdrawnWhy.ENDED)
    Measure.objects.filter(id__in=[row.id for row in left]).update(status_due_on=None)
    overdue = sum(row.status_due_on is not None and row.status_due_on < today for row in open_now)
    return reminded, overdue, withdrawn


def _give_up() -> int:
    """Refuse what no job has been able to read, so that nobody waits for it."""
    waited = ImportedPlan.objects.filter(state=ImportState.READING.value, at__lt=clock.now() - READING_MOST)
    return waited.update(state=ImportState.REFUSED.value, refused=Unreadable.BROKEN.value, content=None)


def _bring_imports_up_to_date(actor: Actor) -> None:
    for waiting in ImportedPlan.objects.filter(state=ImportState.WAITING.value).defer("source_lines", "reading"):
        items.bring_import_up_to_date(actor, waiting)


def _forget_exports() -> int:
    return PlanExport.objects.filter(asked_at__lt=clock.now() - EXPORT_KEPT).delete()[0]


def _forget_imports() -> int:
    useless = [ImportState.REFUSED.value, ImportState.DISCARDED.value]
    return ImportedPlan.objects.filter(state__in=useless, at__lt=clock.now() - REFUSED_KEPT).delete()[0]
