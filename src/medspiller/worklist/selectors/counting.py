"""How much waits on somebody's lists. Nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, QuerySet, Subquery

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.people.selectors import Reach
from medspiller.worklist import policies
from medspiller.worklist.models import OPEN, WorkItem
from medspiller.worklist.selectors._parts import MOST_LISTED, awake, later, soon, visible_to, waits

Units = tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How much waits in each part of the actor's lists, each counted up to `MOST_LISTED`: that many, or more.

    `now` is what is due within `AHEAD` or has no day, `later` the rest; `mine` and `waiting` are parts of all that is
    open. `units` are the open units with lists, by name.
    """

    now: int = 0
    later: int = 0
    mine: int = 0
    waiting: int = 0
    units: Units = ()


@dataclass(frozen=True, slots=True)
class HomeCounts:
    """
    What cannot wait: what is `overdue`, what the actor has taken, what is `free` for anybody to take now.

    Counted and with units as in `Counts`.
    """

    overdue: int = 0
    mine: int = 0
    free: int = 0
    units: Units = ()


def counts(*, actor: Actor, within: Reach) -> Counts:
    """Return how much waits in each part of the actor's lists, in one statement."""
    today, rows = clock.today(), _open(actor, within)
    found, units = _beside_units(
        actor,
        {
            "now": rows.filter(soon(today)),
            "later": rows.filter(later(today)),
            "mine": rows.filter(awake(today), taken_by=actor.id),
            "waiting": rows.filter(waits(actor, today)),
        },
    )
    return Counts(**found, units=units)


def home_counts(*, actor: Actor, within: Reach) -> HomeCounts:
    """Return how much of all that cannot wait, in one statement."""
    today, rows = clock.today(), _open(actor, within)
    found, units = _beside_units(
        actor,
        {
            "overdue": rows.filter(due_on__lt=today),
            "mine": rows.filter(awake(today), taken_by=actor.id),
            "free": rows.filter(soon(today), taken_by=None),
        },
    )
    return HomeCounts(**found, units=units)


def _open(actor: Actor, within: Reach) -> "QuerySet[WorkItem]":
    return WorkItem.objects.filter(OPEN, visible_to(actor, within)).order_by()


def _beside_units(actor: Actor, parts: Mapping[str, "QuerySet[WorkItem]"]) -> tuple[dict[str, int], Units]:
    """Count each part, and return it with the open units whose items the actor sees."""
    allowed = actor.units_with(policies.VIEW_ITEMS)
    if not allowed:
        return dict.fromkeys(parts, 0), ()
    limited = {name: part[:MOST_LISTED] for name, part in parts.items()}
    units = organisations.units(actor=actor, on=clock.today()).filter(id__in=allowed)
    # The numbers are the same beside each unit, and counted once: one way to the database instead of many.
    beside = units.annotate(**{name: _HowMany(part.values("id")) for name, part in limited.items()})
    found: list[Any] = list(beside.values_list("id", "name", *limited))
    numbers = found[0][2:] if found else [part.count() for part in limited.values()]
    return dict(zip(limited, numbers, strict=True)), tuple((unit_id, name) for unit_id, name, *_numbers in found)


class _HowMany(Subquery):
    """How many rows a query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
