"""The shared standard cases, and small questionnaires to say things with."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from medspiller.questionnaires.domain.answering import responses, walking
from medspiller.questionnaires.domain.answering.enabling import set_enabled
from medspiller.questionnaires.domain.answering.validating import validate
from medspiller.questionnaires.domain.definition import reading

STANDARDS = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards"))


def needs(folder: str, count: str) -> pytest.MarkDecorator:
    """Skip where the standard's files are not on this machine, saying what was not run."""
    return pytest.mark.skipif(
        not (STANDARDS / folder).exists(), reason=f"{folder} is not on this machine: {count} not run"
    )


def load(path: str) -> Any:
    return json.loads((STANDARDS / path).read_text(encoding="utf-8"))


def questionnaire(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": "https://medspiller.example/q",
        "status": "active",
        "item": list(items),
        **more,
    }


def item(link_id: str, kind: str, *extensions: dict[str, Any], **more: Any) -> dict[str, Any]:
    written = {"linkId": link_id, "type": kind, "text": f"Om {link_id}", **more}
    return {**written, "extension": list(extensions)} if extensions else written


def core(name: str, **value: Any) -> dict[str, Any]:
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", **value}


def response(*items: dict[str, Any], status: str = "completed") -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://medspiller.example/q",
        "status": status,
        "item": list(items),
    }


def answered(link_id: str, *answers: dict[str, Any]) -> dict[str, Any]:
    return {"linkId": link_id, "answer": list(answers)}


def code(name: str, ordinal: float | None = None) -> dict[str, Any]:
    coding: dict[str, Any] = {"system": "https://medspiller.example/codes", "code": name, "display": name}
    if ordinal is not None:
        coding["extension"] = [core("ordinalValue", valueDecimal=ordinal)]
    return {"valueCoding": coding}


def errors(form: dict[str, Any], filled: Any) -> list[tuple[str, str]]:
    """The errors of a response: where, and of which kind."""
    issues = validate(reading.read(form), filled)
    return [(issue.expressions[0], issue.code.value) for issue in issues if issue.is_error]


def laid(form: dict[str, Any], filled: dict[str, Any]) -> walking.Layout:
    layout = walking.lay(reading.read(form), responses.read_response(filled))
    set_enabled(layout)
    return layout
