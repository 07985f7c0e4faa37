"""Registering providers and changing our keys towards them: what administrators do, each step on record."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from medspiller.access import selectors
from medspiller.access.domain.provider_details import ProviderDetails, differing_fields, problems_in, tidy
from medspiller.access.domain.sign_in_refusals import SignInRefused
from medspiller.access.models import Provider, ProviderKey
from medspiller.access.models.providers import details_of
from medspiller.access.policies import ensure_everywhere
from medspiller.access.providers import signing
from medspiller.access.providers.client import client_of
from medspiller.audit import services as audit
from medspiller.core import ids
from medspiller.core.actors import Actor
from medspiller.core.errors import Conflict, InvalidInput, NotFound

_ADMINISTER = "access.administer_providers"
# How long the old key still works when it is changed: time enough for somebody at the provider to take the new one.
OVERLAP = timedelta(days=7)
_MOST_LIVE_KEYS = 2


@transaction.atomic
def register_provider(*, actor: Actor, details: ProviderDetails, now: datetime) -> Provider:
    """
    Register a provider, once it has answered who it is, and make our first key towards it.

    Problems are codes: those of `domain.provider_details`, `taken`, `other_kind`, and the
    reasons `unreachable`, `nonsense` and `wrong_issuer` at `issuer`.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    :raises InvalidInput: with the code of what is wrong at each field.
    """
    ensure_everywhere(actor, _ADMINISTER)
    details = tidy(details)
    provider_id = ids.new_id()
    _ensure_possible(details, provider_id)
    document = _asked(provider_id, details.issuer)
    provider = Provider.objects.create(id=provider_id, metadata=document, metadata_at=now, **asdict(details))
    _record(actor, "access.register_provider", provider)
    _make_key(actor, provider, now=now)
    return provider


@transaction.atomic
def change_provider(
    *, actor: Actor, provider_id: UUID, seen_version: int, details: ProviderDetails, now: datetime
) -> Provider:
    """
    Change what is said about a provider, unless somebody changed it after the actor saw it.

    `seen_version` is the `version` that the actor's form was filled from. `is_active=False`
    lets nobody in through it from now on. Accounts belong to their issuer: with another
    one, everybody is new. The kind stays.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    :raises NotFound: if there is no such provider.
    :raises Conflict: with the fields changed meanwhile and what they say now; nothing is stored.
    :raises InvalidInput: as when it is registered, or with `fixed` at `kind`.
    """
    ensure_everywhere(actor, _ADMINISTER)
    details = tidy(details)
    provider = _locked(provider_id)
    if details.kind != provider.kind:
        raise InvalidInput({"kind": "fixed"})
    _ensure_seen(actor, provider, seen_version)
    _ensure_possible(details, provider_id)
    if details.issuer != provider.issuer:
        client_of.cache_clear()
        provider.metadata, provider.metadata_at = _asked(provider_id, details.issuer), now
    for field, value in asdict(details).items():
        setattr(provider, field, value)
    provider.version += 1
    provider.save()
    _record(actor, "access.change_provider", provider)
    return provider


@transaction.atomic
def add_key(*, actor: Actor, provider_id: UUID, now: datetime) -> ProviderKey:
    """
    Make a key that is used from now on, beside the one there is.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    :raises NotFound: if there is no such provider.
    :raises InvalidInput: with `two_live` at `keys`, if there are two already.
    """
    ensure_everywhere(actor, _ADMINISTER)
    provider = _locked(provider_id)
    if _live(provider, now).count() >= _MOST_LIVE_KEYS:
        raise InvalidInput({"keys": "two_live"})
    return _make_key(actor, provider, now=now)


@transaction.atomic
def rotate_key(
    *, actor: Actor, provider_id: UUID, seen_key_id: UUID, now: datetime, overlap: timedelta = OVERLAP
) -> ProviderKey:
    """
    Make a key that is used from now on, and let the one before it end after `overlap`.

    `seen_key_id` is the newest key the actor saw: two who press the button together change
    it once, and do not end the key that the provider still knows. Older ones end at once, so
    that two work side by side and never more. The secret halves of keys that have ended are
    forgotten.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    :raises NotFound: if there is no such provider.
    :raises Conflict: if another key is the newest now.
    """
    ensure_everywhere(actor, _ADMINISTER)
    provider = _locked(provider_id)
    live = list(_live(provider, now).order_by("-valid_from", "-id"))
    if live and live[0].id != seen_key_id:
        raise Conflict(changed={"keys": live[0].kid})
    for place, key in enumerate(live):
        _end(actor, key, at=now if place else now + overlap)
    ProviderKey.objects.filter(provider=provider, valid_to__lte=now).update(private_pem="")
    return _make_key(actor, provider, now=now)


@transaction.atomic
def end_key(*, actor: Actor, provider_id: UUID, key_id: UUID, now: datetime) -> ProviderKey:
    """
    End one key at once and forget its secret, as when somebody may have seen it.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    :raises NotFound: if the provider has no such key in use.
    :raises InvalidInput: with `last` at `keys`: without any key nobody could sign in.
    """
    ensure_everywhere(actor, _ADMINISTER)
    live = {key.id: key for key in _live(_locked(provider_id), now)}
    if key_id not in live:
        raise NotFound(key_id)
    if len(live) == 1:
        raise InvalidInput({"keys": "last"})
    key = live[key_id]
    key.private_pem = ""
    _end(actor, key, at=now)
    return key


def _ensure_seen(actor: Actor, provider: Provider, seen_version: int) -> None:
    if seen_version == provider.version:
        return
    now = details_of(provider)
    seen = selectors.provider_seen(actor=actor, provider_id=provider.id, version=seen_version)
    names = differing_fields(seen, now) if seen else tuple(asdict(now))
    # What was changed and changed back is what the actor saw.
    if names:
        raise Conflict(changed={name: str(getattr(now, name)) for name in names})


def _ensure_possible(details: ProviderDetails, provider_id: UUID) -> None:
    problems = problems_in(details, may_be_unencrypted=not settings.HTTPS)
    same_issuer = Provider.objects.filter(issuer=details.issuer).exclude(id=provider_id)
    if same_issuer.filter(client_id=details.client_id).exists():
        problems["client_id"] = "taken"
    # The same subject would be a colleague and a citizen, and a session is never both.
    if same_issuer.exclude(kind=details.kind).exists():
        problems["issuer"] = "other_kind"
    if problems:
        raise InvalidInput(problems)


def _asked(provider_id: UUID, issuer: str) -> dict[str, Any]:
    try:
        return dict(client_of(provider_id).discover(issuer=issuer))
    except SignInRefused as refusal:
        raise InvalidInput({"issuer": refusal.reason.value}) from refusal


def _locked(provider_id: UUID) -> Provider:
    provider = Provider.objects.select_for_update().filter(id=provider_id).first()
    if provider is None:
        raise NotFound(provider_id)
    return provider


def _live(provider: Provider, now: datetime) -> QuerySet[ProviderKey]:
    return ProviderKey.objects.filter(Q(valid_to=None) | Q(valid_to__gt=now), provider=provider)


def _make_key(actor: Actor, provider: Provider, *, now: datetime) -> ProviderKey:
    key_id = ids.new_id()
    made, public_jwk = signing.make_key(kid=str(key_id))
    key = ProviderKey.objects.create(
        id=key_id,
        provider=provider,
        kid=made.kid,
        private_pem=made.private_pem,
        public_jwk=public_jwk,
        valid_from=now,
    )
    _record(actor, "access.add_provider_key", provider)
    return key


def _end(actor: Actor, key: ProviderKey, *, at: datetime) -> None:
    if key.valid_to is None or key.valid_to > at:
        # A key is never shorter than nothing: one that was made this very moment lives for one more.
        key.valid_to = max(at, key.valid_from + timedelta(microseconds=1))
    key.save(update_fields=["valid_to", "private_pem"])
    _record(actor, "access.end_provider_key", key.provider)


def _record(actor: Actor, action: str, provider: Provider) -> None:
    audit.record(actor=actor, action=action, subject_type="access.Provider", subject_id=provider.id)
