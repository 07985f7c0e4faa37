"""Lines of histories, many runs at a time, for selectors and services."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.pathways.domain.happenings import UNDOABLE, Happening, Kind
from medspiller.pathways.models import Happening as Row

# How long whoever told something may take it back.
UNDO_WITHIN = timedelta(days=1)

_COLUMNS = (
    "run_id", "kind", "on", "told_on", "seq", "step", "occurrence", "event", "fact", "value", "response", "result",
    "until", "undoes", "version", "source_type", "source_id",
)  # fmt: skip


def lines_of(run_ids: Sequence[UUID]) -> dict[UUID, list[Happening]]:
    """Return what happened to several runs, by run, in the order in which it was told; reasons stay sealed."""
    found: dict[UUID, list[Happening]] = defaultdict(list)
    rows = Row.objects.filter(run_id__in=run_ids).order_by("run_id", "seq").values_list(*_COLUMNS)
    for run_id, kind, *rest in rows:
        found[run_id].append(Happening(kind=Kind(kind), **dict(zip(_COLUMNS[2:], rest, strict=True))))
    return found


def may_undo_row(actor: Actor, row: Row) -> bool:
    """Say whether an actor may take back a line, if nothing that counts was told after it."""
    return row.kind in UNDOABLE and row.by == actor.id and row.at > clock.now() - UNDO_WITHIN
