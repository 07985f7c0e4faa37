"""Coverage: which national measures, and which lines of the guideline, a plan of ours touches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from medspiller.strategy.domain.seen import SeenStrategy, StrategyLine, Touching


@dataclass(frozen=True, slots=True)
class NationalRow:
    """A national measure, with those of ours that carry it out."""

    measure_id: UUID
    label: str
    text: str
    owners: tuple[str, ...]
    ours: tuple[Touching, ...]

    @property
    def is_touched(self) -> bool:
        return bool(self.ours)


@dataclass(frozen=True, slots=True)
class CoverageArea:
    """A focus area of the national strategy."""

    number: int
    title: str
    rows: tuple[NationalRow, ...]

    @property
    def touched(self) -> int:
        return sum(row.is_touched for row in self.rows)

    @property
    def of(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class GuidelineRow:
    """A line of the guideline that measures of ours are linked to."""

    ref: str
    label: str
    ours: tuple[Touching, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a plan touches. `national` is None where no national strategy is here; `nationals` can be chosen among."""

    strategy: StrategyLine
    national: StrategyLine | None
    nationals: tuple[StrategyLine, ...]
    areas: tuple[CoverageArea, ...]
    guideline: tuple[GuidelineRow, ...]

    @property
    def touched(self) -> int:
        return sum(area.touched for area in self.areas)

    @property
    def of(self) -> int:
        return sum(area.of for area in self.areas)


def areas_of(national: SeenStrategy, touching: Mapping[UUID, Sequence[Touching]]) -> tuple[CoverageArea, ...]:
    """Return every national measure in its area, with ours that are linked to it; also those that nobody touches."""
    return tuple(
        CoverageArea(
            number=area.number,
            title=area.title,
            rows=tuple(
                NationalRow(
                    measure_id=each.id,
                    label=each.label,
                    text=each.text,
                    owners=tuple(owner.name for owner in each.owners),
                    ours=tuple(touching.get(each.id, ())),
                )
                for each in area.measures
            ),
        )
        for area in national.areas
    )
