"""Writing down the first talk with a patient: everything that was said, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import MedspillerError
from medspiller.people import policies, selectors
from medspiller.people.domain import first_talk as rules
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.consents import ConsentDecision, ConsentDetails, ConsentTopic
from medspiller.people.domain.contacts import AlreadyThere
from medspiller.people.domain.first_talk import (
    AlreadyTold,
    Carer,
    Child,
    FirstTalk,
    FirstTalkInvalid,
    Part,
    PatientChanged,
    Problem,
    SaidToBe,
    TakenBack,
)
from medspiller.people.domain.involvements import InvolvementBasis, TooLittleForProtected
from medspiller.people.domain.need_to_know import Answer, Closed
from medspiller.people.domain.persons import DetailsInvalid, PersonDetails, same_name
from medspiller.people.domain.relations import RelationDetails, RelationKind, begins
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.domain.roles import ADULT, Role
from medspiller.people.models import ChildrenAnswer, ChildTold, Involvement, Person, live_at
from medspiller.people.models import FirstTalk as Row
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._marks import mark_of
from medspiller.people.selectors._numbers import owner_of_number
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors.children import ANSWER_CHILDREN
from medspiller.people.selectors.consents import EDIT_CONSENT
from medspiller.people.selectors.first_talk import Alike, alike, patient_by_number
from medspiller.people.selectors.statements import RECORD_STATEMENT
from medspiller.people.services import _written
from medspiller.people.services._naming import OF_CARERS, OF_CHILDREN, naming
from medspiller.people.services.carers import RegisteredCarer, register
from medspiller.people.services.children import store_answers
from medspiller.people.services.consents import give as give_consent
from medspiller.people.services.contacts import store as store_contact
from medspiller.people.services.person_details import change_person
from medspiller.people.services.persons import open_involvement, register_person
from medspiller.people.services.roles import give as give_role
from medspiller.people.services.statements import keep as keep_statement

DIGEST = "people.first_talk"


class MaybeKnown(MedspillerError):
    """Somebody typed may be registered already; nothing was stored. `who` maps part and row to whom it may be."""

    def __init__(self, who: Mapping[tuple[Part, int], Sequence[Alike]]):
        self.who = dict(who)
        super().__init__(", ".join(f"{part} {row}" for part, row in self.who))


@dataclass(frozen=True, slots=True)
class _Talk:
    """A talk that is being stored: with whom, opened once for all of it, and for which unit."""

    found: Opened
    unit_id: UUID
    today: date

    @property
    def actor(self) -> Actor:
        return self.found.actor

    @property
    def patient(self) -> Person:
        return self.found.person

    def may(self, action: str) -> Opened:
        """The patient, where the actor may do this to them too."""
        policies.ensure(self.actor, action, unit_id=self.found.unit_id, subject_id=self.patient.id)
        return self.found


@transaction.atomic
def record_first_talk(*, actor: Actor, unit_id: UUID, talk: FirstTalk) -> Row:
    """
    Store all that was said, in one transaction: the patient, the carers, the children, and what matters to each.

    The unit follows the patient up from now on. Sent again with the same key and content, it is
    stored once, and the same row comes back.

    :raises NotAllowed: if the actor may not register for this unit, or it is about themselves.
    :raises NotFound: if somebody who was chosen is not there; `Closed`, if the actor has no need to know them.
    :raises FirstTalkInvalid: with everything that cannot be stored.
    :raises MaybeKnown: if somebody who was typed may be registered already, until it is said that they are not.
    :raises PatientChanged: if more is registered around the patient than the actor was shown.
    :raises AlreadyTold: if the same form was stored before with another content.
    :raises TakenBack: if the same form was stored before, with whatever content, and taken back.
    """
    policies.ensure(actor, policies.REGISTER_PERSON, unit_id=unit_id)
    talk = rules.tidy(talk)
    digest = keyed_hash(f"{unit_id} {talk!r}", purpose=DIGEST)
    _wait_for(f"first talk {actor.id} {talk.key}")
    before = Row.objects.filter(recorded_by=actor.id, key=talk.key).first()
    if before is not None:
        if before.taken_back_at is not None:
            raise TakenBack(before.id)
        if bytes(before.digest) != digest:
            raise AlreadyTold(before.id, before.patient_id)
        return before

    stood = _written.so_far()
    known = _known_patient(actor, talk)
    born = known.birth_date if known else talk.patient.details.birth_date
    rules.ensure_valid(talk, patient_born=born, today=clock.today())
    if known is not None and mark_of(known.id) != talk.patient.seen:
        raise PatientChanged(known.id)
    _ensure_nobody_twice(actor, talk, known)

    patient = _patient(actor, unit_id, talk, known)
    stored = _Talk(found=_opened(actor, patient), unit_id=unit_id, today=clock.today())
    told = _store(stored, talk)
    return Row.objects.create(
        key=talk.key,
        digest=digest,
        unit_id=unit_id,
        patient=patient,
        recorded_by=actor.id,
        recorded_by_name=actor.name,
        recorded_at=clock.now(),
        written={
            "rows": [asdict(each) | {"id": str(each.id)} for each in _written.since(stood)],
            "to_be_told": [str(each.carer.id) for each in told if each.is_first],
        },
    )


def _store(stored: _Talk, talk: FirstTalk) -> list[RegisteredCarer]:
    """Store what was said of everybody around the patient, and return who they are."""
    made, children = [], []
    for row, carer in enumerate(talk.carers):
        with naming(Part.CARERS, row, OF_CARERS):
            made.append(_store_carer(stored, carer))
    for row, child in enumerate(talk.children):
        with naming(Part.CHILDREN, row, OF_CHILDREN):
            children.append(_store_child(stored, child))
    opened = _open_to(stored.actor, made)
    for row, (carer, registered) in enumerate(zip(talk.carers, made, strict=True)):
        with naming(Part.CARERS, row, OF_CARERS):
            _store_own(stored, carer, registered.carer, opened[registered.carer.id])
    _store_answers(stored, talk)
    if talk.patient.matters:
        keep_statement(actor=stored.actor, found=stored.may(RECORD_STATEMENT), text=talk.patient.matters)
    return [*made, *children]


def _opened(actor: Actor, patient: Person) -> Opened:
    """The patient, opened once for everything that the talk writes down of them."""
    answer = policies.ensure_open(actor, patient, action=policies.EDIT_ROLE, at=clock.now())
    for action in (policies.EDIT_RELATION, policies.EDIT_ROLE):
        policies.ensure_edit(actor, patient, action, at=clock.now(), answer=answer)
    return owned.opened_by(actor, patient, answer)


def _open_to(actor: Actor, made: Sequence[RegisteredCarer]) -> Mapping[UUID, Answer]:
    """Whether the carers are open to the actor now that they are registered: asked once for all of them."""
    if not made:
        return {}
    at = clock.now()
    stands = policies.standing(actor, at=at)
    carers = [each.carer for each in made]
    return policies.answers(actor, policies.facts_from(actor, stands), carers, at=at, stands=stands)


def _wait_for(*what: str) -> None:
    """Let whoever writes down the same at the same moment wait until this is stored, and then find it."""
    if not what:
        return
    with connection.cursor() as cursor:
        # All in one order: two who wait for each other's names would wait for ever.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(each, 0))"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS names (each, number) ORDER BY number",
            [sorted(what)],
        )


def _known_patient(actor: Actor, talk: FirstTalk) -> Person | None:
    """The patient's row, locked, if it is somebody who is registered."""
    told = talk.patient
    if told.person_id is not None:
        person = selectors.person_for_update(actor=actor, person_id=told.person_id)
        policies.ensure_open(actor, person, action=policies.REGISTER_PERSON, at=clock.now())
        return person
    if not told.details.person_number:
        return None
    # Two who register the same person: the second finds the one whom the first has stored.
    _wait_for(f"person {actor.tenant_id} {told.details.person_number}")
    try:
        found = patient_by_number(actor=actor, number=told.details.person_number)
    except Closed as closed:
        problem = Problem(Part.PATIENT, 0, "person_number", "elsewhere")
        raise FirstTalkInvalid([problem], refusal=closed.refusal) from None
    if found is None:
        if not (told.details.given_name or told.details.family_name):
            raise FirstTalkInvalid([Problem(Part.PATIENT, 0, "given_name", "number_unknown")])
        return None
    person = selectors.person_for_update(actor=actor, person_id=found)
    if not _called(person, told.details):
        raise PatientChanged(found)
    return person


