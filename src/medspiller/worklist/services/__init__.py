"""What can be done with items: by jobs, which put and withdraw them, and by staff, who take and finish them."""

from medspiller.worklist.services.attending import finish, give_back, hand_over, snooze, take, undo_finish, wake
from medspiller.worklist.services.following import (
    move_person,
    move_person_back,
    move_subjects,
    withdraw_about,
    withdraw_not_followed_up,
)
from medspiller.worklist.services.leaving import leave_items
from medspiller.worklist.services.placing import (
    ask_about_children_again,
    put,
    put_many,
    withdraw,
    withdraw_kinds,
    withdraw_subjects,
)

__all__ = [
    "ask_about_children_again",
    "finish",
    "give_back",
    "hand_over",
    "leave_items",
    "move_person",
    "move_person_back",
    "move_subjects",
    "put",
    "put_many",
    "snooze",
    "take",
    "undo_finish",
    "wake",
    "withdraw",
    "withdraw_about",
    "withdraw_kinds",
    "withdraw_not_followed_up",
    "withdraw_subjects",
]
