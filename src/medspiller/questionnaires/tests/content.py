"""Definitions of the three kinds as tests need them, without files."""

import json
from typing import Any

import yaml

from medspiller.content.domain import formats
from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.domain.loading import Library
from medspiller.content.domain.packages import Package

PACKAGE = "no.example.forms"
URL = "https://example.no/fhir/Questionnaire/nights"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
SCORING = "http://ehelse.no/scoringFormulas"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def shadow(**texts: str) -> dict[str, Any]:
    """Return the translations of a text, as they stand beside it."""
    return {
        "extension": [
            {
                "url": TRANSLATION,
                "extension": [{"url": "lang", "valueCode": code}, {"url": "content", "valueString": text}],
            }
            for code, text in texts.items()
        ]
    }


def text(said: str, *, nn: str = "på nynorsk", en: str = "in English", key: str = "text") -> dict[str, Any]:
    """Return a text in three languages."""
    return {key: said, f"_{key}": shadow(nn=nn, en=en)}


def option(code: str, said: str, counts: int | None = None) -> dict[str, Any]:
    """Return an option, with what it counts."""
    coding: dict[str, Any] = {"system": "https://example.no/cs", "code": code, **text(said, key="display")}
    if counts is not None:
        coding["extension"] = [{"url": ORDINAL, "valueDecimal": counts}]
    return {"valueCoding": coding}


def nights(**changes: Any) -> dict[str, Any]:
    """Return a small form of a carer's own: care at night, sleep if there is any, and a sum."""
    return {
        "resourceType": "Questionnaire",
        "language": "nb",
        "url": URL,
        "version": "1.0.0",
        "status": "active",
        "subjectType": ["RelatedPerson"],
        **text("Nettene dine", key="title"),
        "item": [
            {"linkId": "night-care", **text("Er du oppe om natten?"), "type": "boolean", "required": True},
            {
                "linkId": "sleep",
                "code": [{"system": SCORING, "code": "QS"}],
                **text("Får du sove?"),
                "type": "choice",
                "required": True,
                "enableWhen": [{"question": "night-care", "operator": "=", "answerBoolean": True}],
                "answerOption": [option("well", "Ja, godt", 0), option("badly", "Nei, dårlig", 2)],
            },
            {
                "linkId": "helpers",
                **text("Hvem hjelper?"),
                "type": "group",
                "repeats": True,
                "item": [{"linkId": "helper-name", **text("Navn"), "type": "string"}],
            },
            {"linkId": "sum", "code": [{"system": SCORING, "code": "TS"}], **text("Sum"), "type": "integer"},
        ],
        **changes,
    }


def form(written: dict[str, Any] | None = None, *, name: str = "nights", package: str = PACKAGE) -> Definition:
    """Return a questionnaire as its file would give it."""
    body = written if written is not None else nights()
    return definition("questionnaires", name, json.dumps(body), ".json", package=package)


def described(kind: str, name: str, body: dict[str, Any], *, package: str = PACKAGE) -> Definition:
    """Return an instrument or a tool as its file would give it."""
    return definition(kind, name, yaml.safe_dump(body, allow_unicode=True), ".yaml", package=package)


def definition(kind: str, name: str, said: str, suffix: str, *, package: str) -> Definition:
    body = formats.read(said.encode(), suffix)
    return Definition(
        kind=kind,
        url=body["url"],  # type: ignore[call-overload,index]
        version=body["version"],  # type: ignore[call-overload,index]
        status=Status(body["status"]),  # type: ignore[call-overload,index]
        body=body,
        text=said,
        suffix=suffix,
        package=package,
        package_version="1",
        file=f"{package}/{kind}/{name}{suffix}",
    )


def library(
    *definitions: Definition, licence: str = "EUPL-1.2", languages: tuple[str, ...] = ("nb", "nn", "en")
) -> Library:
    """Return a library of one package that holds these."""
    package = Package(
        id=PACKAGE, version="1", title="Forms", licence=licence, languages=languages, needs=(), source="", headers={}
    )
    return Library({PACKAGE: package}, definitions)


def said(word: str) -> dict[str, str]:
    """Return a text in the three languages."""
    return {"nb": f"{word} på bokmål", "nn": f"{word} på nynorsk", "en": f"{word} in English"}


def instrument(**changes: Any) -> dict[str, Any]:
    """Return an instrument of which only the total is kept."""
    return {
        "url": "https://example.no/instruments/load",
        "version": "1",
        "status": "active",
        "id": "load",
        "name": said("Load"),
        "about": said("About"),
        "licence": "UNKNOWN",
        "attribution": "Somebody, 2001",
        "owner_link": None,
        "respondent": "carer",
        "languages": ["nb"],
        "least_age": None,
        "staff_only": True,
        "questionnaire": None,
        "wording": None,
        "totals": [scale()],
        "talk": None,
        "missing_rule": {"rule": "all", "text": said("All")},
        "not_a_diagnosis": said("No diagnosis"),
        "sources": [{"ref": "Somebody, 2001"}],
        **changes,
    }


def scale(**changes: Any) -> dict[str, Any]:
    """Return a total from 0 to 60 with one band, from 24 to 60."""
    return {
        "id": "total",
        "name": said("Total"),
        "item": None,
        "least": 0,
        "most": 60,
        "certainty": "read",
        "higher": "worse",
        "bands": [band()],
        "relevant_change": None,
        **changes,
    }


def band(**changes: Any) -> dict[str, Any]:
    return {
        "from": 24,
        "to": 60,
        "label": said("Heavy"),
        "certainty": "read",
        "valid_from": "2020-01-01",
        "source": "Somebody, 2001",
        **changes,
    }


def tool(**changes: Any) -> dict[str, Any]:
    """Return a tool with one step."""
    return {
        "url": "https://example.no/tools/talk",
        "version": "1",
        "status": "active",
        "title": said("Talk"),
        "summary": said("Summary"),
        "situations": ["first-talk"],
        "kind": "guide",
        "for_whom": said("Everybody"),
        "steps": [{"title": said("Listen"), "text": said("Ask what matters")}],
        "sources": [{"ref": "Veileder"}],
        "reviewed": "2026-11-01",
        **changes,
    }
