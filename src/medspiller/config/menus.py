"""The menus: which pages stand in which, in which order."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from medspiller.core.actors import ActorKind
from medspiller.questionnaires.domain.library.tools import Situation
from medspiller.ui.navigation import Entry, Place, publish


def _tools(label: Any, situation: Situation) -> Entry:
    """Lead to the part of the toolbox that is for a situation."""
    tools, query = "questionnaires:tools", f"situasjon={situation.value}"
    return Entry(label, tools, icon="Wrench", action="questionnaires.read_tools", query=query)


def _under(heading: Any, *entries: Entry) -> list[Entry]:
    """Put entries that follow each other under a heading."""
    return [replace(each, group=heading) for each in entries]


MENUS: dict[Place, list[Entry]] = {
    # Few: the front page asks the questions, and a carer must not have to choose between ten things first.
    Place.PUBLIC: [
        Entry(_("Help now"), "portal:help_now", icon="Phone"),
        Entry(_("Find help"), "catalogue:find"),
        Entry(_("Children and young people"), "portal:young"),
        Entry(_("My page"), "citizen:home", kind=ActorKind.CITIZEN),
        Entry(_("Sign in"), "citizen:sign_in", for_strangers=True),
    ],
    Place.DEMO: [Entry(_("Choose who to be in the demo"), "demo:personas")],
    Place.CARER: [
        Entry(_("My page"), "citizen:home", icon="House", kind=ActorKind.CITIZEN, only_itself=True),
        Entry(_("My follow-up"), "own_followup:home", icon="HandHeart", kind=ActorKind.CITIZEN),
        Entry(_("My forms"), "own_questionnaires:list", icon="FileText", kind=ActorKind.CITIZEN),
        Entry(_("My rights"), "own_rights:list", icon="TasklistStart", kind=ActorKind.CITIZEN),
        Entry(_("My sign-ups"), "own_signups:list", icon="Calendar", kind=ActorKind.CITIZEN),
        Entry(_("What others may know about me"), "citizen:consents", icon="Handshake", kind=ActorKind.CITIZEN),
        Entry(_("Notices to me"), "citizen:notices", icon="EnvelopeClosed", kind=ActorKind.CITIZEN),
        Entry(_("Who has looked at my data"), "citizen:access_log", icon="Eye", kind=ActorKind.CITIZEN),
    ],
    Place.STAFF: [
        # What most open most days stands first and needs no heading.
        Entry(
            _("My unit"),
            "workbench:home",
            icon="House",
            action="organisations.view_unit",
            only_itself=True,
            keys=("g h",),
        ),
        Entry(
            _("Tasks"),
            "worklist:item_list",
            icon="ClipboardCheckmark",
            action="worklist.view_items",
            keys=("g a",),
        ),
        Entry(_("First talk"), "people:first_talk", icon="PersonChat", action="people.register_person", keys=("g f",)),
        Entry(_("People"), "people:person_list", icon="PersonGroup", action="people.view_person", keys=("g p", "/")),
        Entry(_("Follow-up"), "followup:list", icon="PersonChat", action="followup.read_file", keys=("g o",)),
        *_under(
            _("Day by day"),
            Entry(_("Forms"), "questionnaires:list", icon="FileText", action="questionnaires.answer"),
            Entry(
                _("Toolbox"),
                "questionnaires:tools",
                icon="Wrench",
                action="questionnaires.read_tools",
                keys=("g v",),
            ),
            Entry(_("Pathways"), "pathways:list", icon="TasklistStart", action="pathways.read"),
            Entry(
                _("Children as next of kin"),
                "followup:children",
                icon="ChildHairEyes",
                action="followup.see_children_overview",
            ),
            Entry(_("Emergency access"), "people:emergency", icon="Bell", action="people.use_emergency_access"),
            Entry(_("Absence"), "followup:absences", icon="Calendar", action="followup.record_absence"),
        ),
        *_under(
            _("What we offer carers"),
            Entry(
                _("What we offer"),
                "catalogue_staff:entries",
                icon="HandHeart",
                action="catalogue.view_entries",
                keys=("g t",),
            ),
            Entry(_("Enquiries"), "enquiries_staff:list", icon="Phone", action="enquiries.answer"),
        ),
        *_under(
            _("How it goes"),
            Entry(_("How work is spread"), "followup:overview", icon="Tasklist", action="followup.view_load"),
            Entry(_("What did not fit"), "followup:unmet", icon="Tasklist", action="followup.view_load"),
            Entry(
                _("What became of rights"), "rights_at_work:counts", icon="TasklistStart", action="rights.view_counts"
            ),
            Entry(_("Strategy"), "strategy:home", icon="TasklistStart", action="strategy.read", keys=("g s",)),
        ),
        *_under(
            _("Who has looked at what"),
            Entry(_("Reviews"), "people:emergency_list", icon="Tasklist", action="people.review_emergency_access"),
            Entry(_("Access report"), "people:snooping", icon="Eye", action="people.view_snooping_report"),
            Entry(
                _("Questions about access"),
                "people:question_list",
                icon="ChatElipsis",
                action="people.answer_access_question",
            ),
            Entry(_("Asked to be corrected"), "people:corrections", icon="Pencil", action="people.answer_correction"),
        ),
        *_under(
            _("About the organisation"),
            Entry(_("Units"), "workbench:units", icon="Buildings2", action="organisations.view_unit"),
            Entry(
                _("The municipality's forms"),
                "questionnaires:forms_to_edit",
                icon="FolderFile",
                action="questionnaires.edit_forms",
            ),
            Entry(_("Notices sent"), "messages:notices", icon="EnvelopeClosed", action="messages.view_notices"),
            Entry(_("Administration"), "workbench:administration", icon="Cog", action="workbench.view_administration"),
        ),
    ],
    # A citizen's way out leads on to ID-porten, to end the session there too.
    Place.ACCOUNT: [
        Entry(_("Help"), "workbench:help", icon="QuestionmarkCircle", kind=ActorKind.STAFF),
        Entry(_("Sign out"), "access:sign_out", icon="Leave", kind=ActorKind.STAFF, posts=True),
        Entry(_("Sign out"), "citizen:sign_out", icon="Leave", kind=ActorKind.CITIZEN, posts=True),
    ],
    Place.OWN_SAKE: [
        Entry(_("Follow-up as a carer"), "followup:of_person", icon="PersonChat", action="followup.keep_file"),
    ],
    Place.PERSON: [
        Entry(_("What carers have let us know"), "followup:shared", icon="HandHeart", action="followup.read_file"),
        Entry(_("Forms"), "questionnaires:about", icon="FileText", action="questionnaires.read"),
        Entry(_("Totals"), "questionnaires:totals", icon="FileText", action="questionnaires.answer"),
        Entry(_("Rights"), "rights_at_work:start", icon="TasklistStart", action="rights.ask_for_carer"),
    ],
    Place.OWN_HOME: [
        Entry(
            _("My follow-up"),
            "own_followup:home",
            icon="HandHeart",
            kind=ActorKind.CITIZEN,
            about=_("Who you can call, what happens next, and what you think of what is suggested."),
        ),
        Entry(
            _("My forms"),
            "own_questionnaires:list",
            icon="FileText",
            kind=ActorKind.CITIZEN,
            about=_("Tell how you are and what you need, and read what you have answered."),
        ),
        Entry(
            _("My rights"),
            "own_rights:list",
            icon="TasklistStart",
            kind=ActorKind.CITIZEN,
            about=_("What you may be entitled to, and what became of it."),
        ),
        Entry(
            _("My sign-ups"),
            "own_signups:list",
            icon="Calendar",
            kind=ActorKind.CITIZEN,
            about=_("What you are signed up for, and where you wait for a place."),
        ),
    ],
    Place.AFTER_FIRST_TALK: [_tools(_("Tools for the first talk"), Situation.FIRST_TALK)],
    Place.ABOUT_CHILDREN: [
        _tools(_("Tools for children in the family"), Situation.CHILDREN_IN_FAMILY),
        _tools(_("Tools for concern for a child"), Situation.CONCERN_FOR_CHILD),
    ],
    Place.CHILDREN_OF_PERSON: [
        Entry(
            _("Follow up the children"),
            "followup:children_of_patient",
            icon="ChildHairEyes",
            action="followup.keep_file",
        ),
    ],
    Place.CHILD_OF_PERSON: [
        Entry(_("Follow up the child"), "followup:open_child", icon="ChildHairEyes", action="followup.keep_file"),
    ],
    Place.WITH_CARER: [_tools(_("Tools for working together with carers"), Situation.PLANNING_COOPERATION)],
    Place.MEETING: [Entry(_("Sign up"), "signups:begin")],
    Place.KEPT_MEETING: [Entry(_("Who comes"), "signups_staff:participants", action="signups.see_participants")],
    Place.WAYS_ON: [
        Entry(_("Ask the municipality"), "portal:contact", icon="Chat2"),
        Entry(_("See who you can talk to"), "portal:someone_to_talk_to", icon="PersonChat"),
        Entry(_("Numbers to call when it cannot wait"), "portal:help_now", icon="Phone"),
    ],
    Place.FOOTER: [
        Entry(_("Contact the municipality"), "portal:contact"),
        Entry(_("The plan for carers"), "plan:plans"),
        Entry(_("Help without the internet"), "portal:without_net"),
        Entry(_("Privacy"), "portal:privacy"),
        Entry(_("Accessibility"), "portal:accessibility"),
        # Leads to the sign-in page.
        Entry(_("For staff"), "workbench:home", for_strangers=True),
    ],
}


def show() -> None:
    """Publish the menus of this process."""
    for place, entries in MENUS.items():
        publish(place, entries)
