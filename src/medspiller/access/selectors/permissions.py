"""Who may do what: the roles that are live, unit by unit, for the yearly review."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.roles import Role
from medspiller.access.models import RoleGrant
from medspiller.access.policies import ensure, live_grants
from medspiller.core.actors import Actor
from medspiller.core.periods import Period
from medspiller.organisations import selectors as organisations
from medspiller.organisations.domain import tree

VIEW_PERMISSIONS = "access.view_permissions"


@dataclass(frozen=True, slots=True)
class Permission:
    """
    A role that somebody has for a unit and all below it; `path` names the units it is part of, from the top.

    `from_above` when it was given for a unit above those the reader sees, and so holds in them too.
    """

    unit_id: UUID
    unit_name: str
    path: str
    user_id: UUID
    name: str
    post_title: str
    role: Role
    period: Period
    from_above: bool


def permissions(*, actor: Actor, today: date, now: datetime) -> list[Permission]:
    """
    Return the roles that let anybody do something in the actor's units now, unit by unit as in the tree, then by name.

    Roles given for a unit above are among them: they hold here too, and a review that left
    them out would not tell who may see what.

    :raises NotAllowed: if the actor may not see this.
    """
    ensure(actor, VIEW_PERMISSIONS)
    own = actor.units_with(VIEW_PERMISSIONS)
    nodes = organisations.unit_tree(actor=actor, on=today)
    units = {node.unit.id: node.unit for node in nodes}
    parents = {unit.id: unit.parent_id for unit in units.values()}
    above = {upper for unit_id in own if unit_id in parents for upper in tree.ancestors(unit_id, parents)}
    grants = RoleGrant.objects.filter(live_grants(today=today, now=now), unit_id__in=own | above)
    grants = grants.select_related("holding__user", "holding__post", "unit")
    places = {unit_id: place for place, unit_id in enumerate(units)}
    shown = [
        Permission(
            unit_id=grant.unit_id,
            unit_name=grant.unit.name,
            path=" › ".join(
                units[upper].name for upper in reversed(tree.ancestors(grant.unit_id, parents)) if upper in units
            ),
            user_id=grant.holding.user_id,
            name=grant.holding.user.name,
            post_title=grant.holding.post.title,
            role=Role(grant.role),
            period=Period(grant.valid_from, grant.valid_to),
            from_above=grant.unit_id not in own,
        )
        for grant in grants
    ]
    return sorted(shown, key=lambda each: (places.get(each.unit_id, len(places)), each.name, each.role))
