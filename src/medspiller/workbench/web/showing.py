"""Being shown around: what is where, at the first sign-in and whenever one wants; and what single keys do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access import services as access
from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.ui import shortcuts

VIEW = "workbench.view_home"


@dataclass(frozen=True, slots=True)
class Stop:
    """One place that somebody new is shown. Whoever may not do `action` is not shown it; an empty one is for all."""

    title: Any
    text: Any
    view: str
    icon: str
    action: str = ""

    @property
    def href(self) -> str:
        """The address of the place."""
        return reverse(self.view)


STOPS = (
    Stop(
        gettext_lazy("Your list"),
        gettext_lazy("Everything that waits for you is on one list, what is due first."),
        "worklist:item_list",
        "ClipboardCheckmark",
        "worklist.view_items",
    ),
    Stop(
        gettext_lazy("The first talk"),
        gettext_lazy(
            "Write down patient, carers and children on one page, in about a minute. What you do not ask is kept as "
            "not asked."
        ),
        "people:first_talk",
        "PersonChat",
        "people.register_person",
    ),
    Stop(
        gettext_lazy("What may I tell?"),
        gettext_lazy("Open a patient and choose a carer: you see what you may tell them, with the law."),
        "people:person_list",
        "Handshake",
        "people.view_person",
    ),
    Stop(
        gettext_lazy("The carer's own file"),
        gettext_lazy("What matters to the carer, the plan, and who sees to it. It belongs to the carer."),
        "followup:list",
        "PersonGroup",
        "followup.read_file",
    ),
    Stop(
        gettext_lazy("The strategy"),
        gettext_lazy("What the municipality has decided, how it is going, and the figures that show it."),
        "strategy:home",
        "TasklistStart",
        "strategy.adopt",
    ),
    Stop(
        gettext_lazy("Administration"),
        gettext_lazy("Who works here and what they may do, units and posts, sign-in, and everything that has changed."),
        "workbench:administration",
        "Cog",
        "workbench.view_administration",
    ),
    Stop(
        gettext_lazy("What there is to offer"),
        gettext_lazy("Courses, groups, talks and respite, as carers see them. Search in everyday words."),
        "catalogue:find",
        "HandHeart",
    ),
    Stop(
        gettext_lazy("Help"),
        gettext_lazy("You will find this again under Help at the top of every page, with the keyboard shortcuts."),
        "workbench:help",
        "QuestionmarkCircle",
    ),
)


def stops(actor: Actor) -> Iterator[Stop]:
    """Yield the places that somebody is shown, in the order of a working day."""
    return (each for each in STOPS if not each.action or actor.may(each.action))


@requires(VIEW)
def help_page(request: HttpRequest) -> HttpResponse:
    """Show what is where, and what single keys do."""
    here = reverse("workbench:help")
    shown = {"stops": [each for each in stops(_actor(request)) if each.href != here]}
    return render(request, "workbench/help.html", shown)


@requires(VIEW, methods=("POST",))
def put_tour_away(request: HttpRequest) -> HttpResponse:
    """Show the tour on the first page no more."""
    access.put_tour_away(actor=_actor(request))
    messages.success(request, _("You will find it again under Help."))
    return redirect("workbench:home")


@requires(VIEW, methods=("POST",))
def keys(request: HttpRequest) -> HttpResponse:
    """Turn single keys on or off on this device."""
    on = request.POST.get("gjor") != "av"
    told = _("The keyboard shortcuts are on.") if on else _("The keyboard shortcuts are off on this device.")
    messages.success(request, told)
    return shortcuts.remember(redirect(f"{reverse('workbench:help')}#hurtigtaster"), on=on)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
