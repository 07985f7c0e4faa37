"""Sending notices: the row and its job in one transaction."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.messages import policies, registry
from medspiller.messages.domain import notices as rules
from medspiller.messages.domain import texts
from medspiller.messages.domain.notices import Channel, Reason, State
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.models import Notice
from medspiller.messages.services._jobs import defer_hand_over
from medspiller.messages.services._where import Way, way_to
from medspiller.people import selectors as people

PREFERRED = (Channel.SMS, Channel.EMAIL)
_ONCE_FOR_A_PERSON = "notices_notice_once_person"


@transaction.atomic
def send_notice(
    *,
    actor: Actor,
    person_id: UUID,
    kind: NoticeKind | str,
    event_key: str,
    unit_id: UUID,
    consent_id: UUID | None = None,
    about_day: date | None = None,
    channels: Sequence[Channel] = PREFERRED,
) -> Notice:
    """
    Send a person a notice about an event, once: on the channel they would rather have, else on the first that is safe.

    `unit_id` is who looks after it: whose staff see whether it arrived. With `consent_id` it
    is sent only if that consent holds, now and when it is handed over. Where nothing safe is
    known nothing is sent: the notice is stored as stopped with the reason, and stands on the
    person's own page. Asked again for the same event and person, it returns the notice there is.

    :raises NotAllowed: if the actor may not send for this unit.
    :raises NotFound: if the actor may not open the person.
    :raises BadEventKey: if the event's key may hold words.
    :raises DayMissing: if the kind names a day and there is none, or the other way round.
    """
    kind = NoticeKind(kind)
    policies.ensure(actor, policies.SEND_NOTICE, unit_id=unit_id, person_id=person_id)
    if actor.kind is not ActorKind.SYSTEM and not people.visible_persons(actor=actor).filter(id=person_id).exists():
        raise NotFound(f"person {person_id}")
    rules.ensure_event_key(event_key)
    texts.ensure_day(kind, has_day=about_day is not None)
    there = Notice.objects.filter(event_key=event_key, person_id=person_id).first()
    if there is not None:
        return there

    preferences = registry.register().notice_preferences(actor=actor, person_id=person_id)
    channels = rules.in_order(channels, preferred=preferences.preferred_channel)
    way, reason = way_to(actor, person_id=person_id, channels=channels, consent_id=consent_id)
    wanted = Notice(
        person_id=person_id,
        unit_id=unit_id,
        kind=kind.value,
        event_key=event_key,
        language=texts.language_of(preferences.language),
        about_day=about_day,
        consent_id=consent_id,
        sent_by=actor.id,
        sent_by_name=actor.name,
        created_at=clock.now(),
    )
    made, is_new = _store(wanted, way, reason)
    if not is_new:
        return made
    audit.record(
        actor=actor,
        action=policies.SEND_NOTICE,
        information=Information.MESSAGES,
        subject_type="notices.Notice",
        subject_id=made.id,
        person_id=person_id,
        basis=BasisCode.SYSTEM if actor.kind is ActorKind.SYSTEM else BasisCode.INVOLVEMENT,
    )
    if made.state == State.WAITING:
        defer_hand_over(made)
    return made


def tell_carer(*, actor: Actor, carer_id: UUID, unit_id: UUID, registered_on: date) -> Notice | None:
    """
    Tell a carer that they are registered, if they have said that they want notices; else None.

    The key names unit and day and not the patient: several registrations in a day are one
    notice, and a telephone that two carers share rings once.

    :raises NotAllowed: if the actor may not send for this unit.
    """
    preferences = registry.register().notice_preferences(actor=actor, person_id=carer_id)
    if preferences.wants_notices is not True:
        return None
    return send_notice(
        actor=actor,
        person_id=carer_id,
        kind=NoticeKind.REGISTERED_AS_CARER,
        event_key=rules.carer_registered(unit_id=unit_id, registered_on=registered_on),
        unit_id=unit_id,
    )


def tell_of_age(*, actor: Actor, person_id: UUID, unit_id: UUID, on: date) -> Notice | None:
    """
    Tell a young person that something changes for them on a day, if they have said that they want notices; else None.

    It goes to what is their own only: a parent's telephone is none of theirs.

    :raises NotAllowed: if the actor may not send for this unit.
    """
    preferences = registry.register().notice_preferences(actor=actor, person_id=person_id)
    if preferences.wants_notices is not True:
        return None
    return send_notice(
        actor=actor,
        person_id=person_id,
        kind=NoticeKind.AGE_REACHED,
        event_key=f"age_reached:{person_id}:{on.isoformat()}",
        unit_id=unit_id,
        about_day=on,
    )


def tell_of_news(*, actor: Actor, person_id: UUID, unit_id: UUID, event_key: str) -> Notice | None:
    """
    Tell a person that there is something new on their page, if they have said that they want notices; else None.

    :raises NotAllowed: if the actor may not send for this unit.
    """
    preferences = registry.register().notice_preferences(actor=actor, person_id=person_id)
    if preferences.wants_notices is not True:
        return None
    return send_notice(
        actor=actor, person_id=person_id, kind=NoticeKind.NEW_ON_MY_PAGE, event_key=event_key, unit_id=unit_id
    )


def _store(wanted: Notice, way: Way | None, reason: Reason | None) -> tuple[Notice, bool]:
    """Store the notice, and say whether it is new. The database is the judge: two may send for one event at once."""
    if way is not None:
        wanted.channel, wanted.address, wanted.address_hash = way.channel.value, way.address, way.hashed
        wanted.state, wanted.next_try_at = State.WAITING.value, wanted.created_at
    else:
        wanted.state, wanted.reason = State.STOPPED.value, str(reason)
    try:
        with transaction.atomic():
            wanted.save(force_insert=True)
    except IntegrityError as fault:
        if _ONCE_FOR_A_PERSON in str(fault):
            return Notice.objects.get(event_key=wanted.event_key, person=wanted.person), False
        if rules.ONCE_FOR_AN_ADDRESS not in str(fault):
            raise
        # Somebody who shares the telephone has been told. For this person it stands on their own page.
        wanted.channel, wanted.address, wanted.address_hash, wanted.next_try_at = "", None, None, None
        return _store(wanted, None, Reason.SAME_ADDRESS)
    return wanted, True
