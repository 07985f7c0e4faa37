"""Notices to a contact that somebody gave who has no page of their own: they go there, or nowhere."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.messages import policies
from medspiller.messages.domain import notices as rules
from medspiller.messages.domain import texts
from medspiller.messages.domain.addresses import channel_of
from medspiller.messages.domain.notices import Reason, State
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.models import Notice
from medspiller.messages.services._jobs import defer_hand_over
from medspiller.messages.services._where import way_at


@sensitive_variables("contact")
@transaction.atomic
def tell_contact(
    *,
    actor: Actor,
    contact: str,
    about_id: UUID,
    kind: NoticeKind,
    event_key: str,
    unit_id: UUID,
    language: str = "",
    about_day: date | None = None,
) -> Notice | None:
    """
    Send a notice about an event to a telephone or mailbox, once, and return it; None where nothing can be sent there.

    Whoever asks knows that it is safe: the one whose contact it is said so. `about_id` is what it was given with, as a
    sign-up; `stop_contact` and `forget_contacts` find it again by that. Asked again for the same event and contact it
    returns the notice there is, whatever became of it.

    :raises NotAllowed: for anybody but a job.
    :raises BadEventKey: if the event's key may hold words.
    :raises DayMissing: if the kind names a day and there is none, or the other way round.
    """
    _ensure_job(actor, unit_id)
    rules.ensure_event_key(event_key)
    texts.ensure_day(kind, has_day=about_day is not None)
    way, _reason = way_at(contact, channel=channel_of(contact))
    if way is None:
        return None
    made = Notice(
        about_id=about_id,
        unit_id=unit_id,
        kind=kind.value,
        channel=way.channel.value,
        address=way.address,
        address_hash=way.hashed,
        event_key=event_key,
        language=texts.language_of(language),
        about_day=about_day,
        next_try_at=clock.now(),
        sent_by=actor.id,
        sent_by_name=actor.name,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as fault:
        if rules.ONCE_FOR_AN_ADDRESS not in str(fault):
            raise
        return Notice.objects.get(event_key=event_key, address_hash=way.hashed)
    audit.record(
        actor=actor,
        action=policies.SEND_NOTICE,
        information=Information.MESSAGES,
        subject_type="notices.Notice",
        subject_id=made.id,
        basis=BasisCode.SYSTEM,
    )
    defer_hand_over(made)
    return made


@transaction.atomic
def stop_contact(*, actor: Actor, about_id: UUID) -> int:
    """
    Stop what waits to be sent to a contact, and return how many notices it was.

    :raises NotAllowed: for anybody but a job.
    """
    _ensure_job(actor)
    waiting = Notice.objects.filter(about_id=about_id, state=State.WAITING.value)
    return waiting.update(state=State.STOPPED.value, reason=Reason.NOT_WANTED.value, next_try_at=None)


@transaction.atomic
def forget_contacts(*, actor: Actor, about_ids: Collection[UUID]) -> int:
    """
    Delete all notices to contacts that were given with these, and return how many there were.

    :raises NotAllowed: for anybody but a job.
    """
    _ensure_job(actor)
    return Notice.objects.filter(about_id__in=about_ids).delete()[0]


def _ensure_job(actor: Actor, unit_id: UUID | None = None) -> None:
    if actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(action=policies.SEND_NOTICE, reason="role")
    policies.ensure(actor, policies.SEND_NOTICE, unit_id=unit_id)
