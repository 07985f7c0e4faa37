"""How staff and carers sign in: the providers, whether they answer, and our keys towards them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from medspiller.access import selectors, services
from medspiller.access.declare import requires
from medspiller.access.domain.provider_details import ProviderDetails
from medspiller.access.domain.sign_in_refusals import SignInRefused
from medspiller.access.web.administration import actor_of, uuid_of
from medspiller.access.web.administration_forms import PROBLEMS, ProviderForm
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import Conflict, InvalidInput

ADMINISTER_PROVIDERS = "access.administer_providers"
_posts = requires(ADMINISTER_PROVIDERS, methods=("POST",), recent_sign_in=True)
_changes = requires(ADMINISTER_PROVIDERS, methods=("GET", "POST"), recent_sign_in=True)

_FIELDS = ("name", "issuer", "client_id", "scopes", "acr_values", "amr_values")
# What a discovery document is looked at for, by whoever sets a provider up.
_TOLD = ("authorization_endpoint", "token_endpoint", "jwks_uri", "pushed_authorization_request_endpoint")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two people changed: what it says now, and what was typed here."""

    label: str
    now: str
    typed: str


@requires(ADMINISTER_PROVIDERS)
def providers(request: HttpRequest) -> HttpResponse:
    """Show the providers, those in use first."""
    context = {
        "providers": selectors.providers(actor=actor_of(request)),
        "columns": [_("Name"), _("For"), _("Issuer"), _("State")],
    }
    return render(request, "access/administration/providers.html", context)


@requires(ADMINISTER_PROVIDERS)
def provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Show one provider: its settings, what it last said of itself, and our keys."""
    actor, now = actor_of(request), clock.now()
    seen = selectors.provider(actor=actor, provider_id=provider_id)
    keys = selectors.our_keys(actor=actor, provider_id=provider_id)
    citizens = seen.kind == ActorKind.CITIZEN
    space = "citizen" if citizens else "access"
    context = {
        "provider": seen,
        "told": [(name, seen.metadata[name]) for name in _TOLD if name in seen.metadata],
        "live_keys": [key for key in keys if key.valid_to is None or key.valid_to > now],
        "ended_keys": [key for key in keys if key.valid_to is not None and key.valid_to <= now],
        "keys_address": request.build_absolute_uri(reverse("access:provider_keys", args=[provider_id])),
        "return_address": request.build_absolute_uri(reverse(f"{space}:provider_return")),
        "sign_out_address": request.build_absolute_uri(reverse("citizen:front_channel_sign_out")) if citizens else "",
        "key_columns": [_("Key"), _("In use from"), _("Until"), _("Change")],
    }
    return render(request, "access/administration/provider.html", context)


@_changes
def new_provider(request: HttpRequest) -> HttpResponse:
    """Register a provider, once it has answered who it is."""
    form = ProviderForm(request.POST or None, initial={"scopes": "openid profile"})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_provider(actor=actor_of(request), details=_details(form), now=clock.now())
        except InvalidInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The provider has answered and is in use. Give it our public key."))
            return redirect("access:administration_provider", made.id)
    return _form_page(request, form)


@_changes
def change_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Change what is agreed with a provider, whom it is for excepted; 409 when somebody else was quicker."""
    actor = actor_of(request)
    seen = selectors.provider(actor=actor, provider_id=provider_id)
    form = _change_form(request.POST or None, initial={name: getattr(seen, name) for name in (*_FIELDS, "version")})
    if request.method == "POST" and form.is_valid():
        details = replace(_details(form, kind=seen.kind), is_active=seen.is_active)
        try:
            services.change_provider(
                actor=actor,
                provider_id=provider_id,
                seen_version=form.seen_version,
                details=details,
                now=clock.now(),
            )
        except InvalidInput as refusal:
            form.refuse(refusal)
        except Conflict as conflict:
            return _conflict_page(request, form, conflict, provider_id=provider_id)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("access:administration_provider", provider_id)
    return _form_page(request, form, provider=seen)


