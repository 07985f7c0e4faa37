"""
Letting the municipality steer: both strategies read in from their files, linked, reported on, rolled over.

All by whoever answers for the strategy, as the services let them; stored at once, or nothing.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, ids, tenancy
from medspiller.demo.domain import steering as told
from medspiller.demo.domain.steering import Place, Said
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting
from medspiller.pathways import selectors as pathways
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.guideline import AssessmentDetails
from medspiller.strategy.domain.inputs import IndicatorDetails, MeasureDetails, OwnerChoice, ReportDetails
from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.domain.plans.sources import text_lines
from medspiller.strategy.domain.seen import SeenMeasure
from medspiller.strategy.domain.vocabulary import Level, LinkKind
from medspiller.strategy.services import guideline, reports

_STEERS = "strategiansvarlig"
_FILES = Path(__file__).parent.parent / "plans"
_ASKED_WITHIN = timedelta(days=14)


def steer(tenant_id: UUID, *, seed: int, say: Callable[[str], None]) -> int:
    """
    Store the strategies of a municipality and how it goes with them, unless there is one; return how many measures.

    None where the guideline is not published yet: then the next load does it.
    """
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id), ids.repeatable(seed):
        actor = acting(system, _STEERS, organisation=house.MUNICIPALITY_NAME)
        if selectors.strategies(actor=actor):
            return 0
        if not pathways.guideline_lines(actor=system, ids=[each.line for each in told.ASSESSED]):
            say("the guideline is not published yet, so there is nothing to steer by")
            return 0
        return _Steering(system, actor).tell()


class _Steering:
    """Whoever answers for the strategy, and the units of the house."""

    def __init__(self, system: Actor, actor: Actor):
        self.actor = actor
        self.units = house.standing_units(system, carers=1, today=clock.today())
        # Whoever goes on with a demo next year is told what was true when it was loaded first.
        self.today = house.opened_on(system, unit_id=self.units["top"]) + house.AGE

    def tell(self) -> int:
        national = self._read_in(told.NATIONAL_FILE, Level.NATIONAL, told.NATIONAL_OWNER)
        self._adopt(national, by=told.NATIONAL_ADOPTED_BY, on=told.NATIONAL_ADOPTED)
        first = self._read_in(told.MUNICIPAL_FILE, Level.MUNICIPAL, house.MUNICIPALITY_NAME)
        self._hear(first)
        self._adopt(first, by=told.ADOPTED_BY, on=told.ADOPTED)
        texts = self._furnish(first, national)
        self._report(first, {place: (said,) for place, said in told.FIRST_PLAN.items()}, texts)
        second = services.roll_over(
            actor=self.actor, strategy_id=first, from_year=told.NEXT[0], to_year=told.NEXT[1]
        ).id
        self._adopt(second, by=told.ADOPTED_BY, on=told.ADOPTED_AGAIN)
        services.publish(actor=self.actor, strategy_id=second)
        self._assess(second)
        self._report(second, told.SECOND_PLAN, texts)
        self._write_what_was_learnt(second, texts)
        self._tell_of_the_year(first, told.TOLD_OF)
        services.ask_for_status(actor=self.actor, strategy_id=second, due_on=clock.today() + _ASKED_WITHIN)
        return len(texts)

    def _read_in(self, file_name: str, level: Level, owner: str) -> UUID:
        text = (_FILES / file_name).read_text(encoding="utf-8")
        lines = text_lines(text)
        plan = read_plan(lines, file_name=file_name)
        waiting = services.import_plan(
            actor=self.actor,
            file_name=file_name,
            reading=plan.as_record(),
            source_lines=[line.text for line in lines],
            level=level,
            unit_id=self.units["strategy"] if level is Level.MUNICIPAL else None,
        )
        confirmed = services.confirm_import(
            actor=self.actor,
            import_id=waiting.id,
            owner_name=owner,
            responsible=told.RESPONSIBLE if level is Level.MUNICIPAL else "",
            rolls_every_years=told.ROLLS_EVERY if level is Level.MUNICIPAL else None,
        )
        return confirmed.id

    def _hear(self, strategy_id: UUID) -> None:
        for on, body, what, name, text in told.HEARING:
            services.log_event(
                actor=self.actor, strategy_id=strategy_id, on=on, body=body, what=what, body_name=name, text=text
            )

    def _adopt(self, strategy_id: UUID, *, by: str, on: date) -> None:
        version = selectors.strategy(actor=self.actor, strategy_id=strategy_id).line.version
        services.adopt(actor=self.actor, strategy_id=strategy_id, version=version, by=by, on=on)

    def _furnish(self, first: UUID, national: UUID) -> dict[str, Place]:
        """Say who answers, what each measure is tied to and what it is measured by; return the measures by text."""
        nationally = _by_place(selectors.strategy(actor=self.actor, strategy_id=national).measures)
        measures = _by_place(selectors.strategy(actor=self.actor, strategy_id=first).measures)
        for place, measure in measures.items():
            owners = [OwnerChoice(each.name, self._unit(each.name)) for each in measure.owners]
            services.set_owners(actor=self.actor, measure_id=measure.id, version=measure.version, owners=owners)
            for target in told.NATIONAL.get(place, ()):
                self._link(measure, LinkKind.NATIONAL, target=nationally[target].id)
            for line in told.LINES.get(place, ()):
                self._link(measure, LinkKind.GUIDELINE, ref=line)
            if slug := told.PATHWAYS.get(place):
                self._link(measure, LinkKind.PATHWAY, ref=slug)
            self._measure_by(place, measure)
        return {measure.text: place for place, measure in measures.items()}

    def _unit(self, owner: str) -> UUID | None:
        return self.units[told.OWNERS[owner]] if owner in told.OWNERS else None

    def _link(self, measure: SeenMeasure, kind: LinkKind, *, target: UUID | None = None, ref: str = "") -> None:
        services.link_measure(actor=self.actor, measure_id=measure.id, kind=kind, target_measure_id=target, ref=ref)

    def _measure_by(self, place: Place, measure: SeenMeasure) -> None:
        for slug in told.COUNTED.get(place, ()):
            details = IndicatorDetails(name=slug, indicator=slug)
            services.add_indicator(actor=self.actor, measure_id=measure.id, details=details)
        entered = told.ENTERED.get(place)
        if entered is None:
            return
        row = services.add_indicator(
            actor=self.actor,
            measure_id=measure.id,
            details=IndicatorDetails(entered.name, entered.unit_of_value, entered.definition, entered.target),
        )
        for year, value in entered.values.items():
            services.enter_value(
                actor=self.actor,
                indicator_id=row.id,
                period_from=date(year, 1, 1),
                period_to=date(year + 1, 1, 1),
                value=Decimal(value),
                source=entered.source,
            )

    def _report(self, strategy_id: UUID, said: Mapping[Place, tuple[Said, ...]], texts: Mapping[str, Place]) -> None:
        for measure in selectors.strategy(actor=self.actor, strategy_id=strategy_id).measures:
            for each in said.get(texts.get(measure.text, (0, 0)), ()):
                on = each.on if isinstance(each.on, date) else self.today - timedelta(days=each.on)
                details = ReportDetails(
                    on=on,
                    status=each.status,
                    light=each.light,
                    text=each.text,
                    evidence=each.evidence,
                    deviation=each.deviation,
                    decision_needed=each.decision_needed,
                )
                services.report_status(actor=self.actor, measure_id=measure.id, details=details)

    def _write_what_was_learnt(self, strategy_id: UUID, texts: Mapping[str, Place]) -> None:
        for measure in selectors.strategy(actor=self.actor, strategy_id=strategy_id).measures:
            learnt = told.LEARNT.get(texts.get(measure.text, (0, 0)))
            if learnt:
                details = MeasureDetails(
                    text=measure.text,
                    from_year=measure.own_from_year,
                    to_year=measure.own_to_year,
                    notes=measure.notes,
                    learnt=learnt,
                )
                services.change_measure(
                    actor=self.actor, measure_id=measure.id, version=measure.version, details=details
                )

    def _tell_of_the_year(self, strategy_id: UUID, year: int) -> None:
        """Make the report of a year final; that of the year that goes is left to whoever tries it."""
        row = reports.draft_report(actor=self.actor, strategy_id=strategy_id, year=year, language="nb")
        reports.finalise_report(actor=self.actor, strategy_id=strategy_id, year=year, version=row.version)

    def _assess(self, strategy_id: UUID) -> None:
        """Let services say how far they have come with the guideline, and turn two gaps into measures."""
        for each in told.ASSESSED:
            details = AssessmentDetails(
                line=each.line,
                service=each.service,
                state=each.state,
                on=self.today - timedelta(days=50),
                evidence_kind=each.evidence_kind,
                evidence=each.evidence,
                indicator="children-asked" if each.line == "PV-3.2.1" and not each.evidence else "",
                barrier=each.barrier,
                barrier_text=each.barrier_text,
                next_step=each.next_step,
                who=each.who,
            )
            guideline.assess_line(actor=self.actor, details=details)
        areas = {area.number: area.id for area in selectors.strategy(actor=self.actor, strategy_id=strategy_id).areas}
        for service, line, area, text, unit in told.GAPS:
            guideline.measure_from_gap(
                actor=self.actor,
                area_id=areas[area],
                line_id=line,
                service=service,
                details=MeasureDetails(text=text, services=(service,)),
                owners=(OwnerChoice("Velferdstjenestene", self.units[unit]),),
            )


def _by_place(measures: tuple[SeenMeasure, ...]) -> dict[Place, SeenMeasure]:
    return {(measure.area_number, measure.number): measure for measure in measures}
