"""Tables as files that spreadsheets open, and that a spreadsheet runs nothing of."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What a spreadsheet would take for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")


def csv_file(rows: Iterable[Sequence[str]], *, filename: str) -> HttpResponse:
    """Return rows, the headers first, as a download that spreadsheets in Norway open as a table."""
    file = io.StringIO()
    # Without this mark Excel takes the letters for another alphabet.
    file.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(file, delimiter=";")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def harmless(cell: str) -> str:
    """
    Keep a spreadsheet from running what somebody typed (ASVS 5.0 V1.2.10).

    >>> harmless("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) or cell.lstrip().startswith(FORMULA_SIGNS) else cell
