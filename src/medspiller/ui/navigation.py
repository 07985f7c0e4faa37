"""
The entries of menus. Apps above publish theirs through `config.wiring`; layouts show what is published.

A page of a low app thus has the same menu as one of a high app, and `ui` knows neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from medspiller.core.actors import Actor, ActorKind


class Place(StrEnum):
    """Where a menu stands."""

    PUBLIC = "public"
    CARER = "carer"
    STAFF = "staff"
    ACCOUNT = "account"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One line of a menu.

    `label` is a lazy translation, `view` the name of a route without arguments. With `action`, only an actor who may
    do it sees the entry; with `kind`, only an actor of that kind; with `for_strangers`, only somebody who is not signed
    in. With `posts`, the entry is a button that posts to the address, as signing out does. With `only_itself`, it is
    where one is on its own page only, not on those whose addresses begin with its: the first page of an area.
    """

    label: Any
    view: str
    icon: str = ""
    action: str = ""
    kind: ActorKind | None = None
    posts: bool = False
    for_strangers: bool = False
    only_itself: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one request sees it."""

    label: str
    href: str
    icon: str
    is_current: bool
    posts: bool


_published: dict[Place, tuple[Entry, ...]] = {}


def publish(place: Place, entries: Sequence[Entry]) -> None:
    """Make `entries` the whole menu of a place, in this order. Called once per place, at start."""
    _published[place] = tuple(entries)


def entries(request: HttpRequest, place: Place) -> list[Shown]:
    """Return the menu of a place as the request's actor may see it; nothing where none is published."""
    actor = getattr(request, "actor", None)
    seen = [(entry, reverse(entry.view)) for entry in _published.get(place, ()) if _is_seen(entry, actor)]
    # The longest address that begins the path is where we are: /arbeid/ is not current on /arbeid/oppgaver/.
    around = (
        href
        for entry, href in seen
        if request.path == href or (not entry.only_itself and request.path.startswith(href))
    )
    here = max(around, key=len, default="")
    return [
        Shown(label=str(entry.label), href=href, icon=entry.icon, is_current=href == here, posts=entry.posts)
        for entry, href in seen
    ]


def _is_seen(entry: Entry, actor: Actor | None) -> bool:
    signed_in = actor is not None and actor.kind in (ActorKind.STAFF, ActorKind.CITIZEN)
    if entry.for_strangers and signed_in:
        return False
    if entry.kind is not None and (actor is None or actor.kind is not entry.kind):
        return False
    return not entry.action or (actor is not None and actor.may(entry.action))
