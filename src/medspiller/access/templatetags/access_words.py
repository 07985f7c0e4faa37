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
    Role.CHILDREN_LEAD: _("Responsible for children as carers"),
    Role.CASE_WORKER: _("Case worker"),
    Role.COORDINATOR: _("Coordinator"),
    Role.LEADER: _("Leader"),
    Role.STRATEGY_OWNER: _("Responsible for the strategy"),
    Role.VOLUNTEER_COORDINATOR: _("Volunteer coordinator"),
    Role.ADMINISTRATOR: _("Access administrator"),
}

# In the order they are read: what concerns people first.
ACTION_WORDS: Mapping[str, Promise] = {
    "people.view_person": _("See people their unit follows up"),
    "people.register_person": _("Register carers and those they care for"),
    "people.open_involvement": _("Say that a unit follows somebody up"),
    "people.use_emergency_access": _("Open a person's page in an emergency, with a written reason"),
    "people.review_emergency_access": _("Review what was opened in an emergency"),
    "people.view_snooping_report": _("See who may have looked without need"),
    "people.answer_access_question": _("Answer questions about who has looked"),
    "people.view_own_access_log": _("See who has looked at one's own information"),
    "audit.view_log": _("See the log of who has looked at what"),
    "audit.release_entry": _("Let a person see an entry in the log that was held back"),
    "organisations.view_unit": _("See units and what they say of themselves"),
    "organisations.edit_unit": _("Change what a unit says and where it belongs"),
    "organisations.open_unit": _("Open units"),
    "organisations.close_unit": _("Close units"),
    "organisations.edit_post": _("Open and close posts"),
    "organisations.edit_organisation": _("Change the list of organisations one works with"),
    "access.administer": _("Give posts and roles, extend them and end them"),
    "access.administer_providers": _("Change how staff and carers sign in"),
    "access.view_permissions": _("See who may do what"),
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
    "access.view_my_page": _("Open one's own page as a carer"),
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
