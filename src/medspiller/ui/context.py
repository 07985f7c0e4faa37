"""What every template knows of its request. Runs no query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from medspiller.core.actors import ActorKind
from medspiller.ui import appearance, languages, navigation, shortcuts


class Menus:
    """The menus of a request, each made when a layout asks for it."""

    def __init__(self, request: HttpRequest):
        self._request = request

    def __getattr__(self, place: str) -> list[navigation.Shown]:
        try:
            wanted = navigation.Place(place)
        except ValueError:
            raise AttributeError(place) from None
        # Asked for again, it is there: the sheet of shortcuts reads the menu that the side shows.
        found = self.__dict__[place] = navigation.entries(self._request, wanted)
        return found


def page(request: HttpRequest) -> dict[str, Any]:
    """
    Return what layouts need.

    `ui_theme`, `ui_language`, `ui_languages`, `ui_menus`, `ui_here` (path with query), `ui_person` and
    `ui_organisation` (empty unless somebody is signed in), `ui_shortcuts` (single keys do something), `ui_session`
    (when it closes; None without sign-in),
    `session_mark` (for whom a form is shown), `csp_nonce` and `demo`.
    """
    actor = getattr(request, "actor", None)
    signed_in = actor is not None and actor.kind in (ActorKind.STAFF, ActorKind.CITIZEN)
    return {
        "ui_theme": appearance.chosen(request).value,
        "ui_language": SimpleLazyObject(lambda: languages.shown(request)),
        "ui_languages": SimpleLazyObject(lambda: languages.choices(request)),
        "ui_menus": Menus(request),
        "ui_here": request.get_full_path(),
        "ui_person": actor.name if actor is not None and signed_in else "",
        "ui_organisation": actor.organisation if actor is not None and signed_in else "",
        "ui_shortcuts": shortcuts.are_on(request),
        "ui_session": getattr(request, "session_notice", None),
        "session_mark": getattr(request, "session_mark", ""),
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "demo": getattr(request, "demo", settings.DEMO),
    }
