"""What waits, for whom, and who has how much. Whoever is named on a list or an item is in the access log."""

from medspiller.worklist.selectors.home import Waiting, waiting
from medspiller.worklist.selectors.listing import (
    MOST_LISTED,
    Counts,
    Items,
    Line,
    counts,
    item,
    item_for_update,
    items,
    open_since,
    open_subjects,
    shown,
)
from medspiller.worklist.selectors.load import HeldBy, Load, OfKind, load
from medspiller.worklist.selectors.taking import who_have_taken

__all__ = [
    "MOST_LISTED",
    "Counts",
    "HeldBy",
    "Items",
    "Line",
    "Load",
    "OfKind",
    "Waiting",
    "counts",
    "item",
    "item_for_update",
    "items",
    "load",
    "open_since",
    "open_subjects",
    "shown",
    "waiting",
    "who_have_taken",
]
