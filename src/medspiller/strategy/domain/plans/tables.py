"""Tables of measures: their rows, however they are drawn, and rows that go on with the row above."""

import re
from collections.abc import Callable, Sequence

from medspiller.strategy.domain.plans import cleaning, years
from medspiller.strategy.domain.plans.columns import Column, Header, header_of
from medspiller.strategy.domain.plans.drafts import DraftArea, DraftMeasure, DraftText
from medspiller.strategy.domain.plans.fields import fill, fill_detail, goal_numbers
from medspiller.strategy.domain.plans.marking import Kind, Piece
from medspiller.strategy.domain.plans.more import DraftMore
from medspiller.strategy.domain.plans.values import Line
from medspiller.strategy.domain.plans.wording import DoubtCode

CELLS, PIPE, TAB, SEMICOLON, SPACES = "cells", "|", "\t", ";", "  "
_GAPS = re.compile(r"\s{2,}")
_RULE = re.compile(r"[\s|:+=_-]+")
_NO = frozenset({"", "-", "–", "—", "0", "nei", "n"})
_ENDED = (".", "!", "?", ":")


def split(piece: Piece, way: str) -> list[str] | None:
    """Return the cells of a line drawn in this way; None if it has none."""
    if piece.line.cells is not None:
        return list(piece.line.cells) if way == CELLS else None
    text = piece.line.text
    if way == TAB and "\t" in text:
        return text.strip("\r\n ").split("\t")
    if way == PIPE and "|" in text:
        inner = text.strip().removeprefix("|").removesuffix("|")
        return [cleaning.broken(cell) for cell in re.split(r"(?<!\\)\|", inner)]
    if way == SEMICOLON and ";" in text:
        return text.split(";")
    if way == SPACES and _GAPS.search(text.strip()):
        return _GAPS.split(text.strip())
    return None


def header_in(piece: Piece) -> tuple[Header, str] | None:
    """Return the columns and the way a table is drawn, if a line is its header."""
    if piece.line.cells is None and (piece.is_item or len(piece.line.text) > 600):
        return None
    for way in (CELLS, PIPE, TAB, SEMICOLON, SPACES):
        cells = split(piece, way)
        header = header_of(cells) if cells and len(cells) > 1 else None
        if header:
            return header, way
    return None


