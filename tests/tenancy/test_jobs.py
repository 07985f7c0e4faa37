"""A job belongs to the tenant it carries, and to no other."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.config import wiring
from medspiller.core import events, tenancy
from medspiller.core.models import Delivery
from medspiller.organisations import selectors
from medspiller.organisations.models import Unit
from medspiller.organisations.tests import factories
from tests.support.database import ELSEWHERE, HERE
from tests.support.jobs import run_jobs


@dataclass(frozen=True, slots=True)
class UnitMentioned:
    unit_id: UUID


seen: list[tuple[UUID | None, list[str], bool]] = []


def look_around(event: UnitMentioned) -> None:
    """What a subscriber meets: its tenant, all units that the database shows, and whether the event's is one."""
    seen.append(
        (
            tenancy.current_tenant(),
            sorted(Unit.objects.values_list("name", flat=True)),
            Unit.objects.filter(id=event.unit_id).exists(),
        )
    )


@pytest.fixture
def _listening():
    seen.clear()
    events.connect([(UnitMentioned, look_around)])
    yield
    wiring.connect()


@pytest.fixture
def units(committed, _listening):
    made = {}
    for tenant_id, name in ((HERE, "Vår hjemmetjeneste"), (ELSEWHERE, "Deres hjemmetjeneste")):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=SYSTEM_ID):
            made[tenant_id] = factories.make_unit(name)
    return made


def mention(unit, *, by):
    with tenancy.tenant_transaction(tenant_id=by, actor_id=SYSTEM_ID):
        events.publish(UnitMentioned(unit_id=unit.id))


def test_each_job_sees_the_tenant_that_told_of_it(units):
    mention(units[HERE], by=HERE)
    mention(units[ELSEWHERE], by=ELSEWHERE)

    run_jobs()

    assert sorted(seen) == sorted([(HERE, ["Vår hjemmetjeneste"], True), (ELSEWHERE, ["Deres hjemmetjeneste"], True)])


def test_an_id_of_another_tenant_leads_a_job_nowhere(units):
    mention(units[ELSEWHERE], by=HERE)

    run_jobs()

    assert seen == [(HERE, ["Vår hjemmetjeneste"], False)]


def test_that_a_job_has_run_is_known_to_its_tenant_only(units):
    mention(units[HERE], by=HERE)
    run_jobs()

    def deliveries(tenant_id):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=SYSTEM_ID):
            return Delivery.objects.count()

    assert (deliveries(HERE), deliveries(ELSEWHERE)) == (1, 0)


def test_nothing_is_told_outside_a_tenant(units):
    with pytest.raises(events.NoTenant):
        events.publish(UnitMentioned(unit_id=units[HERE].id))


def test_a_job_over_all_tenants_visits_them_one_transaction_each(units):
    visited = {}
    for tenant_id in selectors.tenant_ids(actor=factories.system(None)):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=SYSTEM_ID):
            visited[tenant_id] = list(Unit.objects.values_list("name", flat=True))

    assert visited == {HERE: ["Vår hjemmetjeneste"], ELSEWHERE: ["Deres hjemmetjeneste"]}


def test_one_tenants_transaction_opens_inside_no_others(units):
    with (
        tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID),
        pytest.raises(tenancy.NestedTenant),
        tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=SYSTEM_ID),
    ):
        pytest.fail("it opened")
