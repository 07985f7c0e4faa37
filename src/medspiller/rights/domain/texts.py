"""Texts in the languages of content, with the places in them that figures and answers go into."""

from collections.abc import Collection, Mapping
from string import Formatter
from typing import TypeAlias

LANGUAGES = ("nb", "nn", "en")

Texts: TypeAlias = Mapping[str, str]


class BadText(ValueError):
    """A text has a place that cannot be filled: a stray brace, or one without a plain name."""


def places_in(text: str) -> frozenset[str]:
    """
    Return the names in braces.

    :raises BadText: if a brace is not closed, or holds more than a name.
    """
    try:
        found = [(name, spec, how) for _, name, spec, how in Formatter().parse(text) if name is not None]
    except ValueError as fault:
        raise BadText(str(fault)) from None
    if strange := [name for name, spec, how in found if spec or how or not name.isidentifier()]:
        raise BadText(f"{{{strange[0]}}} is no name to fill in")
    return frozenset(name for name, _, _ in found)


def faults_in(texts: Texts, allowed: Collection[str]) -> list[str]:
    """Return what is wrong with the places of a text in all its languages, each in a few words."""
    faults, seen = [], {}
    for language, text in texts.items():
        try:
            seen[language] = places_in(text)
        except BadText as fault:
            faults.append(f"{language}: {fault}")
    for language, places in seen.items():
        if strange := sorted(places - set(allowed)):
            known = f"known are {', '.join(sorted(allowed))}" if allowed else "none is filled in here"
            faults.append(f"{language}: {{{strange[0]}}} is not known; {known}")
    if not faults and len(set(seen.values())) > 1:
        faults.append("the languages do not fill in the same")
    return faults
