"""
Whose list an item stands on, and who may take it: one rule, as predicate and as filter.

1. The item is of a unit where the actor may see items.
2. It is for a role that the actor holds there, or for everybody. A leader sees whatever the
   unit must do: an item for a role that nobody holds would else be nobody's.
3. Whoever only steers sees what names their role and is about nobody: nothing that is for
   everybody in the unit, and nothing of a person.
4. It is not about the actor or somebody too close to them (forvaltningsloven § 6): that there
   is something to do tells something already.
5. It is not about somebody who let the unit know of them and does not any more, unless it outlasts that: it
   waits for a job to take it off, and is not shown meanwhile.

To take it the actor must besides be able to open the person: an item about somebody whom
the unit follows up no more is shown without a name, and waits for being withdrawn.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actions import action as action_named
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core.errors import NotAllowed
from medspiller.worklist.domain.kinds import CORRECTION, KINDS
from medspiller.worklist.models import WorkItem

VIEW_ITEMS = "worklist.view_items"
TAKE_ITEM = "worklist.take_item"
GIVE_BACK_FOR_OTHERS = "worklist.give_back_for_others"
VIEW_LOAD = "worklist.view_load"
PUT_ITEM = "worklist.put_item"

# Roles that open nobody: of a list they see what names them, and of that what is about no person.
NAMED_ONLY = frozenset({Role.STRATEGY_OWNER})

# What must be done also when the unit follows the person up no more, or waits for an answer of its own.
_OUTLAST = tuple(kind.code for kind in KINDS.values() if kind.outlasts_follow_up or kind is CORRECTION)

NO_ROLE = "role"
NO_RELATION = "no_relation"


def units_by_role(actor: Actor) -> Mapping[Role, frozenset[UUID]]:
    """Return the units in which the actor sees items in each role that they hold."""
    allowed = action_named(VIEW_ITEMS).roles
    roots: dict[Role, set[UUID]] = defaultdict(set)
    for held in actor.roles:
        if held.role in allowed:
            roots[held.role].add(held.unit_id)
    everywhere = frozenset().union(*roots.values())
    # Most people hold one role, and then the answer is known already.
    return {
        role: actor.units_with(VIEW_ITEMS) if own == everywhere else actor.expand(frozenset(own))
        for role, own in roots.items()
    }


def visible(actor: Actor, *, closed: Collection[UUID], let_no_more: Collection[UUID] = ()) -> Q:
    """
    Return the filter of the items on the actor's lists.

    `closed` are the persons they are or are too close to, `let_no_more` those who opened themselves to a unit of
    theirs and have taken that back.
    """
    held: dict[UUID, set[Role]] = defaultdict(set)
    for role, units in units_by_role(actor).items():
        for unit_id in units:
            held[unit_id].add(role)
    alike: dict[frozenset[Role], list[UUID]] = defaultdict(list)
    for unit_id, roles in held.items():
        # Everything of the unit is a leader's, whatever else they are there.
        alike[frozenset({Role.LEADER} if Role.LEADER in roles else roles)].append(unit_id)
    rule = Q(pk__in=[])
    # Usually one kind of unit, and then one condition on it, which an index answers.
    for together, unit_ids in alike.items():
        rule |= Q(unit_id__in=sorted(unit_ids)) & _for_roles(together)
    if let_no_more:
        rule &= ~Q(person_id__in=list(let_no_more)) | Q(kind__in=_OUTLAST) | Q(person_id=None)
    return rule & ~Q(person_id__in=list(closed)) if closed else rule


def _for_roles(held: frozenset[Role]) -> Q:
    if Role.LEADER in held:
        return Q()
    meets, steers = held - NAMED_ONLY, held & NAMED_ONLY
    rule = Q(pk__in=[])
    if meets:
        rule |= Q(roles=[]) | Q(roles__overlap=sorted(meets))
    if steers:
        rule |= Q(person=None, roles__overlap=sorted(steers))
    return rule


def may_view(actor: Actor, item: WorkItem, *, closed: Collection[UUID], let_no_more: Collection[UUID] = ()) -> bool:
    """Say whether an item stands on one of the actor's lists: the same answer as `visible`."""
    if item.person_id in closed or item.unit_id not in actor.units_with(VIEW_ITEMS):
        return False
    if item.person_id in let_no_more and item.kind not in _OUTLAST:
        return False
    held = {role for role, units in units_by_role(actor).items() if item.unit_id in units}
    if Role.LEADER in held:
        return True
    meets, steers = held - NAMED_ONLY, held & NAMED_ONLY
    if meets and (not item.roles or not meets.isdisjoint(item.roles)):
        return True
    return item.person_id is None and not steers.isdisjoint(item.roles)


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason=NO_ROLE, subject_id=subject_id)
