"""What waits for somebody, as their own first page shows it: a few, what cannot wait first."""

from dataclasses import dataclass, field

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.worklist import policies
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.narrowing import Narrowing, Which
from medspiller.worklist.selectors.counting import HomeCounts, home_counts
from medspiller.worklist.selectors.listing import Line, items, shown

ON_HOME = 10
# As many are read, in the order of their days, so that upkeep which is overdue does not keep people out of those shown.
LOOKED_THROUGH = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the actor's own page shows: the first lines of theirs and of what is nobody's yet, and the counts."""

    lines: tuple[Line, ...]
    counts: HomeCounts = field(default_factory=HomeCounts)


def waiting(*, actor: Actor) -> Waiting | None:
    """
    Return what waits for the actor now: what they have taken and what nobody has, the most urgent first.

    None for somebody who has no list, as whoever only steers or administers. Each person
    named is in the log.
    """
    if not actor.units_with(policies.VIEW_ITEMS):
        return None
    within, today = people.reach(actor=actor), clock.today()
    counted = home_counts(actor=actor, within=within)
    first = items(actor=actor, narrowing=Narrowing(which=Which.FOR_ME), within=within)[:LOOKED_THROUGH]
    rows = sorted(first, key=lambda row: kinds.urgency(row.kind, row.due_on, by_law=row.by_law, today=today))
    lines = shown(actor=actor, rows=rows[:ON_HOME], within=within, units=counted.units)
    return Waiting(lines=tuple(lines), counts=counted)
