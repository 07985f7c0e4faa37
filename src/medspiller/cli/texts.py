"""`medspiller texts …`: find, check and compile the texts of the screens, without GNU gettext."""

import argparse
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import DebugLexer, TokenType
from django.utils.text import smart_split

from medspiller.cli.errors import Refused

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGES = ("nb", "nn")
_KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip

Message = tuple[str | None, str | tuple[str, str]]


def add_to(commands: Any) -> None:
    parser = commands.add_parser("texts", help="find, check and compile texts")
    parts = parser.add_subparsers(required=True, metavar="WHAT")
    parts.add_parser("extract", help="add new texts to the catalogues, mark gone ones").set_defaults(run=run_extract)
    parts.add_parser("check", help="say which texts lack a translation").set_defaults(run=run_check)
    parts.add_parser("compile", help="make .mo files").set_defaults(run=run_compile)


def run_extract(_: argparse.Namespace) -> object:
    """Bring each app's catalogues up to date and tell how many texts stand in each."""
    told = {}
    for app in apps():
        found = set(messages(app))
        for language in LANGUAGES if found else ():
            path = app / "locale" / language / "LC_MESSAGES/django.po"
            old = _read(path, language)
            new = Catalog(locale=language, project="Medspiller", charset="utf-8", fuzzy=False, header_comment="#")
            for context, text in sorted(found, key=str):
                kept = old.get(text if isinstance(text, str) else text[0], context)
                new.add(text, kept.string if kept else "", context=context)
            _write(path, new)
            told[str(path.relative_to(SOURCE))] = len(found)
    return told


def run_check(_: argparse.Namespace) -> object:
    """
    Say which texts lack a translation, are no longer used, or are translated one way here and another there.

    :raises Refused: with the list, if there are any.
    """
    problems = [problem for app in apps() for problem in problems_in(app)]
    problems += [problem for language in LANGUAGES for problem in told_apart(language)]
    if problems:
        raise Refused(problems)
    return {"texts": sum(len(set(messages(app))) for app in apps())}


def problems_in(app: Path) -> Iterator[dict[str, str]]:
    """Yield every text of an app that is missing, empty, unsure or unused in a catalogue, or whose names differ."""
    found = set(messages(app))
    for language in LANGUAGES:
        catalogue = _read(app / "locale" / language / "LC_MESSAGES/django.po", language)
        known = {(entry.context, _key(entry.id)): entry for entry in catalogue if entry.id}
        for context, text in sorted(found, key=str):
            entry = known.pop((context, _key(text)), None)
            problem = _problem(entry, text)
            if problem:
                yield {"app": app.name, "language": language, "text": _key(text), "problem": problem}
        for _, text_left in known:
            yield {"app": app.name, "language": language, "text": text_left, "problem": "no longer used"}


def told_apart(language: str) -> Iterator[dict[str, str]]:
    """
    Yield every text that two apps translate differently.

    Django shows the translation of the app that is installed first on the pages of all: where the words are to
    differ, the texts need a context.
    """
    first: dict[tuple[str | None, str], tuple[str, Any]] = {}
    for app in apps():
        for entry in _read(app / "locale" / language / "LC_MESSAGES/django.po", language):
            if not entry.id:
                continue
            other, said = first.setdefault((entry.context, _key(entry.id)), (app.name, entry.string))
            if said != entry.string:
                problem = f"translated otherwise in {other}"
                yield {"app": app.name, "language": language, "text": _key(entry.id), "problem": problem}


def run_compile(_: argparse.Namespace) -> object:
    """Make every .mo file that is older than its catalogue, and tell how many."""
    made = 0
    for path in SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        catalogue = _read(path, path.parts[-3])
        with target.open("wb") as out:
            write_mo(out, catalogue)
        made += 1
    return {"compiled": made}


def apps() -> list[Path]:
    """Return the folders of the apps."""
    return sorted(path.parent for path in SOURCE.glob("*/__init__.py"))


def messages(app: Path) -> Iterator[Message]:
    """Yield (context, text) of every text in an app's modules and templates; a plural is a pair."""
    for path in sorted(app.rglob("*.py")):
        if {"tests", "migrations"} & set(path.relative_to(app).parts):
            continue
        with path.open("rb") as source:
            for _, text, _, context in extract("python", source, keywords=_KEYWORDS, options={"encoding": "utf-8"}):
                yield context, text if isinstance(text, str) else (text[0], text[1])
    for path in sorted(app.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            yield from template_messages(path.read_text(encoding="utf-8"))


def template_messages(source: str) -> Iterator[Message]:
    """Yield the texts of a template's translate and blocktranslate tags, as Django looks them up."""
    block: list[str] | None = None
    plural: list[str] | None = None
    trimmed, context = False, None
    for token in DebugLexer(source).tokenize():
        words = list(smart_split(token.contents)) if token.token_type == TokenType.BLOCK else []
        name = words[0] if words else ""
        if block is not None:
            if name in {"endblocktranslate", "endblocktrans"}:
                one = _joined(block, trimmed=trimmed)
                yield context, one if plural is None else (one, _joined(plural, trimmed=trimmed))
                block = plural = None
            elif name == "plural":
                plural = []
            else:
                (block if plural is None else plural).append(_as_message(token))
        elif name in {"blocktranslate", "blocktrans"}:
            block, plural, trimmed, context = [], None, "trimmed" in words, _context(words)
        elif name in {"translate", "trans"} and words[1][0] in "\"'":
            yield _context(words), words[1][1:-1].replace('\\"', '"')
        for quoted in re.findall(r"""_\((?:"([^"]+)"|'([^']+)')\)""", token.contents if name or block is None else ""):
            if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
                yield None, quoted[0] or quoted[1]


def _as_message(token: Any) -> str:
    if token.token_type == TokenType.VAR:
        return f"%({token.contents})s"
    return str(token.contents).replace("%", "%%")


def _context(words: list[str]) -> str | None:
    return words[words.index("context") + 1].strip("\"'") if "context" in words else None


def _joined(parts: list[str], *, trimmed: bool) -> str:
    text = "".join(parts)
    if trimmed:
        text = re.sub(r"\s*\n\s*", " ", text.strip())
    return text


def _key(text: Any) -> str:
    return text if isinstance(text, str) else text[0]


def _problem(entry: Any, text: Any) -> str | None:
    if entry is None:
        return "missing"
    strings = [entry.string] if isinstance(entry.string, str) else list(entry.string)
    if not all(strings):
        return "empty"
    if entry.fuzzy:
        return "marked fuzzy"
    names = set(re.findall(r"%\((\w+)\)", " ".join([text] if isinstance(text, str) else text)))
    for string in strings:
        if not set(re.findall(r"%\((\w+)\)", string)) <= names:
            return "names something that the text does not have"
    return None


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        write_po(out, catalogue, width=110, omit_header=False, ignore_obsolete=True, sort_output=True)
