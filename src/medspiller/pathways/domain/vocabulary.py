"""The codes that pathways are written with. Each list is closed: a code that is not here is refused."""

from collections.abc import Mapping
from enum import StrEnum

from medspiller.access.domain.roles import OWN_STAFF

# Stands for whoever holds the plan, whichever role that is.
HOLDER = "holder"
WHO = frozenset({HOLDER, *(role.value for role in OWN_STAFF)})


class Subject(StrEnum):
    """Whose file a pathway runs in."""

    ADULT = "adult"
    CHILD = "child"
    FAMILY = "family"


class Event(StrEnum):
    """What can happen to a family that a pathway begins with or reacts to."""

    IDENTIFIED = "identified"
    FIRST_TALK_HELD = "first-talk-held"
    PARENT_TALK_HELD = "parent-talk-held"
    PARENT_ILL = "parent-ill"
    SIBLING_ILL = "sibling-ill"
    ADMITTED = "admitted"
    DISCHARGED = "discharged"
    DISCHARGE_PLANNED = "discharge-planned"
    MOVED = "moved"
    MOVE_PLANNED = "move-planned"
    DEATH = "death"
    SUDDEN_DEATH = "sudden-death"
    SUICIDE = "suicide"
    CRISIS = "crisis"
    DIAGNOSIS = "diagnosis"
    REFERRED = "referred"
    TREATMENT_STARTED = "treatment-started"
    TREATMENT_ENDED = "treatment-ended"
    CRISIS_IN_TREATMENT = "crisis-in-treatment"
    AGREEMENT_MADE = "agreement-made"
    AGREEMENT_ENDED = "agreement-ended"
    RESPITE_STARTED = "respite-started"
    RESPITE_ENDED = "respite-ended"
    ALARM_INSTALLED = "alarm-installed"
    ALARM_REMOVED = "alarm-removed"
    COUNCIL_HELD = "council-held"
    PLAN_MADE = "plan-made"
    PLAN_ENDED = "plan-ended"
    CONVERSATION_HELD = "conversation-held"
    CHILD_TALK_HELD = "child-talk-held"
    CONCERN_RAISED = "concern-raised"
    CONCERN_SETTLED = "concern-settled"
    LEVEL_RAISED = "level-raised"
    LEVEL_LOWERED = "level-lowered"
    PATIENT_DIED = "patient-died"
    TURNS_18 = "turns-18"
    CARER_WITHDRAWS = "carer-withdraws"
    MOVED_AWAY = "moved-away"


class Owner(StrEnum):
    """Whose a fact or an event is: the carer's whose file it is, or that of whom the carer cares for."""

    CARER = "carer"
    PATIENT = "patient"