def guessed_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Guess the columns of rows without a header, by one that holds years in every row."""
    width = len(rows[0])
    if len(rows) < 2 or width < 3 or any(len(row) != width for row in rows):
        return None
    timed = [place for place in range(width) if all(years.is_time(row[place]) for row in rows)]
    if len(timed) != 1:
        return None
    lengths = [sum(len(row[place]) for row in rows) for place in range(width)]
    longest = max((place for place in range(width) if place not in timed), key=lambda place: lengths[place])
    columns = [Column.NOTE] * width
    columns[timed[0]], columns[longest] = Column.TIME, Column.MEASURE
    for place in range(width):
        if columns[place] is Column.NOTE:
            is_number = all(row[place].strip().rstrip(".").replace(".", "").isdigit() for row in rows)
            columns[place] = (
                Column.NUMBER if is_number else Column.OWNER if Column.OWNER not in columns else Column.NOTE
            )
    return Header(tuple(columns), ("",) * width)


class UnreadTables:
    """What looks like a table and was not read: told, so that nothing is lost without a word."""

    def __init__(self) -> None:
        # By the number of a real table, or below zero the line that a drawn one begins with.
        self._rows: dict[int, list[Piece]] = {}
        self._wide: set[int] = set()
        self._at, self._line = 0, -2

    def add(self, piece: Piece, *, is_in_area: bool) -> None:
        """Note a line that was not read, if it is a row of a table."""
        count = _filled(piece)
        if piece.line.cells is not None:
            self._at = piece.line.table
        elif count < 2:
            return
        elif self._line + 1 != piece.line.number:
            self._at = -piece.line.number
        self._line = piece.line.number
        self._rows.setdefault(self._at, []).append(piece)
        if (is_in_area and count > 1) or count > 2:
            self._wide.add(self._at)

    def first_rows(self, *, has_measures: bool) -> list[Piece]:
        """Return the first row of each; where measures were found elsewhere, of those that may hold some as well."""
        found = []
        for at, rows in self._rows.items():
            wide = [row for row in rows if _filled(row) > 1]
            if (at in self._wide and len(wide) > 1) or (not has_measures and at >= 0):
                found.append((wide or rows)[0])
        return found


def _filled(piece: Piece) -> int:
    """How many cells of a line hold something."""
    if piece.line.cells is not None:
        return len({cell.strip() for cell in piece.line.cells if cell.strip()})
    if piece.is_item or piece.is_numbered or _RULE.fullmatch(piece.line.text):
        return 0
    for way, least in ((PIPE, 2), (TAB, 2), (SPACES, 3)):
        count = sum(1 for cell in split(piece, way) or () if cell.strip())
        if count >= least:
            return count
    return 0


class Table:
    """A table of measures that is being read. `area_for` gives the focus area that a row without a title belongs to."""

    def __init__(self, header: Header, way: str, line: Line, area_for: Callable[[str, Line], DraftArea]):
        self.header, self.way, self.number = header, way, line.table
        self._area_for = area_for
        self._places = {column: header.at(column) for column in Column}
        self._measures: list[tuple[DraftArea, DraftMeasure]] = []
        self._area_title = ""
        self._offsets = _offsets(line.text) if way == SPACES else []
        # Nobody has named its columns.
        self.is_guessed = False
        self._detailed: DraftMeasure | None = None

    @property
    def last(self) -> DraftMeasure | None:
        """The measure that was read last."""
        return self._measures[-1][1] if self._measures else None

    def cells(self, piece: Piece) -> list[str] | None:
        """Return the cells of a line, one for each column; None if it is no row of this table."""
        if piece.line.cells is not None and piece.line.table != self.number:
            return None
        found = split(piece, self.way)
        if found is None:
            return None
        width = len(self.header.columns)
        if self.way == SPACES and len(found) < width and self._offsets:
            found = _placed(piece.line.text, self._offsets)
        while len(found) > width and not found[-1].strip():
            found.pop()
        if len(found) == width + 1 and found[0].strip().rstrip(".").replace(".", "").isdigit():
            # Rows are numbered, but nothing stands above their numbers.
            found = found[1:]
        if len(found) > width:
            found = [*found[: width - 1], " ".join(found[width - 1 :])]
        return found + [""] * (width - len(found))

    def goes_on_as(self, header: Header) -> bool:
        """Whether a header only comes again at the top of a page."""
        return [cleaning.fold(title) for title in header.titles] == [
            cleaning.fold(title) for title in self.header.titles
        ]

    def is_rule(self, piece: Piece) -> bool:
        """Whether a line only draws the table."""
        return piece.line.cells is None and _RULE.fullmatch(piece.line.text) is not None

    def wrap(self, piece: Piece) -> bool:
        """Add a line that goes on with the text of the last row."""
        if not self.last:
            return False
        self.last.text = f"{self.last.text} {piece.line.text.strip()}"
        self.last.marks += cleaning.marks(piece.line.text)
        self.last.lines.append(piece.line.number)
        return True

    def take(self, cells: Sequence[str], piece: Piece) -> None:
        """Read one row."""
        title = self._cell(cells, Column.AREA)
        text = self._cell(cells, Column.MEASURE)
        self._area_title = cleaning.clean(title) or self._area_title
        if self.header.details:
            self._detail(cells, piece.line)
            return
        if Column.MEASURE not in self.header.columns or (not text and self._has_texts(cells)):
            self._texts(cells, piece.line, self._area_for(self._area_title, piece.line))
            return
        row = self._row(cells, text, piece.line)
        if self._belongs_above(row, is_named=bool(title.strip())):
            return
        if not cleaning.clean(text):
            if row.says_who_or_when:
                self._without_text(cells, piece.line)
            return
        area = self._area_for(self._area_title, piece.line)
        row.more.goals += self._texts(cells, piece.line, area)
        row.may_be_several = not self.header.strict
        area.measures.append(row)
        self._measures.append((area, row))

    def forget_area(self) -> None:
        """A heading between the rows says anew which focus area they belong to."""
        self._area_title = ""

    def close(self) -> None:
        """
        Join rows that say neither who nor when to the row above, now that the whole table is known.

        Where most rows are like that, each is a measure that nobody has been named for.
        """
        if self.is_guessed and self._measures:
            self._measures[0][1].doubt(DoubtCode.NO_HEADER_ROW)
        further = [(area, measure) for area, measure in self._measures if measure.may_continue]
        if not further or len(further) * 2 > len(self._measures):
            return
        above: DraftMeasure | None = None
        gone: set[int] = set()
        for _area, measure in self._measures:
            if not measure.may_continue or above is None or not above.says_who_or_when:
                above = measure
                continue
            _join(above, measure)
            gone.add(id(measure))
        for area in {id(area): area for area, _ in further}.values():
            area.measures[:] = [measure for measure in area.measures if id(measure) not in gone]

    # --- One row ------------------------------------------------------------------------------

    def _cell(self, cells: Sequence[str], column: Column) -> str:
        return next((cells[place] for place in self._places[column] if cells[place].strip()), "")

    def _said(self, cells: Sequence[str], column: Column) -> list[str]:
        return [cells[place] for place in self._places[column] if cells[place].strip()]

    def _row(self, cells: Sequence[str], text: str, line: Line) -> DraftMeasure:
        row = DraftMeasure(text, line, lines=[line.number], one_owner_a_line=Column.OWNER in self.header.strict)
        row.owners = [cells[place].strip() for place in self._places[Column.OWNER] if _is_said(cells[place])]
        row.time = " ".join(cells[place].strip() for place in self._places[Column.TIME] if _is_said(cells[place]))
        if Column.FROM in self.header.columns or Column.TO in self.header.columns:
            row.from_time = self._cell(cells, Column.FROM).strip()
            row.to_time = self._cell(cells, Column.TO).strip()
        row.years = [
            int(self.header.titles[place].strip()[-4:])
            for place in self._places[Column.YEAR]
            if cells[place].strip().casefold() not in _NO
        ]
        row.number = cleaning.clean(self._cell(cells, Column.NUMBER))
        row.notes = self._notes(cells, row.more)
        for written in self._said(cells, Column.GOAL):
            row.more.goal_numbers += goal_numbers(written)
        for cell in cells:
            row.marks += cleaning.marks(cell)
        return row

    def _notes(self, cells: Sequence[str], more: DraftMore) -> list[str]:
        notes = []
        for place, (column, title) in enumerate(zip(self.header.columns, self.header.titles, strict=True)):
            written = cells[place].strip()
            if not written:
                continue
            if column is Column.NOTES and Column.NOTES in self.header.strict:
                notes += [cleaning.clean(part) for part in re.split(r"[\r\n]+", written)]
            elif column is Column.NOTES:
                notes.append(cleaning.clean(written))
            elif column in {Column.NOTE, Column.MORE} and _is_said(written):
                note = f"{title}: {cleaning.clean(written)}" if title else cleaning.clean(written)
                says = self.header.fields[place] if self.header.fields else None
                is_taken = says is not None and fill(more, says, written, title)
                # Where the table parts what it says itself, nothing is left to note.
                notes += [] if is_taken and self.header.strict else [note]
                more.said += [note] if is_taken and not self.header.strict else []
            elif column is Column.YEAR and any(letter.isdigit() for letter in written) and written != "1":
                notes.append(f"{title}: {cleaning.clean(written)}")
        return [note for note in notes if note]

    def _has_texts(self, cells: Sequence[str]) -> bool:
        said = self._cell(cells, Column.GOAL) or self._cell(cells, Column.APPROACH)
        return bool(said) and not (self._cell(cells, Column.OWNER) or self._cell(cells, Column.TIME))

    def _texts(self, cells: Sequence[str], line: Line, area: DraftArea) -> list[str]:
        """Take goals, approaches and what an area is about, and return the goals that the row names."""
        named: list[str] = []
        kinds = ((Column.GOAL, area.goals), (Column.APPROACH, area.approaches))
        for column, texts, written in ((one, some, each) for one, some in kinds for each in self._said(cells, one)):
            if column is Column.GOAL and goal_numbers(written) and Column.MEASURE in self.header.columns:
                continue
            for part in re.split(r"[\r\n]+", written):
                text = cleaning.clean(cleaning.without_bullet(part) or part)
                named += [text] if text and column is Column.GOAL else []
                if text and all(text != other.text for other in texts[-3:]):
                    texts.append(DraftText(text, [line.number]))
        if Column.MEASURE not in self.header.columns:
            area.text += [cleaning.clean(part) for part in self._cell(cells, Column.MORE).split("\n")]
        return named

    def _detail(self, cells: Sequence[str], line: Line) -> None:
        """Take a figure or a link of the measure whose number stands in the row, or of the row above if none does."""
        area = self._area_for(self._area_title, line)
        number = cleaning.clean(self._cell(cells, Column.NUMBER))
        found = next((each for each in area.measures if number and each.number == number), None)
        self._detailed = found or (None if number else self._detailed)
        if self._detailed is None or not fill_detail(self._detailed.more, self.header.details, cells):
            self._without_text(cells, line, DoubtCode.DETAIL_NOT_READ)
        elif line.number not in self._detailed.lines:
            self._detailed.lines.append(line.number)

    def _belongs_above(self, row: DraftMeasure, *, is_named: bool) -> bool:
        """Whether a row goes on with the one above; rows that may do so are marked, and joined when all are known."""
        above = self.last
        if above is None or is_named or (row.number and row.number != above.number):
            return False
        text = cleaning.clean(row.text)
        if not text:
            if row.says_who_or_when or row.notes:
                _join(above, row, is_doubted=False)
                return True
            return False
        if text == cleaning.clean(above.text) and row.number == above.number and row.owners != above.owners:
            above.owners += [owner for owner in row.owners if owner not in above.owners]
            above.more.add(row.more)
            above.lines += row.lines
            return True
        ended = cleaning.clean(above.text).endswith(_ENDED)
        if text[:1].islower() and not ended and (not row.says_who_or_when or _is_cut(above)):
            _join(above, row, is_doubted=False)
            return True
        knows = self.header.has_owner or self.header.has_time
        row.may_continue = knows and not row.says_who_or_when and not row.number
        return False

    def _without_text(self, cells: Sequence[str], line: Line, code: DoubtCode = DoubtCode.ROW_WITHOUT_TEXT) -> None:
        said = " · ".join(cleaning.clean(cell) for cell in cells if cell.strip())
        area = self._area_for(self._area_title, line)
        lost = DraftMeasure("", line)
        lost.doubt(code, cells=said)
        area.measures.append(lost)


def table_rows(pieces: Sequence[Piece], at: int, count: int) -> list[Piece]:
    """Return the next pieces that hold text, from `at` on."""
    found = []
    for piece in pieces[at : at + count * 4]:
        if piece.kind is Kind.TEXT:
            found.append(piece)
        if len(found) == count:
            break
    return found


def _is_said(cell: str) -> bool:
    return cell.strip() not in {"", "-", "–", "—", "?"}


def _is_cut(measure: DraftMeasure) -> bool:
    """Whether a page has ended in the middle of a row."""
    return measure.time.rstrip().endswith(("-", "–")) or any(owner.endswith("-") for owner in measure.owners)


def _join(above: DraftMeasure, row: DraftMeasure, *, is_doubted: bool = True) -> None:
    if is_doubted:
        told = cleaning.shortened(cleaning.clean(row.text)), cleaning.shortened(cleaning.clean(above.text))
        above.doubt(DoubtCode.ROW_JOINED, row.line, text=told[0], above=told[1])
    above.text = f"{above.text} {row.text}".strip()
    if _is_cut(above) and above.owners and row.owners and above.owners[-1].endswith("-"):
        above.owners[-1] = above.owners[-1][:-1] + row.owners.pop(0)
    above.owners += [owner for owner in row.owners if owner not in above.owners]
    above.time = f"{above.time} {row.time}".strip() if _is_cut(above) or not above.time else above.time
    above.from_time, above.to_time = above.from_time or row.from_time, above.to_time or row.to_time
    above.years += row.years
    above.notes += row.notes
    above.more.add(row.more)
    above.marks += row.marks
    above.lines += row.lines
    above.doubts += row.doubts


def _offsets(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\S+(?: \S+)*", text)]


def _placed(text: str, offsets: Sequence[int]) -> list[str]:
    """Return the cells of a row that lacks some, by the columns they stand under."""
    cells = [""] * len(offsets)
    for match in re.finditer(r"\S+(?: \S+)*", text):
        place = min(range(len(offsets)), key=lambda each: abs(offsets[each] - match.start()))
        cells[place] = f"{cells[place]} {match[0]}".strip()
    return cells
