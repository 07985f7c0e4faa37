"""What is too heavy for the web process: setting pages as PDF, and files of Excel."""

import io
import logging
import mimetypes
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from medspiller.ui import packing
from medspiller.ui.documents import NotMade, Problem
from medspiller.ui.packing import NotWorkbook

try:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:
    # It needs Pango on the machine, which not every machine has.
    weasyprint, URLFetcher = None, object

logger = logging.getLogger(__name__)
# It tells of every line of style that only browsers know; what could not be read is an error.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

# No address of anybody's: what is asked for below it is looked up among our own files.
HERE = "http://page.invalid"
_SHEET = "ui/pdf.css"


class Refused(ValueError):
    """A page asked for something that is no file of ours."""


class _StaticFiles(URLFetcher):  # type: ignore[misc]
    """Fetches for a page: our own static files, and nothing else, from anywhere."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the file; whatever else is asked for is left out of the page."""
        path = static_file(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        # Browsers know numbers without an end in style sheets; the library falls over them.
        content = path.read_bytes().replace(b"calc(infinity)", b"2147483647")
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def pdf_of(page: str, *, sheets: Sequence[str] = ()) -> bytes:
    """
    Return a printed page as PDF/UA-1: tagged, with the language and the title of the page.

    `sheets` are static files with styles that only paper needs, besides those of every page. Nothing is fetched from
    anywhere: only our own static files are read.

    :raises NotMade: where the library that sets pages is missing on this machine.
    """
    if weasyprint is None:
        logger.warning("ui.pango_missing")
        raise NotMade(Problem.MISSING)
    fetcher = _StaticFiles()
    read = [
        weasyprint.CSS(url=f"{HERE}{settings.STATIC_URL}{sheet}", url_fetcher=fetcher) for sheet in (_SHEET, *sheets)
    ]
    document = weasyprint.HTML(string=page, base_url=f"{HERE}/", url_fetcher=fetcher, media_type="print")
    made: bytes = document.write_pdf(stylesheets=read, pdf_variant="pdf/ua-1", presentational_hints=False)
    return made


def static_file(url: str) -> Path:
    """
    Return the static file that an address on one of our pages means.

    :raises Refused: for any other address.
    """
    start = f"{HERE}{settings.STATIC_URL}"
    name = unquote(url.removeprefix(start).partition("?")[0].partition("#")[0])
    if not url.startswith(start) or not name:
        raise Refused(url.partition(":")[0])
    try:
        collected = Path(safe_join(settings.STATIC_ROOT, name))
        found = str(collected) if collected.is_file() else finders.find(name)
    except SuspiciousFileOperation:
        found = None
    if not isinstance(found, str):
        raise Refused(name)
    return Path(found)


def cells_of_workbook(content: bytes, *, rows_most: int, columns_most: int, letters_most: int) -> list[list[str]]:
    """
    Return the cells of the first sheet as text, at most one row more than `rows_most`, empty rows included.

    Days are written as 2026-11-22 and times as 18:00, however Excel keeps them. No formula is run. Of a text one letter
    more than `letters_most` is given, so that it shows that there are more.

    :raises NotWorkbook: if it cannot be read, or is not safe to unpack.
    """
    packing.ensure_harmless(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # What a sheet says of its own size may be a slip or a trap.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=rows_most + 1, max_col=columns_most, values_only=True)
            return [_without_end([packing.as_text(cell)[: letters_most + 1] for cell in row]) for row in rows]
        finally:
            book.close()
    # The library raises whatever a broken file makes it stumble over.
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError,
            EOFError, OSError, SyntaxError, NotImplementedError):  # fmt: skip
        raise NotWorkbook from None


def workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows, the headers first, as an Excel file. Every cell is text, so that nothing is run."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("1")
    # The headers stay in sight.
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_text_cell(sheet, value, is_header=number == 0) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text_cell(sheet: Any, value: str, *, is_header: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=packing.writable(value))
    # The library takes what begins with = for a formula.
    cell.data_type = "s"
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _without_end(cells: list[str]) -> list[str]:
    """The library fills each row up to the last column that was asked for."""
    while cells and not cells[-1]:
        cells.pop()
    return cells
