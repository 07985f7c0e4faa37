"""What carers keep on their own page: kept, handed over by their own choice, asked about, deleted."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind
from medspiller.core import clock, events
from medspiller.core.errors import MedspillerError, NotFound
from medspiller.messages import services as messages
from medspiller.people import selectors as people
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.rights import policies
from medspiller.rights.domain.dialogue import Dialogue
from medspiller.rights.domain.handing_over import AnswersHandedOver, HandingOverTakenBack
from medspiller.rights.domain.outcomes import MOST_KEPT, SAME_PRESS, Outcome, ask_on, month_of
from medspiller.rights.models import KeptAnswer, OutcomeCount
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy

SUBJECT = "rights.KeptAnswer"


class TooMuchKept(MedspillerError):
    """Somebody keeps `MOST_KEPT` already."""


class NothingTold(MedspillerError):
    """Nothing was said of any right."""


class NotRegistered(MedspillerError):
    """Nobody here follows the carer up: there is no contact person to hand anything over to."""


@transaction.atomic
def keep(*, actor: Actor, dialogue: Dialogue, pin: str, weeks: int = 0) -> KeptAnswer:
    """
    Keep answers on the citizen's own page, and ask after `weeks` whether they got it; never with 0.

    The same within a minute is the same press of a button: what was kept then is returned.

    :raises NotAllowed: for anybody but a citizen.
    :raises TooMuchKept: if they keep as much as one may.
    """
    policies.ensure(actor, policies.KEEP_OWN)
    _one_at_a_time(actor)
    text, theirs = dialogue.written(), list(KeptAnswer.objects.filter(policies.own(actor)))
    if same := next((row for row in theirs if row.dialogue == text and row.kept_at > clock.now() - SAME_PRESS), None):
        return same
    if len(theirs) >= MOST_KEPT:
        raise TooMuchKept(f"more than {MOST_KEPT}")
    row = KeptAnswer.objects.create(
        owner_id=actor.id,
        person_id=people.registered_as(actor=actor).person_id,
        dialogue=text,
        reference_date=dialogue.on,
        rulebook_pin=pin,
        kept_at=clock.now(),
        ask_on=ask_on(clock.today(), weeks),
    )
    _record(actor, row)
    return row


@transaction.atomic
def forget_kept(*, actor: Actor, kept_id: UUID) -> None:
    """
    Delete what a citizen keeps, also for whom they handed it over to.

    :raises NotFound: if there is no such one of theirs.
    :raises NotAllowed: for anybody but a citizen.
    """
    row = _own(actor, kept_id)
    _record(actor, row)
    if row.handed_over_at is not None:
        events.publish(HandingOverTakenBack(row.id))
    row.delete()


@transaction.atomic
def hand_over(*, actor: Actor, kept_id: UUID) -> KeptAnswer:
    """
    Let whoever follows the citizen up read what they keep, and put it on the list of those units.

    :raises NotFound: if there is no such one of theirs.
    :raises NotRegistered: if nobody here follows them up.
    :raises NotAllowed: for anybody but a citizen.
    """
    row = _own(actor, kept_id)
    person_id = people.registered_as(actor=actor).person_id
    # Which units follow somebody up, a citizen does not ask the register: whether there is one, is theirs to know.
    system = actors.system(actor.tenant_id)
    if person_id is None or not following(actor=system, person_id=person_id):
        raise NotRegistered
    if row.handed_over_at is None:
        row.person_id, row.handed_over_at = person_id, clock.now()
        row.save(update_fields=["person", "handed_over_at"])
        _record(actor, row)
        events.publish(AnswersHandedOver(row.id, person_id))
    return row


@transaction.atomic
def take_back(*, actor: Actor, kept_id: UUID) -> KeptAnswer:
    """
    Let nobody but the citizen read it any more.

    :raises NotFound: if there is no such one of theirs.
    :raises NotAllowed: for anybody but a citizen.
    """
    row = _own(actor, kept_id)
    if row.handed_over_at is not None:
        events.publish(HandingOverTakenBack(row.id))
        row.handed_over_at = None
        row.save(update_fields=["handed_over_at"])
        _record(actor, row)
    return row


@transaction.atomic
def choose_when_asked(*, actor: Actor, kept_id: UUID, weeks: int) -> None:
    """
    Ask so many weeks from today whether they got it; never with 0. Whoever has been asked already is not asked again.

    :raises NotFound: if there is no such one of theirs.
    :raises NotAllowed: for anybody but a citizen.
    """
    row = _own(actor, kept_id)
    if row.asked_at is None:
        row.ask_on = ask_on(clock.today(), weeks)
        row.save(update_fields=["ask_on"])


@transaction.atomic
def tell_outcomes(*, actor: Actor, kept_id: UUID, outcomes: Mapping[str, Outcome]) -> None:
    """
    Count what became of rights, once, and remember only that it was told. Nothing of it leads back to the citizen.

    :raises NothingTold: if there is nothing to count.
    :raises NotFound: if there is no such one of theirs.
    :raises NotAllowed: for anybody but a citizen.
    """
    row = _own(actor, kept_id)
    if not outcomes:
        raise NothingTold
    if row.told_at is not None:
        return
    month = month_of(clock.today())
    for right, outcome in outcomes.items():
        counted, _is_new = OutcomeCount.objects.get_or_create(right=right, outcome=outcome.value, month=month)
        OutcomeCount.objects.filter(pk=counted.pk).update(count=F("count") + 1)
    row.told_at = clock.now()
    row.save(update_fields=["told_at"])


@transaction.atomic
def ask_again(*, actor: Actor, kept_id: UUID, now: datetime) -> None:
    """
    Let the page ask whether they got it, and say by a notice that there is something new. Safe to run twice.

    The notice says nothing of what it is about. Whoever nobody follows up sees it on their page only.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = KeptAnswer.objects.select_for_update().filter(id=kept_id, asked_at=None).first()
    if row is None:
        return
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    if row.person_id is None:
        return
    units = sorted(following(actor=actor, person_id=row.person_id))
    if units:
        messages.tell_of_news(
            actor=actor, person_id=row.person_id, unit_id=units[0], event_key=f"rights_asked:{row.id}"
        )  # fmt: skip


