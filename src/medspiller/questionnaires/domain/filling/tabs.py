"""
The same answers open in two tabs, or on two devices, of one person.

Each page says which version it was shown, and from which tab it is. Whoever types last is kept.
What a page did not touch stays as another tab has made it meanwhile; where both have typed into
one question the last holds, and the other answer is shown beside it until the author has seen it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from medspiller.questionnaires.domain.filling.writing import answers_of

# Of one question; what is older counts as touched.
_MOST_CHANGES = 8

Answers = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """That an answer was changed: the version that came of it, from which tab, and what it was `before`."""

    version: int
    tab: str
    before: Answers


@dataclass(frozen=True, slots=True)
class Tabs:
    """What was changed lately, by linkId, and what other tabs had written where the last one was kept (`clashes`)."""

    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    clashes: Mapping[str, Answers] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """What comes of a save: answers that stay as another tab made them, and what is to be remembered."""

    stays: Mapping[str, Answers]
    tabs: Tabs


def meet(
    tabs: Tabs, *, before: Mapping[str, Any], after: Mapping[str, Any], seen: int | None, tab: str, version: int
) -> Met:
    """
    Return what holds when a tab that was shown version `seen` saves `after` over `before`, as version `version`.

    A page that does not say what it was shown counts as having touched all that it holds.
    """
    was, typed = answers_of(before), answers_of(after)
    stays: dict[str, Answers] = {}
    changes = dict(tabs.changes)
    clashes = dict(tabs.clashes)
    for link_id in [each for each in {**was, **typed} if was.get(each, []) != typed.get(each, [])]:
        now, wanted = was.get(link_id, []), typed.get(link_id, [])
        others = [] if seen is None else _by_others(changes.get(link_id, ()), seen=seen, tab=tab)
        if others and others[0].before == wanted:
            # As this tab was shown it: nobody has typed here.
            stays[link_id] = now
            continue
        if others:
            clashes[link_id] = now
        elif clashes.get(link_id) == wanted:
            del clashes[link_id]
        changes[link_id] = (*changes.get(link_id, ()), Change(version, tab, now))[-_MOST_CHANGES:]
    return Met(stays, Tabs(changes, clashes))


def told(tabs: Tabs, link_ids: frozenset[str]) -> Tabs:
    """Return what is left to be shown when the author has seen that these answers met."""
    return replace(tabs, clashes={key: value for key, value in tabs.clashes.items() if key not in link_ids})


def as_json(tabs: Tabs) -> dict[str, Any]:
    """Return it as it is stored."""
    changes = {key: [[each.version, each.tab, each.before] for each in value] for key, value in tabs.changes.items()}
    return {"changes": changes, "clashes": dict(tabs.clashes)}


def from_json(stored: Mapping[str, Any]) -> Tabs:
    """Return it from how it is stored."""
    changes = {
        key: tuple(Change(version, tab, before) for version, tab, before in value)
        for key, value in stored.get("changes", {}).items()
    }
    return Tabs(changes, stored.get("clashes", {}))


def _by_others(changes: tuple[Change, ...], *, seen: int, tab: str) -> list[Change]:
    return [each for each in changes if each.version > seen and each.tab != tab]
