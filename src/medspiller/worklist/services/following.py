"""Items of somebody whom a unit follows up no more, and of two rows of one person: what becomes of them."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.people import selectors as people
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.worklist import policies
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy
from medspiller.worklist.domain.kinds import Kind
from medspiller.worklist.models import OPEN, WorkItem
from medspiller.worklist.services._rows import record, withdraw_rows
from medspiller.worklist.services.placing import put_many

_THE_LEADER = [Role.LEADER.value]
_NUMBER_ONLY = InvolvementBasis.EMERGENCY_CONTACT.value
# To tell somebody that they are registered, their number is enough.
_BY_NUMBER = kinds.INFORM_CARER.code


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
def move_subjects(
    *,
    actor: Actor,
    which: Collection[Kind],
    subject_ids: Collection[UUID],
    unit_id: UUID,
    person_id: UUID | None = None,
) -> int:
    """
    Let what is of these kinds and about these subjects stand on another unit's list; return how much it was.

    For whoever keeps what the items are about, and has given it to that unit. Nobody has taken it there. With
    `person_id` it concerns that row of the person from now on.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM)
    rows = WorkItem.objects.filter(OPEN, kind__in=[each.code for each in which], subject_id__in=list(subject_ids))
    withdrawn = withdraw_rows(actor, rows.exclude(unit_id=unit_id), why=WithdrawnWhy.MOVED)
    for row in withdrawn:
        _put_anew(actor, row, person_id=person_id or row.person_id, subject_id=row.subject_id, unit_id=unit_id)
    return len(withdrawn)


@transaction.atomic
def move_person(*, actor: Actor, gone_id: UUID, kept_id: UUID) -> int:
    """
    Let what is about one row of a person be about the other, which the two were merged into; return how much it was.

    Whoever had it has it. The old items stay, withdrawn, so that a merge can be undone.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.PUT_ITEM, subject_id=gone_id)
    withdrawn = withdraw_rows(actor, WorkItem.objects.filter(OPEN, person_id=gone_id), why=WithdrawnWhy.MERGED)
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
    gone = len(withdraw_rows(actor, rows.exclude(kind__in=outlast), why=WithdrawnWhy.NOT_FOLLOWED_UP))
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
        # What only the leader was left with is there for whom such things are.
        roles = kinds.kind(row.kind).roles if row.roles == _THE_LEADER else None
        for unit_id in units:
            _put_anew(actor, row, person_id=row.person_id, subject_id=row.subject_id, unit_id=unit_id, roles=roles)
        return len(withdraw_rows(actor, WorkItem.objects.filter(id=row.id), why=WithdrawnWhy.MOVED))
    if row.kind == _BY_NUMBER:
        last = people.unit_left_to_tell(actor=actor, person_id=row.person_id)
        if last is not None and last != row.unit_id:
            # Several may have stopped at once: one leader is left with it, and is the one who sees whom.
            ids = {"person_id": row.person_id, "subject_id": row.subject_id}
            _put_anew(actor, row, **ids, unit_id=last, roles=[Role.LEADER])
            return len(withdraw_rows(actor, WorkItem.objects.filter(id=row.id), why=WithdrawnWhy.MOVED))
    if row.roles != _THE_LEADER:
        row.roles = _THE_LEADER
        row.nobodys()
        row.save(update_fields=["roles", *row.HOLDING])
        record(actor, row)
    return 0


def _put_anew(
    actor: Actor,
    row: WorkItem,
    *,
    person_id: UUID | None,
    subject_id: UUID,
    unit_id: UUID | None = None,
    roles: Collection[Role] | None = None,
) -> None:
    """Put an item again as it was. On the same unit's list whoever had it has it; elsewhere nobody has."""
    stays = unit_id is None or unit_id == row.unit_id
    placed = Placed(
        kind=row.kind,
        subject_type=row.subject_type,
        subject_id=subject_id,
        unit_id=unit_id or row.unit_id,
        person_id=person_id,
        due_on=row.due_on,
        by_law=row.by_law,
        roles=[Role(code) for code in row.roles] if roles is None else roles,
        title=row.title,
        origin=row.origin,
        taken_by=row.taken_by if stays else None,
        taken_by_name=row.taken_by_name if stays else "",
    )
    put_many(actor=actor, items=[placed])
