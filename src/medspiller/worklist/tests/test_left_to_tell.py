"""Telling somebody whom nobody follows up any more: the item names them to the leader who is left with it."""

from datetime import date, timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors as people
from medspiller.people import services as people_services
from medspiller.people.domain.informing import How
from medspiller.people.models import InformationGiven, Involvement
from medspiller.worklist import selectors, services
from medspiller.worklist.models import OPEN, WorkItem
from medspiller.worklist.tests import factories
from medspiller.worklist.tests.test_web import LIST, at, text_of

DUE = date(2027, 1, 15)


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")


@pytest.fixture
def untold(house):
    """A carer whose follow-up ended by itself while it stood on the list that they are to be told."""
    carer = factories.followed(house.home_care, "Kari")
    InformationGiven.objects.create(
        person=carer, unit_id=house.home_care, registered_on=DUE - timedelta(days=31), due_on=DUE
    )
    factories.put(house.home_care, carer, kind="inform_carer")
    return carer


def let_end(house, person, *unit_ids):
    for number, unit_id in enumerate(unit_ids):
        end = clock.now() - timedelta(minutes=number)
        Involvement.objects.filter(person=person, unit_id=unit_id).update(ends_at=end)
    services.withdraw_not_followed_up(actor=actors.system(house.tenant_id))


def seen(actor, item):
    return selectors.item(actor=actor, item_id=item.id)


def test_the_leader_sees_whom_and_it_is_in_the_log_on_that_ground(leader, untold, house):
    let_end(house, untold, house.home_care)

    line = seen(leader, WorkItem.objects.get())

    assert (line.person.name, line.is_nameless, line.can_be_taken) == ("Kari Demoli", False, True)
    entry = AccessEntry.objects.get(actor_id=leader.id)
    assert (entry.person_id, entry.basis, set(entry.information)) == (
        untold.id,
        "legal_duty",
        {"name_and_birth", "registration"},
    )


def test_the_leader_does_it_from_the_list(staff, leader, untold, house):
    let_end(house, untold, house.home_care)
    page = staff(Role.LEADER, house.home_care)
    item = WorkItem.objects.get()

    assert "Kari Demoli" in text_of(page.get(LIST))
    assert page.post(at(item, "ta/")).status_code == 302
    shown = text_of(page.get(at(item)))

    assert f'href="/arbeid/personer/{untold.id}/informert/"' in shown
    assert "Ingen følger opp personen lenger" in shown


def test_nobody_else_sees_whom(untold, house):
    let_end(house, untold, house.home_care)
    WorkItem.objects.update(roles=[])
    nurse = factories.worker(house.tenant_id, house.home_care)

    assert seen(nurse, WorkItem.objects.get()).is_nameless
    with pytest.raises(NotAllowed):
        services.take(actor=nurse, item_id=WorkItem.objects.get().id)


def test_the_name_goes_when_they_have_been_told(leader, untold, house):
    let_end(house, untold, house.home_care)
    people_services.record_informed(actor=leader, person_id=untold.id, how=How.LETTER)

    assert seen(leader, WorkItem.objects.get()).is_nameless


def test_another_item_about_the_same_person_stays_nameless(leader, untold, house):
    let_end(house, untold, house.home_care)
    other = factories.put(house.home_care, untold, kind="children_question")

    assert seen(leader, other).is_nameless


def test_where_several_units_stopped_one_leader_is_left_with_it(untold, house):
    factories.involve(untold, house.carers)
    factories.put(house.carers, untold, kind="inform_carer")

    let_end(house, untold, house.carers, house.home_care)

    left = WorkItem.objects.get(OPEN)
    assert (left.unit_id, left.roles) == (house.carers, ["leader"])
    assert people.unit_left_to_tell(actor=actors.system(house.tenant_id), person_id=untold.id) == house.carers
