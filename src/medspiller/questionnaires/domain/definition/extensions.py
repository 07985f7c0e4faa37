"""
Extensions by what they mean, whatever way their address is spelled.

Helsenorge writes its own under two hosts, with and without `sdf-`, in mixed case, and one of them
misspelled; SDC took names over from FHIR's core and gave them a prefix. What nobody here knows is
kept with the item and ignored.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

_HELSENORGE = re.compile(
    r"https?://(?:www\.)?(?:ehelse|helsenorge)\.no/fhir/StructureDef(?:inition|intion)/(?P<name>.+)"
)
_HL7 = re.compile(
    r"https?://hl7\.org/fhir/(?:(?:us|uv)/sdc/)?StructureDefinition/(?:sdc-)?(?:questionnaire-)?(?P<name>[^/]+)"
)
_MISSPELLED = {"questionnaire-navgiator-state": "questionnaire-navigator-state"}
# R5 renamed it, and forms made for both carry either.
_SAME = {"itemWeight": "ordinalValue", "questionnaire-calculatedExpression": "calculatedExpression"}
_KANTA_ENABLE_WHEN = "http://phr.kanta.fi/StructureDefinition/fiphr-ext-questionnaire-enablewhen"

SCORING_SYSTEM = re.compile(r"https?://(?:www\.)?(?:ehelse|helsenorge)\.no/scoringFormulas/?")
OTHER_CHOICE_SYSTEM = re.compile(r"https?://(?:www\.)?(?:ehelse|helsenorge)\.no/fhir/CodeSystem/open-choice/?")


@lru_cache(maxsize=1024)
def meaning(url: str) -> str:
    """
    Return the short name of what an extension's address means.

    HL7's are plain (`minValue`), Helsenorge's begin with `helsenorge:` (`helsenorge:sublabel`),
    and an address that belongs to neither stands for itself.

    >>> meaning("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression")
    'calculatedExpression'
    >>> meaning("http://helsenorge.no/fhir/StructureDefinition/sdf-sublabel")
    'helsenorge:sublabel'
    """
    if url == _KANTA_ENABLE_WHEN:
        return "enableWhenExpression"
    if found := _HELSENORGE.fullmatch(url):
        name = found["name"].lower().removeprefix("sdf-")
        return "helsenorge:" + _MISSPELLED.get(name, name)
    if found := _HL7.fullmatch(url):
        return _SAME.get(found["name"], found["name"])
    return url


def extensions_of(element: object) -> Iterator[Mapping[str, Any]]:
    """Yield the extensions of an element that are well-formed enough to have an address."""
    if not isinstance(element, dict):
        return
    written = element.get("extension")
    if not isinstance(written, list):
        return
    for extension in written:
        if isinstance(extension, dict) and isinstance(extension.get("url"), str):
            yield extension


def by_meaning(element: object) -> dict[str, list[Mapping[str, Any]]]:
    """Return the extensions of an element, gathered by what they mean."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for extension in extensions_of(element):
        found.setdefault(meaning(extension["url"]), []).append(extension)
    return found


def value_of(extension: Mapping[str, Any]) -> Any:
    """Return the value of an extension, whatever its type; None if it has none."""
    return next((content for key, content in extension.items() if key.startswith("value")), None)


def part(extension: Mapping[str, Any], url: str) -> Any:
    """Return the value of the part of a compound extension that has this address, None if there is none."""
    return next((value_of(inner) for inner in extensions_of(extension) if inner["url"] == url), None)
