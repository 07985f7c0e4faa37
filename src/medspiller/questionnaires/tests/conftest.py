"""A carer and the one she cares for, who are followed up by different units, and a published questionnaire."""

from dataclasses import dataclass

import pytest

from medspiller.access.domain.actors import Actor
from medspiller.access.models import User
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import Person
from medspiller.people.tests import factories as people
from medspiller.questionnaires.tests import factories
from tests.support.staff import House


@dataclass(frozen=True)
class Family:
    """Kari cares for Oddny. `contact` works with carers and follows Kari up, `nurse` treats Oddny."""

    kari: Person
    oddny: Person
    account: User
    citizen: Actor
    contact: Actor
    nurse: Actor

    @property
    def contact_account(self) -> User:
        return User.objects.get(id=self.contact.id)


@pytest.fixture
def situation(here):
    return factories.publish(here, factories.written())


@pytest.fixture
def family(here, house: House, situation) -> Family:
    account = people.citizen_account(here)
    kari = people.make_person("Kari", "Demoli", user=account)
    oddny = people.make_person("Oddny", "Demoli", birth_date=people.BORN.replace(year=1930))
    relation = people.relate(oddny, kari, RelationKind.CHILD)
    people.give_role(relation, patient=oddny, carer=kari, role=Role.PAARORENDE)
    people.involve(kari, house.carers, basis=InvolvementBasis.SUPPORT)
    people.involve(oddny, house.home_care)
    return Family(
        kari=kari,
        oddny=oddny,
        account=account,
        citizen=people.as_actor(account),
        contact=people.worker(here, house.carers, name="Gro Demodal"),
        nurse=people.worker(here, house.home_care, name="Nora Demonatt"),
    )
