"""Which items of a questionnaire are asked, given what has been answered."""

from collections.abc import Callable

from medspiller.questionnaires.domain.answering.conditions import combine, holds
from medspiller.questionnaires.domain.answering.dependencies import order_of_enabling
from medspiller.questionnaires.domain.answering.responses import Response
from medspiller.questionnaires.domain.answering.walking import Layout, Place, answers_in_scope, lay
from medspiller.questionnaires.domain.definition.definitions import Questionnaire

# Answers an item's `enableWhenExpression` at a place; None where that cannot be known.
Ask = Callable[[Layout, Place], bool | None]


def enabled(questionnaire: Questionnaire, response: Response, ask: Ask | None = None) -> dict[str, bool]:
    """
    Return, for every linkId, whether the item is asked; of a repeated one, whether anywhere.

    An answer to a question that is not asked itself counts for nothing, and neither do answers
    inside a group that is not. Without `ask`, conditions that are expressions hold.
    """
    layout = lay(questionnaire, response)
    set_enabled(layout, ask)
    return {
        link_id: any(place.enabled for place in layout.places.get(link_id, ())) for link_id in questionnaire.by_link_id
    }


def set_enabled(layout: Layout, ask: Ask | None = None) -> None:
    """
    Set `enabled` at every place of a layout.

    In a circle of conditions each item counts as asked until its turn has come; `checking`
    refuses a questionnaire with one.
    """
    order, _ = layout.questionnaire.once(order_of_enabling)
    for link_id in order:
        for place in layout.places.get(link_id, ()):
            place.enabled = _is_enabled(layout, place, ask)


def _is_enabled(layout: Layout, place: Place, ask: Ask | None) -> bool:
    owner = place.scope.owner
    if owner is not None and not owner.enabled:
        return False
    held = [holds(each, answers_in_scope(layout, place, each.question)) for each in place.item.conditions]
    if not combine(place.item.behaviour, held):
        return False
    if place.item.enabled_when is None or ask is None:
        return True
    return ask(layout, place) is not False
