"""Looking again at runs in which something changes by itself: nightly, many at a time, and again after a stop."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.pathways import policies, selectors
from medspiller.pathways.domain.progress import Progress, RunState, progress
from medspiller.pathways.models import OpenStep, Run
from medspiller.pathways.selectors._lines import lines_of
from medspiller.pathways.services import _storing

logger = logging.getLogger(__name__)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Changed:
    """What looking again at a run has changed. `became_late` are the ids of steps that were still in time before."""

    run_id: UUID
    opened: tuple[OpenStep, ...]
    gone: tuple[UUID, ...]
    became_late: tuple[str, ...]
    state_before: RunState
    state: RunState
    phase_before: str
    phase: str


@dataclass(frozen=True, slots=True)
class Recomputed:
    """At how many runs one call looked, and those of them in which something changed. None: it is done for the day."""

    looked_at: int
    changed: tuple[Changed, ...]


@transaction.atomic
def recompute(*, actor: Actor, before: date, limit: int) -> Recomputed:
    """
    Look again at up to `limit` runs in which something changes by itself on that day or earlier, as of that day.

    Each run is looked at once: call it, each time in a transaction of its own, until it has looked at none. Whatever
    stops it, it goes on from there. Runs in which somebody is writing just then come with the next call. No event is
    published: what has changed is returned. A run that cannot be computed is told to those who run this, and is looked
    at again the day after: it keeps no other waiting.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    rows = list(
        Run.objects.select_for_update(skip_locked=True)
        .filter(look_again_on__lte=before)
        .order_by("look_again_on", "id")[:limit]
    )
    lines = lines_of([run.id for run in rows])
    computed: list[tuple[Run, Progress]] = []
    for run in rows:
        try:
            pathway = selectors.pathway_of(actor=actor, pin=run.pin)
            computed.append((run, progress(pathway, lines[run.id], on=before)))
        except Exception:
            logger.exception("pathways.not_recomputed", extra={"run_id": str(run.id)})
            Run.objects.filter(id=run.id).update(look_again_on=before + _DAY)
    were = {run.id: (RunState(run.state), run.phase, run.look_again_on) for run in rows}
    stored = _storing.store(computed, _storing.open_steps_of([run.id for run in rows]))
    changed = (_changed(run, now, stored[run.id], were[run.id]) for run, now in computed)
    return Recomputed(len(rows), tuple(one for one in changed if one))


def _changed(
    run: Run, now: Progress, stored: _storing.Stored, was: tuple[RunState, str, date | None]
) -> Changed | None:
    state, phase, look_again_on = was
    late = _became_late(now, look_again_on)
    has_changed = stored.opened or stored.gone or stored.has_moved or late
    if not has_changed and (state, phase) == (now.state, now.phase):
        return None
    return Changed(run.id, stored.opened, stored.gone, late, state, now.state, phase, now.phase)


def _became_late(now: Progress, since: date | None) -> tuple[str, ...]:
    """What was late already when it was last looked at, was late before the day on which to look again."""
    return tuple(
        one.step.id for one in now.late_steps if since is None or one.due_on is None or one.due_on + _DAY >= since
    )
