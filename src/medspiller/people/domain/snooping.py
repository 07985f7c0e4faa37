"""What in the access log a leader should look at: reads without a relation, and unusual volume."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID

# Nobody is compared below this: a quiet unit's median may be one.
ALWAYS_USUAL = 20
# How many times what colleagues look at is unusual.
TIMES_COLLEAGUES = 3
# With nobody to compare with, this many is worth a look.
ALONE_UNUSUAL = 60


@dataclass(frozen=True, slots=True)
class Volume:
    """How many different persons one member of staff looked at in a period, in one role in one unit."""

    actor_id: UUID
    actor_name: str
    unit_id: UUID | None
    unit_name: str
    role: str
    persons: int
    looks: int


@dataclass(frozen=True, slots=True)
class Unusual:
    """Somebody who looked at far more persons than colleagues; `colleagues_median` is None if there are none."""

    volume: Volume
    colleagues_median: float | None
    colleagues: int


@dataclass(frozen=True, slots=True)
class LookWithoutRelation:
    """
    One time somebody looked at a person whom their unit had nothing to do with then.

    The person's name is not in it: the leader may have no need to know whom.
    """

    entry_id: UUID
    at: datetime
    actor_id: UUID
    actor_name: str
    unit_name: str
    role: str
    person_id: UUID
    information: tuple[str, ...]


def unusual(volumes: Iterable[Volume]) -> list[Unusual]:
    """
    Return who looked at unusually many, most first.

    Held against the median of the colleagues with the same role in the same unit, the
    person's own figure left out: one snooper must not make their own number usual. The
    median, because one other snooper must not either.
    """
    groups: dict[tuple[UUID | None, str], list[Volume]] = defaultdict(list)
    for volume in volumes:
        groups[(volume.unit_id, volume.role)].append(volume)
    found = [each for group in groups.values() for volume in group if (each := _held_against(volume, group))]
    return sorted(found, key=lambda each: (-each.volume.persons, each.volume.actor_name, each.volume.actor_id))


def _held_against(volume: Volume, group: list[Volume]) -> Unusual | None:
    others = [other.persons for other in group if other.actor_id != volume.actor_id]
    if not others:
        many = volume.persons > ALONE_UNUSUAL
        return Unusual(volume=volume, colleagues_median=None, colleagues=0) if many else None
    usual = median(others)
    if volume.persons <= ALWAYS_USUAL or volume.persons <= TIMES_COLLEAGUES * usual:
        return None
    return Unusual(volume=volume, colleagues_median=usual, colleagues=len(others))
