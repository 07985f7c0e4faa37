"""One measure with all that was said of it, and what it can be linked to."""

import re
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.seen import (
    Progress,
    SeenIndicator,
    SeenPart,
    SeenReport,
    SeenValue,
    Touching,
    WholeMeasure,
)
from medspiller.strategy.domain.vocabulary import Level, Light, LinkKind, MeasureStatus
from medspiller.strategy.models import Goal, IndicatorValue, Measure, MeasureIndicator, StatusReport
from medspiller.strategy.selectors._reading import may_of, touching_of
from medspiller.strategy.selectors._rows import label_of, line_of, measures_of

CHOICES_MOST = 30
_NUMBER = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})\.?")


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A national measure that one of ours can be linked to."""

    measure_id: UUID
    label: str
    strategy_title: str


def measure(*, actor: Actor, measure_id: UUID) -> WholeMeasure:
    """
    Return a measure with its reports, indicators, links, and what links to it.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if there is no such measure.
    """
    policies.ensure(actor, policies.READ)
    rows = Measure.objects.select_related("strategy__unit", "area")
    row = rows.filter(id=measure_id).first()
    if row is None:
        raise NotFound(f"measure {measure_id}")
    seen = measures_of([row])[0]
    owner_units = [owner.unit_id for owner in seen.owners if owner.unit_id]
    report = policies.may_report(actor, owner_units=owner_units, unit_id=row.strategy.unit_id)
    goals = Goal.objects.filter(area__strategy_id=row.strategy_id).order_by("area__number", "number")
    return WholeMeasure(
        measure=seen,
        strategy=line_of(row.strategy, Progress()),
        area_title=row.area.title,
        goals=tuple(SeenPart(each.id, each.number, each.text) for each in goals),
        reports=_reports(row),
        indicators=_indicators(row),
        linked_from=touching_of(Q(target_measure=row))[row.id],
        may=may_of(actor, row.strategy, report=report),
    )


def link_choices(
    *, actor: Actor, strategy_id: UUID, words: str = "", measure_id: UUID | None = None
) -> tuple[LinkChoice, ...]:
    """
    Return national measures that measures of this strategy can be linked to, those with all the words or numbers.

    At most 31: one more than are shown tells that there are more. With `measure_id` only that one, wherever it stands.

    :raises NotAllowed: if the actor reads no plans.
    """
    policies.ensure(actor, policies.READ)
    rows = Measure.objects.filter(strategy__level=Level.NATIONAL.value).exclude(strategy_id=strategy_id)
    if measure_id is not None:
        rows = rows.filter(id=measure_id)
    for word in words.split():
        holds, numbers = Q(text__icontains=word), _NUMBER.fullmatch(word)
        if numbers:
            holds |= Q(area__number=int(numbers[1]), number=int(numbers[2]))
        rows = rows.filter(holds)
    rows = rows.select_related("strategy", "area").order_by("-strategy__from_year", "area__number", "number")
    return tuple(LinkChoice(row.id, label_of(row), row.strategy.title) for row in rows[: CHOICES_MOST + 1])


def _reports(row: Measure) -> tuple[SeenReport, ...]:
    rows = list(StatusReport.objects.filter(measure=row).order_by("-on", "-at", "-id"))
    corrected_by = {each.corrects_id: each.id for each in rows if each.corrects_id}
    return tuple(
        SeenReport(
            id=each.id,
            on=each.on,
            status=MeasureStatus(each.status),
            light=Light(each.light),
            text=each.text,
            evidence=each.evidence,
            evidence_url=each.evidence_url,
            deviation=each.deviation,
            decision_needed=each.decision_needed,
            corrects=each.corrects_id,
            corrected_by=corrected_by.get(each.id),
            at=each.at,
            by_name=each.by_name,
        )
        for each in rows
    )


def _indicators(row: Measure) -> tuple[SeenIndicator, ...]:
    values: dict[UUID, list[SeenValue]] = defaultdict(list)
    listed = IndicatorValue.objects.filter(measure_indicator__measure=row).order_by("period_from", "period_to")
    for each in listed:
        values[each.measure_indicator_id].append(
            SeenValue(each.id, each.period_from, each.period_to, each.value, each.source, each.at, each.by_name)
        )
    return tuple(
        SeenIndicator(
            id=each.id,
            number=each.number,
            indicator=each.indicator,
            name=each.name,
            unit_of_value=each.unit_of_value,
            definition=each.definition,
            target=each.target,
            values=tuple(values[each.id]),
        )
        for each in MeasureIndicator.objects.filter(measure=row).order_by("number")
    )


def is_linked_to(*, actor: Actor, kind: LinkKind, ref: str) -> tuple[Touching, ...]:
    """
    Return the measures that carry something out, or are carried out by it: a line of the guideline, an offer.

    :raises NotAllowed: if the actor reads no plans.
    """
    policies.ensure(actor, policies.READ)
    return touching_of(Q(kind=kind.value, ref=ref), key="ref")[ref]
