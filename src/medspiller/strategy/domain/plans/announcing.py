"""What a line announces, seen where it stands: between a table and a list, after a gap, above what follows."""

from medspiller.strategy.domain.plans import cleaning, headings
from medspiller.strategy.domain.plans.drafts import DraftArea
from medspiller.strategy.domain.plans.headings import Heading, Part
from medspiller.strategy.domain.plans.lists import Listing, is_body
from medspiller.strategy.domain.plans.marking import Kind, Marked, Piece
from medspiller.strategy.domain.plans.tables import Table, header_in, table_rows

SECTIONS = frozenset({Part.GOALS, Part.APPROACHES, Part.MEASURES})


class Announcing:
    """Where in a document a reader is, and what the line it has come to announces there."""

    def __init__(self, marked: Marked):
        self._marked, self._pieces = marked, marked.pieces
        self._by_words = bool(marked.declared) or any(
            headings.area_heading(piece.text) for piece in self._pieces if piece.kind is Kind.TEXT and not piece.is_item
        )
        # The place of the next line.
        self._at = 0
        self._area: DraftArea | None = None
        self._listing: Listing | None = None
        self._table: Table | None = None
        self._after_gap = True
        self._owner_names: set[str] = set()

    def _heading(self, piece: Piece, *, text: str | None = None) -> Heading | None:
        """Return what a line announces, if it is a heading or has a label."""
        said = piece.text if text is None else text
        if not said or (piece.is_item and not piece.heading):
            return (
                headings.labelled(said)
                if piece.is_item and said and self._is_labelled_item(said, is_whole=piece.line.is_whole)
                else None
            )
        found = headings.area_heading(said)
        if found and not (piece.is_numbered and self._listing and self._listing.part in SECTIONS):
            return found
        declared = self._declared(piece, said)
        if declared:
            return declared
        if piece.is_indented and not piece.heading:
            return None
        return headings.known_heading(said) or headings.labelled(said) or self._by_shape(piece, said)

    def _is_labelled_item(self, text: str, *, is_whole: bool) -> bool:
        """A list of Word below a heading is what the heading says, whatever words its items begin with."""
        found = headings.labelled(text)
        in_section = self._listing is not None and self._listing.part in SECTIONS
        return found is not None and bool(found.number) and not (in_section and is_whole)

    def _declared(self, piece: Piece, text: str) -> Heading | None:
        stripped, outer = headings.without_heading_number(text)
        if len(stripped) > 160 or not self._marked.declared:
            return None
        level = outer.count(".") + 1 if outer else 0
        key = cleaning.squeeze(stripped)
        found = self._marked.declared.get(key)
        if not found and piece.line.cells is None and any(each.startswith(key) for each in self._marked.declared):
            following = self._pieces[self._at] if self._at < len(self._pieces) else None
            if following and following.kind is Kind.TEXT and not following.is_item and following.line.cells is None:
                found = self._marked.declared.get(key + cleaning.squeeze(following.text))
        return Heading(Part.AREA, title=found[1], number=found[0], level=level, label="declared") if found else None

    def _by_shape(self, piece: Piece, text: str) -> Heading | None:
        """A heading by its style, its number, the table of contents, or what follows it."""
        stripped, number = headings.without_heading_number(text)
        if piece.heading:
            return Heading(Part.OTHER, title=text, number=number, level=piece.heading, label="styled")
        if piece.line.cells is not None and not piece.text:
            return None
        if not headings.looks_like_heading(text):
            return None
        in_list = self._listing is not None and self._listing.part in SECTIONS
        leads = self._after_gap and self._leads(text)
        # `3 Voksne` is a heading, `3. Voksne` may be an item of a list.
        is_chapter = bool(number) and self._after_gap and not piece.is_numbered and not piece.line.cells
        if leads or cleaning.squeeze(stripped) in self._marked.contents:
            return Heading(Part.OTHER, title=text, number=number, level=number.count(".") + 1 if number else 0)
        if (is_chapter or ("." in number and not in_list and not piece.line.cells)) and not self._table:
            return Heading(Part.OTHER, title=text, number=number, level=number.count(".") + 1)
        return None

    def _leads(self, text: str) -> bool:
        """Whether goals, approaches, measures or a table follow at once, and this does not end a list before them."""
        listing = self._listing
        in_paragraphs = listing and listing.part in SECTIONS and not (listing.last and listing.last.is_listed)
        if in_paragraphs and self._by_words:
            return False
        following = next(iter(table_rows(self._pieces, self._at, 1)), None)
        if not following:
            return False
        if following.is_item:
            # Above a list of measures with owners, as ministries write them.
            is_owner = text in self._owner_names or is_body(text)
            return not self._by_words and not is_owner and (listing is None or listing.part is Part.AREA)
        if header_in(following):
            return not in_paragraphs
        known = headings.known_heading(following.text) if following.text else None
        if in_paragraphs:
            return known is not None and known.part is Part.GOALS
        return known is not None and known.part in SECTIONS
