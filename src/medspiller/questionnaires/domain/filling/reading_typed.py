"""What somebody typed as a value of FHIR. People write days, hours and numbers in more ways than FHIR does."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from medspiller.questionnaires.domain.answering.drafting import tidy
from medspiller.questionnaires.domain.definition.definitions import ItemType
from medspiller.questionnaires.domain.filling.presented import ProblemKind

# Longer than anybody types a number or a day.
LONGEST = 60
_OSLO = ZoneInfo("Europe/Oslo")

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)")
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[./ -](?P<month>\d{1,2})[./ -](?P<year>\d{4})"),
)
_MONTHS = (
    re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[./ -](?P<year>\d{4})"),
)
_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"(?:kl\.?\s*)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?)?")


class NotUnderstood(Exception):
    """What was typed is no value of the type asked for; `kind` says what it should have been."""

    def __init__(self, kind: ProblemKind):
        self.kind = kind
        super().__init__(kind.value)


def read_typed(item_type: ItemType, typed: str) -> dict[str, Any]:
    """
    Return an answer as JSON (`{"valueDate": …}`) of what was typed, which is not blank.

    :raises NotUnderstood: if it is no such value.
    """
    return _READERS[item_type](typed)


def read_amount(typed: str, unit: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return an amount in a unit as an answer.

    :raises NotUnderstood: if what was typed is no number.
    """
    kept = {key: unit[key] for key in ("unit", "system", "code") if unit.get(key)}
    if "unit" not in kept and unit.get("display"):
        kept["unit"] = unit["display"]
    return {"valueQuantity": {"value": tidy(_number(typed)), **kept}}


def read_moment(day: str, clock: str) -> dict[str, Any]:
    """
    Return a day with a time in Norway as an answer; a day alone is one too.

    :raises NotUnderstood: if the day or the time cannot be read.
    """
    written = _date(day, ProblemKind.NO_MOMENT)
    if not clock.strip():
        return {"valueDateTime": written}
    if len(written) < len("2026-01-01"):
        raise NotUnderstood(ProblemKind.NO_MOMENT)
    at = datetime.combine(date.fromisoformat(written), _time(clock, ProblemKind.NO_MOMENT), tzinfo=_OSLO)
    return {"valueDateTime": at.isoformat(timespec="seconds")}


def _number(typed: str) -> Decimal:
    plain = _SPACES.sub("", typed).replace("−", "-")
    if len(typed) > LONGEST or not _NUMBER.fullmatch(plain):
        raise NotUnderstood(ProblemKind.NO_NUMBER)
    return Decimal(plain.replace(",", "."))


def _whole(typed: str) -> dict[str, Any]:
    try:
        number = _number(typed)
    except NotUnderstood:
        raise NotUnderstood(ProblemKind.NO_WHOLE_NUMBER) from None
    if number != int(number) or not -(2**31) <= number < 2**31:
        raise NotUnderstood(ProblemKind.NO_WHOLE_NUMBER)
    return {"valueInteger": int(number)}


def _date(typed: str, kind: ProblemKind = ProblemKind.NO_DAY) -> str:
    plain = typed.strip()
    if len(plain) > LONGEST:
        raise NotUnderstood(kind)
    for pattern in _DAYS:
        if found := pattern.fullmatch(plain):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
            except ValueError:
                raise NotUnderstood(kind) from None
    for pattern in _MONTHS:
        if (found := pattern.fullmatch(plain)) and 1 <= int(found["month"]) <= 12 and int(found["year"]):
            return f"{found['year']}-{int(found['month']):02}"
    if _YEAR.fullmatch(plain) and int(plain):
        return plain
    raise NotUnderstood(kind)


def _time(typed: str, kind: ProblemKind = ProblemKind.NO_TIME) -> time:
    found = _CLOCK.fullmatch(typed.strip()) if len(typed) <= LONGEST else None
    try:
        if found is None:
            raise ValueError
        return time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise NotUnderstood(kind) from None


def _address(typed: str) -> dict[str, Any]:
    plain = typed.strip()
    if re.search(r"\s", plain):
        raise NotUnderstood(ProblemKind.NO_ADDRESS)
    if re.match(r"www\.", plain, re.IGNORECASE):
        plain = f"https://{plain}"
    return {"valueUri": plain}


_READERS: Mapping[ItemType, Callable[[str], dict[str, Any]]] = {
    ItemType.STRING: lambda typed: {"valueString": typed.strip()},
    ItemType.TEXT: lambda typed: {"valueString": typed.replace("\r\n", "\n").strip()},
    ItemType.INTEGER: _whole,
    ItemType.DECIMAL: lambda typed: {"valueDecimal": tidy(_number(typed))},
    ItemType.DATE: lambda typed: {"valueDate": _date(typed)},
    ItemType.TIME: lambda typed: {"valueTime": _time(typed).isoformat()},
    ItemType.URL: _address,
    ItemType.OPEN_CHOICE: lambda typed: {"valueString": typed.strip()},
    # Without the list of codes, one's own words are all there is; FHIR lets a coding consist of them.
    ItemType.CHOICE: lambda typed: {"valueCoding": {"display": typed.strip()}},
}
