"""What stands in a cell of a list of offers, as people and spreadsheets write it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from medspiller.catalogue.domain.import_columns import Holds

CELL_MOST = 20_000

_YES = frozenset({"ja", "yes", "true", "sant", "1", "x"})
_NO = frozenset({"nei", "no", "false", "usant", "0"})
# The first two letters of each day, in the three languages.
_WEEKDAYS = {
    "ma": 1,
    "må": 1,
    "mo": 1,
    "ti": 2,
    "ty": 2,
    "tu": 2,
    "on": 3,
    "we": 3,
    "to": 4,
    "th": 4,
    "fr": 5,
    "lø": 6,
    "la": 6,
    "sa": 6,
    "sø": 7,
    "su": 7,
}
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)?")
# Day 0 of spreadsheets, which believe that 1900 was a leap year.
_SPREADSHEET_DAY = date(1899, 12, 30)
_DAY_MINUTES = 24 * 60


def value_of(holds: Holds, text: str) -> Any:
    """
    Return what the text of a cell means, as `domain.reading` reads it.

    :raises ValueError: if it cannot mean anything there, or is too long.
    """
    if len(text) > CELL_MOST:
        raise ValueError(holds)
    return _READERS[holds](text)


def _list(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"[,;|\n]", text) if each.strip()]


def _codes(text: str) -> list[str]:
    return [each.casefold().replace("_", "-") for each in _list(text)]


def _whole_number(text: str) -> int:
    return int(text.removesuffix(".0"))


def _money(text: str) -> int | float:
    tidied = re.sub(r"[\s\u00a0]|kr\.?|,-$", "", text.casefold()).replace(",", ".")
    if not re.fullmatch(r"\d{1,7}(\.\d{1,2})?", tidied):
        raise ValueError(text)
    return float(tidied) if "." in tidied else int(tidied)


def _yes_no(text: str) -> bool:
    said = text.casefold().removesuffix(".0")
    if said not in _YES | _NO:
        raise ValueError(text)
    return said in _YES


def _day(text: str) -> str:
    iso, said = _ISO.fullmatch(text), _DAY.fullmatch(text)
    if re.fullmatch(r"\d{5}(\.0)?", text):
        return (_SPREADSHEET_DAY + timedelta(days=_whole_number(text))).isoformat()
    parts = iso.groups() if iso else said.groups()[::-1] if said else ()
    if not parts:
        raise ValueError(text)
    return date(*(int(part) for part in parts)).isoformat()


def _time(text: str) -> str:
    # A spreadsheet's time is a part of a day.
    if re.fullmatch(r"0?\.\d{3,}|0?\.\d|0?\.[27]5", text):
        minutes = round(float(text) * _DAY_MINUTES)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    said = _CLOCK.fullmatch(text.casefold().removeprefix("kl.").removeprefix("kl").strip())
    if not said or int(said.group(1)) > 23 or int(said.group(2) or 0) > 59:
        raise ValueError(text)
    return f"{int(said.group(1)):02}:{int(said.group(2) or 0):02}"


def _areas(text: str) -> list[dict[str, str]]:
    return [_area(each) for each in _list(text)]


def _area(text: str) -> dict[str, str]:
    code, _, district = (part.strip() for part in text.partition(":"))
    if code.casefold() in ("no", "norge", "noreg", "hele landet"):
        return {"kind": "national"}
    if not code.isascii() or not code.isdigit() or len(code) not in (2, 4):
        raise ValueError(text)
    if district and len(code) == 4:
        return {"kind": "district", "code": code, "district": district}
    return {"kind": "county" if len(code) == 2 else "municipality", "code": code}


def _weekdays(text: str) -> list[int]:
    days = []
    for each in re.split(r"[,;|\s]+", text.casefold()):
        day = int(each) if each.isdigit() else _WEEKDAYS.get(each[:2], 0)
        if not 1 <= day <= 7:
            raise ValueError(text)
        days.append(day)
    return sorted(set(days))


_READERS: Mapping[Holds, Callable[[str], Any]] = {
    Holds.TEXT: str,
    Holds.CODE: lambda text: text.casefold().replace("_", "-"),
    Holds.CODES: _codes,
    Holds.WORDS: _list,
    Holds.WHOLE: _whole_number,
    Holds.MONEY: _money,
    Holds.YES_NO: _yes_no,
    Holds.DAY: _day,
    Holds.TIME: _time,
    Holds.AREAS: _areas,
    Holds.WEEKDAYS: _weekdays,
}