def _called(person: Person, details: PersonDetails) -> bool:
    """Whether a name that was typed, if any was, is the person's."""
    named = (person.given_name, details.given_name), (person.family_name, details.family_name)
    return all(not typed or same_name(name, typed) for name, typed in named)


def _ensure_nobody_twice(actor: Actor, talk: FirstTalk, known: Person | None) -> None:
    typed: list[tuple[Part, int, PersonDetails]] = []
    if known is None and not talk.patient.is_new:
        typed.append((Part.PATIENT, 0, talk.patient.details))
    rows: list[tuple[Part, int, Carer | Child]] = [
        *((Part.CARERS, row, carer) for row, carer in enumerate(talk.carers)),
        *((Part.CHILDREN, row, child) for row, child in enumerate(talk.children)),
    ]
    typed += [(part, row, each.details) for part, row, each in rows if each.person_id is None and not each.is_new]
    names = {f"{each.given_name} {each.family_name}".casefold() for _part, _row, each in typed}
    _wait_for(*(f"name {actor.tenant_id} {name}" for name in names))
    phones = [talk.carers[row].phone if part is Part.CARERS else "" for part, row, _details in typed]
    found = alike(actor=actor, details=[details for _part, _row, details in typed], phones=phones)
    who = {(part, row): people for (part, row, _details), people in zip(typed, found, strict=True) if people}
    if who:
        raise MaybeKnown(who)


