"""Registering persons, and saying which unit has to do with them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from medspiller.access.domain.accounts import PERSON_NUMBER
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock, events
from medspiller.core.actors import ActorKind
from medspiller.core.constraints import refused_as
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain import involvements
from medspiller.people.domain import persons as rules
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.events import InvolvementClosed, PersonRegistered
from medspiller.people.domain.informing import StillToBeTold
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Answer, Refusal
from medspiller.people.domain.persons import AlreadyRegistered, PersonDetails
from medspiller.people.models import InformationGiven, Involvement, Person
from medspiller.people.selectors._following import may_follow_up
from medspiller.people.services import _involving
from medspiller.people.services._while_let import let_until


@transaction.atomic
def register_person(
    *,
    actor: Actor,
    details: PersonDetails,
    unit_id: UUID,
    basis: InvolvementBasis | str = InvolvementBasis.SUPPORT,
) -> Person:
    """
    Make somebody known to the tenant, with the first unit that has to do with them.

    Without a unit nobody could open the person, so there is always one.

    :raises NotAllowed: if the actor may not register for this unit, or registers themselves.
    :raises DetailsInvalid: with every detail that cannot be stored.
    :raises AlreadyRegistered: if the person number is known; nothing is told of whose it is.
    """
    policies.ensure(actor, policies.REGISTER_PERSON, unit_id=unit_id)
    details = rules.tidy(details)
    rules.ensure_valid(details, today=clock.today())
    number = details.person_number or None
    hashed = keyed_hash(number, purpose=PERSON_NUMBER) if number else None
    if hashed is not None and Person.objects.filter(pid_hash=hashed).exists():
        raise AlreadyRegistered

    with refused_as({"people_person_pid": AlreadyRegistered()}):
        made = Person.objects.create(
            given_name=details.given_name,
            family_name=details.family_name,
            birth_date=details.birth_date,
            protected_address=details.protected_address.value,
            pid=number,
            pid_hash=hashed,
        )
    if number:
        _ensure_not_oneself(actor, made)
    now = clock.now()
    opened = _involving.begin(
        actor, made, unit_id=unit_id, basis=InvolvementBasis(basis), starts_at=now, ends_at=None, now=now
    )
    audit.record(
        actor=actor,
        action=policies.REGISTER_PERSON,
        information=(Information.REGISTRATION, Information.NAME_AND_BIRTH),
        subject_type="people.Person",
        subject_id=made.id,
        person_id=made.id,
        basis=_involving.through(actor, opened),
    )
    events.publish(PersonRegistered(person_id=made.id))
    return made


@transaction.atomic
def open_involvement(
    *,
    actor: Actor,
    person_id: UUID,
    unit_id: UUID,
    basis: InvolvementBasis | str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    only_while_let: frozenset[ConsentTopic] = frozenset(),
) -> Involvement:
    """
    Say that a unit has to do with a person in [starts_at, ends_at), from now on unless another start is given.

    With `only_while_let` it is because the person lets the unit know of one of these topics: it ends no later than
    they do, and in the transaction in which they take it back.

    Whoever opens it must be able to open the person: through a unit that follows them up
    already, or by emergency access, which the involvement then names so that the leader sees
    what the access led to. To have somebody's number is enough only where nobody else has
    followed them up.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if the actor may not do so for this unit, it is their own file, or the unit only has
        the number of somebody whom others follow up, or did.
    :raises StartsInThePast: if it would begin before now.
    :raises EndBeforeStart: if it would hold no moment, or the person does not let the unit know.
    :raises TooLittleForProtected: for an emergency contact whose address is strictly protected.
    :raises AlreadyInvolved: if the unit has to do with the person on this basis in some of that time.
    """
    policies.ensure(actor, policies.OPEN_INVOLVEMENT, unit_id=unit_id, subject_id=person_id)
    person = selectors.person_for_update(actor=actor, person_id=person_id)
    now, through = clock.now(), None
    if actor.kind is not ActorKind.SYSTEM:
        answer = policies.ensure_open(actor, person, action=policies.OPEN_INVOLVEMENT, at=now)
        through = answer.emergency.id if answer.emergency else None
        _ensure_may_widen(actor, person, answer, InvolvementBasis(basis))
    if only_while_let:
        until = let_until(person_id, unit_id, only_while_let, at=starts_at or now)
        ends_at = min((each for each in (ends_at, until) if each is not None), default=None)

    opened = _involving.begin(
        actor,
        person,
        unit_id=unit_id,
        basis=InvolvementBasis(basis),
        starts_at=starts_at or now,
        ends_at=ends_at,
        now=now,
        through=through,
        only_while_let=only_while_let,
    )
    _involving.recorded(actor, opened)
    return opened


@transaction.atomic
def close_involvement(*, actor: Actor, involvement_id: UUID, at: datetime | None = None) -> Involvement:
    """
    Say that a unit has nothing more to do with a person from a moment on, now unless a later one is given.

    The row stays: it explains what was looked at while it held. The unit loses the person
    the same second. The last unit tells the person first that they are registered, or writes
    why it does not: afterwards nobody could.

    :raises NotFound: if there is no such involvement in the actor's units.
    :raises NotAllowed: if it is the actor's own file.
    :raises EndBeforeStart: if the moment is past.
    :raises AlreadyClosed: if it ends no later already.
    :raises StillToBeTold: if nobody else has to do with the person, who has not been told.
    """
    found = Involvement.objects.select_for_update(of=("self",)).select_related("person").filter(id=involvement_id)
    row = found.first()
    if row is None or not actor.may(policies.CLOSE_INVOLVEMENT, unit_id=row.unit_id):
        raise NotFound(f"involvement {involvement_id}")
    now = clock.now()
    if actor.kind is not ActorKind.SYSTEM:
        closed_to = policies.standing(actor, at=now)
        if row.person_id in closed_to.closed:
            reason = Refusal.OWN_FILE if row.person_id in closed_to.own else Refusal.RELATIVE
            raise policies.refusal_of(reason, action=policies.CLOSE_INVOLVEMENT, person_id=row.person_id)

    ends_at = involvements.close(starts_at=row.starts_at, ends_at=row.ends_at, at=at or now, now=now)
    if actor.kind is not ActorKind.SYSTEM:
        _ensure_somebody_tells(row, after=ends_at)
    row.ends_at = ends_at
    row.closed_by, row.closed_at = actor.id, now
    row.save(update_fields=["ends_at", "closed_by", "closed_at"])
    audit.record(
        actor=actor,
        action=policies.CLOSE_INVOLVEMENT,
        information=Information.INVOLVEMENT,
        subject_type="people.Involvement",
        subject_id=row.id,
        person_id=row.person_id,
        basis=_involving.through(actor, row),
    )
    events.publish(
        InvolvementClosed(involvement_id=row.id, person_id=row.person_id, unit_id=row.unit_id, ends_at=row.ends_at)
    )
    return row


def _ensure_somebody_tells(closing: Involvement, *, after: datetime) -> None:
    lasting = Q(ends_at=None) | Q(ends_at__gt=after)
    if Involvement.objects.filter(lasting, person_id=closing.person_id).exclude(id=closing.id).exists():
        return
    waits = InformationGiven.objects.filter(person_id=closing.person_id, informed_at=None, reason_not_to="")
    due_on = waits.filter(person__died_on=None).values_list("due_on", flat=True).first()
    if due_on is not None:
        raise StillToBeTold(due_on=due_on)


def _ensure_may_widen(actor: Actor, person: Person, answer: Answer, basis: InvolvementBasis) -> None:
    if basis is InvolvementBasis.EMERGENCY_CONTACT or may_follow_up(actor, person, answer):
        return
    raise NotAllowed(
        action=policies.OPEN_INVOLVEMENT, reason=policies.NOT_FOLLOWED_UP, subject_id=person.id, person_id=person.id
    )


def _ensure_not_oneself(actor: Actor, person: Person) -> None:
    if actor.kind is ActorKind.STAFF and policies.own_persons(actor).filter(id=person.id).exists():
        raise NotAllowed(
            action=policies.REGISTER_PERSON, reason=Refusal.OWN_FILE.value, subject_id=person.id, person_id=person.id
        )
