"""
What a request is answered with that may not go on: pages that say why, and give back what was typed.

What was typed is kept nowhere but on the page itself, which no cache stores: not in the
database, since it may be about somebody the person may no longer write about, and not in
the browser, where the next person to sit down would find it.
"""

import hmac
from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from medspiller.access.domain import typed_text
from medspiller.access.domain.typed_text import MARK_FIELD, TypedText
from medspiller.core.actors import ActorKind
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotAllowed
from medspiller.ui import errors as pages
from medspiller.ui.forms import Form

_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_MARK_LENGTH = 32
# Part of the site → who it is for; the name of its pages begins with the second word.
_AREAS = {"/arbeid/": (ActorKind.STAFF, "access"), "/min-side/": (ActorKind.CITIZEN, "citizen")}

Words = str | Promise


def area_of(path: str) -> ActorKind | None:
    """Return whom a part of the site is for; None for what is for all."""
    return next((kind for start, (kind, _name) in _AREAS.items() if path.startswith(start)), None)


def space_of(path: str) -> str:
    """Return what the names of an area's routes begin with; staff's where there is no area."""
    return next((space for start, (_kind, space) in _AREAS.items() if path.startswith(start)), "access")


def route_of(path: str, name: str, *arguments: object) -> str:
    """Return the address of a page that each area has its own of, such as `sign_in`."""
    return reverse(f"{space_of(path)}:{name}", args=arguments)


def home_of(path: str) -> str:
    """Return where an area begins; where staff begins outside any."""
    return next((start for start in _AREAS if path.startswith(start)), "/arbeid/")


def mark_of(*, tenant_id: object, user_id: object) -> str:
    """
    Return what forms carry to say for whom they were shown.

    It is a person's, not a session's: whoever signs in again as the same person may still
    send a form that was open, and somebody else may not.
    """
    return keyed_hash(f"{tenant_id}:{user_id}", purpose="access.session_mark").hex()[:_MARK_LENGTH]


def is_somebody_elses(request: HttpRequest) -> bool:
    """Say whether a form was shown to another person than the one who is signed in now."""
    sent, own = _sent_mark(request), getattr(request, "session_mark", "")
    return bool(sent and own) and not hmac.compare_digest(sent.encode(), own.encode())


def must_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send whoever is not signed in to where they can; a form comes back with what was typed."""
    address = f"{route_of(request.path, 'sign_in')}?{urlencode({'next': page_behind(request)})}"
    typed = _typed(request)
    if not typed.texts:
        return _go(request, address)
    return _answer(
        request,
        typed,
        status=403,
        title=gettext_lazy("You are signed out"),
        text=gettext_lazy("You were signed out before the form was sent. Nothing has been stored."),
        steps=[
            gettext_lazy("Sign in again with the link below. It opens in a new tab."),
            gettext_lazy("Come back to this tab, and send the form again or copy what you wrote."),
        ],
        way_on=(address, gettext_lazy("Sign in in a new tab")),
        may_resend=True,
    )


def must_confirm(request: HttpRequest) -> HttpResponseBase:
    """Ask whoever is signed in to show once more who they are, before something that matters much."""
    address = f"{route_of(request.path, 'confirm')}?{urlencode({'next': page_behind(request)})}"
    typed = _typed(request)
    if not typed.texts:
        return _go(request, address)
    return _answer(
        request,
        typed,
        status=403,
        title=gettext_lazy("Show once more that it is you"),
        text=gettext_lazy("For this you must have signed in during the last few minutes. Nothing has been stored yet."),
        steps=[
            gettext_lazy("Confirm with the link below. It opens in a new tab."),
            gettext_lazy("Come back to this tab, and send the form again or copy what you wrote."),
        ],
        way_on=(address, gettext_lazy("Confirm in a new tab")),
        may_resend=True,
    )


def somebody_else(request: HttpRequest) -> HttpResponse:
    """Answer 409: the form was shown to one person, and another is signed in now."""
    return _answer(
        request,
        _typed(request),
        status=409,
        title=gettext_lazy("Somebody else is signed in now"),
        text=gettext_lazy(
            "This form was opened by another person than the one who is signed in now, perhaps in another tab."
            " To be safe, we did not accept it. Nothing has been stored."
        ),
        steps=[gettext_lazy("Copy what you want to keep, and sign in again as the person who wrote it.")],
    )


def not_allowed(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """Answer 403, and leave the refusal where `UnitOfWork` finds it for the access log."""
    request.refusal = refusal  # type: ignore[attr-defined]
    typed = _typed(request)
    if not typed.texts:
        return pages.forbidden(request)
    return _answer(
        request,
        typed,
        status=403,
        title=gettext_lazy("You do not have access to this"),
        text=gettext_lazy("You are not allowed to do this with the role you have now. Nothing has been stored."),
        steps=[
            gettext_lazy("A role may have ended while the form was open. Copy what you want to keep."),
            gettext_lazy("If you need this for your work, ask the leader of your unit."),
        ],
    )


def draft_refused(request: HttpRequest, why: str) -> HttpResponse:
    """Answer 422, with what was typed: it could not be kept as a draft."""
    return _answer(
        request,
        _typed(request),
        status=422,
        title=gettext_lazy("The draft is not saved"),
        text=why,
        steps=[gettext_lazy("Copy what you want to keep, or go back to the form with your browser’s back button.")],
    )


def note(request: HttpRequest, *, action: str, reason: str, subject_id: UUID | None = None) -> None:
    """
    Leave a refusal that has an answer of its own where `UnitOfWork` finds it for the access log.

    Nothing is left where no tenant is known: then there is no log to write it in.
    """
    if request.actor.tenant_id is not None:  # type: ignore[attr-defined]
        request.refusal = NotAllowed(action=action, reason=reason, subject_id=subject_id)  # type: ignore[attr-defined]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    Answer a form that came without its token.

    Only what our own pages sent is shown again, so that no other site can put words here.
    It can be sent once more with a new token only if it carries the mark of the person who
    is signed in: that proves that the form was shown to them.
    """
    if not _is_from_here(request):
        return pages.csrf_failure(request, reason)
    if is_somebody_elses(request):
        return somebody_else(request)
    typed = _typed(request)
    if not typed.texts:
        return pages.csrf_failure(request, reason)
    own = getattr(request, "session_mark", "")
    return _answer(
        request,
        typed,
        status=403,
        title=gettext_lazy("The page had been open for too long"),
        text=gettext_lazy("To be safe, we did not accept the form yet. Nothing has been stored."),
        steps=[gettext_lazy("Look through what you wrote. It is below.")],
        may_resend=bool(own) and _sent_mark(request) == own,
    )


