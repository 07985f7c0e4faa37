"""Calendars of meetings, to be opened once or subscribed to. Nobody is named in them."""

import hashlib
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

from medspiller.access.declare import public
from medspiller.catalogue import selectors
from medspiller.catalogue.domain.outside import calendar as calendars
from medspiller.catalogue.domain.outside.values import LANGUAGES, Listed, Site
from medspiller.catalogue.selectors import outside
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.structured import site_of
from medspiller.core import clock

_OPEN = "anybody may see when people meet"
_KEPT_SECONDS = 900
# What was a short while ago still stands in a calendar that is subscribed to.
_BACK = timedelta(days=14)
_MOST_MEETINGS = 400
_MOST_GROUPS = 100


@public(_OPEN)
def calendar(request: HttpRequest, offer_name: str) -> HttpResponseBase:
    """Give the meetings of one offer."""
    actor = acting(request)
    row = selectors.offer_by_slug(actor=actor, slug=offer_name, on=clock.today())
    (found,) = outside.listed(actor=actor, rows=[row], after=clock.now() - _BACK)
    written = calendars.offer_calendar(found, _site(request), now=clock.now())
    return _file(request, written, name=offer_name)


@public(_OPEN)
def all_calendars(request: HttpRequest) -> HttpResponseBase:
    """Give the meetings of all offers that readers here are shown."""
    actor, now = acting(request), clock.now()
    found = outside.calendar(actor=actor, start=now - _BACK, most=_MOST_MEETINGS)
    dated = {each.id for each in found}
    found += [each for each in outside.weekly_groups(actor=actor, most=_MOST_GROUPS) if each.id not in dated]
    site = _site(request)
    written = calendars.all_calendars(found, site, name=calendars.called(site), now=_changed(found, now))
    return _file(request, written, name="kalender")


def _changed(found: list[Listed], now: datetime) -> datetime:
    return max((each.changed_at for each in found if each.changed_at), default=now)


def _site(request: HttpRequest) -> Site:
    language = get_language() or "nb"
    return site_of(request, language if language in LANGUAGES else "nb")


def _file(request: HttpRequest, written: bytes, *, name: str) -> HttpResponseBase:
    response = HttpResponse(written, content_type=calendars.MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    response["ETag"] = quote_etag(hashlib.sha256(written).hexdigest()[:32])
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
