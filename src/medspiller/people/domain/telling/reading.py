"""
Reading a case as it is written in JSON.

An absent key and null both mean *not known*. A key or value nobody knows is refused by name: a
misspelt `circumstances` must not look like a case without any.
"""

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling.cases import OLDEST, Case, Circumstance, Consent, Patient, Recipient, Topic

_CASE = ("on", "patient", "recipient", "topic", "consent", "circumstances", "consent_by_nearest")
_PATIENT = ("age", "dead", "competent", "emergency")
_RECIPIENT = ("roles", "already_knows", "mandate_covers_health")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 40

Word = TypeVar("Word", bound=StrEnum)


class CaseUnreadable(ValueError):
    """A case is not written as it must be; `key` is where, `problem` is what is wrong."""

    def __init__(self, key: str, problem: str):
        self.key, self.problem = key, problem
        super().__init__(f"{key}: {problem}")


def case_from(written: object) -> Case:
    """
    Return the case a JSON value describes.

    :raises CaseUnreadable: naming the first key that cannot be read.
    """
    case = _object(written, _CASE, at="")
    patient = _object(case.get("patient"), _PATIENT, at="patient")
    recipient = _object(case.get("recipient"), _RECIPIENT, at="recipient")
    roles = _words(recipient, "roles", Role, at="recipient")
    # Left out, nobody has judged that one applies, and then the main rules do. Null says that it is not known.
    circumstances = _words(case, "circumstances", Circumstance) if "circumstances" in case else frozenset()
    return Case(
        on=_day(case.get("on")),
        patient=Patient(
            age=_age(patient.get("age")),
            dead=_flag(patient, "dead", at="patient"),
            competent=_flag(patient, "competent", at="patient"),
            emergency=_flag(patient, "emergency", at="patient"),
        ),
        recipient=Recipient(
            roles=roles,
            already_knows=_flag(recipient, "already_knows", at="recipient"),
            mandate_covers_health=_flag(recipient, "mandate_covers_health", at="recipient") or False,
        ),
        topic=_word(case.get("topic"), Topic, at="topic"),
        consent=_word(case.get("consent"), Consent, at="consent") or Consent.UNKNOWN,
        circumstances=circumstances,
        consent_by_nearest=_flag(case, "consent_by_nearest") or False,
    )


def _object(value: object, keys: Collection[str], *, at: str) -> Mapping[str, Any]:
    if value is None and at:
        return {}
    if not isinstance(value, dict):
        raise CaseUnreadable(at or "case", f"must be an object, not {_shown(value)}")
    for key in value:
        if key not in keys:
            raise CaseUnreadable(_place(at, _key(key)), f"not a key here; known are {', '.join(keys)}")
    return value


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise CaseUnreadable("on", f'must be a day such as "2026-09-01", not {_shown(value)}') from None


def _age(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= OLDEST:
        raise CaseUnreadable("patient.age", f"must be a whole number of years, 0 to {OLDEST}, not {_shown(value)}")
    return value


def _flag(written: Mapping[str, Any], key: str, *, at: str = "") -> bool | None:
    value = written.get(key)
    if value is None or isinstance(value, bool):
        return value
    raise CaseUnreadable(_place(at, key), f"must be true, false or null, not {_shown(value)}")


def _words(written: Mapping[str, Any], key: str, words: type[Word], *, at: str = "") -> frozenset[Word] | None:
    value, place = written.get(key), _place(at, key)
    if value is None:
        return None
    if not isinstance(value, list):
        raise CaseUnreadable(place, f"must be a list, not {_shown(value)}")
    found = [_word(one, words, at=place) for one in value]
    if None in found:
        raise CaseUnreadable(place, "null is no member of a list")
    return frozenset(word for word in found if word is not None)


def _word(value: object, words: type[Word], *, at: str) -> Word | None:
    if value is None:
        return None
    if isinstance(value, str) and value in set(words):
        return words(value)
    raise CaseUnreadable(at, f"{_shown(value)} is none of {', '.join(words)}")


def _place(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _key(key: str) -> str:
    return key if key.isidentifier() and key.isascii() and len(key) <= _SHOWN else _shown(key)


def _shown(value: object) -> str:
    """Show a value in a message: as JSON, in ASCII, and short; a number can be longer than Python will write."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_SHOWN:
        return "a very large number"
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
