"""What surrounds every request: safe headers, one transaction, one tenant, one actor, and a closed door."""

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from medspiller.access import refusals, selectors, services
from medspiller.access.declare import answered
from medspiller.access.domain.actors import Actor, anonymous
from medspiller.access.domain.sessions import (
    LIMITS,
    RECORD_KEY,
    TENANT_KEY,
    WARN_BEFORE,
    EndReason,
    SessionState,
    is_recent,
    state_at,
)
from medspiller.access.models import SessionRecord, User
from medspiller.audit import services as audit
from medspiller.core import clock, errors, tenancy
from medspiller.core.actors import ActorKind
from medspiller.organisations import selectors as organisations

logger = logging.getLogger(__name__)

Respond = Callable[[HttpRequest], HttpResponseBase]

# Answers about the process itself: no transaction, no tenant, no actor.
PROCESS_PATHS = frozenset({"/healthz"})
# Asking how long a session lasts is no use of it.
_QUIET_PATHS = frozenset({"/arbeid/okt/", "/min-side/okt/"})
_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
        *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
        *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
    )
)
_DEVICE_COOKIE_SECONDS = 365 * 24 * 3600


class SafeHeaders:
    """
    Give every answer the headers that are not already Django's or the content policy's.

    Outermost, so that static files and faults have them too. Referrer-Policy stays
    `same-origin` on personal pages as elsewhere: with `no-referrer` browsers send
    `Origin: null` with every form, which the check against forged requests must refuse.
    """

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_personal(request):
            response["Cache-Control"] = "no-store"
        return response


class UnitOfWork:
    """
    Run the request in one transaction, kept only if the answer is not a fault.

    The answer leaves after the commit: what a person is told was stored, is stored. A
    refusal is written to the access log afterwards, in a transaction of its own, since
    the refused one is rolled back; so are tries that were counted against guessing.
    """

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in PROCESS_PATHS:
            return self.get_response(request)
        with services.TriesOfRequest() as tries:
            with transaction.atomic():
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
            tries.write()
        refusal = getattr(request, "refusal", None)
        if refusal is not None:
            audit.record_refusal(actor=request.actor, refusal=refusal)  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        transaction.set_rollback(True)
        # What the session was told is undone with the rest; storing it would be a query too many.
        request.session.modified = False
        if isinstance(exception, errors.NotFound):
            if exception.refusal is not None:
                request.refusal = exception.refusal  # type: ignore[attr-defined]
            raise Http404
        if isinstance(exception, errors.NotAllowed):
            return refusals.not_allowed(request, exception)
        return None


@dataclass(frozen=True, slots=True)
class SessionNotice:
    """What a page says of its session: when it closes, and where to ask and answer about it."""

    closes_at: datetime
    seconds_left: int
    warn_seconds: int
    can_be_prolonged: bool
    address: str
    sign_out: str


