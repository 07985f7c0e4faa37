"""What kind of file somebody has given us, and the lines of plain text and of CSV."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from medspiller.strategy.domain.plans.columns import header_of
from medspiller.strategy.domain.plans.values import Line, NotReadable, Problem


class SourceKind(StrEnum):
    """What a plan is read from."""

    TEXT = "text"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


LARGEST = 20 * 1024 * 1024
MOST_LINES = 100_000
_LONGEST_CELL = 20_000
_BREAKS = re.compile(r"\r\n|\r|\n")
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"<!DOCTYPE", b"<!doctype", b"<html",
          b"<?xml", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BM", b"\x7fELF")  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters of control that no text has; tab, line breaks, form feed and the end of old files are let be.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


def kind_of(content: bytes, name: str) -> SourceKind:
    """
    Say what kind of file this is, by what it holds; its name only tells text from CSV.

    :raises NotReadable: if it holds nothing, or is a kind that no plan can be read from.
    """
    if len(content) > LARGEST:
        raise NotReadable(Problem.TOO_BIG)
    start = content[:2048].lstrip()
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe") and not content.strip():
        raise NotReadable(Problem.EMPTY)
    if b"%PDF-" in content[:1024]:
        raise NotReadable(Problem.PDF)
    if content.startswith(_OLD_OFFICE):
        raise NotReadable(Problem.OLD_OFFICE)
    if content.startswith(_PACKED):
        # Which of the two is said by its parts, whose names stand in the file as they are.
        if b"word/document" in content:
            return SourceKind.DOCX
        if b"xl/workbook" in content:
            return SourceKind.XLSX
        raise NotReadable(Problem.BROKEN if name.lower().endswith((".docx", ".xlsx")) else Problem.OTHER_KIND)
    if start.startswith(_OTHER):
        raise NotReadable(Problem.OTHER_KIND)
    return SourceKind.CSV if name.lower().endswith((".csv", ".tsv")) else SourceKind.TEXT


def decoded(content: bytes) -> str:
    """
    Return a file as text, whichever of the usual encodings it has.

    :raises NotReadable: if it is no text, or there is nothing in it.
    """
    text = _decoded(content)
    if not text.strip("\ufeff \t\r\n\f\x00\x1a"):
        raise NotReadable(Problem.EMPTY)
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) // 500:
        raise NotReadable(Problem.NOT_TEXT)
    return tidy(text)


def tidy(text: str) -> str:
    """Return a text whose letters are one sign each (å is not a and a ring), without signs that nobody sees."""
    text = text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return text.replace("\ufeff", "").replace("\x00", "").replace("\x1a", "")


def text_lines(text: str) -> list[Line]:
    """
    Return the lines of a text, numbered as editors number them.

    :raises NotReadable: if there are far too many.
    """
    rows = _BREAKS.split(text)
    if len(rows) > MOST_LINES:
        raise NotReadable(Problem.TOO_BIG)
    # No paragraph of a plan is longer.
    shown = (row[:_LONGEST_CELL].replace("\f", " ").replace("\v", " ") for row in rows)
    return [Line(number, row) for number, row in enumerate(shown, start=1)]


def csv_lines(text: str) -> list[Line]:
    """
    Return the rows of a CSV file, whatever parts its cells.

    :raises NotReadable: if its quotes do not hold together, or there are far too many rows.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    lines: list[Line] = []
    started = 1
    try:
        for row in reader:
            number = len(lines) + 1
            cells = tuple(cell[:_LONGEST_CELL] for cell in row)
            lines.append(Line(number, " · ".join(filter(None, cells)), f"Linje {started}", cells=cells, table=1))
            started = reader.line_num + 1
            if number > MOST_LINES:
                raise NotReadable(Problem.TOO_BIG)
    except csv.Error:
        raise NotReadable(Problem.BROKEN) from None
    return lines


def plain_lines(content: bytes, name: str) -> tuple[SourceKind, list[Line]]:
    """
    Return the lines of a file of text or CSV, and which of the two it is.

    :raises NotReadable: with why nothing can be read.
    """
    text = decoded(content)
    is_csv = name.lower().endswith((".csv", ".tsv")) or looks_like_csv(text)
    return (SourceKind.CSV, csv_lines(text)) if is_csv else (SourceKind.TEXT, text_lines(text))


def looks_like_csv(text: str) -> bool:
    """Whether a text without a name of its own begins as a table of a plan does."""
    first = next((row for row in _BREAKS.split(text[:20_000]) if row.strip()), "")
    return any(header_of(_cells(first, delimiter)) is not None for delimiter in (";", ","))


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    zeros = content[:4000].count(0)
    if zeros > len(content[:4000]) // 4:
        even = content[:4000:2].count(0)
        return content.decode("utf-16-be" if even > zeros - even else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _delimiter(text: str) -> str:
    """The sign that parts the header; where there is none, the one that parts most."""
    first = [row for row in _BREAKS.split(text[:20_000]) if row.strip()][:30]
    for delimiter in (";", "\t", ",", "|"):
        if any(header_of(_cells(row, delimiter)) is not None for row in first):
            return delimiter
    return max((";", "\t", ","), key=lambda sign: sum(row.count(sign) for row in first))


def _cells(row: str, delimiter: str) -> Sequence[str]:
    try:
        return next(csv.reader([row], delimiter=delimiter), [])
    except csv.Error:
        return []
