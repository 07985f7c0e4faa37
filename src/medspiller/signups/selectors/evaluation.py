"""The questionnaire about a meeting, as it is shipped or as the municipality has made it."""

import json

from django.utils.translation import get_language

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.core.errors import NotFound
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType
from medspiller.questionnaires.domain.definition.reading import questionnaire_from
from medspiller.signups.domain.evaluation import URL, Question


def evaluation(*, actor: Actor) -> tuple[Question, ...]:
    """Return what is asked about meetings, in the reader's language; nothing where no questionnaire is published."""
    try:
        definition = content.latest(actor=actor, url=URL)
    except NotFound:
        return ()
    known = questionnaire_from(json.loads(definition.text))
    language = get_language() or "nb"
    return tuple(
        Question(each.link_id, each.text.in_language(language), _answers(each, language))
        for each in known.every_item()
        if each.type is ItemType.CHOICE
    )


def _answers(item: Item, language: str) -> tuple[tuple[str, str], ...]:
    return tuple((each.value.content["code"], each.text.in_language(language)) for each in item.options)
