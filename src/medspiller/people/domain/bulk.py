"""Families that come into the register as a whole, with what is known of them since an earlier moment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.core.errors import MedspillerError
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic
from medspiller.people.domain.consents import ConsentDetails
from medspiller.people.domain.contacts import ContactDetails
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationDetails
from medspiller.people.domain.role_rules import RoleDetails


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody with what is said of them, how they are reached, and which units have to do with them, and why."""

    id: UUID
    details: PersonDetails
    involved: tuple[tuple[UUID, InvolvementBasis], ...]
    died_on: date | None = None
    language: str = ""
    needs_interpreter: bool | None = None
    wants_notices: bool | None = None
    contacts: tuple[ContactDetails, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCarer:
    """
    A carer of a patient: `relation.kind` is what they are to the patient.

    `unit_id` registered them; `informed` is how they were told so, None where nobody has told them yet.
    """

    patient_id: UUID
    carer_id: UUID
    unit_id: UUID
    relation: RelationDetails
    roles: tuple[RoleDetails, ...] = ()
    informed: How | None = None


@dataclass(frozen=True, slots=True)
class KnownConsent:
    """What somebody decided about facts of their own, written down by a unit."""

    owner_id: UUID
    unit_id: UUID
    details: ConsentDetails


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """What a patient answered to one of the questions about children and siblings."""

    patient_id: UUID
    unit_id: UUID
    topic: ChildrenTopic
    reply: ChildrenReply


@dataclass(frozen=True, slots=True)
class KnownFamily:
    """Some persons and what is between them, all of it known since one moment."""

    since: datetime
    persons: tuple[KnownPerson, ...]
    carers: tuple[KnownCarer, ...] = ()
    consents: tuple[KnownConsent, ...] = ()
    answers: tuple[KnownAnswer, ...] = ()


class NotKnownYet(MedspillerError):
    """A family would be known from a moment that has not come."""


class Stranger(MedspillerError):
    """A carer, a consent or an answer names somebody who is not of the family."""
