"""A carer with an account, the mother she cares for and her child, and who follows whom up."""

from dataclasses import dataclass

from medspiller.access.domain.actors import Actor
from medspiller.access.models import User
from medspiller.core import clock
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import Person
from medspiller.people.tests import factories as people
from tests.support.staff import House


@dataclass(frozen=True)
class Family:
    """`contact` works with carers and follows Kari up; `nurse` treats Oddny."""

    kari: Person
    oddny: Person
    child: Person
    account: User
    citizen: Actor
    contact: User
    nurse: User


def settle(tenant_id, house: House) -> Family:
    """Register the family. Nobody at the contact's unit may open Oddny or the child."""
    account = people.citizen_account(tenant_id)
    kari = people.make_person("Kari", "Demoli", user=account)
    oddny = people.make_person("Oddny", "Demoli", birth_date=people.BORN.replace(year=1930))
    child = people.make_person("Vilde", "Demoli", birth_date=people.BORN.replace(year=clock.today().year - 9))
    relation = people.relate(oddny, kari, RelationKind.CHILD)
    people.relate(kari, child, RelationKind.CHILD)
    people.give_role(relation, patient=oddny, carer=kari, role=Role.PAARORENDE)
    people.involve(kari, house.carers, basis=InvolvementBasis.SUPPORT)
    people.involve(oddny, house.home_care)
    contact = people.worker(tenant_id, house.carers, name="Gro Demodal")
    nurse = people.worker(tenant_id, house.home_care, name="Nora Demonatt")
    return Family(
        kari=kari,
        oddny=oddny,
        child=child,
        account=account,
        citizen=people.as_actor(account),
        contact=User.objects.get(id=contact.id),
        nurse=User.objects.get(id=nurse.id),
    )
