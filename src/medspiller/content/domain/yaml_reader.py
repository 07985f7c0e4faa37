"""
The part of YAML that means the same to everybody.

Built from the parser's events with a stack of our own: nesting cannot exhaust the
interpreter, no tag makes an object, and each plain word is looked at before it becomes a
number or a truth value. YAML 1.1 reads `no` as false, so Norway's code `NO` too; `0301`
as 193; `12:30` as 750. Such words are refused by name and must be quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from medspiller.content.domain import values
from medspiller.content.domain.faults import Fault, Unreadable

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "false": False}
_LIKE_TRUTHS = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false"})
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,39})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,19})\.[0-9]{1,19}")
_TRAPS = (
    (re.compile(r"[-+]?0[0-9_]+"), "a number with a leading zero is read as octal"),
    (re.compile(r"[-+]?0[xob][0-9A-Fa-f_]+"), "this is read as a number of another base"),
    (re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"), "digits with colons are read as base 60"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_.]*"), "underscores are dropped from numbers"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.|[0-9.]+[eE][-+]?[0-9]+)"), "write digits on both sides of the point"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "no number can be without end"),
    (re.compile(r"[-+]?[0-9]+(\.[0-9]+)?"), "the number has too many digits"),
)


@dataclass(slots=True)
class _Frame:
    """A list or object being read."""

    value: Any
    place: str
    key: str | None = None
    keys: set[str] = field(default_factory=set)

    def next_place(self) -> str:
        if isinstance(self.value, list):
            return values.join(self.place, len(self.value))
        return values.join(self.place, self.key or "")


def read(text: str) -> Any:
    """
    Return the one document of a YAML text as JSON values, dates as text.

    :raises Unreadable: with every ambiguous or repeated part.
    """
    reading = _Reading()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            reading.take(event)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        reading.faults.append(Fault(f"line {line}", f"stops being YAML: {fault.problem or fault.context}"))
    except yaml.YAMLError:
        reading.faults.append(Fault("", "holds a character that YAML does not allow"))
    if reading.faults:
        raise Unreadable(reading.faults)
    return reading.document


class _Reading:
    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.document: Any = None
        self._documents = 0
        self._open: list[_Frame] = []

    def take(self, event: yaml.Event) -> None:
        """Go on with the parser's next event."""
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._stop(event, "a second document begins; one file holds one")
            case yaml.AliasEvent():
                self._stop(event, f"*{event.anchor} repeats another part; write it out")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                closed = self._open.pop()
                self._put(closed.value)
            case yaml.ScalarEvent():
                self._scalar(event)

    def _begin(self, event: Any) -> None:
        if len(self._open) > values.MAX_DEPTH:
            self._stop(event, f"nested more than {values.MAX_DEPTH} deep")
        if event.tag is not None:
            self._stop(event, f"the tag {event.tag} is not read")
        if self._awaits_key():
            self._stop(event, "a key is a list or an object; keys are text")
        place = self._open[-1].next_place() if self._open else ""
        self._open.append(_Frame(value={} if isinstance(event, yaml.MappingStartEvent) else [], place=place))

    def _scalar(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            self._stop(event, f"the tag {event.tag} is not read")
        is_plain = event.implicit[0] and event.style in (None, "")
        if self._awaits_key():
            self._take_key(event, is_plain)
            return
        if not is_plain:
            self._put(event.value)
            return
        value, trap = plain(event.value)
        if trap:
            place = self._open[-1].next_place() if self._open else ""
            self._fault(event, place, f"{event.value}: {trap}; put it in quotation marks if it is text")
        self._put(value)

    def _take_key(self, event: Any, is_plain: bool) -> None:
        frame = self._open[-1]
        key = event.value
        place = values.join(frame.place, key)
        if is_plain:
            meant, trap = plain(key)
            if trap or not isinstance(meant, str):
                self._fault(event, place, f"the key {key or '(empty)'} is not read as text; put it in quotation marks")
        if key in frame.keys:
            self._fault(event, place, "is written twice")
        frame.keys.add(key)
        frame.key = key

    def _put(self, value: Any) -> None:
        if not self._open:
            self.document = value
            return
        frame = self._open[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _fault(self, event: Any, place: str, message: str) -> None:
        line = f"line {event.start_mark.line + 1}"
        self.faults.append(Fault(place or line, f"{message} ({line})" if place else message))

    def _stop(self, event: Any, message: str) -> None:
        """Give up: what follows cannot be understood any more."""
        place = self._open[-1].place if self._open else ""
        self._fault(event, place, message)
        raise Unreadable(self.faults)


def plain(word: str) -> tuple[Any, str]:
    """Return what an unquoted word means and, if people and parsers may differ about it, why it is refused."""
    if word in _NULLS:
        return None, ""
    if word in _TRUTHS:
        return _TRUTHS[word], ""
    if word.lower() in _LIKE_TRUTHS:
        return word, "read as true or false by some; write true or false"
    if _WHOLE.fullmatch(word):
        return int(word), ""
    if _DECIMAL.fullmatch(word):
        return Decimal(word), ""
    return word, next(_traps(word), "")


def _traps(word: str) -> Iterator[str]:
    return (reason for pattern, reason in _TRAPS if pattern.fullmatch(word))
