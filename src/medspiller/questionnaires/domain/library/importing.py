"""
Questionnaires from elsewhere: Helsenorge's, or any JSON that should be one.

Everything that is wrong is told at once. What a form from elsewhere need not say and ours must
(an address, a version, whose answers they are) is filled in, so that only the form itself is judged.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from medspiller.content.domain import formats
from medspiller.content.domain.definitions import MAX_URL, URL, VERSION, Definition, Status
from medspiller.content.domain.faults import Unreadable
from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition.audience import Subject, faults_of_audience, subject_of
from medspiller.questionnaires.domain.definition.outcomes import Code, Issue, error, has_errors
from medspiller.questionnaires.domain.library.content_questionnaires import MOST_ITEMS, QUESTIONNAIRES, count_of_items

# Far larger than any form that somebody fills in.
MOST_BYTES = 2_000_000
FIRST_VERSION = "1.0.0"
PACKAGE = "own"

_WHERE = "Questionnaire"
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Examined:
    """What a text is: the definition it would make, None where it cannot be one, and all that is wrong with it."""

    definition: Definition | None
    issues: tuple[Issue, ...]

    @property
    def is_usable(self) -> bool:
        return self.definition is not None and not has_errors(self.issues)


def examine(raw: bytes, *, subject: Subject | None, new_url: str) -> Examined:
    """
    Return what a text is, with every problem of it.

    `subject` says whose answers they are where the form does not; `new_url` becomes the address
    of a form without one, or with one that holds on its own server only. What else the form says
    itself is left as it is.
    """
    if len(raw) > MOST_BYTES:
        told = f"It is {len(raw) // 1000} kB; at most {MOST_BYTES // 1000} kB are read"
        return _refused([error(Code.TOO_COSTLY, _WHERE, told)])
    try:
        formats.read(raw, ".json")
    except Unreadable as fault:
        return _refused([error(Code.STRUCTURE, one.element or _WHERE, one.message) for one in fault.faults])
    written = json.loads(formats.decode(raw, ".json"))
    if (count := count_of_items(written)) > MOST_ITEMS:
        told = f"It has {count} items; at most {MOST_ITEMS} can be asked"
        return _refused([error(Code.TOO_COSTLY, _WHERE, told)])
    if not isinstance(written, dict) or written.get("resourceType") != "Questionnaire":
        return _refused(checking.check(written))
    changed = _completed(written, subject, new_url)
    issues = [*checking.check(written, expressions.compile), *_of_audience(written), *_of_header(written)]
    text = json.dumps(written, ensure_ascii=False, indent=2) if changed else formats.decode(raw, ".json")
    return Examined(None if has_errors(issues) else _definition(written, text), tuple(dict.fromkeys(issues)))


def text_of_new_version(definition: Definition) -> str:
    """Return the JSON of a definition with the next version, to go on from."""
    return _rewritten(definition, version=next_version(definition.version))


def text_of_copy(definition: Definition, *, url: str) -> str:
    """Return the JSON of a definition under another address, which says what it was made from."""
    made_from = f"{definition.url}|{definition.version}"
    return _rewritten(definition, url=url, version=FIRST_VERSION, derivedFrom=[made_from])


def next_version(version: str) -> str:
    """
    Return a version with its last number one higher.

    >>> next_version("1.0.9")
    '1.0.10'
    """
    numbers = list(_NUMBERS.finditer(version))
    if not numbers:
        return f"{version}.1"
    last = numbers[-1]
    return f"{version[: last.start()]}{int(last[0]) + 1}{version[last.end() :]}"


def as_active(definition: Definition) -> Definition:
    """Return the definition as it is published: only its status changes, and with it nothing that it says."""
    return replace(definition, status=Status.ACTIVE)


def _completed(written: dict[str, Any], subject: Subject | None, new_url: str) -> bool:
    """Fill in what forms from elsewhere need not say; return whether there was anything to fill in."""
    missing: dict[str, Any] = {}
    if not written.get("url") or _is_local(written["url"]):
        missing["url"] = new_url
    if not written.get("version"):
        missing["version"] = FIRST_VERSION
    if not written.get("status"):
        missing["status"] = Status.ACTIVE.value
    if subject is not None and subject_of(written) is None:
        missing["subjectType"] = [subject.value]
    written.update(missing)
    return bool(missing)


def _is_local(url: Any) -> bool:
    """`Questionnaire/12` is an address within the server that it came from, and names nothing here."""
    return isinstance(url, str) and ":" not in url


def _of_audience(written: dict[str, Any]) -> Iterator[Issue]:
    for element, told in faults_of_audience(written):
        yield error(Code.BUSINESS_RULE, f"{_WHERE}.{element}", told)


def _of_header(written: dict[str, Any]) -> Iterator[Issue]:
    url, version = written.get("url"), written.get("version")
    if not isinstance(url, str) or not URL.fullmatch(url) or len(url) > MAX_URL:
        told = f"The address begins with https:// or urn: and has at most {MAX_URL} characters"
        yield error(Code.VALUE, f"{_WHERE}.url", told)
    if not isinstance(version, str) or not VERSION.fullmatch(version):
        yield error(Code.VALUE, f"{_WHERE}.version", "The version is letters, digits, points and hyphens, at most 64")


def _definition(written: dict[str, Any], text: str) -> Definition:
    return Definition(
        kind=QUESTIONNAIRES.name,
        url=written["url"],
        version=written["version"],
        status=Status.DRAFT,
        body=formats.read(text.encode(), ".json"),
        text=text,
        suffix=".json",
        package=PACKAGE,
        package_version="",
        file=f"{PACKAGE}/{QUESTIONNAIRES.folder}/{written['version']}.json",
    )


def _rewritten(definition: Definition, **changes: Any) -> str:
    written = {**json.loads(definition.text), **changes}
    return json.dumps(written, ensure_ascii=False, indent=2)


def _refused(issues: list[Issue]) -> Examined:
    return Examined(None, tuple(issues))
