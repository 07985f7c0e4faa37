"""The shape of a pathway's body. Conditions are held against no schema: `reading` reads them, part by part."""

from collections.abc import Mapping
from typing import Any

from medspiller.content.domain.shape_parts import CANONICAL, SOURCES, TEXT, TEXTS, closed
from medspiller.content.domain.shapes import Shape
from medspiller.pathways.domain.vocabulary import CarersSituation, Certainty, Owner, Page, PatientsCondition, Subject

__all__ = ["CANONICAL", "HEADER", "LIST", "NAME", "PATHWAY", "SOURCES", "TEXT", "TEXTS", "closed"]

HEADER: Mapping[str, Any] = {"url": TEXT, "version": TEXT, "status": TEXT}
NAME: Mapping[str, Any] = {
    "type": "string",
    "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$",
    "maxLength": 60,
    "description": "a name in small letters with hyphens, like talk-with-parent",
}
LINE: Mapping[str, Any] = {
    "type": "string",
    "pattern": r"^PV-[0-9]+\.[0-9]+\.[0-9]+$",
    "description": "PV-5.1.1",
}
LIST: Mapping[str, Any] = {"type": "array", "minItems": 1, "uniqueItems": True}
_COUNT: Mapping[str, Any] = {"type": "integer", "minimum": -730, "maximum": 730}
_TIMES: Mapping[str, Any] = {"type": "integer", "minimum": 1, "maximum": 200}
_CONDITION: Mapping[str, Any] = {"type": "object", "minProperties": 1}
_SPANS: Mapping[str, Any] = dict.fromkeys(("days", "weeks", "months", "working_days"), _COUNT)

_BEAT = closed({}, {**_SPANS, "times": _TIMES})
_REPEATS = closed({}, {"rhythm": {"type": "array", "minItems": 1, "items": _BEAT}, "each": NAME, "until": _CONDITION})
_USES = closed({}, {"questionnaire": CANONICAL, "letter": NAME, "page": {"enum": list(Page)}})
_DONE = {
    "type": ["string", "object"],
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {"response": CANONICAL, "event": NAME, "fact": NAME, "given_within": closed({}, _SPANS)},
}
_BASIS = closed({}, {"lines": {**LIST, "items": LINE}, "law": {**LIST, "items": TEXT}, "local": TEXTS})
_STEP = closed(
    {"id": NAME, "title": TEXTS, "who": {**LIST, "items": TEXT}, "done": _DONE, "basis": _BASIS},
    {
        "text": TEXTS,
        "for_carer": TEXTS,
        "when": _CONDITION,
        "waits_for": {**LIST, "items": NAME},
        "due": closed({"after": TEXT}, _SPANS),
        "repeats": _REPEATS,
        "uses": _USES,
        "results": {"type": "array", "minItems": 2, "items": closed({"code": NAME, "text": TEXTS})},
        "statutory": {"type": "boolean"},
    },
)
_PHASE = closed(
    {"id": NAME, "title": TEXTS, "steps": {"type": "array", "minItems": 1, "items": _STEP}},
    {"ends": {"type": ["string", "object"]}},
)
_EXIT = closed(
    {"id": NAME, "text": TEXTS},
    {"event": NAME, "fact": NAME, "when": _CONDITION, "leads_to": NAME},
)

PATHWAY = Shape(
    closed(
        {
            **HEADER,
            "slug": NAME,
            "title": TEXTS,
            "summary": TEXTS,
            "subject": {"enum": list(Subject)},
            "holder": TEXT,
            "trigger": closed({"event": NAME, "text": TEXTS}),
            "phases": {"type": "array", "minItems": 1, "items": _PHASE},
            "evaluation": {**NAME, **LIST, "type": ["string", "array"], "items": NAME},
            "exit": {"type": "array", "minItems": 1, "items": _EXIT},
            "sources": {**SOURCES, "minItems": 1},
            "certainty": {"enum": list(Certainty)},
        },
        {
            "facts": {
                "type": "object",
                "propertyNames": {"pattern": NAME["pattern"], "maxLength": 60},
                "additionalProperties": closed({"label": TEXTS}, {"owner": {"enum": list(Owner)}}),
            },
            "events": {"type": "array", "uniqueItems": True, "items": NAME},
            "to_check": TEXTS,
            "own_title": TEXTS,
            "tells": closed(
                {},
                {
                    "conditions": {**LIST, "items": {"enum": list(PatientsCondition)}},
                    "situations": {**LIST, "items": {"enum": list(CarersSituation)}},
                },
            ),
        },
    )
)

LINES = Shape(
    closed(
        {
            **HEADER,
            "section": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+$", "description": '"5.1"'},
            "title": TEXTS,
            "lines": {
                "type": "array",
                "minItems": 1,
                "items": closed(
                    {
                        "id": LINE,
                        "type": {"enum": ["krav", "anbefaling", "info"]},
                        "target": {**LIST, "items": {"enum": ["K", "S", "A", "T"]}},
                        "text": TEXTS,
                        "certainty": {"enum": ["law", "seed", "page", "background"]},
                    },
                    {"law": {"type": "array", "uniqueItems": True, "items": TEXT}},
                ),
            },
        },
        {"sources": SOURCES},
    )
)

LETTER = Shape(
    closed(
        {**HEADER, "slug": NAME, "title": TEXTS, "body": TEXTS, "sources": {**SOURCES, "minItems": 1}},
        {"summary": TEXTS},
    )
)
