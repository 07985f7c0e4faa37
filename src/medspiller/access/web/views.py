"""Signing in and out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from medspiller.access import selectors
from medspiller.access.declare import public
from medspiller.access.web.sessions import cleared, close_session
from medspiller.core.actors import ActorKind


@public("one must be able to sign in")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the ways to sign in as staff."""
    ways = selectors.ways_in(actor=request.actor, kind=ActorKind.STAFF)  # type: ignore[attr-defined]
    after = urlencode({"next": request.GET.get("next", "")})
    choices = [{"name": way.name, "href": f"{reverse('access:provider_begin', args=[way.id])}?{after}"} for way in ways]
    return render(request, "access/sign_in.html", {"next": request.GET.get("next", ""), "choices": choices})


@public("one must be able to sign in")
@never_cache
def citizen_sign_in(request: HttpRequest) -> HttpResponse:
    """Show how carers sign in."""
    ways = selectors.ways_in(actor=request.actor, kind=ActorKind.CITIZEN)  # type: ignore[attr-defined]
    go_on = f"{reverse('citizen:provider_begin')}?{urlencode({'next': request.GET.get('next', '')})}" if ways else ""
    return render(request, "access/citizen_sign_in.html", {"go_on": go_on})


@public("one must always be able to sign out", methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and clear what the browser keeps of it."""
    close_session(request)
    return cleared(redirect(settings.LOGOUT_REDIRECT_URL))
