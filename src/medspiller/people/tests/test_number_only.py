"""A unit that only has somebody's number, as whom to call: what it may open by a second step, and what it may not."""

from datetime import date, timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.accounts import PERSON_NUMBER
from medspiller.access.domain.roles import Role as StaffRole
from medspiller.core import clock
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotAllowed
from medspiller.people import policies, selectors, services, worker
from medspiller.people.domain.corrections import About
from medspiller.people.domain.emergency import NotNeeded
from medspiller.people.domain.first_talk import FirstTalkInvalid, Patient
from medspiller.people.domain.informing import How, StillToBeTold
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import AlreadyRegistered, PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationDetails, RelationKind
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.domain.roles import Role
from medspiller.people.models import Involvement, PatientImport, Person
from medspiller.people.selectors._marks import mark_of
from medspiller.people.tests import factories
from medspiller.people.tests.test_first_talk import a_talk

NUMBER_ONLY = InvolvementBasis.EMERGENCY_CONTACT


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, StaffRole.CARE_WORKER)


@pytest.fixture
def daughter(house):
    """Somebody whose number the nurse's unit has."""
    person = factories.make_person("Kari", birth_date=date(1975, 3, 2))
    factories.involve(person, house.home_care, basis=NUMBER_ONLY)
    return person


@pytest.fixture
def elsewhere(daughter, house):
    """The same, whom another unit follows up for her own sake."""
    factories.involve(daughter, house.carers, basis=InvolvementBasis.SUPPORT)
    return daughter


def follow_up(actor, person, unit_id, basis=InvolvementBasis.SUPPORT):
    return services.open_involvement(actor=actor, person_id=person.id, unit_id=unit_id, basis=basis)


def bases(person, unit_id):
    return set(Involvement.objects.filter(person=person, unit_id=unit_id).values_list("basis", flat=True))


class TestToFollowUpSomebodyWhoseNumberOneHas:
    @pytest.mark.parametrize("basis", [each for each in InvolvementBasis if each is not NUMBER_ONLY])
    def test_is_refused_where_others_follow_them_up(self, nurse, elsewhere, house, basis):
        with pytest.raises(NotAllowed) as refusal:
            follow_up(nurse, elsewhere, house.home_care, basis)

        assert refusal.value.reason == policies.NOT_FOLLOWED_UP
        assert bases(elsewhere, house.home_care) == {NUMBER_ONLY}

    def test_is_refused_where_others_did_before(self, nurse, daughter, house):
        factories.involve(daughter, house.carers, ended=True)

        with pytest.raises(NotAllowed):
            follow_up(nurse, daughter, house.home_care)

    def test_is_allowed_where_nobody_else_has(self, nurse, daughter, house):
        factories.involve(daughter, house.carers, basis=NUMBER_ONLY)

        follow_up(nurse, daughter, house.home_care)

        assert selectors.family(actor=nurse, person_id=daughter.id).own is not None

    def test_is_allowed_with_a_written_reason_that_the_involvement_names(self, nurse, elsewhere, house):
        opened = services.open_emergency_access(
            actor=nurse, person_id=elsewhere.id, unit_id=house.home_care, reason=factories.REASON
        )

        assert follow_up(nurse, elsewhere, house.home_care).emergency_access_id == opened.id

    def test_is_no_way_round_by_writing_them_down_as_a_carer_once_more(self, nurse, elsewhere, house):
        mother = factories.make_person()
        factories.involve(mother, house.home_care)

        services.register_carer(
            actor=nurse,
            unit_id=house.home_care,
            patient_id=mother.id,
            carer_id=elsewhere.id,
            relation=RelationDetails(RelationKind.CHILD, date(2020, 1, 1)),
            basis=InvolvementBasis.SUPPORT,
        )

        assert bases(elsewhere, house.home_care) == {NUMBER_ONLY}

    def test_is_no_way_round_by_a_first_talk_with_them(self, nurse, elsewhere, house):
        chosen = Patient(
            details=PersonDetails("", ""), person_id=elsewhere.id, seen=mark_of(elsewhere.id), matters="Alt."
        )

        with pytest.raises(FirstTalkInvalid) as refusal:
            services.record_first_talk(
                actor=nurse, unit_id=house.home_care, talk=a_talk(patient=chosen, carers=(), children=())
            )

        assert [(each.detail, each.code) for each in refusal.value.problems] == [("given_name", "closed")]

    @pytest.mark.parametrize("dry_run", [True, False])
    def test_is_no_way_round_by_a_list_of_patients(self, elsewhere, house, dry_run):
        leader = factories.worker(house.tenant_id, house.home_care, StaffRole.LEADER)
        content = b"Fornavn;Etternavn;F\xc3\xb8dselsdato\nKari;Demoli;02.03.1975\n"
        begun = services.start_import(
            actor=leader, unit_id=house.home_care, file_name="liste.csv", content=content, dry_run=dry_run
        )
        system = actors.system(house.tenant_id)
        services.content_to_read(actor=system, import_id=begun.id)
        services.accept_rows(actor=system, import_id=begun.id, rows=worker.rows_of(content))
        services.import_batch(actor=system, import_id=begun.id)

        done = PatientImport.objects.get(id=begun.id)
        assert (done.registered, done.known, done.closed, done.problems) == (0, 0, 1, [])
        assert bases(elsewhere, house.home_care) == {NUMBER_ONLY}


