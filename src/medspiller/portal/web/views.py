"""The pages that need no sign-in. None of them opens a session, so nobody is recognised from one to the next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medspiller.access.declare import public
from medspiller.catalogue import selectors as catalogue
from medspiller.catalogue.domain.finding import Filters
from medspiller.catalogue.domain.vocabulary import Need
from medspiller.core import clock
from medspiller.enquiries import selectors as enquiries
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.portal.web.composing import (
    acting,
    child_welfare,
    is_easy,
    language,
    lines_of,
    municipality,
    phrases,
)

# Personal pages and the made-up ones of a demo have no business in a search engine.
ROBOTS = "User-agent: *\nDisallow: /arbeid/\nDisallow: /min-side/\nDisallow: /demo/\nDisallow: /tilbud/lagret/\n"
MOST_PHRASES = 6
MOST_OFFERS = 6
MOST_NEAR = 3


@public("anybody may read what help there is")
def front(request: HttpRequest) -> HttpResponse:
    """Answer the four questions: with a search, with what one may just come to, and with ways on."""
    shown = {
        "municipality": municipality(request),
        "phrases": phrases(request)[:MOST_PHRASES],
        "near": lines_of(catalogue.open_doors(actor=acting(request), on=clock.today(), most=MOST_NEAR)),
        "easy": is_easy(request),
    }
    return render(request, "portal/front.html", shown)


@public("anybody may read who can be talked to")
def someone_to_talk_to(request: HttpRequest) -> HttpResponse:
    """Answer "Who can I talk to?"."""
    found = catalogue.find(
        actor=acting(request),
        query="",
        filters=Filters(needs=frozenset({Need.SOMEONE_TO_TALK_TO})),
        language=language(),
        on=clock.today(),
    )
    shown = {"offers": lines_of(found.hits[:MOST_OFFERS]), "need": Need.SOMEONE_TO_TALK_TO, "easy": is_easy(request)}
    return render(request, "portal/someone_to_talk_to.html", shown)


@public("help that cannot wait is for everybody")
def help_now(request: HttpRequest) -> HttpResponse:
    """Answer "I need help now" with the numbers to call, the most urgent first."""
    return render(request, "portal/help_now.html", {"child_welfare": child_welfare(request)})


@public("anybody may ask the municipality")
def contact(request: HttpRequest) -> HttpResponse:
    """Say how one reaches the municipality, and who there is ready to talk."""
    doors = catalogue.open_doors(actor=acting(request), on=clock.today(), most=MOST_NEAR + 1)
    shown = {
        "municipality": municipality(request),
        "near": lines_of(doors),
        "easy": is_easy(request),
        "reader": enquiries.reader_of(actor=acting(request), purpose=Purpose.CALL),
    }
    return render(request, "portal/contact.html", shown)


@public("anybody may read what becomes of what they leave here")
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is stored about whom, why and for how long."""
    shown = {
        "municipality": municipality(request),
        "easy": is_easy(request),
        "reader": enquiries.reader_of(actor=acting(request), purpose=Purpose.PRIVACY),
    }
    return render(request, "portal/privacy.html", shown)


@public("anybody may read how far the pages can be used by all")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, which the municipality completes."""
    shown = {
        "municipality": municipality(request),
        "reader": enquiries.reader_of(actor=acting(request), purpose=Purpose.ACCESSIBILITY),
    }
    return render(request, "portal/accessibility.html", shown)


@public("who does not use the net needs help too, and others look here for them")
def without_net(request: HttpRequest) -> HttpResponse:
    """Say how one gets help without digital skills."""
    return render(request, "portal/without_net.html", {"municipality": municipality(request), "easy": is_easy(request)})


@public("search engines ask for this")
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what is not for them, and where the rest is listed."""
    sitemap = f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}\n"
    return HttpResponse(ROBOTS + sitemap, content_type="text/plain; charset=utf-8")
