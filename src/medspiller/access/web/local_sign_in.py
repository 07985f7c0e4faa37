"""Signing in to a local account: password and second factor, or a passkey alone. Confirming that it is still you."""

import math
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from medspiller.access import refusals, selectors, services
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.local import Shown, Site, WrongCode, WrongCredentials, WrongPasskey
from medspiller.access.domain.throttling import TooManyTries
from medspiller.access.models import User
from medspiller.access.web import halfway
from medspiller.access.web.addresses import client_address
from medspiller.access.web.halfway import Halfway
from medspiller.access.web.local_forms import CodeForm, PasskeyForm, SignInForm
from medspiller.access.web.sessions import confirm_session
from medspiller.access.web.step_up import safe_next
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.organisations import selectors as organisations
from medspiller.ui.forms import Form

# What a browser was asked about a passkey, until it answers.
_QUESTION = "passkey_question"


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password. A wrong name, a wrong password and a closed account look alike."""
    if request.method != "POST":
        return _sign_in_page(request, SignInForm(initial={"next": request.GET.get("next", "")}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    try:
        user = services.show_password(
            actor=_actor(request),
            name=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            address=client_address(request),
            now=clock.now(),
        )
    except WrongCredentials as refusal:
        refusals.note(request, action="access.sign_in", reason="wrong_password", subject_id=refusal.user_id)
        form.add_error(
            None, _("The e-mail address and password do not match. Check for capital letters, and try again.")
        )
        return _sign_in_page(request, form, status=422)
    except TooManyTries as refusal:
        return _sign_in_page(request, _waiting(form, refusal), status=429)
    halfway.begin(request, user, next_path=form.cleaned_data["next"])
    return halfway.go_on(request, _begun(request))


@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever has shown a password for the second factor, and open the session."""
    person = halfway.current(request)
    if person is None:
        return halfway.begin_again()
    factors = selectors.second_factors(actor=person.actor)
    if person.has_shown_second_factor or not factors.is_enough:
        return halfway.go_on(request, person)
    page = _second_step_page(request, factors, template="access/second_step.html")
    if request.method != "POST":
        return page(CodeForm(), 200)
    shown = _shown_second_factor(request, person.actor, page)
    return halfway.go_on(request, halfway.add(request, person, shown)) if isinstance(shown, Shown) else shown


@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask somebody with a local account to show a second factor once more, before something that matters much."""
    actor = _actor(request)
    selectors.local_account(actor=actor, user_id=actor.id)
    after = safe_next(request)
    page = _second_step_page(request, selectors.second_factors(actor=actor), template="access/local_confirm.html")
    if request.method != "POST":
        return page(CodeForm(), 200)
    shown = _shown_second_factor(request, actor, page)
    if not isinstance(shown, Shown):
        return shown
    confirm_session(request, amr=shown.value)
    return redirect(after)


def _shown_second_factor(
    request: HttpRequest, actor: Actor, page: Callable[[Form, int], HttpResponse]
) -> Shown | HttpResponse:
    """What was shown, or the page that says why it is not accepted."""
    by_passkey = "answer" in request.POST
    form = PasskeyForm(request.POST) if by_passkey else CodeForm(request.POST)
    if not form.is_valid():
        return page(form, 422)
    try:
        if by_passkey:
            show_passkey(request, actor, form.cleaned_data["answer"], of=actor.id)
        else:
            services.show_code(actor=actor, code=form.cleaned_data["code"], now=clock.now())
    except WrongCode:
        _note_wrong(request, "wrong_code", of=actor.id)
        form.add_error(
            "code", _("The code is not right, or has already been used. Wait for the next one, and type that.")
        )
        return page(form, 422)
    except WrongPasskey:
        _note_wrong(request, "wrong_passkey", of=actor.id)
        form.add_error(None, _("The passkey was not accepted. Try once more, or use a code instead."))
        return page(form, 422)
    except TooManyTries as refusal:
        return page(_waiting(form, refusal), 429)
    return Shown.PASSKEY if by_passkey else Shown.CODE


def _note_wrong(request: HttpRequest, reason: str, *, of: UUID | None = None) -> None:
    """Leave for the access log that what was shown is wrong: on the way in, or confirming that it is still them."""
    on_the_way_in = _actor(request).kind is ActorKind.ANONYMOUS
    action = "access.sign_in" if on_the_way_in else "access.confirm_identity"
    refusals.note(request, action=action, reason=reason, subject_id=of)


def passkey_question(request: HttpRequest) -> HttpResponse:
    """
    Tell the browser what to ask a passkey.

    Whoever is halfway in or signed in is asked for their own; anybody else for whichever
    they choose, so that the answer tells nobody which accounts there are.
    """
    asked = services.ask_for_passkey(actor=_actor(request), site=site_of(request), of=_whose(request))
    return question(request, asked.options, asked.state)


@never_cache
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Open a session for whoever has shown a passkey, which is two factors in one."""
    form = PasskeyForm(request.POST)
    again = SignInForm(initial={"next": request.POST.get("next", "")})
    if form.is_valid():
        try:
            user = show_passkey(request, _actor(request), form.cleaned_data["answer"], of=None)
        except WrongPasskey:
            _note_wrong(request, "wrong_passkey")
            form.add_error(None, _("The passkey was not accepted. Try once more, or sign in with your password."))
        except TooManyTries as refusal:
            return _sign_in_page(request, again, passkey=_waiting(form, refusal), status=429)
        else:
            halfway.open_for(request, user, shown=(Shown.PASSKEY,))
            return redirect(halfway.safe_path(request.POST.get("next", "")))
    return _sign_in_page(request, again, passkey=form, status=422)


