"""
A document as its parts, the same for the page on screen, for paper and for Word.

Whatever shows it decides only how a part looks. A figure's `ref` is the number of its definition, 0 for none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1 to 4. `key` names the section whose text can be changed, if it begins one."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """What people have written: paragraphs, and lists where lines begin with a dash."""

    kind: ClassVar[str] = "prose"
    text: str

    @property
    def pieces(self) -> list[tuple[str, list[str]]]:
        """Return the paragraphs and lists: ("p", lines) or ("ul", items)."""
        return list(_pieces(self.text))


@dataclass(frozen=True, slots=True)
class Bullets:
    """A short list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    ref: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first cell names the row. `widths` are the columns' shares of a sheet, in percent."""

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it is of."""

    name: str
    value: str
    ref: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers in a row, each of which opens to how it was found."""

    kind: ClassVar[str] = "figures"
    caption: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a chart: `share` is its length, 0 to 1, None where there is nothing to draw."""

    label: str
    value: str
    share: float | None
    # Of a part of the year, or of one of which not all is known: not to be compared with the others.
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a row of the table before it, which says the same and more. `said` is the picture in words."""

    kind: ClassVar[str] = "chart"
    title: str
    said: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """What stands apart from the rest: figures of others, for comparison by the reader only."""

    kind: ClassVar[str] = "box"
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """How a figure was found: what it means, what was asked of the data, where it is from."""

    number: int
    name: str
    meaning: str
    query: str
    source: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """All definitions, in the order of their numbers."""

    kind: ClassVar[str] = "definitions"
    definitions: tuple[Definition, ...]


Part = Heading | Prose | Bullets | Table | Chart | Figures | Box | Definitions


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `labels` are the words that whoever shows a definition needs."""

    title: str
    language: str
    author: str
    subtitle: str
    parts: tuple[Part, ...]
    labels: dict[str, str]

    @property
    def definitions(self) -> dict[int, Definition]:
        """Every definition by its number."""
        return {each.number: each for part in self.parts if isinstance(part, Definitions) for each in part.definitions}


def as_json(document: Document) -> dict[str, Any]:
    """Return a document as the worker is given it."""
    parts = [{"kind": part.kind, **asdict(part), **_pieces_of(part)} for part in document.parts]
    head = {name: getattr(document, name) for name in ("title", "language", "author", "subtitle", "labels")}
    return {**head, "parts": parts}


def _pieces_of(part: Part) -> dict[str, Any]:
    return {"pieces": part.pieces} if isinstance(part, Prose) else {}


def _pieces(text: str) -> Iterator[tuple[str, list[str]]]:
    lines: list[str] = []
    is_list = False
    for line in [*text.split("\n"), ""]:
        plain = line.strip()
        begins_item = plain.startswith(("- ", "– ", "• "))
        if lines and (not plain or begins_item != is_list):
            yield from _piece(lines, is_list=is_list)
            lines = []
        if plain:
            is_list = begins_item
            lines.append(plain[2:].strip() if begins_item else plain)


def _piece(lines: Sequence[str], *, is_list: bool) -> Iterator[tuple[str, list[str]]]:
    yield ("ul" if is_list else "p", list(lines))
