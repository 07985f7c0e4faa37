"""Who can do something for a unit: whom one hands on to, and who is left when somebody goes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actions import action as action_named
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, RoleGrant
from medspiller.access.policies import ensure, live_grants
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations


@dataclass(frozen=True, slots=True)
class Colleague:
    """
    Somebody who holds a role for a unit, through the unit itself or one above it.

    `steps_up` is how many units above it the role was given for: 0 for the unit's own people.
    """

    id: UUID
    name: str
    role: Role
    steps_up: int


def colleagues(*, actor: Actor, action: str, unit_id: UUID, today: date, now: datetime) -> list[Colleague]:
    """
    Return who may do `action` for a unit, its own people first, then by name; each once, with the role nearest to it.

    :raises NotAllowed: for anybody who may not see who works here.
    :raises UnknownAction: if the table of actions has no such name.
    """
    return colleagues_in(actor=actor, action=action, unit_ids=[unit_id], today=today, now=now)[unit_id]


def colleagues_in(
    *, actor: Actor, action: str, unit_ids: Collection[UUID], today: date, now: datetime
) -> dict[UUID, list[Colleague]]:
    """
    Return the same for each of these units, in two statements.

    :raises NotAllowed: for anybody who may not see who works here.
    :raises UnknownAction: if the table of actions has no such name.
    """
    ensure(actor, "organisations.view_unit")
    return _holding(actor, action_named(action).roles, unit_ids, today=today, now=now)


def leaders_of(*, actor: Actor, unit_id: UUID, today: date, now: datetime) -> list[Colleague]:
    """
    Return who leads a unit, the nearest first: its own leaders, then those of the units above.

    :raises NotAllowed: for anybody who may not see who works here.
    """
    ensure(actor, "organisations.view_unit")
    found = _holding(actor, frozenset({Role.LEADER}), [unit_id], today=today, now=now)[unit_id]
    return sorted(found, key=lambda each: (each.steps_up, each.name, each.id))


def holder_of(*, actor: Actor, holding_id: UUID) -> UUID:
    """
    Return whose time in a post this is, for whoever was told that it, or a role of it, has ended.

    :raises NotFound: if there is none.
    :raises NotAllowed: for anybody who may not see who works here.
    """
    ensure(actor, "organisations.view_unit")
    found = PostHolding.objects.filter(id=holding_id).values_list("user_id", flat=True).first()
    if found is None:
        raise NotFound(f"holding {holding_id}")
    return found


def _holding(
    actor: Actor, roles: frozenset[Role], unit_ids: Collection[UUID], *, today: date, now: datetime
) -> dict[UUID, list[Colleague]]:
    parents = organisations.parents(actor=actor)
    distances = {unit_id: dict(_upwards(parents, unit_id)) for unit_id in unit_ids}
    rows = RoleGrant.objects.filter(
        live_grants(today=today, now=now),
        unit_id__in=set().union(*distances.values()),
        role__in=sorted(role.value for role in roles),
        holding__user__is_active=True,
    ).values_list("holding__user_id", "holding__user__name", "role", "unit_id")
    found = list(rows)
    return {unit_id: _nearest(found, distance) for unit_id, distance in distances.items()}


def _nearest(rows: Iterable[tuple[UUID, str, str, UUID]], distance: Mapping[UUID, int]) -> list[Colleague]:
    near: dict[UUID, Colleague] = {}
    here = [row for row in rows if row[3] in distance]
    for user_id, name, role, in_unit in sorted(here, key=lambda row: (distance[row[3]], row[2])):
        near.setdefault(user_id, Colleague(id=user_id, name=name, role=Role(role), steps_up=distance[in_unit]))
    return sorted(near.values(), key=lambda each: (each.steps_up > 0, each.name, each.id))


def _upwards(parents: Mapping[UUID, UUID | None], unit_id: UUID) -> Iterator[tuple[UUID, int]]:
    current: UUID | None = unit_id
    steps = 0
    # A unit that was closed is in no tree any more, and has nobody.
    while current is not None and current in parents:
        yield current, steps
        current, steps = parents[current], steps + 1
