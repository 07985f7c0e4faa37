"""Files of Excel: what is read of them, what is refused, and that nothing in them is run."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from medspiller.ui import packing, worker
from medspiller.ui.spreadsheets import NotWorkbook, is_workbook


def cells_of(content, **limits):
    return worker.cells_of_workbook(content, **{"rows_most": 10, "columns_most": 10, "letters_most": 50} | limits)


def made(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def test_what_is_written_reads_back_as_the_same():
    rows = [["tittel", "sted"], ["=1+1", "Bærum"], ["", "+4700123456"], ["to\nlinjer", " luft"]]

    content = worker.workbook(rows)

    assert is_workbook(content)
    assert cells_of(content) == rows
    # As text, so that nothing is run.
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"].data_type == "s"


def test_what_xml_cannot_hold_is_left_out():
    assert cells_of(worker.workbook([["a\0b\x0bc\ud800d"]])) == [["abcd"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (7, "7"),
        (7.0, "7"),
        (2.5, "2.5"),
        (True, "ja"),
        (False, "nei"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22, 18, 30), "2026-11-22"),  # noqa: DTZ001 - Excel knows no zones
        (time(18, 0), "18:00"),
        ("#N/A", ""),
    ],
)
def test_a_cell_is_text(cell, text):
    assert cells_of(made(["x", cell, "y"]))[0] == ["x", text, "y"]


def test_no_more_is_read_than_asked_for():
    content = made(*[[str(number)] * 12 for number in range(20)])

    cells = cells_of(content, rows_most=3, columns_most=4, letters_most=1)

    assert [len(row) for row in cells] == [4] * 4
    assert cells_of(made(["abc"]), letters_most=1) == [["ab"]]


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04not", packed(x="<a/>"), packed(xl__workbook="<workbook/>")]
)
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(NotWorkbook) as refusal:
        cells_of(content)

    assert not refusal.value.is_harmful


@pytest.mark.parametrize(
    "part",
    [
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>',
        # Behind more than a first look sees, in any letters, or where we would not see it.
        f"<!--{'x' * 200_000}--><!doctype x><x/>",
        "<?xml version='1.0' encoding='UTF-16'?><x/>".encode("utf-16"),
    ],
)
def test_what_defines_what_it_repeats_is_harmful(part):
    with pytest.raises(NotWorkbook) as refusal:
        cells_of(packed(xl__workbook=part))

    assert refusal.value.is_harmful


@pytest.mark.parametrize("name", ["xl/sheet1.dat", "xl/SHEET1.XML", "xl/media/sheet.svg", "sheet"])
@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><x/>',
        f"{' ' * 65_530}<!doctype x [<!entity a 'b'>]><x/>".encode(),
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="cp037"?>' + '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("cp037"),
    ],
)
def test_what_a_part_is_called_makes_no_difference(name, part):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)

    with pytest.raises(NotWorkbook) as refusal:
        packing.ensure_harmless(file.getvalue())

    assert refusal.value.is_harmful


def test_pictures_are_let_through():
    file = io.BytesIO(made(["x"]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/media/image1.png", bytes(range(256)) * 1000)
        archive.writestr("xl/media/image2.svg", '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>')

    assert cells_of(file.getvalue()) == [["x"]]


def test_what_unpacks_to_far_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(packing, "_UNPACKED_MOST", 1000)

    with pytest.raises(NotWorkbook) as refusal:
        cells_of(packed(xl__workbook="x" * 1001))

    assert refusal.value.is_harmful
