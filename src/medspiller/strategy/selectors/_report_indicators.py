"""The indicators of a yearly report: entered by hand, or computed from the municipality's own data."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.statistics import selectors as statistics
from medspiller.statistics.domain.figures import Topic
from medspiller.statistics.domain.indicators import Computed, IndicatorValues, YearValue
from medspiller.strategy import policies
from medspiller.strategy.domain.reports import Indicator, Reference, Value
from medspiller.strategy.models import IndicatorValue, MeasureIndicator

YEARS_SHOWN = 3
# Figures of the country: a few to see one's own plan by, all of which stand on a page of their own.
_TOPICS, _OF_EACH = (Topic.CARERS, Topic.CHILDREN), 2
_NOTHING_FITTED = "nothing_fitted"


def first_day(year: int) -> date:
    """Return the first day of the oldest year whose values stand in the report of a year."""
    return date(year - YEARS_SHOWN + 1, 1, 1)


def of_measures(actor: Actor, labels: Mapping[UUID, str], year: int, end: date, language: str) -> tuple[Indicator, ...]:
    """Return the indicators of measures, with values of the last three years before the day `end`."""
    rows = list(
        MeasureIndicator.objects.filter(measure_id__in=labels).order_by(
            "measure__area__number", "measure__number", "number"
        )
    )
    written = _written([row for row in rows if not row.indicator], year, end)
    computed = _computed(actor, {row.indicator for row in rows if row.indicator}, year)
    found, shown = [], set()
    for row in rows:
        if not row.indicator:
            found.append(_by_hand(row, labels[row.measure_id], written[row.id]))
        elif row.indicator in computed and row.indicator not in shown:
            # One that several measures share stands once, with all of them.
            shown.add(row.indicator)
            measures = tuple(labels[each.measure_id] for each in rows if each.indicator == row.indicator)
            found.append(_from_data(computed[row.indicator], measures, _written_number(row.target), language))
    return tuple(found)


def of_carers(actor: Actor, year: int, language: str) -> tuple[Indicator, ...]:
    """Return of how many suggestions carers have said that nothing fitted, protected."""
    if not actor.may(policies.VIEW_STATISTICS):
        return ()
    slugs = {each.slug for each in statistics.indicators(actor=actor) if each.computed is Computed.SUGGESTIONS}
    return tuple(
        _unmet(each, language) for each in _computed(actor, slugs, year).values() if any(v.of for v in each.values)
    )


def of_the_house(actor: Actor, year: int, language: str) -> Mapping[str, Indicator]:
    """Return every indicator that is computed here by its slug, protected, with its last three years up to `year`."""
    if not actor.may(policies.VIEW_STATISTICS):
        return {}
    slugs = {each.slug for each in statistics.indicators(actor=actor)}
    return {slug: _from_data(found, (), "", language) for slug, found in _computed(actor, slugs, year).items()}


def references(actor: Actor, language: str) -> tuple[Reference, ...]:
    """Return figures of the country that a reader may compare with. None of them counts what ours do."""
    if not actor.may(policies.VIEW_STATISTICS):
        return ()
    every = [figure for each in statistics.figures(actor=actor) for figure in each.figures]
    chosen = [figure for topic in _TOPICS for figure in [each for each in every if each.topic is topic][:_OF_EACH]]
    return tuple(
        Reference(
            _in(figure.title, language),
            _in(figure.value, language),
            figure.year,
            figure.source,
            _in(figure.caution, language) if figure.caution else "",
        )
        for figure in chosen
    )


def _by_hand(row: MeasureIndicator, label: str, values: Sequence[Value]) -> Indicator:
    return Indicator(
        name=row.name,
        unit=row.unit_of_value,
        definition=row.definition,
        query="",
        source=", ".join(sorted({value.source for value in values if value.source})),
        target=_written_number(row.target),
        measures=(label,),
        values=tuple(values),
    )


def _computed(actor: Actor, slugs: set[str], year: int) -> Mapping[str, IndicatorValues]:
    if not slugs or not actor.may(policies.VIEW_STATISTICS):
        return {}
    years = tuple(range(year - YEARS_SHOWN + 1, year + 1))
    return {each.indicator.slug: each for each in statistics.indicator_values(actor=actor, ids=slugs, years=years)}


def _from_data(found: IndicatorValues, measures: tuple[str, ...], target: str, language: str) -> Indicator:
    its = found.indicator
    return Indicator(
        name=_in(its.title, language),
        unit="%",
        definition=f"{_in(its.definition, language)} {_in(its.of, language)}",
        query=_in(its.query, language),
        source=_in(its.source, language),
        target=target,
        measures=measures,
        values=tuple(
            Value(each.year, each.share, each.share is None and each.of != 0, each.of, each.unknown, **_days(each))
            for each in found.values
        ),
        is_computed=True,
    )


def _unmet(found: IndicatorValues, language: str) -> Indicator:
    its = found.indicator
    name = next((_in(each.text, language) for each in its.categories if each.code == _NOTHING_FITTED), "")
    return Indicator(
        name=name,
        unit="",
        definition=f"{_in(its.definition, language)} {_in(its.of, language)}",
        query=_in(its.query, language),
        source=_in(its.source, language),
        target="",
        measures=(),
        values=tuple(_count(each) for each in found.values),
        is_computed=True,
    )


def _count(each: YearValue) -> Value:
    count = each.counts.get(_NOTHING_FITTED)
    value = None if count is None else Decimal(count)
    return Value(each.year, value, count is None, each.of, each.unknown, **_days(each))


def _days(each: YearValue) -> dict[str, Any]:
    """The days of a year that is not over, and whether all of one that is over is known."""
    return {"is_complete": each.is_complete} if each.is_over else {"begins": date(each.year, 1, 1), "ends": each.until}


def _written(rows: Sequence[MeasureIndicator], year: int, end: date) -> Mapping[UUID, list[Value]]:
    """
    The newest value of each year that was written down by hand, the oldest year first.

    One of the whole calendar year goes before one of a part; a period counts from when it is over.
    """
    years = range(first_day(year).year, year + 1)
    found: dict[UUID, dict[int, Value]] = {row.id: {each: Value(each, None) for each in years} for row in rows}
    values = IndicatorValue.objects.filter(
        measure_indicator__in=[row.id for row in rows], period_from__gte=first_day(year), period_to__lte=end
    ).order_by("period_to", "at")
    for each in values:
        of_row, its = found[each.measure_indicator_id], each.period_from.year
        is_whole = (each.period_from, each.period_to) == (date(its, 1, 1), date(its + 1, 1, 1))
        has_whole = its in of_row and of_row[its].value is not None and of_row[its].is_whole_year
        if its in of_row and (is_whole or not has_whole):
            days: dict[str, Any] = {} if is_whole else {"begins": each.period_from, "ends": each.period_to}
            of_row[its] = Value(its, each.value, source=each.source, on=each.at.date(), **days)
    return {id_: list(of_years.values()) for id_, of_years in found.items()}


def _written_number(target: Decimal | None) -> str:
    """A number without the noughts that the column adds."""
    return "" if target is None else f"{target:f}".rstrip("0").rstrip(".") if target % 1 else f"{target:.0f}"


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts["nb"]
