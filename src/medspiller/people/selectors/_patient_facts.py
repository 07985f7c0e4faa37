"""What is stored about a patient that decides what may be told to whom, as it was at a moment. One statement."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from medspiller.core import clock
from medspiller.people.domain import circumstances, competence
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.domain.consents import ConsentDecision, HeldConsent, Obtained
from medspiller.people.domain.relations import INVERSE, RelationKind
from medspiller.people.domain.role_rules import role_on
from medspiller.people.domain.roles import Role

# One statement, since every page of a person asks it. What is over by then is left out here;
# what holds is decided by the domain.
_FACTS = """
SELECT 'relation', to_jsonb(r) FROM (
    SELECT id, person_id, related_id, kind, cohabiting FROM people_relation
    WHERE (person_id = %(patient)s OR related_id = %(patient)s)
    AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
) r
UNION ALL SELECT 'role', to_jsonb(r) FROM (
    SELECT r.id, relation_id, carer_id, role, named_by_patient, covers_personal, p.birth_date AS patient_born,
        p.died_on AS patient_died_on, c.birth_date AS carer_born
    FROM people_carerrole r JOIN people_person p ON p.id = r.patient_id JOIN people_person c ON c.id = r.carer_id
    WHERE patient_id = %(patient)s AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
) r
UNION ALL SELECT 'consent', to_jsonb(r) FROM (
    SELECT id, topics, decision, starts_at, ends_at, withdrawn_at, recorded_at, obtained, to_person_id
    FROM people_consent WHERE owner_id = %(patient)s AND to_person_id IS NOT NULL AND starts_at <= %(at)s
) r
UNION ALL SELECT 'circumstance', to_jsonb(r) FROM (
    SELECT id, code, recipient_id, reason, review_on, judged_by_name, judged_at, ended_at
    FROM people_circumstancejudged
    WHERE patient_id = %(patient)s AND judged_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)
) r
UNION ALL SELECT 'decision', to_jsonb(r) FROM (
    SELECT id, matter, competent, reason, review_on, judged_by_name, judged_at, ended_at,
        shown_to_patient_at, shown_to_nearest_at
    FROM people_competencedecision
    WHERE patient_id = %(patient)s AND judged_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)
) r
"""


@dataclass(frozen=True, slots=True)
class HeldRelation:
    """A relation that held: what the other is to the patient."""

    id: UUID
    other_id: UUID
    kind: RelationKind
    cohabiting: bool | None


@dataclass(frozen=True, slots=True)
class CarersRole:
    """A role that a carer held towards the patient."""

    id: UUID
    relation_id: UUID
    carer_id: UUID
    role: Role
    named_by_patient: bool | None
    covers_personal: bool | None


@dataclass(frozen=True, slots=True)
class Judged:
    """Who judged something, when and why, and the last day it holds."""

    id: UUID
    by: str
    at: datetime
    reason: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class HeldCircumstance:
    """A circumstance that held, for one recipient or (None) for all."""

    code: Circumstance
    recipient_id: UUID | None
    judged: Judged

    def concerns(self, recipient_id: UUID) -> bool:
        """Say whether it bears on what this recipient may be told."""
        return self.recipient_id in (None, recipient_id)


@dataclass(frozen=True, slots=True)
class Decision:
    """
    A decision on competence that stood. `competent` is None where it is overdue for review.

    `said` is what was decided, overdue or not.
    """

    matter: str
    competent: bool | None
    said: bool
    judged: Judged
    shown_to_patient_at: datetime | None
    shown_to_nearest_at: datetime | None


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """All of it. `relations` by whom they are to."""

    at: datetime
    day: date
    relations: tuple[HeldRelation, ...] = ()
    roles: tuple[CarersRole, ...] = ()
    consents: tuple[HeldConsent, ...] = ()
    circumstances: tuple[HeldCircumstance, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def carers(self) -> list[UUID]:
        """Everybody with a relation or a role, in the order they became known."""
        found = [each.other_id for each in self.relations] + [each.carer_id for each in self.roles]
        return sorted(set(found), key=found.index)


def facts_of(patient_id: UUID, *, at: datetime) -> PatientFacts:
    """Return what held for a patient at a moment. Asks no policy and logs nothing: whoever calls it has opened them."""
    day = clock.day_of(at)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"patient": patient_id, "day": day, "at": at})
        rows = [(name, value if isinstance(value, dict) else json.loads(value)) for name, value in cursor.fetchall()]

    def of(name: str, read: Callable[[dict[str, Any]], Any]) -> tuple[Any, ...]:
        return tuple(read(row) for each, row in sorted(rows, key=lambda row: row[1]["id"]) if each == name)

    held = [row for row in of("circumstance", dict) if _holds(row, at=at, day=day)]
    return PatientFacts(
        at=at,
        day=day,
        relations=of("relation", lambda row: _relation(row, patient_id)),
        roles=tuple(held for held in of("role", lambda row: _role(row, day)) if held is not None),
        consents=of("consent", _consent),
        circumstances=tuple(_circumstance(row) for row in held),
        decisions=of("decision", lambda row: _decision(row, day)),
    )


def _relation(row: dict[str, Any], patient_id: UUID) -> HeldRelation:
    kind, person, related = RelationKind(row["kind"]), UUID(row["person_id"]), UUID(row["related_id"])
    of_patient = person == patient_id
    return HeldRelation(
        id=UUID(row["id"]),
        other_id=related if of_patient else person,
        kind=kind if of_patient else INVERSE[kind],
        cohabiting=row["cohabiting"],
    )


def _role(row: dict[str, Any], day: date) -> CarersRole | None:
    """The role as it is on the day; None for one that age has ended."""
    role = role_on(
        Role(row["role"]),
        day=day,
        patient_born=_day(row["patient_born"]),
        patient_died_on=_day(row["patient_died_on"]),
        holder_born=_day(row["carer_born"]),
    )
    if role is None:
        return None
    return CarersRole(
        id=UUID(row["id"]),
        relation_id=UUID(row["relation_id"]),
        carer_id=UUID(row["carer_id"]),
        role=role,
        named_by_patient=row["named_by_patient"],
        covers_personal=row["covers_personal"],
    )


def _consent(row: dict[str, Any]) -> HeldConsent:
    return HeldConsent(
        id=UUID(row["id"]),
        topics=frozenset(row["topics"]),
        decision=ConsentDecision(row["decision"]),
        starts_at=datetime.fromisoformat(row["starts_at"]),
        ends_at=_moment(row["ends_at"]),
        withdrawn_at=_moment(row["withdrawn_at"]),
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        obtained=Obtained(row["obtained"]),
        to_person_id=UUID(row["to_person_id"]),
    )


def _holds(row: dict[str, Any], *, at: datetime, day: date) -> bool:
    return circumstances.holds(
        judged_at=datetime.fromisoformat(row["judged_at"]),
        ended_at=_moment(row["ended_at"]),
        review_on=_day(row["review_on"]),
        at=at,
        day=day,
    )


def _circumstance(row: dict[str, Any]) -> HeldCircumstance:
    recipient = row["recipient_id"]
    return HeldCircumstance(
        code=Circumstance(row["code"]), recipient_id=UUID(recipient) if recipient else None, judged=_judged(row)
    )


def _decision(row: dict[str, Any], day: date) -> Decision:
    review_on = _day(row["review_on"])
    return Decision(
        matter=row["matter"],
        competent=competence.answer(competent=row["competent"], review_on=review_on, day=day),
        said=row["competent"],
        judged=_judged(row),
        shown_to_patient_at=_moment(row["shown_to_patient_at"]),
        shown_to_nearest_at=_moment(row["shown_to_nearest_at"]),
    )


def _judged(row: dict[str, Any]) -> Judged:
    return Judged(
        id=UUID(row["id"]),
        by=row["judged_by_name"],
        at=datetime.fromisoformat(row["judged_at"]),
        reason=row["reason"],
        review_on=_day(row["review_on"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
