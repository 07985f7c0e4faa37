"""Carers who are followed up, patients and children, and those who work with them. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.content.domain.definitions import Definition
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.domain.files import Identified
from medspiller.followup.models import CarerFile
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role as CarersRole
from medspiller.people.models import Person
from medspiller.people.tests import factories as people
from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.domain.states import How, Source, Status
from medspiller.questionnaires.models import Response
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.staff import House


@dataclass
class Carer:
    """Kari cares for Oddny. `contact` works with carers and follows Kari up; `nurse` treats Oddny."""

    house: House
    kari: Person
    oddny: Person
    account: User
    contact: Actor
    file: CarerFile

    @cached_property
    def citizen(self) -> Actor:
        return people.as_actor(self.account)

    @cached_property
    def nurse(self) -> Actor:
        return people.worker(self.house.tenant_id, self.house.home_care, name="Nora Demonatt")

    @cached_property
    def leader(self) -> Actor:
        return people.worker(self.house.tenant_id, self.house.carers, Role.LEADER, name="Leif Demoleder")

    @property
    def system(self) -> Actor:
        return actors.system(self.house.tenant_id)


def make_carer(here: UUID, house: House) -> Carer:
    """Somebody who is followed up as a carer since today."""
    account = people.citizen_account(here)
    kari = people.make_person("Kari", "Demoli", user=account, birth_date=date(1970, 3, 2))
    oddny = people.make_person("Oddny", "Demoli", birth_date=date(1940, 5, 17))
    relation = people.relate(kari, oddny, RelationKind.PARENT)
    people.give_role(relation, patient=oddny, carer=kari, role=CarersRole.PAARORENDE)
    people.involve(kari, house.carers, basis=InvolvementBasis.SUPPORT)
    people.involve(oddny, house.home_care)
    contact = people.worker(here, house.carers, Role.CARER_CONTACT, name="Gro Demodal")
    return Carer(house, kari, oddny, account, contact, open_file(contact, kari))


@dataclass
class Parent:
    """
    Arne is treated, and Ida of nine is his daughter. `nurse` treats him and knows Ida; `stranger` works elsewhere.

    Nobody has asked him about children yet, and Ida has no file.
    """

    house: House
    arne: Person
    ida: Person
    nurse: Actor

    @cached_property
    def leader(self) -> Actor:
        return people.worker(self.house.tenant_id, self.house.home_care, Role.LEADER, name="Leif Demoleder")

    @cached_property
    def lead(self) -> Actor:
        return people.worker(self.house.tenant_id, self.house.top, Role.CHILDREN_LEAD, name="Berit Demobarn")

    @cached_property
    def stranger(self) -> Actor:
        return people.worker(self.house.tenant_id, self.house.carers, name="Stein Demofjell")

    @property
    def system(self) -> Actor:
        return actors.system(self.house.tenant_id)


def make_parent(here: UUID, house: House) -> Parent:
    """A patient with a minor child."""
    arne = people.make_person("Arne", "Demoberg", birth_date=date(1980, 2, 3))
    ida = people.make_person("Ida", "Demoberg", birth_date=years_ago(9))
    people.relate(arne, ida, RelationKind.CHILD)
    people.involve(arne, house.home_care)
    people.involve(ida, house.home_care, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
    return Parent(house, arne, ida, people.worker(here, house.home_care, name="Nora Demonatt"))


def open_file(actor: Actor, carer: Person) -> CarerFile:
    return services.open_file(
        actor=actor, carer_id=carer.id, identified_on=clock.today(), identified_how=Identified.ASKED
    )


def years_ago(years: int) -> date:
    """The birthday, a hundred days ago, of somebody of that age."""
    day = clock.today() - timedelta(days=100)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def answered(
    person: Person,
    to: Definition,
    *items: dict[str, Any],
    days_ago: int = 0,
    owner: Subject = Subject.CARER,
    tags: tuple[str, ...] = (),
) -> Response:
    """Finished answers of somebody's to a published questionnaire."""
    now = clock.now() - timedelta(days=days_ago)
    return Response.objects.create(
        subject=person,
        questionnaire_url=to.url,
        questionnaire_version=to.version,
        questionnaire_digest=to.digest,
        belongs_to=owner.value,
        tags=list(tags),
        language="nb",
        status=Status.COMPLETED.value,
        answers={"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)},
        source=Source.SELF.value,
        how=How.ONLINE.value,
        author=actors.SYSTEM_ID,
        author_name="Kari Demoli",
        started_at=now,
        saved_at=now,
        completed_at=now,
    )


def mark_wrong(response: Response) -> None:
    response.status, response.wrong_at = Status.ENTERED_IN_ERROR.value, clock.now()
    response.wrong_by, response.wrong_reason = actors.SYSTEM_ID, "Feil person."
    response.save(update_fields=["status", "wrong_at", "wrong_by", "wrong_reason"])


def chosen(link_id: str, *codes: str, system: str = "need") -> dict[str, Any]:
    """An answered question of a response, from one of our own lists."""
    url = f"https://medspiller.no/fhir/CodeSystem/{system}"
    return {"linkId": link_id, "answer": [{"valueCoding": {"system": url, "code": code}} for code in codes]}


def waiting(kind: str) -> list[tuple[UUID, UUID, date | None]]:
    """What of a kind stands on lists: about what, on whose, for when."""
    rows = WorkItem.objects.filter(OPEN, kind=kind).order_by("due_on", "subject_id")
    return list(rows.values_list("subject_id", "unit_id", "due_on"))
