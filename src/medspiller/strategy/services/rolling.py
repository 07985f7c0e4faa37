"""Rolling a strategy over: the next plan, made out of this one."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import ids
from medspiller.strategy.domain.inputs import StrategyDetails, ensure_years
from medspiller.strategy.domain.naming import title_for
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.rolling import years_on
from medspiller.strategy.domain.vocabulary import CURRENT, OVER, Level, StrategyStatus
from medspiller.strategy.models import (
    Approach,
    FocusArea,
    Goal,
    IndicatorValue,
    Measure,
    MeasureGoal,
    MeasureIndicator,
    MeasureLink,
    MeasureOwner,
    Strategy,
)
from medspiller.strategy.services import _storing as storing
from medspiller.strategy.services._making import make

_Copies = dict[UUID, UUID]


@transaction.atomic
def roll_over(*, actor: Actor, strategy_id: UUID, from_year: int, to_year: int) -> Strategy:
    """
    Make the next plan out of this one, as a draft: all its areas, goals and approaches, and what is not over yet.

    Each measure keeps its owners, goals, links and figures, and points to the one that it carries on. This plan holds
    until the next is adopted.

    :raises NotAllowed: if it is not the actor's to change.
    :raises NotFound: if there is none.
    :raises StrategyRefused: if it does not hold, has been rolled over already, or the years are no later ones.
    :raises PlanKnown: if there is one of the same title and years.
    """
    old = storing.strategy_to_edit(actor, strategy_id)
    if old.status != StrategyStatus.ADOPTED:
        raise StrategyRefused(Refusal.NOT_ADOPTED)
    if Strategy.objects.filter(replaces=old, status__in=[each.value for each in CURRENT]).exists():
        raise StrategyRefused(Refusal.ROLLED)
    ensure_years(from_year, to_year)
    if (from_year, to_year) <= (old.from_year, old.to_year):
        raise StrategyRefused(Refusal.PERIOD, "from_year")
    new = make(
        actor,
        StrategyDetails(
            title=title_for(old.title, from_year=from_year, to_year=to_year),
            from_year=from_year,
            to_year=to_year,
            level=Level(old.level),
            owner_name=old.owner_name,
            unit_id=old.unit_id,
            responsible=old.responsible,
            rolls_every_years=old.rolls_every_years,
        ),
        replaces=old,
    )
    areas = _copy_areas(old, new)
    goals = _copy_texts(Goal, areas)
    _copy_texts(Approach, areas)
    measures = _copy_measures(old, new, areas)
    _copy_owners(measures)
    _copy_links(measures, goals)
    _copy_indicators(measures)
    storing.record(actor, "strategy.roll_over", storing.STRATEGY, new.id)
    return new


def _copy_areas(old: Strategy, new: Strategy) -> _Copies:
    copies: _Copies = {}
    made = []
    for row in FocusArea.objects.filter(strategy=old):
        copies[row.id] = ids.new_id()
        made.append(FocusArea(id=copies[row.id], strategy=new, number=row.number, title=row.title, text=row.text))
    FocusArea.objects.bulk_create(made)
    return copies


def _copy_texts(kind: type[Goal] | type[Approach], areas: _Copies) -> _Copies:
    copies: _Copies = {}
    made = []
    for row in kind.objects.filter(area_id__in=areas):
        copies[row.id] = ids.new_id()
        made.append(kind(id=copies[row.id], area_id=areas[row.area_id], number=row.number, text=row.text))
    kind.objects.bulk_create(made)  # type: ignore[arg-type]  # both are made alike
    return copies


def _copy_measures(old: Strategy, new: Strategy, areas: _Copies) -> _Copies:
    copies: _Copies = {}
    numbers: dict[UUID, int] = {}
    made = []
    over = [each.value for each in OVER]
    for row in Measure.objects.filter(strategy=old).exclude(status__in=over).order_by("number"):
        copies[row.id] = ids.new_id()
        numbers[row.area_id] = numbers.get(row.area_id, 0) + 1
        first, last = years_on((row.from_year, row.to_year), (new.from_year, new.to_year))
        made.append(
            Measure(
                id=copies[row.id],
                strategy=new,
                area_id=areas[row.area_id],
                number=numbers[row.area_id],
                text=row.text,
                from_year=first,
                to_year=last,
                budget=row.budget,
                funding=row.funding,
                partners=row.partners,
                deliverables=row.deliverables,
                services=row.services,
                notes=row.notes,
                status=row.status,
                has_evidence=row.has_evidence,
                learnt=row.learnt,
                copied_from=row,
            )
        )
    Measure.objects.bulk_create(made, batch_size=500)
    return copies


def _copy_owners(measures: _Copies) -> None:
    rows = MeasureOwner.objects.filter(measure_id__in=measures)
    MeasureOwner.objects.bulk_create(
        [
            MeasureOwner(measure_id=measures[row.measure_id], number=row.number, name=row.name, unit_id=row.unit_id)
            for row in rows
        ],
        batch_size=500,
    )


def _copy_links(measures: _Copies, goals: _Copies) -> None:
    MeasureGoal.objects.bulk_create(
        [
            MeasureGoal(measure_id=measures[row.measure_id], goal_id=goals[row.goal_id])
            for row in MeasureGoal.objects.filter(measure_id__in=measures)
        ],
        batch_size=500,
    )
    MeasureLink.objects.bulk_create(
        [
            MeasureLink(
                measure_id=measures[row.measure_id],
                kind=row.kind,
                target_measure_id=row.target_measure_id,
                ref=row.ref,
                label=row.label,
            )
            for row in MeasureLink.objects.filter(measure_id__in=measures)
        ],
        batch_size=500,
    )


def _copy_indicators(measures: _Copies) -> None:
    """Copy figures with their values, so that a trend goes on from plan to plan."""
    copies: _Copies = {}
    made = []
    for row in MeasureIndicator.objects.filter(measure_id__in=measures):
        copies[row.id] = ids.new_id()
        made.append(
            MeasureIndicator(
                id=copies[row.id],
                measure_id=measures[row.measure_id],
                number=row.number,
                indicator=row.indicator,
                name=row.name,
                unit_of_value=row.unit_of_value,
                definition=row.definition,
                target=row.target,
            )
        )
    MeasureIndicator.objects.bulk_create(made, batch_size=500)
    IndicatorValue.objects.bulk_create(
        [
            IndicatorValue(
                measure_indicator_id=copies[row.measure_indicator_id],
                period_from=row.period_from,
                period_to=row.period_to,
                value=row.value,
                source=row.source,
                at=row.at,
                by=row.by,
                by_name=row.by_name,
            )
            for row in IndicatorValue.objects.filter(measure_indicator_id__in=copies)
        ],
        batch_size=500,
    )