class TestEmergencyAccess:
    def test_opens_more_than_the_number_to_whoever_needs_it(self, nurse, elsewhere, house):
        services.open_emergency_access(
            actor=nurse, person_id=elsewhere.id, unit_id=house.home_care, reason=factories.REASON
        )

        answer = policies.may_open(nurse, elsewhere, at=clock.now())
        assert (answer.involvement, answer.emergency is not None) == (None, True)

    def test_is_not_needed_where_the_unit_follows_the_person_up(self, nurse, daughter, house):
        factories.involve(daughter, house.home_care)

        with pytest.raises(NotNeeded):
            services.open_emergency_access(
                actor=nurse, person_id=daughter.id, unit_id=house.home_care, reason=factories.REASON
            )


class TestSomebodyWhoHasBecomeStrictlyProtected:
    @pytest.fixture
    def hidden(self, daughter):
        Person.objects.filter(id=daughter.id).update(protected_address=ProtectedAddress.STRICT.value)
        daughter.refresh_from_db()
        return daughter

    def test_is_closed_to_whoever_only_has_the_number(self, nurse, hidden):
        with pytest.raises(Closed):
            selectors.family(actor=nurse, person_id=hidden.id)

        assert not selectors.visible_persons(actor=nurse).exists()

    def test_stays_open_to_whoever_follows_them_up(self, nurse, hidden, house):
        factories.involve(hidden, house.home_care, basis=InvolvementBasis.SUPPORT)

        assert selectors.family(actor=nurse, person_id=hidden.id).name == "Kari Demoli"
        assert selectors.visible_persons(actor=nurse).get().id == hidden.id


class TestAsksOfOneself:
    def test_are_answered_by_whoever_follows_one_up_and_not_by_whoever_has_the_number(self, here, house):
        account = factories.citizen_account(here)
        kari = factories.make_person("Kari", user=account)
        factories.involve(kari, house.carers, basis=InvolvementBasis.SUPPORT)
        newer = factories.involve(kari, house.home_care, basis=NUMBER_ONLY)
        newer.starts_at += timedelta(days=1)
        newer.save(update_fields=["starts_at"])

        asked = services.ask_for_correction(
            actor=factories.as_actor(account), about=About.OTHER, text="Navnet mitt er Karin."
        )

        assert asked.unit_id == house.carers


