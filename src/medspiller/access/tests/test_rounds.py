"""Rounds of jobs: every tenant is visited, and what fails keeps nothing else waiting."""

import logging
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed
from tests.support.database import ELSEWHERE, HERE

JOB = "tests.round"


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO)
    return lambda: [(each.getMessage(), str(getattr(each, "tenant_id", ""))) for each in caplog.records]


class TestVisits:
    def test_reach_every_tenant_in_a_transaction_of_its_own(self, committed, told):
        seen = []

        def do(system):
            seen.append((system.tenant_id, tenancy.current_tenant()))
            return 2

        services.at_each_tenant(actor=actors.system(None), do=do, job=JOB)

        assert sorted(seen) == sorted([(HERE, HERE), (ELSEWHERE, ELSEWHERE)])
        assert sorted(told()) == sorted([(JOB, str(HERE)), (JOB, str(ELSEWHERE))])

    def test_go_on_after_a_fault_and_say_whose_it_was(self, committed, told):
        seen = []

        def do(system):
            seen.append(system.tenant_id)
            if len(seen) == 1:
                raise RuntimeError("the first fails")

        services.visit_tenants(actor=actors.system(None), do=do, job=JOB)

        assert set(seen) == {HERE, ELSEWHERE}
        assert told() == [(f"{JOB}.failed", str(seen[0]))]

    def test_are_the_systems_alone(self, here):
        somebody = actors.Actor(id=uuid4(), kind="staff", tenant_id=HERE)

        with pytest.raises(NotAllowed):
            services.visit_tenants(actor=somebody, do=lambda system: None, job=JOB)


class TestEachThing:
    def test_is_seen_to_alone_and_what_fails_is_undone(self, committed, told):
        system = actors.system(HERE)

        def do(by, name):
            Session.objects.create(session_key=name, session_data="", expire_date=clock.now())
            if name == "b":
                raise RuntimeError("b fails")
            return name.upper()

        done = services.see_to_each(actor=system, things=("a", "b", "c"), do=do, job=JOB)

        assert done == ["A", "C"]
        assert set(Session.objects.values_list("session_key", flat=True)) == {"a", "c"}
        assert told() == [(f"{JOB}.failed", str(HERE))]

    def test_needs_a_tenant(self):
        with pytest.raises(LookupError), services.tenant_of(actor=actors.system(None)):
            pass
