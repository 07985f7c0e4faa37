"""
What is known of those that answers are about, for the values that a questionnaire begins with.

Expressions may name `%patient`, `%carer`, `%unit` and `%today`. What is not known has no value,
and the question stands open. Every answer that comes from an expression is to be confirmed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.filling.opening import opened

COHABITING = "https://medspiller.no/fhir/StructureDefinition/cohabiting"
RELATIONSHIP = "https://medspiller.no/fhir/CodeSystem/relation-kind"
LANGUAGES = "urn:ietf:bcp:47"
SOURCES = ("patient", "carer", "unit", "today")
_NAMED = re.compile(r"%`?(\w+)")
_GENDERS = MappingProxyType({"woman": "female", "man": "male", "other": "other"})


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What is known of a person, as far as whoever fills in may know it. `gender` is a code of the register."""

    given_name: str = ""
    family_name: str = ""
    name: str = ""
    birth_date: date | None = None
    gender: str = ""
    language: str = ""
    telecom: tuple[tuple[str, str], ...] = ()
    relationship: str = ""
    cohabiting: bool | None = None


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A response that somebody can begin with; `taken` says by linkId from where an answer is: one of `SOURCES`."""

    response: dict[str, Any]
    taken: Mapping[str, str]


def as_patient(known: KnownPerson) -> dict[str, Any]:
    """Return what is known of a person as a FHIR Patient."""
    return {"resourceType": "Patient", **_person(known)}


def as_carer(known: KnownPerson) -> dict[str, Any]:
    """Return what is known of a carer as a FHIR RelatedPerson."""
    resource = {"resourceType": "RelatedPerson", **_person(known)}
    if known.relationship:
        resource["relationship"] = [{"coding": [{"system": RELATIONSHIP, "code": known.relationship}]}]
    if known.cohabiting is not None:
        resource["extension"] = [{"url": COHABITING, "valueBoolean": known.cohabiting}]
    return resource


def prefilled(engine: Engine, response: Mapping[str, Any]) -> Prefilled:
    """Return an empty response with what it begins with; what is known stands in the engine, by the name it goes by."""
    begun = opened(engine)
    items = engine.questionnaire.by_link_id
    expressions = {link_id: items[link_id].initial_expression for link_id in begun.taken}
    taken = {link_id: _source(said.text) for link_id, said in expressions.items() if said is not None}
    return Prefilled({**response, **{key: said for key, said in begun.response.items() if key == "item"}}, taken)


def _source(expression: str) -> str:
    named = [name for name in _NAMED.findall(expression) if name in SOURCES]
    return named[0] if named else SOURCES[-1]


def _person(known: KnownPerson) -> dict[str, Any]:
    resource: dict[str, Any] = {}
    name = {"text": known.name, "given": [known.given_name], "family": known.family_name}
    if told := {key: value for key, value in name.items() if value and value != [""]}:
        resource["name"] = [told]
    if known.birth_date:
        resource["birthDate"] = known.birth_date.isoformat()
    if known.gender in _GENDERS:
        resource["gender"] = _GENDERS[known.gender]
    if known.language:
        coding = {"system": LANGUAGES, "code": known.language}
        resource["communication"] = [{"language": {"coding": [coding]}, "preferred": True}]
    if known.telecom:
        resource["telecom"] = [{"system": system, "value": value} for system, value in known.telecom]
    return resource
