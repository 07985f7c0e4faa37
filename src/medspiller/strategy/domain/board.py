"""The board: measures in lanes by how far they have come, narrowed by what somebody asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self
from uuid import UUID

from medspiller.strategy.domain.dates import Lack, Late
from medspiller.strategy.domain.seen import StrategyLine
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus

# In the order in which they stand.
LANES = (MeasureStatus.NOT_STARTED, MeasureStatus.UNDER_WAY, MeasureStatus.DONE, MeasureStatus.STOPPED)


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """
    What is asked for; what is empty narrows nothing.

    `owner` is a name as plans write it, `unit_id` a unit of the house, `year` one in which the measure runs, `text`
    words that stand in it, `lack` what somebody should see to, `light` how its owner judges it.
    """

    area_id: UUID | None = None
    owner: str = ""
    unit_id: UUID | None = None
    year: int | None = None
    status: MeasureStatus | None = None
    light: Light | None = None
    text: str = ""
    lack: Lack | None = None

    @property
    def is_narrow(self) -> bool:
        return self != BoardFilters()

    def as_record(self) -> dict[str, Any]:
        """Return what narrows something as JSON, which `from_record` reads back."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value if isinstance(value, int) else str(value) for name, value in said.items() if value}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return what `as_record` wrote."""
        kinds = {"area_id": UUID, "unit_id": UUID, "status": MeasureStatus, "light": Light, "lack": Lack}
        return cls(**{name: kinds.get(name, lambda plain: plain)(value) for name, value in record.items()})


@dataclass(frozen=True, slots=True)
class Card:
    """A measure on the board. `light` is None until the first report."""

    measure_id: UUID
    strategy_id: UUID
    strategy_title: str
    area_id: UUID
    area_number: int
    area_title: str
    number: int
    text: str
    owners: tuple[str, ...]
    from_year: int
    to_year: int
    status: MeasureStatus
    light: Light | None
    reported_on: date | None
    status_due_on: date | None
    needs_decision: bool
    lates: frozenset[Late]
    lacks: frozenset[Lack]

    @property
    def label(self) -> str:
        return f"{self.area_number}.{self.number}"

    @property
    def is_late(self) -> bool:
        return bool(self.lates)


@dataclass(frozen=True, slots=True)
class Lane:
    """The measures that have come equally far: how many there are, and those on this page."""

    status: MeasureStatus
    count: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """
    One page of the board. `strategy` is None for all current plans of our own.

    `count` and `lacks` are of all that the filters let through. `areas`, `owners` and `years` are what can be asked
    for, whatever is asked for now.
    """

    strategy: StrategyLine | None
    filters: BoardFilters
    lanes: tuple[Lane, ...]
    count: int
    lacks: Mapping[Lack, int] = field(default_factory=dict)
    areas: tuple[tuple[UUID, str], ...] = ()
    owners: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    page: int = 1
    pages: int = 1


def lanes_of(cards: Iterable[Card], counts: Mapping[MeasureStatus, int]) -> tuple[Lane, ...]:
    """Return the four lanes in their order, each with its cards in the order given."""
    found: dict[MeasureStatus, list[Card]] = {status: [] for status in LANES}
    for card in cards:
        found[card.status].append(card)
    return tuple(Lane(status, counts.get(status, 0), tuple(found[status])) for status in LANES)


def pages_of(counts: Iterable[int], *, per_page: int) -> int:
    """
    Return how many pages the longest lane needs; one where there is nothing.

    >>> pages_of([0, 26, 3, 0], per_page=25), pages_of([], per_page=25)
    (2, 1)
    """
    return max(1, -(-max(counts, default=0) // per_page))


def years_of(spans: Iterable[tuple[int, int]], *, most: int = 30) -> tuple[int, ...]:
    """Return the years in which any of the plans runs, in order."""
    listed: Sequence[tuple[int, int]] = list(spans)
    if not listed:
        return ()
    first, last = min(span[0] for span in listed), max(span[1] for span in listed)
    return tuple(range(first, min(last, first + most - 1) + 1))
