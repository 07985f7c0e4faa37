"""What the pages that are open all day ask the database: a few statements, however much stands on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock
from medspiller.followup import subscribers
from medspiller.followup.models import Plan
from medspiller.followup.tests.factories import open_file, start_plan
from medspiller.organisations.models import Unit
from medspiller.organisations.tests.factories import make_unit
from medspiller.people.domain.events import PersonDied
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests.factories import involve, make_person
from tests.support.staff import employ, sign_in

# Of the test's own transaction, not of the page.
_NOT_COUNTED = ("SAVEPOINT", "RELEASE")


@pytest.fixture
def plans(team):
    """Three carers with a plan each: what is asked once for each of them would show."""
    others = [make_person(name, "Demoland") for name in ("Liv", "Tor")]
    for each in others:
        involve(each, team.unit_id, basis=InvolvementBasis.SUPPORT)
    files = [open_file(team), *(open_file(team, carer=each) for each in others)]
    return [start_plan(team, file=file) for file in files]


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/arbeid/", 12),
        ("/arbeid/oppgaver/", 9),
        ("/arbeid/oppfolging/", 13),
        ("/arbeid/oppfolging/{file}/", 18),
        ("/arbeid/oppfolging/plan/{plan}/", 14),
    ],
)
def test_a_page_asks_no_more_than(client, team, plans, address, most):
    sign_in(client, User.objects.get(id=team.nurse.id))
    at = address.format(file=plans[0].file_id, plan=plans[0].id)
    client.get(at)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(at)

    assert page.status_code == 200
    statements = [each["sql"] for each in asked.captured_queries if not each["sql"].startswith(_NOT_COUNTED)]
    assert len(statements) <= most, "\n".join(each[:300] for each in statements)


def test_who_is_away_is_asked_of_all_units_at_once(client, team):
    top = team.house.top
    leader = employ(tenant_id=team.house.tenant_id, unit_id=top, role=Role.LEADER)
    sign_in(client, leader)

    def asked():
        client.get("/arbeid/fravar/")
        with CaptureQueriesContext(connection) as statements:
            page = client.get("/arbeid/fravar/")
        assert "Solveig Demomyr" in page.content.decode()
        return len(statements)

    before = asked()
    for number in range(3):
        unit = make_unit(f"Sone {number}", under=Unit.objects.get(id=top))
        employ(tenant_id=team.house.tenant_id, unit_id=unit.id, role=Role.CARER_CONTACT, name=f"Demo Ansatt {number}")

    assert asked() == before


def test_what_an_event_costs_does_not_grow_with_the_plans_it_reaches(team, plans):
    patients = [make_person(name, "Demodal") for name in ("Odd", "Kåre")]
    Plan.objects.filter(id=plans[0].id).update(about=patients[0])
    Plan.objects.filter(id__in=[plan.id for plan in plans[1:]]).update(about=patients[1])

    def asked(patient):
        with CaptureQueriesContext(connection) as statements:
            subscribers.person_died(PersonDied(person_id=patient.id, died_on=clock.today()))
        return [each["sql"] for each in statements.captured_queries if not each["sql"].startswith(_NOT_COUNTED)]

    for_one, for_two = asked(patients[0]), asked(patients[1])

    assert len(for_two) <= len(for_one)
    assert len(for_one) <= 26, "\n".join(each[:200] for each in for_one)
