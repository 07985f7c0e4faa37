"""Plans as documents of Word: read by their headings, lists and real tables, and written so that they read the same."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from lxml import etree

from medspiller.strategy.domain.plans import cleaning
from medspiller.strategy.domain.plans.sources import MOST_LINES, tidy
from medspiller.strategy.domain.plans.values import Line, NotReadable, Problem, ReadArea, ReadPlan
from medspiller.strategy.worker import plan_layout as layout
from medspiller.ui import packing

_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])", re.IGNORECASE)
_TITLE = frozenset({"title", "tittel"})
_CONTENTS = re.compile(r"(?:toc|innh)\w*\s*\d|table of contents", re.IGNORECASE)
_LIST = re.compile(r"(?:list|liste|punkt|bullet)", re.IGNORECASE)
_LANGUAGE = "nb-NO"
_LONGEST = 20_000
# Of all lines together: what is merged downwards stands in each of its rows, so that a small file can say much.
LETTERS_MOST = 10_000_000
_INSIDE = frozenset(map(qn, ("w:hyperlink", "w:ins", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple")))
# So many columns stand on a page as it is usually turned.
_COLUMNS_UPRIGHT = 6


@dataclass(slots=True)
class _Style:
    name: str = ""
    heading: int = 0
    is_item: bool = False
    is_title: bool = False
    is_contents: bool = False


@dataclass(slots=True)
class _Counted:
    lines: list[Line] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    letters: int = 0

    def add(self, text: str, place: str, **more: Any) -> None:
        """Add a line, unless there are far too many, or far too much in them."""
        self.letters += len(text)
        if len(self.lines) >= MOST_LINES or self.letters > LETTERS_MOST:
            raise NotReadable(Problem.TOO_BIG)
        self.lines.append(Line(len(self.lines) + 1, text, place, **more))


def document_lines(content: bytes) -> list[Line]:
    """
    Return the paragraphs and the rows of tables of a document, and its footnotes last.

    :raises NotReadable: if it is no document, or has far too many lines.
    """
    try:
        document = docx.Document(io.BytesIO(content))
        styles = _styles(document)
        counted = _Counted()
        _body(document.element.body, styles, counted)
        for number, text in _footnotes(content):
            counted.add(f"{cleaning.raised(number)} {text}", f"Fotnote {number}", is_whole=True, is_footnote=True)
    except NotReadable:
        raise
    # The library raises whatever a broken file makes it stumble over.
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, zipfile.BadZipFile,
            etree.LxmlError, docx.exceptions.PythonDocxError, NotImplementedError, RecursionError):  # fmt: skip
        raise NotReadable(Problem.BROKEN) from None
    return counted.lines


def _styles(document: Document) -> dict[str, _Style]:
    found = {}
    for style in document.styles:
        if style.type != WD_STYLE_TYPE.PARAGRAPH:
            continue
        names: list[str] = []
        each = style
        while each is not None and len(names) < 10:
            names.append(each.name or "")
            each = each.base_style
        heading = next((_HEADING.match(name) for name in names if _HEADING.match(name)), None)
        found[style.style_id] = _Style(
            name=names[0],
            heading=int(heading[1]) if heading else 0,
            is_item=bool(_LIST.match(names[0])),
            is_title=names[0].casefold() in _TITLE,
            is_contents=bool(_CONTENTS.match(names[0])),
        )
    return found


def _body(parent: Any, styles: dict[str, _Style], counted: _Counted) -> None:
    for element in parent.iterchildren():
        if element.tag == qn("w:p"):
            _paragraph(element, styles, counted)
        elif element.tag == qn("w:tbl"):
            _table(element, counted)
        elif element.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}:
            _body(element, styles, counted)


def _paragraph(element: Any, styles: dict[str, _Style], counted: _Counted) -> None:
    counted.paragraphs += 1
    properties = element.find(qn("w:pPr"))
    style_id, outline, is_numbered, indent = "", 0, False, 0
    if properties is not None:
        style_id = _value(properties.find(qn("w:pStyle")))
        level = _value(properties.find(qn("w:outlineLvl")))
        outline = int(level) + 1 if level.isdigit() and int(level) < 9 else 0
        is_numbered = properties.find(qn("w:numPr")) is not None
        shift = properties.find(qn("w:ind"))
        indent = _indent(shift)
    style = styles.get(style_id, _Style())
    heading = style.heading or outline
    # A break inside a paragraph is often used to begin a new one.
    for text in _text_of(element).split("\n"):
        counted.add(
            text,
            f"Avsnitt {counted.paragraphs}",
            heading=heading,
            is_title=style.is_title,
            is_item=not heading and (is_numbered or style.is_item),
            is_indented=indent > 200 and not is_numbered,
            is_whole=True,
            is_contents=style.is_contents,
        )


def _value(element: Any) -> str:
    return (element.get(qn("w:val")) or "") if element is not None else ""


def _indent(element: Any) -> int:
    written = "" if element is None else element.get(qn("w:left")) or element.get(qn("w:start")) or ""
    return int(written) if written.lstrip("-").isdigit() else 0


def _table(table: Any, counted: _Counted) -> None:
    counted.tables += 1
    number, above = counted.tables, list[str]()
    for place, row in enumerate(table.iterchildren(qn("w:tr")), start=1):
        cells: list[str] = []
        for cell in _cells(row):
            properties = cell.find(qn("w:tcPr"))
            span = _value(properties.find(qn("w:gridSpan"))) if properties is not None else ""
            merged = properties.find(qn("w:vMerge")) if properties is not None else None
            goes_on = merged is not None and _value(merged) != "restart"
            text = above[len(cells)] if goes_on and len(cells) < len(above) else _cell_text(cell)
            cells.append(text)
            cells += [""] * (min(int(span), 60) - 1 if span.isdigit() else 0)
        above = cells
        text = " · ".join(" ".join(cell.split()) for cell in cells if cell.strip())
        counted.add(text, f"Tabell {number}, rad {place}", cells=tuple(cells), table=number)


def _cells(row: Any) -> Iterator[Any]:
    for element in row.iterchildren():
        if element.tag == qn("w:tc"):
            # With what is inside it: a cell of a cell is no cell of the row, and would be read again for each around.
            yield element
        elif element.tag in {qn("w:sdt"), qn("w:sdtContent")}:
            yield from _cells(element)


def _cell_text(cell: Any) -> str:
    return "\n".join(_text_of(paragraph) for paragraph in cell.iter(qn("w:p"))).strip("\n")[:_LONGEST]


def _text_of(paragraph: Any) -> str:
    """The text that a reader sees: no deleted words, no codes of fields; raised numbers as footnote marks."""
    parts: list[str] = []
    _collect(paragraph, parts, is_raised=False)
    return tidy("".join(parts)).replace("\r", "")[:_LONGEST]


def _collect(element: Any, parts: list[str], *, is_raised: bool) -> None:
    for child in element.iterchildren():
        tag = child.tag
        if tag == qn("w:t"):
            text = child.text or ""
            parts.append(cleaning.raised(text) if is_raised and text.strip().isdigit() else text)
        elif tag == qn("w:r"):
            properties = child.find(qn("w:rPr"))
            align = properties.find(qn("w:vertAlign")) if properties is not None else None
            _collect(child, parts, is_raised=_value(align) == "superscript")
        elif tag == qn("w:tab"):
            parts.append("\t")
        elif tag in {qn("w:br"), qn("w:cr")}:
            parts.append(" " if child.get(qn("w:type")) in {"page", "column"} else "\n")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif tag == qn("w:footnoteReference"):
            parts.append(cleaning.raised(child.get(qn("w:id")) or ""))
        elif tag in {
            qn("w:hyperlink"),
            qn("w:ins"),
            qn("w:smartTag"),
            qn("w:sdt"),
            qn("w:sdtContent"),
            qn("w:fldSimple"),
        }:
            _collect(child, parts, is_raised=is_raised)


def _footnotes(content: bytes) -> list[tuple[str, str]]:
    """Return number and text of the footnotes; the library does not know of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if "word/footnotes.xml" not in packed.namelist():
            return []
        root = etree.fromstring(
            packed.read("word/footnotes.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    found = []
    for note in root.iter(qn("w:footnote")):
        text = " ".join(_text_of(paragraph).strip() for paragraph in note.iter(qn("w:p"))).strip()
        if note.get(qn("w:type")) is None and text:
            found.append((note.get(qn("w:id")) or "", text))
    return found


# --- Writing ------------------------------------------------------------------------------


def write_docx(plan: ReadPlan) -> bytes:
    """Return a plan as a document of Word, which reads back as the same plan."""
    made = docx.Document()
    made.core_properties.title = packing.writable(plan.title)[:250]
    made.core_properties.author = ""
    _set_language(made)
    columns = layout.columns_of(plan)
    headers = ("Nr", *(header for header, _cell in columns))
    if len(headers) > _COLUMNS_UPRIGHT:
        _turn(made)
    made.add_paragraph(packing.writable(plan.title), style="Title")
    if plan.period:
        made.add_paragraph(f"Periode: {plan.period[0]}–{plan.period[1]}")
    for number, area in enumerate(plan.areas, start=1):
        made.add_heading(packing.writable(f"Innsatsområde {number}: {area.title}"), level=1)
        _write_texts(made, area)
        for heading, head, rows in (
            (layout.MEASURE, headers, list(layout.rows_of(area, columns))),
            (layout.INDICATORS, layout.INDICATOR_HEADERS, layout.indicator_rows(area)),
            (layout.LINKS, layout.LINK_HEADERS, layout.link_rows(area)),
        ):
            if rows:
                made.add_heading(heading, level=2)
                _write_table(made, head, rows)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _set_language(made: Document) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    made.styles["Normal"].element.get_or_add_rPr().append(language)


def _turn(made: Document) -> None:
    """Give broad tables the long side of the paper."""
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width


def _write_texts(made: Document, area: ReadArea) -> None:
    if area.text:
        made.add_heading(layout.TEXT, level=2)
        for line in area.text.split("\n"):
            made.add_paragraph(packing.writable(line))
    for heading, texts in ((layout.GOALS, area.goals), (layout.APPROACHES, area.approaches)):
        if texts:
            made.add_heading(heading, level=2)
        for text in texts:
            made.add_paragraph(packing.writable(text.text), style="List Bullet")


def _write_table(made: Document, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    # Rows are made all at once and filled by their elements: the public way reads the whole table for each cell.
    table = made.add_table(rows=len(rows) + 1, cols=len(headers), style="Table Grid")
    page = made.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    shares = [layout.WIDTHS.get(header, layout.USUAL_WIDTH) for header in headers]
    widths = [Length(room * share // sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    drawn = table._tbl.tr_lst
    _repeat_header(drawn[0])
    for row, cells in zip(drawn, (headers, *rows), strict=True):
        _fill(row, cells, widths)


def _repeat_header(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(row: Any, cells: Sequence[str], widths: Sequence[Length]) -> None:
    for cell, text, width in zip(row.tc_lst, cells, widths, strict=True):
        cell.width = width
        paragraph = cell.p_lst[0]
        for place, part in enumerate(packing.writable(text).split("\n")):
            target = paragraph if place == 0 else cell.add_p()
            target.add_r().text = part
