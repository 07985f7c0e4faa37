"""Tables as text that people take in: whatever letters and whatever signs between cells they were written with."""

import csv
import io

from medspiller.core.errors import MedspillerError

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BETWEEN = ";,\t"


class NotTable(MedspillerError):
    """A file is no text that could be a table."""


def cells_of_text(content: bytes, *, rows_most: int, columns_most: int, letters_most: int) -> list[list[str]]:
    """
    Return the cells of a table as text, at most one row more than `rows_most`, empty rows included.

    Letters may be UTF-8, with a mark or without, UTF-16 with a mark, or the Windows alphabet of western Europe; between
    cells there are semicolons, commas or tabs, whichever the first line that is not empty has most of. Of a text one
    letter more than `letters_most` is given, so that it shows that there are more. The same limits, and the same in
    what comes back, as `ui.worker.cells_of_workbook`.

    :raises NotTable: if it is no text, or a cell does not end.
    """
    text = _text(content)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(_BETWEEN, key=first.count)
    cells: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells.append([cell[: letters_most + 1] for cell in row[:columns_most]])
            if len(cells) > rows_most:
                break
    except csv.Error:
        raise NotTable from None
    return cells


def _text(content: bytes) -> str:
    if content.startswith(_UTF16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise NotTable from None
    if b"\x00" in content:
        raise NotTable
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every byte is a letter there: what is no table after that has no headers that anybody knows.
        return content.decode("cp1252", errors="replace")
