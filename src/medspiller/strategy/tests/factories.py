"""Strategies in named states, and those who work with them. All invented."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.people.tests.factories import worker
from medspiller.strategy import services
from medspiller.strategy.domain.inputs import MeasureDetails, OwnerChoice, ReportDetails, StrategyDetails
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import Level, Light, MeasureStatus
from medspiller.strategy.models import FocusArea, Measure, Strategy

LINES = (
    "Strategi for pårørende 2025–2028",
    "1 Tidlig hjelp",
    "Spør alle om de er pårørende",
    "Hjemmetjenesten vest 2025",
)
READING: Mapping[str, Any] = {
    "title": "Strategi for pårørende 2025–2028",
    "period": [2025, 2028],
    "focus_areas": [
        {
            "title": "Tidlig hjelp",
            "lines": [2],
            "doubts": [],
            "goals": [{"text": "Alle pårørende blir sett", "lines": [2]}],
            "approaches": [{"text": "Vi spør", "lines": [2]}],
            "measures": [
                {
                    "text": "Spør alle om de er pårørende",
                    "owners": ["hjemmetjenesten  vest", "Natt"],
                    "from": 2025,
                    "to": 2026,
                    "notes": ["1) Se veilederen"],
                    "lines": [3, 4],
                    "doubts": [],
                },
                {"text": "Si ifra", "owners": [], "from": None, "to": None, "notes": [], "lines": [4], "doubts": []},
            ],
        },
        {"title": "Avlastning", "goals": [], "approaches": [], "measures": [], "lines": [4], "doubts": []},
    ],
    "warnings": [],
}


def owner_of(tenant_id: UUID, unit_id: UUID) -> Actor:
    """Somebody who owns the strategy."""
    return worker(tenant_id, unit_id, Role.STRATEGY_OWNER, name="Anne Demovik")


def leader_of(tenant_id: UUID, unit_id: UUID) -> Actor:
    """Somebody who leads a unit."""
    return worker(tenant_id, unit_id, Role.LEADER, name="Per Demoberg")


def details(**more: Any) -> StrategyDetails:
    return StrategyDetails(**{"title": "Strategi for pårørende", "from_year": 2025, "to_year": 2028} | more)


def draft(actor: Actor, **more: Any) -> Strategy:
    """A draft with nothing in it."""
    return services.create_strategy(actor=actor, details=details(**more))


def area(actor: Actor, strategy: Strategy, title: str = "Tidlig hjelp") -> FocusArea:
    return services.add_area(actor=actor, strategy_id=strategy.id, title=title)


def measure(
    actor: Actor, of: FocusArea, text: str = "Spør alle", *, owners: Sequence[OwnerChoice] = (), **more: Any
) -> Measure:
    return services.add_measure(actor=actor, area_id=of.id, details=MeasureDetails(text=text, **more), owners=owners)


def adopted(tenant_id: UUID, unit_id: UUID | None, **more: Any) -> tuple[Strategy, Measure]:
    """A strategy that holds, with one area and one measure that nobody owns."""
    system = actors.system(tenant_id)
    row = draft(system, unit_id=unit_id, **more)
    found = measure(system, area(system, row))
    return adopt(tenant_id, row), found


def adopt(tenant_id: UUID, row: Strategy, *, on: date = date(2025, 1, 15)) -> Strategy:
    return services.adopt(
        actor=actors.system(tenant_id), strategy_id=row.id, version=row.version, by="Kommunestyret", on=on
    )


def national(tenant_id: UUID) -> tuple[Strategy, Measure]:
    """A national strategy with one measure."""
    return adopted(
        tenant_id, None, level=Level.NATIONAL, title="Nasjonal strategi", owner_name="Regjeringen", from_year=2021
    )


def said(**more: Any) -> ReportDetails:
    """A report that all is well."""
    usual = {"on": clock.today(), "status": MeasureStatus.UNDER_WAY, "light": Light.GREEN, "text": "Vi er i gang."}
    return ReportDetails(**usual | more)


@contextmanager
def refused(why: Refusal, field: str = "") -> Iterator[None]:
    """Expect a refusal with its reason and field."""
    with pytest.raises(StrategyRefused) as refusal:
        yield
    assert (refusal.value.why, refusal.value.field) == (why, field)
