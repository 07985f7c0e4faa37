"""Documents for Word: real headings, tables whose first row is their header, and the language they are written in."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

_FONT = "Calibri"
_INK = RGBColor(0x1E, 0x2B, 0x3C)
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
_SIZES = {1: 22, 2: 16, 3: 13, 4: 11}
_TEXT_WIDTH = 210 - 2 * 22


def docx_of(document: Mapping[str, Any]) -> bytes:
    """Return a document (`domain.documents.as_json`) as a file for Word."""
    made = docx.Document()
    _set_up(made, document)
    for part in document["parts"]:
        _WRITERS[part["kind"]](made, part, document["labels"])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _set_up(made: Document, document: Mapping[str, Any]) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for level, size in _SIZES.items():
        style = made.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = _FONT, Pt(size), True, _INK
        # Headings take their font from the theme unless all four are said.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in list(fonts.attrib):
            del fonts.attrib[each]
        for each in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{each}"), _FONT)
        style.paragraph_format.space_before = Pt(0 if level == 1 else 14 - 2 * level + 6)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
    _speak(made, _LANGUAGES.get(document["language"], "nb-NO"))
    properties = made.core_properties
    properties.title, properties.author = document["title"], document["author"]
    properties.language = _LANGUAGES.get(document["language"], "nb-NO")
    properties.comments, properties.last_modified_by = "", document["author"]
    _number_pages(section.footer.paragraphs[0])


def _speak(made: Document, language: str) -> None:
    """Say in which language all of it is, so that it is read aloud and spelt rightly."""
    for style in (
        made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")),
        made.styles["Normal"].element,
    ):
        properties = style.find(qn("w:rPr"))
        if properties is None:
            properties = OxmlElement("w:rPr")
            style.append(properties)
        said = properties.find(qn("w:lang"))
        if said is None:
            said = OxmlElement("w:lang")
            properties.append(said)
        said.set(qn("w:val"), language)
        said.set(qn("w:eastAsia"), language)


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = 2
    for text in ("PAGE", "/", "NUMPAGES"):
        if text == "/":
            paragraph.add_run(" / ")
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), text)
        run = OxmlElement("w:r")
        shown = OxmlElement("w:t")
        shown.text = "1"
        run.append(shown)
        field.append(run)
        paragraph._p.append(field)


def _heading(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    made.add_heading(_plain(part["text"]), level=part["level"])


def _prose(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    for kind, lines in part["pieces"]:
        if kind == "ul":
            _bullets(made, {"items": lines}, labels)
        else:
            paragraph = made.add_paragraph()
            for at, line in enumerate(lines):
                if at:
                    paragraph.add_run().add_break()
                paragraph.add_run(_plain(line))


def _bullets(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    for item in part["items"]:
        made.add_paragraph(_plain(item), style="List Bullet").paragraph_format.space_after = Pt(2)


def _table(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    _caption(made, part["caption"])
    rows = [[_with_ref(cell["text"], cell["ref"]) for cell in row] for row in part["rows"]]
    _grid(made, part["columns"], rows, widths=part["widths"], caption=part["caption"])


def _figures(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    _caption(made, part["caption"])
    rows = [[each["name"], _with_ref(each["value"], each["ref"])] for each in part["figures"]]
    _grid(made, (labels["what"], labels["number"]), rows, widths=(75, 25), caption=part["caption"])


def _box(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """One cell with a tint: Word has no box that is read in its place."""
    table = made.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    cell = table.rows[0].cells[0]
    _tint(cell, "F3F4F6")
    head = cell.paragraphs[0].add_run(_plain(part["heading"]))
    head.bold = True
    for line in part["lines"]:
        cell.add_paragraph(_plain(line), style="List Bullet").paragraph_format.space_after = Pt(2)
    made.add_paragraph()


def _definitions(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    for each in part["definitions"]:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-8)
        paragraph.add_run(_plain(f"[{each['number']}] {each['name']}. ")).bold = True
        said = [each["meaning"]]
        said += [f"{labels[name]}: {each[name]}" for name in ("query", "source") if each[name]]
        paragraph.add_run(_plain(" ".join(said)))


def _chart(made: Document, part: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """Nothing: the table before it says the same, and can be worked on with."""


_WRITERS = {
    "heading": _heading,
    "prose": _prose,
    "bullets": _bullets,
    "table": _table,
    "chart": _chart,
    "figures": _figures,
    "box": _box,
    "definitions": _definitions,
}


def _caption(made: Document, text: str) -> None:
    paragraph = made.add_paragraph(style="Caption")
    run = paragraph.add_run(_plain(text))
    run.font.size, run.font.color.rgb = Pt(10), _INK
    paragraph.paragraph_format.keep_with_next = True


def _grid(
    made: Document, columns: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int], caption: str
) -> None:
    table = made.add_table(rows=1 + len(rows), cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    _say_header(table, caption)
    shares = widths or [100 // len(columns)] * len(columns)
    # Each look at `row.cells` walks the whole row anew.
    for at, row in enumerate(table.rows):
        texts = rows[at - 1] if at else columns
        for cell, text, share in zip(row.cells, texts, shares, strict=True):
            cell.width = Mm(_TEXT_WIDTH * share / 100)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            run = paragraph.add_run(_plain(text))
            run.font.size = Pt(9.5)
            if not at:
                run.bold = True
                _tint(cell, "E8ECF2")
        _keep_whole(row, is_header=not at)
    made.add_paragraph()


def _keep_whole(row: Any, *, is_header: bool) -> None:
    """No row is parted between two pages; the header comes again on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _say_header(table: Any, caption: str) -> None:
    """Say what is in the table, that its first row is its header and its first column names the rows."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    for name, value in (("val", "04A0"), ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"),
                        ("lastColumn", "0"), ("noHBand", "0"), ("noVBand", "1")):  # fmt: skip
        look.set(qn(f"w:{name}"), value)
    properties.append(look)
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), _plain(caption))
    properties.append(said)


def _tint(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _with_ref(text: str, ref: int) -> str:
    return f"{text} [{ref}]" if ref else text


def _plain(text: str) -> str:
    """Leave out what XML has no way to write."""
    return "".join(each for each in text if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))
