"""What the content security policy promises, the page keeps."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from tests.support.page_rules.document import Node, Page, Problem

_NONCE = re.compile(r"'nonce-([^']+)'")
_UNSAFE = re.compile(r"'unsafe-[\w-]+'|(?<=[\s])\*(?=[\s;]|$)")
# Elements that make the browser fetch something by itself, and the attribute that says what.
_FETCHED = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src",
    "embed": "src", "object": "data", "track": "src", "image": "href", "use": "href",
}  # fmt: skip
_LINKS_NOT_FETCHED = frozenset({"canonical", "alternate", "author", "license", "help", "next", "prev", "search"})
_DATA_TYPES = re.compile(r"application/(?:ld\+)?json|text/(?:template|plain|html)|speculationrules|importmap")


def policy(page: Page) -> Iterator[Problem]:
    """The answer carries a policy, and the policy has no back door."""
    header = page.headers.get("Content-Security-Policy", "")
    if not header:
        yield Problem("CSP", "the answer has no Content-Security-Policy")
    for hole in _UNSAFE.findall(header):
        yield Problem("CSP", f"the policy allows {hole}")


def nonces(page: Page) -> Iterator[Problem]:
    """What stands in the page as script or style carries the nonce of this very answer."""
    allowed = set(_NONCE.findall(page.headers.get("Content-Security-Policy", "")))
    for node in page.all("script", "style", "link"):
        in_page = node.tag != "link" and not node.has("src") and not _DATA_TYPES.search(node.get("type"))
        if in_page and node.get("nonce") not in allowed:
            yield Problem("CSP nonce", f"{node} stands in the page without the nonce of its policy")
        elif node.has("nonce") and node.get("nonce") not in allowed:
            yield Problem("CSP nonce", f'{node} has nonce="{node.get("nonce")}", which is not in the policy')


def nothing_inline(page: Page) -> Iterator[Problem]:
    """No element carries style or script in an attribute: the policy refuses them, so they would not work."""
    for node in page.elements:
        for name, value in node.attributes.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield Problem("nothing inline", f"{node} has {name}={value[:60]!r}")
            elif name in {"href", "action", "formaction"} and value.strip().lower().startswith("javascript:"):
                yield Problem("nothing inline", f"{node} runs script from {name}")


def same_origin(page: Page) -> Iterator[Problem]:
    """Nothing is fetched from, and no form is sent to, anybody else."""
    for node in page.elements:
        address = _fetched(node)
        if address and not address.startswith("data:image/") and not _is_ours(page, address):
            yield Problem("same origin", f"{node} fetches {address}")
        for attribute in ("action", "formaction"):
            if node.has(attribute) and not _is_ours(page, node.get(attribute)):
                yield Problem("same origin", f"{node} is sent to {node.get(attribute)}")


def _fetched(node: Node) -> str:
    if node.tag == "link" and set(node.get("rel").lower().split()) & _LINKS_NOT_FETCHED:
        return ""
    return node.get(_FETCHED[node.tag]) if node.tag in _FETCHED else ""


def _is_ours(page: Page, address: str) -> bool:
    here = urlsplit(page.origin)
    there = urlsplit(urljoin(page.origin + "/", address.strip()))
    return (there.scheme, there.netloc) == (here.scheme, here.netloc)


RULES = (policy, nonces, nothing_inline, same_origin)
