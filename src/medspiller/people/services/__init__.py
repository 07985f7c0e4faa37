"""What can be done with people, one module per topic."""

from medspiller.people.services.emergency import (
    end_emergency_access,
    open_emergency_access,
    review_emergency_access,
)
from medspiller.people.services.persons import close_involvement, open_involvement, register_person
from medspiller.people.services.questions import answer_access_question, ask_about_access

__all__ = [
    "answer_access_question",
    "ask_about_access",
    "close_involvement",
    "end_emergency_access",
    "open_emergency_access",
    "open_involvement",
    "register_person",
    "review_emergency_access",
]
