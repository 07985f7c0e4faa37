"""
What somebody sees of themselves on their own page, and of those around them what is theirs to see.

Whom one cares for has an own secret: that they are here at all. Their name is told only where
they named this carer themselves, where it is one's own child, or where they have let it be told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Shown
from medspiller.core import clock
from medspiller.core.periods import Period
from medspiller.people import policies
from medspiller.people.domain.consents import ConsentDecision
from medspiller.people.domain.persons import PersonChanges, ProtectedAddress, full_name
from medspiller.people.domain.relations import INVERSE, RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling import ages
from medspiller.people.domain.telling.age_rules import Concerns
from medspiller.people.domain.telling.ages import Change
from medspiller.people.models import Consent, Person
from medspiller.people.selectors import _around
from medspiller.people.selectors._around import Around, Row
from medspiller.people.selectors._seen import Informing, SeenContact, SeenName
from medspiller.people.selectors.persons import InvolvedUnit

PATIENTS_RIGHTS = "pbrl"


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role that holds today: which, since when, who wrote it down."""

    role: Role
    since: date
    recorded_by: str
    named_by_patient: bool | None


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody around the person: what they are to them. `name` is empty where it is not theirs to know."""

    person_id: UUID
    name: str
    kinds: tuple[RelationKind, ...]
    roles: tuple[OwnRole, ...]


@dataclass(frozen=True, slots=True)
class OwnChanges:
    """What changes by age: for the person, and for them as the parent of a child of theirs; earliest first."""

    ahead: tuple[Change, ...] = ()
    happened: tuple[Change, ...] = ()
    ahead_as_parent: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ahead or self.happened or self.ahead_as_parent)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """
    A person as they see themselves today.

    `carers` have a role towards them, `cared_for` they have a role towards, `others` are only
    related. `live_consents` is how many of their consents hold. `actor` is who looks, with the
    person they are.
    """

    actor: Actor
    person_id: UUID
    said: PersonChanges
    version: int
    died_on: date | None
    has_number: bool
    units: tuple[InvolvedUnit, ...]
    names: tuple[SeenName, ...]
    contacts: tuple[SeenContact, ...]
    informing: Informing | None
    carers: tuple[Somebody, ...]
    cared_for: tuple[Somebody, ...]
    others: tuple[RelationKind, ...]
    live_consents: int
    changes: OwnChanges

    @property
    def name(self) -> str:
        return full_name(self.said.given_name, self.said.family_name)

    @property
    def is_to_be_told(self) -> bool:
        """Whether the notice of art. 14 waits to be read for the first time."""
        return self.informing is not None and self.informing.informed_at is None and not self.informing.reason_not_to


@dataclass(frozen=True, slots=True)
class _Looking:
    actor: Actor
    me: UUID
    day: date
    found: Around
    let_me_know: frozenset[UUID]


_Naming = Callable[[_Looking, Row, list[OwnRole]], str]


def own_page(*, actor: Actor) -> OwnPage | None:
    """
    Return the actor as they see themselves; None for somebody who is in no register here.

    Three statements. Nothing is logged by this: it shows the actor to the actor. Whoever shows
    the names in it calls `log_named`.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.VIEW_OWN_PAGE)
    oneself, at, day = policies.registered_as(actor), clock.now(), clock.today()
    if oneself.person_id is None:
        return None
    found = _around.around(oneself.person_id, at=at, day=day)
    consents = _consents(oneself.person_id, at=at)
    let_me_know = frozenset(owner for owner, is_yes in consents if owner != oneself.person_id and is_yes)
    looking = _Looking(oneself, oneself.person_id, day, found, let_me_know)
    return _page(looking, live_consents=sum(owner == oneself.person_id for owner, _is_yes in consents))


def log_named(*, actor: Actor, page: OwnPage) -> None:
    """Write in the log of everybody whose name was shown that it was."""
    named = [(each, Information.CARED_FOR) for each in page.carers] + [
        (each, Information.CARERS) for each in page.cared_for
    ]
    shown = [
        Shown(
            person_id=each.person_id,
            subject_type="people.Person",
            subject_id=page.person_id,
            information=(Information.NAME_AND_BIRTH, told),
        )
        for each, told in named
        if each.name
    ]
    if shown:
        audit.record_list(
            actor=policies.registered_as(actor),
            action=policies.VIEW_OWN_PAGE,
            information=Information.NAME_AND_BIRTH,
            shown=shown,
            basis=BasisCode.LEGAL_DUTY,
        )


def _consents(person_id: UUID, *, at: datetime) -> list[tuple[UUID, bool]]:
    """Whose they are, and whether they say yes: those of the person, and those that let the person know something."""
    rows = Consent.objects.filter(
        Q(owner_id=person_id) | Q(to_person_id=person_id),
        Q(ends_at=None) | Q(ends_at__gt=at),
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at),
        starts_at__lte=at,
    )
    return [(owner, said == ConsentDecision.GIVEN) for owner, said in rows.values_list("owner_id", "decision")]


