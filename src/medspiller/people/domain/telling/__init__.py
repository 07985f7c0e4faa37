"""
What may I tell? The law on information, participation, records and complaints, as tables.

Plain Python: a case in, an answer with its reason out. `information(case)` is the question of the
`may-tell` command. Which rows there are, how sure we are of each, and what was decided where the
law leaves a choice stands in docs/may-tell.md.
"""

from medspiller.people.domain.telling.age_rules import AgeRule, Concerns, Turns
from medspiller.people.domain.telling.ages import Change, changes, reaches
from medspiller.people.domain.telling.answers import Answer, Reach, Scope, Telling
from medspiller.people.domain.telling.cases import (
    AgeNotPossible,
    Case,
    Circumstance,
    Consent,
    Patient,
    Recipient,
    Topic,
)
from medspiller.people.domain.telling.complaints import (
    FORMAL_LAW,
    PERIOD_LAW,
    Complaint,
    ShorterThanTheLaw,
    complaint,
    complaint_period,
    formal_procedure,
    formal_procedure_in_words,
)
from medspiller.people.domain.telling.confidentiality import ConsentGiver, sharing_for_children, who_consents
from medspiller.people.domain.telling.decision_words import who_consents_in_words, who_decides_in_words
from medspiller.people.domain.telling.decisions import Decider, HealthDecision, Voice, counts_as_care, health_decision
from medspiller.people.domain.telling.information import MAY_REFUSE_PARENTS, information
from medspiller.people.domain.telling.nearest import Candidate, Suggestion, suggest_nearest
from medspiller.people.domain.telling.participation import Matter, participation
from medspiller.people.domain.telling.reading import CaseUnreadable, case_from
from medspiller.people.domain.telling.records import record_access

__all__ = [
    "FORMAL_LAW",
    "MAY_REFUSE_PARENTS",
    "PERIOD_LAW",
    "AgeNotPossible",
    "AgeRule",
    "Answer",
    "Candidate",
    "Case",
    "CaseUnreadable",
    "Change",
    "Circumstance",
    "Complaint",
    "Concerns",
    "Consent",
    "ConsentGiver",
    "Decider",
    "HealthDecision",
    "Matter",
    "Patient",
    "Reach",
    "Recipient",
    "Scope",
    "ShorterThanTheLaw",
    "Suggestion",
    "Telling",
    "Topic",
    "Turns",
    "Voice",
    "case_from",
    "changes",
    "complaint",
    "complaint_period",
    "counts_as_care",
    "formal_procedure",
    "formal_procedure_in_words",
    "health_decision",
    "information",
    "participation",
    "reaches",
    "record_access",
    "sharing_for_children",
    "suggest_nearest",
    "who_consents",
    "who_consents_in_words",
    "who_decides_in_words",
]