def page_behind(request: HttpRequest) -> str:
    """Return the page that somebody was on: this one, or the one whose form or part was sent."""
    asked_by_part = getattr(getattr(request, "htmx", None), "current_url_abs_path", None)
    if asked_by_part:
        return str(asked_by_part)
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = urlsplit(request.headers.get("Referer", ""))
    path = before.path + (f"?{before.query}" if before.query else "")
    is_ours = before.netloc == request.get_host() and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else request.path


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    # A part that HTMX asked for must not be filled with a sign-in page.
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)


def _sent_mark(request: HttpRequest) -> str:
    if request.method not in _UNSAFE:
        return ""
    return request.headers.get("X-Session-Mark", "") or _fields(request).get(MARK_FIELD, "")


def _fields(request: HttpRequest) -> dict[str, str]:
    try:
        return request.POST.dict()  # type: ignore[return-value]
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation):
        return {}


def _typed(request: HttpRequest) -> TypedText:
    if request.method != "POST" or not _fields(request):
        return TypedText()
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return typed_text.kept(pairs, has_files=bool(request.FILES))  # type: ignore[arg-type]


def _is_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    if origin:
        return urlsplit(origin).netloc == request.get_host()
    return request.headers.get("Sec-Fetch-Site", "") == "same-origin"


def _answer(
    request: HttpRequest,
    typed: TypedText,
    *,
    status: int,
    title: Words,
    text: Words,
    steps: Sequence[Words],
    way_on: tuple[str, Words] | None = None,
    may_resend: bool = False,
) -> HttpResponse:
    more = {
        "steps": steps,
        "typed": _shown(typed),
        "sign_in": way_on,
        "resend": typed.fields if may_resend else (),
        "resend_to": request.get_full_path(),
        # For whom the form was shown, not who is signed in now.
        "session_mark": _sent_mark(request),
        "csrf_token": get_token(request),
    }
    response = pages.answer(
        request, status=status, title=title, text=text, template="access/typed_text_kept.html", more=more
    )
    response["Cache-Control"] = "no-store"
    # HTMX shows no answer of this status otherwise.
    response["X-Whole-Page"] = "1"
    return response


def _shown(typed: TypedText) -> Form:
    """What was typed, as fields that can be marked and copied but not changed."""
    shown = Form(auto_id="typed-%s")
    for number, text in enumerate(typed.texts, start=1):
        shown.fields[str(number)] = forms.CharField(
            label=_("What you wrote, %(number)s of %(all)s") % {"number": number, "all": len(typed.texts)},
            required=False,
            initial=text,
            widget=forms.Textarea(attrs={"readonly": True, "rows": min(12, 2 + text.count("\n") + len(text) // 80)}),
        )
    return shown
