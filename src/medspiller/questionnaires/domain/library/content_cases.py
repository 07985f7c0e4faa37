"""Examples that must hold for a questionnaire: flat answers in, what is asked, counted and refused out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from medspiller.content.domain.values import Json
from medspiller.questionnaires.domain.answering.drafting import tidy
from medspiller.questionnaires.domain.answering.evaluating import Engine, NotComputable
from medspiller.questionnaires.domain.answering.scoring import options_of
from medspiller.questionnaires.domain.definition.definitions import Item, ItemType, Questionnaire

# What `today()` is in a case that says nothing else: an example must hold on every day.
TODAY = "2026-01-01"

_KEYS = frozenset({"case", "today", "answers", "enabled", "scores", "valid", "errors_on"})
_NUMBERS = (ItemType.INTEGER, ItemType.DECIMAL)
_CHOICES = (ItemType.CHOICE, ItemType.OPEN_CHOICE)
_TEXTS = {
    ItemType.DATE: "valueDate", ItemType.DATE_TIME: "valueDateTime", ItemType.TIME: "valueTime",
    ItemType.STRING: "valueString", ItemType.TEXT: "valueString", ItemType.URL: "valueUri",
}  # fmt: skip


class CaseFault(ValueError):
    """A case cannot be tried: it names what is not there."""

    def __init__(self, element: str, message: str):
        self.element, self.message = element, message
        super().__init__(f"{element}: {message}")


def failures(questionnaire: Questionnaire, case: Json) -> Iterator[tuple[str, str]]:
    """Yield what does not hold in a case: the element of it, and what came out instead."""
    if not isinstance(case, Mapping) or not isinstance(case.get("case"), str):
        yield "", "a case is an object with a sentence under `case`"
        return
    for key in sorted(set(case) - _KEYS):
        yield key, f"is not known here; known are {', '.join(sorted(_KEYS))}"
    try:
        response = response_of(questionnaire, _mapping(case, "answers"))
        engine = Engine(questionnaire, now=_today(case))
        yield from _of_enabled(engine, response, _mapping(case, "enabled"))
        yield from _of_scores(engine, response, _mapping(case, "scores"))
        yield from _of_errors(engine, response, case)
    except CaseFault as fault:
        yield fault.element, fault.message
    except NotComputable as fault:
        yield "", str(fault)


def response_of(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the completed response that flat answers make, nested as the questionnaire nests its items.

    :raises CaseFault: if an answer belongs to no item, or stands under a question without an answer.
    """
    left = set(answers)
    items = _nodes(questionnaire, questionnaire.items, answers, left)
    for link_id in sorted(left):
        told = "its question has no answer" if link_id in questionnaire.by_link_id else "there is no such item"
        raise CaseFault(f"answers.{link_id}", told)
    response = {"resourceType": "QuestionnaireResponse", "questionnaire": questionnaire.canonical}
    return {**response, "status": "completed", **({"item": items} if items else {})}


