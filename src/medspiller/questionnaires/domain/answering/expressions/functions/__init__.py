"""The functions of FHIRPath, FHIR and SDC, each in the module of its kind."""

from medspiller.questionnaires.domain.answering.expressions.functions import (
    boundaries,
    clock,
    collections,
    conversion,
    filtering,
    numbers,
    ordering,
    resources,
    scoring,
    text,
)
from medspiller.questionnaires.domain.answering.expressions.functions.registry import FUNCTIONS

__all__ = [
    "FUNCTIONS",
    "boundaries",
    "clock",
    "collections",
    "conversion",
    "filtering",
    "numbers",
    "ordering",
    "resources",
    "scoring",
    "text",
]
