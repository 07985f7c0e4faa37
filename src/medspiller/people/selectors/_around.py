"""A person with everybody around them, as it is stored. One statement, since the page of a person asks it each time."""

import json
from base64 import b64decode
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from medspiller.people.domain.consents import ConsentDecision, ConsentTopic
from medspiller.people.domain.contacts import ContactSystem, NameUse
from medspiller.people.domain.involvements import InvolvementBasis, LiveInvolvement
from medspiller.people.domain.persons import full_name
from medspiller.people.domain.role_rules import role_on
from medspiller.people.domain.roles import Role
from medspiller.people.models import ContactPoint
from medspiller.people.selectors._marks import MARK
from medspiller.people.selectors._seen import Informing, SeenContact, SeenName

# What is over still stands on the page, but for what somebody can be reached by and who has to do with them.
_AROUND = """
WITH near AS MATERIALIZED (
    SELECT %(person)s::uuid AS id
    UNION SELECT related_id FROM people_relation WHERE person_id = %(person)s
    UNION SELECT person_id FROM people_relation WHERE related_id = %(person)s
)
SELECT 'person', to_jsonb(r) FROM (
    SELECT p.id, given_name, family_name, birth_date, died_on, protected_address, gender, language, needs_interpreter,
        preferred_channel, best_time, wants_notices, merged_into_id, version, pid_hash IS NOT NULL AS has_number,
        (SELECT told.birth_year FROM people_childtold told WHERE told.patient_id = %(person)s AND told.child_id = p.id)
    FROM people_person p JOIN near ON near.id = p.id
) r
UNION ALL SELECT 'relation', to_jsonb(r) FROM (
    SELECT id, person_id, related_id, kind, cohabiting, valid_from, valid_to, version
    FROM people_relation WHERE person_id = %(person)s OR related_id = %(person)s
) r
UNION ALL SELECT 'role', to_jsonb(r) FROM (
    SELECT id, relation_id, patient_id, carer_id, role, named_by_patient, basis, reasoning, covers_personal,
        valid_from, valid_to, recorded_by_name, recorded_at, end_reason
    FROM people_carerrole WHERE patient_id = %(person)s OR carer_id = %(person)s
) r
UNION ALL SELECT 'involvement', to_jsonb(r) FROM (
    SELECT i.id, i.person_id, i.unit_id, u.name AS unit_name, i.basis, i.starts_at
    FROM people_involvement i JOIN near ON near.id = i.person_id JOIN organisations_unit u ON u.id = i.unit_id
    WHERE i.starts_at <= %(at)s AND (i.ends_at IS NULL OR i.ends_at > %(at)s)
) r
UNION ALL SELECT 'contact', to_jsonb(r) FROM (
    SELECT c.id, c.person_id, system, encode(value, 'base64') AS value, own, safe_to_call, safe_to_leave_message,
        safe_for_notices, note, rank, stored_for, valid_from, valid_to
    FROM people_contactpoint c JOIN near ON near.id = c.person_id
    WHERE valid_from <= %(day)s AND (valid_to IS NULL OR valid_to > %(day)s)
) r
UNION ALL SELECT 'name', to_jsonb(r) FROM (
    SELECT id, use, given_name, family_name, valid_from, valid_to FROM people_personname WHERE person_id = %(person)s
) r
UNION ALL SELECT 'informing', to_jsonb(r) FROM (
    SELECT id, unit_id, registered_on, due_on, informed_at, how, reason_not_to, recorded_by_name
    FROM people_informationgiven WHERE person_id = %(person)s
) r
UNION ALL SELECT 'consent', to_jsonb(r) FROM (
    SELECT c.owner_id, c.to_unit_id FROM people_consent c JOIN near ON near.id = c.owner_id
    WHERE c.to_unit_id IS NOT NULL AND c.decision = %(given)s AND %(topic)s = ANY(c.topics)
    AND c.starts_at <= %(at)s AND (c.ends_at IS NULL OR c.ends_at > %(at)s)
    AND (c.withdrawn_at IS NULL OR c.withdrawn_at > %(at)s)
) r
"""

