"""What things that a measure points to are called today, where the plan has only their references."""

from collections.abc import Iterable, Mapping
from typing import Any

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.core import clock
from medspiller.pathways import selectors as pathways
from medspiller.pathways.selectors.words import in_words
from medspiller.questionnaires.selectors import toolbox
from medspiller.statistics import selectors as statistics
from medspiller.strategy.domain.seen import SeenIndicator, SeenLink
from medspiller.strategy.domain.vocabulary import LinkKind
from medspiller.strategy.web.opening import opens

SEE_FIGURES = "statistics.view"


def named(actor: Actor, links: Iterable[SeenLink]) -> list[tuple[SeenLink, str, str]]:
    """Return links with what each is called in the language that is read, and the address that opens it."""
    links = list(links)
    names = {kind: _names(actor, kind, [each.ref for each in links if each.kind is kind]) for kind in _SOURCES}
    return [(each, names.get(each.kind, {}).get(each.ref) or each.label or each.ref, opens(each)) for each in links]


def figures(actor: Actor, indicators: Iterable[SeenIndicator]) -> Mapping[str, tuple[str, Any]]:
    """Return the names of computed indicators, with the newest value of each where the actor sees figures."""
    wanted = {each.indicator for each in indicators if each.indicator}
    if not wanted:
        return {}
    if actor.may(SEE_FIGURES):
        found = statistics.indicator_values(actor=actor, ids=wanted)
        return {each.indicator.slug: (in_words(each.indicator.title), each.newest_shown) for each in found}
    return {
        each.slug: (in_words(each.title), None) for each in statistics.indicators(actor=actor) if each.slug in wanted
    }


def _names(actor: Actor, kind: LinkKind, refs: list[str]) -> Mapping[str, str]:
    return _SOURCES[kind](actor, refs) if refs else {}


def _lines(actor: Actor, refs: list[str]) -> Mapping[str, str]:
    return {ref: in_words(line.text) for ref, line in pathways.guideline_lines(actor=actor, ids=set(refs)).items()}


def _pathways(actor: Actor, refs: list[str]) -> Mapping[str, str]:
    return {each.slug: in_words(each.title) for each in pathways.pathways(actor=actor) if each.slug in refs}


def _offers(actor: Actor, refs: list[str]) -> Mapping[str, str]:
    rows = catalogue.offers_by_slug(actor=actor, slugs=refs, on=clock.today())
    return {each.slug: in_words(each.card["title"]) for each in rows}


def _tools(actor: Actor, refs: list[str]) -> Mapping[str, str]:
    return {each.slug: in_words(each.title) for each in toolbox.tools(actor=actor) if each.slug in refs}


_SOURCES: Mapping[LinkKind, Any] = {
    LinkKind.GUIDELINE: _lines,
    LinkKind.PATHWAY: _pathways,
    LinkKind.OFFER: _offers,
    LinkKind.QUESTIONNAIRE: _tools,
}
