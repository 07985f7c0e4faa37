"""Functions on text."""

import base64
import binascii
import html
import json
import re
from collections.abc import Callable

from medspiller.questionnaires.domain.answering.expressions import values
from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed
from medspiller.questionnaires.domain.answering.expressions.functions.registry import plain
from medspiller.questionnaires.domain.answering.expressions.operators import answer
from medspiller.questionnaires.domain.answering.expressions.patterns import pattern
from medspiller.questionnaires.domain.answering.expressions.running import Run
from medspiller.questionnaires.domain.answering.expressions.values import Collection

_GROUP = re.compile(r"\$(?:(\d+)|\{(\w+)\})")


def _on_one(name: str, compute: Callable[[str], object]) -> None:
    @plain(name)
    def function(run: Run, items: Collection) -> Collection:
        whole = values.text(items, name)
        return [] if whole is None else [compute(whole)]


def _on_two(name: str, compute: Callable[[str, str], object]) -> None:
    @plain(name, 1)
    def function(run: Run, items: Collection, other: Collection) -> Collection:
        whole, part = values.text(items, name), values.text(other, name)
        if whole is None or part is None:
            return []
        run.spend(len(whole) // 100)
        return [compute(whole, part)]


_on_one("length", len)
_on_one("upper", str.upper)
_on_one("lower", str.lower)
_on_one("trim", str.strip)
_on_two("startsWith", str.startswith)
_on_two("endsWith", str.endswith)
_on_two("contains", lambda whole, part: part in whole)
_on_two("indexOf", str.find)
_on_two("lastIndexOf", str.rfind)


def _searched(whole: str, wanted: str) -> bool:
    ready = pattern(wanted)
    return ready.compiled.search(ready.checked(whole)) is not None


def _matched(whole: str, wanted: str) -> bool:
    ready = pattern(wanted)
    return ready.compiled.fullmatch(ready.checked(whole)) is not None


_on_two("matches", _searched)
_on_two("matchesFull", _matched)


@plain("substring", 1, 2)
def substring(run: Run, items: Collection, start: Collection, length: Collection | None = None) -> Collection:
    whole, first = values.text(items, "substring"), values.whole(start, "substring")
    many = values.whole(length, "substring") if length else None
    if whole is None or first is None or not 0 <= first < len(whole):
        return []
    return [whole[first:] if many is None else whole[first : first + max(0, many)]]


@plain("toChars")
def to_chars(run: Run, items: Collection) -> Collection:
    whole = values.text(items, "toChars") or ""
    run.spend(len(whole))
    return list(whole)


@plain("split", 1)
def split(run: Run, items: Collection, separator: Collection) -> Collection:
    whole, between = values.text(items, "split"), values.text(separator, "split")
    if whole is None or between is None:
        return []
    run.spend(len(whole))
    return whole.split(between) if between else list(whole)


@plain("join", 0, 1)
def join(run: Run, items: Collection, separator: Collection | None = None) -> Collection:
    parts = [part for item in items if (part := values.text([item], "join")) is not None]
    between = (values.text(separator, "join") if separator else None) or ""
    return [run.bounded(between.join(parts))] if parts else []


@plain("replace", 2)
def replace(run: Run, items: Collection, old: Collection, new: Collection) -> Collection:
    whole, part, instead = (values.text(said, "replace") for said in (items, old, new))
    if whole is None or part is None or instead is None:
        return []
    run.bounded("x" * min(200_000, (whole.count(part)) * len(instead)))
    return [run.bounded(whole.replace(part, instead))]


@plain("replaceMatches", 2)
def replace_matches(run: Run, items: Collection, wanted: Collection, new: Collection) -> Collection:
    whole, part, instead = (values.text(said, "replaceMatches") for said in (items, wanted, new))
    if whole is None or part is None or instead is None:
        return []
    if not part:
        return [whole]
    ready = pattern(part)

    def made(found: re.Match[str]) -> str:
        return run.bounded(_GROUP.sub(lambda group: _group(found, group), instead))

    return [run.bounded(ready.compiled.sub(made, ready.checked(whole)))]


def _group(found: re.Match[str], group: re.Match[str]) -> str:
    number, name = group.groups()
    try:
        return found.group(int(number) if number else name) or ""
    except (IndexError, ValueError):
        raise EvaluationFailed(f"replaceMatches: the pattern has no group {number or name}") from None


def _encoded(whole: str, how: str) -> str | None:
    raw = whole.encode("utf-8", "surrogatepass")
    if how == "hex":
        return raw.hex()
    if how == "base64":
        return base64.b64encode(raw).decode()
    return base64.urlsafe_b64encode(raw).decode() if how in {"urlbase64", "base64url"} else None


def _decoded(whole: str, how: str) -> str | None:
    try:
        if how == "hex":
            return bytes.fromhex(whole).decode()
        if how == "base64":
            return base64.b64decode(whole, validate=True).decode()
        return base64.urlsafe_b64decode(whole).decode() if how in {"urlbase64", "base64url"} else None
    except (binascii.Error, ValueError):
        raise EvaluationFailed(f"decode: this is not {how}") from None


def _escaped(whole: str, how: str) -> str | None:
    if how == "html":
        return html.escape(whole)
    return json.dumps(whole, ensure_ascii=False)[1:-1] if how == "json" else None


def _unescaped(whole: str, how: str) -> str | None:
    if how == "html":
        return html.unescape(whole)
    if how != "json":
        return None
    try:
        said = json.loads(f'"{_escape_bare_quotes(whole)}"', strict=False)
    except ValueError:
        raise EvaluationFailed("unescape: this is not JSON") from None
    return said if isinstance(said, str) else None


def _escape_bare_quotes(whole: str) -> str:
    return re.sub(r'(\\.)|"', lambda found: found.group(1) or '\\"', whole, flags=re.DOTALL)


def _with_kind(name: str, compute: Callable[[str, str], str | None]) -> None:
    @plain(name, 1)
    def function(run: Run, items: Collection, how: Collection) -> Collection:
        whole, kind = values.text(items, name), values.text(how, name)
        made = None if whole is None or kind is None else compute(whole, kind)
        return answer(None if made is None else run.bounded(made))


_with_kind("encode", _encoded)
_with_kind("decode", _decoded)
_with_kind("escape", _escaped)
_with_kind("unescape", _unescaped)
