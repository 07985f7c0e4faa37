"""Signing up on the open pages."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from medspiller.access.declare import public
from medspiller.access.domain.throttling import TooManyTries
from medspiller.access.web.addresses import client_address
from medspiller.catalogue.domain.finding import Hit
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import InvalidInput
from medspiller.signups import selectors, services
from medspiller.signups.domain.meetings import AlreadySignedUp, NotOpen
from medspiller.signups.domain.who import Wish
from medspiller.signups.selectors import Open
from medspiller.signups.web.acting import acting, unkept
from medspiller.signups.web.forms import SignUpForm
from medspiller.signups.web.wording import WHY, said, shown
from medspiller.ui.presses import new_press, read_press

UNPROCESSABLE, TOO_MANY = 422, 429
FORM = "signups"


@public("anybody may sign up, without saying who they are where the offer allows it", methods=("GET", "POST"))
@unkept
@sensitive_post_parameters()
def begin(request: HttpRequest, offer_name: str, meeting_id: UUID) -> HttpResponse:
    """Show the form for a meeting, or why nobody can sign up; and sign up."""
    actor = acting(request)
    press = read_press(request.POST.get("press", ""), of=FORM)
    if request.method != "POST":
        return _page(request, _found(request, offer_name, meeting_id), SignUpForm())
    form = SignUpForm(request.POST)
    if not press:
        found = _found(request, offer_name, meeting_id)
        return _page(request, found, form, problem=_("The page had been open for a long time. Press once more."))
    wish = Wish(anonymous=True) if "anonym" in request.POST else form.wish()
    try:
        placed = services.sign_up(
            actor=actor,
            offer_name=offer_name,
            session_id=meeting_id,
            wish=wish,
            press=press,
            address=client_address(request),
        )
    except (InvalidInput, NotOpen, AlreadySignedUp, TooManyTries) as refusal:
        return _refused(request, offer_name, meeting_id, form, refusal)
    if not placed.secret:
        return redirect("own_signups:place", placed.sign_up.id)
    place = selectors.place_by_link(actor=actor, secret=placed.secret)
    path = f"/tilbud/plass/{placed.secret}/"
    return render(
        request,
        "signups/placed.html",
        {
            "place": place,
            "card": place,
            "title": said(place.title),
            "meetings": shown(place.sessions),
            "path": path,
            "link": request.build_absolute_uri(path),
        },
    )


def _refused(
    request: HttpRequest, offer_name: str, meeting_id: UUID, form: SignUpForm, refusal: Exception
) -> HttpResponse:
    found = _found(request, offer_name, meeting_id)
    if isinstance(refusal, InvalidInput):
        form.show(refusal.problems)
        return _page(request, found, form, press=request.POST["press"])
    if isinstance(refusal, NotOpen):
        return _page(request, found, form, problem="" if found.why else str(WHY[refusal.why]))
    if isinstance(refusal, TooManyTries):
        words = _("Many have signed up from where you are. Try again in a while, or call and sign up.")
        return _page(request, found, form, problem=words, status=TOO_MANY)
    words = _(
        "This person has a place here already, or is on the waiting list. Use the link you got, or your own page."
    )
    return _page(request, found, form, problem=words)


def _found(request: HttpRequest, offer_name: str, meeting_id: UUID) -> Open:
    return selectors.to_sign_up_for(actor=acting(request), offer_name=offer_name, session_id=meeting_id)


def _readers(found: Open) -> str:
    """Return who sees what is filled in: those who run the meetings, and the unit that keeps the offer."""
    names = found.offer.provider.body.get("name") or {}
    organiser: str = said(names) or found.offer.provider.name
    # A unit has its name in one language.
    if found.unit_name in (organiser, *names.values()):
        return organiser
    return _("%(organiser)s and %(unit)s in the municipality") % {"organiser": organiser, "unit": found.unit_name}


def _instead(request: HttpRequest, found: Open) -> tuple[Hit, ...]:
    """Return what somebody who gets no place here may come to instead."""
    if found.why is None and not found.waits:
        return ()
    return selectors.offers_instead(actor=acting(request), offer=found.offer)


def _page(
    request: HttpRequest, found: Open, form: SignUpForm, *, problem: str = "", press: str = "", status: int = 0
) -> HttpResponse:
    shown_title = said(found.offer.card.get("title"))
    context = {
        "found": found,
        "form": form,
        "press": press or new_press(of=FORM),
        "problem": problem,
        "why": WHY.get(found.why) if found.why else "",
        "title": shown_title,
        "meetings": shown(found.sessions),
        "others": shown(found.others),
        "instead": [
            {
                "href": f"/tilbud/{each.slug}/",
                "title": said(each.title),
                "summary": said(each.summary),
                "provider": each.provider,
            }
            for each in _instead(request, found)
        ],
        "offer_name": found.offer.slug,
        "card": found.offer,
        "readers": _readers(found),
        "is_citizen": acting(request).kind is ActorKind.CITIZEN,
        "is_series": len(found.sessions) > 1,
        "now": clock.now(),
    }
    refused = request.method == "POST"
    return render(request, "signups/begin.html", context, status=status or (UNPROCESSABLE if refused else 200))
