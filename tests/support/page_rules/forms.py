"""What can be filled in, pressed and followed has a name."""

from collections import defaultdict
from collections.abc import Iterator

from tests.support.page_rules.document import Node, Page, Problem

_BUTTONS = frozenset({"submit", "button", "reset", "image"})
_UNLABELLED = _BUTTONS | {"hidden"}


def _is_field(node: Node) -> bool:
    return node.tag in {"select", "textarea"} or (node.tag == "input" and node.get("type").lower() not in _UNLABELLED)


def _labels(page: Page, node: Node) -> Iterator[str]:
    around = node.inside("label")
    if around:
        yield around.heard
    if node.has("id"):
        yield from (label.heard for label in page.labels_for.get(node.get("id"), ()))
    yield node.get("aria-label").strip()
    for name in node.get("aria-labelledby").split():
        yield page.by_id[name].text if name in page.by_id else ""


def labelled(page: Page) -> Iterator[Problem]:
    """Every field has a label with words in it; a placeholder is none."""
    for node in page.all(where=_is_field):
        if not any(_labels(page, node)):
            yield Problem("labels", f"{node} has no label")


def grouped(page: Page) -> Iterator[Problem]:
    """Choices between several stand in a group that says what is asked."""
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in page.all("input", where=lambda node: node.get("type").lower() == "radio"):
        groups[node.get("name")].append(node)
    for name, choices in groups.items():
        if len(choices) > 1 and not _says_what_is_asked(page, choices[0]):
            yield Problem("groups", f'the choices of "{name}" stand in no <fieldset> with a <legend>')


def _says_what_is_asked(page: Page, node: Node) -> bool:
    for around in node.ancestors():
        legend = any(isinstance(child, Node) and child.tag == "legend" and child.heard for child in around.children)
        if around.tag == "fieldset" and legend:
            return True
        named = around.get("aria-label") or around.get("aria-labelledby")
        if around.get("role") in {"radiogroup", "group"} and named:
            return True
    return False


def named(page: Page) -> Iterator[Problem]:
    """Every button and link says what it does."""
    for node in page.all("button", "a", "summary", "input"):
        if node.tag == "input":
            kind = node.get("type").lower()
            if kind in _BUTTONS and not (node.get("value") or node.get("alt") or node.get("aria-label")):
                yield Problem("names", f"{node} says nothing")
        elif node.tag == "a" and not node.has("href"):
            continue
        elif not page.name_of(node):
            yield Problem("names", f"{node} says nothing")


def posted(page: Page) -> Iterator[Problem]:
    """A form that changes something carries the token that proves it is ours."""
    for form in page.all("form", where=lambda node: node.get("method").lower() == "post"):
        carried = any(node.get("name") == "csrfmiddlewaretoken" for node in form.elements())
        if not carried and page.needs_token(form.get("action") or page.url):
            yield Problem("forms", f"{form} is posted without csrf_token")


RULES = (labelled, grouped, named, posted)
