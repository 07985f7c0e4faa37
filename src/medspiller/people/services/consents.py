"""Consents: given, narrowed, withdrawn, and the paper they were signed on."""

from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock, events
from medspiller.core.actors import ActorKind
from medspiller.organisations import selectors as organisations
from medspiller.people import selectors
from medspiller.people.domain import consents as rules
from medspiller.people.domain.consents import (
    AlreadyWithdrawn,
    ConsentDecision,
    ConsentDetails,
    ConsentInvalid,
    ConsentTopic,
    Obtained,
)
from medspiller.people.domain.events import ConsentGiven, ConsentWithdrawn
from medspiller.people.models import Consent, ConsentScan
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._judging import owner_facts
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors.consents import EDIT_CONSENT, OWN_CONSENTS
from medspiller.people.services._while_let import follow_consents
from medspiller.people.services.scanning import scanned


@transaction.atomic
def give_consent(*, actor: Actor, owner_id: UUID, details: ConsentDetails) -> Consent:
    """
    Write down what somebody decided about facts of their own: a yes or a no. Citizens do so for themselves.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is staff's own file, the role does not reach the unit, or nobody there follows them up.
    :raises ConsentInvalid: with every detail that cannot be stored, or why the giver could not give it.
    """
    return give(actor=actor, found=_opened(actor, owner_id), details=details)


def give(*, actor: Actor, found: Opened, details: ConsentDetails) -> Consent:
    """Store what the owner decided, for whoever has asked whether the actor may write it down."""
    owner_id, now, today = found.person.id, clock.now(), clock.today()
    if actor.kind is ActorKind.CITIZEN:
        details = replace(details, obtained=Obtained.ELECTRONIC, obtained_note="")
    details = rules.tidy(details, owner_id=owner_id, now=now, today=today)
    facts = owner_facts(found)
    rules.ensure_may_consent(details, facts)
    _ensure_receiver(found, details)

    made = _store(found, details, now=now)
    _record(found, "people.give_consent", made)
    _tell_given(made)
    if details.decision is ConsentDecision.REFUSED:
        _end_refused(found, made, whose=rules.ended_by_a_no(details.obtained, facts), now=now)
    _follow(found, made)
    return made


@transaction.atomic
def narrow_consent(
    *, actor: Actor, consent_id: UUID, topics: frozenset[ConsentTopic], ends_at: datetime | None = None
) -> Consent:
    """
    End a consent and open one about less, or until earlier, in the same moment: at no time do both hold, or neither.

    :raises NotFound: if there is none that the actor may know of.
    :raises AlreadyWithdrawn: if it holds no more.
    :raises NotNarrower: if it would be about anything more, for longer, or the same.
    :raises ConsentInvalid: if it would end before now.
    """
    found, row = _for_writing(actor, consent_id)
    now = clock.now()
    _ensure_not_over(row, now=now)
    narrower = rules.narrowed(_details(row), topics=topics, ends_at=ends_at)
    starts_at = max(now, row.starts_at)
    narrower = rules.tidy(replace(narrower, starts_at=starts_at), owner_id=row.owner_id, now=now, today=clock.today())

    _end(found, row, at=starts_at)
    made = _store(found, narrower, now=now)
    _record(found, "people.narrow_consent", made)
    events.publish(ConsentWithdrawn(consent_id=row.id, owner_id=row.owner_id))
    _tell_given(made)
    _follow(found, made)
    return made


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent_id: UUID) -> Consent:
    """
    End a consent. It holds no more from this moment, in every list, search, export and notice.

    A unit that has to do with the owner because of it alone has nothing to do with them any more, in this transaction.

    :raises NotFound: if there is none that the actor may know of.
    :raises AlreadyWithdrawn: if it holds no more.
    """
    found, row = _for_writing(actor, consent_id)
    now = clock.now()
    _ensure_not_over(row, now=now)

    _end(found, row, at=max(now, row.starts_at))
    _record(found, "people.withdraw_consent", row)
    events.publish(ConsentWithdrawn(consent_id=row.id, owner_id=row.owner_id))
    _follow(found, row)
    return row


@transaction.atomic
def add_scan(*, actor: Actor, consent_id: UUID, content: bytes) -> ConsentScan:
    """
    Add the paper a consent was signed on: PDF, PNG or JPEG, at most five megabytes. It is sealed.

    :raises NotFound: if there is no such consent that the actor may know of.
    :raises FileRefused: if it is anything else, or the installation's scanner finds harm in it.
    """
    found, row = _for_writing(actor, consent_id)
    media_type = scanned(actor=actor, content=content)
    made = ConsentScan.objects.create(
        consent=row,
        media_type=media_type,
        size=len(content),
        content=b64encode(content).decode(),
        added_by=actor.id,
        added_by_name=actor.name,
        added_at=clock.now(),
    )
    audit.record(
        actor=found.actor,
        action="people.add_scan",
        information=(Information.CONSENTS, Information.DOCUMENTS),
        subject_type="people.ConsentScan",
        subject_id=made.id,
        person_id=row.owner_id,
        basis=found.basis,
    )
    return made


