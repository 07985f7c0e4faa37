"""Tables that a file holds with every cell on a line of its own."""

from collections.abc import Sequence

from medspiller.strategy.domain.plans import years
from medspiller.strategy.domain.plans.columns import Column, Header, header_of
from medspiller.strategy.domain.plans.headings import area_heading, known_heading
from medspiller.strategy.domain.plans.marking import Kind, Piece

_COLUMNS = (4, 3)


def stacked_header(pieces: Sequence[Piece], at: int) -> tuple[Header, int] | None:
    """
    Return the columns of a table whose headers stand below each other from `at` on, and where its rows begin.

    Only such tables whose last column says when can be parted into rows again.
    """
    following = [(place, pieces[place]) for place in range(at, min(at + 12, len(pieces)))]
    words = [(place, piece) for place, piece in following if piece.kind is Kind.TEXT][: max(_COLUMNS)]
    for width in _COLUMNS:
        titles = [piece.text for _, piece in words[:width]]
        if len(titles) < width or any(piece.line.cells or piece.is_item for _, piece in words[:width]):
            continue
        header = header_of(titles)
        if header and header.columns[-1] is Column.TIME and Column.NOTE not in header.columns:
            return header, words[width - 1][0] + 1
    return None


def stacked_rows(pieces: Sequence[Piece], at: int, header: Header) -> tuple[list[tuple[list[str], Piece]], int]:
    """Return the rows from `at` on, each with its first line, and where they end."""
    rows: list[tuple[list[str], Piece]] = []
    waiting: list[Piece] = []
    ended = at
    for place in range(at, len(pieces)):
        piece = pieces[place]
        if piece.kind is not Kind.TEXT:
            continue
        if area_heading(piece.text) or known_heading(piece.text) or piece.line.cells or len(waiting) > 12:
            break
        waiting.append(piece)
        if years.is_time(piece.text) and len(waiting) >= len(header.columns):
            rows.append((_cells(waiting, header), waiting[0]))
            waiting, ended = [], place + 1
    return rows, ended


def _cells(pieces: Sequence[Piece], header: Header) -> list[str]:
    """The measure takes the lines that the other columns leave; each of those has one."""
    texts = [piece.line.text for piece in pieces]
    place = header.columns.index(Column.MEASURE)
    after = len(header.columns) - 1 - place
    return [*texts[:place], " ".join(texts[place : len(texts) - after]), *texts[len(texts) - after :]]
