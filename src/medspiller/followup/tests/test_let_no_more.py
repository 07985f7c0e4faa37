"""
A consent by which a plan was lent to another unit is taken back: the unit has lost plan and carer when that is stored.

Nothing of it waits for a job. What jobs then do is to bring the plan home and clear the lists.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotFound
from medspiller.followup import selectors, services
from medspiller.followup.models import Plan
from medspiller.followup.services import handovers
from medspiller.followup.tests.factories import build_team, ensure_one_holder, holder_of, start_plan
from medspiller.people import services as register
from medspiller.people.domain.consents import ConsentDecision, ConsentDetails, ConsentTopic
from medspiller.people.models import Consent, Involvement
from medspiller.people.tests.factories import make_person, worker
from medspiller.worklist import selectors as worklist
from medspiller.worklist import services as items
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE
from tests.support.staff import sign_in

NAME = "Demoli"
LISTS = (
    "/arbeid/",
    "/arbeid/oppgaver/",
    "/arbeid/oppgaver/?vis=mine",
    "/arbeid/oppgaver/liste.csv",
    "/arbeid/oppgaver/utskrift/",
    "/arbeid/oppfolging/",
    "/arbeid/personer/",
    "/arbeid/personer/liste.csv",
    f"/arbeid/personer/sok/?q={NAME}",
)


def give(team, *topics: ConsentTopic, **more) -> Consent:
    details = ConsentDetails(topics=frozenset(topics or {ConsentTopic.PLAN}), to_unit_id=team.house.carers, **more)
    return register.give_consent(actor=team.nurse, owner_id=team.carer.id, details=details)


def lend(team, plan, to) -> None:
    row = services.offer_handover(actor=team.nurse, plan_id=plan.id, to_id=to.id, to_unit_id=team.house.carers)
    services.answer_handover(actor=to, handover_id=row.id, accept=True)


def elsewhere_of(team):
    return worker(team.house.tenant_id, team.house.carers, Role.CARER_CONTACT, name="Berit Demoro")


def opens(actor, plan) -> bool:
    try:
        return bool(selectors.plan(actor=actor, plan_id=plan.id))
    except NotFound:
        return False


@pytest.fixture
def elsewhere(team):
    return elsewhere_of(team)


@pytest.fixture
def plan(team) -> Plan:
    return start_plan(team)


class TestTheUnitLosesTheCarer:
    def test_when_the_consent_is_withdrawn(self, team, plan, elsewhere):
        consent = give(team)
        lend(team, plan, elsewhere)
        assert opens(elsewhere, plan)

        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)

        assert not opens(elsewhere, plan)
        assert opens(team.nurse, plan)

    def test_when_it_is_narrowed_to_something_else(self, team, plan, elsewhere):
        consent = give(team, ConsentTopic.PLAN, ConsentTopic.OWN_SITUATION)
        lend(team, plan, elsewhere)

        register.narrow_consent(actor=team.nurse, consent_id=consent.id, topics=frozenset({ConsentTopic.OWN_SITUATION}))

        assert not opens(elsewhere, plan)

    def test_when_she_says_no_beside_it(self, team, plan, elsewhere):
        give(team, ConsentTopic.PLAN, ConsentTopic.OWN_SITUATION)
        lend(team, plan, elsewhere)

        give(team, ConsentTopic.PLAN, decision=ConsentDecision.REFUSED)

        assert not opens(elsewhere, plan)
        assert opens(team.nurse, plan)

    def test_when_its_time_is_over_without_anybody_doing_anything(self, team, plan, elsewhere):
        now = clock.now()
        give(team, ends_at=now + timedelta(days=3))
        lend(team, plan, elsewhere)

        with clock.frozen(now + timedelta(days=2)):
            assert opens(elsewhere, plan)
        with clock.frozen(now + timedelta(days=3)):
            assert not opens(elsewhere, plan)

    def test_not_while_another_consent_says_the_same(self, team, plan, elsewhere):
        now = clock.now()
        first = give(team, ends_at=now + timedelta(days=3))
        lend(team, plan, elsewhere)
        give(team)

        register.withdraw_consent(actor=team.nurse, consent_id=first.id)

        with clock.frozen(now + timedelta(days=9)):
            assert opens(elsewhere, plan)

    def test_not_where_it_follows_her_up_anyhow(self, team, plan):
        both = elsewhere_of(team)
        register.open_involvement(
            actor=actors.system(team.house.tenant_id), person_id=team.carer.id, unit_id=team.house.carers,
            basis="support",
        )  # fmt: skip
        consent = give(team)
        lend(team, plan, both)

        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)

        assert opens(both, plan)

    def test_and_is_offered_it_anew_when_she_lets_it_again(self, team, plan, elsewhere):
        consent = give(team)
        lend(team, plan, elsewhere)
        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)
        services.note_involvement_closed(actor=actors.system(team.house.tenant_id), person_id=team.carer.id)
        assert holder_of(plan) == team.leader.id
        give(team)
        services.offer_handover(actor=team.leader, plan_id=plan.id, to_id=elsewhere.id, to_unit_id=team.house.carers)

        (offered,) = selectors.handovers_to_me(actor=elsewhere)
        services.answer_handover(actor=elsewhere, handover_id=offered.id, accept=True)

        assert opens(elsewhere, plan)

    def test_not_where_it_got_a_reason_of_its_own_meanwhile(self, team, plan, elsewhere):
        consent = give(team)
        lend(team, plan, elsewhere)
        register.open_involvement(
            actor=actors.system(team.house.tenant_id), person_id=team.carer.id, unit_id=team.house.carers,
            basis="support",
        )  # fmt: skip

        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)

        assert opens(elsewhere, plan)

    def test_also_when_two_rows_of_her_were_found_to_be_one_meanwhile(self, team, plan, elsewhere):
        consent = give(team)
        lend(team, plan, elsewhere)
        kept = make_person("Randi", NAME)
        register.open_involvement(
            actor=actors.system(team.house.tenant_id), person_id=kept.id, unit_id=team.unit_id, basis="support"
        )
        merge = register.merge_persons(
            actor=team.leader, kept_id=kept.id, gone_id=team.carer.id, reason="De er samme person, sa hun selv."
        )
        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)
        let = Involvement.objects.filter(unit_id=team.house.carers, ends_at=None)
        assert set(let.values_list("person_id", flat=True)) == {team.carer.id}

        register.undo_merge(actor=team.leader, merge_id=merge.id)

        assert not let.exists()
        assert not opens(elsewhere, plan)


def test_nothing_of_it_is_counted_for_the_leader_there_either(team, plan, elsewhere):
    there = worker(team.house.tenant_id, team.house.carers, Role.LEADER, name="Ola Demonor")
    consent = give(team)
    lend(team, plan, elsewhere)
    Plan.objects.filter(id=plan.id).update(left_over_at=clock.now())
    assert [each.plans for each in selectors.load(actor=there)] == [1]
    assert len(selectors.plans_at_risk(actor=there)) == 1
    assert worklist.load(actor=there).open > 0

    register.withdraw_consent(actor=team.nurse, consent_id=consent.id)

    assert selectors.load(actor=there) == []
    assert selectors.plans_at_risk(actor=there) == []
    assert worklist.load(actor=there).open == 0


# --- As the pages say it, when it is stored -------------------------------------------------------


@contextmanager
def transaction() -> Iterator[None]:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        yield


def pages_of(actor) -> Client:
    client = Client()
    with transaction():
        sign_in(client, User.objects.get(id=actor.id))
    return client


def lists_of(pages: Client) -> str:
    return "".join(pages.get(address).content.decode() for address in LISTS)


def test_at_once_no_page_list_search_or_file_of_the_unit_knows_of_plan_or_carer(committed):
    with transaction():
        team = build_team(HERE)
        elsewhere, plan = elsewhere_of(team), start_plan(team)
        consent = give(team)
        lend(team, plan, elsewhere)
        step = WorkItem.objects.filter(OPEN, kind="followup.step").earliest("due_on")
    pages, of = pages_of(elsewhere), f"/arbeid/personer/{team.carer.id}/"
    at = (f"/arbeid/oppfolging/plan/{plan.id}/", f"/arbeid/oppfolging/{plan.file_id}/", of, f"{of}utskrift/",
          f"/arbeid/oppgaver/{step.id}/")  # fmt: skip
    assert [pages.get(each).status_code for each in at] == [200] * len(at)
    before = lists_of(pages)
    assert NAME in before
    assert str(step.id) in before

    with transaction():
        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)

    assert [pages.get(each).status_code for each in at] == [404] * len(at)
    after = lists_of(pages).replace(f'value="{NAME}"', "")
    assert f"Randi {NAME}" not in after
    assert str(step.id) not in after

    # The jobs then bring the plan home.
    with transaction():
        system = actors.system(HERE)
        services.note_consent_withdrawn(actor=system, owner_id=team.carer.id)
        items.withdraw_about(actor=system, person_id=team.carer.id, unit_id=team.house.carers)
        services.note_involvement_closed(actor=system, person_id=team.carer.id)
        plan.refresh_from_db()
        assert (plan.unit_id, holder_of(plan)) == (team.unit_id, team.leader.id)
        assert {each.unit_id for each in WorkItem.objects.filter(OPEN, kind="followup.step")} == {team.unit_id}
        ensure_one_holder(plan)


# --- While it is stored ---------------------------------------------------------------------------


def at_once(*acts) -> list:
    """Do each in a transaction of its own, and return what came of it."""

    def one(act):
        try:
            with transaction():
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_a_plan_is_taken_over_while_the_consent_is_taken_back_and_neither_waits_for_ever(committed, monkeypatch):
    with transaction():
        team = build_team(HERE)
        elsewhere, plan = elsewhere_of(team), start_plan(team)
        consent = give(team)
        row = services.offer_handover(
            actor=team.nurse, plan_id=plan.id, to_id=elsewhere.id, to_unit_id=team.house.carers
        )
    has_asked, is_done, lets_in = threading.Event(), threading.Event(), handovers.let_follow_up

    def after_a_while(*asked):
        has_asked.set()
        is_done.wait(2)
        return lets_in(*asked)

    monkeypatch.setattr(handovers, "let_follow_up", after_a_while)

    def take_over():
        services.answer_handover(actor=elsewhere, handover_id=row.id, accept=True)

    def take_back():
        assert has_asked.wait(60)
        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)
        is_done.set()

    assert at_once(take_over, take_back) == [None, None]
    with transaction():
        assert not opens(elsewhere, plan)


def test_the_carer_is_locked_before_what_she_lets_when_plans_are_brought_home(team, plan, elsewhere):
    give(team)
    lend(team, plan, elsewhere)

    with CaptureQueriesContext(connection) as asked:
        services.note_consent_withdrawn(actor=actors.system(HERE), owner_id=team.carer.id)

    locked = [
        table
        for query in asked.captured_queries
        for table in ("people_person", "people_consent")
        if f'FROM "{table}"' in query["sql"] and "FOR " in query["sql"].split("WHERE")[-1]
    ]
    assert locked[:2] == ["people_person", "people_consent"]
