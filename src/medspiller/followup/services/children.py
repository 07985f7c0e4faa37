"""Children as next of kin: opening a child's own file in one step, and letting it become an adult's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock, events
from medspiller.core.errors import NotAllowed
from medspiller.followup import policies
from medspiller.followup.domain import children as rules
from medspiller.followup.domain.children import ChildRefused
from medspiller.followup.domain.events import FileBecameAdult
from medspiller.followup.domain.files import FileKind, FileState, Identified, NoteCode
from medspiller.followup.models import CarerFile, Plan
from medspiller.followup.services import _attending as attending
from medspiller.followup.services import _storing as storing
from medspiller.followup.services.files import open_file
from medspiller.followup.services.plans import start_plan
from medspiller.people import selectors as people
from medspiller.people import services as register
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import age_on
from medspiller.people.selectors import Near, Subject
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy


@dataclass(frozen=True, slots=True)
class OpenedChild:
    """A child's file, and the plan in it that is about the patient."""

    file_id: UUID
    plan_id: UUID


@transaction.atomic
def open_child_file(
    *,
    actor: Actor,
    patient_id: UUID,
    child_id: UUID,
    holder_id: UUID | None = None,
    facts: Mapping[str, bool] | None = None,
    as_of: date | None = None,
) -> OpenedChild:
    """
    Begin to follow up a minor child or sibling of a patient in the child's own file, with the plan that is for it.

    The plan begins with the talk with the parents, and is held by the actor unless another is
    named; `facts` are what is known of what it asks, `as_of` is as in `start_plan`. A file and a
    plan that are there already are gone on with. Safe to press twice.

    :raises NotFound: if there is no such patient or child; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the patient up, or may begin to follow the child up.
    :raises ChildRefused: if they are no minor child or sibling of the patient.
    :raises CannotHold: if the colleague cannot hold it.
    :raises PathwayRefused: if no such pathway is active.
    """
    patient = people.subject(actor=actor, person_id=patient_id, action=policies.KEEP_FILE)
    people.ensure_own_subject(actor=actor, found=patient, action=policies.KEEP_FILE)
    near = _child_of(actor, patient_id, child_id)
    kinds_to_patient = [each.kind for each in near.relations if each.live]
    slug = rules.pathway_for(kinds_to_patient, patient_died=patient.died_on is not None)
    file = _file_of(actor, patient, child_id)
    there = Plan.objects.filter(file=file, about_id=patient_id, closed_at=None).order_by("opened_at").first()
    if there is not None:
        return OpenedChild(file.id, there.id)
    plan = start_plan(
        actor=actor,
        file_id=file.id,
        slug=slug,
        holder_id=holder_id or actor.id,
        about_id=patient_id,
        facts=facts,
        as_of=as_of,
    )
    return OpenedChild(file.id, plan.id)


@transaction.atomic
def ask_who_follows(*, actor: Actor, patient_id: UUID, child_id: UUID) -> None:
    """
    Let whoever leads the work with children, or the leader, find out who follows a patient's child up.

    For a child with whom the unit cannot begin, since another may follow it already. It stands on the list of the unit
    that follows the patient; no other unit is told anything. Safe to press twice.

    :raises NotFound: if there is no such patient or child; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the patient up.
    :raises ChildRefused: if they are no minor child or sibling of the patient.
    """
    found = people.subject(actor=actor, person_id=patient_id, action=policies.KEEP_FILE)
    patient = people.ensure_own_subject(actor=actor, found=found, action=policies.KEEP_FILE)
    if patient.unit_id is None:
        raise NotAllowed(action=policies.KEEP_FILE, reason=policies.NOT_FOLLOWED_UP, person_id=patient_id)
    _child_of(actor, patient_id, child_id)
    kind = kinds.FOLLOWUP_CHILD_ELSEWHERE
    attending.put(
        actor,
        Placed(
            kind=kind.code,
            subject_type=kinds.PERSON,
            subject_id=patient_id,
            unit_id=patient.unit_id,
            person_id=patient_id,
            due_on=clock.today() + kinds.CHILDREN_WITHIN,
        ),
    )
    audit.record(
        actor=patient.actor,
        action="followup.ask_who_follows",
        information=kind.shows,
        subject_type=kinds.PERSON,
        subject_id=patient_id,
        person_id=patient_id,
        basis=patient.basis,
    )


@transaction.atomic
def become_adult(*, actor: Actor, file_id: UUID) -> CarerFile:
    """
    Let the file of somebody who has turned eighteen be an adult's. Plans go on until somebody ends them.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows them up.
    :raises FileClosed: if the file is closed.
    :raises ChildRefused: if they are not eighteen yet, or it is an adult's already.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    row = storing.ensure_open_file(opened.file)
    if row.kind == FileKind.ADULT:
        raise ChildRefused("adult")
    age = opened.subject.age(clock.today())
    if age is None or age < rules.GROWN_AT:
        raise ChildRefused("not_grown")
    row.kind = FileKind.ADULT.value
    storing.changed(row, "kind")
    storing.note(actor, row, NoteCode.BECAME_ADULT)
    storing.record(opened, "followup.become_adult", information=(Information.PLAN, Information.NAME_AND_BIRTH))
    attending.take_off(actor, kinds.FOLLOWUP_GROWN_UP, storing.FILE, [row.id], why=WithdrawnWhy.SEEN_TO)
    events.publish(FileBecameAdult(file_id=row.id, carer_id=row.carer_id))
    return row


def _child_of(actor: Actor, patient_id: UUID, child_id: UUID) -> Near:
    near = people.family(actor=actor, person_id=patient_id).near
    found = next((each for each in near if each.person_id == child_id), None)
    if found is None or not any(each.live for each in found.relations):
        raise ChildRefused("not_related")
    # Where only the year is known, the latest birthday counts: a child is not lost for want of a day.
    born, today = found.born_latest, clock.today()
    if born is None or found.died_on is not None or age_on(born, today) >= rules.GROWN_AT:
        raise ChildRefused("not_a_child")
    return found


def _file_of(actor: Actor, patient: Subject, child_id: UUID) -> CarerFile:
    """The child's open file, or a new one in the unit that follows the patient up, which follows the child up too."""
    child = _followed(actor, patient, child_id)
    there = CarerFile.objects.filter(carer_id=child_id, state=FileState.OPEN.value).first()
    if there is not None:
        policies.ensure(actor, policies.KEEP_FILE, unit_id=child.unit_id, subject_id=there.id)
        return there
    return open_file(
        actor=actor,
        carer_id=child_id,
        identified_on=clock.today(),
        identified_how=Identified.CHILDREN_QUESTION,
        # Of a child whose day of birth is not known the age is not known to the file either.
        kind=FileKind.CHILD,
    )


def _followed(actor: Actor, patient: Subject, child_id: UUID) -> Subject:
    child = people.subject(actor=actor, person_id=child_id, action=policies.KEEP_FILE)
    if child.own_subject:
        return child
    if patient.unit_id is None:
        raise NotAllowed(action=policies.KEEP_FILE, reason=policies.NOT_FOLLOWED_UP, person_id=child_id)
    register.open_involvement(
        actor=actor,
        person_id=child_id,
        unit_id=patient.unit_id,
        basis=InvolvementBasis.CHILD_NEXT_OF_KIN,
    )
    return policies.opened_carer(actor, child_id, action=policies.KEEP_FILE)
