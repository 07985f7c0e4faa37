"""Putting items on the lists of units and withdrawing them, as jobs do when something has happened."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.people.domain.children import ASKED_AGAIN_AFTER
from medspiller.worklist import policies
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy
from medspiller.worklist.domain.kinds import Kind
from medspiller.worklist.models import OPEN, WorkItem
from medspiller.worklist.services._rows import (
    CHANGED,
    bring_up_to_date,
    key_of,
    record,
    record_many,
    row_of,
    withdraw_rows,
)


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
    title: Mapping[str, str] | None = None,
    origin: Mapping[str, str] | None = None,
) -> WorkItem:
    """
    Put something on a unit's list, once: if it stands there, its day, roles, person and texts are brought up to date.

    Safe to run twice, and at the same time. `roles` are the kind's own unless given.

    :raises NotAllowed: for everybody but the system.
    :raises UnknownKind: if there is no such kind.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=subject_id)
    placed = Placed(
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        unit_id=unit_id,
        person_id=person_id,
        due_on=due_on,
        roles=roles,
        title=title,
        origin=origin,
    )
    wanted = row_of(placed)
    same = WorkItem.objects.filter(
        OPEN, kind=wanted.kind, subject_type=subject_type, subject_id=subject_id, unit_id=unit_id
    )
    there = same.select_for_update().first()
    if there is None:
        try:
            with transaction.atomic():
                wanted.save(force_insert=True)
        except IntegrityError as fault:
            if "worklist_workitem_once" not in str(fault):
                raise
            # Another job was quicker, and has committed: its row is the one.
            there = same.select_for_update().get()
        else:
            record(actor, wanted)
            return wanted
    if bring_up_to_date(there, wanted):
        there.save(update_fields=CHANGED)
        record(actor, there)
    return there


@transaction.atomic
def put_many(*, actor: Actor, items: Iterable[Placed]) -> int:
    """
    Put many things on lists, as `put` does each of them, in a few statements; return how many were new or changed.

    :raises NotAllowed: for everybody but the system.
    :raises UnknownKind: if there is no kind as one of them says.
    """
    policies.ensure(actor, policies.PUT_ITEM)
    wanted = {key_of(row): row for row in map(row_of, items)}
    subjects = {row.subject_id for row in wanted.values()}
    open_now = WorkItem.objects.filter(OPEN, subject_id__in=subjects).select_for_update(of=("self",)).order_by("id")
    there = {key_of(row): row for row in open_now}
    changed = [row for key, row in there.items() if key in wanted and bring_up_to_date(row, wanted[key])]
    WorkItem.objects.bulk_update(changed, CHANGED, batch_size=500)
    # What another job puts in the same moment is the same thing: whoever comes second adds nothing.
    new = [row for key, row in wanted.items() if key not in there]
    WorkItem.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    record_many(actor, [*changed, *new])
    return len(changed) + len(new)


@transaction.atomic
def withdraw_subjects(
    *, actor: Actor, kind: str, subject_type: str, subject_ids: Collection[UUID], why: WithdrawnWhy | str
) -> int:
    """
    Take what is about these subjects off every list, in a few statements; return how much it was.

    :raises NotAllowed: for everybody but the system.
    :raises UnknownKind: if there is no such kind.
    """
    policies.ensure(actor, policies.PUT_ITEM)
    rows = WorkItem.objects.filter(
        OPEN, kind=kinds.kind(kind).code, subject_type=subject_type, subject_id__in=list(subject_ids)
    )
    found = list(rows.select_for_update(of=("self",)).order_by("id"))
    WorkItem.objects.filter(id__in=[row.id for row in found]).update(
        withdrawn_at=clock.now(), withdrawn_why=WithdrawnWhy(why).value
    )
    record_many(actor, found)
    return len(found)


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
    return len(withdraw_rows(actor, rows, why=WithdrawnWhy(why)))


@transaction.atomic
def withdraw_kinds(*, actor: Actor, person_id: UUID, which: Collection[Kind], why: WithdrawnWhy) -> int:
    """
    Take what is of these kinds and about a person off every list, and return how much it was.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=person_id)
    rows = WorkItem.objects.filter(OPEN, person_id=person_id, kind__in=[kind.code for kind in which])
    return len(withdraw_rows(actor, rows, why=why))


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
