"""
Reading a JSON object key by key, noting everything that is wrong instead of stopping at the first.

What cannot be read is answered with something of the right type, so that reading goes on; whoever reads asks
for the faults in the end, and makes nothing of what was read if there are any.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from medspiller.catalogue.domain.faults import Code, Fault
from medspiller.catalogue.domain.links import parts_of
from medspiller.content.domain.values import join

LANGUAGES = ("nb", "nn", "en")
ADDRESS_LENGTH = 500
MOST_LISTED = 50

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_ADDRESS = re.compile(r"https://[^\s/?#@\"<>\\]+[^\s\"<>\\]*")
_QUOTED = 60

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Reader:
    """One object. `faults` is shared with the readers of what lies inside it."""

    def __init__(self, body: Any, path: str = "", faults: list[Fault] | None = None):
        self.path = path
        self.faults: list[Fault] = [] if faults is None else faults
        self._read: set[str] = set()
        self._body: Mapping[str, Any] = {}
        if isinstance(body, Mapping):
            self._body = body
        else:
            self.note("", Code.TYPE, _said(body))

    def note(self, key: str, code: Code, detail: str = "") -> None:
        """Note that something is wrong with a key."""
        self.faults.append(Fault(self._place(key), code, detail))

    def value(self, key: str) -> Any:
        """Return what stands under a key; None where nothing does."""
        self._read.add(key)
        return self._body.get(key)

    def done(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._body:
            if key not in self._read:
                self.note(str(key)[:_QUOTED], Code.UNKNOWN_KEY)

    def text(self, key: str, *, most: int, required: bool = False) -> str:
        """Return a text without space around it, empty where there is none."""
        value = self.value(key)
        if value is None:
            if required:
                self.note(key, Code.MISSING)
            return ""
        return self._clean(key, value, most=most, required=required)

    def matching(self, key: str, pattern: re.Pattern[str], *, most: int = 100, required: bool = False) -> str:
        """Return a text that is wholly like a pattern."""
        found = self.text(key, most=most, required=required)
        if found and not pattern.fullmatch(found):
            self.note(key, Code.FORM, found[:_QUOTED])
        return found

    def address(self, key: str) -> str:
        """Return an address that begins with https."""
        found = self.text(key, most=ADDRESS_LENGTH)
        if found and not _is_address(found):
            self.note(key, Code.ADDRESS, found[:_QUOTED])
        return found

    def texts(self, key: str, *, most: int, required: bool = False) -> dict[str, str]:
        """Return a text by language, empty where there is none; nb, nn and en belong to each."""
        value = self.value(key)
        if value is None:
            if required:
                self.note(key, Code.MISSING)
            return {}
        if not isinstance(value, Mapping):
            self.note(key, Code.TYPE, _said(value))
            return {}
        found = {}
        for language, text in value.items():
            if language not in LANGUAGES and not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
                self.note(f"{key}.{str(language)[:_QUOTED]}", Code.FORM, str(language)[:_QUOTED])
            else:
                found[language] = self._clean(key, text, most=most, required=True, part=f".{language}")
        for language in LANGUAGES:
            if language not in found:
                self.note(key, Code.LANGUAGE, language)
        return found

    def code(self, key: str, vocabulary: type[E], *, default: E | None = None) -> E:
        """Return a code of a vocabulary; `default` where there is none."""
        value = self.value(key)
        first = next(iter(vocabulary))
        if value is None:
            if default is None:
                self.note(key, Code.MISSING)
            return default or first
        return self._code(key, value, vocabulary) or first

    def codes(self, key: str, vocabulary: type[E], *, required: bool = False) -> frozenset[E]:
        """Return a set of codes of a vocabulary."""
        found = [self._code(f"{key}[{number}]", value, vocabulary) for number, value in enumerate(self._list(key))]
        if required and not found:
            self.note(key, Code.EMPTY if key in self._body else Code.MISSING)
        return frozenset(each for each in found if each is not None)

    def languages(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return codes of languages, each once, in the order written."""
        found: dict[str, None] = {}
        for number, value in enumerate(self._list(key)):
            if isinstance(value, str) and _LANGUAGE.fullmatch(value):
                found[value] = None
            else:
                self.note(f"{key}[{number}]", Code.FORM, _said(value))
        if required and not self._body.get(key):
            self.note(key, Code.EMPTY if key in self._body else Code.MISSING)
        return tuple(found)

    def flag(self, key: str, *, default: bool | None = False) -> bool:
        """Return yes or no; `default` where nothing is said, None for what must be said."""
        value = self.value(key)
        if isinstance(value, bool):
            return value
        if value is not None:
            self.note(key, Code.TYPE, _said(value))
        elif default is None:
            self.note(key, Code.MISSING)
        return bool(default)

    def whole(self, key: str, *, least: int, most: int) -> int | None:
        """Return a whole number between two, both included."""
        value = self.value(key)
        if value is None:
            return None
        return self._whole(key, value, least=least, most=most)

    def wholes(self, key: str, *, least: int, most: int) -> tuple[int, ...]:
        """Return whole numbers between two, each once, rising."""
        found = {
            self._whole(f"{key}[{number}]", value, least=least, most=most)
            for number, value in enumerate(self._list(key))
        }
        return tuple(sorted(each for each in found if each is not None))

    def amount(self, key: str) -> Decimal | None:
        """Return an amount in kroner, with two decimals at most."""
        value = self.value(key)
        if value is None:
            return None
        try:
            found = Decimal("nan") if isinstance(value, bool | str) else Decimal(str(value))
        except InvalidOperation:
            found = Decimal("nan")
        if not found.is_finite():
            self.note(key, Code.TYPE, _said(value))
            return None
        if not 0 <= found < 1_000_000 or found != round(found, 2):
            self.note(key, Code.NUMBER, "0–999999")
            return None
        return found

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a day written as 2026-11-01."""
        value = self.value(key)
        if value is None:
            if required:
                self.note(key, Code.MISSING)
            return None
        if isinstance(value, str) and len(value) == len("2026-11-01"):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.note(key, Code.FORM, _said(value))
        return None

    def clock(self, key: str) -> time | None:
        """Return a time of day written as 18:00."""
        value = self.value(key)
        if value is None:
            return None
        if isinstance(value, str) and _CLOCK.fullmatch(value):
            return time.fromisoformat(value)
        self.note(key, Code.FORM, _said(value))
        return None

    def inside(self, key: str, read: Callable[["Reader"], T], *, required: bool = False) -> T | None:
        """Return what `read` makes of the object under a key."""
        value = self.value(key)
        if value is None:
            if required:
                self.note(key, Code.MISSING)
            return None
        return self._one(key, value, read)

    def each(self, key: str, read: Callable[["Reader"], T], *, required: bool = False) -> tuple[T, ...]:
        """Return what `read` makes of each object in the list under a key."""
        found = tuple(self._one(f"{key}[{number}]", value, read) for number, value in enumerate(self._list(key)))
        if required and not found:
            self.note(key, Code.EMPTY if key in self._body else Code.MISSING)
        return found

    def listed(self, key: str, *, most: int) -> tuple[str, ...]:
        """Return a list of texts, each once, in the order written."""
        found: dict[str, None] = {}
        for number, value in enumerate(self._list(key)):
            text = self._clean(f"{key}[{number}]", value, most=most, required=True)
            if text:
                found[text] = None
        return tuple(found)

    @property
    def keys_there(self) -> tuple[str, ...]:
        """The keys that there are."""
        return tuple(self._body)

    def _one(self, key: str, value: Any, read: Callable[["Reader"], T]) -> T:
        inner = Reader(value, self._place(key), self.faults)
        found = read(inner)
        inner.done()
        return found

    def _list(self, key: str) -> Sequence[Any]:
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self.note(key, Code.TYPE, _said(value))
            return ()
        if len(value) > MOST_LISTED:
            self.note(key, Code.TOO_LONG, str(MOST_LISTED))
        return value[:MOST_LISTED]

    def _code(self, key: str, value: Any, vocabulary: type[E]) -> E | None:
        try:
            return vocabulary(value)
        except ValueError:
            self.note(key, Code.CODE, _said(value))
            return None

    def _whole(self, key: str, value: Any, *, least: int, most: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            self.note(key, Code.TYPE, _said(value))
            return None
        if not least <= value <= most:
            self.note(key, Code.NUMBER, f"{least}–{most}")
            return None
        return value

    def _clean(self, key: str, value: Any, *, most: int, required: bool, part: str = "") -> str:
        if not isinstance(value, str):
            self.note(key + part, Code.TYPE, _said(value))
            return ""
        text = value.replace("\r\n", "\n").strip()
        if "\0" in text:
            self.note(key + part, Code.FORM)
        elif len(text) > most:
            self.note(key + part, Code.TOO_LONG, str(most))
        elif required and not text:
            self.note(key + part, Code.EMPTY)
        return text

    def _place(self, key: str) -> str:
        return join(self.path, key) if key else self.path


def _is_address(text: str) -> bool:
    try:
        host = parts_of(text).host
    except ValueError:
        return False
    return bool(host and _ADDRESS.fullmatch(text))


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    return str(value)[:_QUOTED]
