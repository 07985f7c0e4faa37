"""The menus: which pages stand in which, in which order."""

from django.utils.translation import gettext_lazy as _

from medspiller.ui.navigation import Entry, Place, publish

MENUS: dict[Place, list[Entry]] = {
    # Few: the front page asks the questions, and a carer must not have to choose between ten things first.
    Place.PUBLIC: [
        Entry(_("Help now"), "portal:help_now", icon="Phone"),
        Entry(_("Children and young people"), "portal:young"),
    ],
    Place.STAFF: [
        Entry(_("My unit"), "workbench:home", icon="House", action="workbench.view_home"),
        Entry(_("Units"), "workbench:units", icon="Buildings2", action="organisations.view_unit"),
    ],
    Place.ACCOUNT: [Entry(_("Sign out"), "access:sign_out", icon="Leave", action="access.sign_out", posts=True)],
    # Leads to the sign-in page, or past it.
    Place.FOOTER: [
        Entry(_("For staff"), "workbench:home"),
        Entry(_("Components"), "workbench:component_index", action="ui.view_components"),
    ],
}


def show() -> None:
    """Publish the menus of this process."""
    for place, entries in MENUS.items():
        publish(place, entries)
