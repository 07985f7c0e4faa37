"""The first talk as a service: everything that was said is stored, once, or nothing."""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Q

from medspiller.access.domain.roles import Role as StaffRole
from medspiller.audit.models import AccessEntry
from medspiller.core import ids
from medspiller.core.errors import NotAllowed
from medspiller.people import services
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.contacts import Channel
from medspiller.people.domain.first_talk import (
    AlreadyTold,
    Carer,
    Child,
    FirstTalk,
    FirstTalkInvalid,
    LooksAfter,
    Patient,
    PatientChanged,
    SaidToBe,
)
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    ChildTold,
    Consent,
    ContactPoint,
    Involvement,
    Person,
    Relation,
    Statement,
)
from medspiller.people.models import FirstTalk as Row
from medspiller.people.selectors._marks import mark_of
from medspiller.people.services import first_talk
from medspiller.people.tests import factories

PATIENT = PersonDetails("Oddny", "Demoli", birth_date=date(1968, 5, 17))
DAUGHTER = Carer(
    details=PersonDetails("Kari", "Demolund"),
    kind=RelationKind.CHILD,
    cohabiting=False,
    said_to_be=SaidToBe.NEAREST,
    phone="00 00 00 01",
    safe_to_call=True,
    safe_to_leave_message=False,
    wants_contact=True,
    may_know=True,
    matters="Å få sove om natta.",
)
NOT_ASKED = tuple((topic, ChildrenReply.NOT_ASKED) for topic in ChildrenTopic)
BOY = Child(details=PersonDetails("Per", ""), birth_year=2016, looked_after_by=LooksAfter.OTHER_PARENT)


def a_talk(**changes):
    said = {
        "patient": Patient(details=PATIENT, matters="Å bo hjemme."),
        "carers": (DAUGHTER,),
        "children": (BOY,),
        "replies": ((ChildrenTopic.MINOR_SIBLINGS, ChildrenReply.NO),),
    }
    return FirstTalk(key=ids.new_id(), **(said | changes))


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, StaffRole.CARE_WORKER)


@pytest.fixture
def record(nurse, house):
    def recorded(talk, *, actor=nurse):
        return services.record_first_talk(actor=actor, unit_id=house.home_care, talk=talk)

    return recorded


def invalid(recorded):
    with pytest.raises(FirstTalkInvalid) as refusal:
        recorded()
    return [(str(each.part), each.row, each.detail, each.code) for each in refusal.value.problems]


def nothing_stored():
    tables = (
        Row,
        Person,
        Relation,
        CarerRole,
        Involvement,
        ContactPoint,
        Consent,
        Statement,
        ChildrenAnswer,
        ChildTold,
    )
    return [table.__name__ for table in tables if table.objects.exists()] == []


class TestOneTransaction:
    def test_stores_the_whole_family(self, record, house):
        row = record(a_talk())

        patient, kari, per = row.patient, Person.objects.get(given_name="Kari"), Person.objects.get(given_name="Per")
        bases = dict(Involvement.objects.values_list("person_id", "basis"))
        assert bases == {patient.id: "treatment", kari.id: "support", per.id: "child_next_of_kin"}
        roles = CarerRole.objects.values_list("carer__given_name", "role", "named_by_patient", "valid_to")
        assert set(roles) == {("Kari", "NAERMESTE", True, None), ("Per", "BARN_PAARORENDE", None, date(2035, 1, 1))}
        phone = ContactPoint.objects.get(person=kari)
        assert (phone.safe_to_call, phone.safe_to_leave_message, phone.own) == (True, False, True)
        told = ChildTold.objects.get()
        assert (told.patient_id, told.child_id, told.birth_year, told.looked_after_by) == (
            patient.id, per.id, 2016, "other_parent",
        )  # fmt: skip
        consent = Consent.objects.get()
        assert (consent.owner_id, consent.to_person_id, consent.topics) == (patient.id, kari.id, ["health"])
        assert per.family_name == "Demoli"

    def test_what_matters_has_two_owners(self, record):
        row = record(a_talk())

        said = {each.owner_id: each.text for each in Statement.objects.all()}
        assert said == {
            row.patient_id: "Å bo hjemme.",
            Person.objects.get(given_name="Kari").id: "Å få sove om natta.",
        }

    def test_what_the_law_asks_for_is_written_down_also_where_nobody_asked(self, record):
        record(a_talk(children=(), replies=()))

        assert dict(ChildrenAnswer.objects.values_list("topic", "reply")) == {}
        record(a_talk(patient=Patient(PersonDetails("Odd", "Demomo")), carers=(), children=(), replies=NOT_ASKED))
        assert dict(ChildrenAnswer.objects.values_list("topic", "reply")) == {
            "minor_children": "not_asked",
            "minor_siblings": "not_asked",
        }

    def test_a_fault_in_the_last_step_leaves_nothing(self, record, monkeypatch):
        def fails(**_given):
            raise RuntimeError("the disk is full")

        monkeypatch.setattr(first_talk.Row.objects, "create", fails)
        with pytest.raises(RuntimeError):
            record(a_talk())

        assert nothing_stored()

    def test_a_refusal_in_the_last_row_leaves_nothing(self, record):
        elder = replace(BOY, details=PersonDetails("Per", "", birth_date=date(2016, 1, 1)), birth_year=None)
        young = Patient(details=replace(PATIENT, birth_date=date(2016, 6, 1)))

        assert invalid(lambda: record(a_talk(patient=young, carers=(), children=(elder,)))) == [
            ("children", 0, "kind", "child_older_than_parent")
        ]
        assert nothing_stored()

    def test_under_sixteen_the_parents_consent_and_not_the_child(self, record):
        young = Patient(details=replace(PATIENT, birth_date=date(2014, 6, 1)))
        parent = replace(DAUGHTER, kind=RelationKind.PARENT, parental=True)

        assert invalid(lambda: record(a_talk(patient=young, carers=(parent,), children=()))) == [
            ("carers", 0, "may_know", "too_young")
        ]
        record(a_talk(patient=young, carers=(replace(parent, may_know=None),), children=()))
        assert set(CarerRole.objects.values_list("role", flat=True)) == {"NAERMESTE", "FORELDREANSVAR"}


