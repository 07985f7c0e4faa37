"""Giving and ending the roles that carers have towards a patient. They belong to the patient."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Basis, Information
from medspiller.core import clock, events
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.core.periods import Period
from medspiller.people import policies, selectors
from medspiller.people.domain import role_rules as rules
from medspiller.people.domain.contacts import AlreadyEnded
from medspiller.people.domain.events import CarerRegistered, RoleEnded, RoleGiven
from medspiller.people.domain.relations import INVERSE, RelationKind
from medspiller.people.domain.role_rules import (
    END_REASON_MOST,
    CannotReopen,
    RoleAlreadyHeld,
    RoleDetails,
    RoleRefused,
    Standing,
)
from medspiller.people.domain.roles import Role
from medspiller.people.models import CarerRole, InformationGiven, Person, Relation
from medspiller.people.services._storing import record
from medspiller.people.services.informing import to_be_informed

# Why a role ended that nobody ended by hand. Anything else stands as it was written.
PATIENT_NAMED, RELATION_ENDED = "patient_named", "relation_ended"
_REFUSALS: dict[str, Exception] = {
    "people_carerrole_once": RoleAlreadyHeld(),
    "people_carerrole_fallback_says_why": RoleRefused({"reasoning": "missing"}),
    "people_carerrole_period": RoleRefused({"valid_to": "not_after_start"}),
}


@transaction.atomic
def give_role(*, actor: Actor, relation_id: UUID, patient_id: UUID, carer_id: UUID, details: RoleDetails) -> CarerRole:
    """
    Say which role a carer has towards a patient, within their relation.

    When the patient names somebody as nearest, whoever was taken to be it for want of a name is it no more.
    Whoever becomes a carer by it, and was never to be told that they are registered, is told within a month.

    :raises NotFound: if there is no such relation between the two; `Closed`, if the patient is closed.
    :raises NotAllowed: if the actor may not say who has which role towards this patient.
    :raises RoleRefused: with everything that speaks against it.
    :raises RoleAlreadyHeld: if the carer has the role already, in some of that time.
    """
    patient = selectors.person_for_update(actor=actor, person_id=patient_id)
    basis = policies.ensure_edit(actor, patient, policies.EDIT_ROLE, at=clock.now())
    policies.ensure_not_close(actor, {patient_id, carer_id}, action=policies.EDIT_ROLE)
    relation = _relation(relation_id, patient_id, carer_id)
    made = give(actor=actor, relation=relation, patient=patient, details=details, basis=basis)
    if basis.unit_id is not None:
        _to_be_told(actor, made, basis.unit_id)
    return made


def give(*, actor: Actor, relation: Relation, patient: Person, details: RoleDetails, basis: Basis) -> CarerRole:
    """Store a role towards a locked patient, for whoever has asked whether the actor may."""
    carer = relation.related if relation.person_id == patient.id else relation.person
    details = rules.tidy_role(details)
    rules.ensure_role_fits(details, standing=_standing(relation, patient, carer, details.valid_from))
    with refused_as(_REFUSALS):
        made = CarerRole.objects.create(
            relation=relation,
            patient=patient,
            carer=carer,
            role=details.role.value,
            named_by_patient=details.named_by_patient,
            basis=details.basis,
            reasoning=details.reasoning,
            covers_personal=details.covers_personal,
            valid_from=details.valid_from,
            valid_to=details.valid_to,
            recorded_by=actor.id,
            recorded_by_name=actor.name,
            recorded_at=clock.now(),
        )
    if details.role is Role.NAERMESTE:
        _end_fallback(patient.id, details.valid_from)
    _record(actor, made, basis)
    _given(made)
    return made


@transaction.atomic
def end_role(*, actor: Actor, role_id: UUID, from_day: date | None = None, reason: str = "") -> CarerRole | None:
    """
    Say from which day a carer does not have a role any more; from today on unless said.

    One that was given today and is ended today was a slip: it is taken away, and None is returned.

    :raises NotFound: if there is no such role towards somebody the actor may open.
    :raises NotAllowed: if the actor may not say who has which role towards this patient.
    :raises AlreadyEnded: if it ends no later already.
    :raises RoleRefused: if the day is before its start, or the reason too long.
    """
    row, basis = _for_update(actor, role_id)
    from_day, reason = from_day or clock.today(), " ".join(reason.split())
    if row.valid_to is not None and row.valid_to <= from_day:
        raise AlreadyEnded(valid_to=row.valid_to)
    if from_day < row.valid_from:
        raise RoleRefused({"valid_to": "not_after_start"})
    if len(reason) > END_REASON_MOST or not reason.isprintable():
        raise RoleRefused({"end_reason": "too_long"})
    _record(actor, row, basis)
    if from_day == row.valid_from:
        _ended(row, from_day)
        row.delete()
        return None
    row.valid_to, row.end_reason = from_day, reason
    row.save(update_fields=["valid_to", "end_reason"])
    _ended(row, from_day)
    return row


@transaction.atomic
def reopen_role(*, actor: Actor, role_id: UUID) -> CarerRole:
    """
    Take back, on the same day, that a role was ended; it ends then when it did before.

    :raises NotFound: if there is no such role towards somebody the actor may open.
    :raises NotAllowed: if the actor may not say who has which role towards this patient.
    :raises CannotReopen: if it was not ended from today.
    :raises RoleRefused: if it does not fit any more, as when the patient has named somebody else.
    :raises RoleAlreadyHeld: if it was given anew meanwhile.
    """
    row, basis = _for_update(actor, role_id)
    today = clock.today()
    earlier = CarerRole.pgh_event_model.objects.filter(id=row.id).order_by("-pgh_id")[1:2]  # type: ignore[attr-defined]
    before = next(iter(earlier), None)
    if row.valid_to != today or before is None or (before.valid_to is not None and before.valid_to <= today):
        raise CannotReopen
    row.valid_to, row.end_reason = before.valid_to, before.end_reason
    standing = _standing(row.relation, row.patient, row.carer, today, but=row.id)
    rules.ensure_role_fits(replace(_details(row), valid_from=max(row.valid_from, today)), standing=standing)
    with refused_as(_REFUSALS):
        row.save(update_fields=["valid_to", "end_reason"])
    _record(actor, row, basis)
    _given(row)
    return row


def _relation(relation_id: UUID, patient_id: UUID, carer_id: UUID) -> Relation:
    rows = Relation.objects.select_for_update(of=("self",)).select_related("person", "related")
    row = rows.filter(id=relation_id).first()
    if row is None or {row.person_id, row.related_id} != {patient_id, carer_id}:
        raise NotFound(f"relation {relation_id}")
    return row


def _for_update(actor: Actor, role_id: UUID) -> tuple[CarerRole, Basis]:
    # The patient first, as when a role is given.
    patient_id = CarerRole.objects.filter(id=role_id).values_list("patient_id", flat=True).first()
    if patient_id is None:
        raise NotFound(f"role {role_id}")
    patient = selectors.person_for_update(actor=actor, person_id=patient_id)
    basis = policies.ensure_edit(actor, patient, policies.EDIT_ROLE, at=clock.now())
    rows = CarerRole.objects.select_for_update(of=("self",)).select_related("relation", "patient", "carer")
    row = rows.filter(id=role_id).first()
    if row is None:
        raise NotFound(f"role {role_id}")
    policies.ensure_not_close(actor, {row.patient_id, row.carer_id}, action=policies.EDIT_ROLE)
    return row, basis


def _standing(relation: Relation, patient: Person, carer: Person, day: date, *, but: UUID | None = None) -> Standing:
    kinds = set()
    for each in Relation.objects.filter(person__in=(patient, carer), related__in=(patient, carer)):
        if day in each.period or each.id == relation.id:
            kind = RelationKind(each.kind)
            kinds.add(kind if each.person_id == patient.id else INVERSE[kind])
    roles = [each for each in CarerRole.objects.filter(patient=patient) if day in each.period and each.id != but]
    return Standing(
        kinds=frozenset(kinds),
        relation=relation.period,
        patient_born=patient.birth_date,
        patient_died_on=patient.died_on,
        carer_born=carer.birth_date,
        carer_died_on=carer.died_on,
        held=frozenset(
            held for each in roles if each.carer_id == carer.id and (held := _now(each, patient, carer, day))
        ),
        nearest_named=any(each.role == Role.NAERMESTE for each in roles),
    )


def _now(row: CarerRole, patient: Person, carer: Person, day: date) -> Role | None:
    """A role as it is on a day: what age has ended is not held."""
    return rules.role_on(
        Role(row.role),
        day=day,
        patient_born=patient.birth_date,
        patient_died_on=patient.died_on,
        holder_born=carer.birth_date,
    )


def _to_be_told(actor: Actor, row: CarerRole, unit_id: UUID) -> None:
    if InformationGiven.objects.filter(person_id=row.carer_id).exists():
        return
    told, _is_first = to_be_informed(actor=actor, person_id=row.carer_id, unit_id=unit_id)
    events.publish(
        CarerRegistered(
            carer_id=row.carer_id, patient_id=row.patient_id, unit_id=unit_id, registered_on=told.registered_on
        )
    )


def _details(row: CarerRole) -> RoleDetails:
    return RoleDetails(
        role=Role(row.role),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        named_by_patient=row.named_by_patient,
        basis=row.basis,
        reasoning=row.reasoning,
        covers_personal=row.covers_personal,
    )


def _end_fallback(patient_id: UUID, from_day: date) -> None:
    period = Period(from_day)
    for row in CarerRole.objects.select_for_update().filter(patient_id=patient_id, role=Role.NAERMESTE_STATUTORY):
        if not row.period.overlaps(period):
            continue
        _ended(row, from_day)
        if row.valid_from >= from_day:
            row.delete()
            continue
        row.valid_to, row.end_reason = from_day, PATIENT_NAMED
        row.save(update_fields=["valid_to", "end_reason"])


def _given(row: CarerRole) -> None:
    events.publish(
        RoleGiven(
            role_id=row.id,
            patient_id=row.patient_id,
            carer_id=row.carer_id,
            role=row.role,
            valid_from=row.valid_from,
        )
    )


def _ended(row: CarerRole, from_day: date) -> None:
    events.publish(RoleEnded(role_id=row.id, patient_id=row.patient_id, carer_id=row.carer_id, valid_to=from_day))


def _record(actor: Actor, row: CarerRole, basis: Basis) -> None:
    record(
        actor,
        policies.EDIT_ROLE,
        row,
        person_id=row.patient_id,
        information=[Information.CARERS],
        basis=basis,
        other_id=row.carer_id,
        told_other=[Information.CARED_FOR],
    )
