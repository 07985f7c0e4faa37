"""
Putting many families into the register at once, by the same rules as one.

For a register that moves in from elsewhere, and for a demo: a hundred thousand in minutes.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from medspiller.access.domain.accounts import PERSON_NUMBER
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, BasisCode, Information, Shown
from medspiller.core import clock, events, inserting
from medspiller.core.actors import ActorKind
from medspiller.core.constraints import refused_as
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotAllowed
from medspiller.core.inserting import ROWS_AT_ONCE
from medspiller.core.periods import Period
from medspiller.people import policies
from medspiller.people.domain import consents as consent_rules
from medspiller.people.domain import contacts as contact_rules
from medspiller.people.domain import informing, involvements, relations, role_rules
from medspiller.people.domain import persons as person_rules
from medspiller.people.domain.bulk import KnownCarer, KnownConsent, KnownFamily, KnownPerson, NotKnownYet, Stranger
from medspiller.people.domain.children import ChildrenReply
from medspiller.people.domain.consents import ConsentTopic, OwnerFacts
from medspiller.people.domain.events import CarerRegistered, ChildrenAsked
from medspiller.people.domain.persons import AlreadyRegistered, PersonChanges
from medspiller.people.domain.role_rules import RoleDetails, Standing
from medspiller.people.domain.roles import Role
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    Consent,
    ContactPoint,
    InformationGiven,
    Involvement,
    Person,
    Relation,
)
from medspiller.people.services._storing import contact_columns

_INFORMATION = (Information.REGISTRATION, Information.NAME_AND_BIRTH)


@transaction.atomic
def register_families(*, actor: Actor, families: Sequence[KnownFamily]) -> int:
    """
    Store families with all that is known of them, or none, and return how many persons there are.

    Each detail is held to the rule that holds where it is typed. Only what needs somebody is
    announced: children nobody has asked about, and carers who have not been told. Each person
    is in the log.

    :raises NotAllowed: for everybody but the system.
    :raises NotKnownYet: for a family of the future.
    :raises Stranger: for a carer, a consent or an answer of somebody who is not of the family.
    :raises AlreadyRegistered: if a person number is known, of whomever it is.
    :raises MedspillerError: with what one of the rules says about a detail.
    """
    policies.ensure(actor, policies.REGISTER_PERSON)
    if actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(action=policies.REGISTER_PERSON, reason=policies.NO_ROLE)
    rows = _Rows(actor)
    for family in families:
        if family.since > clock.now():
            raise NotKnownYet
        rows.add(family)
    with refused_as({"people_person_pid": AlreadyRegistered()}):
        for made in rows.all.values():
            inserting.insert(made)
    told = [Shown(person_id=each.id, subject_type="people.Person", subject_id=each.id) for each in rows.all[Person]]
    for start in range(0, len(told), ROWS_AT_ONCE):
        audit.record_each(
            actor=actor,
            action=policies.REGISTER_PERSON,
            information=_INFORMATION,
            about=told[start : start + ROWS_AT_ONCE],
            basis=Basis(code=BasisCode.SYSTEM),
        )
    for event in rows.events:
        events.publish(event)
    return len(told)


class _Rows:
    """The rows of several families, in the order in which tables name each other."""

    def __init__(self, actor: Actor):
        self.actor = actor
        self.all: dict[type[Model], list[Any]] = {
            Person: [],
            ContactPoint: [],
            Involvement: [],
            Relation: [],
            CarerRole: [],
            InformationGiven: [],
            Consent: [],
            ChildrenAnswer: [],
        }
        self.events: list[object] = []

    def add(self, family: KnownFamily) -> None:
        day = clock.day_of(family.since)
        known = {each.id: each for each in family.persons}
        named = (
            *(person_id for each in family.carers for person_id in (each.patient_id, each.carer_id)),
            *(each.owner_id for each in family.consents),
            *(each.patient_id for each in family.answers),
        )
        if not known.keys() >= set(named):
            raise Stranger
        for person in family.persons:
            self._add_person(family, person, day)
        told: set[UUID] = set()
        nearest: set[UUID] = set()
        for carer in family.carers:
            self._add_carer(family, carer, known, nearest, day)
            if carer.carer_id not in told:
                self._add_informing(family, carer, day)
                told.add(carer.carer_id)
        for consent in family.consents:
            self._add_consent(family, consent, known[consent.owner_id], day)
        self._add_answers(family)

    def _put(self, model: type[Model], **columns: Any) -> Any:
        # The tenant is said outright: a default of the database is asked for with each row.
        row = model(tenant_id=self.actor.tenant_id, **columns)
        self.all[model].append(row)
        return row

    def _add_person(self, family: KnownFamily, person: KnownPerson, day: date) -> None:
        details = person_rules.tidy(person.details)
        person_rules.ensure_valid(details, today=day)
        changes = PersonChanges(details.given_name, details.family_name, details.birth_date, language=person.language)
        person_rules.ensure_changes_valid(changes, died_on=person.died_on, today=day)
        number = details.person_number or None
        self._put(
            Person,
            id=person.id,
            given_name=details.given_name,
            family_name=details.family_name,
            birth_date=details.birth_date,
            protected_address=details.protected_address.value,
            pid=number,
            pid_hash=keyed_hash(number, purpose=PERSON_NUMBER) if number else None,
            died_on=person.died_on,
            language=person.language,
            needs_interpreter=person.needs_interpreter,
            wants_notices=person.wants_notices,
        )
        self._add_ways(family, person, day)

    def _add_ways(self, family: KnownFamily, person: KnownPerson, day: date) -> None:
        """How somebody is reached, and which units have to do with them."""
        for told in person.contacts:
            contact = contact_rules.tidy_contact(told)
            contact_rules.ensure_contact_valid(contact)
            self._put(ContactPoint, person_id=person.id, valid_from=day, **contact_columns(contact))
        for unit_id, basis in person.involved:
            involvements.ensure_may_begin(
                basis=basis,
                protected_address=person.details.protected_address,
                starts_at=family.since,
                ends_at=None,
                now=family.since,
            )
            self._put(
                Involvement,
                person_id=person.id,
                unit_id=unit_id,
                basis=basis.value,
                starts_at=family.since,
                opened_by=self.actor.id,
                opened_by_name=self.actor.name,
                opened_at=family.since,
            )

    def _add_carer(
        self, family: KnownFamily, carer: KnownCarer, known: dict[UUID, KnownPerson], nearest: set[UUID], day: date
    ) -> None:
        patient, one = known[carer.patient_id], known[carer.carer_id]
        relations.ensure_relation_valid(
            carer.relation, person_born=patient.details.birth_date, related_born=one.details.birth_date, today=day
        )
        first, second, kind = relations.as_stored(patient.id, one.id, carer.relation.kind)
        period = Period(carer.relation.valid_from, carer.relation.valid_to)
        related = self._put(
            Relation,
            person_id=first,
            related_id=second,
            kind=kind.value,
            cohabiting=carer.relation.cohabiting,
            valid_from=period.start,
            valid_to=period.end,
        )
        held: set[Role] = set()
        for told in carer.roles:
            role = role_rules.tidy_role(told)
            standing = Standing(
                kinds=frozenset({carer.relation.kind}),
                relation=period,
                patient_born=patient.details.birth_date,
                patient_died_on=patient.died_on,
                carer_born=one.details.birth_date,
                carer_died_on=one.died_on,
                held=frozenset(held),
                nearest_named=patient.id in nearest,
            )
            role_rules.ensure_role_fits(role, standing=standing)
            held.add(role.role)
            self._add_role(family, carer, related.id, role)
        if Role.NAERMESTE in held:
            nearest.add(patient.id)

    def _add_role(self, family: KnownFamily, carer: KnownCarer, relation_id: UUID, role: RoleDetails) -> None:
        self._put(
            CarerRole,
            relation_id=relation_id,
            patient_id=carer.patient_id,
            carer_id=carer.carer_id,
            role=role.role.value,
            named_by_patient=role.named_by_patient,
            basis=role.basis,
            reasoning=role.reasoning,
            covers_personal=role.covers_personal,
            valid_from=role.valid_from,
            valid_to=role.valid_to,
            **self._recorded(family),
        )

    def _add_informing(self, family: KnownFamily, carer: KnownCarer, day: date) -> None:
        self._put(
            InformationGiven,
            person_id=carer.carer_id,
            unit_id=carer.unit_id,
            registered_on=day,
            due_on=informing.due_after(day),
            informed_at=family.since if carer.informed else None,
            how=carer.informed.value if carer.informed else "",
            recorded_by=self.actor.id,
            recorded_by_name=self.actor.name,
        )
        if carer.informed is None:
            self.events.append(
                CarerRegistered(
                    carer_id=carer.carer_id, patient_id=carer.patient_id, unit_id=carer.unit_id, registered_on=day
                )
            )

    def _add_consent(self, family: KnownFamily, consent: KnownConsent, owner: KnownPerson, day: date) -> None:
        details = consent_rules.tidy(consent.details, owner_id=owner.id, now=family.since, today=day)
        born = owner.details.birth_date
        age = person_rules.age_on(born, day) if born else None
        consent_rules.ensure_may_consent(details, OwnerFacts(age=age))
        self._put(
            Consent,
            owner_id=owner.id,
            to_person_id=details.to_person_id,
            to_unit_id=details.to_unit_id,
            to_other=details.to_other,
            topics=[topic.value for topic in ConsentTopic if topic in details.topics],
            decision=details.decision.value,
            obtained=details.obtained.value,
            obtained_note=details.obtained_note,
            starts_at=details.starts_at,
            ends_at=details.ends_at,
            review_on=details.review_on,
            unit_id=consent.unit_id,
            **self._recorded(family),
        )

    def _add_answers(self, family: KnownFamily) -> None:
        for each in family.answers:
            self._put(
                ChildrenAnswer,
                patient_id=each.patient_id,
                unit_id=each.unit_id,
                topic=each.topic.value,
                reply=each.reply.value,
                asked_by=self.actor.id,
                asked_by_name=self.actor.name,
                asked_at=family.since,
            )
        # One of them is enough: there is one question on the list for both.
        asked_of = {each.patient_id: each for each in family.answers if each.reply is ChildrenReply.NOT_ASKED}
        for patient_id, asked in asked_of.items():
            self.events.append(
                ChildrenAsked(
                    patient_id=patient_id, unit_id=asked.unit_id, topic=asked.topic.value, answer=asked.reply.value
                )
            )

    def _recorded(self, family: KnownFamily) -> dict[str, Any]:
        return {
            "recorded_by": self.actor.id,
            "recorded_by_name": self.actor.name,
            "recorded_at": family.since,
        }