class WhoActs:
    """Find out which tenant the request belongs to and who acts, and tell the database."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in PROCESS_PATHS:
            return self.get_response(request)
        request.session_record = request.session_over = request.session_notice = None  # type: ignore[attr-defined]
        request.session_mark = ""  # type: ignore[attr-defined]
        request.actor = self._signed_in(request) or self._nobody(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        self._know_again(request, response)
        return response

    def _nobody(self, request: HttpRequest) -> Actor:
        request.user = AnonymousUser()
        tenant_id = organisations.tenant_for(
            actor=anonymous(None),
            host=request.get_host().split(":")[0],
            default_number=settings.DEFAULT_MUNICIPALITY,
        )
        nobody = anonymous(tenant_id)
        if tenant_id is not None:
            tenancy.enter_tenant(tenant_id=tenant_id, actor_id=nobody.id)
        return nobody

    def _signed_in(self, request: HttpRequest) -> Actor | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        tenant, key, user_id = (request.session.get(name) for name in (TENANT_KEY, RECORD_KEY, SESSION_KEY))
        if not (tenant and key and user_id):
            return None
        nobody, now = anonymous(UUID(tenant)), clock.now()
        # The session says who; that it is live is known only from its record, a row of that tenant.
        tenancy.enter_tenant(tenant_id=UUID(tenant), actor_id=UUID(user_id))
        record = selectors.session_by_key(actor=nobody, key=key)
        state = self._state(request, record, now=now)
        if record is None or state is not SessionState.LIVE:
            self._let_go(request, record, state, now=now)
            return None
        actor = selectors.actor_for(
            actor=nobody,
            user=record.user,
            organisation=record.organisation,  # type: ignore[attr-defined]  # read with it
            today=clock.today(),
            now=now,
        )
        if not _is_quiet(request):
            record.seen_at = services.touch(actor=actor, session_id=record.id, seen_at=record.seen_at, now=now)
        self._tell(request, record, now=now)
        return actor

    def _state(self, request: HttpRequest, record: SessionRecord | None, *, now: datetime) -> SessionState:
        """What the session is; one that does not fit its account any more counts as ended."""
        if record is None:
            return SessionState.ENDED
        user: User = record.user
        fits = (
            str(user.id) == request.session[SESSION_KEY]
            and user.is_active
            and user.kind == record.kind
            # A changed password ends every session but the one it was changed in.
            and hmac.compare_digest(request.session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
        )
        return state_at(record.times, now=now) if fits else SessionState.ENDED

    def _let_go(
        self, request: HttpRequest, record: SessionRecord | None, state: SessionState, *, now: datetime
    ) -> None:
        request.session_over = state  # type: ignore[attr-defined]
        if _is_quiet(request):
            return
        if record is not None and record.ended_at is None:
            name = selectors.name_of(actor=anonymous(record.tenant_id), user=record.user)
            owner = Actor(id=record.user_id, kind=ActorKind(record.kind), tenant_id=record.tenant_id, name=name)
            services.end_session(actor=owner, session_id=record.id, now=now, reason=_REASONS[state])
        request.session.flush()
        messages.warning(request, _why(state, record), fail_silently=True)

    def _tell(self, request: HttpRequest, record: SessionRecord, *, now: datetime) -> None:
        request.user = record.user
        times = record.times
        area = "/min-side/" if times.kind is ActorKind.CITIZEN else "/arbeid/"
        request.session_record = record  # type: ignore[attr-defined]
        request.session_mark = refusals.mark_of(tenant_id=record.tenant_id, user_id=record.user_id)  # type: ignore[attr-defined]
        request.session_notice = SessionNotice(  # type: ignore[attr-defined]
            closes_at=times.closes_at,
            seconds_left=int((times.closes_at - now).total_seconds()),
            warn_seconds=int(WARN_BEFORE.total_seconds()),
            can_be_prolonged=times.can_be_prolonged,
            address=refusals.route_of(area, "session"),
            sign_out=refusals.route_of(area, "sign_out"),
        )

    def _know_again(self, request: HttpRequest, response: HttpResponseBase) -> None:
        token = getattr(request, "device_token", "")
        if token:
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                token,
                max_age=_DEVICE_COOKIE_SECONDS,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )


class DeclaredMethods:
    """
    Answer a method that a route does not declare with 405, before its form's token is asked for.

    Else other programs that try PUT, or a method that nobody knows, are told that a page had been open for too long.
    """

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], *_: object) -> HttpResponseBase | None:
        declared = getattr(view, "allowed_methods", None)
        if declared is None or request.method in answered(declared):
            return None
        return HttpResponseNotAllowed(answered(declared))


class ClosedByDefault:
    """Let a request through to its view only if the view's declaration allows it."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], *_: object) -> HttpResponseBase | None:
        if not getattr(view, "csrf_exempt", False) and refusals.is_somebody_elses(request):
            return refusals.somebody_else(request)
        if getattr(view, "public_reason", None):
            return None
        action = getattr(view, "required_action", None)
        if action is None:
            logger.error("access.undeclared_route", extra={"view": f"{view.__module__}.{view.__qualname__}"})
            raise PermissionDenied
        actor: Actor = request.actor  # type: ignore[attr-defined]
        area = refusals.area_of(request.path)
        # A session is staff or citizen, never both: in the other's part of the site it is nobody's.
        if actor.kind is ActorKind.ANONYMOUS or (area is not None and actor.kind is not area):
            return refusals.must_sign_in(request)
        if not actor.may(action):
            return refusals.not_allowed(request, errors.NotAllowed(action=action, reason="role"))
        record: SessionRecord = request.session_record  # type: ignore[attr-defined]
        if getattr(view, "recent_sign_in", False) and not is_recent(auth_time=record.auth_time, now=clock.now()):
            return refusals.must_confirm(request)
        return None


_REASONS = {
    SessionState.IDLE: EndReason.IDLE,
    SessionState.EXPIRED: EndReason.EXPIRED,
    SessionState.ENDED: EndReason.ACCOUNT,
}


def _why(state: SessionState, record: SessionRecord | None) -> str:
    if record is not None and state is SessionState.IDLE:
        minutes = int(LIMITS[ActorKind(record.kind)].inactivity.total_seconds() // 60)
        return _("You were signed out because nothing was done for %(minutes)s minutes.") % {"minutes": minutes}
    if state is SessionState.EXPIRED:
        return _("You were signed out because you had been signed in for as long as is allowed at a time.")
    return _("You were signed out from another place. If you do not know why, tell us after you have signed in.")


def _is_quiet(request: HttpRequest) -> bool:
    return request.method == "GET" and request.path in _QUIET_PATHS


def _is_personal(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    signed_in = actor is not None and actor.kind is not ActorKind.ANONYMOUS
    return signed_in or refusals.area_of(request.path) is not None
