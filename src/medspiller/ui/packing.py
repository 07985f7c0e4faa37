"""Packed files, as those of Excel and Word are: looked at before they are unpacked, and text that XML can hold."""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any

from medspiller.core.errors import MedspillerError

ZIP = b"PK\x03\x04"
# A list of 20,000 rows, or of a thousand offers, unpacks to some ten megabytes; a bomb to thousands.
_UNPACKED_MOST = 60 * 1024 * 1024
_PARTS_MOST = 500
# Before a written part begins there is a mark of its letters and space, no more than this.
_BEFORE_MOST = 4096
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_CHUNK = 1 << 16
_DOCTYPE = b"<!DOCTYPE"
# Pictures name the standard they follow, which defines nothing here.
_DEFINED_IN_PICTURES = (b"<!ENTITY", b"<!ATTLIST")
_LONGEST_MARK = len(_DOCTYPE)
_ENCODING = re.compile(rb"^\W*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
# Letters of these look the same to us as to whoever reads the part.
_SEEN_THROUGH = frozenset({b"UTF-8", b"UTF8", b"UTF-16", b"US-ASCII", b"ASCII", b"ISO-8859-1", b"WINDOWS-1252"})
# What a formula could not work out is nothing.
_FAULTS = frozenset({"#N/A", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#DIV/0!"})
# XML has no way to write these, not even as references.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


class NotWorkbook(MedspillerError):
    """A file is no Excel file that can be read; `is_harmful` if it would unpack to far too much, or defines parts."""

    def __init__(self, *, is_harmful: bool = False):
        self.is_harmful = is_harmful
        super().__init__("harmful" if is_harmful else "not a workbook")


def ensure_harmless(content: bytes, *, written_most: int = _UNPACKED_MOST) -> None:
    """
    Look at what a file would unpack to before it is unpacked, and let no document define what it repeats.

    `written_most` is how many bytes of XML it may hold, for whoever keeps all of it in memory as a tree, which takes
    twenty times the room; pictures are not counted.

    :raises NotWorkbook: if it is not packed, or is harmful.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _PARTS_MOST or sum(part.file_size for part in parts) > _UNPACKED_MOST:
                raise NotWorkbook(is_harmful=True)
            # Which part is read as XML is said inside the file, not by the name of the part.
            if any(_defines_parts(packed, part) for part in parts):
                raise NotWorkbook(is_harmful=True)
            if sum(part.file_size for part in parts if _is_written(packed, part)) > written_most:
                raise NotWorkbook(is_harmful=True)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        raise NotWorkbook from None


def _defines_parts(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a document defines what it repeats, or is written so that we could not see it."""
    name = part.filename.casefold()
    marks = _DEFINED_IN_PICTURES if name.endswith(".svg") else (_DOCTYPE,)
    before, is_first = b"", True
    with packed.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            if b"\x00" in chunk and name.endswith((".xml", ".rels")):
                return True
            # Pictures may hold any bytes; letters that take two are told apart by their first.
            seen = before + chunk.replace(b"\x00", b"").upper()
            if any(mark in seen for mark in marks) or (is_first and _is_written_oddly(seen)):
                return True
            before, is_first = seen[-_LONGEST_MARK:], False
    return False


def _is_written(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part may be XML, whatever it is called."""
    with packed.open(part) as opened:
        beginning = opened.read(_BEFORE_MOST).lstrip(_BEFORE)
    return not beginning or beginning.startswith(b"<")


def _is_written_oddly(beginning: bytes) -> bool:
    """Whether a document says that it is written in letters that we do not see through."""
    found = _ENCODING.match(beginning[:400].lower())
    return found is not None and found[1].strip().upper() not in _SEEN_THROUGH


def writable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def as_text(cell: Any) -> str:
    """Return a cell as text: days as 2026-11-22, times as 18:00, however Excel keeps them."""
    if cell is None or cell in _FAULTS:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
