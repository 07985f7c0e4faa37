"""Figures that are followed for a measure, and values that somebody writes down."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.inputs import ADDRESS_MOST, IndicatorDetails, tidy, tidy_figure, tidy_indicator
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import FIRST_YEAR
from medspiller.strategy.models import IndicatorValue, Measure, MeasureIndicator, MeasureOwner
from medspiller.strategy.services import _storing as storing
from medspiller.strategy.services._storing import MEASURE

SEEN_FIELDS = ("name", "definition", "unit_of_value", "target")


@transaction.atomic
def add_indicator(*, actor: Actor, measure_id: UUID, details: IndicatorDetails) -> MeasureIndicator:
    """
    Follow a figure for a measure.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such measure.
    :raises StrategyRefused: if it has no name, or the computed one is followed already.
    """
    row = storing.measure_to_edit(actor, measure_id)
    number = storing.next_number(row.indicators.all())
    with refused_as(_twice()):
        made = MeasureIndicator.objects.create(measure=row, number=number, **asdict(tidy_indicator(details)))
    storing.record(actor, "strategy.add_indicator", MEASURE, row.id)
    return made


@transaction.atomic
def change_indicator(
    *, actor: Actor, indicator_id: UUID, details: IndicatorDetails, seen: str = ""
) -> MeasureIndicator:
    """
    Write anew what a figure is; its values stay. Raises as `add_indicator`.

    `seen` marks what the writer opened: its name, definition, unit of value and target.

    :raises NotFound: if there is no such indicator.
    :raises StrategyChanged: if somebody else has written other ones meanwhile.
    """
    row = _to_edit(actor, indicator_id)
    storing.ensure_marked(seen, {name: getattr(row, name) for name in SEEN_FIELDS})
    with refused_as(_twice()):
        changed = storing.store(row, asdict(tidy_indicator(details)))
    if changed:
        storing.record(actor, "strategy.change_indicator", MEASURE, row.measure_id)
    return row


@transaction.atomic
def remove_indicator(*, actor: Actor, indicator_id: UUID) -> None:
    """
    Follow a figure no more. What it was is kept as history.

    :raises NotAllowed: if the strategy is not the actor's to change.
    :raises NotFound: if there is no such indicator.
    """
    row = _to_edit(actor, indicator_id)
    row.delete()
    storing.record(actor, "strategy.remove_indicator", MEASURE, row.measure_id)


@transaction.atomic
def enter_value(
    *, actor: Actor, indicator_id: UUID, period_from: date, period_to: date, value: Decimal, source: str
) -> IndicatorValue:
    """
    Write down a value for the days in [period_from, period_to), with where it is from.

    One for the same days takes its place; what stood there is kept as history.

    :raises NotAllowed: if the measure is no unit's of the actor, and they do not own the strategy.
    :raises NotFound: if there is no such indicator.
    :raises StrategyRefused: if the figure is computed, the period holds no day or begins ahead, the value is no
        number that can be stored, or the source is missing.
    """
    indicator, measure = _to_report(actor, indicator_id)
    if indicator.indicator:
        raise StrategyRefused(Refusal.DECIDED, "value")
    if period_to <= period_from:
        raise StrategyRefused(Refusal.ORDER, "period_to")
    if period_from.year < FIRST_YEAR:
        raise StrategyRefused(Refusal.YEARS, "period_from")
    if period_from > clock.today():
        raise StrategyRefused(Refusal.AHEAD, "period_from")
    made, _is_new = IndicatorValue.objects.update_or_create(
        measure_indicator=indicator,
        period_from=period_from,
        period_to=period_to,
        defaults={
            "value": tidy_figure(value, "value"),
            "source": tidy(source, "source", most=ADDRESS_MOST, needed=True),
            "at": clock.now(),
            "by": actor.id,
            "by_name": actor.name,
        },
    )
    storing.record(actor, "strategy.enter_value", MEASURE, measure.id)
    return made


def _to_edit(actor: Actor, indicator_id: UUID) -> MeasureIndicator:
    policies.ensure(actor, policies.READ)
    measure_id = MeasureIndicator.objects.filter(id=indicator_id).values_list("measure_id", flat=True).first()
    if measure_id is None:
        raise NotFound(f"indicator {indicator_id}")
    storing.measure_to_edit(actor, measure_id)
    row = MeasureIndicator.objects.filter(id=indicator_id).first()
    if row is None:
        raise NotFound(f"indicator {indicator_id}")
    return row


def _to_report(actor: Actor, indicator_id: UUID) -> tuple[MeasureIndicator, Measure]:
    policies.ensure(actor, policies.READ)
    rows = MeasureIndicator.objects.select_for_update(of=("self",)).select_related("measure__strategy")
    row = rows.filter(id=indicator_id).first()
    if row is None:
        raise NotFound(f"indicator {indicator_id}")
    measure = row.measure
    owners = MeasureOwner.objects.filter(measure=measure, unit__isnull=False).values_list("unit_id", flat=True)
    policies.ensure_report(actor, owner_units=list(owners), unit_id=measure.strategy.unit_id, subject_id=measure.id)
    return row, measure


def _twice() -> dict[str, Exception]:
    return {"strategy_indicator_computed_once": StrategyRefused(Refusal.TWICE, "indicator")}
