"""
Signing in through a provider, and out again: translates between browser, services and provider.

Sign-in begins with a link, not with a form: the page's content policy lets forms go to this
site only, and a browser holds the whole way of a form to that, the provider's page included.
"""

import base64
import binascii
import secrets
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt

from medspiller.access import refusals, selectors, services
from medspiller.access.declare import public, requires
from medspiller.access.domain import destinations, metadata
from medspiller.access.domain.oidc import ATTEMPT_LASTS
from medspiller.access.domain.sign_in_refusals import SignInRefused
from medspiller.access.domain.throttling import TooManyTries, What
from medspiller.access.web import provider_answers, views
from medspiller.access.web.addresses import client_address
from medspiller.access.web.sessions import confirm_session, open_session, session_of
from medspiller.core import clock, encryption
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound

_COOKIE = "medspiller_sign_in"
_PLAIN_TEXT = "text/plain; charset=utf-8"
_SECRET_BYTES = 32
_SECRET_LENGTH = len(secrets.token_urlsafe(_SECRET_BYTES))
_START: Mapping[ActorKind, str] = MappingProxyType({ActorKind.STAFF: "/arbeid/", ActorKind.CITIZEN: "/min-side/"})
# The ID token, sealed, in the browser's session: it carries a person number.
_ID_TOKEN, _PLACE = "id_token", "session.id_token"


# --- In -----------------------------------------------------------------------------------


@public("one must be able to sign in", methods=("GET", "POST"))
@never_cache
def begin(request: HttpRequest, provider_id: UUID) -> HttpResponse:
    """Send somebody to the provider they chose to sign in with."""
    chosen = [way for way in _ways_in(request, ActorKind.STAFF) if way.id == provider_id]
    return _send_out(request, chosen[0] if chosen else None, purpose=services.SIGN_IN)


@public("one must be able to sign in")
@never_cache
def citizen_begin(request: HttpRequest) -> HttpResponse:
    """Send a citizen to ID-porten."""
    ways = _ways_in(request, ActorKind.CITIZEN)
    return _send_out(request, ways[0] if ways else None, purpose=services.SIGN_IN)


@requires("access.confirm_identity")
@never_cache
def step_up(request: HttpRequest) -> HttpResponse:
    """Let whoever is signed in through a provider show there anew who they are."""
    record = session_of(request)
    ways = _ways_in(request, request.actor.kind) if record is not None else []  # type: ignore[attr-defined]
    own = [way for way in ways if record is not None and way.issuer == record.issuer]
    return _send_out(request, own[0] if own else None, purpose=services.STEP_UP)


@public("the provider sends people back here, signed in nowhere yet")
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    """Take somebody back in: open a session, or note that they have shown anew who they are."""
    kind = refusals.area_of(request.path) or ActorKind.STAFF
    try:
        signed_in = services.complete_attempt(
            actor=request.actor,  # type: ignore[attr-defined]
            kind=kind,
            answer=dict(request.GET.lists()),
            browser=request.COOKIES.get(_cookie_name(), ""),
            redirect_uri=_redirect_uri(request, kind),
            now=clock.now(),
        )
    except SignInRefused as refusal:
        return provider_answers.refused(request, refusal)
    services.clear_tries(actor=request.actor, what=What.SIGN_IN_BEGUN, who=client_address(request))  # type: ignore[attr-defined]
    _note(request, signed_in)
    return _quiet(redirect(destinations.local_path(signed_in.next_path, default=_START[kind])))


@public("a provider must be able to read our public keys")
def our_keys(request: HttpRequest, provider_id: UUID) -> JsonResponse:
    """Publish the keys that we sign with towards one provider (RFC 7517)."""
    keys = selectors.published_keys(actor=request.actor, provider_id=provider_id, now=clock.now())  # type: ignore[attr-defined]
    return JsonResponse({"keys": keys}, content_type="application/jwk-set+json")


# --- Out ----------------------------------------------------------------------------------


@public("one must always be able to sign out", methods=("POST",))
@never_cache
def citizen_sign_out(request: HttpRequest) -> HttpResponse:
    """
    End the session here, then go on to ID-porten to end it there too.

    The way there is a page, not a redirect, since a form may not lead off this site. Only
    the provider is shown its own token again, which it needs to know whose session it is.
    """
    address = _end_session_address(request)
    done = views.sign_out(request)
    if not address:
        return done
    page = render(request, "access/signed_out.html", {"address": address})
    page["Clear-Site-Data"] = done["Clear-Site-Data"]
    page.cookies.update(done.cookies)
    return _quiet(page)


@public("the provider ends a session without our cookie; only who knows its secret name can")
@xframe_options_exempt
@never_cache
def front_channel_sign_out(request: HttpRequest) -> HttpResponse:
    """
    End the sessions that the provider knows by `sid` (OpenID Connect Front-Channel Logout 1.0).

    The answer is the same whether there was one or not. Only the provider may frame it.
    """
    issuer, sid = request.GET.get("iss", ""), request.GET.get("sid", "")
    if "\x00" in issuer + sid:
        return HttpResponseBadRequest("not a name", content_type=_PLAIN_TEXT)
    actor = request.actor  # type: ignore[attr-defined]
    response = HttpResponse("ok", content_type=_PLAIN_TEXT)
    known = selectors.addresses_of(actor=actor, kind=ActorKind.CITIZEN, issuer=issuer)
    if known is None:
        return response
    services.end_sessions_by_sid(actor=actor, issuer=issuer, sid=sid, now=clock.now())
    framers = {metadata.origin(address) for address in (known.issuer, known.end_session_endpoint) if address}
    response._csp_replace = {"frame-ancestors": sorted(framers)}  # type: ignore[attr-defined]
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