def put_on_lists(*, actor: Actor, kept_id: UUID, person_id: UUID, due_on: date | None = None) -> None:
    """
    Put on the lists of the units that follow a carer up that something was handed over. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    # Held until it stands on the lists: whoever takes it back meanwhile waits, and what they take off is there.
    if KeptAnswer.objects.select_for_update().filter(id=kept_id, handed_over_at__isnull=False).first() is None:
        return
    for unit_id in sorted(following(actor=actor, person_id=person_id)):
        worklist.put(
            actor=actor,
            kind=kinds.RIGHTS_HANDED_OVER.code,
            subject_type=SUBJECT,
            subject_id=kept_id,
            person_id=person_id,
            unit_id=unit_id,
            due_on=due_on,
        )


def take_off_lists(*, actor: Actor, kept_id: UUID) -> None:
    """
    Take it off every list: the carer has taken it back. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    worklist.withdraw(
        actor=actor,
        kind=kinds.RIGHTS_HANDED_OVER.code,
        subject_type=SUBJECT,
        subject_id=kept_id,
        why=WithdrawnWhy.ENDED,
    )


def following(*, actor: Actor, person_id: UUID) -> set[UUID]:
    """Return the units that follow a person up for their own sake now; to have their number is not that."""
    found = people.involvements_to_come(actor=actor).filter(person_id=person_id, starts_at__lte=clock.now())
    only_called = InvolvementBasis.EMERGENCY_CONTACT.value
    return set(found.exclude(basis=only_called).values_list("unit_id", flat=True))


def _own(actor: Actor, kept_id: UUID) -> KeptAnswer:
    policies.ensure(actor, policies.KEEP_OWN)
    row = KeptAnswer.objects.select_for_update().filter(policies.own(actor), id=kept_id).first()
    if row is None:
        raise NotFound(f"kept {kept_id}")
    return row


def _one_at_a_time(actor: Actor) -> None:
    """Let nobody keep two things at once: each sees what was kept before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rights.keep {actor.id}"])


def _record(actor: Actor, row: KeptAnswer) -> None:
    audit.record(
        actor=actor,
        action=policies.KEEP_OWN,
        kind=Kind.WRITE,
        information=(Information.RIGHTS,),
        subject_type=SUBJECT,
        subject_id=row.id,
        person_id=row.person_id,
        basis=BasisCode.OWN,
    )
