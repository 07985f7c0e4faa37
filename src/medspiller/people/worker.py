"""What is too heavy for the web process: reading files of Excel."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from medspiller.people.domain import importing
from medspiller.people.domain.importing import CELL_MOST, COLUMNS_MOST, ListRefused, Row

# A list of 20,000 rows unpacks to some ten megabytes; a bomb to thousands.
_UNPACKED_MOST = 150 * 1024 * 1024
_PARTS_MOST = 500
_PROLOGUE = 4096


def rows_of(content: bytes) -> list[Row]:
    """
    Return the rows of a list, from a file of Excel or a table as text: found out from what it holds.

    :raises ListRefused: if it cannot be read.
    """
    return importing.rows_of(_cells_of_xlsx(content) if importing.is_zip(content) else importing.cells_of_csv(content))


def _cells_of_xlsx(content: bytes) -> list[list[str]]:
    _ensure_harmless(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return _cells(book.worksheets[0])
        finally:
            book.close()
    except ListRefused:
        raise
    # The library raises whatever a broken file makes it stumble over.
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError,
            EOFError, OSError, SyntaxError, NotImplementedError):  # fmt: skip
        raise ListRefused("not_a_table") from None


def _cells(sheet: Any) -> list[list[str]]:
    cells = []
    # What a sheet says of its own size may be a slip or a trap.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=COLUMNS_MOST, values_only=True):
        cells.append([_as_text(cell) for cell in row])
        importing.ensure_not_too_many(len(cells))
    return cells


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[: CELL_MOST + 1]


def _ensure_harmless(content: bytes) -> None:
    """Look at what it would unpack to before it is unpacked, and let no document define what it repeats."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _PARTS_MOST or sum(part.file_size for part in parts) > _UNPACKED_MOST:
                raise ListRefused("harmful")
            for part in parts:
                with packed.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(_PROLOGUE).upper():
                        raise ListRefused("harmful")
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise ListRefused("not_a_table") from None
