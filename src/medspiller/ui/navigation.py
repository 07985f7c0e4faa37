"""
The entries of menus. Apps above publish theirs through `config.wiring`; layouts show what is published.

A page of a low app thus has the same menu as one of a high app, and `ui` knows neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from medspiller.core.actors import Actor, ActorKind


class Place(StrEnum):
    """Where a menu stands."""

    PUBLIC = "public"
    # At the top of every page of a demo, and nowhere else.
    DEMO = "demo"
    CARER = "carer"
    STAFF = "staff"
    ACCOUNT = "account"
    FOOTER = "footer"
    # On the page of a person, what there is about them elsewhere: routes that take the person's id.
    PERSON = "person"
    # The same of what is done for their own sake, by whoever follows them up for that.
    OWN_SAKE = "own_sake"
    # Where somebody who found nothing can turn.
    WAYS_ON = "ways_on"
    # At a dated meeting of an offer: routes that take the offer's name in addresses and the meeting's id.
    MEETING = "meeting"
    # The same where whoever keeps the offer sees its meetings: routes that take the entry's id and the meeting's.
    KEPT_MEETING = "kept_meeting"
    # On the first page of a citizen's own area.
    OWN_HOME = "own_home"
    # Tools for what one is doing: after a first talk, about children, with a carer.
    AFTER_FIRST_TALK = "after_first_talk"
    ABOUT_CHILDREN = "about_children"
    # Where children of a patient are asked about, what is done for them: routes that take the patient's id.
    CHILDREN_OF_PERSON = "children_of_person"
    # What is done for one of them: routes that take the patient's id and the child's.
    CHILD_OF_PERSON = "child_of_person"
    WITH_CARER = "with_carer"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One line of a menu.

    `label` is a lazy translation, `view` the name of a route without arguments. With `action`, only an actor who may
    do it sees the entry; with `kind`, only an actor of that kind; with `for_strangers`, only somebody who is not signed
    in. With `posts`, the entry is a button that posts to the address, as signing out does. With `only_itself`, it is
    where one is on its own page only, not on those whose addresses begin with its: the first page of an area. `about`
    says in a few words what is there, where there is room for that; `query` is what the address ends with after its
    question mark. `keys` lead there from the keyboard on staff pages: one key, or two after each other ("g a").
    `group` is the heading that it stands under with those of the same beside it; empty for none.
    """

    label: Any
    view: str
    icon: str = ""
    action: str = ""
    kind: ActorKind | None = None
    posts: bool = False
    for_strangers: bool = False
    only_itself: bool = False
    about: Any = ""
    query: str = ""
    keys: tuple[str, ...] = ()
    group: Any = ""

    @property
    def href(self) -> str:
        """The address of the page."""
        address = reverse(self.view)
        return f"{address}?{self.query}" if self.query else address


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one request sees it."""

    label: str
    href: str
    icon: str
    is_current: bool = False
    posts: bool = False
    about: str = ""
    keys: tuple[str, ...] = ()
    group: str = ""


_published: dict[Place, tuple[Entry, ...]] = {}


def publish(place: Place, entries: Sequence[Entry]) -> None:
    """Make `entries` the whole menu of a place, in this order. Called once per place, at start."""
    _published[place] = tuple(entries)


def entries(request: HttpRequest, place: Place) -> list[Shown]:
    """Return the menu of a place as the request's actor may see it; nothing where none is published."""
    actor = getattr(request, "actor", None)
    seen = [(entry, entry.href) for entry in _published.get(place, ()) if _is_seen(entry, actor)]
    # The longest address that begins the path is where we are: /arbeid/ is not current on /arbeid/oppgaver/.
    around = (
        href
        for entry, href in seen
        if request.path == href or (not entry.only_itself and request.path.startswith(href))
    )
    here = max(around, key=len, default="")
    return [
        Shown(
            label=str(entry.label),
            href=href,
            icon=entry.icon,
            is_current=href == here,
            posts=entry.posts,
            about=str(entry.about),
            keys=entry.keys,
            group=str(entry.group),
        )
        for entry, href in seen
    ]


def entries_about(request: HttpRequest, person_id: UUID, *, own_sake: bool = True) -> list[Shown]:
    """
    Return what there is about a person on pages of apps above, as the request's actor may see it.

    `own_sake`: the actor's unit follows the person up for their own sake; without, what needs that is left out.
    """
    first = entries_of(request, Place.OWN_SAKE, person_id) if own_sake else []
    return first + entries_of(request, Place.PERSON, person_id)


def entries_of(request: HttpRequest, place: Place, *ids: object) -> list[Shown]:
    """Return what there is about one thing on pages of apps above: `ids` are what their routes take."""
    actor = getattr(request, "actor", None)
    return [
        Shown(label=str(entry.label), href=reverse(entry.view, args=ids), icon=entry.icon)
        for entry in _published.get(place, ())
        if _is_seen(entry, actor)
    ]


def _is_seen(entry: Entry, actor: Actor | None) -> bool:
    signed_in = actor is not None and actor.kind in (ActorKind.STAFF, ActorKind.CITIZEN)
    if entry.for_strangers and signed_in:
        return False
    if entry.kind is not None and (actor is None or actor.kind is not entry.kind):
        return False
    return not entry.action or (actor is not None and actor.may(entry.action))
