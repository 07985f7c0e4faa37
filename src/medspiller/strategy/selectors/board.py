"""The board, what needs attention, and what a plan of ours covers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.strategy import policies
from medspiller.strategy.domain import dates
from medspiller.strategy.domain.board import LANES, Board, BoardFilters, Card, lanes_of, pages_of, years_of
from medspiller.strategy.domain.coverage import Coverage, CoverageArea, GuidelineRow
from medspiller.strategy.domain.coverage import areas_of as coverage_areas
from medspiller.strategy.domain.dates import Lack, Standing
from medspiller.strategy.domain.seen import Progress, SeenStrategy, StrategyLine
from medspiller.strategy.domain.vocabulary import (
    CURRENT,
    ImportState,
    Level,
    Light,
    LinkKind,
    MeasureStatus,
    StrategyStatus,
)
from medspiller.strategy.models import FocusArea, ImportedPlan, Measure, MeasureLink, MeasureOwner, Strategy
from medspiller.strategy.selectors._reading import may_of, row_of, seen_rows, touching_of
from medspiller.strategy.selectors._rows import (
    areas_of,
    lacking,
    line_of,
    lines_of,
    with_standing,
)

PER_PAGE = 25
# In the order in which the plans and their areas stand.
_ORDER = ("-strategy__from_year", "strategy__title", "strategy_id", "area__number", "number")
_FIRST_OF_EACH = 3
# Whoever has more plans than this reads of the others what they lack, and looks on their boards.
_WITH_FIRST = 4
# What is named measure by measure. The rest is counted: there is much of it in a young plan.
_URGENT = (Lack.LATE, Lack.DECISION)
_CURRENT = sorted(each.value for each in CURRENT)
# What a card shows. Read as plain values: a page has many, and each would otherwise be three objects.
_SHOWN = (
    *("id", "strategy_id", "strategy__title", "strategy__status", "area_id", "area__number", "area__title", "number"),
    *("text", "first", "last", "status", "light", "reported_on", "status_due_on", "has_evidence", "needs_decision"),
    "has_indicator",
)


@dataclass(frozen=True, slots=True)
class AttentionOf:
    """
    What somebody should see to in one strategy: how much of each and, for the newest plans, the first that are late or
    wait for a decision.
    """

    strategy: StrategyLine
    lacks: Mapping[Lack, int]
    first: Mapping[Lack, tuple[Card, ...]]


@dataclass(frozen=True, slots=True)
class Attention:
    """
    What somebody should see to: in each adopted strategy of our own, strategies to be rolled over, and how many plans
    from files wait. `lines` are all strategies, the newest first.
    """

    lines: tuple[StrategyLine, ...]
    strategies: tuple[AttentionOf, ...]
    rolling: tuple[StrategyLine, ...]
    imports_waiting: int


def board(
    *,
    actor: Actor,
    strategy_id: UUID | None = None,
    filters: BoardFilters | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Board:
    """
    Return a page of the board of a strategy, or of all current ones of our own; `per_page` is for each lane.

    A page beyond the last is the last.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if there is no such strategy.
    """
    asked = filters or BoardFilters()
    row = row_of(actor, strategy_id) if strategy_id else None
    scope = _scope(actor, row)
    rows = _narrowed(scope, asked)
    tally = _tally(rows, "status")
    by_status = {status: _in_lane(tally[status.value], asked.lack) for status in LANES}
    pages = pages_of(by_status.values(), per_page=per_page)
    shown = min(max(page, 1), pages)
    ids = _ids_of_page(_lacking(rows, asked.lack), first=(shown - 1) * per_page, most=per_page)
    return Board(
        strategy=line_of(row, Progress()) if row else None,
        filters=asked,
        lanes=lanes_of(_cards(ids), by_status),
        count=sum(by_status.values()),
        lacks={lack: sum(each[lack.value] for each in tally.values()) for lack in Lack},
        areas=_areas(row),
        owners=_owner_names(row),
        years=_years(row),
        page=shown,
        pages=pages,
    )


def board_rows(
    *, actor: Actor, strategy_id: UUID | None = None, filters: BoardFilters | None = None
) -> tuple[Card, ...]:
    """
    Return all that the board holds, in the order of the plans.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if there is no such strategy.
    """
    asked = filters or BoardFilters()
    row = row_of(actor, strategy_id) if strategy_id else None
    rows = _lacking(_narrowed(_scope(actor, row), asked), asked.lack)
    return _cards(rows.order_by().values_list("id", flat=True))


def attention(*, actor: Actor) -> Attention:
    """
    Return what somebody should see to.

    :raises NotAllowed: if the actor reads no plans.
    """
    today = clock.today()
    lines = lines_of(seen_rows(actor).order_by("-from_year", "-to_year", "title", "id"))
    own = [line for line in lines if line.status in CURRENT and line.level is not Level.NATIONAL]
    adopted = [line for line in own if line.status is StrategyStatus.ADOPTED]
    tally = _tally(Measure.objects.filter(strategy__in=[line.id for line in adopted]), "strategy_id")
    first = _first([line.id for line in adopted[:_WITH_FIRST]])
    rolled = {line.replaces_id for line in own}
    return Attention(
        lines=lines,
        strategies=tuple(_attention_of(line, tally[line.id], first[line.id]) for line in adopted),
        rolling=tuple(
            line
            for line in adopted
            if line.id not in rolled
            and dates.is_due_to_roll(
                from_year=line.from_year, to_year=line.to_year, every=line.rolls_every_years, today=today
            )
        ),
        imports_waiting=ImportedPlan.objects.filter(state=ImportState.WAITING.value).count(),
    )


def coverage(*, actor: Actor, strategy_id: UUID, national_id: UUID | None = None) -> Coverage:
    """
    Return what a strategy of ours touches of a national one: the newest, unless another is named.

    :raises NotAllowed: if the actor reads no plans.
    :raises NotFound: if there is no such strategy.
    """
    row = row_of(actor, strategy_id)
    nationals = lines_of(seen_rows(actor).filter(level=Level.NATIONAL.value).order_by("-from_year", "title", "id"))
    chosen = next((line for line in nationals if national_id in (None, line.id)), None)
    areas: tuple[CoverageArea, ...] = ()
    if chosen is not None:
        national = row_of(actor, chosen.id)
        seen = SeenStrategy(line=chosen, areas=areas_of(national), may=may_of(actor, national))
        touching = touching_of(Q(target_measure__strategy=national, measure__strategy=row))
        areas = coverage_areas(seen, {key: ours for key, ours in touching.items() if isinstance(key, UUID)})
    return Coverage(
        strategy=lines_of([row])[0], national=chosen, nationals=nationals, areas=areas, guideline=_guideline(row)
    )


def _scope(actor: Actor, row: Strategy | None) -> QuerySet[Measure]:
    policies.ensure(actor, policies.READ)
    if row is not None:
        return Measure.objects.filter(strategy=row)
    current = Q(strategy__status__in=_CURRENT)
    return Measure.objects.filter(current & ~Q(strategy__level=Level.NATIONAL.value))


def _own(rows: QuerySet[Strategy]) -> QuerySet[Strategy]:
    return rows.filter(status__in=_CURRENT).exclude(level=Level.NATIONAL.value)


def _narrowed(rows: QuerySet[Measure], asked: BoardFilters) -> QuerySet[Measure]:
    if asked.area_id is not None:
        rows = rows.filter(area_id=asked.area_id)
    if asked.status is not None:
        rows = rows.filter(status=asked.status.value)
    if asked.light is not None:
        rows = rows.filter(light=asked.light.value)
    if asked.owner:
        rows = rows.filter(id__in=MeasureOwner.objects.filter(name__iexact=asked.owner).values("measure_id"))
    if asked.unit_id is not None:
        rows = rows.filter(id__in=MeasureOwner.objects.filter(unit_id=asked.unit_id).values("measure_id"))
    if asked.year is not None:
        begun = Q(from_year__lte=asked.year) | Q(from_year=None, strategy__from_year__lte=asked.year)
        lasts = Q(to_year__gte=asked.year) | Q(to_year=None, strategy__to_year__gte=asked.year)
        rows = rows.filter(begun & lasts)
    for word in asked.text.split():
        rows = rows.filter(text__icontains=word)
    return rows


def _lacking(rows: QuerySet[Measure], lack: Lack | None) -> QuerySet[Measure]:
    # What each row stands for is worked out only where it is asked for.
    return rows if lack is None else with_standing(rows).filter(lacking(lack, today=clock.today()))


def _tally(rows: QuerySet[Measure], by: str) -> Mapping[Any, Mapping[str, int]]:
    """Count measures, and those that lack something, in one statement: by lane or by strategy."""
    today = clock.today()
    lacks = {each.value: Count("id", filter=lacking(each, today=today)) for each in Lack}
    counted = with_standing(rows).values(by).annotate(count=Count("id"), **lacks).order_by()
    nothing = dict.fromkeys(("count", *lacks), 0)
    return defaultdict(lambda: nothing, {each[by]: each for each in counted})


def _in_lane(tally: Mapping[str, int], lack: Lack | None) -> int:
    return tally["count" if lack is None else lack.value]


def _ids_of_page(rows: QuerySet[Measure], *, first: int, most: int) -> list[UUID]:
    place = Window(RowNumber(), partition_by=[F("status")], order_by=_ORDER)
    placed = rows.annotate(place=place).filter(place__gt=first, place__lte=first + most)
    return list(placed.order_by().values_list("id", flat=True))


def _cards(ids: Iterable[UUID]) -> tuple[Card, ...]:
    listed = list(ids)
    if not listed:
        return ()
    rows = with_standing(Measure.objects.filter(id__in=listed)).order_by(*_ORDER).values_list(*_SHOWN, named=True)
    owners = _owners_of(listed)
    today = clock.today()
    return tuple(_card(row, owners[row.id], today) for row in rows)


def _card(row: Any, owners: tuple[str, ...], today: date) -> Card:
    standing = Standing(
        counts=row.strategy__status == StrategyStatus.ADOPTED,
        status=MeasureStatus(row.status),
        from_year=row.first,
        to_year=row.last,
        status_due_on=row.status_due_on,
        has_owner=bool(owners),
        has_evidence=row.has_evidence,
        has_indicator=row.has_indicator,
        needs_decision=row.needs_decision,
    )
    return Card(
        measure_id=row.id,
        strategy_id=row.strategy_id,
        strategy_title=row.strategy__title,
        area_id=row.area_id,
        area_number=row.area__number,
        area_title=row.area__title,
        number=row.number,
        text=row.text,
        owners=owners,
        from_year=row.first,
        to_year=row.last,
        status=standing.status,
        light=Light(row.light) if row.light else None,
        reported_on=row.reported_on,
        status_due_on=row.status_due_on,
        needs_decision=row.needs_decision,
        lates=dates.lates(standing, today=today),
        lacks=dates.lacks(standing, today=today),
    )


def _owners_of(measure_ids: list[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    rows = MeasureOwner.objects.filter(measure_id__in=measure_ids).order_by("number")
    for measure_id, name in rows.values_list("measure_id", "name"):
        found[measure_id] += (name,)
    return found


def _areas(row: Strategy | None) -> tuple[tuple[UUID, str], ...]:
    if row is None:
        return ()
    rows = FocusArea.objects.filter(strategy=row).order_by("number").values_list("id", "number", "title")
    return tuple((area_id, f"{number}. {title}") for area_id, number, title in rows)


def _owner_names(row: Strategy | None) -> tuple[str, ...]:
    rows = MeasureOwner.objects.order_by().values_list("name", flat=True).distinct()
    if row is not None:
        rows = rows.filter(measure__strategy=row)
    else:
        rows = rows.filter(measure__strategy__status__in=_CURRENT).exclude(
            measure__strategy__level=Level.NATIONAL.value
        )
    return tuple(sorted(set(rows), key=str.casefold))


def _years(row: Strategy | None) -> tuple[int, ...]:
    if row is not None:
        return years_of([(row.from_year, row.to_year)])
    return years_of(_own(Strategy.objects.all()).values_list("from_year", "to_year"))


def _first(strategy_ids: list[UUID]) -> Mapping[UUID, Mapping[Lack, tuple[Card, ...]]]:
    """Return for each strategy the first of its measures that are urgent, in the order of the plan."""
    found: dict[UUID, dict[Lack, list[UUID]]] = defaultdict(lambda: {lack: [] for lack in _URGENT})
    for lack in _URGENT:
        rows = _lacking(Measure.objects.filter(strategy__in=strategy_ids), lack).order_by("area__number", "number")
        for strategy_id, measure_id in rows.values_list("strategy_id", "id"):
            if len(found[strategy_id][lack]) < _FIRST_OF_EACH:
                found[strategy_id][lack].append(measure_id)
    listed = {key for of_plan in found.values() for keys in of_plan.values() for key in keys}
    cards = {card.measure_id: card for card in _cards(listed)}
    return defaultdict(
        dict,
        {
            strategy_id: {lack: tuple(cards[key] for key in keys) for lack, keys in of_plan.items()}
            for strategy_id, of_plan in found.items()
        },
    )


def _attention_of(line: StrategyLine, tally: Mapping[str, int], first: Mapping[Lack, tuple[Card, ...]]) -> AttentionOf:
    return AttentionOf(strategy=line, lacks={lack: tally[lack.value] for lack in Lack}, first=first)


def _guideline(row: Strategy) -> tuple[GuidelineRow, ...]:
    lines = Q(kind=LinkKind.GUIDELINE.value, measure__strategy=row)
    labels = dict(MeasureLink.objects.filter(lines).values_list("ref", "label"))
    touching = touching_of(lines, key="ref")
    return tuple(GuidelineRow(ref, labels[ref] or ref, touching[ref]) for ref in sorted(labels))
