"""Letters to carers, filled in for paper: who writes, when and to whom one answers; nothing of anybody's health."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.followup import selectors
from medspiller.followup.web.acting import acting
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.vocabulary import Place
from medspiller.ui.components.formats import day

READ = "followup.read_file"
# What letters are written in, as each language calls itself.
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@requires(READ)
def letters(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Show the letters there are, for this carer."""
    actor = acting(request)
    shown = {
        "head": selectors.letter_head(actor=actor, file_id=file_id),
        "letters": pathways.letters(actor=actor),
    }
    return render(request, "followup/letters.html", shown)


@requires(READ)
def letter(request: HttpRequest, file_id: UUID, letter_name: str) -> HttpResponse:
    """Show one letter on a sheet, in the carer's language or the one that is asked for."""
    actor = acting(request)
    found = pathways.letter(actor=actor, slug=letter_name)
    head = selectors.letter_head(actor=actor, file_id=file_id)
    language = request.GET.get("sprak", "")
    if language not in LANGUAGES:
        language = _of_carer(head.carer.language)
    with translation.override(language):
        written_on = day(clock.today())
    filled = {
        Place.MUNICIPALITY: actor.organisation,
        Place.UNIT: head.unit_name,
        Place.CONTACT: head.contact or actor.name,
        Place.DATE: written_on,
    }
    shown: dict[str, Any] = {
        "head": head,
        "title": found.title[language],
        "language": language,
        "paragraphs": found.paragraphs(language, filled),
        "languages": [(code, name, code == language) for code, name in LANGUAGES.items()],
    }
    return render(request, "followup/letter.html", shown)


def _of_carer(tag: str) -> str:
    """Bokmål where nobody has asked which language, English where it is none that we write."""
    code = tag.lower().split("-")[0]
    if code in ("", "no"):
        return "nb"
    return code if code in LANGUAGES else "en"
