"""What is too heavy for the web process: reading files of Excel."""

from medspiller.people.domain import importing
from medspiller.people.domain.importing import CELL_MOST, COLUMNS_MOST, LINES_MOST, ListRefused, Row
from medspiller.ui import worker
from medspiller.ui.spreadsheets import NotWorkbook, is_workbook
from medspiller.ui.tables import NotTable, cells_of_text


def rows_of(content: bytes) -> list[Row]:
    """
    Return the rows of a list, from a file of Excel or a table as text: found out from what it holds.

    :raises ListRefused: if it cannot be read.
    """
    read = worker.cells_of_workbook if is_workbook(content) else cells_of_text
    try:
        cells = read(content, rows_most=LINES_MOST, columns_most=COLUMNS_MOST, letters_most=CELL_MOST)
    except NotWorkbook as refusal:
        raise ListRefused("harmful" if refusal.is_harmful else "not_a_table") from None
    except NotTable:
        raise ListRefused("not_a_table") from None
    return importing.rows_of(cells)
