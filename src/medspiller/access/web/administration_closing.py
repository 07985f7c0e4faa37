"""Closing an account of staff, and opening it again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access import refusals, selectors, services
from medspiller.access.declare import requires
from medspiller.access.domain.administration import AccountState, LastAdministrator, SecondAccount, ensure_not_own
from medspiller.access.selectors.administration import ADMINISTER, AccountDetail
from medspiller.access.web.administration import actor_of, second_account_words
from medspiller.access.web.administration_forms import AccountStateForm
from medspiller.core import clock
from medspiller.core.errors import InvalidInput

CLOSED, OPEN = "closed", "open"


@requires(ADMINISTER, methods=("GET", "POST"), recent_sign_in=True)
def close_or_reopen(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask why, and then close an account that is open, or open one that is closed."""
    actor = actor_of(request)
    seen = selectors.account_detail(actor=actor, user_id=user_id, today=clock.today(), now=clock.now())
    ensure_not_own(action=ADMINISTER, actor_id=actor.id, user_id=user_id)
    wanted = CLOSED if seen.is_active else OPEN
    if request.method != "POST":
        return _page(request, seen, AccountStateForm(initial={"wanted": wanted}))
    form = AccountStateForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, form, status=422)
    try:
        _change(request, user_id, wanted=form.cleaned_data["wanted"], reason=form.cleaned_data["reason"])
    except AccountState:
        # What was wanted is so already: the page shows it, and who made it so stands in the history.
        messages.info(request, _("Somebody else has done this already."))
        return redirect("access:administration_account", user_id)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _page(request, seen, form, status=422)
    except SecondAccount as refusal:
        refusals.note(request, action=refusal.action, reason=refusal.reason, subject_id=user_id)
        form.add_error(None, second_account_words())
        return _page(request, seen, form, status=422)
    except LastAdministrator:
        return _page(request, seen, form, status=422, is_last=True)
    return redirect("access:administration_account", user_id)


def _change(request: HttpRequest, user_id: UUID, *, wanted: str, reason: str) -> None:
    if wanted == CLOSED:
        services.close_account(actor=actor_of(request), user_id=user_id, reason=reason, now=clock.now())
        messages.success(request, _("The account is closed. Whoever used it is signed out everywhere."))
    else:
        services.reopen_account(actor=actor_of(request), user_id=user_id, reason=reason)
        messages.success(request, _("The account is open again."))


def _page(
    request: HttpRequest, seen: AccountDetail, form: AccountStateForm, *, status: int = 200, is_last: bool = False
) -> HttpResponse:
    shown = {"account": seen, "form": form, "is_last": is_last}
    return render(request, "access/administration/account_state.html", shown, status=status)
