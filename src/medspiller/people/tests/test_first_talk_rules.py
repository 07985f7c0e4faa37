"""What cannot be said in a first talk, each thing named where it stands."""

from dataclasses import replace
from datetime import date

import pytest

from medspiller.core import ids
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.contacts import Channel
from medspiller.people.domain.first_talk import (
    Carer,
    Child,
    FirstTalk,
    FirstTalkInvalid,
    LooksAfter,
    Patient,
    SaidToBe,
    ensure_valid,
    is_to_be_written,
    tidy,
)
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationKind

TODAY = date(2026, 11, 22)
GROWN_UP, CHILDS_BIRTH = date(1968, 5, 17), date(2016, 3, 4)
CARER = Carer(details=PersonDetails("Kari", "Demolund"), kind=RelationKind.SPOUSE)
CHILD = Child(details=PersonDetails("Per", "Demoli", birth_date=CHILDS_BIRTH), looked_after_by=LooksAfter.PATIENT)
STRICT, CONFIDENTIAL = ProtectedAddress.STRICT, ProtectedAddress.CONFIDENTIAL


def a_talk(*, patient=None, carers=(), children=(), replies=()):
    who = patient or Patient(details=PersonDetails("Oddny", "Demoli", birth_date=GROWN_UP))
    return tidy(FirstTalk(key=ids.new_id(), patient=who, carers=carers, children=children, replies=replies))


def problems(talk, *, born=GROWN_UP):
    try:
        ensure_valid(talk, patient_born=born, today=TODAY)
    except FirstTalkInvalid as refusal:
        return [(str(each.part), each.row, each.detail, each.code) for each in refusal.problems]
    return []


def carer(**changes):
    return replace(CARER, **changes)


def details(given_name="Kari", family_name="Demolund", **more):
    return PersonDetails(given_name, family_name, **more)


def child(**changes):
    return replace(CHILD, **changes)


WRONG_CARERS = [
    ({"details": details("", "")}, "given_name", "missing"),
    ({"details": details("Liv", birth_date=date(2026, 11, 23))}, "birth_date", "not_a_birth_date"),
    ({"details": details("Liv", person_number="123")}, "person_number", "not_a_person_number"),
    ({"kind": None}, "kind", "missing"),
    ({"kind": RelationKind.CHILD, "details": details("Liv", birth_date=CHILDS_BIRTH)}, "birth_date", "write_as_child"),
    ({"phone": "ring meg"}, "phone", "not_phone"),
    ({"safe_to_call": True}, "phone", "missing"),
    ({"said_to_be": SaidToBe.TAKEN_TO_BE_NEAREST}, "reasoning", "missing"),
    ({"reasoning": "Ser henne hver dag."}, "reasoning", "not_needed"),
    ({"matters": "Søvn."}, "matters", "needs_contact"),
    ({"matters": "Søvn.", "wants_contact": False}, "matters", "needs_contact"),
    ({"wants_contact": True, "matters": "x" * 2001}, "matters", "too_long"),
    ({"channel": Channel.SMS}, "channel", "needs_contact"),
    ({"best_time": "Etter fire"}, "best_time", "needs_contact"),
    ({"details": details("Liv", protected_address=STRICT)}, "wants_contact", "protected"),
    ({"details": details("Liv", protected_address=CONFIDENTIAL), "phone": "00 00 00 01"}, "wants_contact", "protected"),
    ({"parental": True}, "parental", "patient_too_old"),
]


@pytest.mark.parametrize(("changes", "detail", "code"), WRONG_CARERS)
def test_what_cannot_be_said_of_a_carer(changes, detail, code):
    assert problems(a_talk(carers=(CARER, carer(**{"details": details("Liv"), **changes})))) == [
        ("carers", 1, detail, code)
    ]


WRONG_CHILDREN = [
    ({"details": details("", "")}, "given_name", "missing"),
    ({"details": details(birth_date=date(2008, 11, 22))}, "born", "not_minor"),
    ({"details": details(birth_date=date(2026, 11, 23))}, "born", "not_a_birth_date"),
    ({"details": details(), "birth_year": 2007}, "born", "not_minor"),
    ({"details": details(), "birth_year": 2027}, "born", "not_a_birth_date"),
    ({"kind": RelationKind.NEIGHBOUR}, "kind", "not_that_kin"),
    ({"details": details(person_number="123")}, "person_number", "not_a_person_number"),
]


@pytest.mark.parametrize(("changes", "detail", "code"), WRONG_CHILDREN)
def test_what_cannot_be_said_of_a_child(changes, detail, code):
    assert problems(a_talk(children=(child(**changes),))) == [("children", 0, detail, code)]


def test_whoever_turns_eighteen_tomorrow_is_still_a_child():
    assert problems(a_talk(children=(child(details=details(birth_date=date(2008, 11, 23))),))) == []
    assert problems(a_talk(children=(child(details=details(), birth_year=2008),))) == []


