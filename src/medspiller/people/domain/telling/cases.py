"""What is known when somebody asks what may be told: the patient, who asks, about what, and what was judged."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from medspiller.people.domain.roles import Role

OLDEST = 130


class AgeNotPossible(ValueError):
    """No person has this age."""

    def __init__(self, age: int):
        self.age = age
        super().__init__(f"no person is {age} years old")


class Topic(StrEnum):
    """What is to be told. Listening tells nothing."""

    HEALTH = "health"
    GENERAL = "general"
    LISTENING = "listening"


class Consent(StrEnum):
    """
    Whether telling this to this person has been agreed to.

    It is the patient's own from 16; for a child under 16 it is that of those who consent for the
    child (pbrl § 4-4, hpl § 22). `REFUSED` also covers having asked and got no yes.
    """

    GIVEN = "given"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Circumstance(StrEnum):
    """Something a professional has judged to be so in this matter; somebody's name and a day belong to each."""

    WEIGHTY_INTEREST_AGAINST_PARENTS = "weighty_interest_against_parents"
    CHILD_REFUSES_WITH_REASON = "child_refuses_with_reason"
    NECESSARY_FOR_PARENTAL_RESPONSIBILITY = "necessary_for_parental_responsibility"
    DANGER_TO_OTHERS = "danger_to_others"
    CONCERN_FOR_CHILD_IN_CARE = "concern_for_child_in_care"
    DEATH_UNEXPECTED = "death_unexpected"
    WEIGHTY_REASON_AFTER_DEATH = "weighty_reason_after_death"


@dataclass(frozen=True, slots=True)
class Patient:
    """
    The one the information is about. None is *not known*.

    `age` is in whole years on the day asked about (at death, for the dead). `competent`: able to
    decide in *this* matter (beslutningskompetanse); None is not assessed. `emergency`: unconscious
    or acutely ill, so that nobody can be asked and a yes may be presumed.

    :raises AgeNotPossible: for an age below 0 or above 130.
    """

    age: int | None = None
    dead: bool | None = None
    competent: bool | None = None
    emergency: bool | None = None

    def __post_init__(self) -> None:
        if self.age is not None and not 0 <= self.age <= OLDEST:
            raise AgeNotPossible(self.age)


@dataclass(frozen=True, slots=True)
class Recipient:
    """
    The one who would be told.

    `roles` None is *not known*; empty is *no role*. `already_knows`: knows what this is about
    before we say it. `mandate_covers_health`: has shown a mandate or power of attorney that
    reaches to health; what is not shown does not count, so there is no unknown here.
    """

    roles: frozenset[Role] | None = None
    already_knows: bool | None = None
    mandate_covers_health: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """
    One question: may this be told to this person, on this day?

    `circumstances` None is *nobody has judged them*; an empty set is *judged, and none applies*.
    `consent_by_nearest`: the nearest has agreed on behalf of a patient who cannot (hpl § 22 third
    paragraph); what was not given does not count, so there is no unknown here.
    """

    on: date | None = None
    patient: Patient = field(default_factory=Patient)
    recipient: Recipient = field(default_factory=Recipient)
    topic: Topic | None = None
    consent: Consent = Consent.UNKNOWN
    circumstances: frozenset[Circumstance] | None = None
    consent_by_nearest: bool = False
