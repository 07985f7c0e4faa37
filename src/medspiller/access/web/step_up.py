"""Showing once more who one is, before a sensitive act."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from medspiller.access import refusals
from medspiller.access.declare import requires
from medspiller.access.domain.accounts import DEMO_ISSUER, LOCAL_ISSUER
from medspiller.access.web.sessions import confirm_session, session_of
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed

# Where each kind of issuer lets somebody show it; a route of its own in each area.
_LOCAL_ROUTE, _PROVIDER_ROUTE = "local_step_up", "provider_step_up"


@requires("access.confirm_identity", methods=("GET", "POST"))
def confirm(request: HttpRequest) -> HttpResponse:
    """
    Explain why, and lead to the issuer that the session came from, then back to `next`.

    Only in a demo is a button enough.
    """
    record = session_of(request)
    issuer = record.issuer if record is not None else ""
    after = safe_next(request)
    if request.method == "POST":
        if issuer != DEMO_ISSUER or not settings.DEMO:
            raise NotAllowed(action="access.confirm_identity", reason="not by a button")
        confirm_session(request)
        return redirect(after)
    context = {
        "after": after,
        "by_button": issuer == DEMO_ISSUER and settings.DEMO,
        "way": _way(request, issuer, after),
        "layout": "ui/carer.html" if request.actor.kind is ActorKind.CITIZEN else "ui/staff.html",  # type: ignore[attr-defined]
    }
    return render(request, "access/confirm.html", context)


def safe_next(request: HttpRequest) -> str:
    """Return the page to go back to, if it is in the same part of this site; else that part's first page."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    start = next(start for start in ("/min-side/", "/arbeid/") if request.path.startswith(start))
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.isprintable()
    return wanted if is_ours and wanted.startswith(start) else start


def _way(request: HttpRequest, issuer: str, after: str) -> str:
    """The address that starts it; empty where the issuer has none, and one signs out and in instead."""
    name = _LOCAL_ROUTE if issuer == LOCAL_ISSUER else _PROVIDER_ROUTE
    space = refusals.space_of(request.path)
    try:
        return f"{reverse(f'{space}:{name}')}?{urlencode({'next': after})}"
    except NoReverseMatch:
        return ""
