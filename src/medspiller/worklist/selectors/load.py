"""Who has how much, for whoever leads: counts alone, and nobody whom it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.worklist import policies
from medspiller.worklist.models import OPEN, WorkItem

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class HeldBy:
    """What one colleague has taken; `id` of None is what nobody has. `oldest` is the day longest past."""

    id: UUID | None
    name: str
    open: int
    overdue: int
    this_week: int
    put_off: int
    oldest: date | None


@dataclass(frozen=True, slots=True)
class OfKind:
    """How much of one kind waits, and how much of that is overdue."""

    kind: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Load:
    """Everything open in the units asked about, by who has it (most overdue first) and by what it is."""

    held: tuple[HeldBy, ...]
    kinds: tuple[OfKind, ...]

    @property
    def open(self) -> int:
        return sum(each.open for each in self.held)

    @property
    def overdue(self) -> int:
        return sum(each.overdue for each in self.held)

    @property
    def free(self) -> HeldBy | None:
        """What nobody has taken; None if there is no such thing."""
        return next((each for each in self.held if each.id is None), None)


def load(*, actor: Actor, unit_id: UUID | None = None) -> Load:
    """
    Return how the work is spread in the units whose load the actor may see, or in one of them.

    What is about the actor, or somebody they are too close to, is not even counted.

    :raises NotAllowed: without a role that sees the load, there.
    """
    policies.ensure(actor, policies.VIEW_LOAD, unit_id=unit_id)
    units = [unit_id] if unit_id is not None else sorted(actor.units_with(policies.VIEW_LOAD))
    within = people.reach(actor=actor)
    rows = WorkItem.objects.filter(OPEN, unit_id__in=units).exclude(person_id__in=within.closed | within.let_no_more)
    rows = rows.order_by()
    today = clock.today()
    overdue = Count("id", filter=Q(due_on__lt=today))
    by_holder = rows.values("taken_by").annotate(
        name=Min("taken_by_name"),
        all=Count("id"),
        overdue=overdue,
        this_week=Count("id", filter=Q(due_on__gte=today, due_on__lt=today + WEEK)),
        put_off=Count("id", filter=Q(snoozed_until__gt=today)),
        oldest=Min("due_on", filter=Q(due_on__lt=today)),
    )
    by_kind = rows.values("kind").annotate(all=Count("id"), overdue=overdue)
    held = sorted((_held(row) for row in by_holder), key=lambda each: (-each.overdue, -each.open, each.name))
    kinds = [OfKind(kind=row["kind"], open=row["all"], overdue=row["overdue"]) for row in by_kind]
    kinds.sort(key=lambda each: (-each.overdue, -each.open, each.kind))
    return Load(held=tuple(held), kinds=tuple(kinds))


def _held(row: Mapping[str, Any]) -> HeldBy:
    return HeldBy(
        id=row["taken_by"],
        name=row["name"],
        open=row["all"],
        overdue=row["overdue"],
        this_week=row["this_week"],
        put_off=row["put_off"],
        oldest=row["oldest"],
    )
