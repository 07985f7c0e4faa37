"""Parts of shapes that kinds of content share, and how they are read."""

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("nb", "nn", "en")

TEXT: Mapping[str, Any] = {
    "type": "string",
    "pattern": r"^\S([\s\S]*\S)?$",
    "description": "text without space around it",
}
TEXTS: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": list(LANGUAGES),
    "properties": dict.fromkeys(LANGUAGES, TEXT),
}
LINK: Mapping[str, Any] = {"type": "string", "pattern": r"^https://\S+$", "description": "https://…"}
LINK_OR_NONE: Mapping[str, Any] = {**LINK, "type": ["string", "null"]}
CANONICAL: Mapping[str, Any] = {
    "type": "string",
    "pattern": r"^(https?://|urn:)[^\s|#]+(\|[A-Za-z0-9][A-Za-z0-9.+_-]*)?$",
    "description": "url or url|version",
}
DAY: Mapping[str, Any] = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "2026-11-01"}
SOURCES: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["ref"],
        "properties": {"ref": TEXT, "url": LINK_OR_NONE},
    },
}


def closed(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the shape of an object that has these properties and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {**required, **(optional or {})},
    }


def or_none(shape: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shape that null fits too."""
    kind = shape["type"]
    return {**shape, "type": [*(kind if isinstance(kind, list) else [kind]), "null"]}


def canonical_parts(canonical: str) -> tuple[str, str | None]:
    """Return the url and, if it names one, the version of a canonical address."""
    url, _, version = canonical.partition("|")
    return url, version or None


def sources_in(body: Mapping[str, Any], key: str) -> tuple[tuple[str, str | None], ...]:
    """Return the references under a key, each with its address if it has one."""
    return tuple((one["ref"], one.get("url")) for one in body.get(key) or ())
