"""
The one table of actions: what can be done, and which roles may do it.

An action holds for the unit that the role was granted for and for all units below it.
A name that is not here cannot be asked about: asking raises, it never answers no.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from medspiller.access.domain.roles import EVERY_ROLE, OWN_STAFF, Role


class UnknownAction(LookupError):
    """An action was named that the table does not have: a slip in the code, not a refusal."""


@dataclass(frozen=True, slots=True)
class Action:
    """
    One thing that can be done, and who may.

    `citizens` opens it to citizens for what is their own, and `system` to jobs.
    """

    name: str
    roles: frozenset[Role]
    citizens: bool = False
    system: bool = False


def _staff(name: str, *roles: Role, system: bool = False) -> Action:
    return Action(name=name, roles=frozenset(roles) or OWN_STAFF, system=system)


# Who follows up patients and carers. A role that only steers or administers opens nobody.
_MEETS_PEOPLE = (
    Role.CARE_WORKER,
    Role.CARER_CONTACT,
    Role.CHILDREN_LEAD,
    Role.CASE_WORKER,
    Role.COORDINATOR,
    Role.LEADER,
)
# Who decides which forms the municipality uses.
_EDITORS = (Role.CARER_CONTACT, Role.LEADER, Role.STRATEGY_OWNER)
# Who keeps the catalogue of support true, and who of them decides what the public sees.
_KEEPERS = (Role.CARER_CONTACT, Role.LEADER, Role.VOLUNTEER_COORDINATOR, Role.CHILDREN_LEAD)
_MODERATORS = (Role.CARER_CONTACT, Role.LEADER)

# Who keeps the plans, and who says how it goes with what they answer for.
_STEERS = (Role.STRATEGY_OWNER, Role.LEADER)
_ANSWERS_FOR_MEASURES = (*_STEERS, Role.CARER_CONTACT, Role.CHILDREN_LEAD)

_TABLE = (
    _staff("workbench.view_home", *EVERY_ROLE),
    _staff("workbench.view_administration", Role.LEADER, Role.ADMINISTRATOR),
    _staff("ui.view_components"),
    _staff("organisations.view_unit", system=True),
    _staff("organisations.edit_unit", Role.LEADER, Role.ADMINISTRATOR),
    _staff("organisations.open_unit", Role.LEADER, Role.ADMINISTRATOR, system=True),
    _staff("organisations.close_unit", Role.LEADER, Role.ADMINISTRATOR),
    _staff("organisations.edit_post", Role.LEADER, Role.ADMINISTRATOR, system=True),
    _staff("organisations.edit_organisation", Role.LEADER, Role.ADMINISTRATOR, Role.VOLUNTEER_COORDINATOR, system=True),
    _staff("audit.view_log", Role.LEADER, Role.ADMINISTRATOR),
    _staff("audit.release_entry", Role.LEADER),
    _staff("access.administer", Role.ADMINISTRATOR, system=True),
    _staff("access.administer_providers", Role.ADMINISTRATOR),
    _staff("access.view_permissions", Role.LEADER, Role.ADMINISTRATOR),
    _staff("access.mark_reviewed", Role.LEADER, Role.ADMINISTRATOR),
    _staff("access.view_changes", Role.LEADER, Role.ADMINISTRATOR),
    _staff("people.view_person", *_MEETS_PEOPLE),
    _staff("people.register_person", *_MEETS_PEOPLE, system=True),
    _staff("people.open_involvement", *_MEETS_PEOPLE, system=True),
    _staff("people.close_involvement", *_MEETS_PEOPLE, system=True),
    _staff("people.edit_person", *_MEETS_PEOPLE, system=True),
    _staff("people.edit_relation", *_MEETS_PEOPLE, system=True),
    _staff("people.edit_role", *_MEETS_PEOPLE, system=True),
    _staff("people.inform_person", *_MEETS_PEOPLE, system=True),
    _staff("people.tell_after_follow_up", Role.LEADER),
    _staff("people.merge_persons", Role.LEADER, Role.CARER_CONTACT, system=True),
    _staff("people.import_patients", Role.LEADER, Role.CARER_CONTACT),
    _staff("people.use_emergency_access", *_MEETS_PEOPLE),
    _staff("people.edit_consent", *_MEETS_PEOPLE),
    _staff("people.judge", *_MEETS_PEOPLE),
    _staff("people.answer_children", *_MEETS_PEOPLE),
    _staff("people.record_statement", *_MEETS_PEOPLE),
    _staff("people.record_told", *_MEETS_PEOPLE),
    Action("people.manage_own_consents", roles=frozenset(), citizens=True),
    Action("people.record_own_statement", roles=frozenset(), citizens=True),
    _staff("people.review_emergency_access", Role.LEADER),
    _staff("people.view_snooping_report", Role.LEADER),
    _staff("people.answer_access_question", Role.LEADER, Role.CARER_CONTACT),
    _staff("people.answer_correction", Role.LEADER, Role.CARER_CONTACT),
    # Whoever steers sees what names their role and is about nobody: the list narrows.
    _staff("worklist.view_items", *_MEETS_PEOPLE, Role.STRATEGY_OWNER),
    _staff("worklist.take_item", *_MEETS_PEOPLE),
    _staff("worklist.give_back_for_others", Role.LEADER),
    _staff("worklist.view_load", Role.LEADER, Role.CARER_CONTACT),
    Action("worklist.put_item", roles=frozenset(), system=True),
    _staff("messages.send_notice", *_MEETS_PEOPLE, system=True),
    _staff("messages.view_notices", *_MEETS_PEOPLE),
    _staff("messages.decide_notice", *_MEETS_PEOPLE),
    Action("messages.hand_over_notice", roles=frozenset(), system=True),
    Action("messages.view_own_notices", roles=frozenset(), citizens=True),
    Action("people.view_own_access_log", roles=frozenset(), citizens=True),
    Action("people.view_own_page", roles=frozenset(), citizens=True),
    Action("people.edit_own_details", roles=frozenset(), citizens=True),
    Action("people.read_own_notice", roles=frozenset(), citizens=True),
    Action("people.take_out_own_data", roles=frozenset(), citizens=True),
    Action("people.ask_for_correction", roles=frozenset(), citizens=True),
    Action("people.announce_ages", roles=frozenset(), system=True),
    Action("access.forget_old", roles=frozenset(), system=True),
    _staff("content.publish", *_EDITORS, system=True),
    _staff("content.retire", *_EDITORS, system=True),
    _staff("questionnaires.answer", *_MEETS_PEOPLE),
    _staff("questionnaires.read", *_MEETS_PEOPLE),
    Action("questionnaires.answer_own", roles=frozenset(), citizens=True),
    Action("questionnaires.move_answers", roles=frozenset(), system=True),
    _staff("questionnaires.edit_forms", *_EDITORS),
    _staff("questionnaires.read_tools"),
    Action("questionnaires.look_after", roles=frozenset(), system=True),
    Action("access.sign_in", roles=EVERY_ROLE, citizens=True),
    Action("access.sign_out", roles=EVERY_ROLE, citizens=True),
    Action("access.view_own_sessions", roles=EVERY_ROLE, citizens=True),
    Action("access.end_own_session", roles=EVERY_ROLE, citizens=True),
    Action("access.manage_own_account", roles=EVERY_ROLE),
    Action("access.confirm_identity", roles=EVERY_ROLE, citizens=True),
    Action("access.keep_draft", roles=EVERY_ROLE, citizens=True),
    Action("access.view_my_page", roles=frozenset(), citizens=True),
    Action("access.open_saved_link", roles=frozenset()),
    Action("access.save_link", roles=frozenset()),
    _staff("rights.ask_for_carer", *_MEETS_PEOPLE),
    _staff("rights.view_counts", Role.LEADER, Role.STRATEGY_OWNER, Role.CARER_CONTACT),
    Action("rights.keep_own", roles=frozenset(), citizens=True),
    Action("rights.look_after", roles=frozenset(), system=True),
    _staff("catalogue.view_entries", *_KEEPERS, Role.ORGANISATION_EDITOR),
    _staff("catalogue.edit_entry", *_KEEPERS),
    _staff("catalogue.edit_own_organisation", Role.ORGANISATION_EDITOR),
    _staff("catalogue.moderate", *_MODERATORS),
    _staff("catalogue.import_entries", *_MODERATORS),
    Action("catalogue.report_wrong", roles=frozenset()),
    Action("catalogue.hold_seats", roles=frozenset(), system=True),
    Action("catalogue.look_after", roles=frozenset(), system=True),
    # Whose entry it is, sees who comes: the catalogue narrows.
    _staff("signups.see_participants", *_KEEPERS, Role.ORGANISATION_EDITOR),
    Action("signups.keep_own", roles=frozenset(), citizens=True),
    Action("signups.look_after", roles=frozenset(), system=True),
    Action("enquiries.ask", roles=frozenset()),
    _staff("enquiries.answer", Role.CARER_CONTACT, Role.LEADER),
    _staff("enquiries.choose_recipient", Role.LEADER, system=True),
    Action("enquiries.look_after", roles=frozenset(), system=True),
    # Whose run it is, and so who may see it, is decided by the app above.
    _staff("pathways.read"),
    _staff("pathways.run", *_MEETS_PEOPLE, system=True),
    Action("pathways.view_run", roles=frozenset(_MEETS_PEOPLE), citizens=True, system=True),
    Action("pathways.look_after", roles=frozenset(), system=True),
    _staff("followup.read_file", *_MEETS_PEOPLE),
    _staff("followup.keep_file", *_MEETS_PEOPLE),
    _staff("followup.hold_plan", *_MEETS_PEOPLE),
    _staff("followup.hand_over_for_others", Role.LEADER),
    _staff("followup.record_absence", *_MEETS_PEOPLE),
    _staff("followup.record_absence_for_others", Role.LEADER),
    _staff("followup.view_load", Role.LEADER, Role.CARER_CONTACT),
    _staff("followup.see_children_overview", Role.CHILDREN_LEAD, Role.LEADER),
    Action("followup.read_own_file", roles=frozenset(), citizens=True),
    Action("followup.answer_own", roles=frozenset(), citizens=True),
    Action("followup.look_after", roles=frozenset(), system=True),
    _staff("strategy.read", system=True),
    _staff("strategy.edit", *_STEERS, system=True),
    _staff("strategy.import", *_STEERS, system=True),
    _staff("strategy.adopt", Role.STRATEGY_OWNER, system=True),
    # Of the measures that a unit of theirs answers for; who owns the strategy, of all.
    _staff("strategy.report", *_ANSWERS_FOR_MEASURES, system=True),
    _staff("strategy.assess", *_ANSWERS_FOR_MEASURES, system=True),
    Action("strategy.look_after", roles=frozenset(), system=True),
    _staff("statistics.view", *_ANSWERS_FOR_MEASURES, system=True),
)

ACTIONS: Mapping[str, Action] = MappingProxyType({action.name: action for action in _TABLE})


def action(name: str) -> Action:
    """
    Return the action of that name.

    :raises UnknownAction: if the table has none.
    """
    try:
        return ACTIONS[name]
    except KeyError:
        raise UnknownAction(name) from None
