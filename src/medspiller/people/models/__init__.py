"""Rows of people: persons, what they are to each other, what they allow, and who may look at them."""

from medspiller.people.models.consents import Consent, ConsentScan
from medspiller.people.models.emergency import EmergencyAccess, live_at, live_emergencies
from medspiller.people.models.first_talks import ChildTold, FirstTalk
from medspiller.people.models.involvements import (
    Involvement,
    live_involvements,
    live_involvements_of,
    with_live_involvements,
)
from medspiller.people.models.judgements import (
    ChildrenAnswer,
    ChildrenReason,
    CircumstanceJudged,
    CompetenceDecision,
    Statement,
)
from medspiller.people.models.own_page import AgeTold, CorrectionRequest
from medspiller.people.models.persons import ContactPoint, InformationGiven, Person, PersonName
from medspiller.people.models.questions import AccessQuestion
from medspiller.people.models.records import Merge, PatientImport
from medspiller.people.models.relations import CarerRole, Relation
from medspiller.people.models.search import SearchName

__all__ = [
    "AccessQuestion",
    "AgeTold",
    "CarerRole",
    "ChildTold",
    "ChildrenAnswer",
    "ChildrenReason",
    "CircumstanceJudged",
    "CompetenceDecision",
    "Consent",
    "ConsentScan",
    "ContactPoint",
    "CorrectionRequest",
    "EmergencyAccess",
    "FirstTalk",
    "InformationGiven",
    "Involvement",
    "Merge",
    "PatientImport",
    "Person",
    "PersonName",
    "Relation",
    "SearchName",
    "Statement",
    "live_at",
    "live_emergencies",
    "live_involvements",
    "live_involvements_of",
    "with_live_involvements",
]
