"""What a first talk has put on lists goes when the talk is taken back, and what it took off comes again."""

from datetime import date

import pytest

from medspiller.access.domain import actors
from medspiller.core import ids, tenancy
from medspiller.messages.models import Notice
from medspiller.people import services as people
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.domain.first_talk import Carer, FirstTalk, Patient, SaidToBe
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Person
from medspiller.people.selectors._marks import mark_of
from medspiller.people.tests import factories as register
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE
from tests.support.jobs import run_jobs
from tests.support.staff import build_house

KARI = Carer(
    details=PersonDetails("Kari", "Demolund"), kind=RelationKind.CHILD, said_to_be=SaidToBe.NEAREST, may_know=True
)
NO = tuple((topic, ChildrenReply.NO) for topic in ChildrenTopic)
ODDNY = Patient(PersonDetails("Oddny", "Demoli", birth_date=date(1968, 5, 17)))


@pytest.fixture
def at_work(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        unit_id = build_house(HERE).home_care
        return register.worker(HERE, unit_id), unit_id


def talk(at_work, **said):
    nurse, unit_id = at_work
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
        told = FirstTalk(key=ids.new_id(), **({"patient": ODDNY, "carers": (KARI,)} | said))
        return people.record_first_talk(actor=nurse, unit_id=unit_id, talk=told).id


def take_back(at_work, talk_id):
    nurse, _unit_id = at_work
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
        people.take_back_first_talk(actor=nurse, talk_id=talk_id)


def waiting():
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        return sorted(WorkItem.objects.filter(OPEN).values_list("kind", "person__given_name"))


def followed(at_work, *name):
    _nurse, unit_id = at_work
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        person = register.make_person(*name)
        register.involve(person, unit_id, basis=InvolvementBasis.TREATMENT)
        return person, mark_of(person.id)


def test_tasks_go_with_the_talk(at_work):
    talk_id = talk(at_work)
    run_jobs()
    assert waiting() == [("children_question", "Oddny"), ("inform_carer", "Kari"), ("review_consent", "Oddny")]

    take_back(at_work, talk_id)
    run_jobs()

    assert waiting() == []


def test_tasks_are_not_put_by_jobs_that_come_late(at_work):
    take_back(at_work, talk(at_work))

    run_jobs()

    assert waiting() == []


def test_the_question_about_children_waits_again_for_whoever_is_followed_up_still(at_work):
    patient, mark = followed(at_work, "Odd", "Demomo")
    whom = Patient(PersonDetails("", ""), person_id=patient.id, seen=mark)
    talk_id = talk(at_work, patient=whom, carers=(), replies=NO)
    run_jobs()
    assert waiting() == []

    take_back(at_work, talk_id)
    run_jobs()

    assert waiting() == [("children_question", "Odd")]


def test_a_carer_who_is_known_gets_no_notice_and_need_not_be_told(at_work):
    nurse, _unit_id = at_work
    kari, _mark = followed(at_work, "Kari", "Demolund")
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
        reached = ContactDetails(
            ContactSystem.PHONE, "00 00 00 01", safe_to_call=True, safe_to_leave_message=True, safe_for_notices=True
        )
        people.add_contact_point(actor=nurse, person_id=kari.id, details=reached)
        Person.objects.filter(id=kari.id).update(wants_notices=True)
    chosen = Carer(details=PersonDetails("", ""), person_id=kari.id, kind=RelationKind.FRIEND)

    take_back(at_work, talk(at_work, carers=(chosen,)))
    run_jobs()

    assert waiting() == []
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        assert not Notice.objects.filter(person=kari).exists()
