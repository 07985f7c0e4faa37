"""What can be done with answers, one module per topic."""

from medspiller.questionnaires.services.beginning import start
from medspiller.questionnaires.services.completing import amend, complete, mark_entered_in_error
from medspiller.questionnaires.services.following_up import follow_up, stop_following_up
from medspiller.questionnaires.services.moving import move_person, move_person_back
from medspiller.questionnaires.services.saving import FromPage, Saved, save, throw_away
from medspiller.questionnaires.services.uploads import TooManyFiles, add_upload

__all__ = [
    "FromPage",
    "Saved",
    "TooManyFiles",
    "add_upload",
    "amend",
    "complete",
    "follow_up",
    "mark_entered_in_error",
    "move_person",
    "move_person_back",
    "save",
    "start",
    "stop_following_up",
    "throw_away",
]
