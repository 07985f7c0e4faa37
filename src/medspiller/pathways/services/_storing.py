"""What is computed of runs, stored beside them: columns to search by, and what can be done now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from medspiller.pathways.domain.progress import Progress, StepProgress
from medspiller.pathways.models import OpenStep, Run

_COMPUTED = ("state", "paused_until", "phase", "look_again_on", "ended_on", "end_reason")
# Many rows in one statement; a column each.
_UPDATE_RUNS = """
UPDATE pathways_run AS run
SET state = new.state, paused_until = new.paused_until, phase = new.phase, look_again_on = new.look_again_on,
    ended_on = new.ended_on, end_reason = new.end_reason
FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::text[], %s::date[], %s::date[], %s::text[])
    AS new (id, state, paused_until, phase, look_again_on, ended_on, end_reason)
WHERE run.id = new.id
"""
_UPDATE_STEPS = """
UPDATE pathways_openstep AS step
SET due_on = new.due_on, opened_on = new.opened_on
FROM unnest(%s::uuid[], %s::date[], %s::date[]) AS new (id, due_on, opened_on)
WHERE step.id = new.id
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """Which open steps of a run came, which went, and whether the day of one was moved."""

    opened: tuple[OpenStep, ...]
    gone: tuple[UUID, ...]
    has_moved: bool


def open_steps_of(run_ids: Collection[UUID]) -> dict[UUID, list[OpenStep]]:
    """Return the open steps that are stored, by run."""
    found: dict[UUID, list[OpenStep]] = {run_id: [] for run_id in run_ids}
    for one in OpenStep.objects.filter(run_id__in=run_ids):
        found[one.run_id].append(one)
    return found


def store(runs: Sequence[tuple[Run, Progress]], before: Mapping[UUID, Sequence[OpenStep]]) -> dict[UUID, Stored]:
    """
    Write what was computed of some runs, in a few statements whatever their number, and return what that changed.

    A row stays as long as the same time of the same step can be done. Nothing is written where nothing has changed.
    """
    found: dict[UUID, Stored] = {}
    moved: list[OpenStep] = []
    for run, now in runs:
        kept, opened, gone = _compare(run, now, before.get(run.id, ()))
        moved += kept
        found[run.id] = Stored(tuple(opened), tuple(gone), bool(kept))
    gone_ids = [one for stored in found.values() for one in stored.gone]
    if gone_ids:
        OpenStep.objects.filter(id__in=gone_ids).delete()
    OpenStep.objects.bulk_create([one for stored in found.values() for one in stored.opened], batch_size=2000)
    if moved:
        _execute(
            _UPDATE_STEPS, [one.id for one in moved], [one.due_on for one in moved], [one.opened_on for one in moved]
        )
    _update_runs(runs)
    return found


def _compare(run: Run, now: Progress, before: Sequence[OpenStep]) -> tuple[list[OpenStep], list[OpenStep], list[UUID]]:
    there = {(one.step, one.occurrence): one for one in before}
    wanted = {(one.step.id, one.occurrence): one for one in now.open_steps}
    moved, opened = [], []
    for key, one in wanted.items():
        row = there.get(key)
        if row is None or (row.is_statutory, row.roles) != (one.step.is_statutory, list(one.step.who)):
            opened.append(_row(run, one))
        elif (row.due_on, row.opened_on) != (one.due_on, one.opened_on):
            row.due_on, row.opened_on = one.due_on, one.opened_on or row.opened_on
            moved.append(row)
    replaced = {(one.step, one.occurrence) for one in opened}
    gone = [row.id for key, row in there.items() if key not in wanted or key in replaced]
    return moved, opened, gone


def _row(run: Run, one: StepProgress) -> OpenStep:
    return OpenStep(
        run=run,
        step=one.step.id,
        occurrence=one.occurrence,
        due_on=one.due_on,
        opened_on=one.opened_on or run.started_on,
        is_statutory=one.step.is_statutory,
        roles=list(one.step.who),
    )


def _update_runs(runs: Sequence[tuple[Run, Progress]]) -> None:
    changed: list[Run] = []
    for run, now in runs:
        columns = (now.state.value, now.paused_until, now.phase, now.look_again_on, now.ended_on, now.end_reason)
        if columns != tuple(getattr(run, name) for name in _COMPUTED):
            for name, value in zip(_COMPUTED, columns, strict=True):
                setattr(run, name, value)
            changed.append(run)
    if changed:
        ids = [run.id for run in changed]
        _execute(_UPDATE_RUNS, ids, *([getattr(run, name) for run in changed] for name in _COMPUTED))


def _execute(statement: str, *columns: Sequence[UUID | str | date | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in columns])
