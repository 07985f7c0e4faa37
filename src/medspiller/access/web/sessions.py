"""The session of somebody who has shown who they are."""

import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from medspiller.access import selectors, services
from medspiller.access.domain.actors import Actor, anonymous
from medspiller.access.domain.devices import device_name
from medspiller.access.domain.sessions import RECORD_KEY, TENANT_KEY, EndReason
from medspiller.access.models import SessionRecord, User
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind

BACKEND = "django.contrib.auth.backends.ModelBackend"
# 256 bits each: what finds the record of a session, and what a browser is known by.
_SECRET_BYTES = 32
_SECRET_LENGTH = len(secrets.token_urlsafe(_SECRET_BYTES))


def open_session(
    request: HttpRequest,
    user: User,
    *,
    issuer: str,
    sid: str = "",
    acr: str = "",
    amr: str = "",
    auth_time: datetime | None = None,
) -> SessionRecord:
    """
    Begin a session for an account, ending any other that this browser had.

    The session is the account's tenant's from now on, whatever host name it is used under.
    `auth_time` is when the person showed who they are, if the issuer says that it was
    before now. Whoever is new in this browser is told so on the next page.
    """
    now = clock.now()
    close_session(request, reason=EndReason.REPLACED)
    tenancy.enter_tenant(tenant_id=user.tenant_id, actor_id=user.id)
    login(request, user, backend=BACKEND)
    actor = _owner(user)
    key, device = secrets.token_urlsafe(_SECRET_BYTES), device_name(request.headers.get("User-Agent", ""))
    record = services.start_session(
        actor=actor,
        user=user,
        key=key,
        issuer=issuer,
        sid=sid,
        acr=acr,
        amr=amr,
        auth_time=auth_time or now,
        device=device,
        now=now,
    )
    request.session[TENANT_KEY] = str(user.tenant_id)
    request.session[RECORD_KEY] = key
    _recognise(request, actor, user, device=device, now=now)
    return record


def close_session(request: HttpRequest, *, reason: EndReason = EndReason.SIGNED_OUT) -> None:
    """End the session that the request belongs to, if any, and let the browser forget it."""
    record = session_of(request)
    if record is not None and record.ended_at is None:
        tenancy.enter_tenant(tenant_id=record.tenant_id, actor_id=record.user_id)
        services.end_session(actor=_owner(record.user), session_id=record.id, reason=reason, now=clock.now())
    logout(request)
    request.session_record = None  # type: ignore[attr-defined]


def cleared(response: HttpResponse) -> HttpResponse:
    """
    Let the answer to a sign-out clear what the browser keeps (ASVS 5.0 V14.3.1).

    The cookies of session and forms are taken back one by one. To clear `"cookies"` as a
    whole would also forget the language and colours somebody needs in order to read us,
    and that this browser is known.
    """
    response["Clear-Site-Data"] = '"cache", "storage"'
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        response.set_cookie(name, "", max_age=0, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def confirm_session(
    request: HttpRequest, *, acr: str = "", amr: str = "", auth_time: datetime | None = None
) -> SessionRecord:
    """
    Note that the person of this session has shown who they are once more, as before a sensitive act.

    The caller has checked that it is the same person. The cookie gets a new value
    (ASVS 5.0 V7.2.4); forms that are open stay usable.

    :raises NotFound: if the session is not live any more.
    """
    record, now = session_of(request), clock.now()
    session_id = record.id if record is not None else UUID(int=0)
    renewed = services.renew_proof(
        actor=request.actor,  # type: ignore[attr-defined]
        session_id=session_id,
        auth_time=auth_time or now,
        acr=acr,
        amr=amr,
        now=now,
    )
    request.session.cycle_key()
    return renewed


def session_of(request: HttpRequest) -> SessionRecord | None:
    """Return the record of the live session that the request belongs to; None for whoever is not signed in."""
    return getattr(request, "session_record", None)


def _owner(user: User) -> Actor:
    name = selectors.name_of(actor=anonymous(user.tenant_id), user=user)
    return Actor(id=user.id, kind=ActorKind(user.kind), tenant_id=user.tenant_id, name=name)


def _recognise(request: HttpRequest, actor: Actor, user: User, *, device: str, now: datetime) -> None:
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if len(token) != _SECRET_LENGTH:
        token = secrets.token_urlsafe(_SECRET_BYTES)
    # The answer does not exist yet: `WhoActs` puts the cookie on it.
    request.device_token = token  # type: ignore[attr-defined]
    if services.recognise_device(actor=actor, user=user, token=token, device=device, now=now):
        return
    text = _("You have not signed in from this browser before. If you know that it was you, you need do nothing.")
    messages.info(request, text, fail_silently=True)
