"""Measures: added, changed, moved, removed or stopped, who answers for them, and what they are linked to."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.inputs import (
    KRONER_MOST,
    MeasureDetails,
    OwnerChoice,
    answering_as,
    ensure_years,
    tidy,
    tidy_title,
)
from medspiller.strategy.domain.refusals import Refusal, StrategyChanged, StrategyRefused
from medspiller.strategy.domain.vocabulary import TITLE_MOST, Level, LinkKind, Service
from medspiller.strategy.models import FocusArea, Goal, Measure, MeasureGoal, MeasureLink, MeasureOwner
from medspiller.strategy.services import _items as items
from medspiller.strategy.services import _storing as storing
from medspiller.strategy.services._storing import MEASURE

OWN_FIELDS = (
    "text",
    "from_year",
    "to_year",
    "budget",
    "funding",
    "partners",
    "deliverables",
    "services",
    "notes",
    "learnt",
    "area_id",
)
_NOTES_MOST = 20


@transaction.atomic
def add_measure(*, actor: Actor, area_id: UUID, details: MeasureDetails, owners: Sequence[OwnerChoice] = ()) -> Measure:
    """
    Add a measure to a focus area, last.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such area.
    :raises StrategyRefused: if something of it cannot be stored, or the strategy is over.
    """
    area = storing.area_to_edit(actor, area_id)
    number = storing.next_number(Measure.objects.filter(area=area))
    row = Measure.objects.create(strategy=area.strategy, area=area, number=number, **_tidied(details))
    _store_owners(actor, row, owners)
    storing.record(actor, "strategy.add_measure", MEASURE, row.id)
    return row


@transaction.atomic
def change_measure(*, actor: Actor, measure_id: UUID, version: int, details: MeasureDetails) -> Measure:
    """
    Change a measure's own fields.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyChanged: if somebody else was quicker, with what they made of it.
    :raises StrategyRefused: if something of it cannot be stored, or the strategy is over.
    """
    row = storing.measure_to_edit(actor, measure_id)
    storing.ensure_as_seen(row, version, OWN_FIELDS)
    if storing.store(row, _tidied(details), counted=True):
        storing.record(actor, "strategy.change_measure", MEASURE, row.id)
    return row


@transaction.atomic
def rewrite_measure(
    *,
    actor: Actor,
    measure_id: UUID,
    version: int,
    seen: str,
    details: MeasureDetails,
    owners: Sequence[OwnerChoice],
    goal_ids: Collection[UUID],
) -> Measure:
    """
    Store a measure as one page says it: its own fields, who answers for it, and the goals it serves; or nothing of it.

    `seen` marks the owners and goals that the writer opened (`domain.inputs.answering_as`); without it they are not
    compared. Raises as `change_measure`, `set_owners` and `set_goals`.

    :raises StrategyChanged: if somebody else was quicker with any of it, with what they made of it.
    """
    row = storing.measure_to_edit(actor, measure_id)
    owned = list(row.owners.order_by("number").values_list("name", "unit_id"))
    serves = Goal.objects.filter(measure_links__measure=row).order_by("area__number", "number")
    served = dict(serves.values_list("id", "text"))
    changed, mark = storing.changed_since(row, version, OWN_FIELDS), answering_as(owned, served)
    if seen and seen != mark:
        changed |= {"owners": ", ".join(name for name, _unit in owned), "goals": "; ".join(served.values())}
    if changed:
        raise StrategyChanged(now=row.version, mark=mark, changed=changed)
    row = change_measure(actor=actor, measure_id=measure_id, version=row.version, details=details)
    if [(each.name, each.unit_id) for each in owners] != owned:
        row = set_owners(actor=actor, measure_id=measure_id, version=row.version, owners=owners)
    if set(goal_ids) != set(served):
        row = set_goals(actor=actor, measure_id=measure_id, goal_ids=goal_ids)
    return row


@transaction.atomic
def move_measure(*, actor: Actor, measure_id: UUID, version: int, area_id: UUID) -> Measure:
    """
    Let a measure stand in another focus area of its strategy, last. Goals that it served stay where they were.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyChanged: if somebody else was quicker, with what they made of it.
    :raises StrategyRefused: if the area is not of this strategy.
    """
    row = storing.measure_to_edit(actor, measure_id)
    storing.ensure_as_seen(row, version, OWN_FIELDS)
    area = FocusArea.objects.filter(id=area_id, strategy=row.strategy).first()
    if area is None:
        raise StrategyRefused(Refusal.NOT_OF_STRATEGY, "area_id")
    if area.id != row.area_id:
        number = storing.next_number(Measure.objects.filter(area=area))
        storing.store(row, {"area_id": area.id, "number": number}, counted=True)
        storing.record(actor, "strategy.move_measure", MEASURE, row.id)
    return row


@transaction.atomic
def remove_measure(*, actor: Actor, measure_id: UUID) -> None:
    """
    Remove a measure while the strategy is being written. Of an adopted one nothing is removed: it is stopped.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyRefused: if the strategy has been adopted, or other measures are linked to this one.
    """
    row = storing.measure_to_edit(actor, measure_id)
    storing.ensure_being_written(row.strategy)
    if MeasureLink.objects.filter(target_measure=row).exists():
        raise StrategyRefused(Refusal.LINKED)
    items.withdraw(actor, [row])
    row.delete()
    storing.record(actor, "strategy.remove_measure", MEASURE, measure_id)


@transaction.atomic
def set_owners(*, actor: Actor, measure_id: UUID, version: int, owners: Sequence[OwnerChoice]) -> Measure:
    """
    Say who answers for a measure, in this order. A status that somebody waits for is asked of those.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyChanged: if somebody else changed the measure first.
    :raises StrategyRefused: if a name is missing or there twice, or a unit is none.
    """
    row = storing.measure_to_edit(actor, measure_id)
    storing.ensure_as_seen(row, version, OWN_FIELDS)
    row.area = FocusArea.objects.get(id=row.area_id)
    before = list(row.owners.order_by("number").values_list("name", "unit_id"))
    MeasureOwner.objects.filter(measure=row).delete()
    after = _store_owners(actor, row, owners)
    if before != after:
        row.version += 1
        row.save(update_fields=["version"])
        items.ask_elsewhere(actor, row, today=clock.today())
        storing.record(actor, "strategy.set_owners", MEASURE, row.id)
    return row


@transaction.atomic
def set_goals(*, actor: Actor, measure_id: UUID, goal_ids: Collection[UUID]) -> Measure:
    """
    Say which goals of its strategy a measure serves: these and no others.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyRefused: if a goal is not of this strategy.
    """
    row = storing.measure_to_edit(actor, measure_id)
    wanted = set(goal_ids)
    found = set(Goal.objects.filter(id__in=wanted, area__strategy=row.strategy).values_list("id", flat=True))
    if found != wanted:
        raise StrategyRefused(Refusal.NOT_OF_STRATEGY, "goals")
    there = set(row.goal_links.values_list("goal_id", flat=True))
    if there != wanted:
        row.goal_links.exclude(goal_id__in=wanted).delete()
        for goal_id in sorted(wanted - there):
            MeasureGoal.objects.create(measure=row, goal_id=goal_id)
        storing.record(actor, "strategy.set_goals", MEASURE, row.id)
    return row


@transaction.atomic
def link_measure(
    *,
    actor: Actor,
    measure_id: UUID,
    kind: LinkKind,
    target_measure_id: UUID | None = None,
    ref: str = "",
    label: str = "",
) -> MeasureLink:
    """
    Link a measure to a national one, by its id, or to something else by its reference. What is linked already stays.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyRefused: if the target is not of a national strategy, or of the measure's own, or is missing.
    """
    row = storing.measure_to_edit(actor, measure_id)
    if kind is LinkKind.NATIONAL:
        target = _national(row, target_measure_id)
        made, is_new = MeasureLink.objects.get_or_create(measure=row, kind=kind.value, target_measure=target)
    else:
        found = {"kind": LinkKind(kind).value, "ref": tidy(ref, "ref", most=TITLE_MOST, needed=True)}
        called = {"label": tidy(label, "label", most=TITLE_MOST)}
        made, is_new = MeasureLink.objects.get_or_create(measure=row, **found, defaults=called)
    if is_new:
        storing.record(actor, "strategy.link_measure", MEASURE, row.id)
    return made


@transaction.atomic
def unlink_measure(*, actor: Actor, link_id: UUID) -> None:
    """
    Take a link away. That it was there is kept as history.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such link.
    :raises StrategyRefused: if the strategy is over.
    """
    policies.ensure(actor, policies.READ)
    measure_id = MeasureLink.objects.filter(id=link_id).values_list("measure_id", flat=True).first()
    if measure_id is None:
        raise NotFound(f"link {link_id}")
    row = storing.measure_to_edit(actor, measure_id)
    MeasureLink.objects.filter(id=link_id).delete()
    storing.record(actor, "strategy.unlink_measure", MEASURE, row.id)


def _tidied(details: MeasureDetails) -> dict[str, Any]:
    """
    Return a measure's own fields as they are stored.

    :raises StrategyRefused: if something of it cannot be.
    """
    ensure_years(details.from_year, details.to_year)
    if details.budget is not None and not 0 <= details.budget < KRONER_MOST:
        raise StrategyRefused(Refusal.NEGATIVE, "budget")
    notes = [note for note in (tidy(each, "notes") for each in details.notes) if note]
    if len(notes) > _NOTES_MOST:
        raise StrategyRefused(Refusal.TOO_LONG, "notes")
    plain = asdict(details)
    texts = {name: tidy(plain[name], name) for name in ("funding", "partners", "deliverables", "learnt")}
    return {
        "text": tidy(details.text, "text", needed=True),
        "from_year": details.from_year,
        "to_year": details.to_year,
        "budget": details.budget,
        "services": sorted({Service(each).value for each in details.services}),
        "notes": notes,
        **texts,
    }


def _store_owners(actor: Actor, row: Measure, owners: Sequence[OwnerChoice]) -> list[tuple[str, UUID | None]]:
    stored: list[tuple[str, UUID | None]] = []
    for owner in owners:
        unit_name = storing.ensure_unit(actor, owner.unit_id, "owners")
        name = tidy_title(owner.name or unit_name, "owners")
        if name.casefold() in {known.casefold() for known, _unit in stored}:
            raise StrategyRefused(Refusal.TWICE, "owners")
        stored.append((name, owner.unit_id))
    for number, (name, unit_id) in enumerate(stored, start=1):
        MeasureOwner.objects.create(measure=row, number=number, name=name, unit_id=unit_id)
    return stored


def _national(row: Measure, target_id: UUID | None) -> Measure:
    if target_id is None:
        raise StrategyRefused(Refusal.MISSING, "target_measure")
    target = Measure.objects.select_related("strategy").filter(id=target_id).first()
    if target is None or target.strategy.level != Level.NATIONAL:
        raise StrategyRefused(Refusal.NOT_NATIONAL, "target_measure")
    if target.strategy_id == row.strategy_id:
        raise StrategyRefused(Refusal.ITSELF, "target_measure")
    return target
