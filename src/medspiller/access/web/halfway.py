"""
Halfway in: somebody has shown a password, or come with an invitation, and no second factor yet.

The browser's session remembers who, since when and what was shown. It is no session of
ours: to every other page this is still nobody, so no address leads past the second factor.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from medspiller.access import selectors
from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.local import HALFWAY_LASTS, Shown
from medspiller.access.models import User
from medspiller.access.web.sessions import open_session
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound

_KEY = "halfway_in"
_STAFF_PAGES = "/arbeid/"


@dataclass(frozen=True, slots=True)
class Halfway:
    """Who is halfway in, what they have shown, and where they were going."""

    user: User
    shown: tuple[Shown, ...]
    next_path: str

    @property
    def actor(self) -> Actor:
        """The owner of the account, without any role."""
        user = self.user
        return Actor(id=user.id, kind=ActorKind(user.kind), tenant_id=user.tenant_id, name=user.name)

    @property
    def has_shown_second_factor(self) -> bool:
        return any(each is not Shown.PASSWORD for each in self.shown)


def begin(request: HttpRequest, user: User, *, next_path: str = "") -> None:
    """Remember who has shown a password, under a new key of the browser's session."""
    request.session.cycle_key()
    _remember(request, user, (Shown.PASSWORD,), next_path, clock.now())


def current(request: HttpRequest) -> Halfway | None:
    """Return who is halfway in; None if nobody is, it took too long, or the account has been closed meanwhile."""
    kept = request.session.get(_KEY)
    if not kept:
        return None
    try:
        user = selectors.local_account(actor=request.actor, user_id=UUID(kept["user"]))  # type: ignore[attr-defined]
    except NotFound:
        return None
    too_late = clock.now() >= datetime.fromisoformat(kept["since"]) + HALFWAY_LASTS
    # A new password, as from another invitation, begins all anew.
    if too_late or kept["password"] != user.get_session_auth_hash():
        del request.session[_KEY]
        return None
    shown = tuple(Shown(each) for each in kept["shown"])
    return Halfway(user=user, shown=shown, next_path=kept["next"])


def add(request: HttpRequest, halfway: Halfway, shown: Shown) -> Halfway:
    """Remember that one more thing was shown."""
    since = datetime.fromisoformat(request.session[_KEY]["since"])
    everything = (*halfway.shown, shown)
    _remember(request, halfway.user, everything, halfway.next_path, since)
    return Halfway(user=halfway.user, shown=everything, next_path=halfway.next_path)


def go_on(request: HttpRequest, halfway: Halfway) -> HttpResponse:
    """Lead to what is missing, and open the session when nothing is."""
    factors = selectors.second_factors(actor=halfway.actor)
    if not factors.is_enough:
        return redirect("access:set_up")
    if not halfway.has_shown_second_factor:
        return redirect("access:second_step")
    if factors.recovery_codes_left is None:
        return redirect("access:recovery_codes")
    return finish(request, halfway)


def finish(request: HttpRequest, halfway: Halfway) -> HttpResponse:
    """Open the session and lead where the person was going."""
    open_for(request, halfway.user, shown=halfway.shown)
    return redirect(safe_path(halfway.next_path))


def open_for(request: HttpRequest, user: User, *, shown: tuple[Shown, ...]) -> None:
    """Open the session of somebody who has shown everything. What was remembered of the way goes with the old one."""
    open_session(request, user, issuer=LOCAL_ISSUER, amr=" ".join(shown), auth_time=clock.now())


def begin_again(next_path: str = "") -> HttpResponse:
    """Lead to the page on which it all begins, remembering where the person was going."""
    address = reverse("access:local_sign_in")
    return redirect(f"{address}?{urlencode({'next': next_path})}" if next_path else address)


def safe_path(path: str) -> str:
    """Return a path among the pages for staff; the first of them for anything else."""
    ours = path.startswith(_STAFF_PAGES) and path.isprintable()
    return path if ours and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else _STAFF_PAGES


def _remember(request: HttpRequest, user: User, shown: tuple[Shown, ...], next_path: str, since: datetime) -> None:
    request.session[_KEY] = {
        "user": str(user.id),
        "shown": [each.value for each in shown],
        "next": next_path[:500],
        "since": since.isoformat(),
        "password": user.get_session_auth_hash(),
    }
