"""Parts of shapes that the kinds of content of this app share."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shape_parts import DAY, LINK_OR_NONE, TEXT, TEXTS, closed, or_none
from medspiller.rights.domain.from_content import body_of
from medspiller.rights.domain.parameters import Certainty
from medspiller.rights.domain.texts import faults_in

__all__ = ["DAY", "LINK_OR_NONE", "TEXT", "TEXTS", "closed", "or_none"]

HEADER: Mapping[str, Any] = {"url": TEXT, "version": TEXT, "status": TEXT}
CERTAINTY: Mapping[str, Any] = {"enum": list(Certainty)}
SOURCE: Mapping[str, Any] = closed({"ref": TEXT, "certainty": CERTAINTY}, {"url": LINK_OR_NONE})
NAME: Mapping[str, Any] = {
    "type": "string",
    "pattern": r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$",
    "description": "a name in small letters, like care-days or days_per_year",
}
RIGHT_ID: Mapping[str, Any] = {"type": "string", "pattern": r"^R-[A-Z0-9]+(-[A-Z0-9]+)*$", "description": "R-FTRL-9-5"}
LIST_OF_TEXTS: Mapping[str, Any] = {"type": "array", "items": TEXTS}
BY_ANSWER: Mapping[str, Any] = closed({"yes": TEXTS, "no": TEXTS, "unknown": TEXTS})


def named(of: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shape of an object whose keys are names, each with a value of one shape."""
    return {"type": "object", "propertyNames": {"pattern": NAME["pattern"]}, "additionalProperties": of}


def misnamed(definition: Definition) -> Iterator[Problem]:
    """Yield an id that is not the name of the file."""
    stem = PurePosixPath(definition.file).stem
    if (found := body_of(definition)["id"]) != stem:
        yield Problem(definition.file, "id", f"is {found}, and the file is called {stem}")


def in_use_twice(definition: Definition, others: Sequence[Definition], key: str) -> Iterator[Problem]:
    """Yield other definitions, of other urls, that have the same under a key."""
    own = body_of(definition)[key]
    for other in others:
        if other.url != definition.url and body_of(other)[key] == own:
            yield Problem(definition.file, key, f"{own} is also that of {other.file}")


def no_days(definition: Definition, *paths: Sequence[str | int]) -> Iterator[Problem]:
    """Yield the places at which something like a day stands that the calendar does not have."""
    for path in paths:
        written: Any = definition.body
        for part in path:
            written = written[part] if isinstance(part, int) or part in written else None
        try:
            date.fromisoformat(written or "2026-01-01")
        except ValueError:
            yield Problem(definition.file, _place(path), "is no day of the calendar")


def out_of_line(definition: Definition, key: str) -> Iterator[Problem]:
    """
    Yield where steps through time overlap or leave a gap.

    Each has `from` and may have `to`, the first day after it, which must then be the next one's `from`.
    """
    steps = body_of(definition)[key]
    for number, (one, after) in enumerate(pairwise(steps)):
        if after["from"] is None or (one["from"] is not None and one["from"] >= after["from"]):
            message = f"begins no later than the one before it ({one['from']}); write them in order, once each"
            yield Problem(definition.file, f"{key}[{number + 1}].from", message)
        elif one.get("to") and one["to"] > after["from"]:
            yield Problem(definition.file, f"{key}[{number}].to", f"overlaps the next one, from {after['from']}")
        elif one.get("to") and one["to"] < after["from"]:
            message = (
                f"leaves a gap up to the next one, from {after['from']}; say what holds then, or that it is not known"
            )
            yield Problem(definition.file, f"{key}[{number}].to", message)
    last = steps[-1]
    if last.get("to") and last["from"] and last["to"] <= last["from"]:
        yield Problem(definition.file, f"{key}[{len(steps) - 1}].to", "is not after its own from")


def unfillable(
    definition: Definition, place: str, texts: Mapping[str, str], allowed: frozenset[str]
) -> Iterator[Problem]:
    """Yield places of a text that nothing fills in."""
    for fault in faults_in(texts, allowed):
        yield Problem(definition.file, place, fault)


def _place(path: Sequence[str | int]) -> str:
    said = ""
    for part in path:
        said += f"[{part}]" if isinstance(part, int) else f".{part}"
    return said.lstrip(".")
