"""Adding a carer who may be registered already: the question that is asked first, and what its answers do."""

from datetime import date

import pytest

from medspiller.access.domain.roles import Role
from medspiller.core.encryption import keyed_hash
from medspiller.people.domain.contacts import CONTACT_VALUE
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import ContactPoint, Involvement, Person, Relation
from medspiller.people.tests import factories

BORN = date(1975, 4, 2)
PHONE = "+4700123456"


@pytest.fixture
def nurse(staff, house):
    return staff(Role.CARE_WORKER, house.home_care)


@pytest.fixture
def mother(house):
    person = factories.make_person("Oddny")
    factories.involve(person, house.home_care)
    return person


@pytest.fixture
def kristian(house):
    person = factories.make_person("Kristian", "Demovik", birth_date=BORN)
    factories.involve(person, house.home_care)
    return person


@pytest.fixture
def add(nurse, mother, house):
    def added(**more):
        typed = {
            "given_name": "Christian", "family_name": "Demovik", "birth_date": BORN.isoformat(), "kind": "friend",
            "protected_address": "none", "unit": str(house.home_care), "phone": PHONE, **more,
        }  # fmt: skip
        return nurse.post(f"/arbeid/personer/{mother.id}/ny-parorende/", typed)

    return added


def around():
    made = Relation.objects.get()
    return {made.person_id, made.related_id}


def text_of(page):
    return " ".join(page.content.decode().split())


def test_somebody_whose_name_sounds_the_same_is_asked_about_before_anything_is_stored(add, kristian):
    page = add()

    assert page.status_code == 422
    assert "Det er Kristian Demovik, født 02.04.1975 (et navn som høres likt ut, samme fødselsdato)" in text_of(page)
    assert "Det er en annen" in text_of(page)
    assert "Christian" in text_of(page)
    assert not Relation.objects.exists()


def test_it_is_this_one_stores_what_they_are_to_each_other_and_nobody_new(add, kristian, mother):
    before = Person.objects.count()

    assert add(duplicate=str(kristian.id)).status_code == 302

    assert around() == {mother.id, kristian.id}
    assert Person.objects.count() == before
    assert ContactPoint.objects.get().person_id == kristian.id


def test_it_is_somebody_else_registers_them(add, kristian):
    assert add(duplicate="somebody_else").status_code == 302

    assert kristian.id not in around()
    assert Person.objects.filter(family_name="Demovik").count() == 2


def test_the_answer_stays_chosen_where_something_else_is_wrong(add, kristian):
    page = text_of(add(duplicate="somebody_else", phone="ring Kari"))

    assert "Det er en annen" in page
    assert 'value="somebody_else"' in page
    assert "checked" in page.split('value="somebody_else"', 1)[1].split(">", 1)[0]


@pytest.mark.parametrize("answer", ["nonsense", "0"])
def test_an_answer_that_was_not_offered_is_none(add, kristian, answer):
    assert add(duplicate=answer).status_code == 422
    assert not Relation.objects.exists()


def test_nobody_the_actor_cannot_open_can_be_answered_with(add, kristian):
    stranger = factories.make_person("Christian", "Demovik", birth_date=BORN)

    page = add(duplicate=str(stranger.id))

    assert page.status_code == 422
    assert str(stranger.id) not in page.content.decode()
    assert not Relation.objects.exists()


def test_number_and_name_say_who_it_is_and_nothing_is_asked(add, house):
    known = factories.make_person("Christian", "Demovik", birth_date=BORN, number=factories.NUMBER)
    factories.involve(known, house.home_care)

    assert add(person_number=factories.NUMBER).status_code == 302
    assert known.id in around()


def test_a_telephone_that_is_known_is_not_stored_twice(add, kristian):
    ContactPoint.objects.create(
        person=kristian, system="phone", value=PHONE, value_hash=keyed_hash(f"phone:{PHONE}", purpose=CONTACT_VALUE),
        valid_from=BORN,
    )  # fmt: skip

    assert "samme telefon" in text_of(add())
    assert add(duplicate=str(kristian.id)).status_code == 302
    assert ContactPoint.objects.count() == 1


def test_somebody_strictly_protected_can_be_chosen(add, kristian, house):
    Person.objects.filter(id=kristian.id).update(protected_address=ProtectedAddress.STRICT.value)

    assert add(duplicate=str(kristian.id)).status_code == 302
    assert kristian.id in around()
    assert not Involvement.objects.filter(person=kristian, basis="emergency_contact").exists()