# --- Between ------------------------------------------------------------------------------


def _note(request: HttpRequest, signed_in: services.SignedIn) -> None:
    if signed_in.purpose == services.STEP_UP:
        confirm_session(request, acr=signed_in.acr, amr=signed_in.amr, auth_time=signed_in.auth_time)
    else:
        open_session(
            request,
            signed_in.user,
            issuer=signed_in.user.issuer,
            sid=signed_in.sid,
            acr=signed_in.acr,
            amr=signed_in.amr,
            auth_time=signed_in.auth_time,
        )
    if signed_in.user.kind == ActorKind.CITIZEN:
        request.session[_ID_TOKEN] = _seal(signed_in.id_token)


def _ways_in(request: HttpRequest, kind: ActorKind) -> list[selectors.WayIn]:
    return selectors.ways_in(actor=request.actor, kind=kind)  # type: ignore[attr-defined]


def _send_out(request: HttpRequest, way: selectors.WayIn | None, *, purpose: str) -> HttpResponse:
    if way is None:
        raise NotFound("no such way in")
    try:
        _count_beginning(request)
    except TooManyTries as refusal:
        return provider_answers.too_many(request, refusal)
    kind = refusals.area_of(request.path) or ActorKind.STAFF
    secret = request.COOKIES.get(_cookie_name(), "")
    if len(secret) != _SECRET_LENGTH:
        secret = secrets.token_urlsafe(_SECRET_BYTES)
    try:
        address = services.begin_attempt(
            actor=request.actor,  # type: ignore[attr-defined]
            provider_id=way.id,
            browser=secret,
            redirect_uri=_redirect_uri(request, kind),
            next_path=request.GET.get("next", "") or request.POST.get("next", ""),
            purpose=purpose,
            language=get_language() or settings.LANGUAGE_CODE,
            now=clock.now(),
        )
    except SignInRefused as refusal:
        return provider_answers.refused(request, refusal)
    response = _quiet(HttpResponseRedirect(address))
    # The same secret for all that one browser begins, so that two tabs do not spoil each other's sign-in.
    response.set_cookie(
        _cookie_name(),
        secret,
        max_age=ATTEMPT_LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _count_beginning(request: HttpRequest) -> None:
    """Count each, not only those that fail: each is a row here, and may be a question to the provider."""
    actor, address, now = request.actor, client_address(request), clock.now()  # type: ignore[attr-defined]
    services.check_throttle(actor=actor, what=What.SIGN_IN_BEGUN, who=address, now=now)
    services.count_try(actor=actor, what=What.SIGN_IN_BEGUN, who=address, now=now)


def _redirect_uri(request: HttpRequest, kind: ActorKind) -> str:
    scheme = "https" if settings.HTTPS else "http"
    space = "citizen" if kind is ActorKind.CITIZEN else "access"
    return f"{scheme}://{request.get_host()}{reverse(f'{space}:provider_return')}"


def _cookie_name() -> str:
    """Browsers take a cookie of this name from this host only, so that no neighbour can plant one."""
    return f"__Host-{_COOKIE}" if settings.HTTPS else _COOKIE


def _quiet(response: HttpResponse) -> HttpResponse:
    """Let nobody who comes next learn the address, which carries secrets of the sign-in."""
    response["Referrer-Policy"] = "no-referrer"
    return response


def _seal(id_token: str) -> str:
    return base64.b64encode(encryption.encrypt(id_token, place=_PLACE)).decode("ascii")


def _end_session_address(request: HttpRequest) -> str:
    """Where ID-porten ends the session; empty if it was not begun there."""
    record = session_of(request)
    issuer = record.issuer if record is not None else ""
    known = selectors.addresses_of(actor=request.actor, kind=ActorKind.CITIZEN, issuer=issuer)  # type: ignore[attr-defined]
    if known is None or not known.end_session_endpoint:
        return ""
    scheme = "https" if settings.HTTPS else "http"
    home = f"{scheme}://{request.get_host()}{resolve_url(settings.LOGOUT_REDIRECT_URL)}"
    query = {"post_logout_redirect_uri": home, **_hint(request)}
    joint = "&" if "?" in known.end_session_endpoint else "?"
    return f"{known.end_session_endpoint}{joint}{urlencode(query)}"


def _hint(request: HttpRequest) -> dict[str, str]:
    """
    The token that tells the provider whose session it is; nothing if it cannot be opened any more.

    It carries a person number, and so is sent only because ID-porten needs it: without a hint
    it ends its session, but does not send the person back to `post_logout_redirect_uri`, and
    it documents no `client_id` in its place (docs/security/sign-out.md).
    """
    try:
        sealed = base64.b64decode(request.session.get(_ID_TOKEN, ""), validate=True)
        return {"id_token_hint": encryption.decrypt(sealed, place=_PLACE)} if sealed else {}
    except (binascii.Error, encryption.NoSuchKey, encryption.NotOurs):
        return {}
