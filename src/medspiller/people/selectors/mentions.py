"""Persons whom rows of other apps are about: which of them an actor may know of, and who follows them up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.people import policies
from medspiller.people.domain.children import ASKED_AGAIN_AFTER, BY_LAW, ChildrenReply
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.models import (
    ChildrenAnswer,
    InformationGiven,
    Involvement,
    Person,
    live_at,
    with_live_involvements,
)
from medspiller.people.policies import Standing
from medspiller.people.selectors.children import _answers_of

_NAMED_BY = ("tenant_id", "given_name", "family_name", "birth_date", "protected_address", "merged_into")


@dataclass(frozen=True, slots=True)
class Reach:
    """
    Where an actor stands to single persons, looked up once for a page.

    `closed` are those the actor is or is too close to: not even that there is a row about
    them is shown. `let_no_more` are those who let a unit of the actor's know of them, and do not any more, where
    nothing else opens them: what only waits for being taken off a list is not shown there either.
    """

    stands: Standing

    @property
    def closed(self) -> frozenset[UUID]:
        return self.stands.closed

    @property
    def let_no_more(self) -> frozenset[UUID]:
        return self.stands.let_no_more


@dataclass(frozen=True, slots=True)
class Mentioned:
    """
    A person whom the actor may open, as far as a list names them, with the ground for the access log.

    `only_to_tell`: closed to the actor, but that it is left to them to tell the person (`left_to_tell`).
    """

    id: UUID
    name: str
    birth_date: date | None
    is_protected: bool
    basis: Basis
    only_to_tell: bool = False


def reach(*, actor: Actor) -> Reach:
    """Return where the actor stands to single persons now. One statement for staff, none for anybody else."""
    if actor.kind is not ActorKind.STAFF:
        return Reach(stands=Standing())
    return Reach(stands=policies.standing(actor, at=clock.now()))


def mentioned(*, actor: Actor, person_ids: Collection[UUID], within: Reach) -> dict[UUID, Mentioned]:
    """
    Return those of these persons whom the actor may open now, by id. Two statements at most.

    Nothing is logged by this: whoever shows any of them logs whom, with the basis given here.
    """
    wanted = set(person_ids)
    if not wanted or actor.kind is not ActorKind.STAFF:
        return {}
    # What is sealed about them is not opened.
    at, named = clock.now(), Person.objects.filter(id__in=wanted).only(*_NAMED_BY)
    rows = list(with_live_involvements(named, at=at))
    known = policies.facts_from(actor, within.stands)
    answers = policies.answers(actor, known, rows, at=at, stands=within.stands)
    return {
        row.id: Mentioned(
            id=row.id,
            name=row.name,
            birth_date=row.birth_date,
            is_protected=ProtectedAddress(row.protected_address) is not ProtectedAddress.NONE,
            basis=policies.basis_of(answers[row.id]),
        )
        for row in rows
        if answers[row.id].allowed
    }


def involvements_to_come(*, actor: Actor) -> QuerySet[Involvement]:
    """
    Return the involvements that are live or begin later, for a job to hold its own rows to. For nobody else any.

    Who follows whom up is nothing that a list shows: it is for narrowing, by unit and person.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return Involvement.objects.none()
    return Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))


def involvements_over(*, actor: Actor) -> QuerySet[Involvement]:
    """Return the involvements that have ended, for a job to hold its own rows to. For nobody else any."""
    if actor.kind is not ActorKind.SYSTEM:
        return Involvement.objects.none()
    return Involvement.objects.filter(ends_at__lte=clock.now())


def children_are_asked_about(*, actor: Actor, person_id: UUID) -> bool:
    """
    Say to a job whether what helsepersonelloven § 10 a asks of a patient's minor children and siblings is answered.

    *Not asked* is no answer, and one from more than a year ago is none any more. For anybody
    but a job nothing is said, and False looks like it.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return False
    return not any(each.ask_again for each in _answers_of(person_id) if each.by_law)


def children_to_ask_about_again(*, actor: Actor) -> QuerySet[Involvement]:
    """
    Return where units treat living persons whose answers about minor children are more than a year old, for a job.

    For narrowing, by unit and person, and for nobody else any. Persons who were never asked
    are not among them: that stands on the lists since they were first treated.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return Involvement.objects.none()
    now = clock.now()
    outdated = ChildrenAnswer.objects.filter(
        patient_id=OuterRef("person_id"), topic__in=BY_LAW, asked_at__lt=now - ASKED_AGAIN_AFTER
    ).exclude(reply=ChildrenReply.NOT_ASKED.value)
    return Involvement.objects.filter(
        live_at(now),
        Exists(outdated),
        basis=InvolvementBasis.TREATMENT.value,
        person__died_on=None,
        person__merged_into=None,
    )


def to_be_informed_by(*, actor: Actor, person_id: UUID) -> date | None:
    """
    Return to a job by which day a registered person must be told that they are; None if they were, or need not be.

    The dead are told nothing.

    For anybody but a job nothing is said, and None looks like it.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return None
    waits = InformationGiven.objects.filter(
        person_id=person_id, informed_at=None, reason_not_to="", person__died_on=None
    )
    return waits.values_list("due_on", flat=True).first()


def is_informed(*, actor: Actor, person_id: UUID) -> bool:
    """
    Say to a job whether a person was told that they are registered, or need not be (GDPR art. 14).

    They need not where the reason is written down, or where they have died.

    For anybody but a job nothing is said, and False looks like it.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return False
    told = Q(informed_at__isnull=False) | ~Q(reason_not_to="") | Q(person__died_on__isnull=False)
    return InformationGiven.objects.filter(told, person_id=person_id).exists()
