"""Taking back a whole first talk: what it wrote holds no more, and what was built upon it keeps it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection

from medspiller.access.domain.roles import Role as StaffRole
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import NotFound
from medspiller.core.history import HistoryRow
from medspiller.people import registry, selectors, services
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.contacts import Channel
from medspiller.people.domain.first_talk import Carer, Child, FirstTalk, Patient, SaidToBe, TakenBack
from medspiller.people.domain.informing import How
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.domain.taking_back import TAKEN_BACK_WITHIN, CannotTakeBack, InTheWay, Problem
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    ChildTold,
    Consent,
    ContactPoint,
    InformationGiven,
    Involvement,
    Person,
    Relation,
    SearchName,
    Statement,
    live_at,
)
from medspiller.people.models import FirstTalk as Row
from medspiller.people.selectors import Sought
from medspiller.people.selectors._marks import mark_of
from medspiller.people.services import _written
from medspiller.people.services.taking_back import take_back_first_talk
from medspiller.people.tests import factories
from tests.support.database import HERE

ODDNY = PersonDetails("Oddny", "Demoli", birth_date=date(1968, 5, 17), person_number=factories.NUMBER)
KARI = Carer(
    details=PersonDetails("Kari", "Demolund"),
    kind=RelationKind.CHILD,
    said_to_be=SaidToBe.NEAREST,
    phone="00 00 00 01",
    safe_to_call=True,
    wants_contact=True,
    may_know=True,
    matters="Å få sove om natta.",
    channel=Channel.SMS,
)
PER = Child(details=PersonDetails("Per", ""), birth_year=2016)
# Tables of apps above that are about a person, and why nothing of them keeps a talk from being taken back.
ASKED_THERE = {
    "followup.CarerFile.carer_id", "followup.Plan.about_id", "followup.ConcernAssessment.child_id",
    "questionnaires.Response.subject_id", "questionnaires.Response.about_id",
}  # fmt: skip
RESTS_ON_WHAT_IS_ASKED = {
    "questionnaires.Chart.person_id": "drawn of answers",
    "questionnaires.Total.person_id": "of answers",
    "rights.KeptAnswer.person_id": "the citizen's own, who has an account then, which changes the person",
    "worklist.WorkItem.person_id": "withdrawn with it",
    "messages.Notice.person_id": "stopped with it",
}


def a_talk(**changes):
    said = {
        "patient": Patient(details=ODDNY, matters="Å bo hjemme."),
        "carers": (KARI,),
        "children": (PER,),
        "replies": ((ChildrenTopic.MINOR_SIBLINGS, ChildrenReply.NO),),
    }
    return FirstTalk(key=ids.new_id(), **(said | changes))


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, StaffRole.CARE_WORKER)


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, StaffRole.CARE_WORKER, name="Ragna Demoeng")


@pytest.fixture
def record(nurse, house):
    def recorded(talk=None):
        return services.record_first_talk(actor=nurse, unit_id=house.home_care, talk=talk or a_talk())

    return recorded


def acts(actor):
    """Let the database know who acts from now on, as a request of theirs does."""
    tenancy.enter_tenant(tenant_id=HERE, actor_id=actor.id)


def refused(actor, row):
    with pytest.raises(CannotTakeBack) as refusal:
        take_back_first_talk(actor=actor, talk_id=row.id)
    return refusal.value


def live(model):
    return list(model.objects.filter(live_at(clock.now())))


class TestWhatIsTakenBack:
    def test_nothing_of_a_family_holds_and_nobody_is_found(self, record, nurse):
        row = record()

        take_back_first_talk(actor=nurse, talk_id=row.id)

        for table in (CarerRole, Relation, ContactPoint, ChildTold, ChildrenAnswer, InformationGiven, SearchName):
            assert not table.objects.exists(), table
        assert live(Involvement) == []
        assert live(Consent) == []
        assert not Statement.objects.filter(ended_at=None).exists()
        assert Row.objects.get().taken_back_at is not None
        assert set(Row.objects.get().not_registered) == set(Person.objects.values_list("id", flat=True))
        with pytest.raises(NotFound):
            selectors.person(actor=nurse, person_id=row.patient_id)

    def test_what_stood_there_stays_in_the_history_and_the_log(self, record, nurse):
        row = record()
        before = set(AccessEntry.objects.values_list("id", flat=True))

        take_back_first_talk(actor=nurse, talk_id=row.id)

        history = CarerRole.pgh_event_model.objects.filter(patient_id=row.patient_id)
        assert sorted(history.values_list("pgh_label", "role")) == [
            ("delete", "BARN_PAARORENDE"),
            ("delete", "NAERMESTE"),
            ("insert", "BARN_PAARORENDE"),
            ("insert", "NAERMESTE"),
        ]
        assert before < set(AccessEntry.objects.values_list("id", flat=True))
        written = AccessEntry.objects.filter(action="people.take_back_first_talk")
        assert set(written.values_list("person_id", flat=True)) == set(Person.objects.values_list("id", flat=True))

    def test_the_same_can_be_registered_anew_with_the_same_number(self, record, nurse):
        first = record()
        take_back_first_talk(actor=nurse, talk_id=first.id)

        second = record()

        assert second.patient_id != first.patient_id
        assert Person.objects.get(pid_hash__isnull=False).id == second.patient_id

    def test_in_an_emergency_nobody_is_found_who_is_not_registered_any_more(self, record, nurse, house):
        row = record(a_talk(patient=Patient(details=replace(ODDNY, person_number=""))))
        sought = Sought(given_name="Oddny", family_name="Demoli", birth_date=ODDNY.birth_date)
        elsewhere = factories.worker(house.tenant_id, house.carers, StaffRole.CARE_WORKER, name="Anna Demo")
        assert selectors.person_for_emergency(actor=elsewhere, sought=sought) == row.patient_id

        take_back_first_talk(actor=nurse, talk_id=row.id)

        with pytest.raises(NotFound):
            selectors.person_for_emergency(actor=elsewhere, sought=sought)

    def test_figures_count_nobody_who_is_not_registered_any_more(self, record, nurse, house):
        leader = factories.worker(house.tenant_id, house.home_care, StaffRole.LEADER, name="Leif Demo")
        row = record()
        year = {"begins": row.recorded_at - timedelta(days=1), "ends": row.recorded_at + timedelta(days=1)}
        before = selectors.new_patients(actor=leader, **year)
        assert (before.number, before.with_first_talk) == (1, 1)

        take_back_first_talk(actor=nurse, talk_id=row.id)

        after = selectors.new_patients(actor=leader, **year)
        assert (after.number, after.with_first_talk) == (0, 0)

    def test_the_same_form_sent_again_is_not_stored_in_silence(self, record, nurse):
        talk = a_talk()
        row = record(talk)
        take_back_first_talk(actor=nurse, talk_id=row.id)

        with pytest.raises(TakenBack):
            record(talk)

    def test_what_stood_before_stands_again(self, record, nurse, house):
        patient = factories.make_person(number=factories.NUMBER)
        factories.involve(patient, house.home_care)
        kari = factories.make_person("Kari", "Demolund", birth_date=None)
        factories.involve(kari, house.home_care)
        Person.objects.filter(id=kari.id).update(best_time="om kvelden")
        son = factories.make_person("Ola", "Demoli", birth_date=date(1990, 1, 1))
        relation = Relation.objects.create(
            **dict(zip(("person", "related"), sorted((patient, son), key=lambda each: each.id), strict=True)),
            kind="friend", valid_from=clock.today() - timedelta(days=9),
        )  # fmt: skip
        fallback = CarerRole.objects.create(
            relation=relation, patient=patient, carer=son, role=Role.NAERMESTE_STATUTORY.value,
            reasoning="Kom hver dag.", valid_from=clock.today() - timedelta(days=5), recorded_by=nurse.id,
            recorded_at=clock.now(),
        )  # fmt: skip
        services.answer_children(
            actor=nurse, patient_id=patient.id, unit_id=house.home_care,
            topic=ChildrenTopic.MINOR_SIBLINGS, reply=ChildrenReply.YES,
        )  # fmt: skip
        chosen = replace(KARI, person_id=kari.id, best_time="om morgenen")
        row = record(a_talk(patient=Patient(ODDNY, person_id=patient.id, seen=mark_of(patient.id)), carers=(chosen,)))
        fallback.refresh_from_db()
        assert fallback.valid_to == clock.today()

        take_back_first_talk(actor=nurse, talk_id=row.id)

        fallback.refresh_from_db()
        kari.refresh_from_db()
        patient.refresh_from_db()
        assert (fallback.valid_to, fallback.end_reason) == (None, "")
        assert (kari.best_time, kari.preferred_channel) == ("om kvelden", "")
        assert ChildrenAnswer.objects.get().reply == "yes"
        assert patient.pid_hash is not None
        assert {each.person_id for each in live(Involvement)} == {patient.id, kari.id}
        assert Row.objects.get().not_registered == [Person.objects.get(given_name="Per").id]
        assert selectors.first_talk(actor=nurse, talk_id=row.id).taken_back_at is not None


class TestWho:
    def test_nobody_else_takes_it_back(self, record, colleague):
        row = record()

        with pytest.raises(NotFound):
            take_back_first_talk(actor=colleague, talk_id=row.id)
        with pytest.raises(NotFound):
            selectors.talk_to_take_back(actor=colleague, talk_id=row.id)
        assert not selectors.first_talk(actor=colleague, talk_id=row.id).can_be_taken_back

    def test_half_an_hour_and_no_longer(self, record, nurse):
        row = record()
        assert selectors.first_talk(actor=nurse, talk_id=row.id).can_be_taken_back

        with clock.frozen(row.recorded_at + TAKEN_BACK_WITHIN):
            assert not selectors.first_talk(actor=nurse, talk_id=row.id).can_be_taken_back
            assert refused(nurse, row).problem is Problem.TOO_LATE
        assert len(live(Involvement)) == 3

    def test_there_is_no_such_talk(self, nurse):
        with pytest.raises(NotFound):
            take_back_first_talk(actor=nurse, talk_id=ids.new_id())


class TestWhatIsInTheWay:
    def stays(self, nurse, row):
        refusal = refused(nurse, row)
        assert refusal.problem is Problem.BUILT_UPON
        assert Row.objects.get(id=row.id).taken_back_at is None
        found = selectors.talk_to_take_back(actor=nurse, talk_id=row.id)
        assert (found.problem, found.in_the_way, found.others) == (
            refusal.problem, refusal.in_the_way, refusal.others,
        )  # fmt: skip
        return list(refusal.in_the_way)

    def test_a_role_that_a_colleague_ended(self, record, nurse, colleague):
        row = record()
        acts(colleague)
        services.end_role(actor=colleague, role_id=CarerRole.objects.get(role="NAERMESTE").id)

        assert self.stays(nurse, row) == [InTheWay.ROLE]

    def test_what_one_changed_oneself_is_not(self, record, nurse):
        acts(nurse)
        row = record()
        services.end_role(actor=nurse, role_id=CarerRole.objects.get(role="NAERMESTE").id)

        take_back_first_talk(actor=nurse, talk_id=row.id)

        assert live(Involvement) == []

    def test_a_consent_that_the_patient_withdrew(self, record, nurse, colleague):
        row = record()
        acts(colleague)
        services.withdraw_consent(actor=colleague, consent_id=Consent.objects.get().id)

        assert self.stays(nurse, row) == [InTheWay.CONSENT]

    def test_a_name_that_was_added_to_somebody_it_registered(self, record, nurse):
        row = record()
        kari = Person.objects.get(given_name="Kari")
        services.record_statement(actor=nurse, owner_id=kari.id, text="Vil ha fri på søndager.")

        assert self.stays(nurse, row) == [InTheWay.MORE]

    def test_what_a_colleague_wrote_since_of_a_patient_who_was_known(self, record, nurse, colleague, house):
        patient = factories.make_person(number=factories.NUMBER)
        factories.involve(patient, house.home_care)
        row = record(a_talk(patient=Patient(ODDNY, person_id=patient.id, seen=mark_of(patient.id))))
        acts(colleague)
        services.record_statement(actor=colleague, owner_id=patient.id, text="Vil bo hjemme så lenge det går.")

        assert self.stays(nurse, row) == [InTheWay.MORE]

    def test_another_talk_since_in_which_somebody_known_is_a_carer_too(self, record, nurse, house):
        kari = factories.make_person("Kari", "Demolund", birth_date=None)
        factories.involve(kari, house.home_care)
        row = record(a_talk(carers=(replace(KARI, person_id=kari.id),)))
        other = PersonDetails("Arne", "Demovik", birth_date=date(1950, 2, 3))
        record(a_talk(patient=Patient(details=other), carers=(replace(KARI, person_id=kari.id),), children=()))

        assert self.stays(nurse, row) == [InTheWay.MORE]
        assert InformationGiven.objects.filter(person=kari).exists()

    def test_that_nobody_noted_what_it_wrote(self, record, nurse):
        row = record()
        Row.objects.filter(id=row.id).update(written={})

        assert refused(nurse, row).problem is Problem.TOO_LATE
        assert not selectors.first_talk(actor=nurse, talk_id=row.id).can_be_taken_back

    def test_a_carer_who_was_told(self, record, nurse):
        row = record()
        kari = Person.objects.get(given_name="Kari")
        services.record_informed(actor=nurse, person_id=kari.id, how=How.TALK)

        assert self.stays(nurse, row) == [InTheWay.TOLD]

    def test_a_file_of_follow_up_and_a_form(self, record, nurse, monkeypatch):
        row = record()
        kari = Person.objects.get(given_name="Kari")
        asked = []

        def begun(*, actor, person_ids, since):
            asked.append((set(person_ids), since))
            return ["A file has been opened."]

        monkeypatch.setattr(registry, "_built", [begun])

        assert self.stays(nurse, row) == []
        assert refused(nurse, row).others == ("A file has been opened.",)
        assert asked[0] == ({row.patient_id, kari.id, Person.objects.get(given_name="Per").id}, row.recorded_at)

    def test_every_table_of_apps_above_is_asked_or_left_out_by_name(self):
        about = {
            f"{model._meta.label}.{field.attname}"
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if field.related_model is Person and model._meta.app_label != "people" and not issubclass(model, HistoryRow)
        }

        assert {each.replace("notices.", "messages.") for each in about} == {*ASKED_THERE, *RESTS_ON_WHAT_IS_ASKED}


def test_what_a_talk_wrote_is_found_without_going_through_what_others_wrote(here):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {_written._UPTO}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Scan" not in plan
    stood = _written.so_far()
    made = factories.make_person()
    assert [(each.table, each.id, each.is_new) for each in _written.since(stood)] == [("people.Person", made.id, True)]
