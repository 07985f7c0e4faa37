"""
Who reads plans, changes them, and says how it goes: one rule, as predicate and as filter.

1. All who work for the municipality read all its plans: nobody is named in them but who works with them.
2. Whoever owns the strategy changes every plan, the national ones and those of no unit among them; a leader those that
   a unit of theirs answers for.
3. How it goes is said by those of the units that own the measure; where no unit does, of the unit that answers for
   the plan. Whoever owns the strategy may say it of all.
4. What is shown to the public is read by everybody.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.strategy.models import MeasureOwner

READ = "strategy.read"
EDIT = "strategy.edit"
IMPORT = "strategy.import"
ADOPT = "strategy.adopt"
REPORT = "strategy.report"
ASSESS = "strategy.assess"
LOOK_AFTER = "strategy.look_after"
VIEW_STATISTICS = "statistics.view"

NO_ROLE = "role"
NOT_OWN = "not_own"


def ensure(actor: Actor, action: str, *, unit_id: UUID | None = None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may do `action`, for `unit_id` if one is given.

    :raises NotAllowed: if not.
    """
    if not actor.may(action, unit_id=unit_id):
        raise NotAllowed(action=action, reason=NO_ROLE, subject_id=subject_id)


def owns_strategies(actor: Actor) -> bool:
    """Say whether all plans of the municipality are the actor's to keep."""
    return actor.kind is ActorKind.SYSTEM or any(held.role is Role.STRATEGY_OWNER for held in actor.roles)


def may_edit(actor: Actor, *, unit_id: UUID | None) -> bool:
    """Say whether an actor may change a plan that `unit_id` answers for; None where no unit does."""
    if owns_strategies(actor):
        return actor.may(EDIT)
    return unit_id is not None and actor.may(EDIT, unit_id=unit_id)


def ensure_edit(actor: Actor, *, unit_id: UUID | None, subject_id: UUID | None = None) -> None:
    """
    Let an actor pass who may change a plan that `unit_id` answers for.

    :raises NotAllowed: if not.
    """
    if not may_edit(actor, unit_id=unit_id):
        reason = NOT_OWN if actor.may(EDIT) else NO_ROLE
        raise NotAllowed(action=EDIT, reason=reason, subject_id=subject_id)


def may_report(actor: Actor, *, owner_units: Collection[UUID], unit_id: UUID | None) -> bool:
    """Say whether an actor may say how it goes with a measure of these units, in a plan of `unit_id`."""
    if owns_strategies(actor):
        return actor.may(REPORT)
    answers = set(owner_units) or ({unit_id} if unit_id else set())
    return not actor.units_with(REPORT).isdisjoint(answers)


def reported_by(actor: Actor) -> Q:
    """Return the filter of the measures of which an actor may say how it goes: the same answer as `may_report`."""
    if owns_strategies(actor):
        return Q() if actor.may(REPORT) else Q(pk__in=[])
    units = sorted(actor.units_with(REPORT))
    in_the_house = MeasureOwner.objects.filter(measure=OuterRef("pk"), unit__isnull=False)
    own = Q(Exists(in_the_house.filter(unit_id__in=units)))
    return own | (~Q(Exists(in_the_house)) & Q(strategy__unit_id__in=units))


def ensure_report(
    actor: Actor, *, owner_units: Collection[UUID], unit_id: UUID | None, subject_id: UUID | None = None
) -> None:
    """
    Let an actor pass who may say how it goes with a measure.

    :raises NotAllowed: if not.
    """
    if not may_report(actor, owner_units=owner_units, unit_id=unit_id):
        reason = NOT_OWN if actor.may(REPORT) else NO_ROLE
        raise NotAllowed(action=REPORT, reason=reason, subject_id=subject_id)
