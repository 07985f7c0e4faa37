"""The board, what needs attention, and what a plan of ours covers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import compress
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.strategy import policies
from medspiller.strategy.domain import dates
from medspiller.strategy.domain.board import LANES, Board, BoardFilters, Card, lanes_of, pages_of, years_of
from medspiller.strategy.domain.coverage import Coverage, CoverageArea, GuidelineRow
from medspiller.strategy.domain.coverage import areas_of as coverage_areas
from medspiller.strategy.domain.dates import Lack
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
    owners_of,
    standing_of,
    with_standing,
)

PER_PAGE = 25
# In the order in which the plans and their areas stand.
_ORDER = ("-strategy__from_year", "strategy__title", "strategy_id", "area__number", "number")
_FIRST_OF_EACH = 3
# Whoever has more plans than this reads of the others what they lack, and looks on their boards.
_WITH_FIRST = 4
_CURRENT = sorted(each.value for each in CURRENT)


@dataclass(frozen=True, slots=True)
class AttentionOf:
    """What somebody should see to in one strategy: how much of each and, for the newest plans, the first of them."""

    strategy: StrategyLine
    lacks: Mapping[Lack, int]
    first: Mapping[Lack, tuple[Card, ...]]


@dataclass(frozen=True, slots=True)
class Attention:
    """
    What somebody should see to: in each adopted strategy of our own, strategies to be rolled over, and how many plans
    from files wait.
    """

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
    counted = _counted(with_standing(rows), asked.lack)
    by_status = {status: counted[status.value] for status in LANES}
    pages = pages_of(by_status.values(), per_page=per_page)
    shown = min(max(page, 1), pages)
    ids = _ids_of_page(_lacking(rows, asked.lack), first=(shown - 1) * per_page, most=per_page)
    return Board(
        strategy=line_of(row, Progress()) if row else None,
        filters=asked,
        lanes=lanes_of(_cards(ids), by_status),
        count=sum(by_status.values()),
        lacks={lack: counted[f"lack_{lack.value}"] for lack in Lack},
        areas=_areas(row),
        owners=_owner_names(scope),
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
    own = list(_own(seen_rows(actor)).order_by("-from_year", "title", "id"))
    adopted = [row for row in own if row.status == StrategyStatus.ADOPTED]
    flagged = _flagged([row.id for row in adopted])
    first = {key for row in adopted[:_WITH_FIRST] for key in _first(flagged[row.id])}
    cards = {card.measure_id: card for card in _cards(first)}
    lines = {line.id: line for line in lines_of(adopted)}
    rolled = {row.replaces_id for row in own}
    return Attention(
        strategies=tuple(_attention_of(lines[row.id], flagged[row.id], cards) for row in adopted),
        rolling=tuple(
            lines[row.id]
            for row in adopted
            if row.id not in rolled
            and dates.is_due_to_roll(
                from_year=row.from_year, to_year=row.to_year, every=row.rolls_every_years, today=today
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


def _counted(rows: QuerySet[Measure], lack: Lack | None) -> dict[str, int]:
    """Count the lanes as narrowed, and what each lack would leave, in one statement."""
    today = clock.today()
    narrowed = Q() if lack is None else lacking(lack, today=today)
    parts = {status.value: Count("id", filter=Q(status=status.value) & narrowed) for status in LANES}
    parts |= {f"lack_{each.value}": Count("id", filter=lacking(each, today=today)) for each in Lack}
    return rows.aggregate(**parts)


def _ids_of_page(rows: QuerySet[Measure], *, first: int, most: int) -> list[UUID]:
    place = Window(RowNumber(), partition_by=[F("status")], order_by=_ORDER)
    placed = rows.annotate(place=place).filter(place__gt=first, place__lte=first + most)
    return list(placed.order_by().values_list("id", flat=True))


def _cards(ids: Iterable[UUID]) -> tuple[Card, ...]:
    listed = list(ids)
    if not listed:
        return ()
    rows = with_standing(Measure.objects.filter(id__in=listed)).select_related("strategy", "area").order_by(*_ORDER)
    owners = owners_of(listed)
    today = clock.today()
    return tuple(_card(row, tuple(each.name for each in owners[row.id]), today) for row in rows)


def _card(row: Any, owners: tuple[str, ...], today: Any) -> Card:
    standing = standing_of(row, has_owner=bool(owners), has_indicator=row.has_indicator)
    return Card(
        measure_id=row.id,
        strategy_id=row.strategy_id,
        strategy_title=row.strategy.title,
        area_id=row.area_id,
        area_number=row.area.number,
        area_title=row.area.title,
        number=row.number,
        text=row.text,
        owners=owners,
        from_year=standing.from_year,
        to_year=standing.to_year,
        status=MeasureStatus(row.status),
        light=Light(row.light) if row.light else None,
        reported_on=row.reported_on,
        status_due_on=row.status_due_on,
        needs_decision=row.needs_decision,
        lates=dates.lates(standing, today=today),
        lacks=dates.lacks(standing, today=today),
    )


def _areas(row: Strategy | None) -> tuple[tuple[UUID, str], ...]:
    if row is None:
        return ()
    rows = FocusArea.objects.filter(strategy=row).order_by("number")
    return tuple((area.id, f"{area.number}. {area.title}") for area in rows)


def _owner_names(scope: QuerySet[Measure]) -> tuple[str, ...]:
    rows = MeasureOwner.objects.filter(measure__in=scope.values("id")).order_by()
    names = set(rows.values_list("name", flat=True).distinct())
    return tuple(sorted(names, key=str.casefold))


def _years(row: Strategy | None) -> tuple[int, ...]:
    if row is not None:
        return years_of([(row.from_year, row.to_year)])
    return years_of(_own(Strategy.objects.all()).values_list("from_year", "to_year"))


def _flagged(strategy_ids: list[UUID]) -> dict[UUID, list[tuple[UUID, frozenset[Lack]]]]:
    """Return for each strategy its measures that lack something, in their order, with what they lack."""
    found: dict[UUID, list[tuple[UUID, frozenset[Lack]]]] = defaultdict(list)
    today = clock.today()
    lacks = {lack: lacking(lack, today=today) for lack in Lack}
    rows = with_standing(Measure.objects.filter(strategy__in=strategy_ids))
    # Truth values of the database, and nothing else of the rows: there may be thousands.
    said = {f"lacks_{lack.value}": ExpressionWrapper(rule, output_field=BooleanField()) for lack, rule in lacks.items()}
    rows = rows.annotate(**said).filter(reduce(or_, lacks.values())).order_by("area__number", "number")
    for strategy_id, measure_id, *flags in rows.values_list("strategy_id", "id", *said):
        found[strategy_id].append((measure_id, frozenset(compress(Lack, flags))))
    return found


def _first(flagged: list[tuple[UUID, frozenset[Lack]]]) -> set[UUID]:
    return {key for lack in Lack for key in _first_with(flagged, lack)}


def _first_with(flagged: list[tuple[UUID, frozenset[Lack]]], lack: Lack) -> list[UUID]:
    return [key for key, lacks in flagged if lack in lacks][:_FIRST_OF_EACH]


def _attention_of(
    line: StrategyLine, flagged: list[tuple[UUID, frozenset[Lack]]], cards: Mapping[UUID, Card]
) -> AttentionOf:
    return AttentionOf(
        strategy=line,
        lacks={lack: sum(lack in lacks for _key, lacks in flagged) for lack in Lack},
        first={lack: tuple(cards[key] for key in _first_with(flagged, lack) if key in cards) for lack in Lack},
    )


def _guideline(row: Strategy) -> tuple[GuidelineRow, ...]:
    lines = Q(kind=LinkKind.GUIDELINE.value, measure__strategy=row)
    labels = dict(MeasureLink.objects.filter(lines).values_list("ref", "label"))
    touching = touching_of(lines, key="ref")
    return tuple(GuidelineRow(ref, labels[ref] or ref, touching[ref]) for ref in sorted(labels))
