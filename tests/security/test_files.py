"""Files that come in, which must not unpack to more than there is room for, and files that go out."""

import csv
import io
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

import medspiller
from medspiller.access.domain import actors
from medspiller.core import tenancy
from medspiller.strategy.domain.plans.values import NotReadable, Problem
from medspiller.strategy.worker import plan_sheets
from medspiller.strategy.worker.plans import lines_of, read_file
from medspiller.ui import packing
from medspiller.ui.middleware import SENT_MOST
from medspiller.ui.spreadsheets import FORMULA_SIGNS
from tests.security.test_walk import ROUTES, address, name_of, somebody_let_in
from tests.security.world import ask
from tests.support.database import HERE, thrown_away

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# A paragraph is cut off after twenty thousand letters, and a cell after as many.
LONG = "x" * 19_999


def document(body: str) -> bytes:
    """Return a file of Word with this body."""
    file = io.BytesIO()
    docx.Document().save(file)
    return replaced(file.getvalue(), "word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")


def workbook(sheet: str) -> bytes:
    """Return a file of Excel with this sheet."""
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return replaced(file.getvalue(), "xl/worksheets/sheet1.xml", f"<worksheet {SHEET}>{sheet}</worksheet>")


def replaced(packed: bytes, part: str, text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            new.writestr(each.filename, text if each.filename == part else old.read(each))
    return file.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


GOES_ON = f"<w:tr>{cell('<w:p/>', '<w:vMerge/>')}</w:tr>"
MERGED_DOWN = f"<w:tbl><w:tr>{cell(paragraph(LONG))}</w:tr>{GOES_ON * 600}</w:tbl>"
TREE = "<w:p/>" * 3_000_000
MANY = f'<row><c t="inlineStr"><is><t>{LONG}</t></is></c></row>' * 600


class TestBombs:
    """ASVS 5.0 V5.2.3: a small file that unpacks, or is repeated, to far more than there is room for."""

    @pytest.mark.parametrize(
        ("made", "name"),
        [
            pytest.param(lambda: document(MERGED_DOWN), "plan.docx", id="a long cell merged down over many rows"),
            pytest.param(lambda: document(TREE), "plan.docx", id="a tree of millions of parts"),
            pytest.param(lambda: workbook(f"<sheetData>{MANY}</sheetData>"), "plan.xlsx", id="a text in many cells"),
        ],
    )
    def test_a_plan_that_is_more_than_it_looks_is_refused(self, made, name):
        content = made()
        assert len(content) < 200_000

        with pytest.raises(NotReadable) as refusal:
            lines_of(content, name)

        assert refusal.value.problem in {Problem.TOO_BIG, Problem.HARMFUL}

    def test_cells_inside_of_cells_are_read_once(self):
        nested = f"{'<w:tc>' * 40}{paragraph('Ansvarlig')}{'</w:tc>' * 40}"

        _kind, lines = lines_of(document(f"<w:tbl><w:tr><w:sdt>{nested}</w:sdt></w:tr></w:tbl>"), "plan.docx")

        assert [line.cells for line in lines if line.cells] == [("Ansvarlig",)]

    def test_ranges_written_backwards_give_no_room_for_others(self):
        pairs = '<mergeCell ref="A900000:A1"/><mergeCell ref="A1:A900000"/>' * 3
        book = workbook(f"<sheetData/><mergeCells>{pairs}</mergeCells>")

        sheet = openpyxl.load_workbook(io.BytesIO(workbook("<sheetData/>")), read_only=True).worksheets[0]

        found = plan_sheets._merged(book, sheet)

        assert sum(map(len, found.values())) <= plan_sheets._MOST_MERGED

    @pytest.mark.parametrize("name", ["word/media/picture.png", "word/document.xml"])
    def test_a_tree_is_found_whatever_it_is_called(self, name):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, b"\xef\xbb\xbf \n<w:p/>" + b"<w:p/>" * 1000)

        with pytest.raises(packing.NotWorkbook):
            packing.ensure_harmless(file.getvalue(), written_most=5000)

    def test_pictures_may_be_larger_than_what_is_written(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("word/media/picture.png", b"\x89PNG" + bytes(9000))

        packing.ensure_harmless(file.getvalue(), written_most=5000)

    @pytest.mark.parametrize("repeated", ["- ", "(", ";", "–", "...", "1.", "a, ", "og "])
    @pytest.mark.parametrize("name", ["plan.txt", "plan.csv"])
    def test_a_line_of_nothing_but_signs_is_read_at_once(self, repeated, name):
        heads = {"plan.txt": "Innsatsområde 1: Støtte\nTiltak: a", "plan.csv": "Innsatsområde;Tiltak\nStøtte;a"}
        text = f"{heads[name]}{repeated * (19_000 // len(repeated))}\n"

        began = time.process_time()
        read_file(text.encode(), name)

        # It took from three seconds to several times ten.
        assert time.process_time() - began < 1.5


class TestSizes:
    """ASVS 5.0 V5.2.1: what is too large is refused before it is read, whoever sends it."""

    @pytest.mark.parametrize("path", ["/", "/arbeid/logg-inn/", "/arbeid/strategi/les-inn/", "/finnes-ikke/"])
    def test_more_than_any_form_takes_is_refused_unread(self, path):
        body = Unread()

        assert sent(path, SENT_MOST + 1, body).status_code == 413
        assert not body.was_read

    @pytest.mark.parametrize("said", ["-1", "1e9", "٣", "9" * 400, "12 12"])
    def test_a_size_that_is_none_is_refused(self, said):
        assert sent("/", said, Unread()).status_code == 413

    def test_what_a_form_takes_is_let_through(self, world):
        with thrown_away():
            assert sent("/", SENT_MOST, Unread()).status_code != 413


class Unread(io.BytesIO):
    """What is sent, and whether anybody has looked at it."""

    was_read = False

    def read(self, size: int | None = -1) -> bytes:
        self.was_read = True
        return b""


def sent(path: str, said: object, body: Unread) -> HttpResponseBase:
    said_of_it = {"CONTENT_LENGTH": str(said), "wsgi.input": body}
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    return client.generic("POST", path, content_type="multipart/form-data; boundary=x", **said_of_it)


# --- What goes out ------------------------------------------------------------------------

TABLES = [route for route in ROUTES if route["path"].endswith((".csv", ".zip")) and "GET" in route["methods"]]
# Where something that somebody typed stands, in the tables that files are made of.
TYPED = {
    "organisations_unit": ("name",),
    "people_person": ("given_name", "family_name"),
    "access_user": ("name",),
    "strategy_measure": ("text",),
    "strategy_measureowner": ("name",),
    "strategy_focusarea": ("title",),
    "strategy_strategy": ("title",),
}
FORMULA = "=HYPERLINK(1)"


@pytest.mark.parametrize("route", TABLES, ids=name_of)
def test_v1_2_10_no_table_that_goes_out_holds_a_formula(world, route):
    with hostile():
        answer = ask(somebody_let_in(world, route), "GET", address(route, world.ours))

    assert answer.status_code == 200
    assert [cell for cell in cells_in(answer) if cell.startswith(FORMULA_SIGNS)] == []
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_v1_2_10_what_was_typed_does_go_out(world):
    """Else the test before this one would look at tables without a formula to find."""
    with hostile():
        answers = [ask(somebody_let_in(world, route), "GET", address(route, world.ours)) for route in TABLES]

    assert sum(any(f"'{FORMULA}" in cell for cell in cells_in(answer)) for answer in answers) >= 4


def test_v1_2_10_every_table_is_written_where_cells_are_made_harmless():
    source = Path(medspiller.__file__).parent
    writing = {
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if "csv.writer(" in file.read_text() or "csv.DictWriter(" in file.read_text()
    }

    assert writing == {"ui/spreadsheets.py", "people/web/own_file.py"}


@contextmanager
def hostile() -> Iterator[None]:
    """Put a formula before everything that somebody typed, for a while."""
    with thrown_away(), connection.cursor() as cursor:
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
        for table, columns in TYPED.items():
            changes = ", ".join(f"{column} = %s || left({column}, 20)" for column in columns)
            cursor.execute(f"UPDATE {table} SET {changes}", [FORMULA] * len(columns))
        yield


def cells_in(answer: HttpResponseBase) -> list[str]:
    """Return every cell of a table, or of all tables in a packed file."""
    content = answer.content
    if answer["Content-Type"] != "application/zip":
        return cells_of(content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [cell for name in packed.namelist() if name.endswith(".csv") for cell in cells_of(packed.read(name))]


def cells_of(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";") for cell in row]
