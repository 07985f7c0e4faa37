"""Two who take back or change a first talk at the same moment: one of them does it, and the other is told."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role as StaffRole
from medspiller.core import tenancy
from medspiller.core.errors import NotFound
from medspiller.people import services
from medspiller.people.domain.taking_back import CannotTakeBack, Problem
from medspiller.people.models import CarerRole
from medspiller.people.models import FirstTalk as Row
from medspiller.people.services.taking_back import take_back_first_talk
from medspiller.people.tests import factories
from medspiller.people.tests.test_taking_back import a_talk
from tests.support.database import HERE
from tests.support.staff import build_house


def test_of_two_who_press_at_once_one_takes_it_back(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        house = build_house(HERE)
        nurse = factories.worker(HERE, house.home_care, StaffRole.CARE_WORKER)
        row = services.record_first_talk(actor=nurse, unit_id=house.home_care, talk=a_talk())

    def press(_number):
        try:
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
                take_back_first_talk(actor=nurse, talk_id=row.id)
        except CannotTakeBack as refusal:
            return refusal.problem
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, range(2)))

    assert sorted(said, key=str) == [None, Problem.TAKEN_BACK]
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        assert Row.objects.get().taken_back_at is not None
        assert not CarerRole.objects.exists()


def test_a_colleague_who_changes_it_at_the_same_moment_keeps_it_or_comes_too_late(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        house = build_house(HERE)
        nurse = factories.worker(HERE, house.home_care, StaffRole.CARE_WORKER)
        colleague = factories.worker(HERE, house.home_care, StaffRole.CARE_WORKER, name="Ragna Demoeng")
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
        row = services.record_first_talk(actor=nurse, unit_id=house.home_care, talk=a_talk())
        role_id = CarerRole.objects.get(role="NAERMESTE").id

    def take_back():
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
            take_back_first_talk(actor=nurse, talk_id=row.id)

    def end_role():
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=colleague.id):
            services.end_role(actor=colleague, role_id=role_id)

    def press(what):
        try:
            what()
        except (CannotTakeBack, NotFound) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "stored"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, (take_back, end_role)))

    assert said.count("stored") == 1, said
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        assert (Row.objects.get().taken_back_at is not None) is (said[0] == "stored")
