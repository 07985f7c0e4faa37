"""Putting items on the lists of units and withdrawing them, as jobs do when something has happened."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.audit import services as audit
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.people.domain.children import ASKED_AGAIN_AFTER
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.worklist import policies
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy
from medspiller.worklist.domain.kinds import Kind
from medspiller.worklist.models import OPEN, WorkItem

_THE_LEADER = [Role.LEADER.value]
_NUMBER_ONLY = InvolvementBasis.EMERGENCY_CONTACT.value
# To tell somebody that they are registered, their number is enough.
_BY_NUMBER = kinds.INFORM_CARER.code


@transaction.atomic
def put(
    *,
    actor: Actor,
    kind: str,
    subject_type: str,
    subject_id: UUID,
    unit_id: UUID,
    person_id: UUID | None = None,
    due_on: date | None = None,
    roles: Collection[Role] | None = None,
) -> WorkItem:
    """
    Put something on a unit's list, once: if it stands there, its day, roles and person are brought up to date.

    Safe to run twice, and at the same time. `roles` are the kind's own unless given.

    :raises NotAllowed: for everybody but the system.
    :raises UnknownKind: if there is no such kind.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=subject_id)
    known = kinds.kind(kind)
    for_roles = sorted(role.value for role in (known.roles if roles is None else roles))
    same = WorkItem.objects.filter(
        OPEN, kind=known.code, subject_type=subject_type, subject_id=subject_id, unit_id=unit_id
    )
    there = same.select_for_update().first()
    if there is None:
        try:
            with transaction.atomic():
                made = WorkItem.objects.create(
                    kind=known.code,
                    subject_type=subject_type,
                    subject_id=subject_id,
                    person_id=person_id,
                    unit_id=unit_id,
                    roles=for_roles,
                    due_on=due_on,
                    put_at=clock.now(),
                )
        except IntegrityError as fault:
            if "worklist_workitem_once" not in str(fault):
                raise
            # Another job was quicker, and has committed: its row is the one.
            there = same.select_for_update().get()
        else:
            _record(actor, made)
            return made
    wanted = (person_id, due_on, for_roles)
    if (there.person_id, there.due_on, there.roles) != wanted:
        there.person_id, there.due_on, there.roles = wanted
        there.save(update_fields=["person", "due_on", "roles"])
        _record(actor, there)
    return there


@transaction.atomic
def withdraw(
    *,
    actor: Actor,
    kind: str,
    subject_type: str,
    subject_id: UUID,
    why: WithdrawnWhy | str,
    unit_id: UUID | None = None,
) -> int:
    """
    Take something off the list of a unit, or of every unit, and return from how many lists it went.

    What is not there, or was finished, stays as it is: safe to run twice.

    :raises NotAllowed: for everybody but the system.
    :raises UnknownKind: if there is no such kind.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=subject_id)
    rows = WorkItem.objects.filter(OPEN, kind=kinds.kind(kind).code, subject_type=subject_type, subject_id=subject_id)
    rows = rows if unit_id is None else rows.filter(unit_id=unit_id)
    return len(_withdraw(actor, rows, why=WithdrawnWhy(why)))


@transaction.atomic
def withdraw_kinds(*, actor: Actor, person_id: UUID, which: Collection[Kind], why: WithdrawnWhy) -> int:
    """
    Take what is of these kinds and about a person off every list, and return how much it was.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=person_id)
    rows = WorkItem.objects.filter(OPEN, person_id=person_id, kind__in=[kind.code for kind in which])
    return len(_withdraw(actor, rows, why=why))


@transaction.atomic
def withdraw_about(*, actor: Actor, person_id: UUID, unit_id: UUID) -> int:
    """
    Take all that is about a person off a unit's list if the unit follows them up no more, and return how much it was.

    What must be done all the same goes on to the units that follow them up; where there are
    none, it stays here and is the leader's. A unit may have to do with somebody on several
    grounds, and an end may lie ahead: while one of them lasts or is still to begin, the list
    stays. A unit that only has the person's number keeps no more than what it can do with that.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=person_id)
    to_come = people.involvements_to_come(actor=actor).filter(person_id=person_id, unit_id=unit_id)
    if to_come.exclude(basis=_NUMBER_ONLY).exists():
        return 0
    rows = WorkItem.objects.filter(OPEN, person_id=person_id, unit_id=unit_id)
    return _let_go(actor, rows.exclude(kind=_BY_NUMBER) if to_come.exists() else rows)


@transaction.atomic
def withdraw_not_followed_up(*, actor: Actor) -> int:
    """
    Take off every list what is about persons whom the unit has stopped following up, and return how much it was.

    For ends that come by themselves, of which no event tells.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM)
    pair = {"person_id": OuterRef("person_id"), "unit_id": OuterRef("unit_id")}
    to_come = people.involvements_to_come(actor=actor).filter(**pair)
    rows = WorkItem.objects.filter(
        OPEN,
        Exists(people.involvements_over(actor=actor).filter(**pair)),
        ~Exists(to_come.exclude(basis=_NUMBER_ONLY)),
        ~Q(kind=_BY_NUMBER) | ~Exists(to_come),
        person_id__isnull=False,
    )
    return _let_go(actor, rows)


