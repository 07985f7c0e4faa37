"""Strategies in the form in which plans are read, to be written to files."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.strategy.domain.naming import label_of
from medspiller.strategy.domain.plans.more import ReadIndicator, ReadLink, ReadMore
from medspiller.strategy.domain.plans.values import ReadArea, ReadMeasure, ReadPlan, ReadText
from medspiller.strategy.domain.seen import SeenArea, SeenLink, SeenMeasure, SeenStrategy
from medspiller.strategy.domain.vocabulary import Service
from medspiller.strategy.models import Measure, MeasureIndicator
from medspiller.strategy.selectors.strategies import strategy


@dataclass(frozen=True, slots=True)
class _Around:
    """What measures point to, by its id: places of goals, national measures; and the figures of each."""

    goals: Mapping[UUID, str]
    national: Mapping[UUID, ReadLink]
    indicators: Mapping[UUID, tuple[ReadIndicator, ...]]


def export_plan(*, actor: Actor, strategy_id: UUID) -> ReadPlan:
    """
    Return a strategy in the form in which plans are read, to be written to a file. A measure has its own years only.

    What has been reported of it, and values of its figures, are no part of a plan.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if there is none.
    """
    seen = strategy(actor=actor, strategy_id=strategy_id)
    around = _around(seen)
    return ReadPlan(
        title=seen.line.title,
        period=(seen.line.from_year, seen.line.to_year),
        areas=tuple(_area(number, area, around) for number, area in enumerate(seen.areas, start=1)),
    )


def _around(seen: SeenStrategy) -> _Around:
    goals = {
        goal.id: f"{at}.{number}"
        for at, area in enumerate(seen.areas, start=1)
        for number, goal in enumerate(area.goals, start=1)
    }
    targets = {link.target_measure_id for each in seen.measures for link in each.links if link.target_measure_id}
    national = Measure.objects.filter(id__in=targets).select_related("strategy", "area")
    indicators: dict[UUID, list[ReadIndicator]] = defaultdict(list)
    for row in MeasureIndicator.objects.filter(measure__strategy_id=seen.line.id).order_by("number"):
        target = "" if row.target is None else f"{row.target.normalize():f}"
        found = ReadIndicator(row.name, row.unit_of_value, row.definition, target, row.indicator)
        indicators[row.measure_id].append(found)
    return _Around(
        goals,
        {row.id: ReadLink.to_national(_number(row), label_of(row.text)) for row in national},
        {key: tuple(found) for key, found in indicators.items()},
    )


def _number(row: Measure) -> str:
    return f"{row.strategy.slug} {row.area.number}.{row.number}"


def _area(number: int, area: SeenArea, around: _Around) -> ReadArea:
    return ReadArea(
        title=area.title,
        number=number,
        text=area.text.replace("\r\n", "\n"),
        goals=tuple(ReadText(" ".join(each.text.split())) for each in area.goals),
        approaches=tuple(ReadText(" ".join(each.text.split())) for each in area.approaches),
        measures=tuple(_measure(each, around) for each in area.measures),
    )


def _measure(each: SeenMeasure, around: _Around) -> ReadMeasure:
    return ReadMeasure(
        text=each.text.replace("\r\n", "\n"),
        owners=tuple(owner.name for owner in each.owners),
        from_year=each.own_from_year,
        to_year=each.own_to_year,
        notes=each.notes,
        more=ReadMore(
            budget=each.budget,
            funding=each.funding,
            partners=each.partners,
            deliverables=each.deliverables,
            services=tuple(Service(code) for code in each.services),
            learnt=each.learnt,
            serves=tuple(sorted((around.goals[goal] for goal in each.goal_ids), key=_places)),
            links=tuple(_link(link, around) for link in each.links),
            indicators=around.indicators.get(each.id, ()),
        ),
    )


def _places(goal: str) -> tuple[int, ...]:
    return tuple(map(int, goal.split(".")))


def _link(link: SeenLink, around: _Around) -> ReadLink:
    if link.target_measure_id:
        return around.national[link.target_measure_id]
    return ReadLink(link.kind, link.ref, "" if link.label == link.ref else link.label)
