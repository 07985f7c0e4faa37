"""What everybody may read of the municipality's plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.strategy.domain.seen import Progress, SeenArea, SeenMeasure, StrategyLine, progress_of
from medspiller.strategy.domain.vocabulary import Level, Light, MeasureStatus, StrategyStatus
from medspiller.strategy.models import Strategy
from medspiller.strategy.selectors._rows import areas_of, line_of, lines_of


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """A measure as everybody sees it."""

    id: UUID
    label: str
    text: str
    owners: tuple[str, ...]
    from_year: int
    to_year: int
    status: MeasureStatus
    light: Light | None
    reported_on: date | None


@dataclass(frozen=True, slots=True)
class PublicArea:
    """A focus area as everybody sees it."""

    number: int
    title: str
    text: str
    goals: tuple[str, ...]
    approaches: tuple[str, ...]
    measures: tuple[PublicMeasure, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """A strategy as everybody sees it. In a list it has no areas. Years are calendar years, both included."""

    id: UUID
    title: str
    slug: str
    level: Level
    owner_name: str
    from_year: int
    to_year: int
    adopted_by: str
    adopted_on: date | None
    status: StrategyStatus
    progress: Progress
    areas: tuple[PublicArea, ...] = ()


def public_plans(*, actor: Actor) -> tuple[PublicPlan, ...]:
    """Return the plans that the municipality shows everybody, without parts: those that hold, the newest first."""
    listed = [_plan(line) for line in lines_of(_public().order_by("-from_year", "-to_year", "title", "id"))]
    return tuple(sorted(listed, key=lambda plan: plan.status in (StrategyStatus.REPLACED, StrategyStatus.ENDED)))


def public_plan(*, actor: Actor, slug: str) -> PublicPlan:
    """
    Return a plan that the municipality shows everybody, with all its parts.

    :raises NotFound: if there is none of that name.
    """
    row = _public().filter(slug=slug).first()
    if row is None:
        raise NotFound(f"plan {slug}")
    areas = areas_of(row)
    progress = progress_of(each.status for area in areas for each in area.measures)
    return _plan(line_of(row, progress), areas)


def _public() -> QuerySet[Strategy]:
    return Strategy.objects.filter(is_public=True).exclude(status=StrategyStatus.DRAFT.value).select_related("unit")


def _plan(line: StrategyLine, areas: Iterable[SeenArea] = ()) -> PublicPlan:
    return PublicPlan(
        id=line.id,
        title=line.title,
        slug=line.slug,
        level=line.level,
        owner_name=line.owner_name,
        from_year=line.from_year,
        to_year=line.to_year,
        adopted_by=line.adopted_by,
        adopted_on=line.adopted_on,
        status=line.status,
        progress=line.progress,
        areas=tuple(_area(area) for area in areas),
    )


def _area(area: SeenArea) -> PublicArea:
    return PublicArea(
        number=area.number,
        title=area.title,
        text=area.text,
        goals=tuple(each.text for each in area.goals),
        approaches=tuple(each.text for each in area.approaches),
        measures=tuple(_measure(each) for each in area.measures),
        progress=area.progress,
    )


def _measure(each: SeenMeasure) -> PublicMeasure:
    return PublicMeasure(
        id=each.id,
        label=each.label,
        text=each.text,
        owners=tuple(owner.name for owner in each.owners),
        from_year=each.from_year,
        to_year=each.to_year,
        status=each.status,
        light=each.light,
        reported_on=each.reported_on,
    )