def _opened(actor: Actor, owner_id: UUID) -> Opened:
    found = owned.opened(actor=actor, person_id=owner_id, action=EDIT_CONSENT, own_action=OWN_CONSENTS, lock=True)
    return owned.ensure_own_subject(found, action=EDIT_CONSENT)


def _for_writing(actor: Actor, consent_id: UUID) -> tuple[Opened, Consent]:
    found, row = selectors.consent_for_update(actor=actor, consent_id=consent_id)
    return owned.ensure_own_subject(found, action=EDIT_CONSENT), row


def _ensure_receiver(found: Opened, details: ConsentDetails) -> None:
    """Somebody is told of only by those who have to do with them: an id alone names nobody."""
    owner_id, person_id = found.person.id, details.to_person_id
    if person_id is not None and not owned.have_to_do_with(owner_id, person_id):
        raise ConsentInvalid({"receiver": "not_a_carer"})
    if details.to_unit_id is not None:
        anybody = actors.system(found.actor.tenant_id)
        if not organisations.units(actor=anybody, on=clock.today()).filter(id=details.to_unit_id).exists():
            raise ConsentInvalid({"receiver": "no_such_unit"})


def _ensure_not_over(row: Consent, *, now: datetime) -> None:
    if row.withdrawn_at is not None or (row.ends_at is not None and row.ends_at <= now):
        raise AlreadyWithdrawn


def _store(found: Opened, details: ConsentDetails, *, now: datetime) -> Consent:
    return Consent.objects.create(
        owner_id=found.person.id,
        to_person_id=details.to_person_id,
        to_unit_id=details.to_unit_id,
        to_other=details.to_other,
        topics=[topic.value for topic in ConsentTopic if topic in details.topics],
        decision=details.decision.value,
        obtained=details.obtained.value,
        obtained_note=details.obtained_note,
        starts_at=details.starts_at or now,
        ends_at=details.ends_at,
        review_on=details.review_on,
        recorded_by=found.actor.id,
        recorded_by_name=found.actor.name,
        recorded_at=now,
        unit_id=found.unit_id,
    )


def _end(found: Opened, row: Consent, *, at: datetime) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_by_name = at, found.actor.id, found.actor.name
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_by_name"])


def _end_refused(found: Opened, refusal: Consent, *, whose: frozenset[Obtained], now: datetime) -> None:
    """
    Let a no end what `whose` yes let of the same to the same receiver, from its own start; what else was let goes on.

    Taking the no back later brings no yes back: that has to be said anew.
    """
    lets = Consent.objects.select_for_update().filter(
        Q(ends_at=None) | Q(ends_at__gt=refusal.starts_at),
        owner_id=refusal.owner_id,
        to_person_id=refusal.to_person_id,
        to_unit_id=refusal.to_unit_id,
        to_other__iexact=refusal.to_other,
        decision=ConsentDecision.GIVEN.value,
        obtained__in=[each.value for each in whose],
        withdrawn_at=None,
        topics__overlap=refusal.topics,
    )
    for row in lets.order_by("id"):
        at = max(refusal.starts_at, row.starts_at)
        topics = frozenset(map(ConsentTopic, row.topics)) - frozenset(map(ConsentTopic, refusal.topics))
        left = replace(_details(row), topics=topics, starts_at=at)
        if at > now and at > row.starts_at:
            # Until then it holds, and can be taken back sooner.
            row.ends_at = at
            row.save(update_fields=["ends_at"])
        else:
            _end(found, row, at=at)
            events.publish(ConsentWithdrawn(consent_id=row.id, owner_id=row.owner_id))
        _record(found, "people.withdraw_consent", row)
        if topics:
            left = rules.tidy(left, owner_id=row.owner_id, now=now, today=clock.today())
            _tell_given(_store(found, left, now=now))


def _follow(found: Opened, row: Consent) -> None:
    follow_consents(found.actor, found.basis, owner_id=row.owner_id, unit_id=row.to_unit_id)


def _details(row: Consent) -> ConsentDetails:
    """What was decided, for less of it to go on: until the day it was to be gone through again, if that is ahead."""
    reviewed_ahead = row.review_on is not None and row.review_on > clock.today()
    return ConsentDetails(
        topics=frozenset(map(ConsentTopic, row.topics)),
        to_person_id=row.to_person_id,
        to_unit_id=row.to_unit_id,
        to_other=row.to_other,
        decision=ConsentDecision(row.decision),
        obtained=Obtained(row.obtained),
        obtained_note=row.obtained_note,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        review_on=row.review_on if reviewed_ahead else None,
    )


def _record(found: Opened, action: str, row: Consent) -> None:
    audit.record(
        actor=found.actor,
        action=action,
        information=Information.CONSENTS,
        subject_type="people.Consent",
        subject_id=row.id,
        person_id=row.owner_id,
        basis=found.basis,
    )


def _tell_given(row: Consent) -> None:
    events.publish(ConsentGiven(consent_id=row.id, owner_id=row.owner_id, unit_id=row.unit_id, review_on=row.review_on))
