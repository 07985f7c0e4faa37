"""Focus areas, goals and approaches of a strategy. Earlier wordings are kept as history."""

from typing import TypeVar
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.inputs import tidy, tidy_title
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.models import Approach, FocusArea, Goal
from medspiller.strategy.services import _storing as storing

_Part = TypeVar("_Part", Goal, Approach)


@transaction.atomic
def add_area(*, actor: Actor, strategy_id: UUID, title: str, text: str = "") -> FocusArea:
    """
    Add a focus area, last.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is none.
    :raises StrategyRefused: if the title is missing or too long, or the strategy is over.
    """
    strategy = storing.strategy_to_edit(actor, strategy_id)
    row = FocusArea.objects.create(
        strategy=strategy,
        number=storing.next_number(strategy.areas.all()),
        title=tidy_title(title),
        text=tidy(text, "text"),
    )
    _record(actor, strategy.id)
    return row


@transaction.atomic
def change_area(*, actor: Actor, area_id: UUID, title: str, text: str, seen: str = "") -> FocusArea:
    """
    Write a focus area anew; raises as `add_area`. `seen` marks the title and text that the writer opened.

    :raises NotFound: if there is no such area.
    :raises StrategyChanged: if somebody else has written other ones meanwhile.
    """
    row = storing.area_to_edit(actor, area_id)
    storing.ensure_marked(seen, {"title": row.title, "text": row.text})
    if storing.store(row, {"title": tidy_title(title), "text": tidy(text, "text")}):
        _record(actor, row.strategy_id)
    return row


@transaction.atomic
def remove_area(*, actor: Actor, area_id: UUID) -> None:
    """
    Remove a focus area without measures, while the strategy is being written.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such area.
    :raises StrategyRefused: if the strategy has been adopted, or measures stand in the area.
    """
    row = storing.area_to_edit(actor, area_id)
    storing.ensure_being_written(row.strategy)
    if row.measures.exists():
        raise StrategyRefused(Refusal.NOT_EMPTY)
    row.delete()
    _record(actor, row.strategy_id)


@transaction.atomic
def add_goal(*, actor: Actor, area_id: UUID, text: str) -> Goal:
    """
    Add a goal to a focus area, last.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such area.
    :raises StrategyRefused: if the text is missing or too long, or the strategy is over.
    """
    return _add(actor, Goal, area_id, text)


@transaction.atomic
def add_approach(*, actor: Actor, area_id: UUID, text: str) -> Approach:
    """
    Add an approach to a focus area, last; raises as `add_goal`.

    :raises NotFound: if there is no such area.
    """
    return _add(actor, Approach, area_id, text)


@transaction.atomic
def change_goal(*, actor: Actor, goal_id: UUID, text: str, seen: str = "") -> Goal:
    """
    Write a goal anew; raises as `add_goal`. `seen` marks the text that the writer opened.

    :raises NotFound: if there is no such goal.
    :raises StrategyChanged: if somebody else has written another meanwhile.
    """
    return _change(actor, Goal, goal_id, text, seen)


@transaction.atomic
def change_approach(*, actor: Actor, approach_id: UUID, text: str, seen: str = "") -> Approach:
    """
    Write an approach anew; raises as `change_goal`.

    :raises NotFound: if there is no such approach.
    :raises StrategyChanged: if somebody else has written another meanwhile.
    """
    return _change(actor, Approach, approach_id, text, seen)


@transaction.atomic
def remove_goal(*, actor: Actor, goal_id: UUID) -> None:
    """
    Remove a goal while the strategy is being written; measures that served it stay.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such goal.
    :raises StrategyRefused: if the strategy has been adopted.
    """
    _remove(actor, Goal, goal_id)


@transaction.atomic
def remove_approach(*, actor: Actor, approach_id: UUID) -> None:
    """
    Remove an approach while the strategy is being written; raises as `remove_goal`.

    :raises NotFound: if there is no such approach.
    """
    _remove(actor, Approach, approach_id)


def _add(actor: Actor, kind: type[_Part], area_id: UUID, text: str) -> _Part:
    area = storing.area_to_edit(actor, area_id)
    rows = kind.objects.filter(area=area)
    row = kind.objects.create(area=area, number=storing.next_number(rows), text=tidy(text, "text", needed=True))
    _record(actor, area.strategy_id)
    return row


def _change(actor: Actor, kind: type[_Part], part_id: UUID, text: str, seen: str) -> _Part:
    row = _to_edit(actor, kind, part_id)
    storing.ensure_marked(seen, {"text": row.text})
    if storing.store(row, {"text": tidy(text, "text", needed=True)}):
        _record(actor, row.area.strategy_id)
    return row


def _remove(actor: Actor, kind: type[_Part], part_id: UUID) -> None:
    row = _to_edit(actor, kind, part_id)
    storing.ensure_being_written(row.area.strategy)
    row.delete()
    _record(actor, row.area.strategy_id)


def _to_edit(actor: Actor, kind: type[_Part], part_id: UUID) -> _Part:
    policies.ensure(actor, policies.READ)
    area_id = kind.objects.filter(id=part_id).values_list("area_id", flat=True).first()
    if area_id is None:
        raise NotFound(f"part {part_id}")
    area = storing.area_to_edit(actor, area_id)
    row = kind.objects.filter(id=part_id).first()
    if row is None:
        raise NotFound(f"part {part_id}")
    row.area = area
    return row


def _record(actor: Actor, strategy_id: UUID) -> None:
    storing.record(actor, "strategy.change_parts", storing.STRATEGY, strategy_id)
