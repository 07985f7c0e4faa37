"""What search engines may look at: the open pages, every offer, every right and every plan."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from medspiller.access.declare import public
from medspiller.catalogue import selectors as catalogue
from medspiller.core import clock
from medspiller.portal.web.composing import acting
from medspiller.rights import selectors as rights
from medspiller.strategy.selectors import public as strategy

# A file of the protocol holds at most 50,000 addresses; more are parted among several, which an index names.
MOST = 45_000
_KEPT_SECONDS = 3600
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OPEN_PAGES = (
    *("portal:front", "catalogue:find", "catalogue:choose", "rights:start", "rights:every_right"),
    *("portal:someone_to_talk_to", "portal:help_now", "portal:young", "portal:young_8", "portal:young_13"),
    *("portal:young_16", "portal:contact", "portal:privacy", "portal:accessibility", "portal:without_net"),
    "plan:plans",
)


@public("search engines ask for this")
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the open pages; where they are too many for one file, the files."""
    offers = catalogue.visible(actor=acting(request), on=clock.today()).order_by("id")
    wanted = request.GET.get("del", "")
    parts = -(-offers.count() // MOST)
    if parts > 1 and not wanted:
        address = request.build_absolute_uri(reverse("portal:sitemap"))
        files = "".join(f"<sitemap><loc>{address}?del={part}</loc></sitemap>" for part in range(1, parts + 1))
        return _xml(f"<sitemapindex {_NAMESPACE}>{files}</sitemapindex>")
    part = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 1
    start = max(0, part - 1) * MOST
    pages = [] if start else [(path, "") for path in _open_pages(request)]
    pages += [
        (reverse("catalogue:offer", args=[slug]), clock.day_of(changed_at).isoformat())
        for slug, changed_at in offers.values_list("slug", "changed_at")[start : start + MOST]
    ]
    return _xml(f"<urlset {_NAMESPACE}>{''.join(_addresses(request, pages))}</urlset>")


def _open_pages(request: HttpRequest) -> Iterator[str]:
    for name in _OPEN_PAGES:
        yield reverse(name)
    rulebook, _pin = rights.rulebook(actor=acting(request))
    for right in rulebook.rights.values():
        yield reverse("rights:right", args=[right.slug])
    for plan in strategy.public_plans(actor=acting(request)):
        yield reverse("plan:plan", args=[plan.slug])


def _addresses(request: HttpRequest, pages: list[tuple[str, str]]) -> Iterator[str]:
    base = request.build_absolute_uri("/").rstrip("/")
    for path, changed in pages:
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(base + path)}</loc>{when}</url>"


def _xml(body: str) -> HttpResponse:
    response = HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', content_type="application/xml; charset=utf-8"
    )
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response
