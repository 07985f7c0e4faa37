"""The pages that need no sign-in. None of them opens a session, so nobody is recognised from one to the next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medspiller.access.declare import public
from medspiller.organisations import selectors as organisations

# Personal pages and the made-up ones of a demo have no business in a search engine.
ROBOTS = "User-agent: *\nDisallow: /arbeid/\nDisallow: /min-side/\nDisallow: /demo/\n"


@public("anybody may read what help there is")
def front(request: HttpRequest) -> HttpResponse:
    """Show what Medspiller is, and the four questions as doors."""
    return render(request, "portal/front.html", {"municipality": _municipality(request)})


@public("anybody may read what help there is")
def offers(request: HttpRequest) -> HttpResponse:
    """Answer "What help is there?"."""
    return render(request, "portal/offers.html")


@public("anybody may read who can be talked to")
def someone_to_talk_to(request: HttpRequest) -> HttpResponse:
    """Answer "Who can I talk to?"."""
    return render(request, "portal/someone_to_talk_to.html")


@public("help that cannot wait is for everybody")
def help_now(request: HttpRequest) -> HttpResponse:
    """Answer "I need help now" with the numbers to call, the most urgent first."""
    return render(request, "portal/help_now.html")


@public("a child must never have to say who it is to read this")
def young(request: HttpRequest) -> HttpResponse:
    """Show the page written to children and teenagers, with a quick way out of it."""
    return render(request, "portal/young.html")


@public("search engines ask for this")
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what is not for them."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


def _municipality(request: HttpRequest) -> str:
    """The name of the tenant that the host name means; empty where none is set up yet."""
    actor = request.actor  # type: ignore[attr-defined]
    return organisations.tenant(actor=actor).name if actor.tenant_id else ""
