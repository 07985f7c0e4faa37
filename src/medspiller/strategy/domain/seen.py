"""Strategies and measures as they are read: prepared values, which a page shows without asking for more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from medspiller.strategy.domain.dates import Lack, Late, rolls_on_year
from medspiller.strategy.domain.vocabulary import (
    Body,
    Event,
    Level,
    Light,
    LinkKind,
    MeasureStatus,
    Service,
    StrategyStatus,
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many measures have come how far."""

    not_started: int = 0
    under_way: int = 0
    done: int = 0
    stopped: int = 0

    @property
    def total(self) -> int:
        return self.not_started + self.under_way + self.done + self.stopped

    @property
    def of(self) -> int:
        """How many are to be done: what was stopped is not."""
        return self.total - self.stopped

    @property
    def share_done(self) -> float:
        """The share of them that is done, from 0 to 1; 0 where there are none."""
        return self.done / self.of if self.of else 0.0


def progress_of(statuses: Iterable[MeasureStatus]) -> Progress:
    """Return how many measures have come how far."""
    found = [status.value for status in statuses]
    return Progress(**{status.value: found.count(status.value) for status in MeasureStatus})


@dataclass(frozen=True, slots=True)
class May:
    """What the actor may do with a strategy or a measure."""

    edit: bool = False
    adopt: bool = False
    report: bool = False
    ask: bool = False
    import_: bool = False


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """A strategy without its parts. Its years are calendar years, both included."""

    id: UUID
    level: Level
    title: str
    slug: str
    owner_name: str
    unit_id: UUID | None
    unit_name: str
    responsible: str
    from_year: int
    to_year: int
    adopted_by: str
    adopted_on: date | None
    rolls_every_years: int | None
    status: StrategyStatus
    is_public: bool
    replaces_id: UUID | None
    version: int
    source_name: str
    progress: Progress = Progress()

    @property
    def is_draft(self) -> bool:
        return self.status is StrategyStatus.DRAFT

    @property
    def is_over(self) -> bool:
        return self.status in (StrategyStatus.REPLACED, StrategyStatus.ENDED)

    @property
    def is_national(self) -> bool:
        return self.level is Level.NATIONAL

    @property
    def rolls_on_year(self) -> int:
        """The year in which the next plan is due."""
        return rolls_on_year(from_year=self.from_year, to_year=self.to_year, every=self.rolls_every_years)


@dataclass(frozen=True, slots=True)
class SeenOwner:
    """Who answers for a measure."""

    id: UUID
    number: int
    name: str
    unit_id: UUID | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A goal or an approach."""

    id: UUID
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SeenLink:
    """What a measure is linked to."""

    id: UUID
    kind: LinkKind
    target_measure_id: UUID | None
    target_strategy_id: UUID | None
    ref: str
    label: str


@dataclass(frozen=True, slots=True)
class SeenMeasure:
    """
    A measure. `from_year` and `to_year` are those that hold; `own_from_year` and `own_to_year` None where they are
    the strategy's. `light` is None until the first report.
    """

    id: UUID
    strategy_id: UUID
    area_id: UUID
    area_number: int
    number: int
    text: str
    from_year: int
    to_year: int
    own_from_year: int | None
    own_to_year: int | None
    budget: int | None
    funding: str
    partners: str
    deliverables: str
    services: tuple[Service, ...]
    notes: tuple[str, ...]
    status: MeasureStatus
    light: Light | None
    reported_on: date | None
    status_due_on: date | None
    has_evidence: bool
    needs_decision: bool
    learnt: str
    version: int
    copied_from_id: UUID | None
    owners: tuple[SeenOwner, ...]
    goal_ids: tuple[UUID, ...]
    links: tuple[SeenLink, ...]
    has_indicator: bool
    lates: frozenset[Late]
    lacks: frozenset[Lack]

    @property
    def label(self) -> str:
        return f"{self.area_number}.{self.number}"

    @property
    def is_late(self) -> bool:
        return bool(self.lates)


@dataclass(frozen=True, slots=True)
class SeenArea:
    """A focus area with all that stands in it."""

    id: UUID
    number: int
    title: str
    text: str
    goals: tuple[SeenPart, ...]
    approaches: tuple[SeenPart, ...]
    measures: tuple[SeenMeasure, ...]

    @property
    def progress(self) -> Progress:
        return progress_of(each.status for each in self.measures)


@dataclass(frozen=True, slots=True)
class SeenStrategy:
    """A strategy with all its parts."""

    line: StrategyLine
    areas: tuple[SeenArea, ...]
    may: May

    @property
    def measures(self) -> tuple[SeenMeasure, ...]:
        return tuple(each for area in self.areas for each in area.measures)


@dataclass(frozen=True, slots=True)
class SeenReport:
    """What was said of a measure. One that another corrects does not stand any more."""

    id: UUID
    on: date
    status: MeasureStatus
    light: Light
    text: str
    evidence: str
    evidence_url: str
    deviation: str
    decision_needed: str
    corrects: UUID | None
    corrected_by: UUID | None
    at: datetime
    by_name: str

    @property
    def stands(self) -> bool:
        return self.corrected_by is None


@dataclass(frozen=True, slots=True)
class SeenValue:
    """A value for the days in [period_from, period_to)."""

    id: UUID
    period_from: date
    period_to: date
    value: Decimal
    source: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class SeenIndicator:
    """A figure of a measure, with the values that were entered, the oldest first."""

    id: UUID
    number: int
    indicator: str
    name: str
    unit_of_value: str
    definition: str
    target: Decimal | None
    values: tuple[SeenValue, ...]


@dataclass(frozen=True, slots=True)
class Touching:
    """A measure of ours that carries out something above it."""

    measure_id: UUID
    strategy_id: UUID
    label: str
    text: str
    status: MeasureStatus
    light: Light | None


@dataclass(frozen=True, slots=True)
class WholeMeasure:
    """A measure with its reports, newest first, its indicators, and which measures of ours carry it out."""

    measure: SeenMeasure
    strategy: StrategyLine
    area_title: str
    goals: tuple[SeenPart, ...]
    reports: tuple[SeenReport, ...]
    indicators: tuple[SeenIndicator, ...]
    linked_from: tuple[Touching, ...]
    may: May


@dataclass(frozen=True, slots=True)
class SeenLogEntry:
    """One line of who heard, commented or decided a strategy."""

    id: UUID
    on: date
    body: Body
    body_name: str
    what: Event
    text: str
    by_name: str
