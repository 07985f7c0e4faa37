"""Relations, roles and carers: what is stored, refused by the rule and by the database, recorded and announced."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from medspiller.access.domain.roles import Role as StaffRole
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, events
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import AlreadyEnded, ContactDetails, ContactSystem
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import AlreadyRegistered, Changed, PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationAlreadyThere, RelationDetails, RelationKind, RelationRefused
from medspiller.people.domain.role_rules import CannotReopen, RoleAlreadyHeld, RoleDetails, RoleRefused
from medspiller.people.domain.roles import Role
from medspiller.people.models import CarerRole, InformationGiven, Involvement, Relation
from medspiller.people.tests import factories

TODAY = clock.today()
BEFORE = TODAY - timedelta(days=100)
DAUGHTER_BORN = date(1975, 4, 2)


@pytest.fixture
def announced(monkeypatch):
    """The names of what was announced, in order."""
    told = []
    monkeypatch.setattr(events, "publish", lambda event: told.append(type(event).__name__))
    return told


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def mother(house):
    person = factories.make_person("Oddny")
    factories.involve(person, house.home_care)
    return person


@pytest.fixture
def daughter(house):
    person = factories.make_person("Kari", birth_date=DAUGHTER_BORN)
    factories.involve(person, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)
    return person


def told(actor, person, related, kind=RelationKind.CHILD, since=BEFORE, **more):
    return services.record_relation(
        actor=actor,
        person_id=person.id,
        related_id=related.id,
        details=RelationDetails(kind=kind, valid_from=since, **more),
    )


@pytest.fixture
def relation(nurse, mother, daughter):
    return told(nurse, mother, daughter)


def give(actor, relation, patient, carer, role=Role.NAERMESTE, **more):
    given = {"valid_from": TODAY, "named_by_patient": True, **more}
    return services.give_role(
        actor=actor,
        relation_id=relation.id,
        patient_id=patient.id,
        carer_id=carer.id,
        details=RoleDetails(role=role, **given),
    )


class TestRecordRelation:
    def test_is_stored_once_whichever_way_it_is_told(self, nurse, mother, daughter, house):
        row = told(nurse, mother, daughter)
        factories.involve(daughter, house.home_care)

        assert (row.person_id, row.related_id, row.kind) == (daughter.id, mother.id, "parent")
        with pytest.raises(RelationAlreadyThere):
            told(nurse, daughter, mother, RelationKind.PARENT)
        assert Relation.objects.count() == 1

    def test_stands_in_the_log_of_both_and_is_announced(self, nurse, mother, daughter, announced):
        row = told(nurse, mother, daughter)

        entries = AccessEntry.objects.filter(action="people.edit_relation", subject_id=row.id)
        assert {(each.person_id, tuple(each.information)) for each in entries} == {
            (mother.id, ("carers",)),
            (daughter.id, ("cared_for",)),
        }
        # The daughter's log does not tell where her mother is followed up.
        assert entries.get(person_id=daughter.id).care_unit_id is None
        assert announced == ["RelationRecorded"]

    def test_is_refused_to_oneself(self, nurse, mother):
        with pytest.raises(RelationRefused) as refusal:
            told(nurse, mother, mother)

        assert refusal.value.problems == {"related": "oneself"}

    def test_needs_both_to_be_open(self, nurse, mother):
        with pytest.raises(Closed):
            told(nurse, mother, factories.make_person("Fremmed"))

    def test_is_not_for_a_unit_that_only_has_the_number(self, nurse, mother, daughter):
        with pytest.raises(NotAllowed):
            told(nurse, daughter, mother, RelationKind.PARENT)

    def test_is_not_told_by_emergency_access(self, house, mother, daughter):
        guest = factories.worker(house.tenant_id, house.carers)
        factories.make_emergency(mother, guest, house.carers)

        with pytest.raises(NotAllowed):
            told(guest, mother, daughter)

    def test_nobody_is_the_parent_of_their_parent(self, nurse, mother, house):
        unborn = factories.make_person("Ukjent", birth_date=None)
        factories.involve(unborn, house.home_care)
        told(nurse, mother, unborn, RelationKind.STEP_CHILD)

        with pytest.raises(RelationRefused) as refusal:
            told(nurse, mother, unborn, RelationKind.STEP_PARENT)
        assert refusal.value.problems == {"kind": "both_ways"}

    def test_the_database_refuses_a_child_older_than_its_parent(self, mother, daughter):
        with pytest.raises(IntegrityError, match="older than its parent"), transaction.atomic():
            Relation.objects.create(person=mother, related=daughter, kind="parent", valid_from=TODAY)

    def test_the_database_refuses_a_relation_to_oneself(self, mother):
        with pytest.raises(IntegrityError, match="people_relation_to_another"), transaction.atomic():
            Relation.objects.create(person=mother, related=mother, kind="friend", valid_from=TODAY)

    def test_the_database_refuses_an_end_before_the_start(self, mother, daughter):
        with pytest.raises(IntegrityError, match="people_relation_period"), transaction.atomic():
            Relation.objects.create(person=mother, related=daughter, kind="friend", valid_from=TODAY, valid_to=BEFORE)


class TestChangeRelation:
    def change(self, actor, relation, person, *, version=1, **changes):
        details = {"kind": RelationKind.CHILD, "valid_from": BEFORE, **changes}
        return services.change_relation(
            actor=actor, relation_id=relation.id, person_id=person.id, details=RelationDetails(**details),
            version=version,
        )  # fmt: skip

    def test_keeps_the_row_and_counts_the_version(self, nurse, relation, mother):
        row = self.change(nurse, relation, mother, kind=RelationKind.FOSTER_CHILD, cohabiting=True)

        assert (row.id, row.kind, row.cohabiting, row.version) == (relation.id, "foster_parent", True, 2)

    def test_what_changes_nothing_stores_nothing(self, nurse, relation, mother):
        assert self.change(nurse, relation, mother).version == 1

    def test_whoever_saves_second_is_told_what_changed(self, nurse, relation, mother):
        self.change(nurse, relation, mother, kind=RelationKind.STEP_CHILD, cohabiting=True)

        with pytest.raises(Changed) as refusal:
            self.change(nurse, relation, mother, cohabiting=False)
        assert refusal.value.now == {"kind": "step_child", "cohabiting": True}
        assert refusal.value.seen == {"kind": "child", "cohabiting": None}
        assert refusal.value.version == 2

    def test_does_not_leave_a_role_outside(self, nurse, relation, mother, daughter):
        give(nurse, relation, mother, daughter, valid_from=BEFORE)

        with pytest.raises(RelationRefused) as refusal:
            self.change(nurse, relation, mother, valid_from=TODAY)
        assert refusal.value.problems == {"valid_from": "roles_outside"}

    def test_is_not_for_another_unit(self, house, relation, mother):
        with pytest.raises(Closed):
            self.change(factories.worker(house.tenant_id, house.carers), relation, mother)

    def test_is_not_asked_through_somebody_else(self, nurse, relation, house):
        stranger = factories.make_person()
        factories.involve(stranger, house.home_care)

        with pytest.raises(NotFound):
            self.change(nurse, relation, stranger)


class TestEndRelation:
    def test_ends_the_roles_that_rest_on_it(self, nurse, relation, mother, daughter):
        role = give(nurse, relation, mother, daughter, valid_from=BEFORE)
        services.end_relation(actor=nurse, relation_id=relation.id, person_id=mother.id, from_day=TODAY, version=1)

        role.refresh_from_db()
        assert (role.valid_to, role.end_reason) == (TODAY, "relation_ended")

    @pytest.mark.parametrize(
        ("day", "problem"), [(BEFORE, "not_after_start"), (TODAY + timedelta(days=1), "not_a_day")]
    )
    def test_is_refused_before_its_start_and_ahead(self, nurse, relation, mother, day, problem):
        with pytest.raises(RelationRefused) as refusal:
            services.end_relation(actor=nurse, relation_id=relation.id, person_id=mother.id, from_day=day, version=1)
        assert refusal.value.problems == {"valid_to": problem}


class TestGiveRole:
    def test_is_stored_with_who_said_so(self, nurse, relation, mother, daughter, announced):
        row = give(nurse, relation, mother, daughter, basis="Samtale hjemme")

        assert (row.patient_id, row.carer_id, row.recorded_by, row.basis) == (
            mother.id, daughter.id, nurse.id, "Samtale hjemme",
        )  # fmt: skip
        assert announced == ["RoleGiven", "CarerRegistered"]

    def test_several_may_be_the_nearest(self, nurse, relation, mother, daughter, house):
        friend = factories.make_person("Aslaug", birth_date=None)
        factories.involve(friend, house.home_care)
        other = told(nurse, mother, friend, RelationKind.FRIEND)
        give(nurse, relation, mother, daughter)
        give(nurse, other, mother, friend)

        assert CarerRole.objects.filter(patient=mother, role="NAERMESTE").count() == 2

    def test_nobody_has_a_role_twice_at_a_time(self, nurse, relation, mother, daughter):
        give(nurse, relation, mother, daughter)

        with pytest.raises(RoleAlreadyHeld):
            give(nurse, relation, mother, daughter)

    def test_the_fallback_is_for_want_of_a_name(self, nurse, relation, mother, daughter):
        reasoning = {"role": Role.NAERMESTE_STATUTORY, "named_by_patient": None, "reasoning": "Ringer hver dag."}
        fallback = give(nurse, relation, mother, daughter, valid_from=BEFORE, **reasoning)
        give(nurse, relation, mother, daughter)

        fallback.refresh_from_db()
        assert (fallback.valid_to, fallback.end_reason) == (TODAY, "patient_named")
        with pytest.raises(RoleRefused) as refusal:
            give(nurse, relation, mother, daughter, **reasoning)
        assert refusal.value.problems == {"role": "patient_has_named"}

    def test_the_database_refuses_a_fallback_without_reasoning(self, relation, mother, daughter, nurse):
        with pytest.raises(IntegrityError, match="people_carerrole_fallback_says_why"), transaction.atomic():
            CarerRole.objects.create(
                relation=relation, patient=mother, carer=daughter, role="NAERMESTE_STATUTORY", valid_from=TODAY,
                recorded_by=nurse.id, recorded_at=clock.now(),
            )  # fmt: skip

    def test_the_database_refuses_a_role_that_is_not_between_the_two(self, relation, mother, nurse):
        with pytest.raises(IntegrityError, match="not between the two"), transaction.atomic():
            CarerRole.objects.create(
                relation=relation, patient=mother, carer=factories.make_person(), role="PAARORENDE",
                valid_from=TODAY, recorded_by=nurse.id, recorded_at=clock.now(),
            )  # fmt: skip

    def test_is_not_for_whoever_is_family(self, house, relation, mother, daughter):
        daughters = factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)
        herself = factories.make_person(number=factories.NUMBER)
        factories.relate(herself, daughter, RelationKind.SIBLING)

        with pytest.raises(Closed):
            give(daughters, relation, mother, daughter)


class TestEndRole:
    def test_holds_from_the_day_it_is_said(self, nurse, relation, mother, daughter, announced):
        role = give(nurse, relation, mother, daughter, valid_from=BEFORE)
        ended = services.end_role(actor=nurse, role_id=role.id, reason=" Moren vil  det. ")

        assert (ended.valid_to, ended.end_reason) == (TODAY, "Moren vil det.")
        assert announced == ["RoleGiven", "CarerRegistered", "RoleEnded"]
        with pytest.raises(AlreadyEnded):
            services.end_role(actor=nurse, role_id=role.id)

    def test_of_a_slip_takes_it_away(self, nurse, relation, mother, daughter):
        role = give(nurse, relation, mother, daughter)

        assert services.end_role(actor=nurse, role_id=role.id) is None
        assert not CarerRole.objects.exists()

    def test_can_be_taken_back_the_same_day_and_ends_when_it_did_before(self, nurse, relation, mother, daughter):
        until = TODAY + timedelta(days=300)
        role = give(nurse, relation, mother, daughter, valid_from=BEFORE, valid_to=until)
        services.end_role(actor=nurse, role_id=role.id)

        assert services.reopen_role(actor=nurse, role_id=role.id).valid_to == until
        with pytest.raises(CannotReopen):
            services.reopen_role(actor=nurse, role_id=role.id)


DETAILS = PersonDetails(given_name="Kari", family_name="Demoli", birth_date=DAUGHTER_BORN)


class TestRegisterCarer:
    def register(self, actor, unit_id, patient, **given):
        given = {"details": DETAILS, "relation": RelationDetails(RelationKind.CHILD, BEFORE), **given}
        return services.register_carer(actor=actor, unit_id=unit_id, patient_id=patient.id, **given)

    def test_stores_all_of_it(self, nurse, mother, house, announced):
        made = self.register(
            nurse,
            house.home_care,
            mother,
            roles=[RoleDetails(Role.NAERMESTE, TODAY, named_by_patient=True)],
            contacts=[ContactDetails(ContactSystem.PHONE, "00 12 34 56", safe_to_call=True)],
        )

        assert Involvement.objects.get(person=made.carer).basis == "emergency_contact"
        assert [each.role for each in made.roles] == ["NAERMESTE"]
        assert [each.value for each in made.contacts] == ["+4700123456"]
        assert made.informing.due_on > TODAY
        assert "CarerRegistered" in announced
        assert InformationGiven.objects.get().person_id == made.carer.id

    def test_takes_somebody_who_is_open_already(self, nurse, mother, daughter, house):
        made = self.register(nurse, house.home_care, mother, details=None, carer_id=daughter.id)

        assert made.carer.id == daughter.id
        assert Involvement.objects.filter(person=daughter).count() == 1

    def test_finds_a_known_number_with_the_same_name(self, nurse, mother, house):
        known = factories.make_person("Kari", birth_date=DAUGHTER_BORN, number=factories.NUMBER)
        details = PersonDetails("kari", "Demoli", DAUGHTER_BORN, factories.NUMBER)

        assert self.register(nurse, house.home_care, mother, details=details).carer.id == known.id
        assert selectors.family(actor=nurse, person_id=known.id).name == "Kari Demoli"

    def test_tells_nothing_of_a_known_number_with_another_name(self, nurse, mother, house):
        factories.make_person("Tordis", number=factories.NUMBER)
        details = PersonDetails("Kari", "Demoli", DAUGHTER_BORN, factories.NUMBER)

        with pytest.raises(AlreadyRegistered):
            self.register(nurse, house.home_care, mother, details=details)

    def test_stores_nothing_where_a_part_is_refused(self, nurse, mother, house):
        with pytest.raises(RoleRefused):
            self.register(nurse, house.home_care, mother, roles=[RoleDetails(Role.VERGE, TODAY)])
        assert not Relation.objects.exists()

    def test_is_for_units_of_the_actor(self, nurse, mother, house):
        with pytest.raises(NotAllowed):
            self.register(nurse, house.carers, mother)

    def test_is_not_for_roles_that_meet_nobody(self, mother, house):
        with pytest.raises(NotAllowed):
            self.register(
                factories.worker(house.tenant_id, house.home_care, StaffRole.ADMINISTRATOR), house.home_care, mother
            )

    def test_lets_a_strictly_protected_carer_be_followed_up_and_not_only_called(self, nurse, mother, house):
        hidden = PersonDetails("Kari", "Demoli", DAUGHTER_BORN, protected_address=ProtectedAddress.STRICT)

        made = self.register(nurse, house.home_care, mother, details=hidden, basis=InvolvementBasis.SUPPORT)
        assert Involvement.objects.get(person=made.carer).basis == "support"
