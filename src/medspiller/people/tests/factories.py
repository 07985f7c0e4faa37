"""Persons, involvements and people at work, in named states. All invented."""

from datetime import date, timedelta
from uuid import UUID

from medspiller.access import selectors as access
from medspiller.access import services as accounts
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import LOCAL_ISSUER, PERSON_NUMBER
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock, ids
from medspiller.core.actors import ActorKind
from medspiller.core.encryption import keyed_hash
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import ELDER, YOUNGER, RelationKind
from medspiller.people.domain.roles import Role as CarersRole
from medspiller.people.models import CarerRole, EmergencyAccess, Involvement, Person, Relation
from tests.support.staff import employ

# Of the synthetic series: no person has 80 added to the month.
NUMBER, ANOTHER_NUMBER = "01815000117", "02815000237"
BORN = date(1948, 5, 17)
REASON = "Datteren ringte: moren er falt, og vi må vite hvem som har nøkkelen."


def make_person(
    given_name: str = "Oddny",
    family_name: str = "Demoli",
    *,
    birth_date: date | None = BORN,
    number: str = "",
    protected: ProtectedAddress = ProtectedAddress.NONE,
    user: User | None = None,
) -> Person:
    return Person.objects.create(
        given_name=given_name,
        family_name=family_name,
        birth_date=birth_date,
        protected_address=protected.value,
        pid=number or None,
        pid_hash=keyed_hash(number, purpose=PERSON_NUMBER) if number else None,
        user=user,
    )


def involve(
    person: Person,
    unit_id: UUID,
    *,
    basis: InvolvementBasis = InvolvementBasis.TREATMENT,
    ended: bool = False,
    ahead: bool = False,
) -> Involvement:
    """A unit that has to do with somebody since yesterday; one that is over, or one that begins tomorrow."""
    now, day = clock.now(), timedelta(days=1)
    starts_at = now + day if ahead else now - 2 * day
    return Involvement.objects.create(
        person=person,
        unit_id=unit_id,
        basis=basis.value,
        starts_at=starts_at,
        ends_at=now - day if ended else None,
        opened_by=actors.SYSTEM_ID,
        opened_at=min(starts_at, now),
    )


def make_emergency(
    person: Person, actor: Actor, unit_id: UUID, *, over: bool = False, ahead: bool = False
) -> EmergencyAccess:
    now, hour = clock.now(), timedelta(hours=1)
    starts_at = now + hour if ahead else now - 5 * hour if over else now - hour
    return EmergencyAccess.objects.create(
        person=person,
        unit_id=unit_id,
        used_by=actor.id,
        used_by_name=actor.name,
        reason=REASON,
        starts_at=starts_at,
        ends_at=starts_at + 4 * hour,
    )


def relate(person: Person, related: Person, kind: RelationKind, *, ended: bool = False) -> Relation:
    """What `related` is to `person`. Whoever has to be born first, and is not, is made a generation older."""
    today = clock.today()
    if kind in ELDER:
        _make_elder(related, than=person)
    if kind in YOUNGER:
        _make_elder(person, than=related)
    return Relation.objects.create(
        person=person,
        related=related,
        kind=kind.value,
        valid_from=today - timedelta(days=1000),
        valid_to=today - timedelta(days=10) if ended else None,
    )


def _make_elder(elder: Person, *, than: Person) -> None:
    if elder.birth_date and than.birth_date and elder.birth_date >= than.birth_date:
        elder.birth_date = than.birth_date.replace(year=than.birth_date.year - 25)
        elder.save(update_fields=["birth_date"])


def worker(
    house_tenant: UUID, unit_id: UUID, role: Role = Role.CARE_WORKER, *, name: str = "Solveig Demomyr", number: str = ""
) -> Actor:
    """Somebody employed in a unit, as the actor they are now."""
    account = employ(tenant_id=house_tenant, unit_id=unit_id, role=role, name=name)
    if number:
        account.pid, account.pid_hash = number, keyed_hash(number, purpose=PERSON_NUMBER)
        account.save(update_fields=["pid", "pid_hash"])
    return as_actor(account)


def as_actor(account: User) -> Actor:
    return access.actor_for(
        actor=actors.anonymous(account.tenant_id),
        user=account,
        organisation="Bærum kommune",
        today=clock.today(),
        now=clock.now(),
    )


def citizen_account(tenant_id: UUID, *, name: str = "Kari Demoli") -> User:
    return accounts.register_account(
        actor=actors.system(tenant_id),
        issuer=LOCAL_ISSUER,
        subject=str(ids.new_id()),
        kind=ActorKind.CITIZEN,
        name=name,
    )


def give_role(
    relation: Relation, *, patient: Person, carer: Person, role: CarersRole, ended: bool = False
) -> CarerRole:
    """A role that somebody has had towards a patient for a hundred days; one that ended ten days ago."""
    today = clock.today()
    return CarerRole.objects.create(
        relation=relation,
        patient=patient,
        carer=carer,
        role=role.value,
        named_by_patient=True,
        reasoning="Ser henne hver dag." if role is CarersRole.NAERMESTE_STATUTORY else "",
        valid_from=today - timedelta(days=100),
        valid_to=today - timedelta(days=10) if ended else None,
        recorded_by=actors.SYSTEM_ID,
        recorded_at=clock.now(),
    )
