"""What stands on the lists of units: status that somebody asked for, and plans from files that wait."""

from collections.abc import Collection
from datetime import date

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.strategy.domain.dates import REMIND_WITHIN
from medspiller.strategy.domain.vocabulary import OVER, ImportState, StrategyStatus
from medspiller.strategy.models import ImportedPlan, Measure, MeasureOwner
from medspiller.strategy.services._storing import IMPORT, MEASURE, system_of
from medspiller.worklist import selectors as waiting
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy

_TITLE_LETTERS = 150


def ask(actor: Actor, measures: Collection[Measure], *, today: date) -> int:
    """
    Put measures whose status somebody waits for on the lists of their owners' units, and return how many were new.

    Where no unit of the house owns one, it is the unit's that answers for the plan; so it is, too, when the day is a
    week past. `strategy` and `area` are there already.
    """
    units: dict[object, set] = {row.id: set() for row in measures}
    owned = MeasureOwner.objects.filter(measure_id__in=list(units), unit__isnull=False)
    for measure_id, unit_id in owned.values_list("measure_id", "unit_id"):
        units[measure_id].add(unit_id)
    placed = []
    for row in measures:
        long_past = row.status_due_on is not None and row.status_due_on + REMIND_WITHIN <= today
        if row.strategy.unit_id and (not units[row.id] or long_past):
            units[row.id].add(row.strategy.unit_id)
        placed += [_asked(row, unit_id) for unit_id in sorted(units[row.id])]
    return worklist.put_many(actor=system_of(actor), items=placed)


def ask_elsewhere(actor: Actor, row: Measure, *, today: date) -> None:
    """Let an open request stand on the lists of those who own the measure now, and of nobody else."""
    if not is_asked(row):
        return
    withdraw(actor, [row], why=WithdrawnWhy.MOVED)
    ask(actor, [row], today=today)


def is_asked(row: Measure) -> bool:
    """Say whether somebody waits for the status of a measure."""
    return (
        row.status_due_on is not None and row.status not in OVER and row.strategy.status == StrategyStatus.ADOPTED.value
    )


def is_answered_by(actor: Actor, row: Measure, *, on: date) -> bool:
    """Say whether how a measure stood on a day answers what is asked of it: not if that was before anybody asked."""
    since = waiting.open_since(
        actor=system_of(actor), kind=kinds.STRATEGY_STATUS.code, subject_type=MEASURE, subject_id=row.id
    )
    return since is None or on >= clock.day_of(since)


def withdraw(actor: Actor, measures: Collection[Measure], *, why: WithdrawnWhy = WithdrawnWhy.ANSWERED) -> int:
    """Take what is about these measures off every list."""
    return worklist.withdraw_subjects(
        actor=system_of(actor),
        kind=kinds.STRATEGY_STATUS.code,
        subject_type=MEASURE,
        subject_ids=[row.id for row in measures],
        why=why,
    )


def bring_import_up_to_date(actor: Actor, row: ImportedPlan) -> None:
    """Let the list of its unit say that a plan from a file waits, or no more."""
    if row.state == ImportState.WAITING.value and row.unit_id:
        worklist.put(
            actor=system_of(actor),
            kind=kinds.STRATEGY_IMPORT.code,
            subject_type=IMPORT,
            subject_id=row.id,
            unit_id=row.unit_id,
            title=dict.fromkeys(("nb", "nn", "en"), row.file_name),
        )
        return
    worklist.withdraw(
        actor=system_of(actor),
        kind=kinds.STRATEGY_IMPORT.code,
        subject_type=IMPORT,
        subject_id=row.id,
        why=WithdrawnWhy.SEEN_TO,
    )


def _asked(row: Measure, unit_id: object) -> Placed:
    text = f"{row.area.number}.{row.number} {row.text}"
    short = text if len(text) <= _TITLE_LETTERS else f"{text[: _TITLE_LETTERS - 1]}…"
    return Placed(
        kind=kinds.STRATEGY_STATUS.code,
        subject_type=MEASURE,
        subject_id=row.id,
        unit_id=unit_id,  # type: ignore[arg-type]
        due_on=row.status_due_on,
        # As the plan writes it, in whichever language that is.
        title=dict.fromkeys(("nb", "nn", "en"), short),
        origin=dict.fromkeys(("nb", "nn", "en"), row.strategy.title),
    )
