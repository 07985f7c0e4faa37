"""
The codes that offers are described by. A code is stored and published for good; its words are `web.wording`'s.

Needs are the codes of the carer's own answers (`needs` of the plan and checklist, `missing-…` of *what matters*),
so that what somebody says they need leads to what is offered.
"""

from enum import StrEnum


class OfferKind(StrEnum):
    """What sort of help it is."""

    CONVERSATION = "conversation"
    COURSE = "course"
    GROUP = "group"
    FAMILY_GROUP = "family-group"
    RESPITE = "respite"
    VOLUNTEER = "volunteer"
    PEER = "peer"
    LINE = "line"
    E_LEARNING = "e-learning"
    TECHNOLOGY = "technology"
    ECONOMY = "economy"
    FAMILY_COUNSELLING = "family-counselling"
    CRISIS = "crisis"
    CHILDREN = "children"
    INTERPRETER = "interpreter"
    DIGITAL_HELP = "digital-help"


class Need(StrEnum):
    """What a carer may lack: the codes of the questionnaires."""

    INFORMATION = "information"
    SOMEONE_TO_TALK_TO = "someone-to-talk-to"
    RESPITE_HOURS = "respite-hours"
    RESPITE_STAY = "respite-stay"
    NIGHT_REST = "night-rest"
    PRACTICAL_HELP = "practical-help"
    ECONOMY = "economy"
    WORK_AND_LEAVE = "work-and-leave"
    OWN_HEALTH = "own-health"
    CHILDREN_AT_HOME = "children-at-home"
    NETWORK = "network"
    TRAINING_SKILLS = "training-skills"
    COORDINATION = "coordination"
    INTERPRETER = "interpreter"
    TECHNICAL_AIDS = "technical-aids"
    CRISIS_PLAN = "crisis-plan"
    PEERS = "peers"
    BEREAVEMENT = "bereavement"


class Relation(StrEnum):
    """What the carer is to the one who is ill."""

    PARTNER = "partner"
    PARENT = "parent"
    GROWN_CHILD = "grown-child"
    YOUNG_CHILD = "young-child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    FRIEND = "friend"


class Condition(StrEnum):
    """What the one they care for struggles with."""

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


class Situation(StrEnum):
    """How the carer's own life is just now."""

    WORKING = "working"
    STUDYING = "studying"
    LIVING_TOGETHER = "living-together"
    LIVING_FAR_AWAY = "living-far-away"
    NEW_TO_IT = "new-to-it"
    IN_CRISIS = "in-crisis"
    BEREAVED = "bereaved"
    ANOTHER_LANGUAGE = "another-language"


class Way(StrEnum):
    """How one gets it."""

    OPEN = "open"
    SIGN_UP = "sign-up"
    REFERRAL = "referral"
    APPLICATION = "application"


class AreaKind(StrEnum):
    """How far an offer reaches."""

    NATIONAL = "national"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"


class Access(StrEnum):
    """What makes a place usable."""

    STEP_FREE = "step-free"
    ACCESSIBLE_TOILET = "accessible-toilet"
    HEARING_LOOP = "hearing-loop"
    SIGN_LANGUAGE = "sign-language"
    NEAR_PUBLIC_TRANSPORT = "near-public-transport"
    PARKING = "parking"
    QUIET_ROOM = "quiet-room"


class ProviderKind(StrEnum):
    """Who stands behind an offer."""

    MUNICIPALITY = "municipality"
    HEALTH_TRUST = "health-trust"
    STATE = "state"
    ORGANISATION = "organisation"


class Certainty(StrEnum):
    """Whether what is said of an offer was read at its source, or is to be checked and shown as such."""

    CERTAIN = "certain"
    CHECK = "check"
