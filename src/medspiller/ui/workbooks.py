"""
The first sheet of an Excel file, read and written with nothing but the standard library.

The web process answers at once with what is wrong in a list; the library that knows all of Excel is too heavy
for it. Here are only cells with text, numbers and days as Excel counts them: no formulas are run, no links followed.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from django.http import HttpResponse

from medspiller.core.errors import MedspillerError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A list of a thousand offers unpacks to some ten megabytes; a bomb to thousands.
UNPACKED_MOST = 60 * 1024 * 1024
_PARTS_MOST = 500
_ZIP = b"PK\x03\x04"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]+")
# XML has no way to write these, not even as references.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


class NotWorkbook(MedspillerError):
    """A file is no Excel file that can be read; `is_harmful` if it would unpack to far too much, or defines parts."""

    def __init__(self, *, is_harmful: bool = False):
        self.is_harmful = is_harmful
        super().__init__("harmful" if is_harmful else "not a workbook")


def is_workbook(content: bytes) -> bool:
    """Say whether a file is packed, as those of Excel are."""
    return content.startswith(_ZIP)


def cells_of(content: bytes, *, rows_most: int, columns_most: int) -> list[list[str]]:
    """
    Return the cells of the first sheet as text, at most one row more than `rows_most`, empty rows included.

    A day is a number of days, a time a part of one, as they stand in the file.

    :raises NotWorkbook: if it cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _ensure_small(packed)
            return _rows(_part(packed, _first_sheet(packed)), _shared_texts(packed), rows_most, columns_most)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError, EOFError, OSError,
            RuntimeError, NotImplementedError):  # fmt: skip
        raise NotWorkbook from None


def workbook_file(rows: Iterable[Sequence[str]], *, filename: str) -> HttpResponse:
    """Return rows, the headers first, as a download that Excel opens. Every cell is text, so that nothing is run."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in _PARTS.items():
            packed.writestr(name, part)
        packed.writestr("xl/worksheets/sheet1.xml", _sheet(rows))
    response = HttpResponse(content.getvalue(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _ensure_small(packed: zipfile.ZipFile) -> None:
    """Look at what it would unpack to before it is unpacked."""
    parts = packed.infolist()
    if len(parts) > _PARTS_MOST or sum(part.file_size for part in parts) > UNPACKED_MOST:
        raise NotWorkbook(is_harmful=True)


def _part(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Read one document of the file. None may define what it repeats, nor be written so that we could not see it."""
    content = packed.read(name)
    if b"<!DOCTYPE" in content or b"\x00" in content:
        raise NotWorkbook(is_harmful=True)
    return ElementTree.fromstring(content)  # noqa: S314 - what could harm was refused just above


def _first_sheet(packed: zipfile.ZipFile) -> str:
    """Where the sheet lies that stands first in the book."""
    book = _part(packed, "xl/workbook.xml")
    sheet = book.find(f"{_MAIN}sheets/{_MAIN}sheet")
    wanted = "" if sheet is None else sheet.get(_RELATED, "")
    related = _part(packed, "xl/_rels/workbook.xml.rels")
    target = next(each.get("Target", "") for each in related if each.get("Id") == wanted)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _shared_texts(packed: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    found = _part(packed, "xl/sharedStrings.xml")
    return [_text_in(each) for each in found.iter(f"{_MAIN}si")]


def _text_in(element: ElementTree.Element) -> str:
    """The text of a cell, with all its runs, without how Japanese is read aloud."""
    runs = [element, *element.findall(f"{_MAIN}r")]
    return "".join(each.findtext(f"{_MAIN}t") or "" for each in runs)


def _rows(sheet: ElementTree.Element, shared: list[str], rows_most: int, columns_most: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for element in sheet.iter(f"{_MAIN}row"):
        # Empty rows may be left out of the file; the lines below them keep their numbers.
        number = min(int(element.get("r", len(rows) + 1)), rows_most + 1)
        rows.extend([] for _ in range(number - 1 - len(rows)))
        rows.append(_cells(element, shared, columns_most))
        if len(rows) > rows_most:
            break
    return rows


def _cells(row: ElementTree.Element, shared: list[str], columns_most: int) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        named = _REFERENCE.fullmatch(cell.get("r", ""))
        at = _column(named.group(1)) if named else len(cells)
        if at >= columns_most:
            break
        cells.extend("" for _ in range(at - len(cells)))
        cells.append(_value(cell, shared))
    return cells


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    kind, written = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return "" if inline is None else _text_in(inline)
    if kind == "s":
        return shared[int(written)] if written else ""
    if kind == "b":
        return "ja" if written == "1" else "nei"
    # What a formula could not work out is nothing.
    return "" if kind == "e" else written


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _sheet(rows: Iterable[Sequence[str]]) -> str:
    lines = "".join(f"<row>{''.join(_cell(value, at == 0) for value in row)}</row>" for at, row in enumerate(rows))
    # The headers stay in sight.
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'{_XML}<worksheet xmlns="{_MAIN[1:-1]}">{views}<sheetData>{lines}</sheetData></worksheet>'


def _cell(value: str, is_header: bool) -> str:
    style = ' s="1"' if is_header else ""
    text = escape(_UNWRITABLE.sub("", value))
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _relations(*found: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(found, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _types() -> Iterator[str]:
    yield f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    yield '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles")):
        yield f'<Override PartName="/xl/{name}.xml" ContentType="{_SHEET_ML}.{kind}+xml"/>'
    yield "</Types>"


_PARTS = {
    "[Content_Types].xml": "".join(_types()),
    "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN[1:-1]}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    # The second format is bold, for the headers.
    "xl/styles.xml": (
        f'{_XML}<styleSheet xmlns="{_MAIN[1:-1]}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
