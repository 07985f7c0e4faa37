"""Asking to be called, and saying what does not work: on open pages, by anybody."""

import base64
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from medspiller.access.declare import public
from medspiller.access.domain.throttling import TooManyTries
from medspiller.access.web.addresses import client_address
from medspiller.core import clock, encryption
from medspiller.core.errors import InvalidInput
from medspiller.enquiries import selectors, services
from medspiller.enquiries.domain.deadlines import due_after
from medspiller.enquiries.domain.enquiries import NobodyReads, Purpose
from medspiller.enquiries.web.acting import acting
from medspiller.enquiries.web.forms import CallForm, FeedbackForm
from medspiller.people.domain import contacts
from medspiller.people.domain.contacts import ContactSystem
from medspiller.ui.presses import new_press, read_press

FORM = "enquiries"
_REACH, _PLACE = "enquiries.reach", "session.enquiries_reach"
UNPROCESSABLE, TOO_MANY = 422, 429

Send = Callable[[str], None]


@public("anybody may ask to be called", methods=("GET", "POST"))
@sensitive_post_parameters()
def call(request: HttpRequest) -> HttpResponse:
    """Ask how and when somebody wants to be called, and pass it on to the unit that calls."""
    if request.method == "POST":
        form, known = CallForm(request.POST), None
    else:
        known = selectors.known(actor=acting(request), in_language=get_language() or "nb")
        form = CallForm(initial=asdict(known) if known else None)

    def send(press: str) -> None:
        wish = form.wish()
        if wish is not None:
            services.ask_for_call(actor=acting(request), wish=wish, press=press, address=client_address(request))
            _remember(request, form.cleaned_data["phone"], form.cleaned_data["email"])

    return _page(request, Purpose.CALL, form, send, is_known=known is not None)


@public("anybody may say that a page cannot be used", methods=("GET", "POST"))
@sensitive_post_parameters()
def accessibility(request: HttpRequest) -> HttpResponse:
    """Ask what does not work, and pass it on."""
    return _feedback(request, Purpose.ACCESSIBILITY)


@public("anybody may ask about privacy", methods=("GET", "POST"))
@sensitive_post_parameters()
def privacy(request: HttpRequest) -> HttpResponse:
    """Ask what somebody wonders about, and pass it on."""
    return _feedback(request, Purpose.PRIVACY)


@public("anybody may read what becomes of what they have sent")
def call_thanks(request: HttpRequest) -> HttpResponse:
    """Say who calls, and by when."""
    return _thanks(request, Purpose.CALL, reach=_reach(request))


@public("anybody may read what becomes of what they have sent")
def accessibility_thanks(request: HttpRequest) -> HttpResponse:
    """Say who reads it, and by when."""
    return _thanks(request, Purpose.ACCESSIBILITY)


@public("anybody may read what becomes of what they have sent")
def privacy_thanks(request: HttpRequest) -> HttpResponse:
    """Say who reads it, and by when."""
    return _thanks(request, Purpose.PRIVACY)


def _feedback(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    form = FeedbackForm(request.POST if request.method == "POST" else None)

    def send(press: str) -> None:
        services.give_feedback(
            actor=acting(request),
            purpose=purpose,
            feedback=form.feedback(),
            press=press,
            address=client_address(request),
        )

    return _page(request, purpose, form, send)


def _page(
    request: HttpRequest, purpose: Purpose, form: CallForm | FeedbackForm, send: Send, *, is_known: bool = False
) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, purpose, form, is_known=is_known)
    press = read_press(request.POST.get("press", ""), of=FORM)
    if not press:
        return _shown(
            request,
            purpose,
            form,
            problem=_("The page had been open for a long time. Press the button again."),
            status=422,
        )
    try:
        send(press)
    except InvalidInput as refusal:
        form.show(refusal.problems)
    except TooManyTries:
        words = _("Too much was sent from where you are. Try again in a while, or call the municipality.")
        return _shown(request, purpose, form, problem=words, status=TOO_MANY)
    except NobodyReads:
        return _shown(request, purpose, form)
    if form.errors:
        return _shown(request, purpose, form, press=request.POST["press"], status=UNPROCESSABLE)
    return redirect(f"enquiries:{purpose.value}_thanks")


def _shown(
    request: HttpRequest,
    purpose: Purpose,
    form: CallForm | FeedbackForm,
    *,
    problem: str = "",
    press: str = "",
    status: int = 200,
    is_known: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "is_known": is_known,
        "form": form,
        "press": press or new_press(of=FORM),
        "problem": problem,
        "reader": selectors.reader_of(actor=acting(request), purpose=purpose),
        "is_about_privacy": purpose is Purpose.PRIVACY,
    }
    template = "enquiries/call.html" if purpose is Purpose.CALL else "enquiries/feedback.html"
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _remember(request: HttpRequest, phone: str, email: str) -> None:
    """
    Keep for the next page how one is reached, sealed, with the session: not in the address, which others may see.

    Said back, a slip of the finger is noticed by whoever made it.
    """
    said = json.dumps({"phone": phone, "email": email})
    request.session[_REACH] = base64.b64encode(encryption.encrypt(said, place=_PLACE)).decode("ascii")


def _reach(request: HttpRequest) -> dict[str, str] | None:
    """Say how one is reached, once: whoever has the device next does not read it."""
    kept = request.session.pop(_REACH, None)
    if kept is None:
        return None
    try:
        said = json.loads(encryption.decrypt(base64.b64decode(kept), place=_PLACE))
    except (encryption.NoSuchKey, encryption.NotOurs):
        return None
    phone = contacts.normal(ContactSystem.PHONE, said["phone"])
    return {"phone": contacts.as_said(ContactSystem.PHONE, phone), "email": said["email"]}


def _thanks(request: HttpRequest, purpose: Purpose, *, reach: dict[str, str] | None = None) -> HttpResponse:
    reader = selectors.reader_of(actor=acting(request), purpose=purpose)
    due_on = due_after(clock.today(), working_days=reader.within_days) if reader else None
    context = {"reader": reader, "due_on": due_on, "is_call": purpose is Purpose.CALL, "reach": reach}
    response = render(request, "enquiries/thanks.html", context)
    response["Cache-Control"] = "no-store"
    return response
