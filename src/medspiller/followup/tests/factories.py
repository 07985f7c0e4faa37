"""A carer whom a unit follows up, with a file and a plan, and colleagues who can hold it. All invented."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.domain.holding import Held, covers
from medspiller.followup.models import CarerFile, Holding, Plan
from medspiller.pathways.tests.factories import SLUG, publish
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import Person
from medspiller.people.tests.factories import involve, make_person, worker
from tests.support.staff import House, build_house

WHY = "Hun sa at nettene er tunge."


@dataclass(frozen=True, slots=True)
class Team:
    """A carer, the unit that follows her up, and who works there: a nurse, a contact, and their leader."""

    house: House
    carer: Person
    nurse: Actor
    contact: Actor
    leader: Actor

    @property
    def unit_id(self) -> UUID:
        return self.house.home_care


def build_team(tenant_id: UUID) -> Team:
    """Open a house, publish the pathway, and let the home care follow somebody up for her own sake."""
    publish(tenant_id)
    house = build_house(tenant_id)
    carer = make_person("Randi", "Demoli")
    involve(carer, house.home_care, basis=InvolvementBasis.SUPPORT)
    return Team(
        house=house,
        carer=carer,
        nurse=worker(tenant_id, house.home_care, name="Solveig Demomyr"),
        contact=worker(tenant_id, house.home_care, Role.CARER_CONTACT, name="Ingrid Demovik"),
        leader=worker(tenant_id, house.home_care, Role.LEADER, name="Unni Demolund"),
    )


@pytest.fixture
def team(here: UUID) -> Team:
    return build_team(here)


def open_file(team: Team, *, by: Actor | None = None, carer: Person | None = None, **more: Any) -> CarerFile:
    return services.open_file(
        actor=by or team.nurse,
        carer_id=(carer or team.carer).id,
        identified_on=clock.today(),
        identified_how="said_so",
        **{"why": WHY, **more},
    )


def start_plan(team: Team, *, file: CarerFile | None = None, holder: Actor | None = None, **more: Any) -> Plan:
    return services.start_plan(
        actor=team.nurse,
        file_id=(file or open_file(team)).id,
        slug=SLUG,
        holder_id=(holder or team.nurse).id,
        **more,
    )


def holder_of(plan: Plan) -> UUID:
    """Who holds a plan now: exactly one, or this fails."""
    return Holding.objects.get(plan=plan, ends_at=None).holder_id


def ensure_one_holder(plan: Plan) -> None:
    """Hold the plan to its invariant: by the rule, and by the database as at the end of a transaction."""
    plan.refresh_from_db()
    held = [Held(row.holder_id, row.starts_at, row.ends_at) for row in Holding.objects.filter(plan=plan)]
    assert covers(held, opened_at=plan.opened_at, closed_at=plan.closed_at)
    end_of_transaction()


def end_of_transaction() -> None:
    """Let the database check what it otherwise checks when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
