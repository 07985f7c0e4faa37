"""
Helsenorge's scores: questions (QS), sections (SS) and the total (TS), natively and never through an expression.

A score hangs on the code of an answer and on what the option with that code counts (`ordinalValue`),
so it is the same in every language and in every order of answers. A section is the group that an
SS item stands in; it adds what the questions of that group count, and the total adds all
questions. Where none of them is answered there is no score, which is not the same as nought.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from medspiller.questionnaires.domain.answering.comparing import Order, of_codings
from medspiller.questionnaires.domain.answering.walking import Layout
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Option, Questionnaire, Score

Scores = Mapping[str, Decimal | None]


def scores(layout: Layout) -> dict[str, Decimal | None]:
    """
    Return the score of every SS and TS item, None where it has none yet.

    `enabling` must have been over the layout: what is not asked does not count. A section that is
    repeated is added over its occurrences.
    """
    counted = question_scores(layout)
    found: dict[str, Decimal | None] = {}
    for item, section in _sums(layout.questionnaire):
        known = [counted[question.link_id] for question in section if question.link_id in counted]
        found[item.link_id] = _rounded(item, sum(known, Decimal(0))) if known else None
    return found


def question_scores(layout: Layout) -> dict[str, Decimal]:
    """Return what each answered QS question counts, by linkId; those without an answer are left out."""
    known = layout.questionnaire.by_link_id.items()
    return {link_id: score[0] for link_id, item in known if (score := _question(layout, item))}


def has_scores(questionnaire: Questionnaire) -> bool:
    """Say whether there is anything to add up."""
    return any(item.score in (Score.SECTION, Score.TOTAL) for item in questionnaire.by_link_id.values())


def _sums(questionnaire: Questionnaire) -> Iterator[tuple[Item, Sequence[Item]]]:
    """Each item that holds a sum, with the questions that are in it."""
    everything = list(_questions(questionnaire.items))
    for item in questionnaire.by_link_id.values():
        if item.score is Score.TOTAL:
            yield item, everything
        elif item.score is Score.SECTION:
            around = questionnaire.by_link_id[item.ancestors[-1]].items if item.ancestors else questionnaire.items
            yield item, list(_questions(around))


def _questions(items: Sequence[Item]) -> Iterator[Item]:
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        if item.score is Score.QUESTION:
            yield item
        waiting.extend(reversed(item.items))


def _question(layout: Layout, item: Item) -> tuple[Decimal] | None:
    """What the answers to a question count, in a pair of brackets: nought is a score too."""
    if item.score is not Score.QUESTION:
        return None
    options = options_of(layout.questionnaire, item)
    answers = [answer for place in layout.places.get(item.link_id, ()) if place.enabled for answer in place.answers]
    chosen = [option for answer in answers if (option := _option(options, answer.value))]
    return (sum((option.ordinal or Decimal(0) for option in chosen), Decimal(0)),) if chosen else None


def _option(options: Sequence[Option], value: object) -> Option | None:
    content = getattr(value, "content", None)
    if getattr(value, "kind", None) != "Coding" or not isinstance(content, Mapping):
        return None
    return next((one for one in options if _is_chosen(one, content)), None)


def _is_chosen(option: Option, coding: Mapping[str, object]) -> bool:
    return option.value.kind == "Coding" and of_codings(option.value.content, coding) is Order.SAME


def options_of(questionnaire: Questionnaire, item: Item) -> tuple[Option, ...]:
    """Return what can be chosen, written with the item or in a value set that the questionnaire contains."""
    if item.options or item.value_set is None:
        return item.options
    found = questionnaire.value_sets.get(item.value_set.split("|")[0])
    return found.options if found else ()


def _rounded(item: Item, score: Decimal) -> Decimal:
    places = 0 if item.type is ItemType.INTEGER else item.limits.decimals
    if places is None or not 0 <= places <= 20:
        return score
    return score.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
