"""Published questionnaires, read once for as long as the process lives."""

import json
import time
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.remembered import Remembered
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.questionnaires.domain.answering.blanks import Blank, blank
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.answering.remembering import Memory
from medspiller.questionnaires.domain.definition.audience import Tag
from medspiller.questionnaires.domain.library.content_instruments import INSTRUMENTS
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.selectors.instruments import _closed_by, _instrument, closed_forms

KIND = "questionnaires"

# A page is there within two seconds, whatever its expressions ask for.
SECONDS_FOR_EXPRESSIONS = 1.0

_READ: Remembered[Blank] = Remembered(at_most=500)
# What the expressions of answers in progress gave. Each result is found by what it was made of.
_RESULTS: Remembered[Memory] = Remembered(at_most=200)


class PinBroken(RuntimeError):
    """A published questionnaire is not what it was when answers were given to it."""


def active(actor: Actor) -> dict[str, Blank]:
    """
    Return the questionnaires that can be begun today, by url. One statement once they have been read.

    What an instrument's licence keeps closed is left out.
    """
    found = content.active_by_kind(actor=actor, kinds=(KIND, INSTRUMENTS.name), on=clock.today())
    closed = _closed_by(_instrument(each) for each in found[INSTRUMENTS.name])
    blanks = {each.url: of_definition(each) for each in found[KIND] if each.url not in closed}
    return {url: each for url, each in blanks.items() if Tag.COUNTED not in each.tags}


def latest(actor: Actor, url: str) -> Blank:
    """
    Return the newest active version of a questionnaire.

    :raises NotFound: if there is none, or the licence of its instrument keeps it closed here.
    """
    found = content.latest(actor=actor, url=url)
    if found.kind != KIND or url in closed_forms(actor=actor):
        raise NotFound(f"questionnaire {url}")
    known = of_definition(found)
    if Tag.COUNTED in known.tags:
        raise NotFound(f"questionnaire {url} is only counted")
    return known


def of_response(actor: Actor, row: Response) -> Blank:
    """Return exactly what a response answers, whatever its status is now. No statement once it has been read."""
    digest = row.questionnaire_digest

    def pinned() -> Blank:
        found = content.pinned(actor=actor, url=row.questionnaire_url, version=row.questionnaire_version)
        if found.digest != digest:
            raise PinBroken(row.canonical)
        return _made(found)

    return _READ.get(digest, pinned)


def of_definition(definition: Definition) -> Blank:
    """Return a published questionnaire, read."""
    return _READ.get(definition.digest, lambda: _made(definition))


def engine_of(found: Blank, *, response_id: UUID | None = None) -> Engine:
    """Return a questionnaire, ready to judge answers now; of answers in progress what has not changed is not rerun."""
    end = time.monotonic() + SECONDS_FOR_EXPRESSIONS
    return Engine(
        found.questionnaire,
        clock.now(),
        {"today": clock.today().isoformat()},
        enough=lambda: time.monotonic() > end,
        memory=None if response_id is None else _RESULTS.get(str(response_id), Memory),
    )


def _made(definition: Definition) -> Blank:
    return blank(
        url=definition.url,
        version=definition.version,
        digest=definition.digest,
        written=json.loads(definition.text),
    )
