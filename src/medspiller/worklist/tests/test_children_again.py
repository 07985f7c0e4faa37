"""The question about minor children comes back when its answers are more than a year old."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import NotAllowed
from medspiller.people.domain import events
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import ChildrenAnswer, Involvement, Person
from medspiller.worklist import services, tasks
from medspiller.worklist.domain.items import Outcome
from medspiller.worklist.models import OPEN, WorkItem
from medspiller.worklist.tests import factories
from medspiller.worklist.tests.test_events import answer, opened, tell, waiting
from tests.support.database import HERE
from tests.support.staff import build_house

YEAR = timedelta(days=365)
BY_LAW = ("minor_children", "minor_siblings")


@pytest.fixture
def patient(house):
    """Somebody treated by the home care, whose answers are a year and a day old."""
    made = factories.followed(house.home_care)
    answered(made, house.home_care, days=366)
    return made


def answered(person, unit_id, *, days, topics=BY_LAW, reply="no"):
    for topic in topics:
        ChildrenAnswer.objects.update_or_create(
            patient=person,
            topic=topic,
            defaults={
                "unit_id": unit_id,
                "reply": reply,
                "asked_by": ids.new_id(),
                "asked_at": clock.now() - timedelta(days=days),
            },
        )


def ask_again(house):
    return services.ask_about_children_again(actor=actors.system(house.tenant_id))


def test_is_put_on_the_list_of_whoever_treats_them_a_week_ahead_and_once(house, patient):
    assert [ask_again(house), ask_again(house)] == [1, 0]

    week = clock.today() + timedelta(days=7)
    assert waiting() == [("children_question", patient.id, house.home_care, week)]


@pytest.mark.parametrize("days", [0, 364])
def test_is_left_while_both_answers_are_of_this_year(house, patient, days):
    answered(patient, house.home_care, days=days)

    assert ask_again(house) == 0


def test_one_old_answer_is_enough_and_of_local_practice_none(house, patient):
    answered(patient, house.home_care, days=1)
    answered(patient, house.home_care, days=400, topics=("imprisonment", "disability"))
    assert ask_again(house) == 0

    answered(patient, house.home_care, days=400, topics=("minor_siblings",))
    assert ask_again(house) == 1


def test_goes_when_both_are_answered_anew_and_not_before(house, patient):
    ask_again(house)

    answer(patient, house.home_care, "minor_children", "no")
    assert len(waiting()) == 1
    answer(patient, house.home_care, "minor_siblings", "no")
    assert waiting() == []


def test_what_a_unit_has_taken_off_its_list_comes_back_after_another_year(house, patient):
    ask_again(house)
    nurse = factories.worker(house.tenant_id, house.home_care)
    services.finish(actor=nurse, item_id=WorkItem.objects.get().id, outcome=Outcome.NOT_NEEDED)

    assert ask_again(house) == 0
    with clock.frozen(clock.now() + YEAR + timedelta(hours=1)):
        assert ask_again(house) == 1
    assert WorkItem.objects.filter(OPEN).count() == 1


def test_is_for_units_that_treat_and_persons_who_live(house, patient):
    Involvement.objects.filter(person=patient).update(basis=InvolvementBasis.SUPPORT.value)
    assert ask_again(house) == 0

    Involvement.objects.filter(person=patient).update(basis=InvolvementBasis.TREATMENT.value)
    Person.objects.filter(id=patient.id).update(died_on=clock.today())
    assert ask_again(house) == 0


def test_a_unit_that_begins_to_treat_them_is_asked_at_once(house, patient):
    tell(opened(patient, house.carers))

    assert [row[2] for row in waiting()] == [house.carers]


def test_nobody_but_a_job_asks(house, patient):
    with pytest.raises(NotAllowed):
        services.ask_about_children_again(actor=factories.worker(house.tenant_id, house.home_care))


def test_the_nightly_job_asks_in_every_tenant_and_changes_nothing_the_second_time(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        unit_id = build_house(HERE).home_care
        answered(factories.followed(unit_id), unit_id, days=366)

    for _twice in range(2):
        tasks.ask_about_children_again(timestamp=0)

    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        assert [row[::2] for row in waiting()] == [("children_question", unit_id)]


def test_whoever_was_handed_on_stands_on_the_list_of_the_unit_that_was_asked(house, patient):
    made = factories.involve(patient, house.carers, basis=InvolvementBasis.SUPPORT)

    tell(
        events.PersonHandedOn(
            involvement_id=made.id, person_id=patient.id, unit_id=house.carers, handed_on=clock.today()
        )
    )

    week = clock.today() + timedelta(days=7)
    assert waiting() == [("handed_on", patient.id, house.carers, week)]
