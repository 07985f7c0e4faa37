"""The page of one's own local account: password, second factors, recovery codes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from medspiller.access import refusals, selectors, services
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.local import LastFactor, WrongCredentials
from medspiller.access.domain.throttling import TooManyTries
from medspiller.access.web.local_forms import ChangePasswordForm
from medspiller.access.web.sessions import session_of
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotFound


@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Show what somebody signs in with; 404 for accounts that are kept elsewhere."""
    actor = _actor(request)
    account = selectors.local_account(actor=actor, user_id=actor.id)
    factors = selectors.second_factors(actor=actor)
    return render(request, "access/account.html", {"account": account, "factors": factors})


@never_cache
@sensitive_post_parameters("old", "password", "again")
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; all other sessions end."""
    actor = _actor(request)
    account = selectors.local_account(actor=actor, user_id=actor.id)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, actor, form):
        messages.success(request, _("The password is changed. You are signed out everywhere else."))
        return redirect("access:account")
    status = 422 if request.method == "POST" else 200
    return render(request, "access/change_password.html", {"form": form, "account": account}, status=status)


@never_cache
def remove_factor(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Ask whether a second factor is to go, and take it away."""
    actor = _actor(request)
    factors = selectors.second_factors(actor=actor)
    name = _name_of(factors, factor_id)
    if request.method == "POST":
        try:
            services.remove_factor(actor=actor, factor_id=factor_id, now=clock.now())
        except LastFactor:
            messages.warning(request, _("This is the only one you have. Set up another before you remove it."))
        else:
            messages.success(request, _("%(name)s has been removed.") % {"name": name})
        return redirect("access:account")
    shown = {"name": name, "is_app": factors.totp_id == factor_id, "is_last": factors.count == 1}
    return render(request, "access/remove_factor.html", shown)


def _changed(request: HttpRequest, actor: Actor, form: ChangePasswordForm) -> bool:
    """Change the password, or say in the form why not."""
    record: Any = session_of(request)
    typed = form.cleaned_data
    try:
        user = services.change_password(
            actor=actor,
            old=typed["old"],
            new=typed["password"],
            session_id=record.id if record else None,
            now=clock.now(),
        )
    except WrongCredentials as refusal:
        refusals.note(request, action="access.manage_own_account", reason="wrong_password", subject_id=refusal.user_id)
        form.add_error("old", _("This is not the password you have now."))
    except TooManyTries:
        form.add_error(None, _("There were too many tries. Wait a quarter of an hour, and try again."))
    except InvalidInput as refusal:
        form.refuse(refusal)
    else:
        # Else the changed password would end this session too.
        request.user = user
        update_session_auth_hash(request, user)
        return True
    return False


def _name_of(factors: selectors.SecondFactors, factor_id: int) -> str:
    if factors.totp_id == factor_id:
        return _("The app for codes")
    found = next((each.name for each in factors.passkeys if each.id == factor_id), None)
    if found is None:
        raise NotFound(factor_id)
    return found


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
