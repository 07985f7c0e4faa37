"""The guideline with what services say of it, as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.pathways.domain.content_guideline import Line, Section
from medspiller.strategy.domain.guideline import (
    DONE,
    GAPS,
    Barrier,
    EvidenceKind,
    LineState,
    chapter_of,
    concerns,
    is_demand,
)
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus, Service


@dataclass(frozen=True, slots=True)
class SeenAssessment:
    """What a service says of a line now, or said before."""

    line: str
    service: Service
    state: LineState
    on: date
    evidence_kind: EvidenceKind | None
    evidence: str
    indicator: str
    barrier: Barrier | None
    barrier_text: str
    next_step: str
    who: str
    form: str
    at: datetime
    by_name: str
    version: int

    @property
    def is_gap(self) -> bool:
        return self.state in GAPS


@dataclass(frozen=True, slots=True)
class LinkedMeasure:
    """A measure of ours that points at a line. One without services is for all of them."""

    measure_id: UUID
    strategy_id: UUID
    strategy_title: str
    text: str
    status: MeasureStatus
    light: Light | None
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One line in one service: what is said, None if nothing is yet, and what is being done."""

    service: Service
    said: SeenAssessment | None
    measures: tuple[LinkedMeasure, ...]

    @property
    def state(self) -> LineState:
        return self.said.state if self.said else LineState.NOT_ASSESSED

    @property
    def is_gap(self) -> bool:
        return self.state in GAPS


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with the services that it is said to."""

    line: Line
    places: tuple[Place, ...]

    @property
    def is_demand(self) -> bool:
        return is_demand(self.line)


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section with those of its lines that were asked for."""

    section: Section
    rows: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class GuidelineFilters:
    """What is looked for: nothing means all. `state` holds for at least one of the services."""

    service: Service | None = None
    chapter: str = ""
    state: LineState | None = None
    only_gaps: bool = False
    only_demands: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A service in a chapter, in numbers of lines. Demands and recommendations are never added up.

    `demands_open` and `advice_open` are those of which nothing is said yet.
    """

    service: Service
    chapter: str
    demands_met: int
    demands_not_met: int
    demands_open: int
    advice_done: int
    advice_under_way: int
    advice_not_started: int
    advice_not_relevant: int
    advice_open: int

    @property
    def gaps(self) -> int:
        return self.demands_not_met + self.advice_under_way + self.advice_not_started

    @property
    def is_empty(self) -> bool:
        """Nobody has said anything here yet."""
        return not (self.gaps or self.demands_met or self.advice_done or self.advice_not_relevant)


@dataclass(frozen=True, slots=True)
class Gap:
    """A line that a service has not come all the way with, and the measures that take it up."""

    line: Line
    said: SeenAssessment
    measures: tuple[LinkedMeasure, ...]


def spot(service: Service, chapter: str, rows: tuple[LineRow, ...]) -> Spot:
    """Count the lines of a chapter in a service."""
    found: dict[bool, dict[LineState, int]] = {kind: dict.fromkeys(LineState, 0) for kind in (True, False)}
    for row in rows:
        if chapter_of(row.line.id) == chapter and concerns(row.line, service):
            place = next((each for each in row.places if each.service is service), None)
            found[row.is_demand][place.state if place else LineState.NOT_ASSESSED] += 1
    demands, advice = found[True], found[False]
    return Spot(
        service=service,
        chapter=chapter,
        demands_met=demands[LineState.MET],
        demands_not_met=demands[LineState.NOT_MET],
        demands_open=demands[LineState.NOT_ASSESSED],
        advice_done=_sum(advice, DONE),
        advice_under_way=advice[LineState.UNDER_WAY],
        advice_not_started=advice[LineState.NOT_STARTED],
        advice_not_relevant=advice[LineState.NOT_RELEVANT],
        advice_open=advice[LineState.NOT_ASSESSED],
    )


def _sum(counts: Mapping[LineState, int], states: frozenset[LineState]) -> int:
    return sum(counts[state] for state in states)
