"""Deciding which unit reads what."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.core import clock, events
from medspiller.core.actors import ActorKind
from medspiller.core.errors import InvalidInput, NotAllowed
from medspiller.enquiries import policies
from medspiller.enquiries.domain.enquiries import FEWEST_DAYS, MOST_DAYS, Purpose
from medspiller.enquiries.domain.events import EnquiryMoved
from medspiller.enquiries.models import Enquiry, Recipient
from medspiller.organisations import selectors as organisations

SUBJECT = "enquiries.Recipient"


@transaction.atomic
def choose_recipient(*, actor: Actor, purpose: Purpose, unit_id: UUID, within_days: int) -> Recipient:
    """
    Let a unit read what is asked for a purpose, within so many working days. What is open goes with it.

    :raises NotAllowed: if the actor decides neither for that unit nor for the one that reads it now.
    :raises InvalidInput: if the unit is not open, or the days are too few or too many.
    """
    # Two who choose at once would otherwise both find nothing there.
    row = Recipient.objects.select_for_update(of=("self",)).filter(purpose=purpose.value).first()
    policies.ensure(actor, policies.CHOOSE_RECIPIENT, unit_id=None if _is_system(actor) else unit_id)
    _ensure_may_change(actor, row)
    if not FEWEST_DAYS <= within_days <= MOST_DAYS:
        raise InvalidInput({"within_days": "range"})
    if not organisations.units(actor=actor, on=clock.today()).filter(id=unit_id).exists():
        raise InvalidInput({"unit": "closed"})
    chosen = {"unit_id": unit_id, "within_days": within_days, "set_at": clock.now(), "set_by_id": _account(actor)}
    made, _new = Recipient.objects.update_or_create(purpose=purpose.value, defaults=chosen)
    _move_open(purpose, unit_id)
    audit.record(actor=actor, action=policies.CHOOSE_RECIPIENT, subject_type=SUBJECT, subject_id=made.id)
    return made


@transaction.atomic
def end_recipient(*, actor: Actor, purpose: Purpose) -> None:
    """
    Let nobody read what is asked for a purpose any more: the form goes away. What is open stays where it is.

    :raises NotAllowed: if the actor does not decide for the unit that reads it now.
    """
    row = Recipient.objects.select_for_update(of=("self",)).filter(purpose=purpose.value).first()
    policies.ensure(actor, policies.CHOOSE_RECIPIENT)
    _ensure_may_change(actor, row)
    if row is not None:
        audit.record(actor=actor, action=policies.CHOOSE_RECIPIENT, subject_type=SUBJECT, subject_id=row.id)
        row.delete()


def _ensure_may_change(actor: Actor, row: Recipient | None) -> None:
    if row is None or _is_system(actor) or policies.may_choose_instead_of(actor, row.unit_id):
        return
    raise NotAllowed(action=policies.CHOOSE_RECIPIENT, reason="not_own", subject_id=row.id)


def _move_open(purpose: Purpose, unit_id: UUID) -> None:
    """Let the unit have what is open, as nobody's: whoever had taken it may not be able to open it any more."""
    rows = Enquiry.objects.filter(purpose=purpose.value, done_at=None).exclude(unit_id=unit_id)
    for row in rows.select_for_update(of=("self",)).order_by("id"):
        from_unit_id, row.unit_id = row.unit_id, unit_id
        row.taken_by, row.taken_at = None, None
        row.save(update_fields=["unit", "taken_by", "taken_at"])
        events.publish(EnquiryMoved(row.id, from_unit_id))


def _is_system(actor: Actor) -> bool:
    return actor.kind is ActorKind.SYSTEM


def _account(actor: Actor) -> UUID | None:
    return None if _is_system(actor) else actor.id
