"""One of each thing that a route of people names, for the walk through all routes."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.access.selectors import actor_for
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind
from medspiller.core import clock, ids
from medspiller.people.domain.circumstances import Circumstance, CircumstanceDetails
from medspiller.people.domain.competence import CompetenceDetails
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic
from medspiller.people.domain.contacts import ContactDetails, ContactSystem, NameUse
from medspiller.people.domain.first_talk import FirstTalk, Patient
from medspiller.people.domain.persons import NameDetails, PersonDetails
from medspiller.people.domain.relations import RelationDetails, RelationKind
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.domain.roles import Role as CarersRole
from medspiller.people.models import (
    AccessQuestion,
    CorrectionRequest,
    EmergencyAccess,
    Involvement,
    PatientImport,
    Person,
    Statement,
)
from medspiller.people.services import (
    add_contact_point,
    add_name,
    add_scan,
    decide_competence,
    give_consent,
    judge_circumstance,
    merge_persons,
    record_first_talk,
    register_carer,
    register_person,
)
from medspiller.worklist import services as worklist
from medspiller.worklist.models import WorkItem
from tests.support.staff import House, employ

TODAY = clock.today()
SINCE = TODAY - timedelta(days=30)


def build(house: House, citizen: User, reader: User) -> dict[str, Any]:
    """One of each thing of people that a parameter names. `reader` has looked, and opened by emergency access."""
    system, now = actors.system(house.tenant_id), clock.now()
    reading = actor_for(actor=system, user=reader, organisation="", today=TODAY, now=now)
    person = register_person(
        actor=system,
        details=PersonDetails(given_name="Kari", family_name="Demolund", birth_date=date(1951, 5, 17)),
        unit_id=house.home_care,
    )
    Person.objects.filter(id=person.id).update(user=citizen)
    emergency = EmergencyAccess.objects.create(
        person=person,
        unit_id=house.home_care,
        used_by=reader.id,
        used_by_name=reader.name,
        used_by_role=reading.role,
        reason="Hun har falt hjemme, og vi må vite hvem som kan komme.",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
    )
    return {
        "item_id": _item(house, person).id,
        "person_id": person.id,
        "involvement_id": Involvement.objects.get(person=person).id,
        # Another than the one that was asked about.
        "log_entry_id": _entry(reading, person),
        "emergency_access_id": emergency.id,
        "question_id": _question(house, person, reading).id,
        "request_id": _correction(house, person).id,
        "statement_id": _statement(person).id,
        **_of_family(house, person),
        **_of_entries(house, person),
        **_of_judgements(house, person),
    }


def _question(house: House, person: Person, reading: actors.Actor) -> AccessQuestion:
    return AccessQuestion.objects.create(
        person=person,
        unit_id=house.home_care,
        entry_id=_entry(reading, person),
        entry_at=clock.now(),
        entry_kind="read",
        entry_actor_id=reading.id,
        entry_actor_name=reading.name,
        entry_information=["name_and_birth"],
        text="Hvorfor så dere på dette?",
        asked_at=clock.now(),
    )


def _correction(house: House, person: Person) -> CorrectionRequest:
    return CorrectionRequest.objects.create(
        person=person,
        unit_id=house.home_care,
        about="other",
        text="Jeg heter Karianne.",
        asked_at=clock.now(),
        answer_by=TODAY + timedelta(days=30),
    )


def _statement(person: Person) -> Statement:
    return Statement.objects.create(
        owner=person, text="Å få være hjemme.", said_at=clock.now(), recorded_by=person.user_id or actors.SYSTEM_ID
    )


def _of_family(house: House, person: Person) -> dict[str, Any]:
    """A carer of the person, what they are to each other, and how the person is reached."""
    system = actors.system(house.tenant_id)
    registered = register_carer(
        actor=system,
        unit_id=house.home_care,
        patient_id=person.id,
        details=PersonDetails(given_name="Aslaug", family_name="Demovik"),
        relation=RelationDetails(RelationKind.FRIEND, SINCE),
        roles=[RoleDetails(CarersRole.PAARORENDE, SINCE, named_by_patient=True)],
    )
    point = ContactDetails(ContactSystem.EMAIL, "kari@example.org")
    name = NameDetails(NameUse.FORMER, family_name="Demoås")
    return {
        "carer_id": registered.carer.id,
        "relation_id": registered.relation.id,
        "role_id": registered.roles[0].id,
        "contact_id": add_contact_point(actor=system, person_id=person.id, details=point).id,
        "name_id": add_name(actor=system, person_id=person.id, details=name).id,
    }


def _of_entries(house: House, person: Person) -> dict[str, Any]:
    """Somebody who may be the person, another who was taken for them, and a list that waits."""
    system = actors.system(house.tenant_id)
    one, other = (
        register_person(actor=system, details=PersonDetails("Karin", "Demolund"), unit_id=house.home_care)
        for _each in range(2)
    )
    made = merge_persons(actor=system, kept_id=person.id, gone_id=other.id, reason="Samme fødselsdato og adresse.")
    listed = PatientImport.objects.create(
        unit_id=house.home_care,
        file_name="pasienter.csv",
        digest="0" * 64,
        dry_run=True,
        started_by=actors.SYSTEM_ID,
        started_at=clock.now(),
    )
    return {"gone_id": one.id, "other_id": one.id, "merge_id": made.id, "import_id": listed.id}


def _of_judgements(house: House, person: Person) -> dict[str, Any]:
    """A consent with its paper, a decision on competence and a circumstance, as a nurse writes them down."""
    nurse = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, name="Nora Demonatt")
    actor = actor_for(actor=actors.system(house.tenant_id), user=nurse, organisation="", today=TODAY, now=clock.now())
    details = ConsentDetails(topics=frozenset({ConsentTopic.HEALTH, ConsentTopic.PLAN}), to_unit_id=house.carers)
    consent = give_consent(actor=actor, owner_id=person.id, details=details)
    competence = CompetenceDetails(matter="Korttidsopphold", competent=False, reason="Husker ikke hva det gjelder.")
    danger = CircumstanceDetails(Circumstance.DANGER_TO_OTHERS, "Har truet naboen.")
    talk = FirstTalk(key=ids.new_id(), patient=Patient(PersonDetails("Borghild", "Demostrand")))
    return {
        "consent_id": consent.id,
        "scan_id": add_scan(actor=actor, consent_id=consent.id, content=b"%PDF-1.7\n%%EOF\n").id,
        "decision_id": decide_competence(actor=actor, patient_id=person.id, details=competence).id,
        "circumstance_id": judge_circumstance(actor=actor, patient_id=person.id, details=danger).id,
        "talk_id": record_first_talk(actor=actor, unit_id=house.home_care, talk=talk).id,
    }


def _item(house: House, person: Person) -> WorkItem:
    """Something that waits for the unit."""
    return worklist.put(
        actor=actors.system(house.tenant_id),
        kind="children_question",
        subject_type="people.Person",
        subject_id=person.id,
        person_id=person.id,
        unit_id=house.home_care,
    )


def _entry(reading: actors.Actor, person: Person) -> UUID:
    return audit.record(
        actor=reading,
        action="people.view_person",
        kind=Kind.READ,
        information=Information.NAME_AND_BIRTH,
        person_id=person.id,
        basis=BasisCode.INVOLVEMENT,
    )