@transaction.atomic
def ask_about_children_again(*, actor: Actor) -> int:
    """
    Put the question about minor children on the list of units that treat somebody whose answers have grown old.

    Safe to run twice: what stands on the list stays, and what a unit has taken off it comes back
    no sooner than after another year. Returns how much was put.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM)
    kind = kinds.CHILDREN_QUESTION
    asked = WorkItem.objects.filter(kind=kind.code, person_id=OuterRef("person_id"), unit_id=OuterRef("unit_id"))
    lately = OPEN | Q(put_at__gte=clock.now() - ASKED_AGAIN_AFTER)
    rows = people.children_to_ask_about_again(actor=actor).exclude(Exists(asked.filter(lately)))
    due_on = clock.today() + kinds.CHILDREN_WITHIN
    pairs = sorted(set(rows.values_list("person_id", "unit_id")))
    for person_id, unit_id in pairs:
        put(
            actor=actor,
            kind=kind.code,
            subject_type=kinds.PERSON,
            subject_id=person_id,
            person_id=person_id,
            unit_id=unit_id,
            due_on=due_on,
        )
    return len(pairs)


@transaction.atomic
def move_person(*, actor: Actor, gone_id: UUID, kept_id: UUID) -> int:
    """
    Let what is about one row of a person be about the other, which the two were merged into; return how much it was.

    The old items stay, withdrawn, so that a merge can be undone.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=gone_id)
    withdrawn = _withdraw(actor, WorkItem.objects.filter(OPEN, person_id=gone_id), why=WithdrawnWhy.MERGED)
    for row in withdrawn:
        _put_anew(actor, row, person_id=kept_id, subject_id=kept_id if row.subject_id == gone_id else row.subject_id)
    return len(withdrawn)


@transaction.atomic
def move_person_back(*, actor: Actor, gone_id: UUID) -> int:
    """
    Put anew what was withdrawn when a row of a person was merged away; return how much it was.

    What the other row was given by the merge stays: only somebody who knows both can tell.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=gone_id)
    since = WorkItem.objects.filter(
        person_id=gone_id,
        kind=OuterRef("kind"),
        subject_id=OuterRef("subject_id"),
        unit_id=OuterRef("unit_id"),
        put_at__gte=OuterRef("withdrawn_at"),
    )
    merged = WorkItem.objects.filter(person_id=gone_id, withdrawn_why=WithdrawnWhy.MERGED)
    rows = list(merged.exclude(Exists(since)).order_by("id"))
    for row in rows:
        _put_anew(actor, row, person_id=gone_id, subject_id=row.subject_id)
    return len(rows)


def _let_go(actor: Actor, rows: QuerySet[WorkItem]) -> int:
    # Who was asked to correct something answers, whoever follows the person up.
    rows = rows.exclude(kind=kinds.CORRECTION.code)
    outlast = [kind.code for kind in kinds.KINDS.values() if kind.outlasts_follow_up]
    gone = len(_withdraw(actor, rows.exclude(kind__in=outlast), why=WithdrawnWhy.NOT_FOLLOWED_UP))
    for row in rows.filter(kind__in=outlast).select_for_update(of=("self",)).order_by("id"):
        gone += _hand_on(actor, row)
    return gone


def _hand_on(actor: Actor, row: WorkItem) -> int:
    """Give an item to the units that follow the person up, or to the leader where there are none; 1 if it has moved."""
    assert row.person_id is not None  # noqa: S101 - somebody was followed up
    others = people.involvements_to_come(actor=actor).filter(person_id=row.person_id).exclude(unit_id=row.unit_id)
    if row.kind != _BY_NUMBER:
        others = others.exclude(basis=_NUMBER_ONLY)
    units = sorted(set(others.values_list("unit_id", flat=True)))
    if units:
        for unit_id in units:
            _put_anew(actor, row, person_id=row.person_id, subject_id=row.subject_id, unit_id=unit_id, roles=())
        return len(_withdraw(actor, WorkItem.objects.filter(id=row.id), why=WithdrawnWhy.MOVED))
    if row.kind == _BY_NUMBER:
        last = people.unit_left_to_tell(actor=actor, person_id=row.person_id)
        if last is not None and last != row.unit_id:
            # Several may have stopped at once: one leader is left with it, and is the one who sees whom.
            ids = {"person_id": row.person_id, "subject_id": row.subject_id}
            _put_anew(actor, row, **ids, unit_id=last, roles=[Role.LEADER])
            return len(_withdraw(actor, WorkItem.objects.filter(id=row.id), why=WithdrawnWhy.MOVED))
    if row.roles != _THE_LEADER:
        row.roles, row.taken_by, row.taken_by_name, row.taken_at = _THE_LEADER, None, "", None
        row.save(update_fields=["roles", "taken_by", "taken_by_name", "taken_at"])
        _record(actor, row)
    return 0


def _put_anew(
    actor: Actor,
    row: WorkItem,
    *,
    person_id: UUID,
    subject_id: UUID,
    unit_id: UUID | None = None,
    roles: Collection[Role] | None = None,
) -> None:
    put(
        actor=actor,
        kind=row.kind,
        subject_type=row.subject_type,
        subject_id=subject_id,
        unit_id=unit_id or row.unit_id,
        person_id=person_id,
        due_on=row.due_on,
        roles=[Role(code) for code in row.roles] if roles is None else roles,
    )


def _withdraw(actor: Actor, rows: QuerySet[WorkItem], *, why: WithdrawnWhy) -> list[WorkItem]:
    # Locked in id order: two jobs that withdraw the same would otherwise wait for one another for ever.
    found = list(rows.select_for_update(of=("self",)).order_by("id"))
    for row in found:
        row.withdrawn_at, row.withdrawn_why = clock.now(), why.value
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])
        _record(actor, row)
    return found


def _record(actor: Actor, row: WorkItem) -> None:
    audit.record(
        actor=actor,
        action=policies.PUT_ITEM,
        information=kinds.kind(row.kind).shows,
        subject_type="worklist.WorkItem",
        subject_id=row.id,
        person_id=row.person_id,
    )
