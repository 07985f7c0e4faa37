"""
Taking back a whole first talk that was written down by mistake.

What it made is taken away where it held for no day (roles, relations, numbers, answers), as a slip is that is taken
back on its day; what had held for some moments is ended (consents, words, involvements). Earlier versions of all of
it stay, and so does the access log: whoever was registered and looked at still was. Somebody whom the talk alone had
registered is nobody's any more, and loses their person number, so that it can be registered anew.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, Q

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Shown
from medspiller.core import clock, events
from medspiller.core.errors import NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain.children import ChildrenReply
from medspiller.people.domain.events import (
    ChildrenAsked,
    ConsentWithdrawn,
    ContactsChanged,
    InvolvementClosed,
    PersonChanged,
    RegistrationTakenBack,
    RelationEnded,
    RoleEnded,
)
from medspiller.people.domain.taking_back import CannotTakeBack, InTheWay, Problem, Written
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    ChildTold,
    Consent,
    ContactPoint,
    FirstTalk,
    InformationGiven,
    Involvement,
    Person,
    Relation,
    SearchName,
    Statement,
)
from medspiller.people.selectors._built import built_upon, concerned, ensure_recorded_by, problem_of, rows_of
from medspiller.people.services._written import TABLES

ACTION = "people.take_back_first_talk"
_WISHES = ("preferred_channel", "best_time")


@transaction.atomic
def take_back_first_talk(*, actor: Actor, talk_id: UUID) -> FirstTalk:
    """
    Say that nothing of a first talk holds: what it registered, ended or changed is as it was before.

    For whoever stored it, within `domain.taking_back.TAKEN_BACK_WITHIN`, and whole or not at all. Nobody is told any
    more that they are registered who was to be told for its sake alone (GDPR art. 14).

    :raises NotFound: if there is no such talk, or somebody else stored it; `Closed`, if the actor has no need to know
        the patient any more.
    :raises NotAllowed: if the role does not reach the unit any more.
    :raises CannotTakeBack: if it is too late, was done before, or something was built upon it since.
    """
    row = FirstTalk.objects.select_for_update().filter(id=talk_id).first()
    if row is None:
        raise NotFound(f"first talk {talk_id}")
    ensure_recorded_by(actor, row)
    problem = problem_of(row)
    if problem is not None:
        raise CannotTakeBack(problem)
    policies.ensure(actor, policies.REGISTER_PERSON, unit_id=row.unit_id, subject_id=row.id)
    written = rows_of(row)
    persons = _locked(actor, row, written)
    answer = policies.ensure_open(actor, persons[row.patient_id], action=policies.REGISTER_PERSON, at=clock.now())
    in_the_way, others = built_upon(row, actor=actor)
    if in_the_way or others:
        raise CannotTakeBack(Problem.BUILT_UPON, in_the_way=in_the_way, others=others)

    try:
        with transaction.atomic():
            _Unmaking(actor, row, written).all()
    except IntegrityError:
        # What would have to come back does not fit any more with what stands there now.
        raise CannotTakeBack(Problem.BUILT_UPON, in_the_way=[InTheWay.MORE]) from None
    row.taken_back_at = clock.now()
    row.not_registered = [each.id for each in written if each.is_new and each.table == Person._meta.label]
    row.save(update_fields=["taken_back_at", "not_registered"])
    _record(actor, row, sorted(persons), policies.basis_of(answer))
    return row


def _locked(actor: Actor, row: FirstTalk, written: Sequence[Written]) -> dict[UUID, Person]:
    """Everybody of whom the talk wrote anything, locked: who writes more about them now waits, and is then seen."""
    # In the order of their ids, as wherever several are locked.
    return {each: selectors.person_for_update(actor=actor, person_id=each) for each in sorted(concerned(row, written))}


class _Unmaking:
    """One talk that is taken back, table by table: what points at another goes first."""

    def __init__(self, actor: Actor, row: FirstTalk, written: Sequence[Written]):
        self.actor, self.row, self.written, self.now = actor, row, written, clock.now()
        self.new = {each.id for each in written if each.is_new}
        self.follows_on = not Involvement.objects.filter(person_id=row.patient_id, id__in=self.new).exists()

    def all(self) -> None:
        """Unmake everything, and tell whoever listens."""
        do: Mapping[type[Model], Callable[[Any], None]] = {
            CarerRole: self._role,
            ChildTold: lambda told: told.delete(),
            Relation: self._relation,
            Consent: self._consent,
            ContactPoint: self._contact,
            ChildrenAnswer: self._answer,
            Statement: self._statement,
            Involvement: self._involvement,
            Person: self._person,
        }
        self._nobody_is_to_be_told()
        for label, model in TABLES.items():
            of_table = [each for each in self.written if each.table == label]
            there = {row.pk: row for row in model._default_manager.filter(pk__in=[each.id for each in of_table])}
            for each in of_table:
                if not each.is_new:
                    self._restore(model, each, there.get(each.id))
                elif each.id in there:
                    do[model](there[each.id])

    def _restore(self, model: type[Model], each: Written, row: Any) -> None:
        """Let a row that stood before the talk be what it was, unless the actor has changed it again since."""
        history = model.pgh_event_model.objects.filter(id=each.id)  # type: ignore[attr-defined]
        was = history.filter(pgh_id__lt=each.first).order_by("-pgh_id").first()
        if was is None:
            raise CannotTakeBack(Problem.BUILT_UPON, in_the_way=[InTheWay.MORE])
        if history.filter(pgh_id__gt=each.last).exists():
            return
        if isinstance(row, Person):
            # Of somebody known a talk changes only how they want to be reached.
            for name in _WISHES:
                setattr(row, name, getattr(was, name))
            row.version += 1
            row.save(update_fields=[*_WISHES, "version"])
            events.publish(PersonChanged(person_id=row.id, fields=_WISHES))
            return
        values = {field.attname: getattr(was, field.attname) for field in model._meta.concrete_fields}
        restored = model(**values)
        restored.save(force_insert=row is None, force_update=row is not None)
        if isinstance(restored, ChildrenAnswer):
            self._asked(restored.topic, restored.reply)

    def _role(self, row: CarerRole) -> None:
        events.publish(
            RoleEnded(role_id=row.id, patient_id=row.patient_id, carer_id=row.carer_id, valid_to=row.valid_from)
        )
        row.delete()

    def _relation(self, row: Relation) -> None:
        events.publish(
            RelationEnded(
                relation_id=row.id, person_id=row.person_id, related_id=row.related_id, valid_to=row.valid_from
            )
        )
        row.delete()

    def _consent(self, row: Consent) -> None:
        """A word that nobody said: it ends, and is not withdrawn, since whoever withdraws a yes has said no."""
        if row.withdrawn_at is not None or (row.ends_at is not None and row.ends_at <= self.now):
            return
        if row.starts_at < self.now:
            row.ends_at = self.now
            row.save(update_fields=["ends_at"])
        else:
            row.delete()
        events.publish(ConsentWithdrawn(consent_id=row.id, owner_id=row.owner_id))

    def _contact(self, row: ContactPoint) -> None:
        person_id = row.person_id
        row.delete()
        events.publish(ContactsChanged(person_id=person_id))

    def _answer(self, row: ChildrenAnswer) -> None:
        topic = row.topic
        row.delete()
        self._asked(topic, ChildrenReply.NOT_ASKED.value)

    def _asked(self, topic: str, reply: str) -> None:
        """Nobody has asked, again; whoever does not follow the patient up any more is not to either."""
        if self.follows_on:
            events.publish(
                ChildrenAsked(patient_id=self.row.patient_id, unit_id=self.row.unit_id, topic=topic, answer=reply)
            )

    def _statement(self, row: Statement) -> None:
        if row.ended_at is None:
            row.ended_at = self.now
            row.save(update_fields=["ended_at"])

    def _involvement(self, row: Involvement) -> None:
        if row.ends_at is not None and row.ends_at <= self.now:
            return
        row.ends_at = max(self.now, row.starts_at)
        row.closed_by, row.closed_at = self.actor.id, self.now
        row.save(update_fields=["ends_at", "closed_by", "closed_at"])
        events.publish(
            InvolvementClosed(involvement_id=row.id, person_id=row.person_id, unit_id=row.unit_id, ends_at=row.ends_at)
        )

    def _person(self, row: Person) -> None:
        """Somebody whom the talk alone registered: found by nobody, and their number free to be registered."""
        row.pid, row.pid_hash = None, None
        row.version += 1
        row.save(update_fields=["pid", "pid_hash", "version"])
        SearchName.objects.filter(person=row).delete()
        self._tell(row.id, registered=False)

    def _nobody_is_to_be_told(self) -> None:
        to_be_told = [UUID(each) for each in self.row.written.get("to_be_told", ())]
        InformationGiven.objects.filter(Q(informed_at=None, reason_not_to=""), person_id__in=to_be_told).delete()
        for person_id in to_be_told:
            if person_id not in self.new:
                self._tell(person_id, registered=True)

    def _tell(self, person_id: UUID, *, registered: bool) -> None:
        events.publish(
            RegistrationTakenBack(
                person_id=person_id,
                unit_id=self.row.unit_id,
                registered_on=clock.day_of(self.row.recorded_at),
                still_registered=registered,
            )
        )


def _record(actor: Actor, row: FirstTalk, person_ids: Sequence[UUID], basis: Basis) -> None:
    """Write of each of them in the log that what was written down of them was taken back."""
    why = Basis(code=BasisCode.INVOLVEMENT) if basis.code is BasisCode.INVOLVEMENT else basis
    told = (Information.REGISTRATION, Information.INVOLVEMENT)
    about = [
        Shown(each, "people.FirstTalk", row.id, told, basis if each == row.patient_id else why) for each in person_ids
    ]
    audit.record_each(actor=actor, action=ACTION, information=(), about=about)
