"""The page is in the language it says, and nothing of the machinery shows."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel.messages.pofile import read_po

from tests.support.architecture.sources import ROOT
from tests.support.page_rules.document import Node, Page, Problem

_LEAKS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|%\([a-z_]+\)[sd]"
    r"|<(?:class|function|bound|QuerySet|lazy)|\bobject at 0x|&(?:lt|amp|quot|nbsp);"
)
_SPOKEN = ("aria-label", "alt", "title", "placeholder", "aria-roledescription")


def declared(page: Page) -> Iterator[Problem]:
    """`lang` on `<html>` is the language of the answer."""
    if not page.is_whole:
        return
    said = next((node.get("lang") for node in page.all("html")), "")
    answered = page.headers.get("Content-Language", "")
    if not said or said != answered:
        yield Problem("language", f'<html lang="{said}">, and the answer\'s Content-Language is "{answered}"')


def no_machinery(page: Page) -> Iterator[Problem]:
    """No unfilled placeholder, no `None`, no object shows where words should."""
    for node, text in _texts(page):
        if _LEAKS.search(text):
            yield Problem("machinery shows", f"{text[:80]!r} in {node}")
        if text in {"None", "[]", "{}"}:
            yield Problem("machinery shows", f"{text!r} in {node}; say it in words")
    for node in page.all("input"):
        if node.get("value") == "None":
            yield Problem("machinery shows", f'{node} has the value "None"')


def translated(page: Page) -> Iterator[Problem]:
    """No English text of ours shows on a Norwegian page."""
    language = page.headers.get("Content-Language", "")
    for node, text in _texts(page):
        if text in _untranslated(language) and _language_at(node, language) == language:
            yield Problem("translated", f"{text!r} is English on a page in {language}: {node}")


def _texts(page: Page) -> Iterator[tuple[Node, str]]:
    for node in page.elements:
        if node.tag in {"script", "style"}:
            continue
        # What is shown as code may look like it.
        if node.tag in {"code", "pre"} or node.inside("code", "pre"):
            continue
        # What stands in a box for text was typed by somebody, and comes back as it was.
        if node.tag != "textarea" and (text := node.own_text):
            yield node, text
        for name in _SPOKEN:
            if node.has(name) and (text := " ".join(node.get(name).split())):
                yield node, text


def _language_at(node: Node, default: str) -> str:
    return next((near.get("lang") for near in (node, *node.ancestors()) if near.has("lang")), default)


@cache
def _untranslated(language: str) -> frozenset[str]:
    if language not in {"nb", "nn"}:
        return frozenset()
    texts: dict[str, str] = {}
    for path in sorted((ROOT / "src").rglob(f"locale/{language}/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            texts |= {m.id: str(m.string) for m in read_po(file) if m.id and isinstance(m.id, str)}
    return english_only(texts)


def english_only(texts: Mapping[str, str]) -> frozenset[str]:
    """Return the English texts that are not also right in the other language."""
    return frozenset(texts) - frozenset(texts.values())


RULES = (declared, no_machinery, translated)
