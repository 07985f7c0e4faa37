"""What somebody says matters to them, written down by staff who follow them up, or by themselves."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.people.domain import statements
from medspiller.people.domain.statements import AlreadyEnded
from medspiller.people.models import Statement
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors.statements import OWN_STATEMENT, RECORD_STATEMENT


@transaction.atomic
def record_statement(*, actor: Actor, owner_id: UUID, text: str, about_id: UUID | None = None) -> Statement:
    """
    Keep what somebody said, in their own words. It is theirs alone, whoever it mentions.

    :raises NotFound: if there is no such person, or `about_id` has nothing to do with them; `Closed`, if no unit of
        the actor's follows them up for their own sake.
    :raises NotAllowed: if it is staff's own file, or the role does not reach the unit.
    :raises StatementInvalid: without words, or with too many.
    """
    return keep(actor=actor, found=_opened(actor, owner_id), text=text, about_id=about_id)


def keep(*, actor: Actor, found: Opened, text: str, about_id: UUID | None = None) -> Statement:
    """Store what the owner said, for whoever has asked whether the actor may write it down."""
    owner_id, words = found.person.id, statements.tidy(text)
    if about_id is not None and not owned.have_to_do_with(owner_id, about_id):
        raise NotFound(f"person {about_id}")
    now = clock.now()
    made = Statement.objects.create(
        owner_id=owner_id,
        about_id=about_id,
        unit_id=found.unit_id,
        text=words,
        said_at=now,
        recorded_by=actor.id,
        recorded_by_name=actor.name,
    )
    _record(found, RECORD_STATEMENT, made)
    return made


@transaction.atomic
def end_statement(*, actor: Actor, statement_id: UUID) -> Statement:
    """
    Take back what somebody said. The row stays, and is shown no more.

    :raises NotFound: if there is none that the actor may know of.
    :raises AlreadyEnded: if it was taken back before.
    """
    owner_id = Statement.objects.filter(id=statement_id).values_list("owner_id", flat=True).first()
    if owner_id is None:
        raise NotFound(f"statement {statement_id}")
    # Whoever said it first, as wherever more than one row of somebody's is locked.
    found = _opened(actor, owner_id)
    row = Statement.objects.select_for_update().filter(id=statement_id, owner_id=owner_id).first()
    if row is None:
        raise NotFound(f"statement {statement_id}")
    if row.ended_at is not None:
        raise AlreadyEnded
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    _record(found, "people.end_statement", row)
    return row


def _opened(actor: Actor, owner_id: UUID) -> Opened:
    found = owned.opened(actor=actor, person_id=owner_id, action=RECORD_STATEMENT, own_action=OWN_STATEMENT, lock=True)
    return owned.ensure_own_subject(found, action=RECORD_STATEMENT)


def _record(found: Opened, action: str, row: Statement) -> None:
    audit.record(
        actor=found.actor,
        action=action,
        information=Information.NEEDS,
        subject_type="people.Statement",
        subject_id=row.id,
        person_id=row.owner_id,
        basis=found.basis,
    )
