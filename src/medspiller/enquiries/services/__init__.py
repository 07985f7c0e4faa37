"""What can be done with enquiries: asked by anybody, answered by a unit, looked after by jobs."""

from medspiller.enquiries.services.answering import finish, give_back, note_attempt, take
from medspiller.enquiries.services.asking import ask_for_call, give_feedback
from medspiller.enquiries.services.looking_after import bring_up_to_date, forget, leave_list
from medspiller.enquiries.services.recipients import choose_recipient, end_recipient

__all__ = [
    "ask_for_call",
    "bring_up_to_date",
    "choose_recipient",
    "end_recipient",
    "finish",
    "forget",
    "give_back",
    "give_feedback",
    "leave_list",
    "note_attempt",
    "take",
]
