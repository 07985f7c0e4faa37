"""Giving posts and roles, letting them go on, and ending them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access import selectors, services
from medspiller.access.declare import requires
from medspiller.access.domain.administration import LastAdministrator
from medspiller.access.domain.roles import Role
from medspiller.access.selectors.administration import ADMINISTER, AccountDetail, GivenRole, HeldPost
from medspiller.access.web.administration import actor_of
from medspiller.access.web.administration_forms import (
    AdministrationForm,
    ChooseUnitForm,
    ExtendPostForm,
    GivePostForm,
    GiveRoleForm,
    UntilForm,
    longest,
    until_words,
)
from medspiller.core import clock
from medspiller.core.errors import InvalidInput, NotAllowed, NotFound
from medspiller.organisations import selectors as organisations

_changes = requires(ADMINISTER, methods=("GET", "POST"), recent_sign_in=True)
_YEAR = timedelta(days=365)


@_changes
def give_post(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Choose a unit (`?enhet=`), then one of its open posts, and from when to when it is held."""
    account, today = _account(request, user_id), clock.today()
    _ensure_not_own(account)
    units = _units(request)
    unit_id = next((value for value, _name in units if value == request.GET.get("enhet")), "")
    context: dict[str, Any] = {
        "account": account,
        "unit_form": ChooseUnitForm(units=units, initial={"enhet": unit_id}),
    }
    if not unit_id:
        return render(request, "access/administration/give_post.html", context)
    posts = organisations.posts(actor=actor_of(request), unit_id=UUID(unit_id), on=today)
    form = GivePostForm(
        request.POST or None,
        posts=[(str(post.id), post.title) for post in posts],
        initial={"first_day": today, "last_day": longest(today, end=today + _YEAR)},
    )
    if _stored(
        request,
        form,
        lambda: services.give_post(
            actor=actor_of(request), user_id=user_id, post_id=form.cleaned_data["post_id"], period=form.period
        ),
    ):
        messages.success(request, _("The post has been given. It gives no access by itself: add a role."))
        return redirect("access:administration_account", user_id)
    return render(request, "access/administration/give_post.html", {**context, "form": form}, status=_status(request))


@_changes
def give_role(request: HttpRequest, user_id: UUID, holding_id: UUID) -> HttpResponse:
    """Give a role to somebody in a post. The post's end is suggested as the role's."""
    account = _account(request, user_id)
    held = _held(account, holding_id)
    first = max(clock.today(), held.period.start)
    form = GiveRoleForm(
        request.POST or None,
        units=_units(request),
        initial={"first_day": first, "last_day": longest(first, end=held.period.end), "unit_id": str(held.unit_id)},
    )
    if _stored(
        request,
        form,
        lambda: services.grant_role(
            actor=actor_of(request),
            holding_id=holding_id,
            role=Role(form.cleaned_data["role"]),
            unit_id=form.cleaned_data["unit_id"],
            period=form.period,
        ),
    ):
        messages.success(request, _("The role has been given."))
        return redirect("access:administration_account", user_id)
    context = {"account": account, "held": held, "form": form}
    return render(request, "access/administration/give_role.html", context, status=_status(request))


@_changes
def extend_post(request: HttpRequest, user_id: UUID, holding_id: UUID) -> HttpResponse:
    """Let somebody go on in a post, and in those of its roles that are still needed."""
    account = _account(request, user_id)
    held = _held(account, holding_id)
    form = ExtendPostForm(request.POST or None, held=held, initial=_a_year_on(held.period.end))
    if _stored(
        request,
        form,
        lambda: services.extend_holding(
            actor=actor_of(request),
            holding_id=holding_id,
            until=form.until,
            grant_ids=form.cleaned_data.get("grant_ids", []),
        ),
    ):
        messages.success(request, _("The post goes on until %(day)s.") % {"day": until_words(form.until)})
        return redirect("access:administration_account", user_id)
    context = {"account": account, "held": held, "form": form}
    return render(request, "access/administration/extend_post.html", context, status=_status(request))


