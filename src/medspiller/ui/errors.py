"""
What is shown when a page cannot be: same look as the rest, plain words, and a way on.

None of them runs a query. 500 and 503 trust nothing of the request but its path and cookies, and fall back to a page
without any template if even that fails.
"""

import logging
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from medspiller.ui import appearance, languages

logger = logging.getLogger(__name__)

STAFF_PATH, CARER_PATH = "/arbeid/", "/min-side/"
# Long enough for a database to start again.
RETRY_SECONDS = 30

_BARE = (
    '<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>{title} – Medspiller</title></head>'
    '<body><main><h1>{title}</h1><p>{text}</p><p><a href="/">Til forsiden</a></p>'
    "<p>Er det fare for liv? Ring 113. Legevakt: 116 117.</p></main></body></html>"
)

Words = str | Promise


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the address or what was sent cannot be understood."""
    return _answer(
        request,
        status=400,
        title=_("We did not understand that"),
        text=_("Something in the address or the form was not as we expected. Nothing has been stored."),
        hints=[_("Go back and try once more."), _("If you followed a link, it may have been cut off.")],
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: the page exists, and this may not be done by whoever asks."""
    return _answer(
        request,
        status=403,
        title=_("You do not have access to this"),
        text=_("You are not allowed to do this with the role you have now."),
        hints=[
            _("If you have another role, sign in with that one."),
            _("If you need this for your work, ask the leader of your unit."),
        ],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: no such page, or none that this person may know of."""
    return _answer(
        request,
        status=404,
        title=_("We cannot find this page"),
        text=_("The page may have been moved, or it may not be yours to see."),
        hints=[_("Check that the address is right."), _("Start from the front page and look there.")],
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413: more was sent than any form of ours takes."""
    return _answer(
        request,
        status=413,
        title=_("That was too much at once"),
        text=_("The files were too large together, so we did not take them. Nothing has been stored."),
        hints=[_("Send fewer files at a time, or smaller ones."), _("Each form says how large a file may be.")],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403: a form came without its token, most often because the page had been open for long."""
    return _answer(
        request,
        status=403,
        title=_("The page had been open for too long"),
        text=_("To be safe, we did not accept the form. Nothing has been stored."),
        hints=[
            _("Go back, reload the page and send the form again."),
            _("Your browser must accept cookies from this site."),
        ],
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500: something broke that nobody foresaw."""
    return _fault(
        request,
        status=500,
        title=_("Something went wrong on our side"),
        text=_("It is not your fault. What you sent last has not been stored. The fault has been noted."),
    )


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 503: the database cannot be reached just now."""
    response = _fault(
        request,
        status=503,
        title=_("We will be back shortly"),
        text=_("The service is not available just now. What you sent last has not been stored. Try again in a minute."),
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def answer(
    request: HttpRequest,
    *,
    status: int,
    title: Words,
    text: Words,
    template: str = "ui/errors/page.html",
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    """
    Answer with a page of this look that runs no query, for refusals that other packages have pages for.

    `template` is given `error_title`, `error_text`, `way_on`, `other_way`, `acute` and what `more` holds.
    """
    words = _words(request, status=status, title=title, text=text)
    context = {**_base_context(request), **words, **(more or {})}
    return HttpResponse(render_to_string(template, context), status=status)


def _answer(request: HttpRequest, *, status: int, title: Words, text: Words, hints: list[Words]) -> HttpResponse:
    return answer(request, status=status, title=title, text=text, more={"error_hints": hints})


def _fault(request: HttpRequest, *, status: int, title: Words, text: Words) -> HttpResponse:
    """The page of a fault. Whatever fails here is logged, and the bare page stands in."""
    try:
        words = _words(request, status=status, title=title, text=text)
        again = request.path if request.method == "GET" else ""
        context = {**_base_context(request), **words, "again": again, "acute": not _at_work(request)}
        page: str = render_to_string("ui/errors/page.html", context)
    except Exception:
        logger.exception("ui.error_page_failed")
        with translation.override("nb"):
            page = _BARE.format(title=escape(title), text=escape(text))
    return HttpResponse(page, status=status)


def _base_context(request: HttpRequest) -> dict[str, object]:
    """
    What the layout needs, read from the request alone.

    Context processors are not run: they would touch the session, and show menus of an actor who may not be known.
    """
    return {
        "ui_theme": appearance.chosen(request).value,
        "ui_language": languages.shown(request),
        "ui_languages": languages.choices(request) if request.method == "GET" else [],
        "ui_here": request.get_full_path() if request.method == "GET" else "/",
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "demo": settings.DEMO,
    }


def _words(request: HttpRequest, *, status: int, title: Words, text: Words) -> dict[str, object]:
    staff = _at_work(request)
    to_front = {"href": "/", "text": _("To the front page")}
    if staff:
        ways = {"way_on": {"href": STAFF_PATH, "text": _("To my work")}}
        ways["other_way"] = {"href": f"{STAFF_PATH}hjelp/", "text": _("What is where")}
    elif request.path.startswith(CARER_PATH):
        ways = {"way_on": {"href": CARER_PATH, "text": _("To my page")}, "other_way": to_front}
    else:
        ways = {"way_on": to_front, "other_way": {"href": "/tilbud/", "text": _("See what help there is")}}
    return {"status": status, "error_title": title, "error_text": text, "acute": not staff, **ways}


def _at_work(request: HttpRequest) -> bool:
    return request.path.startswith(STAFF_PATH)
