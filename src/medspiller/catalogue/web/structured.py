"""Where the pages of a request stand, and structured data for them."""

import json
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from medspiller.catalogue.domain.outside import json_ld as schema_org
from medspiller.catalogue.domain.outside.values import LANGUAGES, Site
from medspiller.catalogue.models import PublishedOffer
from medspiller.catalogue.selectors import outside
from medspiller.catalogue.web.area import acting
from medspiller.core import clock

# What could end the element that holds it.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def site_of(request: HttpRequest, language: str = "nb", areas: Mapping[str, str] | None = None) -> Site:
    """Return where the pages stand, by the name that was asked for."""
    return Site(base=request.build_absolute_uri("/").rstrip("/"), language=language, areas=areas or {})


def json_ld(request: HttpRequest, row: PublishedOffer) -> SafeString:
    """Return an offer and its coming meetings for a `script` element of type `application/ld+json`, escaped for it."""
    language = get_language() or "nb"
    found = outside.listed(actor=acting(request), rows=[row], after=clock.now())
    site = site_of(request, language if language in LANGUAGES else "nb")
    written = json.dumps(schema_org.document(found, site), ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(written)  # noqa: S308 - every sign that could end the element is written as an escape
