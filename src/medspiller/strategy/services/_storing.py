"""What services of strategy do alike: locking, refusing what was changed meanwhile, recording."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.strategy import policies
from medspiller.strategy.domain.inputs import seen_as
from medspiller.strategy.domain.refusals import PlanKnown, Refusal, StrategyChanged, StrategyRefused
from medspiller.strategy.domain.vocabulary import BEING_WRITTEN, StrategyStatus
from medspiller.strategy.models import FocusArea, Measure, Strategy

STRATEGY, MEASURE, IMPORT, EXPORT = "strategy.Strategy", "strategy.Measure", "strategy.ImportedPlan", "strategy.Export"
_OVER = (StrategyStatus.REPLACED, StrategyStatus.ENDED)


def strategy_for_update(strategy_id: UUID) -> Strategy:
    """
    Return a strategy, locked until the end of the transaction.

    :raises NotFound: if there is none.
    """
    found = Strategy.objects.select_for_update(of=("self",)).filter(id=strategy_id).first()
    if found is None:
        raise NotFound(f"strategy {strategy_id}")
    return found


def strategy_to_edit(actor: Actor, strategy_id: UUID) -> Strategy:
    """
    Return a strategy that the actor may change and that is not over, locked.

    :raises NotFound: if there is none.
    :raises NotAllowed: if it is not theirs to change.
    :raises StrategyRefused: if it is over.
    """
    policies.ensure(actor, policies.READ)
    row = strategy_for_update(strategy_id)
    policies.ensure_edit(actor, unit_id=row.unit_id, subject_id=row.id)
    if row.status in _OVER:
        raise StrategyRefused(Refusal.OVER)
    return row


def area_to_edit(actor: Actor, area_id: UUID) -> FocusArea:
    """Return a focus area that the actor may change, its strategy locked; raises as `strategy_to_edit`."""
    policies.ensure(actor, policies.READ)
    strategy_id = FocusArea.objects.filter(id=area_id).values_list("strategy_id", flat=True).first()
    if strategy_id is None:
        raise NotFound(f"area {area_id}")
    strategy = strategy_to_edit(actor, strategy_id)
    row = FocusArea.objects.filter(id=area_id).first()
    if row is None:
        raise NotFound(f"area {area_id}")
    row.strategy = strategy
    return row


def measure_to_edit(actor: Actor, measure_id: UUID) -> Measure:
    """Return a measure that the actor may change, with its strategy, both locked; raises as `strategy_to_edit`."""
    policies.ensure(actor, policies.READ)
    strategy_id = Measure.objects.filter(id=measure_id).values_list("strategy_id", flat=True).first()
    if strategy_id is None:
        raise NotFound(f"measure {measure_id}")
    strategy = strategy_to_edit(actor, strategy_id)
    return locked_measure(strategy, measure_id)


def locked_measure(strategy: Strategy, measure_id: UUID) -> Measure:
    row = Measure.objects.select_for_update(of=("self",)).filter(id=measure_id, strategy=strategy).first()
    if row is None:
        raise NotFound(f"measure {measure_id}")
    row.strategy = strategy
    return row


def ensure_being_written(strategy: Strategy) -> None:
    """
    Accept a plan from which something can still be removed.

    :raises StrategyRefused: if it has been adopted: what it says stays, and is stopped instead.
    """
    if strategy.status not in BEING_WRITTEN:
        raise StrategyRefused(Refusal.NOT_DRAFT)


def ensure_as_seen(row: Strategy | Measure, version: int, fields: Collection[str]) -> None:
    """
    Accept a change of something that is as it was seen; what was changed and changed back is.

    :raises StrategyChanged: with what somebody else made of it.
    """
    changed = changed_since(row, version, fields)
    if changed:
        raise StrategyChanged(now=row.version, changed=changed)


def changed_since(row: Strategy | Measure, version: int, fields: Collection[str]) -> dict[str, str]:
    """Return what differs from how something was seen, as it stands now."""
    if row.version == version:
        return {}
    history = type(row).pgh_event_model.objects  # type: ignore[union-attr]  # made by `history.keep`
    seen = history.filter(id=row.id, version=version).order_by("-pgh_id").first()
    names = [name for name in fields if seen is None or getattr(seen, name) != getattr(row, name)]
    return {name: _words(getattr(row, name)) for name in names}


def ensure_marked(seen: str, stands: Mapping[str, Any]) -> None:
    """
    Accept a change of texts that stand as `seen` marks them; without a mark nothing is compared.

    :raises StrategyChanged: with what somebody else made of them.
    """
    mark = seen_as(*stands.values())
    if seen and seen != mark:
        raise StrategyChanged(now=0, mark=mark, changed={name: _words(value) for name, value in stands.items()})


def store(row: models.Model, changes: Mapping[str, Any], *, counted: bool = False) -> bool:
    """Store what differs, as a new version where versions are `counted`; say whether anything did."""
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    if changed and counted:
        row.version += 1  # type: ignore[attr-defined]
        changed.append("version")
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def next_number(rows: "models.QuerySet[Any]") -> int:
    """Return the number after the highest there is."""
    return (rows.aggregate(most=Max("number"))["most"] or 0) + 1


def ensure_unit(actor: Actor, unit_id: UUID | None, field: str = "unit_id") -> str:
    """
    Return what an open unit is called; empty for none.

    :raises StrategyRefused: if there is no such unit.
    """
    if unit_id is None:
        return ""
    name = organisations.units(actor=actor, on=clock.today()).filter(id=unit_id).values_list("name", flat=True).first()
    if name is None:
        raise StrategyRefused(Refusal.NOT_A_UNIT, field)
    return name


def system_of(actor: Actor) -> Actor:
    """Return as whom lists are kept for this actor's tenant."""
    return actors.system(actor.tenant_id)


def record(actor: Actor, action: str, subject_type: str, subject_id: UUID) -> None:
    """Write that something was changed. Nobody is named in plans but who works with them."""
    audit.record(actor=actor, action=action, subject_type=subject_type, subject_id=subject_id)


def known_as(title: str) -> dict[str, Exception]:
    """Return what is raised where the database knows the same plan already."""
    return {"strategy_strategy_once": PlanKnown(title=title)}


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