def _patient(actor: Actor, unit_id: UUID, talk: FirstTalk, known: Person | None) -> Person:
    if known is None:
        with naming(Part.PATIENT, 0, {}):
            return register_person(
                actor=actor, details=talk.patient.details, unit_id=unit_id, basis=InvolvementBasis.TREATMENT
            )
    with naming(Part.PATIENT, 0, {}):
        _follow_up(actor, known, unit_id, InvolvementBasis.TREATMENT)
    return known


def _follow_up(actor: Actor, person: Person, unit_id: UUID, basis: InvolvementBasis) -> None:
    """Let the unit have to do with somebody for their own sake, if it has not already."""
    live = Involvement.objects.filter(live_at(clock.now()), person=person, unit_id=unit_id, only_while_let=[])
    if not live.exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value).exists():
        open_involvement(actor=actor, person_id=person.id, unit_id=unit_id, basis=basis)


def _store_carer(talk: _Talk, carer: Carer) -> RegisteredCarer:
    if carer.kind is None:
        raise ValueError("a carer is something to the patient")
    made = _register(talk, carer, kind=carer.kind, basis=carer.basis, cohabiting=carer.cohabiting)
    if made.stays_closed and carer.own:
        # Nothing that was said is lost in silence.
        raise DetailsInvalid(dict.fromkeys(carer.own, "stays_closed"))
    for role in _roles_of(talk, carer):
        give_role(actor=talk.actor, relation=made.relation, patient=talk.patient, details=role, basis=talk.found.basis)
    if carer.may_know is not None:
        decision = ConsentDecision.GIVEN if carer.may_know else ConsentDecision.REFUSED
        details = ConsentDetails(topics=frozenset({ConsentTopic.HEALTH}), to_person_id=made.carer.id, decision=decision)
        give_consent(actor=talk.actor, found=talk.may(EDIT_CONSENT), details=details)
    if carer.wants_contact and not made.is_new and not made.stays_closed:
        _follow_up(talk.actor, made.carer, talk.unit_id, InvolvementBasis.SUPPORT)
    return made


def _store_own(talk: _Talk, carer: Carer, person: Person, answer: Answer) -> None:
    """How the carer is reached, and what belongs to the carer alone and stands on the carer's own page."""
    if carer.contact is not None:
        # Known from before, what was said of it then stands until somebody changes it.
        with suppress(AlreadyThere):
            store_contact(actor=talk.actor, person=person, details=carer.contact, answer=answer)
    if carer.channel or carer.best_time:
        changes = replace(
            person.changes,
            preferred_channel=carer.channel or person.changes.preferred_channel,
            best_time=carer.best_time or person.best_time,
        )
        change_person(actor=talk.actor, person_id=person.id, changes=changes, version=person.version)
    if carer.matters:
        policies.ensure_edit(talk.actor, person, RECORD_STATEMENT, at=clock.now(), answer=answer)
        found = owned.opened_by(talk.actor, person, answer)
        keep_statement(actor=talk.actor, found=found, text=carer.matters, about_id=talk.patient.id)