# Whose each event is. What is a patient's is told and read by those alone who may open the patient.
OWNERS: Mapping[Event, Owner] = {
    Event.IDENTIFIED: Owner.CARER,
    Event.FIRST_TALK_HELD: Owner.CARER,
    # The parent is the one who is ill: that somebody has talked with them is part of their own care.
    Event.PARENT_TALK_HELD: Owner.PATIENT,
    Event.PARENT_ILL: Owner.PATIENT,
    Event.SIBLING_ILL: Owner.PATIENT,
    Event.ADMITTED: Owner.PATIENT,
    Event.DISCHARGED: Owner.PATIENT,
    Event.DISCHARGE_PLANNED: Owner.PATIENT,
    # The patient's move into a home or a flat of their own; the carer's own move is MOVED_AWAY.
    Event.MOVED: Owner.PATIENT,
    Event.MOVE_PLANNED: Owner.PATIENT,
    Event.DEATH: Owner.PATIENT,
    Event.SUDDEN_DEATH: Owner.PATIENT,
    Event.SUICIDE: Owner.PATIENT,
    Event.CRISIS: Owner.CARER,
    Event.DIAGNOSIS: Owner.PATIENT,
    # Of the carer, to more help than we give. Where a plan begins with a patient's referral, its name says as much.
    Event.REFERRED: Owner.CARER,
    Event.TREATMENT_STARTED: Owner.PATIENT,
    Event.TREATMENT_ENDED: Owner.PATIENT,
    Event.CRISIS_IN_TREATMENT: Owner.PATIENT,
    Event.AGREEMENT_MADE: Owner.CARER,
    Event.AGREEMENT_ENDED: Owner.CARER,
    # Respite is granted to the carer (pasient- og brukerrettighetsloven § 2-8).
    Event.RESPITE_STARTED: Owner.CARER,
    Event.RESPITE_ENDED: Owner.CARER,
    # The alarm is a service of whoever wears it; the carer only answers it.
    Event.ALARM_INSTALLED: Owner.PATIENT,
    Event.ALARM_REMOVED: Owner.PATIENT,
    # The council is the family's, and the carer sat in it.
    Event.COUNCIL_HELD: Owner.CARER,
    # The individual plan is that of whoever needs the services.
    Event.PLAN_MADE: Owner.PATIENT,
    Event.PLAN_ENDED: Owner.PATIENT,
    # The advance care conversation. A talk with a child in its own plan is CHILD_TALK_HELD.
    Event.CONVERSATION_HELD: Owner.PATIENT,
    Event.CHILD_TALK_HELD: Owner.CARER,
    # What is seen of a child stands in that child's own file.
    Event.CONCERN_RAISED: Owner.CARER,
    Event.CONCERN_SETTLED: Owner.CARER,
    Event.LEVEL_RAISED: Owner.CARER,
    Event.LEVEL_LOWERED: Owner.CARER,
    Event.PATIENT_DIED: Owner.PATIENT,
    # Told by itself, of the child whose file it is.
    Event.TURNS_18: Owner.CARER,
    Event.CARER_WITHDRAWS: Owner.CARER,
    Event.MOVED_AWAY: Owner.CARER,
}
PATIENTS_EVENTS = frozenset(event.value for event, owner in OWNERS.items() if owner is Owner.PATIENT)


class PatientsCondition(StrEnum):
    """What whoever a plan is about struggles with, as the catalogue's offers name it."""

    DEMENTIA = "dementia"
    MENTAL_ILLNESS = "mental-illness"
    ADDICTION = "addiction"
    PHYSICAL_ILLNESS = "physical-illness"
    CANCER = "cancer"
    DISABILITY = "disability"
    FRAILTY = "frailty"
    DYING = "dying"
    DEATH = "death"
    VIOLENCE = "violence"
    IMPRISONMENT = "imprisonment"


class CarersSituation(StrEnum):
    """How the life is of whoever has a plan, as the catalogue's offers name it."""

    WORKING = "working"
    STUDYING = "studying"
    LIVING_TOGETHER = "living-together"
    LIVING_FAR_AWAY = "living-far-away"
    NEW_TO_IT = "new-to-it"
    IN_CRISIS = "in-crisis"
    BEREAVED = "bereaved"
    ANOTHER_LANGUAGE = "another-language"


class Page(StrEnum):
    """A page that a step opens."""

    SAFETY = "safety"
    TELL = "tell"
    RIGHTS = "rights"
    OFFERS = "offers"
    AGREEMENT = "agreement"
    CONSENT = "consent"
    FIRST_TALK = "first_talk"


class Certainty(StrEnum):
    """Whether a pathway stands on what was read, or something in it must be verified first."""

    CERTAIN = "certain"
    CHECK = "check"


class LineType(StrEnum):
    """What a line of the guideline is: what the law demands, what is recommended, or what explains."""

    DEMAND = "krav"
    RECOMMENDATION = "anbefaling"
    INFORMATION = "info"


class LineCertainty(StrEnum):
    """Where a guideline line is known from. `background` is never shown as the Directorate's own words."""

    LAW = "law"
    SEED = "seed"
    PAGE = "page"
    BACKGROUND = "background"


class Place(StrEnum):
    """What may be filled into a letter. Never a patient's name, a diagnosis or anything of health."""

    MUNICIPALITY = "municipality"
    UNIT = "unit"
    CONTACT = "contact"
    DATE = "date"
    ADDRESS = "address"