class TestANumberThatStandsOnARowThatTurnedOutToBeAnother:
    """As where somebody had a D number before they got a national one."""

    @pytest.fixture
    def merged(self, house):
        def made(number):
            kept = factories.make_person("Kari", number=factories.ANOTHER_NUMBER)
            gone = factories.make_person("Kari", number=number)
            for each in (kept, gone):
                factories.involve(each, house.home_care)
            leader = factories.worker(house.tenant_id, house.home_care, StaffRole.LEADER, name="Leif Demoleder")
            services.merge_persons(actor=leader, kept_id=kept.id, gone_id=gone.id, reason="Hadde D-nummer før.")
            return kept

        return made

    def test_keeps_ones_own_file_closed(self, merged, house):
        own = merged(factories.NUMBER)
        nurse = factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)

        with pytest.raises(NotAllowed):
            selectors.family(actor=nurse, person_id=own.id)
        assert not selectors.visible_persons(actor=nurse).filter(id=own.id).exists()

    def test_leads_to_ones_own_page(self, here, merged):
        own = merged(factories.NUMBER)
        account = factories.citizen_account(here)
        account.pid_hash = Person.objects.get(merged_into=own).pid_hash
        account.pid = factories.NUMBER
        account.save(update_fields=["pid", "pid_hash"])

        assert policies.registered_as(factories.as_actor(account)).person_id == own.id

    def test_many_accounts_at_once_lead_where_each_does(self, here, merged):
        own = merged(factories.NUMBER)
        nobody, by_account, by_number, by_both = (factories.citizen_account(here) for _each in range(4))
        for account, number in ((by_number, factories.NUMBER), (by_both, "03815000357")):
            account.pid, account.pid_hash = number, keyed_hash(number, purpose=PERSON_NUMBER)
            account.save(update_fields=["pid", "pid_hash"])
        factories.make_person("Ola", user=by_account)
        factories.make_person("Eva", user=by_both)
        factories.make_person("Eva", number="03815000357")
        ids = {each.id for each in (nobody, by_account, by_number, by_both)}

        found = selectors.accounts_registered_as(actor=factories.as_actor(nobody), user_ids=ids)

        assert found[by_number.id] == own.id
        assert found == {
            each.id: policies.registered_as(factories.as_actor(each)).person_id
            for each in (by_account, by_number, by_both)
        }

    @pytest.mark.parametrize("by", ["number", "name"])
    def test_finds_the_one_they_are_in_an_emergency(self, merged, house, by):
        kept = merged(factories.NUMBER)
        stranger = factories.worker(house.tenant_id, house.carers)
        sought = {
            "number": selectors.Sought(person_number=factories.NUMBER),
            "name": selectors.Sought(given_name="Kari", family_name="Demoli", birth_date=factories.BORN),
        }[by]

        assert selectors.person_for_emergency(actor=stranger, sought=sought) == kept.id

    def test_finds_the_person_in_a_first_talk(self, merged, nurse):
        own = merged(factories.NUMBER)

        assert selectors.patient_by_number(actor=nurse, number=factories.NUMBER) == own.id


class TestTheLastUnitThatHasToDoWithSomebodyUntold:
    @pytest.fixture
    def registered(self, nurse, house):
        mother = factories.make_person()
        factories.involve(mother, house.home_care)
        return services.register_carer(
            actor=nurse,
            unit_id=house.home_care,
            patient_id=mother.id,
            details=PersonDetails("Kari", "Demoli", date(1975, 3, 2)),
            relation=RelationDetails(RelationKind.CHILD, date(2020, 1, 1)),
        ).carer

    def close(self, actor, person, unit_id):
        row = Involvement.objects.get(person=person, unit_id=unit_id)
        return services.close_involvement(actor=actor, involvement_id=row.id)

    def test_tells_them_first(self, nurse, registered, house):
        with pytest.raises(StillToBeTold):
            self.close(nurse, registered, house.home_care)

        services.record_informed(actor=nurse, person_id=registered.id, how=How.LETTER)
        assert self.close(nurse, registered, house.home_care).ends_at is not None

    def test_may_leave_it_to_another(self, nurse, registered, house):
        factories.involve(registered, house.carers)

        assert self.close(nurse, registered, house.home_care).ends_at is not None

    def test_tells_the_dead_nothing(self, nurse, registered, house):
        Person.objects.filter(id=registered.id).update(died_on=clock.today())

        assert self.close(nurse, registered, house.home_care).ends_at is not None


def test_a_number_that_two_register_at_once_is_refused_to_the_second(nurse, house, monkeypatch):
    details = PersonDetails("Kari", "Demoli", date(1975, 3, 2), factories.NUMBER)
    services.register_person(actor=nurse, details=details, unit_id=house.home_care)
    # The second looked before the first had stored.
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda rows: False)

    with pytest.raises(AlreadyRegistered):
        services.register_person(actor=nurse, details=details, unit_id=house.home_care)


def test_whoever_becomes_a_carer_of_somebody_is_told_so_also_if_both_were_registered_before(nurse, house):
    mother, daughter = factories.make_person(), factories.make_person("Kari", birth_date=date(1975, 3, 2))
    for each in (mother, daughter):
        factories.involve(each, house.home_care)
    related = services.record_relation(
        actor=nurse,
        person_id=mother.id,
        related_id=daughter.id,
        details=RelationDetails(RelationKind.CHILD, date(2020, 1, 1)),
    )
    system = actors.system(house.tenant_id)
    assert selectors.to_be_informed_by(actor=system, person_id=daughter.id) is None

    services.give_role(
        actor=nurse,
        relation_id=related.id,
        patient_id=mother.id,
        carer_id=daughter.id,
        details=RoleDetails(Role.PAARORENDE, clock.today(), named_by_patient=True),
    )

    assert selectors.to_be_informed_by(actor=system, person_id=daughter.id) is not None
