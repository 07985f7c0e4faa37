"""What has happened to persons, involvements and emergency accesses."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """Somebody has become known to the tenant."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Something that is registered about a person was changed; `fields` names what."""

    person_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonDied:
    """A person's death became known."""

    person_id: UUID
    died_on: date


@dataclass(frozen=True, slots=True)
class InvolvementOpened:
    """A unit has to do with a person, from a moment that may lie ahead."""

    involvement_id: UUID
    person_id: UUID
    unit_id: UUID
    basis: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class PersonHandedOn:
    """A unit has asked another to follow a person up, which does so from now on."""

    involvement_id: UUID
    person_id: UUID
    unit_id: UUID
    handed_on: date


@dataclass(frozen=True, slots=True)
class InvolvementClosed:
    """A unit has nothing more to do with a person from a moment on, on this basis."""

    involvement_id: UUID
    person_id: UUID
    unit_id: UUID
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyAccessOpened:
    """Somebody has opened a person without a relation; the leader of the unit looks at why."""

    emergency_access_id: UUID
    person_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class EmergencyAccessReviewed:
    """The leader has said whether it was in order."""

    emergency_access_id: UUID
    unit_id: UUID
    verdict: str


@dataclass(frozen=True, slots=True)
class AccessQuestionAsked:
    """A person has asked a unit about an entry of the access log."""

    question_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class AccessQuestionAnswered:
    """The unit has answered."""

    question_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class CarerRegistered:
    """A carer was put into the register; within a month they are told so, or why not is recorded (GDPR art. 14)."""

    carer_id: UUID
    patient_id: UUID
    unit_id: UUID
    registered_on: date


@dataclass(frozen=True, slots=True)
class RegistrationTakenBack:
    """
    What a unit registered of somebody on a day was taken back: they need not be told of it.

    Unless `still_registered`, they are not in the register any more for anybody.
    """

    person_id: UUID
    unit_id: UUID
    registered_on: date
    still_registered: bool


@dataclass(frozen=True, slots=True)
class PersonInformed:
    """A registered person was told that they are, or why they cannot be told was recorded."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class RelationRecorded:
    """What two persons are to each other became known, or was changed."""

    relation_id: UUID
    person_id: UUID
    related_id: UUID


@dataclass(frozen=True, slots=True)
class RelationEnded:
    """Two persons are this to each other no more, from a day on."""

    relation_id: UUID
    person_id: UUID
    related_id: UUID
    valid_to: date


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """Somebody has a role towards a patient from a day on."""

    role_id: UUID
    patient_id: UUID
    carer_id: UUID
    role: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """A role towards a patient holds no more from a day on."""

    role_id: UUID
    patient_id: UUID
    carer_id: UUID
    valid_to: date


@dataclass(frozen=True, slots=True)
class ContactsChanged:
    """How a person can be reached was changed."""

    person_id: UUID


@dataclass(frozen=True, slots=True)
class ChildrenAsked:
    """It was asked about children or siblings, or written down that it has not been: yes, no or not_asked."""

    patient_id: UUID
    unit_id: UUID
    topic: str
    answer: str


@dataclass(frozen=True, slots=True)
class ChildrenReasonRecorded:
    """There is a reason to ask a patient about minor children and siblings, which was not known before."""

    patient_id: UUID
    unit_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class ChildrenReasonEnded:
    """One such reason holds no more."""

    patient_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class CompetenceDecided:
    """Somebody's competence to decide in one matter was judged; `review_on` is when it is looked at again."""

    decision_id: UUID
    patient_id: UUID
    unit_id: UUID
    review_on: date | None


@dataclass(frozen=True, slots=True)
class CompetenceEnded:
    """A judgement of competence no longer holds."""

    decision_id: UUID
    patient_id: UUID


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Somebody decided what may be told of them; `review_on` is when they are asked again."""

    consent_id: UUID
    owner_id: UUID
    unit_id: UUID | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A consent no longer holds, from this moment."""

    consent_id: UUID
    owner_id: UUID


@dataclass(frozen=True, slots=True)
class CircumstanceJudged:
    """A circumstance that changes what may be told was judged to be there, until `review_on` at the latest."""

    circumstance_id: UUID
    patient_id: UUID
    unit_id: UUID
    review_on: date | None


@dataclass(frozen=True, slots=True)
class CircumstanceEnded:
    """A circumstance is there no more."""

    circumstance_id: UUID
    patient_id: UUID


@dataclass(frozen=True, slots=True)
class AgeChangeAhead:
    """A person reaches an age at which the law changes what holds for them, on a day within a month."""

    person_id: UUID
    on: date
    age: int


@dataclass(frozen=True, slots=True)
class AgeReached:
    """A person has reached an age at which the law changes what holds for them; a unit follows them up."""

    person_id: UUID
    unit_id: UUID
    on: date
    age: int


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """A person has asked a unit to correct something that they cannot correct themselves."""

    request_id: UUID
    person_id: UUID
    unit_id: UUID
    answer_by: date


@dataclass(frozen=True, slots=True)
class CorrectionAnswered:
    """The unit has said what came of it."""

    request_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class PersonsMerged:
    """Two rows were found to be one person: `gone` is now looked up as `kept`."""

    merge_id: UUID
    kept_id: UUID
    gone_id: UUID


@dataclass(frozen=True, slots=True)
class MergeUndone:
    """Two rows that were taken for one person are two again."""

    merge_id: UUID
    kept_id: UUID
    gone_id: UUID
