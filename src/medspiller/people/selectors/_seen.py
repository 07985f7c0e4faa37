"""What is shown of a person and of those around them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.core.periods import Period
from medspiller.people.domain.contacts import Channel, ContactSystem, Gender, NameUse
from medspiller.people.domain.emergency import LiveEmergency
from medspiller.people.domain.need_to_know import Answer
from medspiller.people.domain.persons import ProtectedAddress, full_name
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.selectors.persons import InvolvedUnit


@dataclass(frozen=True, slots=True)
class SeenContact:
    """One way to reach somebody, now."""

    id: UUID
    system: ContactSystem
    value: str
    own: bool
    safe_to_call: bool | None
    safe_to_leave_message: bool | None
    safe_for_notices: bool | None
    note: str
    rank: int
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class SeenRelation:
    """What somebody is to the person the page is about: `kind` as seen from that person."""

    id: UUID
    kind: RelationKind
    cohabiting: bool | None
    period: Period
    version: int
    live: bool


@dataclass(frozen=True, slots=True)
class SeenRole:
    """A role; `live` is whether it has begun and not ended. What age ends, `roles.FACTS` says."""

    id: UUID
    relation_id: UUID
    role: Role
    period: Period
    live: bool
    named_by_patient: bool | None
    basis: str
    reasoning: str
    covers_personal: bool | None
    recorded_by: str
    recorded_at: datetime
    end_reason: str


@dataclass(frozen=True, slots=True)
class SeenName:
    """A name beside the usual one."""

    id: UUID
    use: NameUse
    name: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What somebody owns of themselves."""

    gender: Gender | None
    language: str
    needs_interpreter: bool | None
    preferred_channel: Channel | None = None
    best_time: str = ""
    wants_notices: bool | None = None


@dataclass(frozen=True, slots=True)
class Informing:
    """Whether somebody who was put into the register has been told so, and by when they are to be."""

    registered_on: date
    due_on: date
    informed_at: datetime | None
    how: str
    reason_not_to: str
    recorded_by: str

    @property
    def done(self) -> bool:
        return self.informed_at is not None or self.reason_not_to != ""


@dataclass(frozen=True, slots=True)
class Near:
    """
    Somebody around the person.

    `name` is empty where it is kept back. `roles` are those they have towards the person,
    `roles_towards` the person's towards them, `own` what they have let this person's unit
    know of them (None without a live consent). `birth_date` is for rules alone and stands on no page.
    `birth_year` is what the person told of a child of theirs whose day of birth nobody knew.
    """

    person_id: UUID
    name: str
    may_open: bool
    protected_address: ProtectedAddress
    died_on: date | None
    is_minor: bool
    relations: tuple[SeenRelation, ...]
    roles: tuple[SeenRole, ...] = ()
    roles_towards: tuple[SeenRole, ...] = ()
    contacts: tuple[SeenContact, ...] = ()
    own: OwnFacts | None = None
    birth_date: date | None = None
    birth_year: int | None = None

    @property
    def born_latest(self) -> date | None:
        """The latest day on which they can have been born; None where not even the year is known."""
        return self.birth_date or (date(self.birth_year, 12, 31) if self.birth_year else None)

    @property
    def live(self) -> bool:
        """Whether they are anything to the person today."""
        held = (*self.roles, *self.roles_towards)
        return any(each.live for each in self.relations) or any(each.live for each in held)


@dataclass(frozen=True, slots=True)
class Family:
    """
    A person with everybody around them, as far as the actor may know.

    `own` is None where the actor only has the person's number, or is here by emergency
    access. `may_…` say which pages the actor can go on to.
    """

    id: UUID
    given_name: str
    family_name: str
    birth_date: date | None
    died_on: date | None
    protected_address: ProtectedAddress
    has_number: bool
    version: int
    answer: Answer
    units: tuple[InvolvedUnit, ...]
    names: tuple[SeenName, ...]
    contacts: tuple[SeenContact, ...]
    near: tuple[Near, ...]
    own: OwnFacts | None
    informing: Informing | None
    may_edit: bool
    may_edit_contacts: bool
    may_edit_family: bool
    may_inform: bool

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def emergency(self) -> LiveEmergency | None:
        return self.answer.emergency
