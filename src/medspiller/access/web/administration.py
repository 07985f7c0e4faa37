"""Accounts of staff: who there is, what they hold, and letting somebody new in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from medspiller.access import refusals, selectors, services
from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.administration import SecondAccount, ensure_not_own
from medspiller.access.selectors.administration import ADMINISTER, AccountLine, Only
from medspiller.access.templatetags.access_words import role_name
from medspiller.access.web.administration_forms import NewAccountForm
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotFound
from medspiller.ui.components.formats import iso
from medspiller.ui.paging import page_of
from medspiller.ui.spreadsheets import csv_file

# More than work in any one house; a file is made at once, in memory.
MOST_IN_FILE = 5_000


@requires(ADMINISTER)
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts that the actor administers: `?q=` looks in names and addresses, `?vis=` narrows."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    text, only = _sought(request), _only(request)
    page = page_of(selectors.accounts(actor=actor, text=text, only=only, today=today, now=now), request)
    template = "access/administration/accounts.html"
    response = render(
        request,
        f"{template}#accounts" if request.htmx else template,  # type: ignore[attr-defined]
        {
            "text": text,
            "filters": [(f"?{urlencode({'vis': each, 'q': text})}", words, each is only) for each, words in _filters()],
            "page": page,
            "lines": selectors.account_lines(actor=actor, shown=page.object_list, today=today, now=now),
            "columns": [_("Name"), _("Posts"), _("Roles"), _("Has a role until")],
            "csv_href": f"{reverse('access:administration_accounts_csv')}?{request.GET.urlencode()}",
        },
    )
    patch_vary_headers(response, ("HX-Request",))
    return response


@requires(ADMINISTER)
def accounts_csv(request: HttpRequest) -> HttpResponse:
    """Give the same accounts as a file."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    found = selectors.accounts(actor=actor, text=_sought(request), only=_only(request), today=today, now=now)
    users = list(found[: MOST_IN_FILE + 1])
    lines = selectors.account_lines(actor=actor, shown=users[:MOST_IN_FILE], today=today, now=now)
    rows = [[_("Name"), _("Address"), _("Posts"), _("Roles"), _("Has a role until")], *(_cells(each) for each in lines)]
    if len(users) > MOST_IN_FILE:
        rows.append([_("The list is too long for a file. Narrow it first.")])
    # Translators: the name of a file, in small letters without spaces or accents.
    return csv_file(rows, filename=_("staff-%(day)s.csv") % {"day": today.isoformat()})


@requires(ADMINISTER, methods=("GET", "POST"), recent_sign_in=True)
def new_account(request: HttpRequest) -> HttpResponse:
    """Open a local account, and go on to give it a post; the link to it is made from its page."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.open_local_account(
                actor=actor_of(request), email=form.cleaned_data["email"], name=form.cleaned_data["name"]
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
        except SecondAccount as refusal:
            refusals.note(request, action=refusal.action, reason=refusal.reason)
            form.add_error(None, second_account_words())
        else:
            messages.success(request, _("The account is opened. Now give it a post and a role, and make the link."))
            return redirect("access:administration_account", user.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "access/administration/new_account.html", {"form": form}, status=status)


@requires(ADMINISTER)
def account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show an account with its posts and roles; 404 for one that is not the actor's to administer."""
    return _account_page(request, user_id)


@requires(ADMINISTER, methods=("POST",), recent_sign_in=True)
@sensitive_variables("token", "link")
def invite(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Make a link into a local account and show it, once: it stands on this answer and nowhere else."""
    _shown(request, user_id)
    token = services.invite(actor=actor_of(request), user_id=user_id, now=clock.now())
    link = request.build_absolute_uri(reverse("access:invitation", args=[token]))
    return _account_page(request, user_id, link=link)


@requires(ADMINISTER, methods=("POST",), recent_sign_in=True)
def withdraw_invitation(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Let the link into a local account open nothing any more."""
    _shown(request, user_id)
    services.withdraw_invitation(actor=actor_of(request), user_id=user_id, now=clock.now())
    messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return redirect("access:administration_account", user_id)


@requires(ADMINISTER, methods=("GET", "POST"), recent_sign_in=True)
def forget_second_factors(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask, and then let somebody who has lost phone and codes alike set up a second step anew."""
    seen = _shown(request, user_id)
    if not seen.is_local:
        raise NotFound(user_id)
    ensure_not_own(action=ADMINISTER, actor_id=actor_of(request).id, user_id=user_id)
    if request.method == "POST":
        services.forget_second_factors(actor=actor_of(request), user_id=user_id, now=clock.now())
        messages.success(request, _("The second step has been removed. At the next sign-in a new one is set up."))
        return redirect("access:administration_account", user_id)
    return render(request, "access/administration/forget_second_factors.html", {"account": seen})


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def uuid_of(text: str) -> UUID:
    """Return the id that was sent with a form; that of nothing at all, if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def second_account_words() -> str:
    """Say why an administrator does not let in somebody who may be themselves."""
    return _(
        "This has your own name or e-mail address. Nobody lets themselves in a second time."
        " If it is somebody else, ask another administrator to do it."
    )


def _account_page(request: HttpRequest, user_id: UUID, **more: Any) -> HttpResponse:
    context = {
        "account": _shown(request, user_id),
        "changes_address": f"{reverse('access:administration_changes')}?{urlencode({'person': str(user_id)})}",
        "role_columns": [_("Role"), _("Unit"), _("Last day"), _("Change")],
    }
    return render(request, "access/administration/account.html", {**context, **more})


def _shown(request: HttpRequest, user_id: UUID) -> selectors.AccountDetail:
    return selectors.account_detail(actor=actor_of(request), user_id=user_id, today=clock.today(), now=clock.now())


def _cells(line: AccountLine) -> list[str]:
    if line.is_closed:
        until = _("Closed")
    elif line.is_waiting:
        until = _("Waits for a role")
    else:
        until = iso(line.last_day) or _("Ended")
    return [line.name, line.address, "; ".join(line.posts), ", ".join(map(role_name, line.roles)), until]


def _sought(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", "").split())


def _only(request: HttpRequest) -> Only:
    try:
        return Only(request.GET.get("vis", Only.ALL))
    except ValueError:
        return Only.ALL


def _filters() -> list[tuple[Only, str]]:
    return [
        (Only.ALL, _("All")),
        (Only.WAITING, _("Waiting for a role")),
        (Only.ENDING_SOON, _("Ending soon")),
        (Only.ENDED, _("Ended")),
        (Only.CLOSED, _("Closed accounts")),
    ]
