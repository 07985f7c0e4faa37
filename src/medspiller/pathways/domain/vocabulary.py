"""The codes that pathways are written with. Each list is closed: a code that is not here is refused."""

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
    CONCERN_RAISED = "concern-raised"
    CONCERN_SETTLED = "concern-settled"
    LEVEL_RAISED = "level-raised"
    LEVEL_LOWERED = "level-lowered"
    PATIENT_DIED = "patient-died"
    TURNS_18 = "turns-18"
    CARER_WITHDRAWS = "carer-withdraws"
    MOVED_AWAY = "moved-away"


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