def _conflict_page(request: HttpRequest, form: ProviderForm, conflict: Conflict, *, provider_id: UUID) -> HttpResponse:
    """
    Show what somebody else stored meanwhile beside what was typed, in a form that knows of it.

    A field that was not touched here takes what the other wrote. What was typed stays in
    the form; saving again is then a choice.
    """
    actor = actor_of(request)
    now = selectors.provider(actor=actor, provider_id=provider_id)
    seen = selectors.provider_seen(actor=actor, provider_id=provider_id, version=form.seen_version)
    typed = {
        name: getattr(now, name) if seen and form.cleaned_data[name] == getattr(seen, name) else form.cleaned_data[name]
        for name in _FIELDS
    }
    differences = [
        Difference(label=str(form.fields[name].label), now=text, typed=typed[name])
        for name, text in conflict.changed.items()
        if name in typed and text != typed[name]
    ]
    again = _change_form(None, initial={**typed, "version": now.version})
    shown = {"differences": differences, "difference_columns": [_("Field"), _("Says now"), _("You wrote")]}
    return _form_page(request, again, status=409, provider=now, conflict=True, **shown)


@_posts
def check_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Ask the provider now who it is."""
    try:
        services.check_provider(actor=actor_of(request), provider_id=provider_id, now=clock.now())
    except SignInRefused as refusal:
        told = PROBLEMS.get(refusal.reason.value, PROBLEMS["nonsense"])
        messages.error(request, told)
    else:
        messages.success(request, _("The provider answers, and says what we expect."))
    return redirect("access:administration_provider", provider_id)


@_changes
def switch_provider(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Ask, and then take a provider into use or out of it."""
    actor = actor_of(request)
    seen = selectors.provider(actor=actor, provider_id=provider_id)
    if request.method != "POST":
        return render(request, "access/administration/switch_provider.html", {"provider": seen})
    kept = {name: getattr(seen, name) for name in _FIELDS}
    details = ProviderDetails(kind=ActorKind(seen.kind), is_active=request.POST.get("active") == "true", **kept)
    version = request.POST.get("version", "")
    try:
        services.change_provider(
            actor=actor,
            provider_id=provider_id,
            seen_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            details=details,
            now=clock.now(),
        )
    except InvalidInput as refusal:
        messages.error(request, " ".join(str(PROBLEMS.get(code, code)) for code in refusal.problems.values()))
        return redirect("access:administration_provider", provider_id)
    except Conflict:
        shown = {"provider": seen, "conflict": True}
        return render(request, "access/administration/switch_provider.html", shown, status=409)
    told = _("The provider is in use.") if details.is_active else _("Nobody can sign in through it any more.")
    messages.success(request, told)
    return redirect("access:administration_provider", provider_id)


@_posts
def rotate_key(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Make a new key, the one before it works for another week; not when somebody else just did."""
    actor = actor_of(request)
    return _key_changed(
        request,
        provider_id,
        lambda: services.rotate_key(
            actor=actor, provider_id=provider_id, seen_key_id=uuid_of(request.POST.get("newest", "")), now=clock.now()
        ),
        _("A new key is in use. The one before it ends in seven days: give the provider the new one."),
    )


@_posts
def add_key(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Make a key beside the one there is."""
    actor = actor_of(request)
    return _key_changed(
        request,
        provider_id,
        lambda: services.add_key(actor=actor, provider_id=provider_id, now=clock.now()),
        _("A new key has been made."),
    )


@_posts
def end_key(request: HttpRequest, provider_id: UUID, key_id: UUID) -> HttpResponse:
    """End a key at once, as when somebody may have seen it."""
    actor = actor_of(request)
    return _key_changed(
        request,
        provider_id,
        lambda: services.end_key(actor=actor, provider_id=provider_id, key_id=key_id, now=clock.now()),
        _("The key has ended, and its secret has been deleted."),
    )


def _key_changed(request: HttpRequest, provider_id: UUID, change: Callable[[], object], told: str) -> HttpResponse:
    try:
        change()
    except InvalidInput as refusal:
        messages.error(request, " ".join(str(PROBLEMS.get(code, code)) for code in refusal.problems.values()))
    except Conflict:
        messages.warning(
            request, _("Somebody else has changed the key in the meantime. Look at it before you change it again.")
        )
    else:
        messages.success(request, told)
    return redirect("access:administration_provider", provider_id)


def _details(form: ProviderForm, *, kind: str = "") -> ProviderDetails:
    typed = {name: form.cleaned_data[name] for name in _FIELDS}
    return ProviderDetails(kind=ActorKind(kind or form.cleaned_data["kind"]), **typed)


def _change_form(typed: Any, *, initial: dict[str, Any]) -> ProviderForm:
    """The form without whom the provider is for, which stays."""
    form = ProviderForm(typed, initial=initial)
    del form.fields["kind"]
    return form


def _form_page(request: HttpRequest, form: ProviderForm, *, status: int = 0, **more: Any) -> HttpResponse:
    status = status or (422 if request.method == "POST" else 200)
    return render(request, "access/administration/provider_form.html", {"form": form, **more}, status=status)
