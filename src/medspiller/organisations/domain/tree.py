"""
Units form trees: each has at most one parent, and nobody is their own ancestor.

A tree is given as `parents`, each unit's id with its parent's (None at the top).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from medspiller.core.errors import MedspillerError

Parents = Mapping[UUID, UUID | None]

# Municipality, service area, district, home, department, group: with room to spare, and
# shallow enough to show as a path on a phone.
MAX_LEVELS = 8


class WouldMakeCycle(MedspillerError):
    """A unit was to be put under itself or under one of its own subunits."""

    def __init__(self, *, unit_id: UUID, parent_id: UUID):
        self.unit_id, self.parent_id = unit_id, parent_id
        super().__init__(f"{unit_id} cannot be under {parent_id}, which is part of it")


class TooDeep(MedspillerError):
    """The tree would get more levels than it may have."""

    def __init__(self, *, levels: int, allowed: int = MAX_LEVELS):
        self.levels, self.allowed = levels, allowed
        super().__init__(f"{levels} levels, at most {allowed}")


def ancestors(unit_id: UUID, parents: Parents) -> tuple[UUID, ...]:
    """
    Return the units above one, the nearest first; empty at the top.

    :raises WouldMakeCycle: if `parents` is no tree.
    """
    above: list[UUID] = []
    parent = parents.get(unit_id)
    while parent is not None:
        if parent == unit_id or parent in above:
            raise WouldMakeCycle(unit_id=unit_id, parent_id=parent)
        above.append(parent)
        parent = parents.get(parent)
    return tuple(above)


def subtree(roots: Iterable[UUID], parents: Parents) -> frozenset[UUID]:
    """Return the roots and every unit below any of them."""
    children: dict[UUID, list[UUID]] = defaultdict(list)
    for child, parent in parents.items():
        if parent is not None:
            children[parent].append(child)
    found: set[UUID] = set()
    waiting = list(roots)
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting.extend(children[unit_id])
    return frozenset(found)


def would_make_cycle(*, unit_id: UUID, parent_id: UUID | None, parents: Parents) -> bool:
    """Say whether `parent_id` is the unit itself or lies below it."""
    return parent_id is not None and (parent_id == unit_id or unit_id in ancestors(parent_id, parents))


def levels_below(unit_id: UUID, parents: Parents) -> int:
    """Return how many levels the unit and what is below it take: 1 for a unit without subunits."""
    depth = len(ancestors(unit_id, parents))
    return max(len(ancestors(below, parents)) - depth for below in subtree([unit_id], parents)) + 1


def ensure_fits(*, unit_id: UUID, parent_id: UUID | None, parents: Parents) -> None:
    """
    Accept a place for a unit, new or moved with all that is below it.

    :raises WouldMakeCycle: if the place is inside the unit itself.
    :raises TooDeep: with the levels there would be.
    """
    if parent_id is None:
        return
    if would_make_cycle(unit_id=unit_id, parent_id=parent_id, parents=parents):
        raise WouldMakeCycle(unit_id=unit_id, parent_id=parent_id)
    levels = len(ancestors(parent_id, parents)) + 1 + levels_below(unit_id, parents)
    if levels > MAX_LEVELS:
        raise TooDeep(levels=levels)
