"""
The first talk with a patient: who is around them, who is nearest, which children there are, and what matters.

What was said comes as one value and is stored as one. Whatever cannot be stored is named at
once, each thing at the part of the talk and the detail it is about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import MedspillerError, NotAllowed
from medspiller.people.domain import persons, statements
from medspiller.people.domain.children import BY_LAW, ChildrenReply, ChildrenTopic
from medspiller.people.domain.contacts import (
    Channel,
    ContactDetails,
    ContactRefused,
    ContactSystem,
    ensure_contact_valid,
    tidy_contact,
)
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import DetailsInvalid, PersonDetails, ProtectedAddress, age_on, same_name
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.role_rules import REASONING_MOST
from medspiller.people.domain.roles import ADULT

MOST_CARERS, MOST_CHILDREN = 12, 15

CHILD_KINDS = (RelationKind.CHILD, RelationKind.STEP_CHILD, RelationKind.FOSTER_CHILD)
SIBLING_KINDS = (RelationKind.SIBLING, RelationKind.STEP_SIBLING, RelationKind.FOSTER_SIBLING)
# Whom one of the questions of the law is about.
_ASKED_OF: Mapping[RelationKind, ChildrenTopic] = {
    **dict.fromkeys(CHILD_KINDS, ChildrenTopic.MINOR_CHILDREN),
    **dict.fromkeys(SIBLING_KINDS, ChildrenTopic.MINOR_SIBLINGS),
}


class Part(StrEnum):
    """Which part of the talk something is about."""

    PATIENT = "patient"
    CARERS = "carers"
    CHILDREN = "children"


class SaidToBe(StrEnum):
    """What is said of a carer. Nobody is nearest because nobody was asked."""

    NEAREST = "nearest"
    CARER = "carer"
    TAKEN_TO_BE_NEAREST = "taken_to_be_nearest"


class LooksAfter(StrEnum):
    """Who takes care of a child while the patient is ill. A code is stored for good."""

    PATIENT = "patient"
    OTHER_PARENT = "other_parent"
    FAMILY = "family"
    FOSTER_HOME = "foster_home"
    OTHER = "other"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Patient:
    """
    Whom the talk is with: somebody registered, by `person_id` or by their number, or somebody new.

    `is_new`: whoever else is called the same was shown, and it is none of them. `seen` is the
    mark of what stood on the page around the patient. `matters` is the patient's own.
    """

    details: PersonDetails
    person_id: UUID | None = None
    is_new: bool = False
    seen: str = ""
    matters: str = ""


@dataclass(frozen=True, slots=True)
class Carer:
    """
    One carer, as told in the talk. None is *not asked* throughout, and is never no.

    `matters`, `channel` and `best_time` are the carer's own: they are kept only for a carer
    who wants to be contacted, because only then has the unit to do with the carer as such.
    """

    details: PersonDetails
    kind: RelationKind | None
    person_id: UUID | None = None
    is_new: bool = False
    cohabiting: bool | None = None
    said_to_be: SaidToBe | None = None
    reasoning: str = ""
    parental: bool | None = None
    phone: str = ""
    own_phone: bool = True
    safe_to_call: bool | None = None
    safe_to_leave_message: bool | None = None
    wants_contact: bool | None = None
    may_know: bool | None = None
    channel: Channel | None = None
    best_time: str = ""
    matters: str = ""

    @property
    def basis(self) -> InvolvementBasis:
        """Why the unit has to do with the carer: for their own sake if they want that, else only to call them."""
        return InvolvementBasis.SUPPORT if self.wants_contact else InvolvementBasis.EMERGENCY_CONTACT

    @property
    def own(self) -> tuple[str, ...]:
        """Which details were told that stand on the carer's own page alone."""
        return tuple(name for name in ("matters", "channel", "best_time") if getattr(self, name))

    @property
    def contact(self) -> ContactDetails | None:
        """The telephone, if there is one."""
        if not self.phone.strip():
            return None
        return ContactDetails(
            ContactSystem.PHONE,
            self.phone,
            own=self.own_phone,
            safe_to_call=self.safe_to_call,
            safe_to_leave_message=self.safe_to_leave_message,
        )


@dataclass(frozen=True, slots=True)
class Child:
    """
    A minor child or sibling of the patient. `birth_year` is there where the day is not known.

    `looked_after_by` is None where nobody asked.
    """

    details: PersonDetails
    kind: RelationKind = RelationKind.CHILD
    birth_year: int | None = None
    person_id: UUID | None = None
    is_new: bool = False
    looked_after_by: LooksAfter | None = None