def _page(looking: _Looking, *, live_consents: int) -> OwnPage:
    row, found = looking.found.persons[looking.me], looking.found
    informing = _around.seen_informing(found.informing)
    kept_back = informing is not None and informing.informed_at is None and informing.reason_not_to != ""
    said = Person(**{name: row[name] for name in _SAID}).changes
    cared_for = () if kept_back else _cared_for(looking)
    carers = _carers(looking)
    return OwnPage(
        actor=looking.actor,
        person_id=looking.me,
        said=said,
        version=row["version"],
        died_on=row["died_on"],
        has_number=row["has_number"],
        units=tuple(
            InvolvedUnit(
                involvement_id=each.id,
                unit_id=each.unit_id,
                unit_name=each.unit_name,
                basis=each.basis,
                since=each.since,
            )
            for each in found.involvements.get(looking.me, ())
        ),
        names=tuple(_around.seen_name(each) for each in found.names),
        contacts=tuple(_around.seen_contact(each) for each in found.contacts.get(looking.me, ())),
        informing=None if kept_back else informing,
        carers=carers,
        cared_for=cared_for,
        others=() if kept_back else _others(looking, {each.person_id for each in (*carers, *cared_for)}),
        live_consents=live_consents,
        changes=_changes(looking),
    )


_SAID = (
    "given_name", "family_name", "birth_date", "protected_address", "gender", "language", "needs_interpreter",
    "preferred_channel", "best_time", "wants_notices",
)  # fmt: skip


def _carers(looking: _Looking) -> tuple[Somebody, ...]:
    return _with_roles(looking, mine="patient_id", theirs="carer_id", name=_name_of_carer)


def _cared_for(looking: _Looking) -> tuple[Somebody, ...]:
    return _with_roles(looking, mine="carer_id", theirs="patient_id", name=_name_of_cared_for)


def _with_roles(looking: _Looking, *, mine: str, theirs: str, name: _Naming) -> tuple[Somebody, ...]:
    roles: dict[UUID, list[OwnRole]] = {}
    for row in looking.found.roles:
        role = _around.role_now(looking.found, row, day=looking.day)
        if row[mine] != looking.me or role is None or looking.day not in Period(row["valid_from"], row["valid_to"]):
            continue
        roles.setdefault(row[theirs], []).append(
            OwnRole(role, row["valid_from"], row["recorded_by_name"], row["named_by_patient"])
        )
    seen = []
    for other, held in roles.items():
        person = looking.found.persons.get(other)
        if person is not None and person["merged_into_id"] is None:
            seen.append(Somebody(other, name(looking, person, held), _kinds(looking, other), tuple(held)))
    return tuple(sorted(seen, key=lambda each: (not each.name, each.name.casefold(), each.person_id)))


def _name_of_carer(looking: _Looking, person: Row, roles: list[OwnRole]) -> str:
    """Whoever has a strictly protected address is named to nobody here: it may be from this person."""
    if person["protected_address"] == ProtectedAddress.STRICT:
        return ""
    return full_name(person["given_name"], person["family_name"])


def _name_of_cared_for(looking: _Looking, person: Row, roles: list[OwnRole]) -> str:
    known = any(each.named_by_patient or each.role is Role.FORELDREANSVAR for each in roles)
    if person["protected_address"] == ProtectedAddress.STRICT or not (known or person["id"] in looking.let_me_know):
        return ""
    return full_name(person["given_name"], person["family_name"])


def _kinds(looking: _Looking, other: UUID) -> tuple[RelationKind, ...]:
    kinds = []
    for row in looking.found.relations:
        if {row["person_id"], row["related_id"]} != {looking.me, other}:
            continue
        if looking.day in Period(row["valid_from"], row["valid_to"]):
            kind = RelationKind(row["kind"])
            kinds.append(kind if row["person_id"] == looking.me else INVERSE[kind])
    return tuple(dict.fromkeys(kinds))


def _others(looking: _Looking, named: set[UUID]) -> tuple[RelationKind, ...]:
    """What is written down of others, who have no role: not who they are, since it may be theirs that they are here."""
    others = looking.found.persons.keys() - named - {looking.me}
    return tuple(kind for other in sorted(others) for kind in _kinds(looking, other))


def _changes(looking: _Looking) -> OwnChanges:
    row, today = looking.found.persons[looking.me], looking.day
    born = row["birth_date"] if row["died_on"] is None else None
    children = {
        each["patient_id"]
        for each in looking.found.roles
        if each["carer_id"] == looking.me
        and each["role"] == Role.FORELDREANSVAR
        and today in Period(each["valid_from"], each["valid_to"])
        and _around.role_now(looking.found, each, day=today) is not None
    }
    of_children = [
        change
        for child in sorted(children)
        if (person := looking.found.persons[child])["birth_date"] and person["died_on"] is None
        for change in ages.ahead(person["birth_date"], today=today)
        if change.concerns is Concerns.PARENTS
    ]
    return OwnChanges(
        ahead=tuple(each for each in ages.ahead(born, today=today) if _is_ones_own(each)) if born else (),
        happened=tuple(each for each in ages.happened(born, today=today) if _is_ones_own(each)) if born else (),
        ahead_as_parent=tuple(sorted(of_children, key=lambda each: (each.on, each.rule.id))),
    )


def _is_ones_own(change: Change) -> bool:
    """What others may know of a young person is theirs too; what the parents are paid is not."""
    about_rights = any(law.startswith(PATIENTS_RIGHTS) for law in change.rule.law)
    return change.concerns is Concerns.CHILD or (change.concerns is Concerns.PARENTS and about_rights)
