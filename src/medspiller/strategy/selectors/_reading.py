"""What several selectors read alike: the strategies that an actor reads, what they may do, and who touches what."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.seen import May, Touching
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus
from medspiller.strategy.models import MeasureLink, Strategy


def seen_rows(actor: Actor) -> QuerySet[Strategy]:
    """Return the rows that an actor reads, with the unit of each."""
    policies.ensure(actor, policies.READ)
    return Strategy.objects.select_related("unit")


def row_of(actor: Actor, strategy_id: UUID) -> Strategy:
    found = seen_rows(actor).filter(id=strategy_id).first()
    if found is None:
        raise NotFound(f"strategy {strategy_id}")
    return found


def may_of(actor: Actor, row: Strategy, *, report: bool | None = None) -> May:
    """Return what an actor may do with a strategy; `report` is said where it is about one measure."""
    edit = policies.may_edit(actor, unit_id=row.unit_id)
    return May(
        edit=edit,
        adopt=actor.may(policies.ADOPT),
        report=actor.may(policies.REPORT) if report is None else report,
        ask=edit,
        import_=actor.may(policies.IMPORT),
    )


def touching_of(links: Q, *, key: str = "target_measure_id") -> dict[UUID | str, tuple[Touching, ...]]:
    """Return the measures behind some links, in the order of their plans, by what they are linked to."""
    found: dict[UUID | str, list[Touching]] = defaultdict(list)
    rows = MeasureLink.objects.filter(links).select_related("measure__area")
    for row in rows.order_by("measure__area__number", "measure__number", "measure_id"):
        ours = row.measure
        found[getattr(row, key)].append(
            Touching(
                measure_id=ours.id,
                strategy_id=ours.strategy_id,
                label=f"{ours.area.number}.{ours.number}",
                text=ours.text,
                status=MeasureStatus(ours.status),
                light=Light(ours.light) if ours.light else None,
            )
        )
    return defaultdict(tuple, {target: tuple(ours) for target, ours in found.items()})
