"""One's own sessions: how long this one lasts, which others there are, and ending them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access import refusals, selectors, services
from medspiller.access.declare import public, requires
from medspiller.access.domain.actors import Actor
from medspiller.access.web.sessions import cleared, close_session, session_of
from medspiller.core import clock
from medspiller.core.actors import ActorKind


@public("tells a browser nothing but how long its own session lasts", methods=("GET", "POST"))
def session(request: HttpRequest) -> JsonResponse:
    """Say how long the session lasts; being asked by POST is a use of it, and prolongs it."""
    notice = request.session_notice  # type: ignore[attr-defined]
    if notice is None:
        return JsonResponse({"signed_in": False})
    left = {"seconds_left": notice.seconds_left, "can_be_prolonged": notice.can_be_prolonged}
    return JsonResponse({"signed_in": True, **left})


@requires("access.view_own_sessions")
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in."""
    this_one = session_of(request)
    shown = selectors.my_sessions(actor=_actor(request), this_one=this_one.id if this_one else None, now=clock.now())
    context = {
        "sessions": shown,
        "others": len(shown) - 1,
        "columns": [_("Browser"), _("Signed in"), _("Last used"), _("End")],
        "end_address": refusals.route_of(request.path, "end_session"),
        "end_others_address": refusals.route_of(request.path, "end_other_sessions"),
        "layout": "ui/carer.html" if _actor(request).kind is ActorKind.CITIZEN else "ui/staff.html",
    }
    return render(request, "access/sessions.html", context)


@requires("access.end_own_session", methods=("POST",), recent_sign_in=True)
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session of one's own; 404 for anybody else's. Ending this one is signing out."""
    this_one = session_of(request)
    wanted = _uuid(request.POST.get("session", ""))
    if this_one is not None and wanted == this_one.id:
        close_session(request)
        return cleared(redirect(refusals.route_of(request.path, "sign_in")))
    services.end_session(actor=_own(_actor(request)), session_id=wanted, now=clock.now())
    messages.success(request, _("The session has ended. Nobody can use it any more."))
    return redirect(refusals.route_of(request.path, "sessions"))


@requires("access.end_own_session", methods=("POST",), recent_sign_in=True)
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions of one's own but this one."""
    actor, this_one = _actor(request), session_of(request)
    ended = services.end_all_sessions(
        actor=actor, user_id=actor.id, but=this_one.id if this_one else None, now=clock.now()
    )
    told = ngettext("%(count)s session has been ended.", "%(count)s sessions have been ended.", ended) % {
        "count": ended
    }
    messages.success(request, told)
    return redirect(refusals.route_of(request.path, "sessions"))


def _own(actor: Actor) -> Actor:
    """The actor without roles: on this page an administrator, too, ends only sessions of their own."""
    return Actor(
        id=actor.id, kind=actor.kind, tenant_id=actor.tenant_id, name=actor.name, organisation=actor.organisation
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
