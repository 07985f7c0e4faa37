"""Contact points: who may change them, and where a notice may be sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role as Post
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import policies, selectors, services
from medspiller.people.domain.contacts import AlreadyThere, ContactDetails, ContactRefused, ContactSystem
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import DetailsInvalid, PersonChanges, ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import ContactPoint, Person
from medspiller.people.tests import factories

TODAY = clock.today()
NUMBER = ContactDetails(ContactSystem.PHONE, "00 12 34 56")
OTHER = ContactDetails(ContactSystem.PHONE, "00 12 34 57")
SAFE = replace(NUMBER, safe_for_notices=True)


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


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


def change(actor, point, details):
    return services.change_contact_point(actor=actor, contact_id=point.id, details=details)


class TestWho:
    def test_a_unit_with_the_number_alone_adds_numbers_and_no_address(self, nurse, known_by_number):
        add(nurse, known_by_number, NUMBER)

        with pytest.raises(NotAllowed):
            add(nurse, known_by_number, ContactDetails(ContactSystem.ADDRESS, "Demoveien 1"))
        with pytest.raises(NotAllowed):
            services.change_person(
                actor=nurse, person_id=known_by_number.id, changes=PersonChanges("Aslaug", "Demo"), version=1
            )

    @pytest.mark.parametrize("safe", [True, False])
    def test_a_unit_with_the_number_alone_does_not_say_whether_notices_are_safe(self, nurse, known_by_number, safe):
        with pytest.raises(ContactRefused) as refusal:
            add(nurse, known_by_number, replace(NUMBER, safe_for_notices=safe))
        assert refusal.value.problems == {"safe_for_notices": "not_theirs"}

        point = add(nurse, known_by_number, NUMBER)
        with pytest.raises(ContactRefused):
            change(nurse, point, replace(NUMBER, safe_for_notices=safe))

    def test_a_unit_with_the_number_alone_mends_what_it_wrote_itself(self, nurse, colleague, known_by_number):
        point = add(nurse, known_by_number, NUMBER)

        change(colleague, point, replace(NUMBER, note="Ring etter klokka fire."))
        assert services.end_contact_point(actor=colleague, contact_id=point.id) is None

    @pytest.mark.parametrize("by", ["the person", "a unit that follows them up", "nobody knows"])
    def test_a_unit_with_the_number_alone_leaves_what_others_wrote(self, nurse, known_by_number, house, by):
        factories.involve(known_by_number, house.carers, basis=InvolvementBasis.SUPPORT)
        carers = factories.worker(house.tenant_id, house.carers)
        point = add(carers, known_by_number, NUMBER)
        if by != "a unit that follows them up":
            ContactPoint.objects.filter(id=point.id).update(stored_for=None)

        for refused in (
            lambda: change(nurse, point, NUMBER),
            lambda: services.end_contact_point(actor=nurse, contact_id=point.id),
            lambda: selectors.contact_to_change(actor=nurse, contact_id=point.id),
        ):
            with pytest.raises(NotAllowed) as refusal:
                refused()
            assert refusal.value.reason == policies.NOT_FOLLOWED_UP
        ContactPoint.objects.filter(id=point.id).update(valid_from=TODAY - timedelta(days=9), valid_to=TODAY)
        with pytest.raises(NotAllowed):
            services.reopen_contact_point(actor=nurse, contact_id=point.id)

    def test_what_another_unit_has_changed_since_is_theirs(self, nurse, known_by_number, house):
        factories.involve(known_by_number, house.carers, basis=InvolvementBasis.SUPPORT)
        carers = factories.worker(house.tenant_id, house.carers)
        point = add(nurse, known_by_number, NUMBER)

        change(carers, point, SAFE)

        with pytest.raises(NotAllowed):
            change(nurse, point, NUMBER)

    def test_the_page_offers_a_unit_with_the_number_alone_what_it_may_do(self, staff, nurse, known_by_number, house):
        factories.involve(known_by_number, house.carers, basis=InvolvementBasis.SUPPORT)
        own = add(nurse, known_by_number, NUMBER)
        others = add(factories.worker(house.tenant_id, house.carers), known_by_number, OTHER)
        page = staff(Post.CARE_WORKER, house.home_care)

        person = page.get(f"/arbeid/personer/{known_by_number.id}/").content.decode()
        assert f'href="/arbeid/kontakt/{own.id}/"' in person
        assert str(others.id) not in person
        for address in (f"/arbeid/personer/{known_by_number.id}/kontakt/", f"/arbeid/kontakt/{own.id}/"):
            assert 'name="safe_for_notices"' not in page.get(address).content.decode()
        assert 'value="address"' not in page.get(f"/arbeid/personer/{known_by_number.id}/kontakt/").content.decode()

    def test_a_protected_persons_number_is_not_for_callers(self, nurse, known_by_number):
        Person.objects.filter(id=known_by_number.id).update(protected_address=ProtectedAddress.CONFIDENTIAL.value)

        with pytest.raises(NotAllowed):
            add(nurse, known_by_number, NUMBER)


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