def question(request: HttpRequest, options: dict[str, Any], state: dict[str, Any]) -> JsonResponse:
    """Answer with what to ask a passkey, and remember what was asked: each question is answered once."""
    request.session[_QUESTION] = {**state, "asked": clock.now().isoformat()}
    return JsonResponse(options, headers={"Cache-Control": "no-store"})


def asked(request: HttpRequest) -> dict[str, Any]:
    """
    Return what the browser was asked, and forget it.

    :raises WrongPasskey: if nothing was, or too long ago.
    """
    state: dict[str, Any] | None = request.session.pop(_QUESTION, None)
    if not state or clock.now() >= datetime.fromisoformat(state["asked"]) + halfway.HALFWAY_LASTS:
        raise WrongPasskey
    return state


def show_passkey(request: HttpRequest, actor: Actor, answer: dict[str, Any], *, of: UUID | None) -> User:
    """
    Return the account whose passkey answers what the browser was asked.

    :raises WrongPasskey: if it is none, or nothing was asked.
    :raises TooManyTries: with the moment from which one may try again.
    """
    return services.show_passkey(
        actor=actor,
        site=site_of(request),
        state=asked(request),
        answer=answer,
        of=of,
        address=client_address(request),
        now=clock.now(),
    )


def site_of(request: HttpRequest) -> Site:
    """Return the site that passkeys are for: the host name the page was asked under, and the tenant's name."""
    return Site(host=request.get_host().rsplit(":", 1)[0], name=organisations.tenant(actor=_actor(request)).name)


def _second_step_page(
    request: HttpRequest, factors: selectors.SecondFactors, *, template: str
) -> Callable[[Form, int], HttpResponse]:
    def page(form: Form, status: int) -> HttpResponse:
        code = form if isinstance(form, CodeForm) else CodeForm()
        passkey = form if isinstance(form, PasskeyForm) else PasskeyForm()
        shown = {"form": form, "code_form": code, "passkey_form": passkey, "factors": factors}
        return render(request, template, shown, status=status)

    return page


def _sign_in_page(
    request: HttpRequest, form: SignInForm, *, passkey: PasskeyForm | None = None, status: int = 200
) -> HttpResponse:
    next_path = form["next"].value() or ""
    shown = {
        "form": form,
        "rejected": passkey or form,
        "passkey_form": passkey or PasskeyForm(),
        "next": next_path,
    }
    return render(request, "access/local_sign_in.html", shown, status=status)


def _waiting(form: Any, refusal: TooManyTries) -> Any:
    minutes = max(1, math.ceil((refusal.until - clock.now()).total_seconds() / 60))
    form.add_error(
        None,
        ngettext(
            "There were too many tries. Wait %(minutes)s minute, and try again.",
            "There were too many tries. Wait %(minutes)s minutes, and try again.",
            minutes,
        )
        % {"minutes": minutes},
    )
    return form


def _whose(request: HttpRequest) -> UUID | None:
    try:
        actor = _actor(request)
        return selectors.local_account(actor=actor, user_id=actor.id).id
    except NotFound:
        person = halfway.current(request)
        return person.user.id if person else None


def _begun(request: HttpRequest) -> Halfway:
    person = halfway.current(request)
    if person is None:
        raise NotFound("halfway")
    return person


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
