"""
What the walk through all routes expects beyond what a route declares: the specification.

A new route needs a line here only if it narrows beyond its action, or names something new.
"""

from medspiller.access.domain.actions import ACTIONS
from medspiller.access.domain.roles import Role
from tests.security import things_of_followup, things_of_offers, things_of_strategy
from tests.security.world import ANOTHER_UNIT, CITIZEN, CITIZEN_ELSEWHERE

# What an answer comes to.
IN, SIGN_IN, NOT_ALLOWED, NOTHING = "let in", "to sign in", "not allowed", "nothing there"
BAD, GONE, DOWN, WRONG_METHOD, FAULT = "bad request", "gone", "not ready", "wrong method", "fault"
BY_STATUS = {400: BAD, 403: NOT_ALLOWED, 404: NOTHING, 405: WRONG_METHOD, 410: GONE, 503: DOWN}

# A parameter that names no stored thing: one that is there, and one that is not.
NAMES = {
    "slug": ("button", "no-such-component"),
    "persona_id": ("leder", "ingen"),
    "stage_id": ("mott", "no-such-stage"),
    "tool_name": ("talk", "no-such-tool"),
    "form": ("people.emergency", "people.no_such_form"),
    "own_form": ("people.ask_about_access", "people.no_such_form"),
    "provider_name": ("parorendesenteret-i-demo", "no-such-provider"),
    "offer_name": ("samtalegruppe", "no-such-offer"),
    "right_name": ("omsorgspenger", "no-such-right"),
    "situation_name": ("child-ill", "no-such-situation"),
    "pathway_name": (things_of_followup.PATHWAY, "no-such-pathway"),
    "step_name": (things_of_followup.STEP, "no-such-step"),
    "fact_name": (things_of_followup.FACT, "no-such-fact"),
    "letter_name": (things_of_followup.LETTER, "no-such-letter"),
    "report_year": (str(things_of_strategy.REPORT_YEAR), "2001"),
    "section_key": (things_of_strategy.SECTION, "no-such-section"),
    "plan_name": (things_of_strategy.PLAN, "no-such-plan"),
    "export_form": (things_of_strategy.EXPORT, "no-such-form"),
    "guideline_line": (things_of_strategy.LINE, "PV-9.9.9"),
    "service": ("home_care", "no-such-service"),
    "chapter": ("2", "9"),
    "indicator_slug": ("nearest-recorded", "no-such-indicator"),
    **things_of_offers.known_outside(),
}

# Public routes that answer a bare question otherwise than by letting in.
PUBLIC = {
    "access:provider_return": BAD,
    "citizen:provider_return": BAD,
    # This is no demo.
    "demo:personas": NOTHING,
    "demo:sign_in": NOTHING,
    "demo:stage": NOTHING,
    # No worker runs here.
    "readyz": DOWN,
}
# Forms that come to something else when nothing is filled in, for those who are let in.
EMPTY_FORM = {
    # The thing is named in the form.
    "access:end_session": NOTHING,
    "citizen:end_session": NOTHING,
    # A button is enough in a demo only.
    "access:confirm": NOT_ALLOWED,
    "citizen:confirm": NOT_ALLOWED,
    # Which document is named in the form.
    "rights:pdf_file": NOTHING,
    # No such colours.
    "appearance": BAD,
}
# Of these a stranger must not learn whether there is anything before a button is pressed.
SILENT = {("access:invitation", "GET"), ("rights:saved", "GET"), ("catalogue:saved", "GET"), ("signups:place", "GET")}

