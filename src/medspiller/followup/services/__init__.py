"""What can be done in follow-up, one module per topic."""

from medspiller.followup.services.absences import end_absence, record_absence
from medspiller.followup.services.agreements import (
    activate_agreement,
    close_agreement,
    draft_agreement,
    rest_agreement_on,
    review_agreement,
)
from medspiller.followup.services.children import OpenedChild, ask_who_follows, become_adult, open_child_file
from medspiller.followup.services.concerns import (
    look_at_concern_again,
    note_feedback,
    note_report,
    record_concern,
    settle_concern,
)
from medspiller.followup.services.files import (
    add_note,
    appoint_contact,
    change_file,
    close_file,
    open_file,
    reopen_file,
)
from medspiller.followup.services.handovers import answer_handover, offer_handover, withdraw_handover
from medspiller.followup.services.holders import follow_on, leave_plans, see_to_absence, see_to_offer
from medspiller.followup.services.leaving import leave_file
from medspiller.followup.services.moving import move_person, move_person_back
from medspiller.followup.services.needs import end_need, note_need, note_needs, note_needs_of_file
from medspiller.followup.services.plans import change_about, change_goal, close_plan, start_plan
from medspiller.followup.services.reacting import (
    note_age,
    note_birth_date,
    note_consent_withdrawn,
    note_death,
    note_involvement_closed,
    note_response,
    note_response_in_error,
)
from medspiller.followup.services.reading import read_answer
from medspiller.followup.services.recomputing import recompute_plans
from medspiller.followup.services.steps import (
    do_step,
    move_plan_to_version,
    pause_plan,
    resume_plan,
    skip_step,
    tell_event,
    tell_fact,
    undo,
)
from medspiller.followup.services.suggestions import (
    answer_suggestion,
    see_change,
    suggest,
    suggest_one,
    touch_by_right,
    withdraw_suggestion,
)

__all__ = [
    "OpenedChild",
    "activate_agreement",
    "add_note",
    "answer_handover",
    "answer_suggestion",
    "appoint_contact",
    "ask_who_follows",
    "become_adult",
    "change_about",
    "change_file",
    "change_goal",
    "close_agreement",
    "close_file",
    "close_plan",
    "do_step",
    "draft_agreement",
    "end_absence",
    "end_need",
    "follow_on",
    "leave_file",
    "leave_plans",
    "look_at_concern_again",
    "move_person",
    "move_person_back",
    "move_plan_to_version",
    "note_age",
    "note_birth_date",
    "note_consent_withdrawn",
    "note_death",
    "note_feedback",
    "note_involvement_closed",
    "note_need",
    "note_needs",
    "note_needs_of_file",
    "note_report",
    "note_response",
    "note_response_in_error",
    "offer_handover",
    "open_child_file",
    "open_file",
    "pause_plan",
    "read_answer",
    "recompute_plans",
    "record_absence",
    "record_concern",
    "reopen_file",
    "rest_agreement_on",
    "resume_plan",
    "review_agreement",
    "see_change",
    "see_to_absence",
    "see_to_offer",
    "settle_concern",
    "skip_step",
    "start_plan",
    "suggest",
    "suggest_one",
    "tell_event",
    "tell_fact",
    "touch_by_right",
    "undo",
    "withdraw_handover",
    "withdraw_suggestion",
]
