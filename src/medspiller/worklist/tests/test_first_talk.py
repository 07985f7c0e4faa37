"""What a first talk leaves unasked becomes somebody's task, from the service through the job queue to the list."""

from uuid import UUID

import pytest

from medspiller.access.domain import actors
from medspiller.core import ids, tenancy
from medspiller.people import services as people
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.first_talk import FirstTalk, Patient
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.selectors._marks import mark_of
from medspiller.people.tests import factories as register
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.database import HERE
from tests.support.jobs import run_jobs
from tests.support.staff import build_house

NOBODY = PersonDetails("", "")


@pytest.fixture
def followed(committed):
    """A unit, somebody at work there, and a patient it has followed up since yesterday: nobody was told of that."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        unit_id = build_house(HERE).home_care
        nurse = register.worker(HERE, unit_id)
        patient = register.make_person()
        register.involve(patient, unit_id)
    return nurse, unit_id, patient


def talk(followed, reply):
    nurse, unit_id, patient = followed
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=nurse.id):
        said = FirstTalk(
            key=ids.new_id(),
            patient=Patient(NOBODY, person_id=patient.id, seen=mark_of(patient.id)),
            replies=tuple((topic, reply) for topic in ChildrenTopic),
        )
        people.record_first_talk(actor=nurse, unit_id=unit_id, talk=said)
    run_jobs()


def waiting() -> list[tuple[str, UUID, UUID]]:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        return [(row.kind, row.person_id, row.unit_id) for row in WorkItem.objects.filter(OPEN)]


def test_not_asked_is_put_on_the_list_and_goes_when_it_is_answered(followed):
    _nurse, unit_id, patient = followed

    talk(followed, ChildrenReply.NOT_ASKED)
    assert waiting() == [("children_question", patient.id, unit_id)]

    talk(followed, ChildrenReply.NO)
    assert waiting() == []


def test_answered_at_once_it_is_nobodys_task(followed):
    talk(followed, ChildrenReply.NO)

    assert waiting() == []
