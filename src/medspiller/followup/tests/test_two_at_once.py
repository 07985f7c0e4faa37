"""Transactions at the same moment, each on a connection of the web role: never two holders, and never none."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.core.errors import MedspillerError
from medspiller.followup import services
from medspiller.followup.domain.holding import HandoverOver, NotTheHolder, OfferedAlready
from medspiller.followup.models import Handover, Holding, Plan
from medspiller.followup.tests.factories import Team, build_team, open_file, start_plan
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests.factories import involve, make_person
from tests.support.database import HERE, commits


@contextmanager
def transaction() -> Iterator[None]:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        yield


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker) -> Iterator[Team]:
    """One team for all: emptying the database takes longer than any of the tests."""
    with django_db_blocker.unblock(), commits():
        with transaction():
            made = build_team(HERE)
        yield made


@pytest.fixture
def plan(there) -> Plan:
    with transaction():
        carer = make_person("Liv", "Demoland")
        involve(carer, there.unit_id, basis=InvolvementBasis.SUPPORT)
        return start_plan(there, file=open_file(there, carer=carer))


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do these, each in a transaction of its own that begins when all are there, and return what came of each."""
    everybody = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            everybody.wait()
            with transaction():
                return act()
        except (MedspillerError, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def holders(plan: Plan) -> list:
    with transaction():
        return list(Holding.objects.filter(plan=plan, ends_at=None).values_list("holder_id", flat=True))


def hold(plan: Plan, user_id) -> Holding:
    """Hold a plan without asking anybody: the row alone."""
    return Holding.objects.create(plan=plan, holder_id=user_id, starts_at=clock.now(), how="accepted")


class TestTheDatabase:
    def test_refuses_a_second_holder(self, there, plan):
        with pytest.raises(IntegrityError, match="followup_holding_one_at_a_time"), transaction():
            hold(plan, there.contact.id)

        assert holders(plan) == [there.nurse.id]

    def test_refuses_one_of_two_that_take_over_at_once(self, there, plan):
        both_have_looked = threading.Barrier(2)

        def take(user_id):
            held, now = Holding.objects.get(plan=plan, ends_at=None), clock.now()
            both_have_looked.wait()
            Holding.objects.filter(id=held.id, ends_at=None).update(ends_at=now)
            Holding.objects.create(plan=plan, holder_id=user_id, starts_at=now, how="accepted")
            return user_id

        came = at_once(lambda: take(there.contact.id), lambda: take(there.leader.id))

        taken = [each for each in came if not isinstance(each, IntegrityError)]
        assert len(taken) == 1
        assert holders(plan) == taken

    @pytest.mark.parametrize("how", ["ended", "removed", "gap", "begins late", "closed", "moved"])
    def test_refuses_at_the_end_of_the_transaction_what_leaves_nobody(self, there, plan, how):
        def leave():
            held, now = Holding.objects.get(plan=plan), clock.now()
            if how == "removed":
                held.delete()
            elif how == "begins late":
                Holding.objects.filter(id=held.id).update(starts_at=now)
            elif how == "closed":
                Plan.objects.filter(id=plan.id).update(
                    closed_at=now, closed_by=there.nurse.id, closing_reason="goals-met"
                )
            elif how == "moved":
                Holding.objects.filter(id=held.id).update(plan_id=another.id, ends_at=held.starts_at)
            else:
                Holding.objects.filter(id=held.id).update(ends_at=held.starts_at)
            if how == "gap":
                hold(plan, there.contact.id)

        with transaction():
            carer = make_person("Eva", "Demoland")
            involve(carer, there.unit_id)
            another = start_plan(there, file=open_file(there, carer=carer))

        with pytest.raises(IntegrityError, match="one holder at every instant"), transaction():
            leave()

        assert holders(plan) == [there.nurse.id]


class TestServices:
    def test_of_two_offers_at_once_one_is_told_of_the_other(self, there, plan):
        came = at_once(
            lambda: services.offer_handover(actor=there.nurse, plan_id=plan.id, to_id=there.contact.id),
            lambda: services.offer_handover(actor=there.leader, plan_id=plan.id, to_id=there.leader.id),
        )

        assert sorted(type(each) for each in came if isinstance(each, Exception))[:1] == [OfferedAlready]
        with transaction():
            assert Handover.objects.filter(plan=plan, state="offered").count() == 1

    def test_pressed_eight_times_an_answer_counts_once(self, there, plan):
        with transaction():
            row = services.offer_handover(actor=there.nurse, plan_id=plan.id, to_id=there.contact.id)

        came = at_once(*[lambda: services.answer_handover(actor=there.contact, handover_id=row.id, accept=True)] * 8)

        assert [type(each) for each in came if isinstance(each, Exception)] == [HandoverOver] * 7
        assert holders(plan) == [there.contact.id]

    def test_accepted_while_the_giver_goes_away_closes_and_takes_back_leaves_one(self, there, plan):
        with transaction():
            row = services.offer_handover(actor=there.nurse, plan_id=plan.id, to_id=there.contact.id)
            services.do_step(actor=there.nurse, plan_id=plan.id, step="call", result="agreed")

        came = at_once(
            lambda: services.answer_handover(actor=there.contact, handover_id=row.id, accept=True),
            lambda: services.leave_plans(actor=actors.system(HERE), user_id=there.nurse.id),
            lambda: services.withdraw_handover(actor=there.nurse, handover_id=row.id),
            lambda: services.close_plan(actor=there.nurse, plan_id=plan.id, reason="goals-met"),
        )

        # Closed by one of them; whatever came before or after, nobody holds it now, and nothing failed unforeseen.
        assert not [each for each in came if isinstance(each, IntegrityError)]
        assert {type(each) for each in came if isinstance(each, Exception)} <= {HandoverOver, NotTheHolder}
        assert holders(plan) == []
