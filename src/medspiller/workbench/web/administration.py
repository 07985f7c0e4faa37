"""The pages of administration: what there is for whoever asks, and what waits for them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.access import selectors as access
from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.core import clock


@dataclass(frozen=True, slots=True)
class Door:
    """One way on from the index, for whoever may do `action`."""

    heading: Promise
    about: Promise
    view: str
    icon: str
    action: str

    @property
    def href(self) -> str:
        """Where it leads."""
        return reverse(self.view)


DOORS = (
    Door(
        _("Staff"),
        _("Accounts, the posts they hold and the roles these give. Let somebody new in, extend, and end."),
        "access:administration_accounts",
        "PersonGroup",
        "access.administer",
    ),
    Door(
        _("Units and posts"),
        _("Open, rename, move and close units, and the posts in them."),
        "workbench:administration_units",
        "Buildings2",
        "organisations.edit_unit",
    ),
    Door(
        _("Who may do what"),
        _("Who has which role until when, and what each role may do. To print for the yearly review."),
        "access:administration_permissions",
        "ShieldLock",
        "access.view_permissions",
    ),
    Door(
        _("What has changed"),
        _("Every change in posts, roles, sign-in and units: when, and by whom."),
        "access:administration_changes",
        "ClockDashed",
        "access.view_changes",
    ),
    Door(
        _("Sign-in"),
        _("The providers that staff and carers sign in with, and our keys towards them."),
        "access:administration_providers",
        "KeyHorizontal",
        "access.administer_providers",
    ),
    Door(
        _("What the pages are built from"),
        _("Buttons, forms and tables with their code. For those who develop the pages."),
        "workbench:component_index",
        "Component",
        "access.administer",
    ),
)


@requires("workbench.view_administration")
def administration(request: HttpRequest) -> HttpResponse:
    """Show what the actor may administer, and first what waits for an administrator."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    doors = [door for door in DOORS if actor.may(door.action)]
    if not access.may_administer_providers(actor=actor):
        doors = [door for door in doors if door.action != "access.administer_providers"]
    context: dict[str, Any] = {"doors": doors}
    if actor.may("access.administer"):
        context["notices"] = access.notices(actor=actor, today=clock.today(), now=clock.now())
    return render(request, "workbench/administration/index.html", context)
