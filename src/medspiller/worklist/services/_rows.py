"""The rows of the lists: made, brought up to date, withdrawn, and written into the access log."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Shown
from medspiller.core import clock
from medspiller.worklist import policies
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy
from medspiller.worklist.models import WorkItem

# What is brought up to date when the same thing is put again.
PLACED = ["person_id", "due_on", "by_law", "roles", "title", "origin"]
# And what that may end: what the law sets a day for cannot sleep beyond it.
ASLEEP = ["snoozed_until", "snoozed_why"]
CHANGED = ["person", *PLACED[1:], *ASLEEP]


def row_of(placed: Placed) -> WorkItem:
    known = kinds.kind(placed.kind)
    now = clock.now()
    return WorkItem(
        kind=known.code,
        subject_type=placed.subject_type,
        subject_id=placed.subject_id,
        person_id=placed.person_id,
        unit_id=placed.unit_id,
        roles=sorted(role.value for role in (known.roles if placed.roles is None else placed.roles)),
        title=dict(placed.title) if placed.title else None,
        origin=dict(placed.origin) if placed.origin else None,
        due_on=placed.due_on,
        by_law=placed.by_law or known.deadline is kinds.Deadline.LAW,
        put_at=now,
        taken_by=placed.taken_by,
        taken_by_name=placed.taken_by_name,
        taken_at=now if placed.taken_by else None,
    )


def key_of(row: WorkItem) -> tuple[str, str, UUID, UUID]:
    return (row.kind, row.subject_type, row.subject_id, row.unit_id)


def bring_up_to_date(there: WorkItem, wanted: WorkItem) -> bool:
    """Give a row that stands what is wanted of it, and say whether that changed anything. Who has it, keeps it."""
    before = [getattr(there, name) for name in PLACED]
    for name in PLACED:
        setattr(there, name, getattr(wanted, name))
    if there.by_law and there.due_on and there.snoozed_until and there.snoozed_until > there.due_on:
        there.snoozed_until, there.snoozed_why = None, ""
    return before != [getattr(there, name) for name in PLACED]


def withdraw_rows(actor: Actor, rows: QuerySet[WorkItem], *, why: WithdrawnWhy) -> list[WorkItem]:
    # Locked in id order: two jobs that withdraw the same would otherwise wait for one another for ever.
    found = list(rows.select_for_update(of=("self",)).order_by("id"))
    for row in found:
        row.withdrawn_at, row.withdrawn_why = clock.now(), why.value
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])
        record(actor, row)
    return found


def record_many(actor: Actor, rows: Iterable[WorkItem]) -> None:
    shown = [
        Shown(
            person_id=row.person_id,
            subject_type="worklist.WorkItem",
            subject_id=row.id,
            information=kinds.kind(row.kind).shows,
        )
        for row in rows
    ]
    audit.record_each(actor=actor, action=policies.PUT_ITEM, information=(), about=shown)


def record(actor: Actor, row: WorkItem) -> None:
    audit.record(
        actor=actor,
        action=policies.PUT_ITEM,
        information=kinds.kind(row.kind).shows,
        subject_type="worklist.WorkItem",
        subject_id=row.id,
        person_id=row.person_id,
    )