class TestCarers:
    def test_one_who_wants_no_contact_is_only_somebody_to_call(self, record):
        record(a_talk(carers=(replace(DAUGHTER, wants_contact=None, matters=""),), children=()))

        kari = Person.objects.get(given_name="Kari")
        assert Involvement.objects.get(person=kari).basis == "emergency_contact"
        assert ContactPoint.objects.filter(person=kari).exists()

    def test_wishes_stand_on_the_carers_own_page(self, record):
        record(a_talk(carers=(replace(DAUGHTER, channel=Channel.SMS, best_time="etter  fire"),)))

        kari = Person.objects.get(given_name="Kari")
        assert (kari.preferred_channel, kari.best_time, kari.version) == ("sms", "etter fire", 2)

    def test_nobody_is_nearest_because_nobody_was_asked(self, record):
        record(a_talk(carers=(replace(DAUGHTER, said_to_be=None, may_know=None),), children=()))

        assert not CarerRole.objects.exists()
        assert not Consent.objects.exists()

    def test_the_fallback_says_why(self, record):
        taken = replace(DAUGHTER, said_to_be=SaidToBe.TAKEN_TO_BE_NEAREST, reasoning="Ser henne hver dag.")
        record(a_talk(carers=(taken,), children=()))

        role = CarerRole.objects.get()
        assert (role.role, role.reasoning) == ("NAERMESTE_STATUTORY", "Ser henne hver dag.")

    def test_somebody_known_is_chosen_and_not_made_again(self, record, house):
        kari = factories.make_person("Kari", "Demolund", birth_date=None)
        factories.involve(kari, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)

        with pytest.raises(services.MaybeKnown) as maybe:
            record(a_talk())
        assert [(str(part), row) for part, row in maybe.value.who] == [("carers", 0)]
        record(a_talk(carers=(replace(DAUGHTER, person_id=kari.id),)))

        assert Person.objects.filter(given_name="Kari").count() == 1
        # The unit had her number before; now she wants to be followed up.
        assert set(Involvement.objects.filter(person=kari).values_list("basis", flat=True)) == {
            "emergency_contact",
            "support",
        }

    def test_none_of_those_is_somebody_new(self, record, house):
        kari = factories.make_person("Kari", "Demolund", birth_date=date(1999, 1, 1))
        factories.involve(kari, house.home_care)

        record(a_talk(carers=(replace(DAUGHTER, is_new=True),)))

        assert Person.objects.filter(given_name="Kari").count() == 2

    def test_nobody_is_told_of_those_whom_the_unit_does_not_follow_up(self, record):
        factories.make_person("Kari", "Demolund")

        record(a_talk())

        assert Person.objects.filter(given_name="Kari").count() == 2


class TestPatient:
    def test_is_found_by_number_alone(self, record, house):
        known = factories.make_person(number=factories.NUMBER)
        factories.involve(known, house.home_care)

        row = record(a_talk(patient=Patient(PersonDetails("", "", person_number=factories.NUMBER))))

        assert row.patient_id == known.id

    def test_a_number_of_somebody_elsewhere_is_refused_and_says_no_name(self, record):
        factories.make_person(number=factories.NUMBER)
        stranger = Patient(PersonDetails("Oddny", "Demoli", person_number=factories.NUMBER))

        assert invalid(lambda: record(a_talk(patient=stranger))) == [("patient", 0, "person_number", "elsewhere")]

    def test_whoever_was_opened_in_an_emergency_is_followed_up_from_now_on(self, record, house, nurse):
        known = factories.make_person(number=factories.NUMBER)
        opened = services.open_emergency_access(
            actor=nurse, person_id=known.id, unit_id=house.home_care, reason=factories.REASON
        )

        record(a_talk(patient=Patient(PersonDetails("", "", person_number=factories.NUMBER))))

        begun = Involvement.objects.get(person=known)
        assert (begun.basis, begun.emergency_access_id) == ("treatment", opened.id)

    def test_a_number_with_another_name_is_asked_about(self, record, house):
        known = factories.make_person(number=factories.NUMBER)
        factories.involve(known, house.home_care)

        with pytest.raises(PatientChanged):
            record(a_talk(patient=Patient(PersonDetails("Liv", "Demodal", person_number=factories.NUMBER))))

    def test_an_unknown_number_without_a_name_is_nobody(self, record):
        alone = Patient(PersonDetails("", "", person_number=factories.NUMBER))

        assert invalid(lambda: record(a_talk(patient=alone))) == [("patient", 0, "given_name", "number_unknown")]

    def test_the_second_of_two_colleagues_is_shown_what_the_first_wrote(self, record, house):
        known = factories.make_person("Oddny", "Demoli")
        factories.involve(known, house.home_care)
        both_saw = mark_of(known.id)
        record(a_talk(patient=Patient(PATIENT, person_id=known.id, seen=both_saw)))

        with pytest.raises(PatientChanged):
            record(a_talk(patient=Patient(PATIENT, person_id=known.id, seen=both_saw)))

    def test_oneself_is_nobodys_patient(self, record, house):
        nurse = factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)
        herself = factories.make_person(number=factories.NUMBER)
        factories.involve(herself, house.home_care)

        with pytest.raises(NotAllowed):
            record(a_talk(patient=Patient(PersonDetails("", "", person_number=factories.NUMBER))), actor=nurse)


