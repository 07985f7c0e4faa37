"""
Signing in through a provider: sending somebody out, and taking them back in once.

An attempt is bound to a browser by a secret in a cookie of its own, to the answer by its
state, to the ID token by a nonce and to the code by PKCE. It is used up by the first answer
that comes back to the right browser, whatever comes of it, and runs out after ten minutes.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from medspiller.access.domain import destinations, oidc, pkce
from medspiller.access.domain.accounts import PERSON_NUMBER
from medspiller.access.domain.actors import Actor as Person
from medspiller.access.domain.actors import anonymous
from medspiller.access.domain.metadata import Metadata
from medspiller.access.domain.oidc import ATTEMPT_LASTS, Expected, Identity
from medspiller.access.domain.sessions import RECENT_SIGN_IN
from medspiller.access.domain.sign_in_refusals import Reason, SignInRefused
from medspiller.access.models import Provider, ProviderKey, SignInAttempt, User
from medspiller.access.providers.client import Registration, client_of, read_metadata
from medspiller.access.providers.signing import SigningKey
from medspiller.access.selectors.identity import name_of
from medspiller.audit import services as audit
from medspiller.core import person_numbers
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotFound

SIGN_IN, STEP_UP = "sign_in", "step_up"

_STATE, _BROWSER = "access.sign_in.state", "access.sign_in.browser"
# 256 bits for state and nonce, 512 for the verifier.
_SECRET_BYTES, _VERIFIER_BYTES = 32, 64
_NAME_LENGTH, _EMAIL_LENGTH = 200, 254
_METADATA_KEPT = timedelta(days=1)
# Somebody who comes back much too late is still told so, instead of that nothing is known of them.
_ATTEMPT_KEPT = timedelta(hours=1)
_PERSON_NUMBERS = frozenset({person_numbers.Kind.FNR, person_numbers.Kind.DNR, person_numbers.Kind.SYNTHETIC})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """
    Who came back, and what a session needs to know.

    `auth_time` is when they showed who they are; where the provider does not tell, so long
    ago that it counts as recent for nothing. `id_token` is only to be given back to the
    provider at sign-out.
    """

    user: User
    purpose: str
    next_path: str
    sid: str
    acr: str
    amr: str
    auth_time: datetime
    id_token: str = field(repr=False)


def begin_attempt(
    *,
    actor: Actor,
    provider_id: UUID,
    browser: str,
    redirect_uri: str,
    now: datetime,
    next_path: str = "",
    purpose: str = SIGN_IN,
    language: str = "nb",
) -> str:
    """
    Prepare a sign-in and return the address at the provider to send the browser to.

    `browser` is the secret of the browser's cookie. With `purpose="step_up"` the provider
    lets the person show anew who they are, and the answer counts only for the same one.

    :raises NotFound: if there is no such provider in use.
    :raises SignInRefused: UNREACHABLE, NONSENSE, KEY_REFUSED or WRONG_ISSUER.
    """
    provider = Provider.objects.filter(id=provider_id, is_active=True).first()
    if provider is None or (purpose == STEP_UP and actor.kind != provider.kind):
        raise NotFound(provider_id)
    SignInAttempt.objects.filter(created_at__lt=now - _ATTEMPT_KEPT).delete()
    state, nonce = secrets.token_urlsafe(_SECRET_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
    verifier = secrets.token_urlsafe(_VERIFIER_BYTES)
    request = {
        "response_type": "code",
        "scope": provider.scopes,
        "redirect_uri": redirect_uri,
        "state": state,
        "nonce": nonce,
        "code_challenge": pkce.challenge(verifier),
        "code_challenge_method": pkce.METHOD,
        "ui_locales": language,
        **({"acr_values": provider.acr_values} if provider.acr_values else {}),
        **({"prompt": "login", "max_age": "0"} if purpose == STEP_UP else {}),
    }
    try:
        address = client_of(provider.id).authorization_address(
            _metadata(provider, now), request, registration=_registration(provider, now)
        )
    except SignInRefused as refusal:
        raise SignInRefused(refusal.reason, provider_id=provider.id) from refusal
    SignInAttempt.objects.create(
        provider=provider,
        state_hash=keyed_hash(state, purpose=_STATE),
        browser_hash=keyed_hash(browser, purpose=_BROWSER),
        nonce=nonce,
        verifier=verifier,
        purpose=purpose,
        next_path=destinations.local_path(next_path, default=""),
        created_at=now,
    )
    return address


def complete_attempt(
    *,
    actor: Actor,
    kind: ActorKind,
    answer: Mapping[str, Sequence[str]],
    browser: str,
    redirect_uri: str,
    now: datetime,
) -> SignedIn:
    """
    Return who came back from a provider with an answer, their account made if they are new.

    `answer` holds all values of each parameter. What the attempt was used for stays stored
    when this refuses, so that it is used once: the caller lets the transaction stand.

    :raises SignInRefused: with the reason.
    """
    attempt = _take(kind=kind, states=answer.get("state", ()), browser=browser, now=now)
    provider: Provider = attempt.provider
    try:
        identity, id_token = _identity(provider, attempt, answer, redirect_uri=redirect_uri, now=now)
        with transaction.atomic():
            user = _account(provider, identity, tenant_id=actor.tenant_id)
        if attempt.purpose == STEP_UP and user.id != actor.id:
            raise SignInRefused(Reason.OTHER_PERSON)
    except SignInRefused as refusal:
        raise SignInRefused(refusal.reason, provider_id=provider.id) from refusal
    return SignedIn(
        user=user,
        purpose=attempt.purpose,
        next_path=attempt.next_path,
        sid=identity.sid,
        acr=identity.acr[:100],
        amr=" ".join(identity.amr)[:100],
        auth_time=identity.auth_time or now - RECENT_SIGN_IN,
        id_token=id_token,
    )


@transaction.atomic
def _take(*, kind: ActorKind, states: Sequence[str], browser: str, now: datetime) -> SignInAttempt:
    """Use an attempt up. One that belongs to another browser stays as it is: whoever sent the link gains nothing."""
    if len(states) != 1:
        raise SignInRefused(Reason.UNKNOWN_STATE)
    attempt = (
        SignInAttempt.objects.select_for_update(of=("self",))
        .select_related("provider")
        .filter(state_hash=keyed_hash(states[0], purpose=_STATE), provider__kind=kind, provider__is_active=True)
        .first()
    )
    if attempt is None:
        raise SignInRefused(Reason.UNKNOWN_STATE)
    if not browser or bytes(attempt.browser_hash) != keyed_hash(browser, purpose=_BROWSER):
        raise SignInRefused(Reason.OTHER_BROWSER, provider_id=attempt.provider_id)
    if attempt.used_at is not None:
        raise SignInRefused(Reason.ALREADY_USED, provider_id=attempt.provider_id)
    if now >= attempt.created_at + ATTEMPT_LASTS:
        raise SignInRefused(Reason.EXPIRED, provider_id=attempt.provider_id)
    attempt.used_at = now
    attempt.save(update_fields=["used_at"])
    return attempt


def _identity(
    provider: Provider,
    attempt: SignInAttempt,
    answer: Mapping[str, Sequence[str]],
    *,
    redirect_uri: str,
    now: datetime,
) -> tuple[Identity, str]:
    client, metadata = client_of(provider.id), _metadata(provider, now)
    code = oidc.check_answer(answer, issuer=provider.issuer, says_issuer=metadata.says_issuer)
    id_token = client.redeem(
        metadata,
        code=code,
        verifier=str(attempt.verifier),
        redirect_uri=redirect_uri,
        registration=_registration(provider, now),
    )
    expected = Expected(
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=str(attempt.nonce),
        begun_at=attempt.created_at,
        acr_values=tuple(provider.acr_values.split()),
        amr_values=tuple(provider.amr_values.split()),
        fresh=attempt.purpose == STEP_UP,
    )
    claims = client.verified_claims(metadata, id_token)
    return oidc.check_claims(claims, expected=expected, now=now), id_token


def _metadata(provider: Provider, now: datetime) -> Metadata:
    """The provider's addresses, asked for anew once a day. While it is silent, yesterday's are still right."""
    kept: Mapping[str, Any] = provider.metadata
    if not kept or provider.metadata_at is None or now >= provider.metadata_at + _METADATA_KEPT:
        try:
            kept = client_of(provider.id).discover(issuer=provider.issuer)
        except SignInRefused as refusal:
            if not kept or refusal.reason is not Reason.UNREACHABLE:
                raise
        else:
            Provider.objects.filter(id=provider.id).update(metadata=kept, metadata_at=now)
    return read_metadata(kept, issuer=provider.issuer)


def _registration(provider: Provider, now: datetime) -> Registration:
    live = ProviderKey.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=now), provider=provider, valid_from__lte=now
    ).order_by("-valid_from", "-id")
    keys = [SigningKey(kid=key.kid, private_pem=str(key.private_pem)) for key in live]
    return Registration(client_id=provider.client_id, keys=keys)


def _account(provider: Provider, identity: Identity, *, tenant_id: UUID | None) -> User:
    """Find the account of issuer and subject, or make it. A name or an address never identifies (ASVS 6.8.1)."""
    pid = _person_number(identity) if provider.kind == ActorKind.CITIZEN else None
    pid_hash = keyed_hash(pid, purpose=PERSON_NUMBER) if pid else None
    if pid_hash is not None:
        others = User.objects.filter(pid_hash=pid_hash).exclude(issuer=identity.issuer, subject=identity.subject)
        if others.exists():
            raise SignInRefused(Reason.IDENTITY_CONFLICT)
    user, made = User.objects.get_or_create(
        issuer=identity.issuer,
        subject=identity.subject,
        defaults={
            "kind": provider.kind,
            "name": identity.name[:_NAME_LENGTH],
            "email": identity.email[:_EMAIL_LENGTH],
            "password": "",
            "pid": pid,
            "pid_hash": pid_hash,
        },
    )
    if not made and (user.kind != provider.kind or not user.is_active):
        raise SignInRefused(Reason.ACCOUNT_CLOSED if not user.is_active else Reason.IDENTITY_CONFLICT)
    name = name_of(actor=anonymous(tenant_id), user=user)
    person = Person(id=user.id, kind=ActorKind(provider.kind), tenant_id=tenant_id, name=name)
    if made:
        audit.record(actor=person, action="access.register_account", subject_type="access.User", subject_id=user.id)
    else:
        _bring_up_to_date(person, user, identity, pid=pid, pid_hash=pid_hash)
    return user


def _bring_up_to_date(
    person: Person, user: User, identity: Identity, *, pid: str | None, pid_hash: bytes | None
) -> None:
    """Take over what the provider says now: a new name, or the number that came after a D-number."""
    wanted: dict[str, Any] = {
        "name": identity.name[:_NAME_LENGTH] or user.name,
        "email": identity.email[:_EMAIL_LENGTH] or user.email,
    }
    changed = {name: value for name, value in wanted.items() if getattr(user, name) != value}
    if pid_hash is not None and (user.pid_hash is None or bytes(user.pid_hash) != pid_hash):
        changed |= {"pid": pid, "pid_hash": pid_hash}
    if not changed:
        return
    for name, value in changed.items():
        setattr(user, name, value)
    user.save(update_fields=list(changed))
    audit.record(actor=person, action="access.update_account", subject_type="access.User", subject_id=user.id)


def _person_number(identity: Identity) -> str:
    checked = person_numbers.check(identity.pid, test=settings.TEST_PERSON_NUMBERS)
    if not checked.valid or checked.kind not in _PERSON_NUMBERS:
        raise SignInRefused(Reason.BAD_PERSON_NUMBER)
    return identity.pid
