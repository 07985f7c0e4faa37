"""What waits, for whom, and who has how much. Whoever is named on a list or an item is in the access log."""

from medspiller.worklist.selectors._parts import MOST_LISTED
from medspiller.worklist.selectors.counting import Counts, HomeCounts, counts, home_counts
from medspiller.worklist.selectors.home import Waiting, waiting
from medspiller.worklist.selectors.listing import (
    Items,
    Line,
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
    "HomeCounts",
    "Items",
    "Line",
    "Load",
    "OfKind",
    "Waiting",
    "counts",
    "home_counts",
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
