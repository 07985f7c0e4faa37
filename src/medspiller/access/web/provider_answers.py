"""What somebody is told whose sign-in through a provider came to nothing: why, in plain words, and what to do."""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from medspiller.access import refusals
from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused
from medspiller.access.domain.throttling import TooManyTries
from medspiller.core import clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Told:
    """`status` under 500 keeps what was stored: that the attempt has been used."""

    status: int
    title: Promise
    text: Promise | str
    hints: tuple[Promise, ...]


_AGAIN = _("Sign in again from this page.")
_TELL = _("If it happens again, tell whoever is responsible for Medspiller in your municipality.")

_CANCELLED = _Told(
    403,
    _("You did not sign in"),
    _("You stopped on the way. Nothing has been stored, and you can sign in whenever you want."),
    (_AGAIN,),
)
# One text for all of these: whoever tries their way learns nothing from the difference.
_BEGIN_AGAIN = _Told(
    400,
    _("Sign in once more"),
    _("It took more than ten minutes, or it was begun in another browser. To be safe, we let nobody in."),
    (
        _AGAIN,
        _("Do not use the back button while you sign in."),
        _("If you followed a link in a message, begin here instead."),
    ),
)
_DOWN = _Told(
    503,
    _("Signing in does not work just now"),
    _("The service that you sign in with does not answer as it should. It is not your fault."),
    (_("Wait a few minutes, and try again."), _TELL),
)
_NOT_TRUSTED = _Told(
    400,
    _("We could not be sure that it was you"),
    _("The answer that says who you are was not as it should be. To be safe, we let nobody in."),
    (_AGAIN, _TELL),
)
_CLOCKS = _Told(
    400,
    _("Signing in does not work just now"),
    _("Our clock and the clock of the service that you sign in with do not agree. It is not your fault."),
    (_AGAIN, _TELL),
)
_TOO_WEAK = _Told(
    403,
    _("You need a safer way to sign in"),
    _("What is kept here is about people's health and lives. The way you signed in is not safe enough for that."),
    (_("Sign in again, and choose a safer way, such as BankID or a code on your phone."), _TELL),
)
_NOT_FRESH = _Told(
    403,
    _("You must show who you are again"),
    _("What you were about to do is important. So signing in earlier today is not enough. Nothing has been done."),
    (_("Go back and try again. You will be asked to sign in."), _TELL),
)
_OTHER_PERSON = _Told(
    403,
    _("That was somebody else"),
    _("You are signed in as one person, and another one signed in just now. Nothing has been done."),
    (_("Sign out, and sign in as yourself."),),
)
_CLOSED = _Told(
    403,
    _("Your account is closed"),
    _("You cannot sign in here with this account any more."),
    (_("If you think that is wrong, ask your leader or the municipality."),),
)
_NOT_FITTING = _Told(
    403,
    _("We cannot let you in yet"),
    _("What we were told about you does not match what we know. Somebody has to put it right."),
    (_("Get in touch with the municipality, and say that you cannot sign in to Medspiller."),),
)

_TOLD: Mapping[Reason, _Told] = {
    Reason.CANCELLED: _CANCELLED,
    Reason.EXPIRED: _BEGIN_AGAIN,
    Reason.ALREADY_USED: _BEGIN_AGAIN,
    Reason.UNKNOWN_STATE: _BEGIN_AGAIN,
    Reason.OTHER_BROWSER: _BEGIN_AGAIN,
    Reason.OTHER_PERSON: _OTHER_PERSON,
    Reason.UNREACHABLE: _DOWN,
    Reason.NONSENSE: _DOWN,
    Reason.KEY_REFUSED: _DOWN,
    Reason.TOKEN_EXPIRED: _CLOCKS,
    Reason.CLOCKS_APART: _CLOCKS,
    Reason.TOO_WEAK: _TOO_WEAK,
    Reason.NOT_FRESH: _NOT_FRESH,
    Reason.BAD_PERSON_NUMBER: _NOT_FITTING,
    Reason.IDENTITY_CONFLICT: _NOT_FITTING,
    Reason.ACCOUNT_CLOSED: _CLOSED,
}


def refused(request: HttpRequest, refusal: SignInRefused) -> HttpResponse:
    """Answer a refused sign-in, and leave the refusal where it is logged in a transaction of its own."""
    reason = refusal.reason
    logger.warning("access.sign_in_refused", extra={"reason": reason.value, "provider_id": refusal.provider_id})
    refusals.note(request, action="access.sign_in", reason=reason.value, subject_id=refusal.provider_id)
    return _answer(request, _TOLD.get(reason, _NOT_TRUSTED))


def too_many(request: HttpRequest, refusal: TooManyTries) -> HttpResponse:
    """Answer 429. The access log has it once for the address, not each time: see `services.throttling`."""
    minutes = max(1, math.ceil((refusal.until - clock.now()).total_seconds() / 60))
    text = ngettext(
        "There were too many tries. Wait %(minutes)s minute, and try again.",
        "There were too many tries. Wait %(minutes)s minutes, and try again.",
        minutes,
    ) % {"minutes": minutes}
    return _answer(request, _Told(429, _("Signing in does not work just now"), text, ()))


def _answer(request: HttpRequest, told: _Told) -> HttpResponse:
    context = {
        "refused_title": told.title,
        "refused_text": told.text,
        "hints": told.hints,
        "again": refusals.route_of(request.path, "sign_in"),
        "citizen": refusals.space_of(request.path) == "citizen",
    }
    return render(request, "access/sign_in_refused.html", context, status=told.status)
