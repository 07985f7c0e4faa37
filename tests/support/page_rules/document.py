"""A page as a browser reads it, in the form the rules ask about."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import html5lib
from html5lib.constants import E as PARSE_ERRORS

_WHOLE = re.compile(r"<!doctype|<html[\s>]", re.IGNORECASE)
_FIRST_TAG = re.compile(r"(?:\s|<!--.*?-->)*<([a-z]+)", re.IGNORECASE | re.DOTALL)
# Where a part may stand that cannot stand just anywhere.
_PARENTS = {
    "tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "thead": "table", "tfoot": "table", "caption": "table",
    "option": "select", "optgroup": "select",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule that a page breaks, and the piece of it that does."""

    rule: str
    says: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"


@dataclass(eq=False, slots=True)
class Node:
    """An element, with its parent."""

    tag: str
    attributes: Mapping[str, str]
    parent: "Node | None" = None
    children: "list[Node | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    def elements(self) -> "Iterator[Node]":
        """Yield this element and all inside it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.elements()

    def ancestors(self) -> "Iterator[Node]":
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *tags: str) -> "Node | None":
        """Return the nearest ancestor that is one of `tags`."""
        return next((node for node in self.ancestors() if node.tag in tags), None)

    @property
    def own_text(self) -> str:
        """The text directly in it, spaces made one."""
        return _one_line("".join(child for child in self.children if isinstance(child, str)))

    @property
    def text(self) -> str:
        """All text in it, spaces made one."""
        return _one_line("".join(self._pieces(heard=False)))

    @property
    def heard(self) -> str:
        """What a screen reader takes from its content: text and text alternatives, nothing hidden."""
        return _one_line("".join(self._pieces(heard=True)))

    def _pieces(self, *, heard: bool) -> Iterator[str]:
        if heard and (self.get("aria-hidden") == "true" or self.has("hidden")):
            return
        if heard and self.get("aria-label"):
            yield self.get("aria-label")
            return
        if heard and self.tag == "img":
            yield self.get("alt")
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in {"script", "style"}:
                yield from child._pieces(heard=heard)

    def __str__(self) -> str:
        attributes = "".join(
            f' {name}="{value[:60]}"'
            for name, value in self.attributes.items()
            if name in {"id", "name", "type", "href", "src", "for", "class", "rel", "data-testid"}
        )
        shown = self.text
        inside = shown[:40] + "…" if len(shown) > 40 else shown
        return f"<{self.tag}{attributes}>{inside}"


@dataclass(frozen=True)
class Page:
    """
    An answer of ours: a whole page, or the part of one that HTMX asked for (`part_wanted`).

    `needs_token` says whether what is posted to an address must carry Django's token.
    """

    html: str
    url: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    origin: str = "http://testserver"
    part_wanted: bool = False
    needs_token: Callable[[str], bool] = lambda address: True

    @cached_property
    def is_whole(self) -> bool:
        return bool(_WHOLE.search(self.html))

    @cached_property
    def _parsed(self) -> tuple[Node, list[str]]:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        if self.is_whole:
            root = parser.parse(self.html)
        else:
            first = _FIRST_TAG.match(self.html)
            root = parser.parseFragment(self.html, container=_PARENTS.get(first[1].lower() if first else "", "div"))
        lines = self.html.splitlines() or [""]
        faults = [
            f"{PARSE_ERRORS[code] % facts} (line {line}: {lines[min(line, len(lines)) - 1].strip()[:100]})"
            for (line, _), code, facts in parser.errors
        ]
        return _node(root, None), faults

    @property
    def root(self) -> Node:
        return self._parsed[0]

    @property
    def parse_faults(self) -> list[str]:
        return self._parsed[1]

    @cached_property
    def elements(self) -> list[Node]:
        return list(self.root.elements())

    @cached_property
    def by_id(self) -> dict[str, Node]:
        return {node.get("id"): node for node in self.elements if node.has("id")}

    @cached_property
    def labels_for(self) -> dict[str, list[Node]]:
        """The labels of each field, by its id."""
        found: dict[str, list[Node]] = {}
        for label in self.all("label"):
            found.setdefault(label.get("for"), []).append(label)
        return found

    def all(self, *tags: str, where: Callable[[Node], bool] = lambda node: True) -> Iterator[Node]:
        """Yield the elements that are one of `tags` (any, if none is given) and for which `where` holds."""
        return (node for node in self.elements if (not tags or node.tag in tags) and where(node))

    def name_of(self, node: Node) -> str:
        """Return what a screen reader calls an element by its own attributes or content; empty if nothing."""
        for reference in node.get("aria-labelledby").split():
            if reference in self.by_id and (heard := self.by_id[reference].text):
                return heard
        return node.heard or _one_line(node.get("title"))


def _node(element: Any, parent: Node | None) -> Node:
    node = Node(tag=_local(element.tag), attributes={_local(k): v for k, v in element.attrib.items()}, parent=parent)
    if element.text:
        node.children.append(element.text)
    for child in element:
        if isinstance(child.tag, str):
            node.children.append(_node(child, node))
        if child.tail:
            node.children.append(child.tail)
    return node


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _one_line(text: str) -> str:
    return " ".join(text.split())
