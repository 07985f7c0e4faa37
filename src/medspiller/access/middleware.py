"""
What surrounds every request: one transaction, one tenant, one actor, and a closed door.
"""

import logging
from collections.abc import Callable
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from medspiller.access import selectors
from medspiller.access.domain.actors import anonymous
from medspiller.audit import services as audit
from medspiller.core import clock, errors, tenancy
from medspiller.core.actors import ActorKind
from medspiller.organisations import selectors as organisations

logger = logging.getLogger(__name__)

Respond = Callable[[HttpRequest], HttpResponseBase]

# Answers about the process itself: no transaction, no tenant, no actor.
PROCESS_PATHS = frozenset({"/healthz"})


class UnitOfWork:
    """
    Run the request in one transaction, kept only if the answer is not a fault.

    The answer leaves after the commit: what a person is told was stored, is stored. A
    refusal is written to the access log afterwards, in a transaction of its own, since
    the refused one is rolled back.
    """

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in PROCESS_PATHS:
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        refusal = getattr(request, "refusal", None)
        if refusal is not None:
            actor = request.actor  # type: ignore[attr-defined]
            if actor.tenant_id is not None:
                audit.record_refusal(actor=actor, refusal=refusal)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        transaction.set_rollback(True)
        if isinstance(exception, errors.NotFound):
            raise Http404
        if isinstance(exception, errors.NotAllowed):
            _refuse(request, exception)
        return None


class WhoActs:
    """Find out which tenant the request belongs to and who acts, and tell the database."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in PROCESS_PATHS:
            request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> object:
        nobody = anonymous(None)
        signed_in_for = self._tenant_of_session(request)
        tenant_id = signed_in_for or organisations.tenant_for(
            actor=nobody, host=request.get_host().split(":")[0], default_number=settings.DEFAULT_MUNICIPALITY
        )
        if tenant_id is None:
            return nobody
        nobody = anonymous(tenant_id)
        tenancy.enter_tenant(tenant_id=tenant_id, actor_id=nobody.id)
        if signed_in_for is None or not request.user.is_authenticated:
            return nobody
        tenant = organisations.tenant(actor=nobody)
        actor = selectors.actor_for(
            actor=nobody, user=request.user, organisation=tenant.name, today=clock.today(), now=clock.now()
        )
        tenancy.enter_tenant(tenant_id=tenant_id, actor_id=actor.id)
        return actor

    def _tenant_of_session(self, request: HttpRequest) -> UUID | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        value = request.session.get("tenant_id")
        return UUID(value) if value else None


class ClosedByDefault:
    """Let a request through to its view only if the view's declaration allows it."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., object], *_: object) -> HttpResponseBase | None:
        if getattr(view, "public_reason", None):
            return None
        action = getattr(view, "required_action", None)
        if action is None:
            logger.error("access.undeclared_route", extra={"view": f"{view.__module__}.{view.__qualname__}"})
            raise PermissionDenied
        actor = request.actor  # type: ignore[attr-defined]
        if actor.may(action):
            return None
        if actor.kind is ActorKind.ANONYMOUS:
            return redirect(f"{reverse('access:sign_in')}?{urlencode({'next': request.get_full_path()})}")
        return _refuse(request, errors.NotAllowed(action=action, reason="role"))


def _refuse(request: HttpRequest, refusal: errors.NotAllowed) -> NoReturn:
    """Answer 403, and leave the refusal where `UnitOfWork` finds it after the rollback."""
    request.refusal = refusal  # type: ignore[attr-defined]
    raise PermissionDenied