# Who is let in to our thing, where that is fewer than those who hold the action; the rest find nothing.
ONLY = {
    # One's own: the walk has one of a colleague's.
    "access:remove_factor": set(),
    # Nobody's account here is kept by the staff's provider; the citizen's is kept by the citizens'.
    "access:provider_step_up": set(),
    "citizen:provider_step_up": {CITIZEN, CITIZEN_ELSEWHERE},
    # The care worker used it.
    "people:end_emergency": {Role.CARE_WORKER.value},
    # A unit that has nothing to do with the person.
    "people:person": {role.value for role in Role if role in ACTIONS["people.view_person"].roles},
    "people:emergency_review": {Role.LEADER.value},
    # Of a person whom the unit follows up.
    **{
        f"people:{what}": {role.value for role in ACTIONS["people.judge"].roles}
        for what in (
            *("carer", "record_told", "carer_consent", "carer_circumstance", "consents", "new_consent", "consent"),
            *("narrow_consent", "withdraw_consent", "add_scan", "scan", "judgements", "decide_competence"),
            *("judge_circumstance", "end_competence", "competence_shown", "end_circumstance", "children"),
            *("children_reason", "end_children_reason"),
        )
    },
    # Of a unit that the actor works in.
    "messages:try_again": {role.value for role in ACTIONS["messages.decide_notice"].roles},
    "messages:stop": {role.value for role in ACTIONS["messages.decide_notice"].roles},
    "people:question": {Role.LEADER.value, Role.CARER_CONTACT.value},
    "people:correction": {Role.LEADER.value, Role.CARER_CONTACT.value},
    # On the list of a unit that the actor works in. Whoever owns the strategy sees what is about that, and no person's.
    **{
        f"worklist:{what}": {role.value for role in ACTIONS["worklist.view_items"].roles} - {Role.STRATEGY_OWNER.value}
        for what in ("item", "take", "give_back", "hand_over", "snooze", "wake", "finish", "undo")
    },
    # Of a person whom the unit follows up.
    **{
        f"questionnaires:{what}": {role.value for role in ACTIONS["questionnaires.answer"].roles}
        for what in ("totals", "wrong_total", "about", "read", "print", "amend", "mark", "upload")
    },
    # Of the same, when there is anything: what the walk finds has been answered once, and nobody asked for a document.
    **{
        f"questionnaires:{what}": {role.value for role in ACTIONS["questionnaires.answer"].roles}
        for what in ("over_time", "pdf")
    },
    **{f"{area}:{what}": set() for area in ("questionnaires", "own_questionnaires") for what in ("chart", "pdf_file")},
    # A file is for whoever asked for it, which is nobody of the walk.
    **{f"strategy:{what}": set() for what in ("one_export", "export_file")},
    # Nobody has asked for a file.
    "strategy:evaluation_word_file": set(),
    "strategy:yearly_report_pdf_file": set(),
    "strategy:yearly_report_word_file": set(),
    # Of a person whom the unit follows up.
    **{
        f"rights_at_work:{what}": {role.value for role in ACTIONS["rights.ask_for_carer"].roles}
        for what in ("start", "ask", "answers", "answered_right", "print", "handed_over")
    },
    # Of a unit whose entries the actor keeps.
    **{
        f"catalogue_staff:{what}": {role.value for role in ACTIONS["catalogue.edit_entry"].roles}
        for what in (
            *("entry", "edit", "review", "close", "open_again", "version", "withdraw", "deal_with"),
            *("plan", "change_meeting", "cancel_meeting"),
        )
    },
    **{
        f"catalogue_staff:{what}": {role.value for role in ACTIONS["catalogue.moderate"].roles}
        for what in ("proposal", "approve", "reject", "take_down", "put_up_again", "move")
    },
    # Of a unit that the actor imports for; and a file is for whoever asked for it, which is nobody of the walk.
    **{
        f"catalogue_staff:{what}": {role.value for role in ACTIONS["catalogue.import_entries"].roles}
        for what in ("one_import", "import_report", "stop_import")
    },
    **{f"catalogue_staff:{what}": set() for what in ("one_export", "export_file")},
    # The same see who comes to its meetings.
    **{
        f"signups_staff:{what}": {role.value for role in ACTIONS["catalogue.edit_entry"].roles}
        for what in ("participants", "add", "print", "csv", "to_call")
    },
    # To a unit that the actor answers for.
    "enquiries_staff:enquiry": {role.value for role in ACTIONS["enquiries.answer"].roles},
    # Ours is of somebody in a unit below: their leader says that they are back.
    "followup:end_absence": {Role.LEADER.value},
    # For whoever wrote the talk down, who is nobody of the walk.
    "people:take_back_first_talk": set(),
    # What is in progress is its author's; ours is the citizen's.
    "questionnaires:fill": set(),
    "questionnaires:review": set(),
    "questionnaires:throw_away": set(),
    # Drafts of a form are for those who may use it.
    "access:draft": {
        ANOTHER_UNIT,
        *(role.value for role in Role if role in ACTIONS["people.use_emergency_access"].roles),
    },
    # Our colleague is not invited.
    "access:administration_withdraw_invitation": set(),
}
# Of a person whom the unit has to do with, or of the unit itself: for every role that holds the route's action, there.
FOLLOWED_UP = {
    f"people:{what}"
    for what in (
        *("person_print", "change_person", "person_history", "add_name", "end_name", "record_death", "inform_person"),
        *("add_contact", "change_contact", "end_contact", "reopen_contact", "add_carer", "change_relation"),
        *("end_relation", "give_role", "end_role", "reopen_role", "relate_choose", "relate", "merge_choose", "merge"),
        *("undo_merge", "first_talk_receipt", "import", "stop_import"),
        *("involvements", "open_involvement", "close_involvement"),
    )
} | {
    # Of a carer whom the unit follows up for her own sake.
    f"followup:{what}"
    for what in (
        *("of_person", "step", "handover", "plan", "print_plan", "plan_step", "skip_step", "tell_fact", "tell_event"),
        *("change_goal", "pause_plan", "resume_plan", "undo", "newer_version", "close_plan", "offer_handover"),
        *("file", "print_file", "change_file", "appoint_contact", "add_note", "close_file", "reopen_file"),
        *("choose_plan", "start_plan", "suggestions", "add_suggestion", "suggestion", "agreement"),
        *("agreement_to_review", "letters", "letter", "safety", "record_concern", "become_adult", "concern"),
        *("concern_again", "children_of_patient", "open_child", "shared", "change_about"),
    )
}
# Things that all in the tenant may know of: whoever holds the action elsewhere in the house is told no, not nothing.
KNOWN_TO_ALL = {
    "workbench:edit_unit",
    *(
        f"workbench:administration_{what}"
        for what in ("unit", "open_unit", "change_unit", "move_unit", "close_unit", "open_post", "close_post")
    ),
    # Of a plan, or a measure, of another unit.
    *(
        f"strategy:{what}"
        for what in (
            *("change", "new_area", "change_area", "new_goal", "new_approach", "change_goal", "change_approach"),
            *("new_measure", "change_measure", "move_measure", "stop_measure", "links", "unlink", "new_indicator"),
            *("change_indicator", "new_value", "report_status", "start_hearing", "roll_over", "ask_for_status"),
            "log_event",
        )
    ),
    "strategy:draft_yearly_report",
    "strategy:count_yearly_report",
    "strategy:yearly_report_text",
}

# Pages that are printed, and have nothing to press.
ON_PAPER = {
    "signups_staff:print",
    "people:snooping_print",
    "people:person_print",
    "followup:print_file",
    "followup:print_plan",
    "followup:letter",
    "worklist:items_print",
    "questionnaires:print",
    "own_questionnaires:print",
    "citizen:access_log_print",
    "access:administration_permissions_print",
    "strategy:yearly_report_print",
}
# The route that is asked for without a token, and why that is no matter: it only turns the lights off.
WITHOUT_TOKEN = {"appearance"}