def _roles_of(talk: _Talk, carer: Carer) -> Iterator[RoleDetails]:
    if carer.said_to_be is SaidToBe.NEAREST:
        yield RoleDetails(role=Role.NAERMESTE, valid_from=talk.today, named_by_patient=True)
    elif carer.said_to_be is SaidToBe.CARER:
        yield RoleDetails(role=Role.PAARORENDE, valid_from=talk.today, named_by_patient=True)
    elif carer.said_to_be is SaidToBe.TAKEN_TO_BE_NEAREST:
        yield RoleDetails(role=Role.NAERMESTE_STATUTORY, valid_from=talk.today, reasoning=carer.reasoning)
    if carer.parental:
        yield RoleDetails(role=Role.FORELDREANSVAR, valid_from=talk.today)
    elif carer.parental is False and carer.kind is RelationKind.PARENT:
        yield RoleDetails(role=Role.SAMVAERSFORELDER, valid_from=talk.today)


def _store_child(talk: _Talk, child: Child) -> RegisteredCarer:
    made = _register(talk, child, kind=child.kind, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
    # Of a child whose day of birth nobody knows it is certain only then that it is grown up.
    ends = date(child.birth_year + ADULT + 1, 1, 1) if child.birth_year and not made.carer.birth_date else None
    role = RoleDetails(role=Role.BARN_PAARORENDE, valid_from=talk.today, valid_to=ends)
    give_role(actor=talk.actor, relation=made.relation, patient=talk.patient, details=role, basis=talk.found.basis)
    row = ChildTold.objects.create(
        patient=talk.patient,
        child=made.carer,
        unit_id=talk.unit_id,
        birth_year=child.birth_year,
        looked_after_by=child.looked_after_by.value if child.looked_after_by else "",
        recorded_by=talk.actor.id,
        recorded_by_name=talk.actor.name,
        recorded_at=clock.now(),
    )
    audit.record(
        actor=talk.actor,
        action=ANSWER_CHILDREN,
        information=Information.CHILDREN,
        subject_type="people.ChildTold",
        subject_id=row.id,
        person_id=talk.patient.id,
        basis=talk.found.basis,
    )
    return made


def _register(
    talk: _Talk, somebody: Carer | Child, *, kind: RelationKind, basis: InvolvementBasis, cohabiting: bool | None = None
) -> RegisteredCarer:
    chosen = somebody.person_id
    born = somebody.details.birth_date
    if chosen is not None:
        born = Person.objects.filter(id=chosen).values_list("birth_date", flat=True).first()
    elif somebody.details.person_number:
        # Found by number and name it is somebody whose day of birth is known: nothing begins before it.
        known = owner_of_number(somebody.details.person_number)
        born = known.birth_date if known and known.birth_date else born
    since = begins(kind, person_born=talk.patient.birth_date, related_born=born, today=talk.today)
    try:
        return register(
            actor=talk.actor,
            unit_id=talk.unit_id,
            patient=talk.patient,
            relation=RelationDetails(kind=kind, valid_from=since, cohabiting=cohabiting),
            details=somebody.details if chosen is None else None,
            carer_id=chosen,
            basis=basis,
            why=talk.found.basis,
        )
    except TooLittleForProtected:
        # Who typed a number is not to learn by it that somebody is hidden.
        problem = {"given_name": "closed"} if chosen is None else {"wants_contact": "protected"}
        raise DetailsInvalid(problem) from None


def _store_answers(talk: _Talk, said: FirstTalk) -> None:
    rows = ChildrenAnswer.objects.filter(patient=talk.patient).values_list("topic", "reply")
    before = {ChildrenTopic(topic): ChildrenReply(reply) for topic, reply in rows}
    replies = {
        topic: reply for topic, reply in said.replies if rules.is_to_be_written(topic, reply, before=before.get(topic))
    }
    if replies:
        policies.ensure(talk.actor, ANSWER_CHILDREN, unit_id=talk.unit_id, subject_id=talk.patient.id)
        store_answers(actor=talk.actor, found=talk.may(ANSWER_CHILDREN), unit_id=talk.unit_id, replies=replies)
