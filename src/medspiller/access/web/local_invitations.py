"""
Accepting an invitation: a page that shows nothing until a button is pressed, then a password.

The link's secret is in its path, so that it works without script. The page tells other
sites nothing of the path (Referrer-Policy), no cache keeps it, and mail programs that
look at links use nothing up: only the button does something.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from medspiller.access import selectors, services
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.local import InvitationGone
from medspiller.access.domain.throttling import TooManyTries, What
from medspiller.access.web import halfway
from medspiller.access.web.addresses import client_address
from medspiller.access.web.local_forms import NewPasswordForm
from medspiller.core import clock
from medspiller.core.errors import InvalidInput

_KEY = "invitation"


@never_cache
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say that this is an invitation, and, when the button is pressed, look whether it still opens something."""
    if request.method != "POST":
        return _quiet(render(request, "access/invitation.html"))
    actor, address, now = _actor(request), client_address(request), clock.now()
    try:
        services.check_throttle(actor=actor, what=What.INVITATION, who=address, now=now)
        selectors.invitation(actor=actor, token=token, now=now)
    except InvitationGone as refusal:
        services.count_try(actor=actor, what=What.INVITATION, who=address, now=now)
        return _gone(request, refusal)
    except TooManyTries:
        return _quiet(render(request, "access/invitation.html", {"wait": True}, status=429))
    request.session.cycle_key()
    # From here on the secret is in no address: the browser's history and a colleague's eyes get the first page only.
    request.session[_KEY] = token
    return redirect("access:choose_password")


@never_cache
@sensitive_post_parameters("password", "again")
@sensitive_variables("token")
def choose_password(request: HttpRequest) -> HttpResponse:
    """Let the invited person choose a password; setting up a second factor comes next."""
    token = request.session.get(_KEY)
    if not token:
        return halfway.begin_again()
    try:
        invited = selectors.invitation(actor=_actor(request), token=token, now=clock.now())
        form = NewPasswordForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            user = services.accept_invitation(
                actor=_actor(request), token=token, password=form.cleaned_data["password"], now=clock.now()
            )
            del request.session[_KEY]
            halfway.begin(request, user)
            return redirect("access:second_step")
    except InvitationGone as refusal:
        del request.session[_KEY]
        return _gone(request, refusal)
    except InvalidInput as refusal:
        form.refuse(refusal)
    status = 422 if request.method == "POST" else 200
    return _quiet(render(request, "access/choose_password.html", {"form": form, "invited": invited}, status=status))


def _gone(request: HttpRequest, refusal: InvitationGone) -> HttpResponse:
    """One page for all reasons; whoever has no business with the link learns nothing more from it."""
    reason = {
        "expired": _("An invitation can be used for seven days, and these have passed."),
        "used": _("The invitation has been used already."),
        "withdrawn": _("The invitation has been withdrawn or replaced by a newer one."),
        "unknown": _("We do not know this link. Perhaps part of it was lost when it was copied."),
    }[refusal.reason]
    return _quiet(render(request, "access/invitation_gone.html", {"reason": reason}, status=410))


def _quiet(response: HttpResponse) -> HttpResponse:
    # Not `no-referrer`: with that, browsers send `Origin: null` with the form, which is refused as forged.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
