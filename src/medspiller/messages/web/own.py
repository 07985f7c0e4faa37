"""The notices to whoever is signed in, with their words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medspiller.access.declare import requires
from medspiller.messages import selectors
from medspiller.messages.web.wording import CHANNELS, KINDS


@requires("messages.view_own_notices")
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices to the person, newest first, also those that could not be sent."""
    found = selectors.own_notices(actor=request.actor)  # type: ignore[attr-defined]
    lines = [(notice, KINDS[notice.kind], CHANNELS[notice.channel] if notice.channel else "") for notice in found]
    return render(request, "messages/own_notices.html", {"lines": lines})
