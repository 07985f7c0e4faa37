"""How a family's story is told: who they are, and what staff wrote down, each so many days ago."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic, Obtained
from medspiller.people.domain.contacts import ContactDetails
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Member:
    """
    Somebody in a family. `involved` names units of the demo with why they have to do with them, and is the units beside
    the one that registers them; `seen_by` names the staff personas who opened the file, each with how many days ago.

    `numbered` without a number gets a synthetic one when the demo is loaded. `citizen` names the persona that one can
    be; `account` whoever has signed in without being one.
    """

    given_name: str
    family_name: str
    birth_date: date | None
    person_number: str = ""
    involved: tuple[tuple[str, InvolvementBasis], ...] = ()
    seen_by: tuple[tuple[str, int], ...] = ()
    numbered: bool = False
    protected: ProtectedAddress = ProtectedAddress.NONE
    language: str = ""
    needs_interpreter: bool | None = None
    contacts: tuple[ContactDetails, ...] = ()
    citizen: str = ""
    account: str = ""

    @property
    def signs_in_as(self) -> str:
        """By what the demo knows their account; empty if they have none."""
        return self.citizen or self.account


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a staff persona did so many days ago."""

    days: int
    by: str


@dataclass(frozen=True, slots=True)
class Registers(Deed):
    """A patient is registered, for the persona's unit."""

    who: str
    basis: InvolvementBasis = InvolvementBasis.TREATMENT


@dataclass(frozen=True, slots=True)
class Given:
    """A role that is given with a relation or later."""

    role: Role
    named: bool | None = None
    basis: str = ""
    reasoning: str = ""
    covers_personal: bool | None = None


@dataclass(frozen=True, slots=True)
class AddsCarer(Deed):
    """A carer is registered with what they are to a patient. Who is known already is not registered again."""

    patient: str
    carer: str
    kind: RelationKind
    roles: tuple[Given, ...] = ()
    cohabiting: bool | None = None
    basis: InvolvementBasis = InvolvementBasis.EMERGENCY_CONTACT
    informed: How | None = None


@dataclass(frozen=True, slots=True)
class GivesRole(Deed):
    """A carer gets one more role towards a patient."""

    patient: str
    carer: str
    given: Given


@dataclass(frozen=True, slots=True)
class Relates(Deed):
    """Two of the family are this to each other beside being carer and patient."""

    one: str
    other: str
    kind: RelationKind
    cohabiting: bool | None = None


@dataclass(frozen=True, slots=True)
class Consents(Deed):
    """Somebody decides what may be told of them, to a person, a unit or somebody outside. `id` lets it be withdrawn."""

    owner: str
    topics: tuple[ConsentTopic, ...]
    to_person: str = ""
    to_unit: str = ""
    to_other: str = ""
    decision: ConsentDecision = ConsentDecision.GIVEN
    obtained: Obtained = Obtained.ORAL
    note: str = ""
    review_in: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Withdraws(Deed):
    """A consent is taken back."""

    consent: str


@dataclass(frozen=True, slots=True)
class Decides(Deed):
    """It is decided whether the patient is competent in one matter; `review_in` days later it is looked at again."""

    patient: str
    matter: str
    competent: bool
    reason: str
    review_in: int | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Judges(Deed):
    """A circumstance is judged to be there."""

    patient: str
    code: Circumstance
    reason: str
    recipient: str = ""
    review_in: int | None = None


@dataclass(frozen=True, slots=True)
class Asks(Deed):
    """The questions about children are asked, or it is written down that nobody has."""

    patient: str
    replies: Mapping[ChildrenTopic, ChildrenReply]


@dataclass(frozen=True, slots=True)
class Hears(Deed):
    """Somebody says what matters to them."""

    owner: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Dies(Deed):
    """A patient has died, on the day."""

    who: str


@dataclass(frozen=True, slots=True)
class Story:
    """One family: `about` says in a line what it shows, `members` are by key, `deeds` in any order."""

    id: str
    about: str
    members: Mapping[str, Member]
    deeds: tuple[Deed, ...] = field(default=())
    health_trust: bool = False

    def carers(self) -> frozenset[str]:
        """The keys of those who are registered as a carer."""
        return frozenset(deed.carer for deed in self.deeds if isinstance(deed, AddsCarer))


NO_CHILDREN: Mapping[ChildrenTopic, ChildrenReply] = {
    ChildrenTopic.MINOR_CHILDREN: ChildrenReply.NO,
    ChildrenTopic.MINOR_SIBLINGS: ChildrenReply.NO,
}
CHILDREN: Mapping[ChildrenTopic, ChildrenReply] = {**NO_CHILDREN, ChildrenTopic.MINOR_CHILDREN: ChildrenReply.YES}
SIBLINGS: Mapping[ChildrenTopic, ChildrenReply] = {**NO_CHILDREN, ChildrenTopic.MINOR_SIBLINGS: ChildrenReply.YES}
NOT_ASKED: Mapping[ChildrenTopic, ChildrenReply] = dict.fromkeys(NO_CHILDREN, ChildrenReply.NOT_ASKED)


def aged(today: date, years: int, days: int = 100) -> date:
    """Return when somebody was born who turned so many years so many days ago; fewer than none lie ahead."""
    day = today - timedelta(days=days)
    # Who was born on 29 February is of age on 1 March.
    return day.replace(year=day.year - years) if (day.month, day.day) != (2, 29) else date(day.year - years, 3, 1)