class TestSentTwice:
    def test_the_same_form_is_stored_once(self, record):
        talk = a_talk()

        assert record(talk).id == record(talk).id
        assert (Person.objects.count(), Consent.objects.count(), Statement.objects.count()) == (3, 1, 2)

    def test_with_more_in_it_nothing_is_lost_in_silence(self, record):
        talk = a_talk()
        first = record(talk)

        with pytest.raises(AlreadyTold) as refusal:
            record(replace(talk, carers=(*talk.carers, replace(DAUGHTER, details=PersonDetails("Liv", "Demodal")))))
        assert (refusal.value.talk_id, refusal.value.person_id) == (first.id, first.patient_id)

    def test_a_colleagues_form_is_another_form(self, record, house):
        colleague = factories.worker(house.tenant_id, house.home_care, name="Ragna Demoeng")
        talk = a_talk(carers=(), children=())
        other = replace(talk, patient=Patient(PersonDetails("Odd", "Demomo")))

        assert record(talk).id != record(other, actor=colleague).id


class TestTheLog:
    def test_names_each_and_what(self, record):
        row = record(a_talk())

        written = {
            (entry.person_id == row.patient_id, entry.action)
            for entry in AccessEntry.objects.filter(kind="write", person_id__isnull=False)
        }
        assert {
            (True, "people.register_person"),
            (True, "people.edit_relation"),
            (True, "people.edit_role"),
            (True, "people.give_consent"),
            (True, "people.answer_children"),
            (True, "people.record_statement"),
            (False, "people.register_person"),
            (False, "people.record_statement"),
        } <= written

    def test_a_role_that_may_not_register_is_refused(self, record, house):
        steering = factories.worker(house.tenant_id, house.home_care, StaffRole.STRATEGY_OWNER)

        with pytest.raises(NotAllowed):
            record(a_talk(), actor=steering)
        assert nothing_stored()


class TestTheNumberOfAChild:
    def test_is_kept_where_it_is_given(self, record):
        record(a_talk(children=(replace(BOY, details=PersonDetails("Per", "", person_number=factories.NUMBER)),)))

        per = Person.objects.get(given_name="Per")
        assert per.pid == factories.NUMBER
        assert ChildTold.objects.get().birth_year == 2016

    def test_finds_the_child_whom_another_unit_registered_and_opens_nothing(self, record, nurse, house):
        known = factories.make_person("Per", "Demoli", birth_date=date(2016, 3, 1), number=factories.NUMBER)
        factories.involve(known, house.carers)

        record(a_talk(children=(replace(BOY, details=PersonDetails("Per", "", person_number=factories.NUMBER)),)))

        assert Person.objects.filter(given_name="Per").count() == 1
        assert ChildTold.objects.get().child_id == known.id
        assert Relation.objects.get(Q(related=known) | Q(person=known)).valid_from == known.birth_date
        assert Involvement.objects.get(person=known, unit_id=house.home_care).basis == "emergency_contact"

    def test_with_another_name_is_asked_about_and_nothing_is_stored(self, record):
        factories.make_person("Ola", "Demoeng", birth_date=date(2016, 3, 1), number=factories.NUMBER)
        talk = a_talk(children=(replace(BOY, details=PersonDetails("Per", "", person_number=factories.NUMBER)),))

        assert invalid(lambda: record(talk)) == [("children", 0, "person_number", "another_name")]
        assert not Row.objects.exists()

    def test_of_somebody_grown_up_is_no_childs(self, record):
        factories.make_person("Per", "Demoli", birth_date=date(1990, 3, 1), number=factories.NUMBER)
        talk = a_talk(children=(replace(BOY, details=PersonDetails("Per", "", person_number=factories.NUMBER)),))

        ((part, row, detail, _code),) = invalid(lambda: record(talk))
        assert (part, row, detail) == ("children", 0, "born")
