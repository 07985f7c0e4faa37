"""A small plan with reports, for the tests of what is made of plans."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.strategy.domain.inputs import (
    IndicatorDetails,
    MeasureDetails,
    OwnerChoice,
    ReportDetails,
    StrategyDetails,
)
from medspiller.strategy.domain.vocabulary import Body, Event, Level, Light, MeasureStatus
from medspiller.strategy.services import indicators, measures, parts, reporting, strategies

YEAR = 2025


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A strategy and its measures, in the order of the plan."""

    strategy_id: UUID
    slug: str
    measures: tuple[UUID, ...]


def build_plan(
    actor: Actor, *, unit_id: UUID | None, level: Level = Level.MUNICIPAL, title: str = "Vi ser pårørende"
) -> MadePlan:
    """
    Make an adopted plan of 2021–2025 with two areas and three measures, of which two have been reported on.

    The first was done in 2025, the second is late and has gone wrong, the third nobody has said anything of.
    """
    details = StrategyDetails(
        title,
        2021,
        2025,
        level=level,
        owner_name="Demokommunen",
        unit_id=None if level is Level.NATIONAL else unit_id,
    )
    made = strategies.create_strategy(actor=actor, details=details)
    rows = _fill(actor, made.id)
    head = strategies.adopt(
        actor=actor, strategy_id=made.id, version=made.version, by="Kommunestyret", on=date(2021, 3, 1)
    )
    _tell(actor, rows)
    strategies.log_event(
        actor=actor, strategy_id=made.id, on=date(2025, 3, 3), body=Body.CARERS, what=Event.HEARD, body_name="Rådet"
    )
    return MadePlan(made.id, head.slug, tuple(rows))


def _fill(actor: Actor, strategy_id: UUID) -> list[UUID]:
    first = parts.add_area(actor=actor, strategy_id=strategy_id, title="Se dem tidlig")
    second = parts.add_area(actor=actor, strategy_id=strategy_id, title="Barn som pårørende")
    parts.add_goal(actor=actor, area_id=first.id, text="Alle blir spurt om hvem som er nærmest.")
    wanted = (
        (first, MeasureDetails("Spør alle nye brukere om pårørende", learnt="Spør tidlig."), ("Helse", "Oppvekst")),
        (first, MeasureDetails("Lag en felles rutine", 2021, 2024), ("Helse",)),
        (second, MeasureDetails("Gi barn tilbud om samtale"), ()),
    )
    return [
        measures.add_measure(
            actor=actor, area_id=area.id, details=each, owners=[OwnerChoice(name) for name in owners]
        ).id
        for area, each, owners in wanted
    ]


def _tell(actor: Actor, rows: list[UUID]) -> None:
    _report(actor, rows[0], date(2024, 5, 2), MeasureStatus.UNDER_WAY, Light.GREEN, "I gang i to distrikter.")
    _report(actor, rows[0], date(2025, 10, 2), MeasureStatus.DONE, Light.GREEN, "Alle spør nå.", evidence="Sak 12/25")
    _report(
        actor, rows[1], date(2025, 9, 1), MeasureStatus.UNDER_WAY, Light.RED, "Står stille.",
        deviation="To stillinger er tomme.", decision_needed="Hvem betaler?",
    )  # fmt: skip
    details = IndicatorDetails("Spurt", "personer", "Spurt ved første samtale.")
    followed = indicators.add_indicator(actor=actor, measure_id=rows[0], details=details)
    for year, value in ((2024, "118"), (2025, "140")):
        indicators.enter_value(
            actor=actor, indicator_id=followed.id, period_from=date(year, 1, 1), period_to=date(year + 1, 1, 1),
            value=Decimal(value), source="Fagsystemet",
        )  # fmt: skip


def _report(
    actor: Actor, measure_id: UUID, on: date, status: MeasureStatus, light: Light, text: str, **more: str
) -> None:
    details = ReportDetails(on=on, status=status, light=light, text=text, **more)
    reporting.report_status(actor=actor, measure_id=measure_id, details=details)
