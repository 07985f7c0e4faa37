"""Which pathways there are, and what each of them asks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from medspiller.access.declare import requires
from medspiller.access.domain.actors import Actor
from medspiller.pathways import selectors
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.vocabulary import Subject
from medspiller.pathways.templatetags.pathway_words import SUBJECTS, in_words

READ = "pathways.read"


@requires(READ)
def pathways(request: HttpRequest) -> HttpResponse:
    """Show the pathways by whom they are for, narrowed by words."""
    words = request.GET.get("q", "")[:100]
    found = [each for each in selectors.pathways(actor=_acting(request)) if _says(each, words)]
    groups = [
        (SUBJECTS[subject], sorted((each for each in found if each.subject is subject), key=_title))
        for subject in Subject
    ]
    shown = {"groups": [(name, lines) for name, lines in groups if lines], "words": words, "count": len(found)}
    return render(request, "pathways/list.html", shown)


@requires(READ)
def pathway(request: HttpRequest, pathway_name: str) -> HttpResponse:
    """Show one pathway: when it is used, its phases and steps, and what each step rests on."""
    actor = _acting(request)
    found = selectors.pathway(actor=actor, slug=pathway_name)
    named = {line for step in found.steps.values() for line in step.basis.lines}
    shown = {"pathway": found, "lines": selectors.guideline_lines(actor=actor, ids=named)}
    return render(request, "pathways/pathway.html", shown)


def _says(found: Pathway, words: str) -> bool:
    said = " ".join((in_words(found.title), in_words(found.summary), in_words(found.trigger_text))).casefold()
    return all(word in said for word in words.casefold().split())


def _title(found: Pathway) -> str:
    return in_words(found.title).casefold()


def _acting(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
