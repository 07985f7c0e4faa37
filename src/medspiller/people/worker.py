"""What is too heavy for the web process: reading files of Excel."""

from medspiller.people.domain import importing
from medspiller.people.domain.importing import CELL_MOST, COLUMNS_MOST, ROWS_MOST, ListRefused, Row
from medspiller.ui import worker
from medspiller.ui.spreadsheets import NotWorkbook, is_workbook

# Besides the rows there are headers, and lines above them.
_ABOVE = 100


def rows_of(content: bytes) -> list[Row]:
    """
    Return the rows of a list, from a file of Excel or a table as text: found out from what it holds.

    :raises ListRefused: if it cannot be read.
    """
    return importing.rows_of(_cells(content) if is_workbook(content) else importing.cells_of_csv(content))


def _cells(content: bytes) -> list[list[str]]:
    try:
        cells = worker.cells_of_workbook(
            content, rows_most=ROWS_MOST + _ABOVE, columns_most=COLUMNS_MOST, letters_most=CELL_MOST
        )
    except NotWorkbook as refusal:
        raise ListRefused("harmful" if refusal.is_harmful else "not_a_table") from None
    importing.ensure_not_too_many(len(cells))
    return cells