def _nodes(
    questionnaire: Questionnaire, items: Sequence[Item], answers: Mapping[str, Any], left: set[str]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in items:
        given = answers.get(item.link_id)
        if item.type is ItemType.GROUP and isinstance(given, list | tuple):
            left.discard(item.link_id)
            found += [_occurrence(questionnaire, item, one) for one in given]
        elif item.type is ItemType.GROUP:
            if inner := _nodes(questionnaire, item.items, answers, left):
                found.append({"linkId": item.link_id, "item": inner})
        elif given is not None:
            left.discard(item.link_id)
            values = given if isinstance(given, list | tuple) else [given]
            said: list[dict[str, Any]] = [_answer(questionnaire, item, value) for value in values]
            if said and (inner := _nodes(questionnaire, item.items, answers, left)):
                said[0]["item"] = inner
            found.append({"linkId": item.link_id, "answer": said})
        else:
            left.discard(item.link_id)
    return found


def _occurrence(questionnaire: Questionnaire, item: Item, answers: Any) -> dict[str, Any]:
    if not isinstance(answers, Mapping):
        raise CaseFault(f"answers.{item.link_id}", "a group that repeats is a list of objects")
    left = set(answers)
    inner = _nodes(questionnaire, item.items, answers, left)
    if left:
        raise CaseFault(f"answers.{item.link_id}", f"nothing in this group is asked by {', '.join(sorted(left))}")
    return {"linkId": item.link_id, "item": inner} if inner else {"linkId": item.link_id}


def _answer(questionnaire: Questionnaire, item: Item, value: Any) -> dict[str, Any]:
    if item.type in _CHOICES:
        return _chosen(questionnaire, item, value)
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, str):
        if item.type is ItemType.REFERENCE:
            return {"valueReference": {"reference": value}}
        return {_TEXTS.get(item.type, "valueString"): value}
    if isinstance(value, int | Decimal):
        number = tidy(value)
        if item.type is ItemType.QUANTITY:
            return {"valueQuantity": {"value": number, **_unit(item)}}
        return {"valueDecimal" if item.type is ItemType.DECIMAL else "valueInteger": number}
    if isinstance(value, Mapping):
        kind = {ItemType.ATTACHMENT: "valueAttachment", ItemType.REFERENCE: "valueReference"}
        return {kind.get(item.type, "valueQuantity"): _thawed(value)}
    raise CaseFault(f"answers.{item.link_id}", "is no answer")


def _chosen(questionnaire: Questionnaire, item: Item, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"valueString": value["text"]} if "text" in value else {"valueCoding": _thawed(value)}
    for option in options_of(questionnaire, item):
        content = option.value.content
        if option.value.kind == "Coding" and content.get("code") == value:
            return {"valueCoding": {key: said for key, said in content.items() if key in ("system", "code", "display")}}
        if option.value.kind != "Coding" and content == value:
            return {f"value{option.value.kind[0].upper()}{option.value.kind[1:]}": content}
    raise CaseFault(f"answers.{item.link_id}", f"{value} is no option; write {{code: …}} if that is what is tried")


def _unit(item: Item) -> dict[str, Any]:
    unit = item.units.only or next(iter(item.units.options), None) or {}
    names = (("display", "unit"), ("system", "system"), ("code", "code"))
    return {name: unit[key] for key, name in names if key in unit}


def _of_enabled(engine: Engine, response: Any, wanted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = engine.enabled(response)
    for link_id, asked in wanted.items():
        if link_id not in found:
            yield f"enabled.{link_id}", "there is no such item"
        elif found[link_id] is not asked:
            yield f"enabled.{link_id}", "is asked" if found[link_id] else "is not asked"


def _of_scores(engine: Engine, response: Any, wanted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = engine.score(response)
    for link_id, score in wanted.items():
        if link_id not in found:
            yield f"scores.{link_id}", "nothing is computed there"
        elif not _same(found[link_id], score):
            told = "has no score" if found[link_id] is None else f"is {found[link_id]}"
            yield f"scores.{link_id}", told


def _of_errors(engine: Engine, response: Any, case: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    errors = [issue for issue in engine.validate(response) if issue.is_error]
    said = "; ".join(f"{issue.link_id or 'the response'}: {issue.text}" for issue in errors)
    if "valid" in case and case["valid"] is not (not errors):
        yield "valid", f"is not valid: {said}" if errors else "is valid"
    if "errors_on" in case and {issue.link_id for issue in errors} != set(case["errors_on"] or ()):
        yield "errors_on", said or "there are no errors"


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(found, bool) or isinstance(wanted, bool) or None in (found, wanted):
        return found is wanted
    if isinstance(found, int | float) and isinstance(wanted, int | Decimal):
        return Decimal(str(found)) == Decimal(wanted)
    return bool(found == wanted)


def _today(case: Mapping[str, Any]) -> datetime:
    written = case.get("today", TODAY)
    try:
        return datetime.fromisoformat(f"{written}T12:00:00").replace(tzinfo=UTC)
    except ValueError:
        raise CaseFault("today", f"{written} is no day of the calendar") from None


def _mapping(case: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = case.get(key)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise CaseFault(key, "is an object of linkIds")
    return found


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thawed(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_thawed(part) for part in value]
    return tidy(value) if isinstance(value, Decimal) else value
