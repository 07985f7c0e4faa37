"""Children of whom only the year of birth is known, or not even that: none of them is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, ids
from medspiller.followup import selectors, services, subscribers
from medspiller.followup.domain.children import ChildRefused
from medspiller.followup.domain.files import FileKind
from medspiller.followup.models import CarerFile
from medspiller.followup.tests import families
from medspiller.followup.tests.test_children import publish
from medspiller.people import services as register
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.events import PersonChanged
from medspiller.people.domain.first_talk import Child, FirstTalk, Patient
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Person
from medspiller.people.tests import factories as people
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.staff import sign_in


@pytest.fixture
def nurse(house):
    return people.worker(house.tenant_id, house.home_care, Role.CARE_WORKER)


@pytest.fixture
def patient_id(nurse, house):
    """A patient who told in the first talk of a child born in the year in which one turns twelve now."""
    talk = FirstTalk(
        key=ids.new_id(),
        patient=Patient(details=PersonDetails("Oddny", "Demoli", birth_date=date(1980, 5, 17))),
        carers=(),
        children=(Child(details=PersonDetails("Lise", ""), birth_year=clock.today().year - 12),),
        replies=((ChildrenTopic.MINOR_SIBLINGS, ChildrenReply.NO),),
    )
    return register.record_first_talk(actor=nurse, unit_id=house.home_care, talk=talk).patient_id


def of_patient(nurse, patient_id):
    return selectors.children_of_patient(actor=nurse, patient_id=patient_id)


def test_from_the_first_talk_to_the_childs_own_file(here, nurse, patient_id):
    publish(here, "child-of-parent")
    year = clock.today().year - 12
    (lise,) = of_patient(nurse, patient_id).children
    assert (lise.name, lise.birth_year, lise.age) == ("Lise Demoli", year, clock.today().year - 1 - year)

    opened = services.open_child_file(actor=nurse, patient_id=patient_id, child_id=lise.person_id)

    page = selectors.file_page(actor=nurse, file_id=opened.file_id)
    assert (page.file.kind, page.file.carer.name) == (FileKind.CHILD, "Lise Demoli")
    (lise,) = of_patient(nurse, patient_id).children
    assert (lise.file_id, lise.plan_ids) == (opened.file_id, (opened.plan_id,))


def test_the_latest_birthday_counts(nurse, patient_id):
    (lise,) = of_patient(nurse, patient_id).children
    last = date(lise.birth_year + 18, 12, 31)

    with clock.frozen(clock.now() + (last - timedelta(days=1) - clock.today())):
        assert [each.name for each in of_patient(nurse, patient_id).children] == ["Lise Demoli"]
    with clock.frozen(clock.now() + (last - clock.today())):
        found = of_patient(nurse, patient_id)
        assert (found.children, found.age_unknown) == ((), ())
        with pytest.raises(ChildRefused, match="not_a_child"):
            services.open_child_file(actor=nurse, patient_id=patient_id, child_id=lise.person_id)


def test_whose_age_nobody_knows_is_listed_until_somebody_writes_it_down(here, house):
    family = families.make_parent(here, house)
    Person.objects.filter(id=family.ida.id).update(birth_date=None)
    mother = people.make_person("Gerd", "Demoberg", birth_date=None)
    people.relate(family.arne, mother, RelationKind.PARENT)

    found = of_patient(family.nurse, family.arne.id)
    assert found.children == ()
    assert [(each.name, each.age) for each in found.age_unknown] == [("Ida Demoberg", None)]
    with pytest.raises(ChildRefused, match="not_a_child"):
        services.open_child_file(actor=family.nurse, patient_id=family.arne.id, child_id=family.ida.id)

    Person.objects.filter(id=family.ida.id).update(birth_date=families.years_ago(9))
    assert [each.name for each in of_patient(family.nurse, family.arne.id).children] == ["Ida Demoberg"]


def test_a_child_of_unknown_age_stands_among_the_children_with_what_to_do_and_a_sibling_does_not(here, house, client):
    family = families.make_parent(here, house)
    Person.objects.filter(id=family.ida.id).update(birth_date=None)
    brother = people.make_person("Odd", "Demoberg", birth_date=None)
    people.relate(family.arne, brother, RelationKind.SIBLING)
    sign_in(client, User.objects.get(id=family.nurse.id))

    page = " ".join(client.get(f"/arbeid/oppfolging/barn/{family.arne.id}/").content.decode().split())

    children, others = page.split('id="ukjent-alder"')
    assert "Fødselsår ikke kjent" in children
    assert f"/arbeid/personer/{family.ida.id}/endre/" in children
    assert "Ingen under 18" not in children
    assert "Ida Demoberg" not in others
    assert "Odd Demoberg" in others


class TestAChildWhoGrowsUpUnseen:
    """The day of birth is not known, or comes out when it is late: the file does not stay a child's for ever."""

    @pytest.fixture
    def file(self, here, nurse, patient_id):
        publish(here, "child-of-parent")
        (lise,) = of_patient(nurse, patient_id).children
        file_id = services.open_child_file(actor=nurse, patient_id=patient_id, child_id=lise.person_id).file_id
        return CarerFile.objects.get(id=file_id)

    def on_lists(self):
        return list(WorkItem.objects.filter(OPEN, kind="followup.grown_up").values_list("subject_id", flat=True))

    def test_is_told_on_the_last_day_on_which_it_can_be(self, here, file):
        system, told = actors.system(here), []

        for days in (-1, 0, 1):
            with clock.frozen(self.noon(date(clock.today().year + 6, 12, 31)) + timedelta(days=days)):
                told.append(register.announce_ages(actor=system))

        assert told == [0, 1, 0]

    def noon(self, day):
        return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)

    def test_the_page_asks_for_the_day_until_it_is_known(self, file, nurse, client):
        sign_in(client, User.objects.get(id=nurse.id))
        at = f"/arbeid/oppfolging/{file.id}/"
        page = client.get(at).content.decode()
        assert "Ingen har skrevet ned når barnet er født" in page
        assert f"/arbeid/personer/{file.carer_id}/endre/" in page

        Person.objects.filter(id=file.carer_id).update(birth_date=families.years_ago(12))
        assert "Ingen har skrevet ned når barnet er født" not in client.get(at).content.decode()

    def test_comes_on_the_list_when_it_comes_out_late(self, file):
        changed = PersonChanged(person_id=file.carer_id, fields=("birth_date",))
        for years, expected in ((12, []), (19, [file.id]), (19, [file.id])):
            Person.objects.filter(id=file.carer_id).update(birth_date=families.years_ago(years))

            subscribers.person_changed(changed)

            assert self.on_lists() == expected
