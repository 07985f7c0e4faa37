"""Rows made into prepared values, in a few statements however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from medspiller.core import clock
from medspiller.strategy.domain import dates
from medspiller.strategy.domain.dates import Lack, Standing
from medspiller.strategy.domain.seen import (
    Progress,
    SeenArea,
    SeenLink,
    SeenMeasure,
    SeenOwner,
    SeenPart,
    StrategyLine,
)
from medspiller.strategy.domain.vocabulary import (
    OVER,
    Level,
    Light,
    LinkKind,
    MeasureStatus,
    Service,
    StrategyStatus,
)
from medspiller.strategy.models import (
    Approach,
    FocusArea,
    Goal,
    Measure,
    MeasureGoal,
    MeasureIndicator,
    MeasureLink,
    MeasureOwner,
    Strategy,
)

_OVER = sorted(each.value for each in OVER)
_LABEL_LETTERS = 120


def line_of(row: Strategy, progress: Progress) -> StrategyLine:
    return StrategyLine(
        id=row.id,
        level=Level(row.level),
        title=row.title,
        slug=row.slug,
        owner_name=row.owner_name,
        unit_id=row.unit_id,
        unit_name=row.unit.name if row.unit else "",
        responsible=row.responsible,
        from_year=row.from_year,
        to_year=row.to_year,
        adopted_by=row.adopted_by,
        adopted_on=row.adopted_on,
        rolls_every_years=row.rolls_every_years,
        status=StrategyStatus(row.status),
        is_public=row.is_public,
        replaces_id=row.replaces_id,
        version=row.version,
        source_name=row.source_name,
        progress=progress,
    )


def lines_of(rows: Iterable[Strategy]) -> tuple[StrategyLine, ...]:
    """Return strategies with how far their measures have come, in one more statement."""
    listed = list(rows)
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    counted = Measure.objects.filter(strategy__in=[row.id for row in listed]).values("strategy_id", "status")
    for each in counted.annotate(how_many=Count("id")).order_by():
        found[each["strategy_id"]][each["status"]] = each["how_many"]
    return tuple(line_of(row, Progress(**found[row.id])) for row in listed)


def standing_of(row: Measure, *, has_owner: bool, has_indicator: bool) -> Standing:
    return Standing(
        counts=row.strategy.status == StrategyStatus.ADOPTED,
        status=MeasureStatus(row.status),
        from_year=row.from_year or row.strategy.from_year,
        to_year=row.to_year or row.strategy.to_year,
        status_due_on=row.status_due_on,
        has_owner=has_owner,
        has_evidence=row.has_evidence,
        has_indicator=has_indicator,
        needs_decision=row.needs_decision,
    )


def with_standing(rows: QuerySet[Measure]) -> QuerySet[Measure]:
    """Add the years that hold, and whether there is an owner and an indicator."""
    own = {"measure": OuterRef("pk")}
    return rows.annotate(
        first=Coalesce("from_year", "strategy__from_year"),
        last=Coalesce("to_year", "strategy__to_year"),
        has_owner=Exists(MeasureOwner.objects.filter(**own)),
        has_indicator=Exists(MeasureIndicator.objects.filter(**own))
        | Exists(MeasureLink.objects.filter(kind=LinkKind.INDICATOR.value, **own)),
    )


def lacking(lack: Lack, *, today: date) -> Q:
    """Return the filter of rows `with_standing` that lack something: the same answer as `dates.lacks`."""
    if lack is Lack.LATE:
        late = Q(last__lt=today.year) | Q(status_due_on__lt=today)
        late |= Q(status=MeasureStatus.NOT_STARTED.value, first__lt=today.year)
        return Q(strategy__status=StrategyStatus.ADOPTED.value) & ~Q(status__in=_OVER) & late
    runs = ~Q(status=MeasureStatus.STOPPED.value)
    return {
        Lack.OWNER: runs & Q(has_owner=False),
        Lack.EVIDENCE: runs & ~Q(status=MeasureStatus.NOT_STARTED.value) & Q(has_evidence=False),
        Lack.INDICATOR: runs & Q(has_indicator=False),
        Lack.DECISION: runs & Q(needs_decision=True),
    }[lack]


def owners_of(measure_ids: Sequence[UUID]) -> Mapping[UUID, tuple[SeenOwner, ...]]:
    """Return who answers for each measure, in the order of the plan."""
    found: dict[UUID, list[SeenOwner]] = defaultdict(list)
    rows = MeasureOwner.objects.filter(measure_id__in=measure_ids).select_related("unit").order_by("number")
    for row in rows:
        unit_name = row.unit.name if row.unit else ""
        found[row.measure_id].append(SeenOwner(row.id, row.number, row.name, row.unit_id, unit_name))
    return defaultdict(tuple, {key: tuple(owners) for key, owners in found.items()})


def measures_of(rows: Iterable[Measure]) -> tuple[SeenMeasure, ...]:
    """Return measures as they are seen, in four more statements. `strategy` and `area` are there already."""
    listed = list(rows)
    ids = [row.id for row in listed]
    owners, links, goals = owners_of(ids), _links(ids), _goals(ids)
    followed = set(MeasureIndicator.objects.filter(measure_id__in=ids).values_list("measure_id", flat=True))
    followed |= {key for key, own in links.items() if any(link.kind is LinkKind.INDICATOR for link in own)}
    return tuple(
        _measure(row, owners[row.id], goals[row.id], links[row.id], has_indicator=row.id in followed) for row in listed
    )


def _measure(
    row: Measure,
    owners: tuple[SeenOwner, ...],
    goal_ids: tuple[UUID, ...],
    links: tuple[SeenLink, ...],
    *,
    has_indicator: bool,
) -> SeenMeasure:
    standing = standing_of(row, has_owner=bool(owners), has_indicator=has_indicator)
    today = clock.today()
    return SeenMeasure(
        id=row.id,
        strategy_id=row.strategy_id,
        area_id=row.area_id,
        area_number=row.area.number,
        number=row.number,
        text=row.text,
        from_year=standing.from_year,
        to_year=standing.to_year,
        own_from_year=row.from_year,
        own_to_year=row.to_year,
        budget=row.budget,
        funding=row.funding,
        partners=row.partners,
        deliverables=row.deliverables,
        services=tuple(Service(code) for code in row.services),
        notes=tuple(row.notes),
        status=standing.status,
        light=Light(row.light) if row.light else None,
        reported_on=row.reported_on,
        status_due_on=row.status_due_on,
        has_evidence=row.has_evidence,
        needs_decision=row.needs_decision,
        learnt=row.learnt,
        version=row.version,
        copied_from_id=row.copied_from_id,
        owners=owners,
        goal_ids=goal_ids,
        links=links,
        has_indicator=has_indicator,
        lates=dates.lates(standing, today=today),
        lacks=dates.lacks(standing, today=today),
    )


def label_of(row: Measure) -> str:
    """Return what a measure is called where it is linked to."""
    text = row.text if len(row.text) <= _LABEL_LETTERS else f"{row.text[: _LABEL_LETTERS - 1]}…"
    return f"{row.area.number}.{row.number} {text}"


def _links(ids: Sequence[UUID]) -> Mapping[UUID, tuple[SeenLink, ...]]:
    found: dict[UUID, list[SeenLink]] = defaultdict(list)
    rows = MeasureLink.objects.filter(measure_id__in=ids).select_related("target_measure__area")
    for row in rows.order_by("kind", "ref", "id"):
        target = row.target_measure
        found[row.measure_id].append(
            SeenLink(
                id=row.id,
                kind=LinkKind(row.kind),
                target_measure_id=row.target_measure_id,
                target_strategy_id=target.strategy_id if target else None,
                ref=row.ref,
                label=label_of(target) if target else row.label or row.ref,
            )
        )
    return defaultdict(tuple, {key: tuple(links) for key, links in found.items()})


def _goals(ids: Sequence[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = MeasureGoal.objects.filter(measure_id__in=ids).order_by("goal__number")
    for measure_id, goal_id in rows.values_list("measure_id", "goal_id"):
        found[measure_id].append(goal_id)
    return defaultdict(tuple, {key: tuple(goals) for key, goals in found.items()})


def areas_of(strategy: Strategy) -> tuple[SeenArea, ...]:
    """Return the whole of a strategy in eight statements."""
    areas = list(FocusArea.objects.filter(strategy=strategy).order_by("number"))
    by_id = {area.id: area for area in areas}
    rows = list(Measure.objects.filter(strategy=strategy).order_by("number"))
    for row in rows:
        row.strategy, row.area = strategy, by_id[row.area_id]
    measures: dict[UUID, list[SeenMeasure]] = defaultdict(list)
    for each in measures_of(rows):
        measures[each.area_id].append(each)
    goals, approaches = _parts(Goal.objects.all(), by_id), _parts(Approach.objects.all(), by_id)
    return tuple(
        SeenArea(
            id=area.id,
            number=area.number,
            title=area.title,
            text=area.text,
            goals=goals[area.id],
            approaches=approaches[area.id],
            measures=tuple(measures[area.id]),
        )
        for area in areas
    )


def _parts(
    rows: "QuerySet[Goal] | QuerySet[Approach]", areas: Mapping[UUID, FocusArea]
) -> dict[UUID, tuple[SeenPart, ...]]:
    found: dict[UUID, list[SeenPart]] = defaultdict(list)
    for row in rows.filter(area_id__in=areas).order_by("number"):
        found[row.area_id].append(SeenPart(row.id, row.number, row.text))
    return defaultdict(tuple, {key: tuple(parts) for key, parts in found.items()})
