"""Writing the log: what is stored, in which transaction, and what happens when it cannot be."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from medspiller.audit import services
from medspiller.audit.domain import Audience, Basis, BasisCode, Information, Kind, Shown, Withheld, WithheldReason
from medspiller.audit.domain.information import InformationMissing, UnknownSearchTerm
from medspiller.audit.domain.visibility import NothingToRelease
from medspiller.audit.models import AccessEntry, Release
from medspiller.audit.tests.actors import HOME_CARE, NURSING_HOME, citizen, job, leader, nurse, nurse_elsewhere
from medspiller.core import clock, tenancy
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from medspiller.core.models import Delivery
from tests.support.database import ELSEWHERE, HERE

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
PERSON = uuid4()
ROLE_REFUSED = NotAllowed(action="people.view_carers", reason="role", subject_id=PERSON)


def inside(tenant_id=HERE):
    return tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=uuid4())


def read(person_id=PERSON, **facts):
    usual = {"actor": nurse(), "action": "people.view_carers", "kind": "read", "information": "carers"}
    return services.record(**(usual | {"person_id": person_id} | facts))


def in_one_transaction(*steps):
    with inside():
        for step in steps:
            step()


def breaking(error):
    def fail():
        raise error

    return fail


def deliver_something():
    Delivery.objects.claim(event_id=uuid4(), subscriber="somebody")


class TestRecord:
    def test_keeps_who_did_what_about_whom_when_and_why(self, here):
        actor, subject, decision = nurse(), uuid4(), uuid4()
        basis = Basis(code=BasisCode.BLUE_LIGHT, text="Falt hjemme", decision_id=decision, chosen_by_actor=True)

        with clock.frozen(NOON):
            entry_id = services.record(
                actor=actor,
                action="people.change_role",
                information=["carers", "consents"],
                subject_type="people.Relation",
                subject_id=subject,
                person_id=PERSON,
                basis=basis,
            )

        kept = AccessEntry.objects.get(id=entry_id)
        assert (kept.tenant_id, kept.at, kept.kind, kept.action) == (here, NOON, "write", "people.change_role")
        assert (kept.actor_id, kept.actor_name, kept.actor_organisation) == (
            actor.id,
            "Nora Nattevakt",
            "Bærum kommune",
        )
        assert (kept.actor_unit_id, kept.actor_role, kept.request_id) == (HOME_CARE, "Sykepleier", "req-1")
        assert (kept.basis, kept.basis_text, kept.decision_id) == ("blue_light", "Falt hjemme", decision)
        assert kept.chosen_by_actor
        assert kept.information == ["carers", "consents"]
        assert (kept.subject_type, kept.subject_id, kept.person_id) == ("people.Relation", subject, PERSON)
        assert (kept.withheld, kept.withheld_reason) == ("none", "")

    def test_a_write_about_nobody_needs_no_information(self, here):
        entry_id = services.record(actor=leader(), action="access.grant_role", basis="administration")

        kept = AccessEntry.objects.get(id=entry_id)
        assert (kept.person_id, kept.information) == (None, [])

    def test_what_a_citizen_does_with_their_own_has_its_ground(self, here):
        entry_id = read(actor=citizen(PERSON))

        assert AccessEntry.objects.get(id=entry_id).basis == BasisCode.OWN

    def test_a_job_has_its_ground(self, here):
        entry_id = read(actor=job())

        assert AccessEntry.objects.get(id=entry_id).basis == BasisCode.SYSTEM

    def test_refuses_a_read_that_does_not_say_what_was_read(self, here):
        with pytest.raises(InformationMissing):
            read(information="")

    def test_withholds_what_is_tied_to_a_concern_for_a_child_unasked(self, here):
        entry_id = read(information=["notes", "concern_for_child"])

        kept = AccessEntry.objects.get(id=entry_id)
        assert kept.withheld == Withheld.PERSON_AND_REPRESENTATIVES
        assert kept.withheld_reason == WithheldReason.CONCERN_FOR_CHILD

    def test_writes_nothing_outside_a_transaction_of_a_tenant(self, committed):
        with pytest.raises(DatabaseError):
            read()

    def test_cannot_write_into_another_tenants_log(self, here):
        with pytest.raises(DatabaseError), transaction.atomic():
            read(actor=nurse_elsewhere())

    def test_an_actor_of_no_tenant_writes_into_the_open_transactions_log(self, here):
        entry_id = read(actor=nurse(tenant_id=None))

        assert AccessEntry.objects.get(id=entry_id).tenant_id == HERE

    def test_is_gone_if_what_it_tells_of_is_rolled_back(self, committed):
        with pytest.raises(ConnectionError):
            in_one_transaction(read, breaking(ConnectionError()))

        with inside():
            assert not AccessEntry.objects.exists()


class TestRecordList:
    def test_writes_fifty_persons_in_one_statement(self, here):
        people = [Shown(person_id=uuid4()) for _ in range(50)]

        with CaptureQueriesContext(connection) as queries:
            list_id = services.record_list(
                actor=nurse(), action="people.list", information="carers", shown=people, basis="involvement"
            )

        assert len(queries) == 1
        kept = AccessEntry.objects.filter(list_id=list_id)
        assert {row.person_id for row in kept} == {person.person_id for person in people}
        assert {(row.kind, row.basis) for row in kept} == {("read", "involvement")}

    def test_each_person_can_have_a_basis_information_and_withholding_of_their_own(self, here):
        plain, hidden = uuid4(), uuid4()
        own_basis = Basis(code=BasisCode.INVOLVEMENT, unit_id=NURSING_HOME, unit_name="Åsen", decided_at=NOON)

        services.record_list(
            actor=nurse(),
            action="people.list",
            information=("name_and_birth", "carers"),
            shown=[
                Shown(person_id=plain),
                Shown(person_id=hidden, information=("protected_address", "plan"), basis=own_basis),
            ],
        )

        by_person = {row.person_id: row for row in AccessEntry.objects.all()}
        assert by_person[plain].information == ["name_and_birth", "carers"]
        assert (by_person[plain].basis, by_person[plain].withheld) == ("", "none")
        assert by_person[hidden].information == ["protected_address", "plan"]
        assert (by_person[hidden].care_unit_id, by_person[hidden].decided_at) == (NURSING_HOME, NOON)
        assert by_person[hidden].withheld_reason == WithheldReason.PROTECTED_ADDRESS

    def test_an_empty_list_shows_nobody(self, here):
        services.record_list(actor=nurse(), action="people.list", information="carers", shown=[])

        assert not AccessEntry.objects.exists()

    def test_refuses_a_list_that_does_not_say_what_it_shows(self, here):
        with pytest.raises(InformationMissing):
            services.record_list(actor=nurse(), action="people.list", information="", shown=[Shown(person_id=PERSON)])


class TestRecordSearch:
    def test_writes_the_search_and_whom_it_found_in_one_statement(self, here):
        with CaptureQueriesContext(connection) as queries:
            list_id = services.record_search(
                actor=nurse(),
                action="people.search",
                terms_description=["person_number", "name"],
                shown=[Shown(person_id=PERSON)],
                information="name_and_birth",
            )

        assert len(queries) == 1
        search, found = AccessEntry.objects.filter(list_id=list_id, kind=Kind.SEARCH).order_by("id")
        assert (search.person_id, search.searched_by) == (None, ["name", "person_number"])
        assert (found.person_id, found.information) == (PERSON, ["name_and_birth"])

    def test_a_search_that_found_nobody_is_in_the_log_too(self, here):
        services.record_search(actor=nurse(), action="people.search", terms_description="name", shown=[])

        assert AccessEntry.objects.get().searched_by == ["name"]

    def test_never_stores_what_was_typed(self, here):
        with pytest.raises(UnknownSearchTerm):
            services.record_search(actor=nurse(), action="people.search", terms_description="17837499905", shown=[])


class TestRecordRefusal:
    def test_survives_the_rollback_of_what_was_refused(self, committed):
        with pytest.raises(NotAllowed) as refusal:
            in_one_transaction(read, breaking(ROLE_REFUSED))

        services.record_refusal(actor=nurse(), refusal=refusal.value, person_id=PERSON, information=["carers"])

        with inside():
            kept = AccessEntry.objects.get()
        assert (kept.kind, kept.action, kept.refusal_reason) == ("refused", "people.view_carers", "role")
        assert (kept.subject_id, kept.person_id) == (PERSON, PERSON)

    def test_refuses_to_be_called_inside_the_transaction_that_will_be_rolled_back(self, committed):
        with inside(), pytest.raises(RuntimeError, match="durable"):
            services.record_refusal(actor=nurse(), refusal=ROLE_REFUSED)

    def test_has_no_log_to_write_in_without_a_tenant(self, committed):
        with pytest.raises(services.NoTenant):
            services.record_refusal(actor=nurse(tenant_id=None), refusal=ROLE_REFUSED)

    def test_is_written_for_the_actors_tenant(self, committed):
        services.record_refusal(actor=nurse_elsewhere(), refusal=ROLE_REFUSED)

        with inside(ELSEWHERE):
            assert AccessEntry.objects.count() == 1
        with inside(HERE):
            assert AccessEntry.objects.count() == 0


class TestALogThatCannotBeWritten:
    @pytest.fixture
    def full(self, committed):
        with connections["owner"].cursor() as owner:
            owner.execute("REVOKE INSERT ON audit_accessentry FROM medspiller_web")
        yield
        with connections["owner"].cursor() as owner:
            owner.execute("GRANT INSERT ON audit_accessentry TO medspiller_web")

    def test_makes_the_read_fail_so_that_nothing_is_shown(self, full):
        shown = []

        with pytest.raises(DatabaseError):
            in_one_transaction(read, lambda: shown.append("the list"))

        assert shown == []

    def test_keeps_the_write_that_it_tells_of_from_being_stored(self, full):
        with pytest.raises(DatabaseError):
            in_one_transaction(deliver_something, lambda: read(kind="write"))

        with inside():
            assert not Delivery.objects.exists()


class TestRelease:
    def withheld(self, **facts):
        return read(**({"information": "safety"} | facts))

    def test_keeps_who_opened_what_to_whom_and_why(self, here):
        entry_id, opener = self.withheld(), leader()

        with clock.frozen(NOON):
            release_id = services.release(actor=opener, entry_id=entry_id, reason="  Faren er over ")

        kept = Release.objects.get(id=release_id)
        assert (kept.entry_id, kept.to_whom, kept.reason) == (entry_id, Audience.PERSON, "Faren er over")
        assert (kept.released_by, kept.released_by_name, kept.at) == (opener.id, "Leif Leder", NOON)

    def test_leaves_the_entry_itself_as_it_was(self, here):
        entry_id = self.withheld()
        before = AccessEntry.objects.filter(id=entry_id).values().get()

        services.release(actor=leader(), entry_id=entry_id, reason="Faren er over")

        assert AccessEntry.objects.filter(id=entry_id).values().get() == before

    @pytest.mark.parametrize(
        ("to_whom", "left"),
        [
            (Audience.PERSON, Withheld.REPRESENTATIVES),
            (Audience.PERSON_AND_REPRESENTATIVES, Withheld.NONE),
        ],
    )
    def test_is_itself_in_the_log_for_those_who_now_see_the_entry(self, here, to_whom, left):
        entry_id = self.withheld()

        services.release(actor=leader(), entry_id=entry_id, reason="Faren er over", to_whom=to_whom)

        told = AccessEntry.objects.get(action="audit.release_entry")
        assert (told.subject_id, told.person_id, told.withheld) == (entry_id, PERSON, left)
        assert (told.kind, told.information) == ("write", [Information.ACCESS_LOG])

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_refuses_without_a_reason(self, here, reason):
        entry_id = self.withheld()

        with pytest.raises(InvalidInput):
            services.release(actor=leader(), entry_id=entry_id, reason=reason)

    def test_refuses_what_everybody_it_names_can_see(self, here):
        entry_id = self.withheld()
        services.release(actor=leader(), entry_id=entry_id, reason="Faren er over")

        with pytest.raises(NothingToRelease):
            services.release(actor=leader(), entry_id=entry_id, reason="En gang til")

    @pytest.mark.parametrize("actor", [nurse(), citizen(PERSON), job()], ids=lambda actor: actor.kind)
    def test_refuses_those_without_the_role(self, here, actor):
        entry_id = self.withheld()

        with pytest.raises(NotAllowed):
            services.release(actor=actor, entry_id=entry_id, reason="Faren er over")

    def test_refuses_the_person_themselves_though_a_leader(self, here):
        entry_id = self.withheld()

        with pytest.raises(NotAllowed) as refusal:
            services.release(actor=leader(person_id=PERSON), entry_id=entry_id, reason="Gjelder meg")

        assert refusal.value.reason == "own_file"

    def test_does_not_know_entries_of_other_units(self, here):
        entry_id = self.withheld(actor=nurse(unit_id=NURSING_HOME))

        with pytest.raises(NotFound):
            services.release(actor=leader(), entry_id=entry_id, reason="Faren er over")

    def test_does_not_know_entries_of_other_tenants(self, committed):
        with inside(ELSEWHERE):
            entry_id = self.withheld(actor=nurse_elsewhere())

        with inside(HERE), pytest.raises(NotFound):
            services.release(actor=leader(), entry_id=entry_id, reason="Faren er over")


class TestTheDatabase:
    """What the rules say, the tables hold too."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "peeked"},
            {"actor_kind": "robot"},
            {"basis": "curiosity"},
            {"withheld": "representatives"},
            {"withheld_reason": "safety"},
            {"refusal_reason": "role"},
            {"information": []},
        ],
        ids=str,
    )
    def test_refuses_an_entry_that_breaks_a_rule(self, here, wrong):
        fitting = {
            "at": NOON,
            "kind": "read",
            "action": "people.view_carers",
            "actor_id": uuid4(),
            "actor_kind": "staff",
            "withheld": "none",
            "information": ["carers"],
            "person_id": PERSON,
        }
        AccessEntry.objects.create(**fitting)

        with pytest.raises(IntegrityError), transaction.atomic():
            AccessEntry.objects.create(**(fitting | wrong))