def test_everything_wrong_is_said_at_once():
    talk = a_talk(
        patient=Patient(details=PersonDetails("", "", birth_date=date(1700, 1, 1))),
        carers=(carer(kind=None, phone="x"),),
        children=(child(details=details("", "")),),
    )

    assert problems(talk) == [
        ("patient", 0, "given_name", "missing"),
        ("patient", 0, "birth_date", "not_a_birth_date"),
        ("carers", 0, "kind", "missing"),
        ("carers", 0, "phone", "not_phone"),
        ("children", 0, "given_name", "missing"),
    ]


def test_a_child_that_was_written_down_is_a_yes_and_never_a_no():
    topic, said_no = ChildrenTopic.MINOR_CHILDREN, ((ChildrenTopic.MINOR_CHILDREN, ChildrenReply.NO),)
    asked_nothing = ((topic, ChildrenReply.NOT_ASKED),)

    assert dict(a_talk(children=(CHILD,)).replies) == {topic: ChildrenReply.YES}
    assert dict(a_talk(children=(CHILD,), replies=asked_nothing).replies) == {topic: ChildrenReply.YES}
    assert problems(a_talk(children=(CHILD,), replies=said_no)) == [("children", 0, "kind", "said_no")]


def test_a_sibling_answers_the_other_question():
    talk = a_talk(children=(child(kind=RelationKind.STEP_SIBLING),))

    assert dict(talk.replies) == {ChildrenTopic.MINOR_SIBLINGS: ChildrenReply.YES}


def test_a_child_is_called_as_the_patient_is_unless_somebody_says_otherwise():
    talk = a_talk(children=(child(details=details("Per", "")), child(details=details("Liv", "Demodal"))))

    assert [each.details.family_name for each in talk.children] == ["Demoli", "Demodal"]


def test_nobody_is_taken_to_be_nearest_where_the_patient_names_somebody():
    named = carer(said_to_be=SaidToBe.NEAREST)
    taken = carer(details=details("Liv"), said_to_be=SaidToBe.TAKEN_TO_BE_NEAREST, reasoning="Ser henne hver dag.")

    assert problems(a_talk(carers=(named, taken))) == [("carers", 1, "said_to_be", "patient_has_named")]
    assert problems(a_talk(carers=(named, carer(details=details("Liv"), said_to_be=SaidToBe.NEAREST)))) == []


def test_nobody_stands_in_the_form_twice():
    twice = [("carers", 1, "given_name", "twice")]

    assert problems(a_talk(carers=(CARER, carer(details=details(" kari ", "DEMOLUND"))))) == twice
    assert problems(a_talk(carers=(CARER, carer(is_new=True)))) == []
    assert problems(a_talk(carers=(carer(details=details("Oddny", "Demoli")),))) == [
        ("carers", 0, "given_name", "twice")
    ]


def test_a_number_alone_can_be_a_patient_but_not_a_carer():
    number = PersonDetails("", "", person_number="01815000117")

    assert problems(a_talk(patient=Patient(details=number))) == []
    assert problems(a_talk(carers=(carer(details=number),))) == [("carers", 0, "given_name", "missing")]


def test_parents_of_a_minor_can_have_parental_responsibility():
    parent = carer(kind=RelationKind.PARENT, parental=True)

    assert problems(a_talk(carers=(parent,)), born=date(2015, 1, 1)) == []


def test_a_carer_is_only_called_for_another_unless_they_want_more():
    assert carer().basis is InvolvementBasis.EMERGENCY_CONTACT
    assert carer(wants_contact=False).basis is InvolvementBasis.EMERGENCY_CONTACT
    assert carer(wants_contact=True).basis is InvolvementBasis.SUPPORT


YES, NO, NOT_ASKED = ChildrenReply


@pytest.mark.parametrize(
    ("topic", "reply", "before", "written"),
    [
        (ChildrenTopic.MINOR_CHILDREN, NOT_ASKED, None, True),
        (ChildrenTopic.MINOR_CHILDREN, NOT_ASKED, YES, False),
        (ChildrenTopic.MINOR_CHILDREN, NOT_ASKED, NO, False),
        (ChildrenTopic.IMPRISONMENT, NOT_ASKED, None, False),
        (ChildrenTopic.MINOR_CHILDREN, YES, None, True),
        (ChildrenTopic.MINOR_CHILDREN, YES, YES, False),
        (ChildrenTopic.MINOR_CHILDREN, NO, YES, True),
        (ChildrenTopic.DISABILITY, NO, NOT_ASKED, True),
    ],
)
def test_that_nobody_asked_takes_nothing_back(topic, reply, before, written):
    assert is_to_be_written(topic, reply, before=before) is written
