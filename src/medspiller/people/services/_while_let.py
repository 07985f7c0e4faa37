"""
Units that have to do with somebody only because they let the unit know: as long as that holds, and no longer.

Whoever ends a consent ends this in the same transaction. A job that did it afterwards would leave the person open to
the unit until it had run.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, Information
from medspiller.core import clock, events
from medspiller.people import policies
from medspiller.people.domain.consents import ConsentDecision
from medspiller.people.domain.events import InvolvementClosed
from medspiller.people.models import Consent, Involvement, Person


def let_until(owner_id: UUID, unit_id: UUID, topics: Collection[str], *, at: datetime) -> datetime | None:
    """
    Return until when somebody lets a unit know of one of these topics without a break, as the rows stand.

    None is without an end; `at` itself, if they do not let it at that moment.
    """
    rows = Consent.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at),
        owner_id=owner_id,
        to_unit_id=unit_id,
        decision=ConsentDecision.GIVEN.value,
        topics__overlap=sorted(topics),
    )
    periods = sorted(rows.values_list("starts_at", "ends_at", "withdrawn_at"), key=lambda each: each[0])
    until = at
    for starts_at, *ends in periods:
        if starts_at > until:
            break
        known = [each for each in ends if each is not None]
        if not known:
            return None
        until = max(until, min(known))
    return until


def follow_consents(actor: Actor, basis: Basis, *, owner_id: UUID, unit_id: UUID | None) -> None:
    """
    Let what a unit has to do with somebody by their leave end when the leave does: now, or on the day it then ends.

    What has ended stays ended. `basis` is that of whoever changed the consents.
    """
    if unit_id is None:
        return
    # Whoever lets a unit in by such a leave has the owner locked: what they store is here, or they see what is over.
    Person.objects.select_for_update().filter(id=owner_id).values_list("id").first()
    now = clock.now()
    live = Involvement.objects.select_for_update(of=("self",)).filter(
        Q(ends_at=None) | Q(ends_at__gt=now), person_id=owner_id, unit_id=unit_id
    )
    for row in live.exclude(only_while_let=[]).order_by("id"):
        until = let_until(owner_id, unit_id, row.only_while_let, at=max(now, row.starts_at))
        if until is not None and until <= now:
            _end(actor, basis, row, at=now)
        else:
            row.ends_at = _before_the_next(row, until)
            row.save(update_fields=["ends_at"])


def _before_the_next(row: Involvement, until: datetime | None) -> datetime | None:
    """The end, but no later than the same unit has to do with them on the same ground without asking."""
    ahead = Involvement.objects.filter(person_id=row.person_id, unit_id=row.unit_id, basis=row.basis)
    begins = ahead.filter(starts_at__gt=row.starts_at).order_by("starts_at").values_list("starts_at", flat=True).first()
    # An end that somebody has set is not moved out again.
    said = row.ends_at if row.closed_at is not None else None
    return min((each for each in (until, begins, said) if each is not None), default=None)


def _end(actor: Actor, basis: Basis, row: Involvement, *, at: datetime) -> None:
    row.ends_at, row.closed_by, row.closed_at = max(at, row.starts_at), actor.id, at
    row.save(update_fields=["ends_at", "closed_by", "closed_at"])
    audit.record(
        actor=actor,
        action=policies.CLOSE_INVOLVEMENT,
        information=Information.INVOLVEMENT,
        subject_type="people.Involvement",
        subject_id=row.id,
        person_id=row.person_id,
        basis=basis,
    )
    events.publish(
        InvolvementClosed(involvement_id=row.id, person_id=row.person_id, unit_id=row.unit_id, ends_at=row.ends_at)
    )
