"""
Reading a plan: through its lines once, from heading to heading, and then together what belongs together.

A focus area begins where a heading says so: by a word (*innsatsområde*), by a title that the document has listed
itself, or, where no heading has such a word, by standing above goals, approaches or measures.
"""

from collections.abc import Sequence

from medspiller.strategy.domain.plans import cleaning, headings
from medspiller.strategy.domain.plans.announcing import SECTIONS, Announcing
from medspiller.strategy.domain.plans.columns import Column
from medspiller.strategy.domain.plans.drafts import IN_COLUMN, DraftArea
from medspiller.strategy.domain.plans.headings import Heading, Part
from medspiller.strategy.domain.plans.lists import Listing
from medspiller.strategy.domain.plans.marking import Kind, Marked, Piece, is_about_plan, mark
from medspiller.strategy.domain.plans.merging import Found, plan_of
from medspiller.strategy.domain.plans.prose import Prose
from medspiller.strategy.domain.plans.stacked import stacked_header, stacked_rows
from medspiller.strategy.domain.plans.tables import (
    CELLS,
    TAB,
    Table,
    UnreadTables,
    guessed_header,
    header_in,
    split,
    table_rows,
)
from medspiller.strategy.domain.plans.titles import title_and_period
from medspiller.strategy.domain.plans.values import Line, ReadPlan

_OUTERMOST = ("hovedmål", "hovudmål", "målsetting", "mål", "strategi", "delmål", "grep")


def read_plan(lines: Sequence[Line], *, file_name: str = "") -> ReadPlan:
    """Read a plan from the lines of its source. What is doubtful is said with its line."""
    marked = mark(lines)
    titled = title_and_period(marked, file_name=file_name)
    reader = _Reader(marked, titled.line_numbers)
    reader.read()
    return plan_of(Found(marked, titled, reader.areas, reader.plan_goals, reader.unread, reader.unread_lists))


