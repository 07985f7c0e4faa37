"""Registering, opening, closing, emergency access and its review, asking and answering."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.emergency import AlreadyEnded, AlreadyOpen, AlreadyReviewed, NotNeeded, ReasonTooThin
from medspiller.people.domain.involvements import AlreadyInvolved, StartsInThePast
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import AlreadyRegistered, PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import EmergencyAccess, Involvement, Person
from medspiller.people.tests import factories
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house

DETAILS = PersonDetails(given_name="Oddny", family_name="Demoli", person_number=factories.NUMBER)


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, Role.LEADER, name="Leif Demoleder")


@pytest.fixture
def patient(here):
    return factories.make_person(number=factories.ANOTHER_NUMBER)


def last_entry():
    return AccessEntry.objects.order_by("-at", "-id").first()


def opened(nurse, patient, house):
    return services.open_emergency_access(
        actor=nurse, person_id=patient.id, unit_id=house.home_care, reason=factories.REASON
    )


class TestRegister:
    def test_lets_the_unit_see_the_person_at_once(self, nurse, house):
        made = services.register_person(actor=nurse, details=DETAILS, unit_id=house.home_care)

        assert selectors.person(actor=nurse, person_id=made.id).name == "Oddny Demoli"

    def test_seals_the_person_number(self, nurse, house):
        made = services.register_person(actor=nurse, details=DETAILS, unit_id=house.home_care)

        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM people_person WHERE id = %s", [made.id])
            assert factories.NUMBER.encode() not in bytes(cursor.fetchone()[0])
        assert Person.objects.get(id=made.id).pid == factories.NUMBER

    def test_refuses_a_number_that_is_known(self, nurse, house):
        services.register_person(actor=nurse, details=DETAILS, unit_id=house.home_care)

        with pytest.raises(AlreadyRegistered):
            services.register_person(actor=nurse, details=DETAILS, unit_id=house.home_care)

    def test_refuses_another_unit_and_oneself(self, nurse, house):
        with pytest.raises(NotAllowed):
            services.register_person(actor=nurse, details=DETAILS, unit_id=house.carers)
        herself = factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)
        with pytest.raises(NotAllowed, match="own_file"):
            services.register_person(actor=herself, details=DETAILS, unit_id=house.home_care)


class TestInvolvement:
    def test_is_opened_by_whoever_sees_the_person(self, nurse, patient, house):
        factories.involve(patient, house.home_care)

        services.open_involvement(actor=nurse, person_id=patient.id, unit_id=house.night, basis="support")

        assert last_entry().action == "people.open_involvement"
        assert Involvement.objects.filter(unit_id=house.night, basis="support").exists()

    def test_is_no_way_round_the_need_to_know(self, nurse, patient, house):
        with pytest.raises(Closed):
            services.open_involvement(actor=nurse, person_id=patient.id, unit_id=house.home_care, basis="support")

    def test_remembers_the_emergency_access_it_came_from(self, nurse, patient, house):
        access = opened(nurse, patient, house)

        made = services.open_involvement(actor=nurse, person_id=patient.id, unit_id=house.home_care, basis="treatment")

        assert made.emergency_access_id == access.id

    def test_is_once_at_a_time(self, nurse, patient, house):
        factories.involve(patient, house.home_care)

        with pytest.raises(AlreadyInvolved):
            services.open_involvement(actor=nurse, person_id=patient.id, unit_id=house.home_care, basis="treatment")

    def test_is_not_backdated_by_the_service_nor_in_the_database(self, nurse, patient, house):
        factories.involve(patient, house.home_care)
        yesterday = clock.now() - timedelta(days=1)

        with pytest.raises(StartsInThePast):
            services.open_involvement(
                actor=nurse, person_id=patient.id, unit_id=house.home_care, basis="support", starts_at=yesterday
            )
        with pytest.raises(IntegrityError, match="not_backdated"), transaction.atomic():
            Involvement.objects.create(
                person=patient, unit_id=house.night, basis="support", starts_at=yesterday,
                opened_at=clock.now(), opened_by=nurse.id,
            )  # fmt: skip

    def test_closed_takes_the_person_away_the_same_moment(self, nurse, patient, house):
        involvement = factories.involve(patient, house.home_care)

        services.close_involvement(actor=nurse, involvement_id=involvement.id)

        with pytest.raises(Closed):
            selectors.person(actor=nurse, person_id=patient.id)

    def test_of_another_unit_cannot_be_closed(self, nurse, patient, house):
        involvement = factories.involve(patient, house.carers)

        with pytest.raises(NotFound):
            services.close_involvement(actor=nurse, involvement_id=involvement.id)

    def test_is_in_its_history_with_who_did_it(self, patient, house, here):
        involvement = services.open_involvement(
            actor=actors.system(here), person_id=patient.id, unit_id=house.home_care, basis="support"
        )
        services.close_involvement(actor=actors.system(here), involvement_id=involvement.id)

        versions = Involvement.pgh_event_model.objects.filter(id=involvement.id)
        assert list(versions.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "update"]


class TestReading:
    def test_one_person_is_in_the_log_with_the_ground(self, nurse, patient, house):
        involvement = factories.involve(patient, house.home_care)

        selectors.person(actor=nurse, person_id=patient.id)

        entry = last_entry()
        assert (entry.kind, entry.person_id, entry.basis) == ("read", patient.id, "involvement")
        assert (entry.decision_id, entry.care_unit_id) == (involvement.id, house.home_care)

    def test_a_list_logs_each_person_shown_and_nobody_else(self, nurse, patient, house):
        factories.involve(patient, house.home_care)
        factories.make_person("Fremmed")

        assert [each.id for each in selectors.persons(actor=nurse).persons] == [patient.id]
        assert list(AccessEntry.objects.filter(kind="read").values_list("person_id", flat=True)) == [patient.id]

    def test_a_list_is_sorted_by_name_or_birth_both_ways_and_costs_the_same(self, nurse, house):
        born = {"Alma": date(1950, 1, 1), "Bo": None, "Cato": date(1940, 1, 1), "Dina": date(1960, 1, 1)}
        for name, day in born.items():
            factories.involve(factories.make_person(name, birth_date=day), house.home_care)
        asked = {}
        sorted_by = {}
        for order in ("name", "-name", "born", "-born"):
            with CaptureQueriesContext(connection) as asked[order]:
                found = selectors.persons(actor=nurse, order=order)
            sorted_by[order] = "".join(each.given_name[0] for each in found.persons)

        assert sorted_by == {"name": "ABCD", "-name": "DCBA", "born": "CADB", "-born": "DACB"}
        assert len({len(statements) for statements in list(asked.values())[1:]}) == 1
        assert len(asked["born"]) <= len(asked["name"])

    def test_counting_a_long_list_stops_and_says_so(self, nurse, house, monkeypatch):
        monkeypatch.setattr(import_module("medspiller.people.selectors.persons"), "COUNTED_MOST", 3)
        for name in "ABCD":
            factories.involve(factories.make_person(name), house.home_care)

        found = selectors.persons(actor=nurse, page=9, size=2)

        assert (found.page, found.count, found.is_counted_out) == (2, 3, False)
        assert [each.given_name for each in found.persons] == ["C", "D"]

    def test_an_exact_search_is_in_the_log_also_when_it_finds_nobody(self, nurse, patient):
        with pytest.raises(NotFound):
            selectors.person_for_emergency(actor=nurse, sought=selectors.Sought(person_number=factories.NUMBER))

        entry = last_entry()
        assert (entry.kind, entry.searched_by, entry.person_id) == ("search", ["person_number"], None)

    @pytest.mark.parametrize(
        "sought",
        [
            selectors.Sought(person_number=factories.ANOTHER_NUMBER),
            selectors.Sought(
                given_name=" oddny ",
                family_name="DEMOLI",
                birth_date=factories.BORN,
            ),
        ],
    )
    def test_an_exact_search_finds_by_number_or_by_name_and_birth_date(self, nurse, patient, sought):
        assert selectors.person_for_emergency(actor=nurse, sought=sought) == patient.id

    def test_half_a_name_and_two_of_the_same_find_nobody(self, nurse, patient):
        born = patient.birth_date
        for family_name in ("Demol", "%", ""):
            with pytest.raises(NotFound):
                selectors.person_for_emergency(actor=nurse, sought=selectors.Sought("", "Oddny", family_name, born))
        factories.make_person()
        with pytest.raises(NotFound):
            selectors.person_for_emergency(actor=nurse, sought=selectors.Sought("", "Oddny", "Demoli", born))


class TestEmergencyAccess:
    def test_opens_the_person_for_four_hours_and_no_longer(self, nurse, patient, house):
        access = opened(nurse, patient, house)

        assert selectors.person(actor=nurse, person_id=patient.id).emergency.ends_at == access.ends_at
        with clock.frozen(access.starts_at + timedelta(hours=4)), pytest.raises(Closed):
            selectors.person(actor=nurse, person_id=patient.id)

    def test_is_in_the_log_with_the_reason(self, nurse, patient, house):
        access = opened(nurse, patient, house)

        entry = last_entry()
        assert (entry.basis, entry.basis_text, entry.decision_id) == ("blue_light", factories.REASON, access.id)
        assert entry.chosen_by_actor

    def test_needs_a_reason(self, nurse, patient, house):
        with pytest.raises(ReasonTooThin):
            services.open_emergency_access(actor=nurse, person_id=patient.id, unit_id=house.home_care, reason="haster")

    def test_is_refused_where_it_is_not_needed(self, nurse, patient, house):
        factories.involve(patient, house.home_care)

        with pytest.raises(NotNeeded):
            opened(nurse, patient, house)

    def test_is_opened_once(self, nurse, patient, house):
        opened(nurse, patient, house)

        with pytest.raises(AlreadyOpen):
            opened(nurse, patient, house)

    def test_never_opens_oneself(self, house):
        nurse = factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)
        herself = factories.make_person(number=factories.NUMBER)

        with pytest.raises(NotAllowed, match="own_file"):
            opened(nurse, herself, house)
        with pytest.raises(NotAllowed, match="own_file"):
            selectors.person_for_emergency(actor=nurse, sought=selectors.Sought(person_number=factories.NUMBER))

    def test_never_opens_a_relative_nor_the_strictly_protected_and_looks_as_if_there_were_nobody(self, house, patient):
        nurse = factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)
        factories.relate(factories.make_person(number=factories.NUMBER), patient, RelationKind.PARENT)
        hidden = factories.make_person("Skjult", protected=ProtectedAddress.STRICT)

        for person in (patient, hidden):
            with pytest.raises(Closed):
                opened(nurse, person, house)
        with pytest.raises(Closed):
            selectors.person_for_emergency(actor=nurse, sought=selectors.Sought(person_number=factories.ANOTHER_NUMBER))

    def test_is_for_a_unit_one_works_in(self, nurse, patient, house):
        with pytest.raises(NotAllowed):
            services.open_emergency_access(
                actor=nurse, person_id=patient.id, unit_id=house.carers, reason=factories.REASON
            )

    def test_ended_early_is_over(self, nurse, patient, house):
        access = opened(nurse, patient, house)
        services.end_emergency_access(actor=nurse, emergency_access_id=access.id)

        with pytest.raises(Closed):
            selectors.person(actor=nurse, person_id=patient.id)
        with pytest.raises(AlreadyEnded):
            services.end_emergency_access(actor=nurse, emergency_access_id=access.id)

    def test_of_a_day_or_more_is_refused_by_the_database(self, nurse, patient, house):
        with pytest.raises(IntegrityError, match="short"), transaction.atomic():
            EmergencyAccess.objects.create(
                person=patient, unit_id=house.home_care, used_by=nurse.id, used_by_name="", reason="x",
                starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=25),
            )  # fmt: skip


class TestReview:
    def test_waits_for_the_leader_and_is_then_done(self, nurse, leader, patient, house):
        access = opened(nurse, patient, house)
        (line,) = selectors.emergency_accesses_to_review(actor=leader)
        assert (line.id, line.reason, line.person_name) == (access.id, factories.REASON, "Oddny Demoli")

        services.review_emergency_access(actor=leader, emergency_access_id=access.id, verdict="ok")

        assert selectors.emergency_accesses_to_review(actor=leader) == []
        assert selectors.count_to_review(actor=leader) == 0
        assert [each.id for each in selectors.emergency_accesses_to_review(actor=leader, reviewed=True)] == [access.id]

    def test_not_in_order_ends_it_and_what_it_led_to(self, nurse, leader, patient, house):
        access = opened(nurse, patient, house)
        services.open_involvement(actor=nurse, person_id=patient.id, unit_id=house.home_care, basis="treatment")

        services.review_emergency_access(
            actor=leader, emergency_access_id=access.id, verdict="not_ok", note="Ingen grunn."
        )

        with pytest.raises(Closed):
            selectors.person(actor=nurse, person_id=patient.id)

    def test_is_not_for_ones_own(self, leader, patient, house):
        access = opened(leader, patient, house)

        assert selectors.emergency_accesses_to_review(actor=leader) == []
        with pytest.raises(NotAllowed, match="own_access"):
            services.review_emergency_access(actor=leader, emergency_access_id=access.id, verdict="ok")
        above = factories.worker(house.tenant_id, house.top, Role.LEADER)
        assert [each.id for each in selectors.emergency_accesses_to_review(actor=above)] == [access.id]

    def test_is_not_for_a_leader_elsewhere_nor_a_nurse(self, nurse, patient, house):
        access = opened(nurse, patient, house)
        elsewhere = factories.worker(house.tenant_id, house.carers, Role.LEADER)

        with pytest.raises(NotFound):
            services.review_emergency_access(actor=elsewhere, emergency_access_id=access.id, verdict="ok")
        with pytest.raises(NotAllowed):
            selectors.emergency_accesses_to_review(actor=nurse)

    def test_is_not_for_the_family_of_the_person(self, nurse, patient, house):
        access = opened(nurse, patient, house)
        son = factories.worker(house.tenant_id, house.top, Role.LEADER, number=factories.NUMBER)
        factories.relate(patient, factories.make_person(number=factories.NUMBER), RelationKind.CHILD)

        assert selectors.emergency_accesses_to_review(actor=son) == []
        with pytest.raises(NotFound):
            services.review_emergency_access(actor=son, emergency_access_id=access.id, verdict="ok")


def test_of_two_leaders_who_review_at_once_one_is_told_of_the_other(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        house = build_house(HERE)
        nurse = factories.worker(HERE, house.home_care)
        leaders = [factories.worker(HERE, house.home_care, Role.LEADER, name=name) for name in ("Leif", "Lena")]
        access = opened(nurse, factories.make_person(), house)

    def review(leader):
        try:
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=leader.id):
                services.review_emergency_access(actor=leader, emergency_access_id=access.id, verdict="ok")
        except AlreadyReviewed as earlier:
            return earlier.by
        finally:
            connection.close()
        return "stored"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(review, leaders))

    assert sorted(said, key=len) in (["Leif", "stored"], ["Lena", "stored"])


def test_another_tenants_persons_are_not_there(here, house):
    person = factories.make_person()
    factories.involve(person, house.home_care)
    tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID)
    nurse_there = factories.worker(ELSEWHERE, build_house(ELSEWHERE).top, Role.LEADER)

    with pytest.raises(NotFound):
        selectors.person(actor=nurse_there, person_id=person.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (0,)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_person (id, tenant_id, given_name) VALUES (%s, %s, 'x')", [person.id, HERE])
