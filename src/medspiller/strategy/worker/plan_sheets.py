"""Plans as files of Excel: read sheet by sheet, and written so that they read the same."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from medspiller.strategy.domain.plans.sources import tidy
from medspiller.strategy.domain.plans.values import Line, NotReadable, Problem, ReadArea, ReadPlan
from medspiller.strategy.worker import plan_layout as layout
from medspiller.strategy.worker.plan_documents import LETTERS_MOST
from medspiller.ui import packing

# Of all sheets together.
_MOST_ROWS = 30_000
_MOST_CELLS = 600_000
_MOST_COLUMNS = 60
_MOST_SHEETS = 60
_LONGEST_CELL = 20_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_MERGED = 20_000
AREA = "Innsatsområde"
_LETTERS_A_SHARE = 6


def sheet_lines(content: bytes) -> list[Line]:
    """
    Return the rows of every sheet that is shown, each sheet after its name.

    What is merged downwards stands in each of its rows.

    :raises NotReadable: if it is no workbook, has far too many rows, or has sheets that are one part of the file.
    """
    lines: list[Line] = []
    parts: set[str] = set()
    room = _Room(_MOST_CELLS, LETTERS_MOST)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for number, sheet in enumerate(book.worksheets[:_MOST_SHEETS], start=1):
                if sheet.sheet_state == "visible":
                    _ensure_own_part(sheet, parts)
                    _add_sheet(lines, sheet, number, _merged(content, sheet), room)
        finally:
            book.close()
    # The library raises whatever a broken file makes it stumble over.
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError,
            EOFError, OSError, SyntaxError, NotImplementedError) as fault:  # fmt: skip
        if isinstance(fault, NotReadable):
            raise
        raise NotReadable(Problem.BROKEN) from None
    return lines


@dataclass(slots=True)
class _Room:
    """How many cells, and letters in all of them, there is room for: one long text can stand in every cell."""

    cells: int
    letters: int

    def take(self, cells: Sequence[str]) -> None:
        self.cells -= len(cells)
        self.letters -= sum(map(len, cells))
        if self.cells < 0 or self.letters < 0:
            raise NotReadable(Problem.TOO_BIG)


def _ensure_own_part(sheet: Any, parts: set[str]) -> None:
    """A small part that many sheets are said to be would be read once for each."""
    path = getattr(sheet, "_worksheet_path", "").lstrip("/")
    if path in parts:
        raise NotReadable(Problem.HARMFUL)
    parts.add(path)


def _add_sheet(
    lines: list[Line], sheet: Any, number: int, merged: dict[int, list[tuple[int, int]]], room: _Room
) -> None:
    place = f"Ark «{sheet.title}»"
    lines.append(Line(len(lines) + 1, tidy(sheet.title), place, heading=1, is_whole=True, is_sheet=True))
    # What a sheet says of its own size may be a slip or a trap.
    sheet.reset_dimensions()
    above: list[str] = []
    for row, values in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1):
        if len(lines) > _MOST_ROWS:
            raise NotReadable(Problem.TOO_BIG)
        cells = ["" if value is None else tidy(packing.as_text(value)[:_LONGEST_CELL]) for value in values]
        for first, last in merged.get(row, ()):
            cells += [""] * (min(last, len(above)) - len(cells))
            for column in range(first - 1, min(last, len(above))):
                cells[column] = cells[column] or above[column]
        while cells and not cells[-1].strip():
            cells.pop()
        room.take(cells)
        above = cells
        text = " · ".join(" ".join(cell.split()) for cell in cells if cell.strip())
        line = Line(len(lines) + 1, text, f"{place}, rad {row}", cells=tuple(cells), table=number, is_whole=True)
        lines.append(line)


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
        # A range written backwards is none, and would give room back.
        left -= max(0, last_row - first_row)
        if left < 0:
            break
        for row in range(first_row + 1, last_row + 1):
            found.setdefault(row, []).append((first_column, last_column))
    return found


# --- Writing ------------------------------------------------------------------------------


def write_xlsx(plan: ReadPlan) -> bytes:
    """
    Return a plan as a file of Excel, which reads back as the same plan.

    One sheet says what the plan is, one lists what its areas are about, goals and approaches, and one all measures with
    their focus area, so that they can be sorted and filtered; figures and links have each one where there are any.
    """
    book = openpyxl.Workbook(write_only=True)
    period = f"{plan.period[0]}–{plan.period[1]}" if plan.period else ""
    _sheet(book, "Plan", (("Tittel", plan.title), ("Periode", period)), has_headers=False)
    areas = [(f"{number}. {area.title}", area) for number, area in enumerate(plan.areas, start=1)]
    columns = layout.columns_of(plan)
    headers = ("Nr", *(header for header, _cell in columns))
    _sheet(book, "Mål og framgangsmåter", _text_rows(areas, has_text=any(area.text for area in plan.areas)))
    _sheet(book, "Tiltak", _with_areas(headers, areas, lambda area: layout.rows_of(area, columns)))
    for name, head, rows in (
        (layout.INDICATORS, layout.INDICATOR_HEADERS, layout.indicator_rows),
        (layout.LINKS, layout.LINK_HEADERS, layout.link_rows),
    ):
        if any(map(rows, plan.areas)):
            _sheet(book, name, _with_areas(head, areas, rows))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text_rows(areas: Sequence[tuple[str, ReadArea]], *, has_text: bool) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [(AREA, *([layout.TEXT] if has_text else []), layout.GOALS, layout.APPROACHES)]
    for title, area in areas:
        goals, approaches = [goal.text for goal in area.goals], [each.text for each in area.approaches]
        for place in range(max(len(goals), len(approaches), 1)):
            text = [area.text if place == 0 else ""] if has_text else []
            rows.append((title, *text, *("".join(some[place : place + 1]) for some in (goals, approaches))))
    return rows


def _with_areas(
    headers: Sequence[str],
    areas: Sequence[tuple[str, ReadArea]],
    rows: Callable[[ReadArea], Iterable[tuple[str, ...]]],
) -> list[Sequence[str]]:
    return [(AREA, *headers), *((title, *row) for title, area in areas for row in rows(area))]


def _sheet(book: Any, name: str, rows: Sequence[Sequence[str]], *, has_headers: bool = True) -> None:
    sheet = book.create_sheet(name)
    headers = rows[0] if has_headers else ("", "")
    for place, header in enumerate(headers, start=1):
        width = layout.WIDTHS.get(header, layout.USUAL_WIDTH)
        sheet.column_dimensions[get_column_letter(place)].width = width * _LETTERS_A_SHARE
    if has_headers:
        # The headers stay in sight.
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{len(rows)}"
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, is_bold=number == 0 and has_headers) for value in row])


def _cell(sheet: Any, value: str, *, is_bold: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=packing.writable(value))
    # The library takes what begins with = for a formula.
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_bold:
        cell.font = Font(bold=True)
    return cell
