"""What can happen to runs, and looking again at those in which something changes by itself."""

from medspiller.pathways.services.recomputing import Changed, Recomputed, recompute
from medspiller.pathways.services.running import (
    NotNewer,
    Recorded,
    close_run,
    move_to_version,
    pause,
    record,
    resume,
    skip,
    start_run,
    undo_last,
    withdraw_source,
)
from medspiller.pathways.services.telling import tell_runs

__all__ = [
    "Changed",
    "NotNewer",
    "Recomputed",
    "Recorded",
    "close_run",
    "move_to_version",
    "pause",
    "recompute",
    "record",
    "resume",
    "skip",
    "start_run",
    "tell_runs",
    "undo_last",
    "withdraw_source",
]
