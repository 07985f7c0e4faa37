"""What can be known of sign-ups, one module per topic. Reading an organiser's list leaves an entry in the log."""

from medspiller.signups.selectors.counts import Came, attendance
from medspiller.signups.selectors.evaluation import evaluation
from medspiller.signups.selectors.meetings import Open, offers_instead, to_sign_up_for
from medspiller.signups.selectors.participants import Participant, Participants, participants
from medspiller.signups.selectors.places import Place, own_place, own_places, own_tables, place_by_link
from medspiller.signups.selectors.rows import (
    meetings_of_entry,
    meetings_with_untold,
    names_to_forget,
    needs_to_forget,
    offers_run_out,
    organised,
    organised_meeting,
    own_row,
    row_by_link,
    row_of,
    to_remind,
    with_free_seats,
)

__all__ = [
    "Came",
    "Open",
    "Participant",
    "Participants",
    "Place",
    "attendance",
    "evaluation",
    "meetings_of_entry",
    "meetings_with_untold",
    "names_to_forget",
    "needs_to_forget",
    "offers_instead",
    "offers_run_out",
    "organised",
    "organised_meeting",
    "own_place",
    "own_places",
    "own_row",
    "own_tables",
    "participants",
    "place_by_link",
    "row_by_link",
    "row_of",
    "to_remind",
    "to_sign_up_for",
    "with_free_seats",
]
