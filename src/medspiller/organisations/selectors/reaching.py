"""How units are reached by telephone. Numbers that anybody may call are known to anybody who knows of the unit."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.core.actors import Actor
from medspiller.organisations.domain.kinds import UnitKind
from medspiller.organisations.models import Unit
from medspiller.organisations.selectors.units import PATH


@dataclass(frozen=True, slots=True)
class Reached:
    """
    Where somebody answers: `phone` as it is dialled, empty where no number is known.

    `is_own`: it is the number of the unit that was asked about, and not of one above it.
    """

    unit_id: UUID
    unit_name: str
    phone: str
    opening_hours: str
    is_own: bool


def phone_of(*, actor: Actor, unit_id: UUID, on: date) -> Reached | None:
    """
    Return the number by which a unit is reached on a day: its own, else that of the nearest unit above it.

    None where neither it nor any above it has one, or there is no such unit.
    """
    if actor.tenant_id is None:
        return None
    path = [row for row in Unit.objects.raw(PATH, [unit_id]) if row.tenant_id == actor.tenant_id]
    with_number = (row for row in reversed(path) if row.phone and _is_open(row, on))
    return next((_reached(row, is_own=row.id == unit_id) for row in with_number), None)


def child_welfare(*, actor: Actor, on: date) -> tuple[Reached, ...]:
    """Return the municipality's child welfare services that are open on a day, by name; those without a number too."""
    if actor.tenant_id is None:
        return ()
    rows = Unit.objects.filter(tenant_id=actor.tenant_id, kind=UnitKind.CHILD_WELFARE.value).open_on(on)
    return tuple(_reached(row, is_own=True) for row in rows.order_by("name", "id"))


def _is_open(row: Unit, on: date) -> bool:
    return row.opened_on <= on and (row.closed_from is None or on < row.closed_from)


def _reached(row: Unit, *, is_own: bool) -> Reached:
    return Reached(row.id, row.name, row.phone, row.opening_hours, is_own)