class _Reader(Announcing):
    def __init__(self, marked: Marked, title_lines: Sequence[int]):
        super().__init__(marked)
        self._title_lines = frozenset(title_lines)
        self._goal_label = "" if self._by_words else _label_of_areas(self._pieces)
        self._candidate: tuple[str, Piece, int] | None = None
        self._is_action_plan = False
        self._by_title: dict[str, DraftArea] = {}
        self.areas: list[DraftArea] = []
        self.plan_goals: list[Piece] = []
        self.unread = UnreadTables()
        self.unread_lists: list[Piece] = []
        self._prose: Prose | None = None

    def read(self) -> None:
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            self._at += 1
            if piece.kind is Kind.BLANK:
                self._after_gap = True
            elif piece.kind is Kind.TEXT and piece.line.number not in self._title_lines:
                self._take(piece)
                self._after_gap = False
        self._end_table()
        self._end_listing()

    def _take(self, piece: Piece) -> None:
        if self._prose and self._prose.take(piece, after_gap=self._after_gap, is_heading=self._ends_prose(piece)):
            return
        self._prose = None
        if self._table and self._take_row(piece):
            return
        header = header_in(piece)
        if header:
            self._end_listing()
            self._end_table()
            self._table = Table(header[0], header[1], piece.line, self._area_for)
            if header[0].area:
                self._begin_area(header[0].area, piece)
            return
        if self._take_stacked(piece):
            return
        heading = self._heading(piece)
        if heading:
            self._enter(heading, piece)
        elif self._begins_table_without_header(piece):
            self._take_row(piece)
        elif piece.line.cells is not None and not piece.text:
            if not self._take_labelled_row(piece):
                self.unread.add(piece, is_in_area=self._area is not None)
        elif self._begins_list(piece):
            self._area = self._guessed_area(piece.line)
            self._listing = Listing(Part.AREA, self._area, self._marked.wrapping, self._owner_names)
            self._listing.take(piece, after_gap=False)
        elif not self._listing:
            self.unread.add(piece, is_in_area=self._area is not None)
        elif not self._listing.take(piece, after_gap=self._after_gap):
            self.unread.add(piece, is_in_area=True)
            self._listing.after_prose = True
            if self._listing.part is not Part.AREA:
                self._end_listing()

    def _ends_prose(self, piece: Piece) -> bool:
        """Below a heading by style only another such one ends what is told; else whatever may be a heading does."""
        if piece.line.cells is not None or piece.heading or header_in(piece):
            return True
        return not (self._prose and self._prose.is_styled) and self._heading(piece) is not None

    def _begins_list(self, piece: Piece) -> bool:
        """Whether a list stands right below what may be the title of a focus area."""
        if self._listing or self._area or self._by_words or not piece.is_item or not self._candidate:
            return False
        return self._candidate[1] is self._text_before(piece)

    def _text_before(self, piece: Piece) -> Piece | None:
        at = self._pieces.index(piece, max(0, self._at - 1))
        return next((each for each in reversed(self._pieces[max(0, at - 6) : at]) if each.kind is Kind.TEXT), None)

    # --- Tables -------------------------------------------------------------------------------

    def _take_row(self, piece: Piece) -> bool:
        """Read a line as part of the table; False if the table has ended before it."""
        table = self._table
        assert table  # noqa: S101 - only asked while there is one
        if table.is_rule(piece):
            return True
        cells = table.cells(piece)
        if cells is None:
            if piece.line.cells is None and self._goes_on_in_table(table, piece):
                return True
            self._end_table()
            return False
        again = header_in(piece)
        if again and (table.goes_on_as(again[0]) or not table.header.strict):
            return table.goes_on_as(again[0])
        single = _single_text(cells)
        heading = self._heading(piece, text=cleaning.clean(single)) if single else None
        if heading and not (heading.part is Part.OTHER and cells.index(single) in table.header.at(Column.MEASURE)):
            self._enter(heading, piece, keeps_table=True)
            return True
        table.take(cells, piece)
        return True

    def _goes_on_in_table(self, table: Table, piece: Piece) -> bool:
        if self._heading(piece) or piece.is_item or not table.last:
            return False
        if not self._after_gap and (piece.text[:1].islower() or table.way == "  "):
            return table.wrap(piece)
        following = next(iter(table_rows(self._pieces, self._at, 1)), None)
        cells = table.cells(following) if following else None
        if not following or not cells or self._heading(following) or header_in(following):
            return False
        row = [""] * len(table.header.columns)
        row[table.header.at(Column.MEASURE)[0]] = piece.line.text.strip()
        table.take(row, piece)
        return True

    def _begins_table_without_header(self, piece: Piece) -> bool:
        way = CELLS if piece.line.cells is not None else TAB
        rows = [split(each, way) or [] for each in table_rows(self._pieces, self._at - 1, 4)]
        same = [row for row in rows if len(row) == len(rows[0])] if rows else []
        header = guessed_header(same) if len(same) == len(rows) and not piece.is_item else None
        if not header or self._listing:
            return False
        self._table = Table(header, way, piece.line, self._area_for)
        self._table.is_guessed = True
        return True

    def _take_stacked(self, piece: Piece) -> bool:
        """Read a table whose cells stand below each other."""
        known = headings.known_heading(piece.text) if piece.text and len(piece.text) < 40 else None
        if not known or known.part is not Part.MEASURES:
            return False
        found = stacked_header(self._pieces, self._at - 1)
        if not found:
            return False
        rows, ended = stacked_rows(self._pieces, found[1], found[0])
        if not rows:
            return False
        self._end_listing()
        table = Table(found[0], CELLS, piece.line, self._area_for)
        for cells, first in rows:
            table.take(cells, first)
        table.close()
        self._at = ended
        return True

    def _take_labelled_row(self, piece: Piece) -> bool:
        """Read a row whose first cell says what stands in the second: `Mål | Alle blir sett`."""
        filled = [cell for cell in piece.line.cells or () if cell.strip()]
        label = cleaning.clean(filled[0]) if len(filled) == 2 else ""
        area = headings.area_heading(f"{label}: {cleaning.clean(filled[1])}") if label else None
        known = headings.known_heading(label) if label else None
        if area and area.title and len(label) < 24:
            self._end_listing()
            self._begin_area(area, piece)
            return True
        if not known or known.part not in {*SECTIONS, Part.TEXT} or self._area is None:
            return False
        self._end_listing()
        if known.part is Part.TEXT:
            self._area.text += [cleaning.clean(part) for part in filled[1].splitlines()]
            return True
        self._listing = Listing(known.part, self._area, self._marked.wrapping, self._owner_names)
        for part in filled[1].splitlines():
            text = cleaning.without_bullet(part) or cleaning.without_number(part) or part
            if text.strip():
                self._listing.add(piece, text, is_listed=True)
        self._end_listing()
        return True

    def _area_for(self, title: str, line: Line) -> DraftArea:
        """The focus area of a row: the one it names, else the one it stands in, else one made for it."""
        if title:
            key = cleaning.squeeze(title)
            if key not in self._by_title:
                found = headings.area_heading(title)
                stripped, number = headings.without_heading_number(title)
                area = DraftArea(
                    found.title or title if found else stripped,
                    line,
                    number=found.number if found else number,
                    said_by=IN_COLUMN,
                )
                self._by_title[key] = area
                self.areas.append(area)
            return self._by_title[key]
        if self._area is None:
            self._area = self._guessed_area(line)
        return self._area

    def _guessed_area(self, line: Line) -> DraftArea:
        title, number, level = "", "", 0
        if self._candidate:
            title, number = headings.without_heading_number(self._candidate[0])
            line, level = self._candidate[1].line, self._candidate[2]
        area = DraftArea(title, line, number=number, level=level, is_guess=True, is_nameless=not title)
        self.areas.append(area)
        return area

    def _end_table(self) -> None:
        if self._table:
            self._table.close()
        self._table = None

    def _end_listing(self) -> None:
        if self._listing:
            lost = self._listing.close(is_action_plan=self._is_action_plan)
            self.unread_lists += [lost] if lost else []
        self._listing = None

    # --- Headings -----------------------------------------------------------------------------

    def _enter(self, heading: Heading, piece: Piece, *, keeps_table: bool = False) -> None:
        self._end_listing()
        if not keeps_table:
            self._end_table()
        elif self._table:
            self._table.forget_area()
        if heading.part is Part.AREA:
            self._begin_area(heading, piece)
        elif heading.rest:
            self._enter_labelled(heading, piece)
        elif heading.part in SECTIONS:
            self._begin_section(heading.part, piece)
        elif heading.part is Part.ACTION_PLAN:
            self._begin_action_plan(piece)
        elif heading.part is Part.TEXT and self._area and self._is_below(self._area, piece.heading or heading.level):
            self._prose = Prose(self._area, self._marked.wrapping, is_styled=piece.heading > 0)
        else:
            self._enter_other(heading, piece)

    def _is_below(self, area: DraftArea, level: int) -> bool:
        """Whether a heading stands within an area, as far as their levels say."""
        return not level or not area.level or level > area.level

    def _begin_area(self, heading: Heading, piece: Piece) -> None:
        title = heading.title
        if piece.line.cells is None:
            title = self._whole_title(heading, piece)
        level = piece.heading or heading.level
        self._area = DraftArea(title, piece.line, number=heading.number, level=level, said_by=heading.label)
        self.areas.append(self._area)
        self._listing = Listing(Part.AREA, self._area, self._marked.wrapping, self._owner_names)

    def _whole_title(self, heading: Heading, piece: Piece) -> str:
        """A title may go on in the next line, or begin there."""
        following = self._pieces[self._at] if self._at < len(self._pieces) else None
        if heading.label == "declared":
            own = headings.without_heading_number(piece.text)[0]
            if cleaning.squeeze(own) != cleaning.squeeze(heading.title) and headings.area_heading(piece.text) is None:
                self._at += 1
            return heading.title
        if not heading.title:
            following = next(iter(table_rows(self._pieces, self._at, 1)), None)
            if following and self._could_be_title(following):
                self._at = self._pieces.index(following, self._at) + 1
                return following.text
            return ""
        if following and following.kind is Kind.TEXT and not following.is_item and not piece.line.is_whole:
            goes_on = following.text[:1].islower() and len(following.text) < 80 and not following.text.endswith(".")
            if goes_on and (following.line.cells is None and "\t" not in following.line.text):
                self._at += 1
                joined = self._marked.wrapping.join(piece.line.text, following.line.text)
                found = headings.area_heading(cleaning.clean(joined))
                return found.title if found else f"{heading.title} {following.text}"
        return heading.title

    def _could_be_title(self, piece: Piece) -> bool:
        known = headings.known_heading(piece.text) or headings.area_heading(piece.text)
        return headings.looks_like_heading(piece.text) and not known and not header_in(piece)

    def _begin_section(self, part: Part, piece: Piece) -> None:
        if self._area is None and not self._makes_area():
            # Goals of the whole plan: told, but they belong nowhere.
            if part is Part.GOALS:
                self.plan_goals.append(piece)
            return
        area = self._area or self._guessed_area(piece.line)
        self._area = area
        self._listing = Listing(part, area, self._marked.wrapping, self._owner_names)

    def _makes_area(self) -> bool:
        return not self._by_words and not self._goal_label and self._candidate is not None

    def _enter_labelled(self, heading: Heading, piece: Piece) -> None:
        if heading.label == self._goal_label and (not heading.number or "." not in heading.number):
            self._begin_area(Heading(Part.AREA, heading.rest, number=heading.number, label=heading.label), piece)
            assert self._area is not None  # noqa: S101 - just begun
            goal = self._area.title
            self._listing = Listing(Part.GOALS, self._area, self._marked.wrapping, self._owner_names)
            self._listing.add(piece, goal, is_listed=True)
            self._end_listing()
            self._listing = Listing(Part.AREA, self._area, self._marked.wrapping, self._owner_names)
            return
        if self._area is None and not self._makes_area():
            if heading.part is Part.GOALS:
                self.plan_goals.append(piece)
            return
        area = self._area or self._guessed_area(piece.line)
        self._area = area
        self._listing = Listing(heading.part, area, self._marked.wrapping, self._owner_names)
        self._listing.add(piece, heading.rest, is_listed=True)

    def _begin_action_plan(self, piece: Piece) -> None:
        following = next(iter(table_rows(self._pieces, self._at, 1)), None)
        header = header_in(following) if following else None
        area = self._area
        if area and header and Column.AREA not in header[0].columns and not area.measures:
            self._begin_section(Part.MEASURES, piece)
            return
        self._area, self._candidate, self._is_action_plan = None, None, True

    def _enter_other(self, heading: Heading, piece: Piece) -> None:
        is_known = headings.known_heading(piece.text) is not None and not piece.line.is_sheet
        title = heading.title
        area = self._area
        level = heading.level
        if area and (area.is_guess or not self._by_words):
            ends = not level or not area.level or level <= area.level
            ends = ends and not (is_known and level == 0)
        else:
            ends = bool(area and level and area.level and level <= area.level) or (
                level == 1
                and "." not in heading.number
                and bool(heading.label != "styled" or (area and area.level > 1))
            )
        if ends:
            self._area = None
        if title and not is_known and not is_about_plan(title):
            self._candidate = (title, piece, level)


def _single_text(cells: Sequence[str]) -> str:
    """Return the text of a row that has only one, however many cells repeat it."""
    filled = list(dict.fromkeys(cell for cell in cells if cell.strip()))
    return filled[0] if len(filled) == 1 else ""


def _label_of_areas(pieces: Sequence[Piece]) -> str:
    """Where goals with numbers are what a plan is divided by, return their word: `Hovedmål 1: …`, `Hovedmål 2: …`."""
    counted: dict[str, set[str]] = {}
    for piece in pieces:
        found = headings.labelled(piece.text) if piece.kind is Kind.TEXT and piece.text and not piece.is_item else None
        if found and found.number and "." not in found.number and found.part is not Part.MEASURES:
            counted.setdefault(found.label, set()).add(found.number)
    return next((label for label in _OUTERMOST if len(counted.get(label, ())) >= 2), "")