_AND_ITS_MARK = f"UNION ALL SELECT 'mark', jsonb_build_object('mark', ({MARK}))"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """
    The rows, by what they are. `involvements`, `contacts` and `consents` are by person.

    `consents` are the units to which somebody lets be told of their own situation now. `mark` tells whether anything
    here has changed; empty where it was not asked for, or there is nothing.
    """

    persons: dict[UUID, Row]
    relations: list[Row]
    roles: list[Row]
    names: list[Row]
    informing: Row | None
    involvements: dict[UUID, list[LiveInvolvement]] = field(default_factory=dict)
    contacts: dict[UUID, list[Row]] = field(default_factory=dict)
    consents: dict[UUID, set[UUID]] = field(default_factory=dict)
    mark: str = ""


def around(person_id: UUID, *, at: datetime, day: date, with_mark: bool = False) -> Around:
    """Return a person and everybody around them. Asks no policy, logs nothing and opens nothing that is sealed."""
    given = {"given": ConsentDecision.GIVEN.value, "topic": ConsentTopic.OWN_SITUATION.value}
    found: dict[str, list[Row]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _AROUND + (_AND_ITS_MARK if with_mark else ""), {"person": person_id, "at": at, "day": day, **given}
        )
        for name, row in cursor.fetchall():
            found[name].append(_read(row if isinstance(row, dict) else json.loads(row)))
    for rows in found.values():
        rows.sort(key=lambda row: str(row.get("id", "")))
    consents: dict[UUID, set[UUID]] = defaultdict(set)
    for row in found["consent"]:
        consents[row["owner_id"]].add(row["to_unit_id"])
    involvements: dict[UUID, list[LiveInvolvement]] = defaultdict(list)
    for row in sorted(found["involvement"], key=lambda row: (row["starts_at"], row["id"])):
        involvements[row["person_id"]].append(_involvement(row))
    contacts: dict[UUID, list[Row]] = defaultdict(list)
    for row in sorted(found["contact"], key=lambda row: (row["rank"], row["valid_from"], row["id"])):
        contacts[row["person_id"]].append(row)
    return Around(
        persons={row["id"]: row for row in found["person"]},
        relations=found["relation"],
        roles=found["role"],
        names=found["name"],
        informing=next(iter(found["informing"]), None),
        involvements=involvements,
        contacts=contacts,
        consents=consents,
        mark=next((row["mark"] or "" for row in found["mark"]), ""),
    )


def opened(sealed: str) -> str:
    """Return what a contact point's value is, unsealed."""
    plain: str = ContactPoint._meta.get_field("value").from_db_value(b64decode(sealed))  # type: ignore[union-attr]
    return plain


def role_now(found: Around, row: Row, *, day: date) -> Role | None:
    """Return what a role among the rows is on a day, by the ages of the two; None for one that age has ended."""
    patient, holder = found.persons[row["patient_id"]], found.persons[row["carer_id"]]
    return role_on(
        Role(row["role"]),
        day=day,
        patient_born=patient["birth_date"],
        patient_died_on=patient["died_on"],
        holder_born=holder["birth_date"],
    )


def seen_contact(row: Row, *, may_change: bool = False) -> SeenContact:
    """Return one way to reach somebody from its row, unsealed."""
    return SeenContact(
        id=row["id"],
        system=ContactSystem(row["system"]),
        value=opened(row["value"]),
        own=row["own"],
        safe_to_call=row["safe_to_call"],
        safe_to_leave_message=row["safe_to_leave_message"],
        safe_for_notices=row["safe_for_notices"],
        note=row["note"],
        rank=row["rank"],
        may_change=may_change,
    )


def seen_name(row: Row) -> SeenName:
    """Return a name beside the usual one from its row."""
    return SeenName(
        id=row["id"],
        use=NameUse(row["use"]),
        name=full_name(row["given_name"], row["family_name"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )


def seen_informing(row: Row | None) -> Informing | None:
    """Return from its row whether somebody was told that they are registered; None where nobody registered them."""
    if row is None:
        return None
    return Informing(
        registered_on=row["registered_on"],
        due_on=row["due_on"],
        informed_at=row["informed_at"],
        how=row["how"],
        reason_not_to=row["reason_not_to"],
        recorded_by=row["recorded_by_name"],
    )


def _involvement(row: Row) -> LiveInvolvement:
    return LiveInvolvement(
        id=row["id"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        basis=InvolvementBasis(row["basis"]),
        since=row["starts_at"],
    )


def _read(row: Row) -> Row:
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in ("id", "stored_for") or name.endswith("_id"):
        return UUID(value)
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    if name in ("birth_date", "died_on", "registered_on", "due_on", "valid_from", "valid_to"):
        return date.fromisoformat(value)
    return value
