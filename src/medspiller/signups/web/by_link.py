"""A sign-up behind its private link, for whoever has no page of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from medspiller.access import services as access
from medspiller.access.declare import public
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.throttling import TooManyTries, What
from medspiller.access.web.addresses import client_address
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.signups import selectors, services
from medspiller.signups.domain.evaluation import NothingAsked
from medspiller.signups.domain.meetings import NotOpen
from medspiller.signups.domain.places import NothingOffered
from medspiller.signups.web.acting import acting, unkept
from medspiller.signups.web.own import calendar_file, opinions_in, place_context, refused


@public("whoever has the link may open it", methods=("GET", "POST"))
@unkept
@sensitive_variables("place_secret")
def place(request: HttpRequest, place_secret: str) -> HttpResponse:
    """Say that a sign-up may be here, and show or change it when a button is pressed."""
    if request.method != "POST":
        return render(request, "signups/link_closed.html")
    actor, now, address = acting(request), clock.now(), client_address(request)
    try:
        access.check_throttle(actor=actor, what=What.SAVED_LINK_OPENED, who=address, now=now)
        found = selectors.place_by_link(actor=actor, secret=place_secret)
    except TooManyTries:
        return render(request, "signups/link_closed.html", {"wait": True}, status=429)
    except NotFound:
        access.count_try(actor=actor, what=What.SAVED_LINK_OPENED, who=address, now=now)
        return render(request, "signups/link_gone.html", status=404)
    if request.POST.get("gjor") == "kalender":
        return calendar_file(found)
    said = _done(request, actor, place_secret)
    found = selectors.place_by_link(actor=actor, secret=place_secret)
    return render(request, "signups/link.html", place_context(actor, found) | {"card": found} | said)


@sensitive_variables("secret")
def _done(request: HttpRequest, actor: Actor, secret: str) -> dict[str, str]:
    """Do what a button says, and return what came of it."""
    what = request.POST.get("gjor", "")
    try:
        if what == "avmeld":
            services.cancel_by_link(actor=actor, secret=secret)
            return {"done": _("Your sign-up is cancelled.")}
        if what == "ja":
            services.accept_by_link(actor=actor, secret=secret)
            return {"done": _("The place is yours.")}
        if what == "mening":
            answers = opinions_in(request, actor)
            services.give_opinion_by_link(actor=actor, secret=secret, answers=answers, now=clock.now())
            return {"done": _("Thank you. What you said is counted without your name.")}
    except (NothingOffered, NotOpen, NothingAsked) as refusal:
        return {"refused": refused(refusal)}
    return {}
