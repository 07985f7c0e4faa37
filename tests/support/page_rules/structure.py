"""The page as a whole: valid HTML, one heading that is the title, ids, links within the page, tables, pictures."""

import re
from collections import Counter
from collections.abc import Iterator

from tests.support.page_rules.document import Node, Page, Problem

INTERACTIVE = frozenset({"a", "button", "input", "select", "textarea", "label", "details"})
# Elements that may hold words only, and what thus may not be in them.
_WORDS_ONLY = frozenset(
    {"button", "label", "span", "strong", "em", "small", "legend", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_BLOCKS = frozenset(
    {
        "article",
        "aside",
        "blockquote",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "main",
        "nav",
        "ol",
    }
    | {"p", "pre", "section", "table", "ul"}
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
}
_PARENT = {"li": {"ul", "ol", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}}
_OBSOLETE = frozenset({"acronym", "big", "center", "font", "frame", "frameset", "marquee", "strike", "tt"})
# Attributes that name other elements by id; several ids may stand in each.
_REFERENCES = (
    "for", "aria-controls", "aria-describedby", "aria-details", "aria-errormessage", "aria-labelledby", "aria-owns",
    "commandfor", "form", "headers", "list", "popovertarget",
)  # fmt: skip


def valid(page: Page) -> Iterator[Problem]:
    """The HTML has no fault that a parser has to guess its way around."""
    for fault in page.parse_faults:
        yield Problem("valid HTML", fault)
    for node in page.elements:
        yield from _misplaced(node)


def _misplaced(node: Node) -> Iterator[Problem]:
    parent = node.parent
    if node.tag in _OBSOLETE:
        yield Problem("valid HTML", f"{node} is obsolete")
    if parent is None:
        return
    if parent.tag in _CHILDREN and node.tag not in _CHILDREN[parent.tag]:
        yield Problem("valid HTML", f"{node} may not stand directly in <{parent.tag}>")
    top_of_part = parent.parent is None and parent.tag != "html"
    if node.tag in _PARENT and parent.tag not in _PARENT[node.tag] and not top_of_part:
        yield Problem("valid HTML", f"{node} may not stand in <{parent.tag}>")
    if node.tag in _BLOCKS and (around := node.inside(*_WORDS_ONLY)):
        yield Problem("valid HTML", f"{node} may not stand in <{around.tag}>, which holds words only")
    if node.tag in {"a", "button", "select", "textarea", "label"} and (around := node.inside("a", "button")):
        yield Problem("valid HTML", f"{node} may not stand in {around}: which of them would be pressed?")


def whole(page: Page) -> Iterator[Problem]:
    """Whoever follows a link gets a whole page; only HTMX gets a part."""
    if not page.is_whole and not page.part_wanted:
        yield Problem("whole page", f"only a part of a page was sent: {page.html.strip()[:80]}")


def headed(page: Page) -> Iterator[Problem]:
    """A whole page has one `h1`, its title begins with it, there is one `main`, and headings leave no step out."""
    if not page.is_whole:
        return
    headings = list(page.all("h1"))
    if len(headings) != 1:
        yield Problem("one h1", f"there are {len(headings)}")
    titles = [node for node in page.all("title") if node.inside("head")]
    title = titles[0].text if titles else ""
    if headings and (not headings[0].text or not title.startswith(headings[0].text)):
        yield Problem("h1 = title", f"the title is {title!r} and the h1 {headings[0].text!r}")
    if len(list(page.all("main"))) != 1:
        yield Problem("one main", f"there are {len(list(page.all('main')))}")
    level = 0
    for heading in page.all(*_HEADINGS):
        if not heading.heard:
            yield Problem("headings", f"{heading} is empty")
        here = int(heading.tag[1])
        if here > level + 1:
            yield Problem("headings", f"{heading} comes after level {level}; a step is left out")
        level = here


def ids(page: Page) -> Iterator[Problem]:
    """An id is one element's."""
    counted = Counter(node.get("id") for node in page.all(where=lambda node: node.has("id")))
    for name, times in counted.items():
        if times > 1:
            yield Problem("unique ids", f'id="{name}" is used {times} times')
        if not name or re.search(r"\s", name):
            yield Problem("unique ids", f"{name!r} is no id")
    keys = Counter(node.get("accesskey") for node in page.all(where=lambda node: node.has("accesskey")))
    for key, times in keys.items():
        if times > 1:
            yield Problem("unique access keys", f'accesskey="{key}" is used {times} times')


def references(page: Page) -> Iterator[Problem]:
    """What is pointed at within a page exists there. A part may point at the page it goes into, save with labels."""
    asked = _REFERENCES if page.is_whole else ("for",)
    for node in page.elements:
        for attribute in asked:
            if not node.has(attribute):
                continue
            for name in node.get(attribute).split():
                if name not in page.by_id:
                    yield Problem("targets exist", f'{node} points with {attribute} at "{name}", which is not there')
        if page.is_whole:
            yield from _leads_nowhere(page, node)


def _leads_nowhere(page: Page, node: Node) -> Iterator[Problem]:
    href, target = node.get("href"), node.get("hx-target")
    if node.tag == "a" and href.startswith("#") and href != "#top" and href[1:] not in page.by_id:
        yield Problem("targets exist", f"{node} leads nowhere")
    if target and re.fullmatch(r"#[\w-]+", target) and target[1:] not in page.by_id:
        yield Problem("targets exist", f"{node} wants to replace {target}, which is not there")


def tables(page: Page) -> Iterator[Problem]:
    """A table says what it shows and has headings."""
    for table in page.all("table"):
        if table.get("role") in {"presentation", "none"}:
            continue
        inside = {node.tag for node in table.elements()}
        named = any(node.tag == "caption" and node.heard for node in table.elements())
        if not named and not table.get("aria-label") and not table.get("aria-labelledby"):
            yield Problem("tables", f"{table} has neither caption nor label")
        if "th" not in inside:
            yield Problem("tables", f"{table} has no headings")


def pictures(page: Page) -> Iterator[Problem]:
    """A picture has a text alternative, or says that it needs none."""
    for image in page.all("img", "area"):
        if not image.has("alt"):
            yield Problem("pictures", f"{image} has no alt")
    for drawing in page.all("svg", where=lambda node: node.inside("svg") is None):
        hidden = drawing.get("aria-hidden") == "true" or any(
            node.get("aria-hidden") == "true" for node in drawing.ancestors()
        )
        if not hidden and not (drawing.get("role") == "img" and page.name_of(drawing)):
            yield Problem("pictures", f"{drawing} is neither aria-hidden nor named (role=img)")


RULES = (valid, whole, headed, ids, references, tables, pictures)
