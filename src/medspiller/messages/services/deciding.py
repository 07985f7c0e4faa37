"""Deciding about a notice that nobody knows the fate of."""

from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.core import clock, events
from medspiller.messages import policies, selectors
from medspiller.messages.domain import notices as rules
from medspiller.messages.domain.events import NoticeSeenTo
from medspiller.messages.domain.notices import Reason, State
from medspiller.messages.models import Notice
from medspiller.messages.services._jobs import defer_hand_over


@transaction.atomic
def try_again(*, actor: Actor, notice_id: UUID) -> Notice:
    """
    Hand over once more what may or may not have arrived, or what failed.

    The gateway gets the same key as before, and a good one then sends nothing twice.

    :raises NotFound: if there is no such notice in the actor's units.
    :raises NotAllowed: without the role.
    :raises NotNow: in any other state.
    """
    row = selectors.notice_for_update(actor=actor, notice_id=notice_id)
    rules.ensure_may_be_tried_again(State(row.state), has_address=row.address is not None)
    row.state, row.reason, row.next_try_at = State.WAITING.value, "", clock.now()
    row.save(update_fields=["state", "reason", "next_try_at"])
    _record(actor, row)
    defer_hand_over(row)
    return row


@transaction.atomic
def stop(*, actor: Actor, notice_id: UUID) -> Notice:
    """
    Let a notice be. It goes on standing on the person's own page.

    :raises NotFound: if there is no such notice in the actor's units.
    :raises NotAllowed: without the role.
    :raises NotNow: if it does not wait and is not uncertain.
    """
    row = selectors.notice_for_update(actor=actor, notice_id=notice_id)
    rules.ensure_may_be_stopped(State(row.state))
    row.state, row.reason, row.next_try_at = State.STOPPED.value, Reason.BY_SENDER.value, None
    row.save(update_fields=["state", "reason", "next_try_at"])
    _record(actor, row)
    return row


@transaction.atomic
def stop_for_consent(*, actor: Actor, consent_id: UUID) -> int:
    """
    Stop all notices that wait on a consent, and return how many there were.

    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    waiting = Notice.objects.filter(consent_id=consent_id, state=State.WAITING.value)
    return waiting.update(state=State.STOPPED.value, reason=Reason.CONSENT_WITHDRAWN.value, next_try_at=None)


@transaction.atomic
def stop_telling_carer(*, actor: Actor, carer_id: UUID, unit_id: UUID, registered_on: date) -> int:
    """
    Stop the notice by which a unit tells a carer that it registered them on a day, if it still waits; return how many.

    What was handed over cannot be called back.

    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    key = rules.carer_registered(unit_id=unit_id, registered_on=registered_on)
    waiting = Notice.objects.filter(person_id=carer_id, event_key=key, state=State.WAITING.value)
    return waiting.update(state=State.STOPPED.value, reason=Reason.BY_SENDER.value, next_try_at=None)


def _record(actor: Actor, row: Notice) -> None:
    audit.record(
        actor=actor,
        action=policies.DECIDE_NOTICE,
        information=Information.MESSAGES,
        subject_type="notices.Notice",
        subject_id=row.id,
        person_id=row.person_id,
        basis=BasisCode.INVOLVEMENT,
    )
    if row.about_id is None:
        events.publish(NoticeSeenTo(notice_id=row.id, unit_id=row.unit_id))
