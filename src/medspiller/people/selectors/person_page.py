"""
All that a person's page shows: the family, what may be told to each, and what the person has answered, let and said.

Two statements beside those of the family, and everything that is shown stands in one log entry
for each person named; what must be withheld from somebody has an entry of its own.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.people.domain import children as children_rules
from medspiller.people.domain.children import BY_LAW, ChildrenReply, ChildrenTopic
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic
from medspiller.people.models import Person
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._answers import Tellings, answers_for
from medspiller.people.selectors._judging import JUDGE, withheld_of
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors._seen import Family
from medspiller.people.selectors.children import ANSWER_CHILDREN, SeenAnswer
from medspiller.people.selectors.consents import EDIT_CONSENT
from medspiller.people.selectors.family import _log, _read
from medspiller.people.selectors.statements import RECORD_STATEMENT, SeenStatement
from medspiller.people.selectors.telling import SEEN

# Consents that hold, statements that stand: from the rows each time, so that a withdrawal bites at once.
_SECTIONS = """
SELECT 'answer', to_jsonb(r) FROM (
    SELECT id, topic, reply, asked_by_name, asked_at FROM people_childrenanswer WHERE patient_id = %(person)s
) r
UNION ALL SELECT 'reason', to_jsonb(r) FROM (
    SELECT id, recorded_at FROM people_childrenreason WHERE patient_id = %(person)s AND ended_at IS NULL
) r
UNION ALL SELECT 'consent', to_jsonb(r) FROM (
    SELECT c.id, topics, decision, starts_at, ends_at, to_person_id, to_other, u.name AS unit_name
    FROM people_consent c LEFT JOIN organisations_unit u ON u.id = c.to_unit_id
    WHERE owner_id = %(person)s AND starts_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s)
    AND (withdrawn_at IS NULL OR withdrawn_at > %(at)s)
) r
UNION ALL SELECT 'statement', to_jsonb(r) FROM (
    SELECT id, owner_id, about_id, text, said_at, recorded_by_name FROM people_statement
    WHERE (owner_id = %(person)s OR (owner_id = ANY(%(sharing)s) AND (about_id IS NULL OR about_id = %(person)s)))
    AND said_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)
) r
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Let:
    """
    A decision of the person's that holds now: who may know what, or may not.

    `to_person_id` is somebody around, whose name is theirs on the page; `receiver` is a unit or somebody outside.
    """

    id: UUID
    topics: tuple[ConsentTopic, ...]
    decision: ConsentDecision
    starts_at: datetime
    ends_at: datetime | None
    to_person_id: UUID | None
    receiver: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """
    What one actor sees on a person's page. A part is None where it is not open to them, and empty where there is none.

    `shared` are the words of those around who let this unit know how they are, by person.
    `may_record_told`, `may_judge`, … say which pages the actor can go on to.
    """

    family: Family
    tellings: Tellings
    answers: tuple[SeenAnswer, ...] | None
    consents: tuple[Let, ...] | None
    statements: tuple[SeenStatement, ...] | None
    shared: dict[UUID, tuple[SeenStatement, ...]] = field(default_factory=dict)
    as_patient: bool = False
    may_judge: bool = False
    may_answer_children: bool = False
    may_edit_consents: bool = False

    def objects_to_sharing(self) -> bool | None:
        """Whether the person says no to sharing for the sake of their children; None where nobody has asked."""
        said = [each.decision for each in self.consents or () if ConsentTopic.CHILD_FOLLOW_UP in each.topics]
        if not said:
            return None
        return ConsentDecision.REFUSED in said


