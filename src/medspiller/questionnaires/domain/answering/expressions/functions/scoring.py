"""
What SDC adds for scoring: `weight()` (earlier `ordinal()`) and `answers()`.

The score of an answer stands on the answer itself, or on the option of the questionnaire that was
chosen, or in a contained value set or code system. It hangs on codes, so it is the same in every language.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from medspiller.questionnaires.domain.answering.expressions import values
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.values import Collection, Node

# The last part of the addresses under which FHIR R4, SDC and Helsenorge keep a score.
SCORES = {
    "ordinalvalue",
    "questionnaire-ordinalvalue",
    "valueset-ordinalvalue",
    "codesystem-ordinalvalue",
    "itemweight",
}
_PROPERTIES = {"itemWeight", "ordinalValue", "weight"}


@plain("weight")
def weight(run: Run, items: Collection) -> Collection:
    found = []
    for item in items:
        score = _score_of(run, item) if isinstance(item, Node) else None
        if score is not None:
            found.append(score)
    return found


plain("ordinal")(weight)


@plain("answers")
def answers(run: Run, items: Collection) -> Collection:
    """Return the answers in the items, at any depth, in the order of the form."""
    found: Collection = []
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        run.spend(1)
        if not isinstance(item, Node):
            continue
        own = values.children(item, "answer")
        found += own
        below = [child for answer in own for child in values.children(answer, "item")]
        waiting += reversed([*below, *values.children(item, "item")])
    return found


def _score_of(run: Run, node: Node) -> Decimal | int | None:
    own = _in_extensions(_extensions_beside(node))
    if own is not None:
        return own
    value, choice = node.data, node
    if isinstance(value, dict) and any(name.startswith("value") for name in value):
        chosen = values.children(node, "value")
        return _score_of(run, chosen[0]) if chosen else None
    question = _question(run, choice)
    if question is not None:
        for option in _list(question, "answerOption"):
            if _chosen(option, value):
                return _first(_in_extensions(option.get("extension")), _in_value(option))
    for resource in _holders(run, question):
        score = _in_terminology(resource, value)
        if score is not None:
            return score
    return None


def _extensions_beside(node: Node) -> Any:
    beside = node.data if isinstance(node.data, dict) else node.extra
    return beside.get("extension") if isinstance(beside, dict) else None


def _in_extensions(extensions: Any) -> Decimal | int | None:
    for extension in extensions if isinstance(extensions, list) else []:
        address = extension.get("url") if isinstance(extension, dict) else None
        if isinstance(address, str) and address.rsplit("/", 1)[-1].lower() in SCORES:
            return _first(*(_as_number(extension.get(name)) for name in ("valueDecimal", "valueInteger")))
    return None


def _first(*scores: Decimal | int | None) -> Decimal | int | None:
    return next((score for score in scores if score is not None), None)


def _as_number(value: Any) -> Decimal | int | None:
    if isinstance(value, float):
        return Decimal(repr(value))
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _in_value(option: dict[str, Any]) -> Decimal | int | None:
    """Look on the option's value, which for a primitive one is the name with a dash before it."""
    for name, said in option.items():
        if name.lstrip("_").startswith("value") and isinstance(said, dict):
            score = _in_extensions(said.get("extension"))
            if score is not None:
                return score
    return None


def _chosen(option: dict[str, Any], value: Any) -> bool:
    for name, offered in option.items():
        if not name.startswith("value"):
            continue
        if isinstance(offered, dict) and isinstance(value, dict):
            # A response may leave out a system that the questionnaire states, and the other way round.
            systems = {said for said in (offered.get("system"), value.get("system")) if isinstance(said, str)}
            return len(systems) <= 1 and "code" in offered and offered.get("code") == value.get("code")
        return type(offered) is type(value) and bool(offered == value)
    return False


def _question(run: Run, node: Node) -> dict[str, Any] | None:
    link_id = None
    current: Node | None = node
    while current is not None and link_id is None:
        link_id = current.data.get("linkId") if isinstance(current.data, dict) else None
        current = current.parent
    if run.index_of_items is None:
        run.index_of_items = dict(_items(run))
    found = run.index_of_items.get(link_id) if isinstance(link_id, str) else None
    if found is None and link_id is None:
        found = next((item.data for item in _given(run, "qitem")), None)
    return found


def _given(run: Run, name: str) -> list[Node]:
    found = run.variable(name) if run.has(name) else []
    return [item for item in found if isinstance(item, Node) and isinstance(item.data, dict)]


def _items(run: Run) -> Iterator[tuple[str, dict[str, Any]]]:
    waiting = [item.data for name in ("qitem", "questionnaire") for item in _given(run, name)]
    while waiting:
        run.spend(1)
        item = waiting.pop()
        if isinstance(item.get("linkId"), str):
            yield item["linkId"], item
        waiting += _list(item, "item")


def _list(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = holder.get(name)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _holders(run: Run, question: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    wanted = question.get("answerValueSet") if question else None
    contained = [
        part
        for name in ("questionnaire", "resource")
        for given in _given(run, name)
        for part in _list(given.data, "contained")
    ]
    for part in contained:
        if part.get("resourceType") == "ValueSet" and isinstance(wanted, str) and wanted == f"#{part.get('id')}":
            yield part
    yield from (part for part in contained if part.get("resourceType") == "CodeSystem")


def _in_terminology(resource: dict[str, Any], value: Any) -> Decimal | int | None:
    code, system = (value.get("code"), value.get("system")) if isinstance(value, dict) else (value, None)
    for concept_system, concept in _concepts(resource):
        if concept.get("code") == code and system in {None, concept_system}:
            return _first(_in_extensions(concept.get("extension")), _in_properties(concept))
    return None


def _concepts(resource: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    if resource.get("resourceType") == "CodeSystem":
        waiting = [(resource.get("url"), concept) for concept in _list(resource, "concept")]
    else:
        compose, expansion = resource.get("compose"), resource.get("expansion")
        included = _list(compose, "include") if isinstance(compose, dict) else []
        waiting = [(part.get("system"), concept) for part in included for concept in _list(part, "concept")]
        expanded = _list(expansion, "contains") if isinstance(expansion, dict) else []
        waiting += [(concept.get("system"), concept) for concept in expanded]
    while waiting:
        system, concept = waiting.pop()
        yield system, concept
        waiting += [(system, below) for below in _list(concept, "concept")]
        waiting += [(below.get("system", system), below) for below in _list(concept, "contains")]


def _in_properties(concept: dict[str, Any]) -> Decimal | int | None:
    for said in _list(concept, "property"):
        if said.get("code") in _PROPERTIES:
            return _first(*(_as_number(said.get(name)) for name in ("valueDecimal", "valueInteger")))
    return None