@_changes
def extend_role(request: HttpRequest, user_id: UUID, grant_id: UUID) -> HttpResponse:
    """Let one role go on, within the time in the post."""
    account = _account(request, user_id)
    held, given = _given(account, grant_id)
    form = UntilForm(request.POST or None, initial={"last_day": longest(clock.today(), end=held.period.end)})
    if _stored(
        request,
        form,
        lambda: services.extend_role(actor=actor_of(request), grant_id=grant_id, until=form.until),
    ):
        messages.success(request, _("The role goes on until %(day)s.") % {"day": until_words(form.until)})
        return redirect("access:administration_account", user_id)
    context = {"account": account, "held": held, "given": given, "form": form}
    return render(request, "access/administration/extend_role.html", context, status=_status(request))


@_changes
def end_post(request: HttpRequest, user_id: UUID, holding_id: UUID) -> HttpResponse:
    """Ask, and then end somebody's time in a post and all its roles, the same second."""
    account = _account(request, user_id)
    held = _held(account, holding_id)
    context = {"account": account, "held": held}
    if request.method != "POST":
        return render(request, "access/administration/end_post.html", context)
    try:
        services.end_holding(actor=actor_of(request), holding_id=holding_id, at=clock.now())
    except LastAdministrator:
        return render(request, "access/administration/end_post.html", {**context, "is_last": True}, status=422)
    messages.success(request, _("The post has ended, and every role it gave has ended with it."))
    return redirect("access:administration_account", user_id)


@_changes
def end_role(request: HttpRequest, user_id: UUID, grant_id: UUID) -> HttpResponse:
    """Ask, and then end one role; the post goes on."""
    account = _account(request, user_id)
    held, given = _given(account, grant_id)
    context = {"account": account, "held": held, "given": given}
    if request.method != "POST":
        return render(request, "access/administration/end_role.html", context)
    try:
        services.end_role(actor=actor_of(request), grant_id=grant_id, at=clock.now())
    except LastAdministrator:
        return render(request, "access/administration/end_role.html", {**context, "is_last": True}, status=422)
    messages.success(request, _("The role has ended."))
    return redirect("access:administration_account", user_id)


def _stored(request: HttpRequest, form: AdministrationForm, store: Callable[[], object]) -> bool:
    """Store what was typed if it can be; what is wrong is then at the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        store()
    except InvalidInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def _account(request: HttpRequest, user_id: UUID) -> AccountDetail:
    return selectors.account_detail(actor=actor_of(request), user_id=user_id, today=clock.today(), now=clock.now())


def _ensure_not_own(account: AccountDetail) -> None:
    if account.is_own:
        raise NotAllowed(action=ADMINISTER, reason="own_role", subject_id=account.id)


def _held(account: AccountDetail, holding_id: UUID) -> HeldPost:
    """The holding, if it is this account's, not over, and the actor's to change."""
    held = next((each for each in account.live if each.id == holding_id), None)
    if held is None:
        raise NotFound(holding_id)
    _ensure_not_own(account)
    if not held.may_change:
        raise NotAllowed(action=ADMINISTER, reason="role", subject_id=account.id)
    return held


def _given(account: AccountDetail, grant_id: UUID) -> tuple[HeldPost, GivenRole]:
    found = ((held, given) for held in account.live for given in held.roles if given.id == grant_id)
    held, given = next(found, (None, None))
    if held is None or given is None or given.is_over:
        raise NotFound(grant_id)
    _ensure_not_own(account)
    if not given.may_change:
        raise NotAllowed(action=ADMINISTER, reason="role", subject_id=account.id)
    return held, given


def _units(request: HttpRequest) -> list[tuple[str, str]]:
    """The open units the actor administers, as a tree in a list."""
    actor = actor_of(request)
    mine = actor.units_with(ADMINISTER)
    nodes = [node for node in organisations.unit_tree(actor=actor, on=clock.today()) if node.unit.id in mine]
    top = min((node.level for node in nodes), default=1)
    return [(str(node.unit.id), "– " * (node.level - top) + node.unit.name) for node in nodes]


def _a_year_on(end: Any) -> dict[str, object]:
    return {"last_day": longest(end, end=end + _YEAR)} if end else {}