def person_page(*, actor: Actor, person_id: UUID) -> PersonPage:
    """
    Return all that a person's page shows, as far as the actor may know. Everybody named is in the log.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file.
    """
    view, seen = _read(actor=actor, person_id=person_id)
    found = _opened(actor, seen)
    tellings = answers_for(found, at=view.at)
    sharing = [each.person_id for each in seen.near if each.own is not None]
    rows = _rows(person_id, sharing, at=view.at) if found.as_patient else {}
    page = PersonPage(
        family=seen,
        tellings=tellings,
        answers=_answers(rows, at=view.at) if _may(found, ANSWER_CHILDREN) else None,
        consents=tuple(_let(row) for row in rows.get("consent", ()) if _open(found, row))
        if _may(found, EDIT_CONSENT)
        else None,
        statements=_said_by(person_id, rows) if found.own_subject and _may(found, RECORD_STATEMENT) else None,
        shared={each: words for each in sharing if (words := _said_by(each, rows))},
        as_patient=found.as_patient,
        may_judge=_may(found, JUDGE),
        may_answer_children=_may(found, ANSWER_CHILDREN),
        may_edit_consents=_may(found, EDIT_CONSENT),
    )
    withheld = withheld_of({each.code for each in tellings.circumstances})
    _log(view, seen, also=_information(page), withheld=withheld)
    return page


def _opened(actor: Actor, seen: Family) -> Opened:
    person = Person(id=seen.id, birth_date=seen.birth_date, died_on=seen.died_on)
    return owned.opened_by(actor, person, seen.answer)


def _may(found: Opened, action: str) -> bool:
    return found.as_patient and found.unit_id is not None and found.actor.may(action, unit_id=found.unit_id)


def _open(found: Opened, row: Row) -> bool:
    """By emergency access alone, what somebody lets be told of their own situation stays theirs."""
    return found.own_subject or ConsentTopic.OWN_SITUATION.value not in row["topics"]


def _information(page: PersonPage) -> tuple[Information, ...]:
    told: list[Information] = list(SEEN) if page.as_patient else []
    if page.answers is not None:
        told.append(Information.CHILDREN)
    if page.statements:
        told.append(Information.NEEDS)
    return tuple(told)


def _rows(person_id: UUID, sharing: list[UUID], *, at: datetime) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SECTIONS, {"person": person_id, "sharing": sharing, "at": at})
        for name, row in cursor.fetchall():
            found[name].append(row if isinstance(row, dict) else json.loads(row))
    for name, moment in (("consent", "starts_at"), ("statement", "said_at")):
        found[name].sort(key=lambda row: (datetime.fromisoformat(row[moment]), row["id"]), reverse=True)
    return found


def _answers(rows: dict[str, list[Row]], *, at: datetime) -> tuple[SeenAnswer, ...]:
    by_topic = {ChildrenTopic(row["topic"]): row for row in rows.get("answer", ())}
    changed_at = max((datetime.fromisoformat(row["recorded_at"]) for row in rows.get("reason", ())), default=None)
    return tuple(_answer(topic, by_topic.get(topic), at=at, changed_at=changed_at) for topic in ChildrenTopic)


def _answer(topic: ChildrenTopic, row: Row | None, *, at: datetime, changed_at: datetime | None) -> SeenAnswer:
    reply = ChildrenReply(row["reply"]) if row else ChildrenReply.NOT_ASKED
    asked_at = datetime.fromisoformat(row["asked_at"]) if row and row["asked_at"] else None
    return SeenAnswer(
        topic=topic,
        reply=reply,
        by_law=topic in BY_LAW,
        asked_by=row["asked_by_name"] if row else "",
        asked_at=asked_at,
        ask_again=children_rules.ask_again(reply=reply, asked_at=asked_at, now=at, changed_at=changed_at),
    )


def _let(row: Row) -> Let:
    return Let(
        id=UUID(row["id"]),
        topics=tuple(topic for topic in ConsentTopic if topic.value in row["topics"]),
        decision=ConsentDecision(row["decision"]),
        starts_at=datetime.fromisoformat(row["starts_at"]),
        ends_at=datetime.fromisoformat(row["ends_at"]) if row["ends_at"] else None,
        to_person_id=UUID(row["to_person_id"]) if row["to_person_id"] else None,
        receiver=row["to_other"] or row["unit_name"] or "",
    )


def _said_by(owner_id: UUID, rows: dict[str, list[Row]]) -> tuple[SeenStatement, ...]:
    return tuple(
        SeenStatement(
            id=UUID(row["id"]),
            owner_id=owner_id,
            about_id=UUID(row["about_id"]) if row["about_id"] else None,
            text=row["text"],
            said_at=datetime.fromisoformat(row["said_at"]),
            recorded_by=row["recorded_by_name"],
        )
        for row in rows.get("statement", ())
        if UUID(row["owner_id"]) == owner_id
    )
