"""How the tests of `ui` look at what it renders."""

from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory


def render(source: str, /, *, address: str = "/", **context: object) -> str:
    """Render template source as a page at `address` would, without its layout."""
    return Template(source).render(Context({"request": RequestFactory().get(address), **context}))


def parse(html: str) -> Element:
    """Read a piece of HTML; what is not valid fails."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def request_to(address: str = "/", **headers: str) -> HttpRequest:
    """A request for a page, with cookies and headers as given."""
    return RequestFactory().get(address, headers=headers)
