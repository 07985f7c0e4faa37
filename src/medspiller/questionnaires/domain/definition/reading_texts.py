"""Texts with their translations and renderings, and the controls that say how an item is shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from medspiller.questionnaires.domain.definition.definitions import NO_TEXT, Text
from medspiller.questionnaires.domain.definition.extensions import by_meaning, part, value_of

Extensions = Mapping[str, Sequence[Mapping[str, Any]]]


def text_of(written: Mapping[str, Any], key: str) -> Text:
    """Return the text under a key, with what its shadow (`_text`) says of it."""
    found = written.get(key)
    return _text(found if isinstance(found, str) else "", written.get(f"_{key}"))


def text_of_extension(extensions: Extensions, name: str) -> Text:
    """Return the text that an extension holds, empty if there is none."""
    for one in extensions.get(name, ()):
        for key, content in one.items():
            if key.startswith("value") and isinstance(content, str):
                return _text(content, one.get(f"_{key}"))
    return NO_TEXT


def codes_of_controls(extensions: Extensions) -> tuple[str, ...]:
    """Return the codes of the controls (`itemControl`) of an item."""
    found: list[str] = []
    for one in extensions.get("itemControl", ()):
        concept = value_of(one)
        codings = concept.get("coding") if isinstance(concept, Mapping) else None
        for coding in codings if isinstance(codings, list) else ():
            if isinstance(coding, Mapping) and isinstance(coding.get("code"), str):
                found.append(coding["code"])
    return tuple(found)


def _text(plain: str, shadow: Any) -> Text:
    extensions = by_meaning(shadow)
    if not extensions:
        return Text(plain) if plain else NO_TEXT
    others: dict[str, str] = {}
    for one in extensions.get("translation", ()):
        language, content = part(one, "lang"), part(one, "content")
        if isinstance(language, str) and isinstance(content, str):
            others[language] = content
    return Text(plain, others, _rendered(extensions, "rendering-markdown"), _rendered(extensions, "rendering-xhtml"))


def _rendered(extensions: Extensions, name: str) -> str | None:
    return next((found for one in extensions.get(name, ()) if isinstance(found := value_of(one), str)), None)
