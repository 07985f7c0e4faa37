"""FHIR's primitive types: which JSON values are one."""

import re
from datetime import date
from typing import Any

_YEAR = r"(?:[0-9](?:[0-9](?:[0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_MONTH = r"(?:0[1-9]|1[0-2])"

_TEXTS = {
    name: re.compile(pattern)
    for name, pattern in {
        "canonical": r"\S*",
        "code": r"[^\s]+(?:\s[^\s]+)*",
        "date": rf"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?",
        "dateTime": rf"{_YEAR}(?:-{_MONTH}(?:-{_DAY}(?:T{_CLOCK}{_ZONE})?)?)?",
        "id": r"[A-Za-z0-9\-.]{1,64}",
        "instant": rf"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}",
        "markdown": r"[ \r\n\t\S]+",
        "oid": r"urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+",
        "string": r"[ \r\n\t\S]+",
        "time": _CLOCK,
        "uri": r"\S*",
        "url": r"\S*",
        "uuid": r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    }.items()
}
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_WHOLE = {"integer": -(2**31), "unsignedInt": 0, "positiveInt": 1}
_DATED = {"date", "dateTime", "instant"}


def is_primitive(kind: str, value: Any) -> bool:
    """Say whether a JSON value is one of FHIR's primitive type `kind`."""
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "decimal":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in _WHOLE:
        return isinstance(value, int) and not isinstance(value, bool) and _WHOLE[kind] <= value < 2**31
    if not isinstance(value, str):
        return False
    if kind == "base64Binary":
        return _BASE64.fullmatch(value) is not None
    pattern = _TEXTS.get(kind)
    if pattern is None:
        return True
    return pattern.fullmatch(value) is not None and (kind not in _DATED or _is_in_calendar(value))


def _is_in_calendar(value: str) -> bool:
    """The patterns let 31 April through."""
    day = value[:10]
    if len(day) < 10:
        return True
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
