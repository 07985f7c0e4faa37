"""Tables as files that spreadsheets open, and that a spreadsheet runs nothing of."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from medspiller.ui.packing import ZIP, NotWorkbook

__all__ = ["FORMULA_SIGNS", "WORKBOOK_TYPE", "NotWorkbook", "csv_file", "harmless", "is_workbook", "workbook_file"]

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would take for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")


def is_workbook(content: bytes) -> bool:
    """Say whether a file is packed, as those of Excel are. The worker reads and writes them: `ui.worker`."""
    return content.startswith(ZIP)


def workbook_file(content: bytes, *, filename: str) -> HttpResponse:
    """Return an Excel file that the worker has made, as a download."""
    response = HttpResponse(content, content_type=WORKBOOK_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


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
