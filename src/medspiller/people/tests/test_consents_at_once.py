"""Two who change at the same moment what somebody lets be known: one waits, and none of it is lost or stands still."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role as Post
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import MedspillerError
from medspiller.people import selectors, services
from medspiller.people.domain.consents import AlreadyWithdrawn, ConsentDetails, ConsentTopic
from medspiller.people.domain.first_talk import Carer, FirstTalk, Patient, SaidToBe
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import CarerRole, Consent, Involvement, Relation, Statement
from medspiller.people.services import taking_back
from medspiller.people.tests import factories
from tests.support.database import HERE
from tests.support.staff import build_house

# How long whoever came first waits for the other, who must not come through before they are done.
SECONDS = 2


def by(actor_id=actors.SYSTEM_ID):
    return tenancy.tenant_transaction(tenant_id=HERE, actor_id=actor_id)


def at_once(*acts: Callable[[], object], done: threading.Event | None = None) -> list[object]:
    """Do these at once, each from a connection of its own, and return what came of each; `done` when the first is."""

    def one(act: Callable[[], object]) -> object:
        try:
            return act()
        except MedspillerError as refusal:
            return refusal
        finally:
            if done is not None:
                done.set()
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def house(committed):
    with by():
        return build_house(HERE)


@pytest.fixture
def nurse(house):
    with by():
        return factories.worker(HERE, house.home_care, Post.CARE_WORKER)


def test_a_unit_that_is_let_in_while_the_leave_is_taken_back_is_not_left_there(house, nurse):
    with by():
        carer = factories.make_person("Kari", "Demolund")
        factories.involve(carer, house.home_care)
        plan = ConsentDetails(topics=frozenset({ConsentTopic.PLAN}), to_unit_id=house.carers)
        leave = services.give_consent(actor=nurse, owner_id=carer.id, details=plan)
    is_let_in, is_done = threading.Event(), threading.Event()

    def let_in():
        with by():
            services.open_involvement(
                actor=actors.system(HERE), person_id=carer.id, unit_id=house.carers, basis=InvolvementBasis.SUPPORT,
                only_while_let=frozenset({ConsentTopic.PLAN}),
            )  # fmt: skip
            is_let_in.set()
            is_done.wait(SECONDS)

    def take_back():
        assert is_let_in.wait(60)
        with by(nurse.id):
            services.withdraw_consent(actor=nurse, consent_id=leave.id)

    assert at_once(let_in, take_back, done=is_done) == [None, None]
    with by():
        row = Involvement.objects.get(person=carer, unit_id=house.carers)
        assert row.ends_at is not None
        assert row.closed_by == nurse.id


@pytest.fixture
def row(house, nurse):
    """A talk with a patient and her nearest, whom she lets know."""
    daughter = Carer(
        details=PersonDetails("Kari", "Demolund", birth_date=date(1975, 2, 3)),
        kind=RelationKind.CHILD,
        said_to_be=SaidToBe.NEAREST,
        may_know=True,
    )
    oddny = Patient(details=PersonDetails("Oddny", "Demoli", birth_date=date(1948, 5, 17)), matters="Å bo hjemme.")
    with by(nurse.id):
        talk = FirstTalk(key=ids.new_id(), patient=oddny, carers=(daughter,))
        return services.record_first_talk(actor=nurse, unit_id=house.home_care, talk=talk)


def withdraw(nurse, row):
    services.withdraw_consent(actor=nurse, consent_id=Consent.objects.get().id)


def tell(nurse, row):
    carer_id = CarerRole.objects.get().carer_id
    services.record_told(actor=nurse, patient_id=row.patient_id, carer_id=carer_id, rule="I9")


def end_the_relation(nurse, row):
    of, day = Relation.objects.get(), clock.today()
    services.end_relation(actor=nurse, relation_id=of.id, person_id=row.patient_id, from_day=day, version=of.version)


def end_the_statement(nurse, row):
    services.end_statement(actor=nurse, statement_id=Statement.objects.get().id)


@pytest.mark.parametrize("act", [withdraw, tell, end_the_relation, end_the_statement])
def test_a_talk_that_is_taken_back_and_a_part_of_it_do_not_wait_for_each_other(nurse, row, monkeypatch, act):
    has_locked, is_done, whole = threading.Event(), threading.Event(), taking_back._Unmaking.all

    def after_a_while(unmaking):
        has_locked.set()
        is_done.wait(SECONDS)
        whole(unmaking)

    monkeypatch.setattr(taking_back._Unmaking, "all", after_a_while)

    def take_back():
        with by(nurse.id):
            services.take_back_first_talk(actor=nurse, talk_id=row.id)

    def change():
        assert has_locked.wait(60)
        with by(nurse.id):
            act(nurse, row)

    taken_back, changed = at_once(take_back, change, done=is_done)

    assert taken_back is None
    # They saw what stood when the other was done: nothing is left to change.
    assert isinstance(changed, MedspillerError)
    with by():
        said = Consent.objects.get()
        assert (said.withdrawn_at, said.ends_at is None) == (None, False)


def test_of_two_who_withdraw_it_the_second_is_told(house, nurse):
    with by(nurse.id):
        owner = factories.make_person()
        factories.involve(owner, house.home_care)
        plan = ConsentDetails(topics=frozenset({ConsentTopic.PLAN}), to_unit_id=house.carers)
        consent_id = services.give_consent(actor=nurse, owner_id=owner.id, details=plan).id
    both_are_there = threading.Barrier(2)

    def take_back():
        both_are_there.wait()
        with by(nurse.id):
            services.withdraw_consent(actor=nurse, consent_id=consent_id)

    came = at_once(take_back, take_back)

    assert sorted(type(each) for each in came if each) == [AlreadyWithdrawn]
    with by():
        assert not any(each.live for each in selectors.consents(actor=nurse, owner_id=owner.id))
