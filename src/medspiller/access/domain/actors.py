"""Who acts, and what they may do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from medspiller.access.domain.actions import action as action_named
from medspiller.access.domain.roles import Role
from medspiller.core.actors import ActorKind

SYSTEM_ID = UUID(int=0)
ANONYMOUS_ID = UUID(int=1)

Expand = Callable[[frozenset[UUID]], frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that is live now, for one unit and all below it."""

    role: Role
    unit_id: UUID


@dataclass(frozen=True)
class Actor:
    """
    Somebody who acts for one tenant at a time: a staff member, a citizen, nobody in particular, or a job.

    `expand` turns units into those units and all below them; it is asked at most once per
    action and only when a unit matters.
    """

    id: UUID
    kind: ActorKind
    tenant_id: UUID | None
    name: str = ""
    organisation: str = ""
    person_id: UUID | None = None
    roles: tuple[HeldRole, ...] = ()
    unit_id: UUID | None = None
    unit_name: str = ""
    expand: Expand = field(default=frozenset, repr=False, compare=False)

    @property
    def role(self) -> str:
        """The role shown beside the name in the access log; empty where there is none."""
        return self.roles[0].role if self.roles else ""

    @cached_property
    def _subtrees(self) -> dict[frozenset[UUID], frozenset[UUID]]:
        return {}

    def may(self, action: str, *, unit_id: UUID | None = None) -> bool:
        """
        Say whether the actor may do `action`, for `unit_id` if one is given, else anywhere.

        :raises UnknownAction: if the table of actions has no such name.
        """
        declared = action_named(action)
        if self.kind is ActorKind.SYSTEM:
            return declared.system
        if self.kind is ActorKind.CITIZEN:
            return declared.citizens
        if self.kind is ActorKind.ANONYMOUS:
            return False
        if unit_id is None:
            return any(held.role in declared.roles for held in self.roles)
        return unit_id in self.units_with(action)

    def units_with(self, action: str) -> frozenset[UUID]:
        """
        Return all units for which the actor may do `action`, those below included. Empty means none.

        :raises UnknownAction: if the table of actions has no such name.
        """
        declared = action_named(action)
        if self.kind is not ActorKind.STAFF:
            return frozenset()
        roots = frozenset(held.unit_id for held in self.roles if held.role in declared.roles)
        if not roots:
            return roots
        if roots not in self._subtrees:
            self._subtrees[roots] = self.expand(roots)
        return self._subtrees[roots]


def anonymous(tenant_id: UUID | None) -> Actor:
    """Return the actor for a request without sign-in."""
    return Actor(id=ANONYMOUS_ID, kind=ActorKind.ANONYMOUS, tenant_id=tenant_id)


def system(tenant_id: UUID | None) -> Actor:
    """Return the actor for jobs and commands, which may do only what the table opens to the system."""
    return Actor(id=SYSTEM_ID, kind=ActorKind.SYSTEM, tenant_id=tenant_id, name="Medspiller")
