"""
Roles and actions in plain words: `{% load access_words %}`.

A test holds both tables to the enum of roles and the table of actions: whoever adds an
action says here what it lets somebody do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.access.domain.actions import ACTIONS
from medspiller.access.domain.roles import EVERY_ROLE, Role

register = template.Library()

ROLES: Mapping[Role, Promise] = {
    Role.CARE_WORKER: _("Care worker"),
    Role.CARER_CONTACT: _("Carer contact"),
    Role.CHILDREN_LEAD: _("Person responsible for children"),
    Role.CASE_WORKER: _("Case worker"),
    Role.COORDINATOR: _("Coordinator"),
    Role.LEADER: _("Leader"),
    Role.STRATEGY_OWNER: _("Responsible for the strategy"),
    Role.VOLUNTEER_COORDINATOR: _("Volunteer coordinator"),
    Role.ADMINISTRATOR: _("Access administrator"),
    Role.ORGANISATION_EDITOR: _("Editor for an organisation"),
}

# In the order they are read: what concerns people first.
ACTION_WORDS: Mapping[str, Promise] = {
    "people.view_person": _("See people their unit follows up"),
    "people.register_person": _("Register carers and those they care for"),
    "people.open_involvement": _("Say that a unit follows somebody up"),
    "people.close_involvement": _("Say that a unit no longer follows somebody up"),
    "people.edit_person": _("Change what is registered about somebody their unit follows up"),
    "people.edit_relation": _("Say what people are to each other"),
    "people.edit_role": _("Say who is next of kin, guardian and the like, and end it"),
    "people.inform_person": _("Record that somebody has been told that they are registered"),
    "people.tell_after_follow_up": _("Tell somebody who is no longer followed up that they are registered"),
    "people.merge_persons": _("Merge two entries for the same person, and undo it"),
    "people.import_patients": _("Import a list of patients for their unit"),
    "people.use_emergency_access": _("Open a person's page in an emergency, with a written reason"),
    "people.edit_consent": _("Write down what people allow others to be told about them"),
    "people.judge": _("Write down who can decide for themselves, and what changes what may be told"),
    "people.answer_children": _("Ask about children and siblings, and write down the answer"),
    "people.record_statement": _("Write down what matters to somebody"),
    "people.record_told": _("Write down that a carer was told"),
    "people.manage_own_consents": _("Decide what may be told about them"),
    "people.record_own_statement": _("Write down what matters to them"),
    "people.review_emergency_access": _("Review what was opened in an emergency"),
    "people.view_snooping_report": _("See who may have looked without need"),
    "people.answer_access_question": _("Answer questions about who has looked"),
    "people.view_own_access_log": _("See who has looked at their own information"),
    "people.answer_correction": _("Answer people who ask to have something corrected"),
    "people.view_own_page": _("See what is registered about them"),
    "people.edit_own_details": _("Change their own details"),
    "people.read_own_notice": _("Read that they are registered, and why"),
    "people.take_out_own_data": _("Take out everything that is registered about them"),
    "people.ask_for_correction": _("Ask to have something corrected"),
    "people.announce_ages": _("Tell people that somebody is reaching an age limit"),
    "worklist.view_items": _("See what waits for their unit"),
    "worklist.take_item": _("Take a task, give it back and finish it"),
    "worklist.give_back_for_others": _("Give back a task that a colleague has taken"),
    "pathways.read": _("Read what the pathways ask for"),
    "worklist.view_load": _("See how much work waits and who has it"),
    "worklist.put_item": _("Put a task on a unit's list and take it off again"),
    "messages.send_notice": _("Send a short notice to people their unit follows up"),
    "messages.view_notices": _("See which notices their unit has sent, and whether they arrived"),
    "messages.decide_notice": _("Send a notice again or stop it when it is not known to have arrived"),
    "messages.hand_over_notice": _("Hand notices over to those who deliver them"),
    "messages.view_own_notices": _("See the notices they have been sent"),
    "audit.view_log": _("See the log of who has looked at what"),
    "audit.release_entry": _("Let a person see an entry in the log that was held back"),
    "organisations.view_unit": _("See units and what they say about themselves"),
    "organisations.edit_unit": _("Change what a unit says and where it belongs"),
    "organisations.open_unit": _("Open units"),
    "organisations.close_unit": _("Close units"),
    "organisations.edit_post": _("Open and close posts"),
    "organisations.edit_organisation": _("Change the list of organisations they work with"),
    "access.administer": _("Give posts and roles, extend them and end them"),
    "access.administer_providers": _("Change how staff and carers sign in"),
    "access.view_permissions": _("See who may do what"),
    "access.mark_reviewed": _("Mark the list of who may do what as reviewed"),
    "access.view_changes": _("See changes in posts, roles and units"),
    "workbench.view_administration": _("Open the pages of administration"),
    "workbench.view_home": _("Open the page of their own unit"),
    "ui.view_components": _("See what the pages are built from"),
    "access.sign_in": _("Sign in to Medspiller"),
    "access.sign_out": _("Sign out of Medspiller"),
    "access.view_own_sessions": _("See where they themselves are signed in"),
    "access.end_own_session": _("Sign themselves out elsewhere"),
    "access.manage_own_account": _("Change their own password and second step"),
    "access.confirm_identity": _("Show once more who they are"),
    "access.keep_draft": _("Keep what they have typed and not sent yet"),
    "access.view_my_page": _("Open their own page as a carer"),
    "access.open_saved_link": _("Open something kept behind a private link"),
    "access.save_link": _("Keep something behind a private link"),
    "access.forget_old": _("Delete what is too old to be kept"),
    "questionnaires.answer": _("Fill in forms with people their unit follows up"),
    "questionnaires.read": _("Read what people their unit follows up have answered"),
    "questionnaires.answer_own": _("Fill in forms about themselves, and read their own answers"),
    "questionnaires.move_answers": _("Let answers follow a person who was registered twice, and tell units what waits"),
    "questionnaires.edit_forms": _("Import forms, look at them, publish them and take them out of use"),
    "questionnaires.read_tools": _("Open the toolbox"),
    "questionnaires.look_after": _("Make PDFs and diagrams of answers, and delete anything that is too old"),
    "rights.ask_for_carer": _("Find out with carers their unit follows up what they may be entitled to"),
    "rights.view_counts": _("See how many got what they may be entitled to"),
    "rights.keep_own": _("Keep what they may be entitled to on their own page"),
    "rights.look_after": _("Ask people whether they got it, and delete what is too old"),
    "signups.see_participants": _("See who comes to the meetings of offers they look after, and note who came"),
    "signups.keep_own": _("See and change their own sign-ups"),
    "signups.look_after": _("Offer free places to those who wait, and delete what is too old"),
    "enquiries.ask": _("Ask to be called back, or say what does not work"),
    "enquiries.answer": _("Call back those who ask for it, and answer what is said about the pages"),
    "enquiries.choose_recipient": _("Choose which unit reads what is asked on the open pages"),
    "enquiries.look_after": _("Put what is asked on the lists of units, and delete what is too old"),
    "pathways.run": _("Let plans run along pathways, for those whose file they may see"),
    "pathways.view_run": _("See where a plan stands, for those whose file they may see"),
    "pathways.look_after": _("Check which steps of plans have become due"),
    "followup.read_file": _("See the file of a carer whom their unit follows up"),
    "followup.keep_file": _("Open, change and close a carer's file, and write in it"),
    "followup.hold_plan": _("Hold plans, do their steps and hand them over"),
    "followup.hand_over_for_others": _("Hand over plans that a colleague holds"),
    "followup.record_absence": _("Say when they are away, and who stands in"),
    "followup.record_absence_for_others": _("Say when a colleague is away, and who stands in"),
    "followup.view_load": _("See how many plans everybody in their unit holds, and which are at risk"),
    "followup.see_children_overview": _("See which units have not asked about children"),
    "followup.read_own_file": _("See their own file"),
    "followup.answer_own": _("Answer what is suggested to them"),
    "followup.look_after": _("Keep plans, their holders and what is due up to date"),
    "strategy.read": _("Read strategies and their plans"),
    "strategy.edit": _("Write and change strategies, their measures and who answers for them"),
    "strategy.import": _("Read a plan from a file, and confirm what was read"),
    "strategy.adopt": _("Say that a strategy has been adopted, and show it to everybody"),
    "strategy.report": _("Report how the measures their unit answers for are going"),
    "strategy.assess": _("Assess how far the guideline is followed"),
    "strategy.look_after": _("Remind those who answer for measures"),
    "statistics.view": _("See figures of the municipality's own data"),
    "catalogue.view_entries": _("See the support their unit or organisation offers, and what was written of it"),
    "catalogue.edit_entry": _("Write about the support their unit offers, and plan meetings"),
    "catalogue.edit_own_organisation": _("Propose what is to be said about their own organisation's support"),
    "catalogue.moderate": _("Decide what the public is shown of the support on offer"),
    "catalogue.import_entries": _("Import a list of the support on offer"),
    "catalogue.report_wrong": _("Say that something is wrong with support on offer"),
    "catalogue.hold_seats": _("Keep count of the places at meetings"),
    "catalogue.look_after": _("Remind units to look again at what they offer, and check whether addresses work"),
    "content.publish": _("Publish content"),
    "content.retire": _("Take content out of use"),
}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of the table, and for each role, in the order of `ROLES`, whether it may."""

    words: Promise
    may: tuple[bool, ...]

    @property
    def pairs(self) -> list[tuple[Promise, bool]]:
        """Each role's name with whether it may."""
        return list(zip(ROLES.values(), self.may, strict=True))


def for_some() -> list[ActionLine]:
    """Return the actions that some roles have and others not, in the order they are read."""
    return [
        ActionLine(words=words, may=tuple(role in ACTIONS[name].roles for role in ROLES))
        for name, words in ACTION_WORDS.items()
        if ACTIONS[name].roles and ACTIONS[name].roles != EVERY_ROLE
    ]


def for_everyone() -> list[Promise]:
    """Return what every role may."""
    return [words for name, words in ACTION_WORDS.items() if ACTIONS[name].roles == EVERY_ROLE]


@register.filter
def role_name(role: str) -> str:
    """Write a role as people say it. A code that is no role any more, as in old history, stands as it is."""
    try:
        return str(ROLES[Role(role)])
    except ValueError:
        return role
