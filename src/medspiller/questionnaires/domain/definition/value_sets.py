"""Value sets that a questionnaire carries inside itself."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from medspiller.questionnaires.domain.definition.definitions import Option, Value, ValueSet
from medspiller.questionnaires.domain.definition.reading_values import objects, option, text


def contained(written: Mapping[str, Any]) -> dict[str, ValueSet]:
    """Return the value sets contained in a resource, by `#id` and by their own address."""
    found: dict[str, ValueSet] = {}
    code_systems = {
        text(one, "url"): one for one in objects(written, "contained") if one.get("resourceType") == "CodeSystem"
    }
    for one in objects(written, "contained"):
        if one.get("resourceType") == "ValueSet":
            made = _value_set(one, code_systems)
            for name in (f"#{text(one, 'id')}", text(one, "url")):
                if len(name) > 1:
                    found.setdefault(name, made)
    return found


def _value_set(written: Mapping[str, Any], code_systems: Mapping[str, Mapping[str, Any]]) -> ValueSet:
    expansion = written.get("expansion")
    if isinstance(expansion, Mapping):
        return ValueSet(tuple(_expanded(expansion)))
    compose = written.get("compose")
    if not isinstance(compose, Mapping):
        return ValueSet((), complete=False)
    options: list[Option] = []
    complete = True
    for include in objects(compose, "include"):
        listed = list(_included(include, code_systems))
        complete = complete and bool(listed) and "valueSet" not in include and "filter" not in include
        options.extend(listed)
    left_out = {_key(one) for exclude in objects(compose, "exclude") for one in _included(exclude, code_systems)}
    complete = complete and all(any(objects(one, "concept")) for one in objects(compose, "exclude"))
    return ValueSet(tuple(one for one in options if _key(one) not in left_out), complete)


def _included(include: Mapping[str, Any], code_systems: Mapping[str, Mapping[str, Any]]) -> Iterator[Option]:
    system = text(include, "system")
    source = include
    if "concept" not in include and system in code_systems and "filter" not in include:
        source = code_systems[system]
    waiting = list(objects(source, "concept"))
    while waiting:
        concept = waiting.pop(0)
        yield _option(concept, system)
        waiting[:0] = list(objects(concept, "concept"))


def _expanded(expansion: Mapping[str, Any]) -> Iterator[Option]:
    waiting = list(objects(expansion, "contains"))
    while waiting:
        concept = waiting.pop(0)
        if concept.get("abstract") is not True and text(concept, "code"):
            yield _option(concept, text(concept, "system"))
        waiting[:0] = list(objects(concept, "contains"))


def _option(concept: Mapping[str, Any], system: str) -> Option:
    coding = {"system": system, "code": text(concept, "code"), "display": text(concept, "display")}
    kept = {key: said for key, said in coding.items() if said}
    if isinstance(shadow := concept.get("_display"), Mapping):
        kept["_display"] = shadow  # type: ignore[assignment]
    made = option(Value("Coding", kept), concept)
    others = {**_designated(concept), **made.text.others}
    return replace(made, text=replace(made.text, others=others)) if others else made


def _designated(concept: Mapping[str, Any]) -> dict[str, str]:
    """What a code is called in other languages; the first that is said of each."""
    found: dict[str, str] = {}
    for one in objects(concept, "designation"):
        if text(one, "language") and text(one, "value"):
            found.setdefault(text(one, "language"), text(one, "value"))
    return found


def _key(one: Option) -> tuple[Any, Any]:
    return one.value.content.get("system"), one.value.content.get("code")
