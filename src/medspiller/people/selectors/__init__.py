"""What can be known of people, one module per topic. Reading somebody leaves an entry in the access log."""

from medspiller.people.selectors.emergency import (
    ReviewLine,
    count_to_review,
    emergency_access,
    emergency_access_for_update,
    emergency_accesses_to_review,
    emergency_units,
    live_emergency_accesses,
)
from medspiller.people.selectors.own_log import OwnLog, own_access_log, own_entry
from medspiller.people.selectors.persons import (
    InvolvedUnit,
    SeenPerson,
    Sought,
    person,
    person_for_emergency,
    person_for_update,
    persons,
    registered_as,
    visible_persons,
)
from medspiller.people.selectors.questions import (
    Question,
    access_question,
    access_question_for_update,
    access_questions,
    own_access_questions,
)
from medspiller.people.selectors.snooping import SnoopingReport, snooping_report

__all__ = [
    "InvolvedUnit",
    "OwnLog",
    "Question",
    "ReviewLine",
    "SeenPerson",
    "SnoopingReport",
    "Sought",
    "access_question",
    "access_question_for_update",
    "access_questions",
    "count_to_review",
    "emergency_access",
    "emergency_access_for_update",
    "emergency_accesses_to_review",
    "emergency_units",
    "live_emergency_accesses",
    "own_access_log",
    "own_access_questions",
    "own_entry",
    "person",
    "person_for_emergency",
    "person_for_update",
    "persons",
    "registered_as",
    "snooping_report",
    "visible_persons",
]
