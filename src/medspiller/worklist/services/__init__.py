"""What can be done with items: by jobs, which put and withdraw them, and by staff, who take and finish them."""

from medspiller.worklist.services.attending import finish, give_back, take, undo_finish
from medspiller.worklist.services.placing import (
    ask_about_children_again,
    move_person,
    move_person_back,
    put,
    withdraw,
    withdraw_about,
    withdraw_kinds,
    withdraw_not_followed_up,
)

__all__ = [
    "ask_about_children_again",
    "finish",
    "give_back",
    "move_person",
    "move_person_back",
    "put",
    "take",
    "undo_finish",
    "withdraw",
    "withdraw_about",
    "withdraw_kinds",
    "withdraw_not_followed_up",
]