@dataclass(frozen=True, slots=True)
class FirstTalk:
    """All that was said. `key` is the form's own, so that the same form sent twice is stored once."""

    key: UUID
    patient: Patient
    carers: tuple[Carer, ...] = ()
    children: tuple[Child, ...] = ()
    replies: tuple[tuple[ChildrenTopic, ChildrenReply], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be stored: in which part, in which row of it, which detail, and a code of what is wrong."""

    part: Part
    row: int
    detail: str
    code: str


class FirstTalkInvalid(MedspillerError):
    """
    Nothing of the talk was stored; `problems` says all that stands against it.

    `refusal` is what the access log is to hold where somebody was named whom the actor may not open.
    """

    def __init__(self, problems: Sequence[Problem], *, refusal: NotAllowed | None = None):
        self.problems, self.refusal = tuple(problems), refusal
        super().__init__(", ".join(f"{each.part} {each.row} {each.detail}: {each.code}" for each in problems))


class PatientChanged(MedspillerError):
    """
    More is registered around the patient than stood on the page; nothing was stored.

    The patient turned out to be registered, or a colleague has had the same talk meanwhile.
    """

    def __init__(self, person_id: UUID):
        self.person_id = person_id
        super().__init__(str(person_id))


class AlreadyTold(MedspillerError):
    """The same form was stored before with another content; nothing more of it was stored."""

    def __init__(self, talk_id: UUID, person_id: UUID):
        self.talk_id, self.person_id = talk_id, person_id
        super().__init__(str(talk_id))


class TakenBack(MedspillerError):
    """The same form was stored before, and the talk taken back; what it holds is stored under another key only."""

    def __init__(self, talk_id: UUID):
        self.talk_id = talk_id
        super().__init__(str(talk_id))


def tidy(talk: FirstTalk) -> FirstTalk:
    """Return the talk with what is meant by it: a child that was written down is a yes to its question."""
    replies = dict(talk.replies)
    for child in talk.children:
        topic = _ASKED_OF.get(child.kind)
        if topic and replies.get(topic, ChildrenReply.NOT_ASKED) is ChildrenReply.NOT_ASKED:
            replies[topic] = ChildrenReply.YES
    patient = replace(talk.patient, details=persons.tidy(talk.patient.details), matters=talk.patient.matters.strip())
    return replace(
        talk,
        patient=patient,
        carers=tuple(
            replace(
                each,
                details=persons.tidy(each.details),
                reasoning=each.reasoning.strip(),
                best_time=" ".join(each.best_time.split()),
                matters=each.matters.strip(),
            )
            for each in talk.carers
        ),
        children=tuple(replace(each, details=_tidy_child(each, patient.details)) for each in talk.children),
        replies=tuple((topic, replies[topic]) for topic in ChildrenTopic if topic in replies),
    )


def ensure_valid(talk: FirstTalk, *, patient_born: date | None, today: date) -> None:
    """
    Accept a tidy talk that can be stored, as far as that is known without the register.

    :raises FirstTalkInvalid: with everything that stands against it.
    """
    found = [
        *_of_patient(talk.patient, today=today),
        *_of_carers(talk.carers, patient_born=patient_born, today=today),
        *_of_children(talk, today=today),
        *_twice(talk),
    ]
    if found:
        raise FirstTalkInvalid(tuple(dict.fromkeys(found)))


def is_to_be_written(topic: ChildrenTopic, reply: ChildrenReply, *, before: ChildrenReply | None) -> bool:
    """
    Say whether an answer is new. That nobody asked today takes nothing back that was answered before.

    What the law asks for is written down also where nobody has asked: it is then somebody's task.
    """
    if reply is ChildrenReply.NOT_ASKED:
        return before is None and topic in BY_LAW
    return reply is not before


def _tidy_child(child: Child, patient: PersonDetails) -> PersonDetails:
    """A child is called as the patient is, if nobody says otherwise."""
    details = persons.tidy(child.details)
    return (
        details if details.family_name or not details.given_name else replace(details, family_name=patient.family_name)
    )


def _of_patient(patient: Patient, *, today: date) -> Iterator[Problem]:
    if patient.person_id is None:
        yield from _of_details(Part.PATIENT, 0, patient.details, today=today)
    yield from _of_words(Part.PATIENT, 0, patient.matters)


def _of_carers(carers: Sequence[Carer], *, patient_born: date | None, today: date) -> Iterator[Problem]:
    named = any(each.said_to_be is SaidToBe.NEAREST for each in carers)
    for row, carer in enumerate(carers):
        if carer.person_id is None:
            yield from _of_details(Part.CARERS, row, carer.details, today=today)
        yield from _of_words(Part.CARERS, row, carer.matters)
        for detail, code in (
            *_of_relation(carer, patient_born=patient_born, today=today),
            *_of_nearest(carer, named=named),
            *_of_phone(carer),
            *_of_contact(carer),
        ):
            yield Problem(Part.CARERS, row, detail, code)


def _of_relation(carer: Carer, *, patient_born: date | None, today: date) -> Iterator[tuple[str, str]]:
    if carer.kind is None:
        yield "kind", "missing"
    born = carer.details.birth_date
    if carer.kind in _ASKED_OF and born and born <= today and age_on(born, today) < ADULT:
        yield "birth_date", "write_as_child"
    if carer.parental and patient_born and age_on(patient_born, today) >= ADULT:
        yield "parental", "patient_too_old"


def _of_nearest(carer: Carer, *, named: bool) -> Iterator[tuple[str, str]]:
    if carer.said_to_be is SaidToBe.TAKEN_TO_BE_NEAREST:
        if named:
            yield "said_to_be", "patient_has_named"
        if not carer.reasoning:
            yield "reasoning", "missing"
    elif carer.reasoning:
        yield "reasoning", "not_needed"
    if len(carer.reasoning) > REASONING_MOST:
        yield "reasoning", "too_long"


def _of_phone(carer: Carer) -> Iterator[tuple[str, str]]:
    contact = carer.contact
    if contact is None:
        if carer.safe_to_call is not None or carer.safe_to_leave_message is not None:
            yield "phone", "missing"
        return
    try:
        ensure_contact_valid(tidy_contact(contact))
    except ContactRefused as refusal:
        yield from ((("phone", code) if name == "value" else (name, code)) for name, code in refusal.problems.items())


def _of_contact(carer: Carer) -> Iterator[tuple[str, str]]:
    if carer.wants_contact:
        if len(carer.best_time) > persons.BEST_TIME_MOST:
            yield "best_time", "too_long"
        return
    for detail in carer.own:
        yield detail, "needs_contact"
    grade = carer.details.protected_address
    if grade is ProtectedAddress.STRICT or (grade is ProtectedAddress.CONFIDENTIAL and carer.contact):
        yield "wants_contact", "protected"


def _of_children(talk: FirstTalk, *, today: date) -> Iterator[Problem]:
    replies = dict(talk.replies)
    for row, child in enumerate(talk.children):
        if child.person_id is None:
            yield from _of_details(Part.CHILDREN, row, child.details, today=today, as_born="born")
        topic = _ASKED_OF.get(child.kind)
        if topic is None:
            yield Problem(Part.CHILDREN, row, "kind", "not_that_kin")
        elif replies.get(topic) is ChildrenReply.NO:
            yield Problem(Part.CHILDREN, row, "kind", "said_no")
        born, year = child.details.birth_date, child.birth_year
        if (born and born <= today and age_on(born, today) >= ADULT) or (year and year < today.year - ADULT):
            yield Problem(Part.CHILDREN, row, "born", "not_minor")
        elif year and year > today.year:
            yield Problem(Part.CHILDREN, row, "born", "not_a_birth_date")


def _of_details(part: Part, row: int, details: PersonDetails, *, today: date, as_born: str = "") -> Iterator[Problem]:
    try:
        persons.ensure_valid(details, today=today)
    except DetailsInvalid as refusal:
        for name, code in refusal.problems.items():
            # A number alone can find somebody who is registered; then the name is known.
            if part is Part.PATIENT and name == "given_name" and code == "missing" and details.person_number:
                continue
            yield Problem(part, row, as_born if as_born and name == "birth_date" else name, code)


def _of_words(part: Part, row: int, words: str) -> Iterator[Problem]:
    if len(words) > statements.TEXT_MOST:
        yield Problem(part, row, "matters", "too_long")


def _twice(talk: FirstTalk) -> Iterator[Problem]:
    """Somebody who stands in the form twice: they would be two persons for good."""
    before: list[PersonDetails] = [talk.patient.details] if talk.patient.person_id is None else []
    rows: Iterable[tuple[Part, int, Carer | Child]] = (
        *((Part.CARERS, row, each) for row, each in enumerate(talk.carers)),
        *((Part.CHILDREN, row, each) for row, each in enumerate(talk.children)),
    )
    for part, row, each in rows:
        if each.person_id is not None or each.is_new:
            continue
        if any(_same(each.details, other) for other in before):
            yield Problem(part, row, "given_name", "twice")
        before.append(each.details)


def _same(one: PersonDetails, other: PersonDetails) -> bool:
    if one.person_number and other.person_number:
        return one.person_number == other.person_number
    names = same_name(one.given_name, other.given_name) and same_name(one.family_name, other.family_name)
    born = one.birth_date == other.birth_date or one.birth_date is None or other.birth_date is None
    return bool(one.given_name) and names and born
