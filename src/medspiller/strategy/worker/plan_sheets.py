"""Plans as files of Excel: read sheet by sheet, and written so that they read the same."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from medspiller.strategy.domain.plans.sources import tidy
from medspiller.strategy.domain.plans.values import Line, NotReadable, Problem, ReadPlan
from medspiller.strategy.worker.plan_documents import HEADERS, cells_of
from medspiller.ui import packing

# Of all sheets together.
_MOST_ROWS = 30_000
_MOST_CELLS = 600_000
_MOST_COLUMNS = 60
_MOST_SHEETS = 60
_LONGEST_CELL = 20_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_MERGED = 20_000
_WIDTHS = {"Innsatsområde": 28, "Nr": 6, "Tiltak": 70, "Fra": 8, "Til": 8, "Mål": 60, "Framgangsmåte": 60}


def sheet_lines(content: bytes) -> list[Line]:
    """
    Return the rows of every sheet that is shown, each sheet after its name.

    What is merged downwards stands in each of its rows.

    :raises NotReadable: if it is no workbook, has far too many rows, or has sheets that are one part of the file.
    """
    lines: list[Line] = []
    parts: set[str] = set()
    left = _MOST_CELLS
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for number, sheet in enumerate(book.worksheets[:_MOST_SHEETS], start=1):
                if sheet.sheet_state == "visible":
                    _ensure_own_part(sheet, parts)
                    left = _add_sheet(lines, sheet, number, _merged(content, sheet), left)
        finally:
            book.close()
    # The library raises whatever a broken file makes it stumble over.
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError,
            EOFError, OSError, SyntaxError, NotImplementedError) as fault:  # fmt: skip
        if isinstance(fault, NotReadable):
            raise
        raise NotReadable(Problem.BROKEN) from None
    return lines


def _ensure_own_part(sheet: Any, parts: set[str]) -> None:
    """A small part that many sheets are said to be would be read once for each."""
    path = getattr(sheet, "_worksheet_path", "").lstrip("/")
    if path in parts:
        raise NotReadable(Problem.HARMFUL)
    parts.add(path)


def _add_sheet(lines: list[Line], sheet: Any, number: int, merged: dict[int, list[tuple[int, int]]], left: int) -> int:
    """Add the rows of a sheet; `left` is how many cells there is room for, and what is returned what is left then."""
    place = f"Ark «{sheet.title}»"
    lines.append(Line(len(lines) + 1, tidy(sheet.title), place, heading=1, is_whole=True, is_sheet=True))
    # What a sheet says of its own size may be a slip or a trap.
    sheet.reset_dimensions()
    above: list[str] = []
    for row, values in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1):
        if len(lines) > _MOST_ROWS:
            raise NotReadable(Problem.TOO_BIG)
        cells = [tidy(packing.as_text(value))[:_LONGEST_CELL] for value in values]
        for first, last in merged.get(row, ()):
            cells += [""] * (min(last, len(above)) - len(cells))
            for column in range(first - 1, min(last, len(above))):
                cells[column] = cells[column] or above[column]
        while cells and not cells[-1].strip():
            cells.pop()
        left -= len(cells)
        if left < 0:
            raise NotReadable(Problem.TOO_BIG)
        above = cells
        text = " · ".join(" ".join(cell.split()) for cell in cells if cell.strip())
        line = Line(len(lines) + 1, text, f"{place}, rad {row}", cells=tuple(cells), table=number, is_whole=True)
        lines.append(line)
    return left


def _merged(content: bytes, sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """Return, for each row but the first of a range, the columns that are merged with the row above."""
    # The library leaves them out when it reads row by row, which is what keeps large files small.
    path = getattr(sheet, "_worksheet_path", "").lstrip("/")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        written = packed.read(path) if path in packed.namelist() else b""
    found: dict[int, list[tuple[int, int]]] = {}
    left = _MOST_MERGED
    for match in _MERGED.finditer(written):
        first_column, first_row, last_column, last_row = range_boundaries(match[1].decode())
        left -= last_row - first_row
        if left < 0:
            break
        for row in range(first_row + 1, last_row + 1):
            found.setdefault(row, []).append((first_column, last_column))
    return found


# --- Writing ------------------------------------------------------------------------------


def write_xlsx(plan: ReadPlan) -> bytes:
    """
    Return a plan as a file of Excel, which reads back as the same plan.

    One sheet says what the plan is, one lists goals and approaches, and one all measures with their focus area, so
    that they can be sorted and filtered.
    """
    book = openpyxl.Workbook(write_only=True)
    period = f"{plan.period[0]}–{plan.period[1]}" if plan.period else ""
    _sheet(book, "Plan", (("Tittel", plan.title), ("Periode", period)), has_headers=False)
    titles = [f"{number}. {area.title}" for number, area in enumerate(plan.areas, start=1)]
    texts: list[Sequence[str]] = [("Innsatsområde", "Mål", "Framgangsmåte")]
    rows: list[Sequence[str]] = [("Innsatsområde", *HEADERS)]
    for title, area in zip(titles, plan.areas, strict=True):
        goals, approaches = [goal.text for goal in area.goals], [each.text for each in area.approaches]
        for place in range(max(len(goals), len(approaches), 1)):
            texts.append((title, *("".join(some[place : place + 1]) for some in (goals, approaches))))
        rows += [(title, *cells_of(number, measure)) for number, measure in enumerate(area.measures, start=1)]
    _sheet(book, "Mål og framgangsmåter", texts)
    _sheet(book, "Tiltak", rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Any, name: str, rows: Iterable[Sequence[str]], *, has_headers: bool = True) -> None:
    written = list(rows)
    sheet = book.create_sheet(name)
    headers = written[0] if has_headers else ("", "")
    for place, header in enumerate(headers):
        sheet.column_dimensions["ABCDEFGH"[place]].width = _WIDTHS.get(header, 36)
    if has_headers:
        # The headers stay in sight.
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{'ABCDEFGH'[len(headers) - 1]}{len(written)}"
    for number, row in enumerate(written):
        sheet.append([_cell(sheet, value, is_bold=number == 0 and has_headers) for value in row])


def _cell(sheet: Any, value: str, *, is_bold: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=packing.writable(value))
    # The library takes what begins with = for a formula.
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_bold:
        cell.font = Font(bold=True)
    return cell
