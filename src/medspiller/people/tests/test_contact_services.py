"""Contact points: who may change them, and where a notice may be sent."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import AlreadyThere, ContactDetails, ContactSystem
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import DetailsInvalid, PersonChanges, ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import ContactPoint, Person
from medspiller.people.tests import factories

TODAY = clock.today()
SAFE = ContactDetails(ContactSystem.PHONE, "00 12 34 56", safe_for_notices=True)


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def person(house):
    made = factories.make_person("Kari")
    factories.involve(made, house.home_care)
    return made


@pytest.fixture
def known_by_number(house):
    made = factories.make_person("Aslaug")
    factories.involve(made, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)
    return made


def add(actor, person, details=SAFE):
    return services.add_contact_point(actor=actor, person_id=person.id, details=details)


class TestWho:
    def test_a_unit_with_the_number_alone_changes_numbers_and_no_address(self, nurse, known_by_number):
        add(nurse, known_by_number)

        with pytest.raises(NotAllowed):
            add(nurse, known_by_number, ContactDetails(ContactSystem.ADDRESS, "Demoveien 1"))
        with pytest.raises(NotAllowed):
            services.change_person(
                actor=nurse, person_id=known_by_number.id, changes=PersonChanges("Aslaug", "Demo"), version=1
            )

    def test_a_protected_persons_number_is_not_for_callers(self, nurse, known_by_number):
        Person.objects.filter(id=known_by_number.id).update(protected_address=ProtectedAddress.CONFIDENTIAL.value)

        with pytest.raises(NotAllowed):
            add(nurse, known_by_number)


class TestOnce:
    def test_the_same_number_stands_once(self, nurse, person):
        add(nurse, person)

        with pytest.raises(AlreadyThere):
            add(nurse, person, ContactDetails(ContactSystem.PHONE, "+4700123456"))

    def test_the_database_refuses_an_end_before_the_start(self, nurse, person):
        point = add(nurse, person)

        with pytest.raises(IntegrityError, match="people_contactpoint_period"), transaction.atomic():
            ContactPoint.objects.filter(id=point.id).update(valid_to=point.valid_from)

    def test_no_version_keeps_the_number(self, nurse, person):
        add(nurse, person)

        assert not hasattr(ContactPoint.pgh_event_model.objects.get(), "value")


class TestNoticeAddress:
    def address(self, person, channel="sms"):
        return selectors.notice_address(actor=actors.system(person.tenant_id), person_id=person.id, channel=channel)

    def test_is_the_first_that_is_own_and_safe(self, nurse, person):
        add(nurse, person, ContactDetails(ContactSystem.PHONE, "+4700123457", safe_for_notices=True, rank=2))
        add(nurse, person)

        assert self.address(person).value == "+4700123456"
        assert self.address(person, "email") is None
        assert self.address(person, "letter") is None

    @pytest.mark.parametrize("changes", [{"safe_for_notices": None}, {"safe_for_notices": False}, {"own": False}])
    def test_is_none_where_nobody_has_said_that_it_is_safe(self, nurse, person, changes):
        point = add(nurse, person)
        ContactPoint.objects.filter(id=point.id).update(**changes)

        assert self.address(person) is None

    @pytest.mark.parametrize(
        "changes",
        [{"wants_notices": False}, {"died_on": TODAY}, {"protected_address": ProtectedAddress.STRICT.value}],
    )
    def test_is_none_for_whoever_is_not_to_be_written_to(self, nurse, person, changes):
        add(nurse, person)
        Person.objects.filter(id=person.id).update(**changes)

        assert self.address(person) is None

    def test_is_none_when_it_was_ended(self, nurse, person):
        point = add(nurse, person)
        ContactPoint.objects.filter(id=point.id).update(valid_from=TODAY - timedelta(days=9), valid_to=TODAY)

        assert self.address(person) is None

    def test_is_none_for_staff_without_need(self, nurse, person, house):
        add(nurse, person)
        stranger = factories.worker(house.tenant_id, house.carers)

        assert selectors.notice_address(actor=nurse, person_id=person.id, channel="sms") is not None
        assert selectors.notice_address(actor=stranger, person_id=person.id, channel="sms") is None
        assert selectors.notice_preferences(actor=stranger, person_id=person.id).language == ""


class TestBirthWithinTheFamily:
    def test_a_birth_date_that_breaks_the_family_is_refused_by_service_and_database(self, nurse, person):
        factories.relate(person, factories.make_person("Ola", birth_date=date(1975, 1, 1)), RelationKind.CHILD)

        with pytest.raises(DetailsInvalid) as refusal:
            services.change_person(
                actor=nurse,
                person_id=person.id,
                changes=PersonChanges("Kari", "Demoli", birth_date=date(1980, 1, 1)),
                version=1,
            )
        assert refusal.value.problems == {"birth_date": "outside_family"}
        with pytest.raises(IntegrityError, match="older than a parent"), transaction.atomic():
            Person.objects.filter(id=person.id).update(birth_date=date(1980, 1, 1))
