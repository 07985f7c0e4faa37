"""
Letting carers keep what they may be entitled to, and tell what became of it, as the services let them.

This comes after the families are told, and needs the rights to be published.
"""

from datetime import datetime, time, timedelta
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, ids, tenancy
from medspiller.demo.domain.rights import KEPT, TOLD, Kept, Told
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting
from medspiller.rights import selectors, services
from medspiller.rights.domain.dialogue import Dialogue
from medspiller.rights.domain.facts import in_catalogue

_AT_HOME = time(21)
_WHO_TELLS, _SEES_COUNTS = "etterlatt", "leder"


def keep(tenant_id: UUID, *, seed: int) -> int:
    """Store what carers of a municipality keep, unless somebody has told of an outcome already; return how many."""
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id), ids.repeatable(seed):
        rulebook, pin = selectors.rulebook(actor=system)
        leader = acting(system, _SEES_COUNTS, organisation=house.MUNICIPALITY_NAME)
        if not rulebook.rights or selectors.outcome_counts(actor=leader):
            return 0
        for kept in KEPT:
            _keep(tenant_id, system, kept, pin)
        for told in TOLD:
            for _time in range(told.times):
                _tell(tenant_id, system, told, pin)
        return len(KEPT)


def _keep(tenant_id: UUID, system: Actor, kept: Kept, pin: str) -> None:
    with clock.frozen(_at(kept.days)):
        actor = _enter(tenant_id, system, kept.who)
        asked = tuple(dict.fromkeys(in_catalogue(path) for path in kept.answers if path != "recipient.relation"))
        dialogue = Dialogue(clock.today(), kept.situation, kept.answers, asked)
        row = services.keep(actor=actor, dialogue=dialogue, pin=pin, weeks=kept.weeks)
        if kept.handed_over:
            services.hand_over(actor=actor, kept_id=row.id)


def _tell(tenant_id: UUID, system: Actor, told: Told, pin: str) -> None:
    """Only the count stays: what was kept for it is deleted."""
    with clock.frozen(_at(told.days)):
        actor = _enter(tenant_id, system, _WHO_TELLS)
        row = services.keep(actor=actor, dialogue=Dialogue(clock.today()), pin=pin)
        services.tell_outcomes(actor=actor, kept_id=row.id, outcomes=told.outcomes)
        services.forget_kept(actor=actor, kept_id=row.id)


def _enter(tenant_id: UUID, system: Actor, subject: str) -> Actor:
    actor = acting(system, subject, organisation=house.MUNICIPALITY_NAME)
    tenancy.enter_tenant(tenant_id=tenant_id, actor_id=actor.id)
    return actor


def _at(days: int) -> datetime:
    return datetime.combine(clock.today() - timedelta(days=days), _AT_HOME, tzinfo=clock.OSLO)
