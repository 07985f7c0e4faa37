"""What a measure carries out, or is carried out by: looked for by words, linked and unlinked."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.catalogue import selectors as catalogue
from medspiller.content import selectors as content
from medspiller.core import clock
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.content_guideline import GUIDELINE_KIND, lines_in
from medspiller.pathways.selectors.words import in_words
from medspiller.questionnaires.selectors import toolbox
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.refusals import StrategyRefused
from medspiller.strategy.domain.seen import WholeMeasure
from medspiller.strategy.domain.vocabulary import TITLE_MOST, LinkKind
from medspiller.strategy.web.acting import acting, sent
from medspiller.strategy.web.drawing import short
from medspiller.strategy.web.measure_forms import LinkSearchForm, WrittenLinkForm
from medspiller.strategy.web.measures import measure_crumbs, measure_to_edit
from medspiller.strategy.web.naming import named
from medspiller.strategy.web.refusals import words_of
from medspiller.ui.forms import typed

EDIT = "strategy.edit"
SHOWN = 30
# What has no list to choose from is written by hand.
WRITTEN = frozenset({LinkKind.COURSE})


@requires(EDIT, methods=("GET", "POST"))
def links(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """Look for what a measure is to be linked to; link it."""
    actor = acting(request)
    seen = measure_to_edit(request, measure_id)
    asked = typed(request.GET)
    kind = _kind(asked.get("slag", ""))
    search = LinkSearchForm({"slag": kind.value, "q": asked.get("q", "")})
    written, wrong = WrittenLinkForm(sent(request) if kind in WRITTEN else None), ""
    if request.method == "POST":
        wrong = _link(request, seen, kind, written)
        if not wrong and not written.errors:
            messages.success(request, _("It is linked."))
            return redirect(request.get_full_path())
    found = [] if kind in WRITTEN else _choices(actor, seen, kind, asked.get("q", ""))
    there = {str(each.target_measure_id or each.ref) for each in seen.measure.links}
    shown = {
        "seen": seen,
        "measure": seen.measure,
        "search": search,
        "kind": kind.value,
        "is_written": kind in WRITTEN,
        "written": written,
        "found": [(ref, label, note, ref in there) for ref, label, note in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "links": named(actor, seen.measure.links),
        "wrong": wrong,
        "crumbs": measure_crumbs(seen),
    }
    return render(request, "strategy/links.html", shown, status=422 if wrong or written.errors else 200)


@requires(EDIT, methods=("POST",))
def unlink(request: HttpRequest, measure_id: UUID, measure_link_id: UUID) -> HttpResponse:
    """Take a link away."""
    services.unlink_measure(actor=acting(request), link_id=measure_link_id)
    messages.success(request, _("The link has been removed."))
    return redirect("strategy:links", measure_id)


def _kind(asked: str) -> LinkKind:
    known = {each.value: each for each in LinkKind if each is not LinkKind.INDICATOR}
    return known.get(asked, LinkKind.NATIONAL)


def _link(request: HttpRequest, seen: WholeMeasure, kind: LinkKind, written: WrittenLinkForm) -> str:
    """Store a link; return what was wrong with it."""
    actor, given = acting(request), {}
    if kind in WRITTEN:
        if not written.is_valid():
            return ""
        given = {"ref": written.cleaned_data["address"] or written.cleaned_data["label"]}
        given["label"] = written.cleaned_data["label"]
    else:
        wanted = request.POST.get("ref", "")
        chosen = next((each for each in _choices(actor, seen, kind, "", wanted) if each[0] == wanted), None)
        if chosen is None:
            return _("Choose something from the list.")
        ref, label, _note = chosen
        national = kind is LinkKind.NATIONAL
        given = {"target_measure_id": UUID(ref)} if national else {"ref": ref, "label": short(label, TITLE_MOST)}
    try:
        services.link_measure(actor=actor, measure_id=seen.measure.id, kind=kind, **given)
    except StrategyRefused as refusal:
        return words_of(refusal)
    return ""


def _choices(
    actor: Actor, seen: WholeMeasure, kind: LinkKind, words: str, wanted: str = ""
) -> list[tuple[str, str, str]]:
    """
    Return what can be linked to: how it is referred to, its name, and what tells it from others.

    Of national measures that is the one that is `wanted`, if one is: it may stand beyond those that are shown.
    """
    if kind is LinkKind.NATIONAL:
        found = selectors.link_choices(
            actor=actor, strategy_id=seen.strategy.id, words=words, measure_id=_id_of(wanted)
        )
        return [(str(each.measure_id), each.label, each.strategy_title) for each in found]
    return _holding(_LISTS[kind](actor), words)


def _id_of(wanted: str) -> UUID | None:
    try:
        return UUID(wanted)
    except ValueError:
        return None


def _guideline(actor: Actor) -> Iterable[tuple[str, str, str]]:
    for definition in content.active(actor=actor, kind=GUIDELINE_KIND.name, on=clock.today()):
        for line in lines_in(definition):
            yield line.id, in_words(line.text), line.id


def _pathways(actor: Actor) -> Iterable[tuple[str, str, str]]:
    return ((each.slug, in_words(each.title), in_words(each.summary)) for each in pathways.pathways(actor=actor))


def _offers(actor: Actor) -> Iterable[tuple[str, str, str]]:
    rows = catalogue.offers(actor=actor, on=clock.today()).only("slug", "card", "provider__name")
    return ((each.slug, in_words(each.card["title"]), each.provider.name) for each in rows)


def _tools(actor: Actor) -> Iterable[tuple[str, str, str]]:
    return ((each.slug, in_words(each.title), in_words(each.summary)) for each in toolbox.tools(actor=actor))


def _holding(choices: Iterable[tuple[str, str, str]], words: str) -> list[tuple[str, str, str]]:
    wanted = words.casefold().split()
    return [
        each for each in choices if all(word in " ".join((each[0], each[1], each[2])).casefold() for word in wanted)
    ]


_LISTS: Mapping[LinkKind, Any] = {
    LinkKind.GUIDELINE: _guideline,
    LinkKind.PATHWAY: _pathways,
    LinkKind.OFFER: _offers,
    LinkKind.QUESTIONNAIRE: _tools,
}
