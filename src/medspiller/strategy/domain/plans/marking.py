"""What each line of a document is, before it is read: text, footnote, table of contents, or furniture of the page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.headings import Part, area_heading, known_heading, without_heading_number
from medspiller.strategy.domain.plans.values import Line
from medspiller.strategy.domain.plans.wrapping import Wrapping


class Kind(StrEnum):
    """What a line is."""

    TEXT = "text"
    BLANK = "blank"
    AWAY = "away"
    NOTE = "note"


@dataclass(slots=True)
class Piece:
    """A line with what was found out about it. `text` is clean and without its bullet."""

    line: Line
    kind: Kind
    text: str = ""
    is_item: bool = False
    is_numbered: bool = False
    is_indented: bool = False
    heading: int = 0

    @property
    def raw(self) -> str:
        """The line as it was written, without its bullet."""
        if self.is_item and self.line.cells is None and not self.line.is_item:
            found = cleaning.without_bullet(self.line.text)
            return found if found is not None else (cleaning.without_number(self.line.text) or self.line.text)
        return self.line.text


@dataclass(slots=True)
class Marked:
    """A document whose lines are marked, and what it says of itself."""

    pieces: list[Piece]
    wrapping: Wrapping
    # Squeezed titles of focus areas → number and title.
    declared: dict[str, tuple[str, str]] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    # Number of a footnote → the lines that hold one, with its text.
    notes: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    plain_marks: frozenset[str] = frozenset()
    header: str = ""


_CONTENTS = frozenset({"innhold", "innholdsfortegnelse", "innhald", "innhaldsliste", "innholdsliste", "contents"})
_LEADERS = re.compile(r"(.*?\S)\s*(?:\.{2,}|…+|(?:\.\s){3,}|_{3,})[\s.]*\d{0,3}\s*")
_PAGED = re.compile(r"(.*?\S)(?:\t+\s*|\s{2,})\d{1,3}\s*")
_PLAN_WORD = re.compile(
    r"strategi|handlingsplan|temaplan|kommunedelplan|sektorplan|fagplan|tiltaksplan|omsorgsplan|pårørendeplan|"
    r"\bplan\b|\w+plan\b|program\b|rammeverk|\w+meldinga?\b"
)
_DIGITS = re.compile(r"\d+")
_HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_FURTHER = 4
_ENTRY_MOST = 250


def mark(lines: Sequence[Line]) -> Marked:
    """Find out what each line is."""
    pieces = [_piece(line) for line in lines]
    texts = [piece.line.text for piece in pieces if piece.line.cells is None]
    whole = bool(lines) and all(line.is_whole or line.cells is not None for line in lines)
    marked = Marked(pieces, Wrapping(texts, is_whole=whole))
    _put_notes_aside(marked)
    _put_contents_aside(marked)
    marked.header = _put_headers_aside(pieces)
    _find_declared(marked)
    return marked


def is_about_plan(text: str) -> bool:
    """Whether a line could be the title of a plan by its words."""
    return _PLAN_WORD.search(text.casefold()) is not None


def _piece(line: Line) -> Piece:
    if line.cells is not None:
        filled = [cell for cell in line.cells if cell.strip()]
        kind = Kind.TEXT if filled else Kind.BLANK
        return Piece(line, kind, text=cleaning.clean(filled[0]) if len(filled) == 1 else "", heading=line.heading)
    raw, heading = line.text, line.heading
    hashes = _HASHES.fullmatch(raw.strip()) if raw.lstrip()[:1] == "#" else None
    if hashes:
        raw, heading = hashes[2], len(hashes[1])
    if not raw.strip():
        return Piece(line, Kind.BLANK)
    # What is part of a list by its style has its bullet there.
    after = None if heading or line.is_item else cleaning.without_bullet(raw)
    numbered = None if heading or line.is_item or after is not None else cleaning.without_number(raw)
    body = raw if after is None else after
    if cleaning.is_page_number(body) and not line.is_whole:
        return Piece(line, Kind.AWAY)
    return Piece(
        line,
        Kind.AWAY if line.is_contents else Kind.TEXT,
        text=cleaning.clean(body),
        is_item=after is not None or line.is_item,
        is_numbered=numbered is not None,
        is_indented=line.is_indented or (after is None and (raw[:1] == "\t" or raw[:3] == "   ")),
        heading=heading,
    )


# --- Footnotes ----------------------------------------------------------------------------


def _put_notes_aside(marked: Marked) -> None:
    """Find the footnotes; a line that goes on with one belongs to it."""
    last: list[tuple[int, str]] | None = None
    plain: dict[str, tuple[Piece, str]] = {}
    starred = {star for piece in marked.pieces for star in cleaning.stars(piece.line.text)}
    for piece in marked.pieces:
        found = cleaning.footnote(_only_text(piece)) if piece.kind is Kind.TEXT or piece.line.is_footnote else None
        # A star before a line is an item of a list, unless some word points to it with one.
        if found and (not found[0].startswith("*") or found[0] in starred):
            last = marked.notes.setdefault(found[0], [])
            last.append((piece.line.number, found[1]))
            piece.kind = Kind.NOTE
        elif last and piece.kind is Kind.TEXT and piece.text[:1].islower() and "\t" not in piece.line.text.strip():
            number, text = last[-1]
            last[-1] = (number, f"{text} {piece.text}")
            piece.kind = Kind.NOTE
        else:
            last = None
            told = cleaning.plain_footnote(piece.line.text) if piece.kind is Kind.TEXT and not piece.heading else None
            if told and piece.line.cells is None:
                plain.setdefault(told[0], (piece, told[1]))
    _put_plain_notes_aside(marked, plain)


def _only_text(piece: Piece) -> str:
    if piece.line.cells is None:
        return piece.line.text
    filled = [cell for cell in piece.line.cells if cell.strip()]
    return filled[0] if len(filled) == 1 else ""


def _put_plain_notes_aside(marked: Marked, plain: dict[str, tuple[Piece, str]]) -> None:
    """A line with a plain number is a footnote if a word before it has that number attached."""
    stars = frozenset(number for number in marked.notes if number.startswith("*"))
    pointed: set[str] = set()
    if plain:
        known = frozenset(plain)
        for piece in marked.pieces:
            if piece.kind is Kind.TEXT and any(letter.isdigit() for letter in piece.text):
                pointed.update(cleaning.plain_mark(piece.text, known)[1])
    for number in sorted(pointed):
        piece, text = plain[number]
        piece.kind = Kind.NOTE
        marked.notes.setdefault(number, []).append((piece.line.number, text))
    marked.plain_marks = stars | frozenset(pointed)


# --- Table of contents --------------------------------------------------------------------


def _put_contents_aside(marked: Marked) -> None:
    pieces = marked.pieces
    within = 0
    for at, piece in enumerate(pieces):
        if piece.kind is not Kind.TEXT or piece.line.cells is not None:
            continue
        if cleaning.fold(piece.text) in _CONTENTS:
            within = _FURTHER
            piece.kind = Kind.AWAY
            continue
        entry = _entry(piece, is_within=within > 0)
        if entry:
            within = _FURTHER
        elif within and any(_entry(other, is_within=True) for other in pieces[at + 1 : at + 4]):
            # An entry that goes on in the next line.
            within -= 1
        else:
            within = 0
            continue
        piece.kind = Kind.AWAY
        title = cleaning.clean(entry[1] if entry else piece.text).rstrip(".… ")
        marked.contents.add(cleaning.squeeze(without_heading_number(title)[0]))


def _entry(piece: Piece, *, is_within: bool) -> re.Match[str] | None:
    text = piece.line.text
    if len(text) > _ENTRY_MOST:
        return None
    return _LEADERS.fullmatch(text) or (_PAGED.fullmatch(text) if is_within else None)


# --- Headers and footers of pages ---------------------------------------------------------


def _put_headers_aside(pieces: Sequence[Piece]) -> str:
    """Put aside what stands on page after page; return it, if it names the plan."""
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    candidates = []
    for piece in pieces:
        if piece.kind is not Kind.TEXT or piece.is_item or piece.is_indented or piece.line.cells is not None:
            continue
        if len(piece.text) > 90 or "\t" in piece.line.text.strip() or "|" in piece.text or piece.heading:
            continue
        if area_heading(piece.text) or known_heading(piece.text):
            continue
        key = _DIGITS.sub("0", cleaning.fold(piece.text))
        candidates.append((key, piece))
        counted[key] += 1
        first.setdefault(key, piece.text)
    headers = {
        key
        for key, count in counted.items()
        if count >= 3 and not first[key].endswith((".", "?", ":")) and _is_furniture(first[key])
    }
    for key, piece in candidates:
        if key in headers:
            piece.kind = Kind.AWAY
    named = [first[key] for key in headers if is_about_plan(first[key])]
    return max(named, key=len, default="")


def _is_furniture(text: str) -> bool:
    return is_about_plan(text) or re.search(r"\bside\b|(?:19|20)\d\d", text.casefold()) is not None


# --- Focus areas that the document lists itself -------------------------------------------


def _find_declared(marked: Marked) -> None:
    """Find the list after a sentence like `De fire innsatsområdene er:`, if its titles come again as headings."""
    pieces = marked.pieces
    titles: Counter[str] = Counter()
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.TEXT and piece.text and len(piece.text) < 160:
            titles[_title_key(piece)] += 1
            following = pieces[at + 1] if at + 1 < len(pieces) else None
            if following and following.kind is Kind.TEXT and not following.is_item and len(following.text) < 100:
                titles[_title_key(piece) + cleaning.squeeze(following.text)] += 1
    for at, piece in enumerate(pieces):
        if piece.kind is Kind.TEXT and piece.text.endswith(":") and "områd" in piece.text.casefold():
            listed = _items_after(pieces, at + 1)
            again = sum(1 for each in listed if titles[cleaning.squeeze(_listed_title(each.text))] > 1)
            if 2 <= len(listed) <= 12 and again * 2 >= len(listed):
                for number, each in enumerate(listed, start=1):
                    title = _listed_title(each.text)
                    marked.declared.setdefault(cleaning.squeeze(title), (str(number), title))
                    each.kind = Kind.AWAY
    for piece in pieces:
        found = area_heading(piece.text) if piece.kind is Kind.TEXT and "mråd" in piece.text.casefold() else None
        if found and found.title and found.number and not piece.is_item and not _is_section(found.title):
            marked.declared.setdefault(cleaning.squeeze(found.title), (found.number, found.title))


def _is_section(title: str) -> bool:
    """Whether an area is called as what stands in every area: the word alone does not announce it."""
    known = known_heading(title)
    return known is not None and known.part in {Part.GOALS, Part.APPROACHES, Part.MEASURES, Part.TEXT}


def _items_after(pieces: Sequence[Piece], at: int) -> list[Piece]:
    found = []
    for piece in pieces[at : at + 60]:
        if piece.kind is not Kind.TEXT:
            continue
        if not (piece.is_item or piece.is_numbered) or len(piece.text) > 120:
            break
        found.append(piece)
    return found


def _listed_title(text: str) -> str:
    found = area_heading(text)
    if found and found.title:
        return found.title
    return (cleaning.without_number(text) or text).strip(" .;")


def _title_key(piece: Piece) -> str:
    return cleaning.squeeze(_listed_title(without_heading_number(piece.text)[0]))
