"""
Handing a notice over: told to the database first, then to the gateway, then what came of it.

Three steps with a commit between, because a gateway cannot be rolled back. Whoever dies
between the first and the last leaves a notice that is being handed over; the job is started
again, finds it so, and calls it uncertain.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.core import clock, events, tenancy
from medspiller.messages import policies, registry, selectors
from medspiller.messages.domain import notices as rules
from medspiller.messages.domain import texts
from medspiller.messages.domain.events import ContactNotReached, NoticeFailed, NoticeSeenTo, NoticeUncertain
from medspiller.messages.domain.notices import Channel, Outcome, Reason, State, Step
from medspiller.messages.gateways.base import Gateway, Outgoing
from medspiller.messages.models import Notice
from medspiller.messages.services._jobs import defer_hand_over, without_a_job
from medspiller.messages.services._where import Way, way_at, way_to
from medspiller.messages.services.holding import held_since

# What a sender is called in a telephone: eleven letters or digits.
_SENDER_MOST = 11


class InsideTransaction(RuntimeError):
    """A notice was to be handed over within a transaction, which could still be rolled back."""


@dataclass(frozen=True, slots=True)
class _Ready:
    gateway: Gateway
    outgoing: Outgoing
    attempt: int


def hand_over(*, actor: Actor, notice_id: UUID) -> None:
    """
    Hand a notice over, if it is due and may still be sent, and none are held. Safe to run any number of times.

    Consent, address and wishes are asked for once more in the transaction that says it is
    being handed over; what was withdrawn before that commit stops it.

    :raises NotAllowed: for anybody but a job.
    :raises InsideTransaction: if a transaction is open.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    if connection.in_atomic_block:
        raise InsideTransaction
    assert actor.tenant_id is not None  # noqa: S101 - a job carries its tenant
    with tenancy.tenant_transaction(tenant_id=actor.tenant_id, actor_id=actor.id):
        ready = _begin(actor, notice_id)
    if ready is None:
        return
    outcome = ready.gateway.hand_over(ready.outgoing)
    with tenancy.tenant_transaction(tenant_id=actor.tenant_id, actor_id=actor.id):
        _settle(actor, notice_id, ready, outcome)


def give_up_lost(*, actor: Actor) -> int:
    """
    Call uncertain what has been on its way for so long that its job is gone for good, and return how much it was.

    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    now = clock.now()
    lost = Notice.objects.filter(state=State.HANDING_OVER.value, handing_over_at__lt=now - rules.STUCK_AFTER)
    # Whoever is being settled this moment is held by the worker, and is not lost.
    rows = list(lost.select_for_update(skip_locked=True).order_by("id"))
    for row in rows:
        _become(row, Step(State.UNCERTAIN), now=now)
    return len(rows)


def take_up_forgotten(*, actor: Actor) -> int:
    """
    Let a worker hand over what is long due and has no job any more, and return how much it was.

    The job may have been lost, or have failed too often. Safe to run twice, and at the same
    time: a notice that has a job is left alone, and a job too many does nothing.

    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    late = Notice.objects.filter(state=State.WAITING.value, next_try_at__lt=clock.now() - rules.LATE_AFTER)
    rows = list(late.select_for_update(skip_locked=True).order_by("id"))
    forgotten = without_a_job([row.id for row in rows])
    for row in rows:
        if row.id in forgotten:
            defer_hand_over(row)
    return len(forgotten)


def _begin(actor: Actor, notice_id: UUID) -> _Ready | None:
    row, now = _locked(notice_id), clock.now()
    if row is None:
        return None
    if row.state == State.HANDING_OVER:
        # The worker that began this is gone, and nobody knows how far it came.
        _become(row, Step(State.UNCERTAIN), now=now)
        return None
    if row.state != State.WAITING or row.next_try_at is None or row.next_try_at > now:
        return None
    if held_since(actor=actor) is not None:
        # It waits on, and is taken up as one whose job is gone when it is let go.
        return None
    channel = Channel(row.channel)
    way, reason = _way_now(actor, row, channel)
    if way is not None and way.hashed != bytes(row.address_hash or b""):
        reason = Reason.ADDRESS_CHANGED
    gateway = registry.gateway_for(channel)
    if way is None or gateway is None or reason is not None:
        _become(row, Step(State.STOPPED, reason or (Reason.NO_GATEWAY if way else Reason.NO_SAFE_ADDRESS)), now=now)
        return None
    row.attempts += 1
    row.handing_over_at, row.gateway = now, gateway.name
    _become(row, Step(State.HANDING_OVER), now=now)
    return _Ready(gateway=gateway, outgoing=_outgoing(actor, row, way.address), attempt=row.attempts)


def _way_now(actor: Actor, row: Notice, channel: Channel) -> tuple[Way | None, Reason | None]:
    """Whoever gave a contact gave that one: it is not looked up. Where it is wanted no more, it was stopped."""
    if row.about_id is not None:
        return way_at(str(row.address or ""), channel=channel)
    whose = selectors.person_of_notice(actor=actor, notice_id=row.id)
    return way_to(actor, person_id=whose, channels=[channel], consent_id=row.consent_id)


def _settle(actor: Actor, notice_id: UUID, ready: _Ready, outcome: Outcome) -> None:
    row, now = _locked(notice_id), clock.now()
    # Somebody thought this worker dead and decided meanwhile: a later try has the word.
    if row is None or row.attempts != ready.attempt or row.state not in (State.HANDING_OVER, State.UNCERTAIN):
        return
    was_given_up = row.state == State.UNCERTAIN
    row.gateway_reference = outcome.reference
    step = rules.after(outcome, tries=row.attempts, now=now)
    _become(row, step, now=now)
    if step.state is State.WAITING:
        defer_hand_over(row, at=step.next_try_at)
    if step.state is State.HANDED_OVER:
        audit.record(
            actor=actor,
            action=policies.HAND_OVER_NOTICE,
            information=(Information.MESSAGES, Information.CONTACT_DETAILS),
            subject_type="notices.Notice",
            subject_id=row.id,
            person_id=row.person_id,
            basis=BasisCode.SYSTEM,
        )
        if was_given_up and row.about_id is None:
            events.publish(NoticeSeenTo(notice_id=row.id, unit_id=row.unit_id))


def _locked(notice_id: UUID) -> Notice | None:
    return Notice.objects.select_for_update().filter(id=notice_id).first()


def _become(row: Notice, step: Step, *, now: datetime) -> None:
    row.state, row.reason, row.next_try_at = step.state.value, str(step.reason), step.next_try_at
    row.handed_over_at = now if step.state is State.HANDED_OVER else None
    row.save()
    if row.about_id is not None:
        # Nobody decides about it: the unit calls.
        if step.state in (State.UNCERTAIN, State.FAILED, State.STOPPED):
            events.publish(ContactNotReached(about_id=row.about_id, event_key=row.event_key))
        return
    if step.state is State.UNCERTAIN:
        events.publish(NoticeUncertain(notice_id=row.id, unit_id=row.unit_id))
    if step.state is State.FAILED:
        events.publish(NoticeFailed(notice_id=row.id, unit_id=row.unit_id))


def _outgoing(actor: Actor, row: Notice, address: str) -> Outgoing:
    words = selectors.words_of_notices(actor=actor)
    name = words.municipality
    return Outgoing(
        notice_id=row.id,
        address=address,
        subject=texts.subject_of(language=row.language, municipality=name),
        text=words.text(kind=row.kind, language=row.language, about_day=row.about_day),
        sender=name if row.channel == Channel.EMAIL else name.split()[0][:_SENDER_MOST],
    )
