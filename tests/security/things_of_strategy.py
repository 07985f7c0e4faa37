"""A national strategy and one of the municipality's own, with all that routes of strategies name."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.people.tests.factories import worker
from medspiller.strategy import services
from medspiller.strategy.domain.guideline import AssessmentDetails, LineState
from medspiller.strategy.domain.inputs import (
    IndicatorDetails,
    MeasureDetails,
    OwnerChoice,
    ReportDetails,
    StrategyDetails,
)
from medspiller.strategy.domain.vocabulary import (
    Body,
    Event,
    ExportForm,
    Level,
    Light,
    LinkKind,
    MeasureStatus,
    Service,
)
from medspiller.strategy.models import Strategy
from medspiller.strategy.services.guideline import assess_line
from medspiller.strategy.services.reports import draft_report
from medspiller.strategy.tests.guideline_content import publish_guideline
from tests.support.staff import House

EXPORT = "docx"
# Of this year there is a report; `SECTION` is one of its sections, `PLAN` our plan's name in addresses.
REPORT_YEAR = clock.today().year - 1
SECTION, PLAN = "learnt", "parorendestrategi"
# A line of the guideline that our home care does not meet.
LINE = "PV-2.1.1"
LINES = ("Handlingsplan 2025–2028", "Innsatsområde 1: Støtte", "Etablere kurs", "Velferd", "2026–2027")


def build(house: House) -> dict[str, Any]:
    """Write plans, a gap in what the guideline asks for, and a draft of a yearly report."""
    keeper = worker(house.tenant_id, house.top, Role.STRATEGY_OWNER, name="Torunn Demostrand")
    publish_guideline(house.tenant_id)
    gap = AssessmentDetails(line=LINE, service=Service.HOME_CARE, state=LineState.NOT_MET, on=clock.today())
    assess_line(actor=keeper, details=gap)
    planned = build_plans(house, keeper)
    draft_report(actor=keeper, strategy_id=planned["strategy_id"], year=REPORT_YEAR, language="nb")
    return planned


def build_plans(house: House, keeper: Actor) -> dict[str, Any]:
    """Write a national plan and ours, which holds and has been told of; read a third from a file that waits."""
    national = _national(keeper)
    ours = _ours(keeper, house)
    _tell(keeper, ours)
    services.link_measure(
        actor=keeper, measure_id=ours["measure_id"], kind=LinkKind.NATIONAL, target_measure_id=national
    )
    link = services.link_measure(
        actor=keeper, measure_id=ours["measure_id"], kind=LinkKind.GUIDELINE, ref=LINE, label="Spør om pårørende"
    )
    read = services.import_plan(
        actor=actors.system(house.tenant_id),
        file_name="handlingsplan.txt",
        reading=reading(),
        source_lines=LINES,
        level=Level.MUNICIPAL,
        unit_id=house.home_care,
    )
    export = services.ask_for_export(actor=keeper, strategy_id=ours["strategy_id"], form=ExportForm.DOCX)
    return {**ours, "measure_link_id": link.id, "plan_import_id": read.id, "plan_export_id": export.id}


def reading() -> dict[str, Any]:
    """Return what is read from `LINES`, with a doubt."""
    doubt = "Linje 5: Årene er skrevet med bindestrek."
    measure = {
        "text": LINES[2],
        "owners": [LINES[3]],
        "from": 2026,
        "to": 2027,
        "notes": [],
        "lines": [3, 4, 5],
        "doubts": [doubt],
    }
    area = {"title": "Støtte", "number": 1, "lines": [2], "doubts": [], "goals": [], "approaches": []}
    return {
        "title": "Handlingsplan",
        "period": [2025, 2028],
        "title_lines": [1],
        "focus_areas": [{**area, "measures": [measure]}],
        "doubts": [],
        "warnings": [doubt],
    }


def _national(keeper: Actor) -> UUID:
    """Write a national strategy, and return its measure."""
    year = clock.today().year
    details = StrategyDetails(
        title="Vi de pårørende", from_year=year - 1, to_year=year + 3, level=Level.NATIONAL, owner_name="Departementene"
    )
    made = services.create_strategy(actor=keeper, details=details)
    area = services.add_area(actor=keeper, strategy_id=made.id, title="Anerkjenne pårørende")
    return services.add_measure(
        actor=keeper,
        area_id=area.id,
        details=MeasureDetails(text="Gjennomføre en nasjonal undersøkelse"),
        owners=[OwnerChoice("Helse- og omsorgsdepartementet")],
    ).id


def _ours(keeper: Actor, house: House) -> dict[str, Any]:
    """Write our own, adopted, public, with one measure and one report."""
    year = clock.today().year
    details = StrategyDetails(
        title="Pårørendestrategi",
        from_year=year - 1,
        to_year=year + 3,
        owner_name="Demo kommune",
        unit_id=house.home_care,
    )
    made = services.create_strategy(actor=keeper, details=details)
    area = services.add_area(actor=keeper, strategy_id=made.id, title="Støtte til pårørende")
    goal = services.add_goal(actor=keeper, area_id=area.id, text="Pårørende blir sett og hørt.")
    approach = services.add_approach(actor=keeper, area_id=area.id, text="Vi spør alle pårørende hvordan de har det.")
    measure = services.add_measure(
        actor=keeper,
        area_id=area.id,
        details=MeasureDetails(text="Etablere pårørendeskole i hver bydel"),
        owners=[OwnerChoice("Hjemmetjenesten vest", house.home_care)],
    )
    services.set_goals(actor=keeper, measure_id=measure.id, goal_ids=[goal.id])
    services.log_event(
        actor=keeper, strategy_id=made.id, on=clock.today(), body=Body.YOUTH_COUNCIL, what=Event.COMMENTED, text="Bra."
    )
    _hold(keeper, made)
    return {
        "strategy_id": made.id,
        "area_id": area.id,
        "goal_id": goal.id,
        "approach_id": approach.id,
        "measure_id": measure.id,
        "measure_indicator_id": services.add_indicator(
            actor=keeper, measure_id=measure.id, details=IndicatorDetails(name="Deltakere", unit_of_value="personer")
        ).id,
    }


def _hold(keeper: Actor, plan: Strategy) -> None:
    """Let a plan hold, be shown to the public, and be asked about."""
    today = clock.today()
    services.adopt(
        actor=keeper, strategy_id=plan.id, version=plan.version, by="Kommunestyret", on=today - timedelta(days=30)
    )
    services.publish(actor=keeper, strategy_id=plan.id)
    services.ask_for_status(actor=keeper, strategy_id=plan.id, due_on=today + timedelta(days=14))


def _tell(keeper: Actor, ours: dict[str, Any]) -> None:
    """Tell how the measure goes, with a figure."""
    today = clock.today()
    services.enter_value(
        actor=keeper,
        indicator_id=ours["measure_indicator_id"],
        period_from=today - timedelta(days=90),
        period_to=today,
        value=Decimal(34),
        source="Deltakerlister",
    )
    services.report_status(
        actor=keeper,
        measure_id=ours["measure_id"],
        details=ReportDetails(
            on=today,
            status=MeasureStatus.UNDER_WAY,
            light=Light.YELLOW,
            text="To kurs er holdt.",
            evidence="Deltakerlister",
            decision_needed="Trenger lokaler.",
        ),
    )
