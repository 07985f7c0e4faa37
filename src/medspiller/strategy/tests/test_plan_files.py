"""Plans as files of Word and Excel, there and back again; and files that are no plans."""

import io
import time
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspiller.strategy.domain.plans.sources import SourceKind
from medspiller.strategy.domain.plans.values import (
    NotReadable,
    Problem,
    ReadArea,
    ReadMeasure,
    ReadPlan,
)
from medspiller.strategy.domain.plans.wording import DoubtCode
from medspiller.strategy.tests.any_plans import GENRE, PLANS
from medspiller.strategy.worker import plan_sheets
from medspiller.strategy.worker.plans import read_file, write_docx, write_xlsx


def told(plan: ReadPlan) -> dict:
    answer = plan.as_json()
    del answer["warnings"]
    return answer


class TestThereAndBack:
    @settings(max_examples=20, deadline=None)
    @given(PLANS)
    def test_word(self, plan):
        assert told(read_file(write_docx(plan), "plan.docx").plan) == told(plan)

    @settings(max_examples=20, deadline=None)
    @given(PLANS)
    def test_excel(self, plan):
        assert told(read_file(write_xlsx(plan), "plan.xlsx").plan) == told(plan)

    @pytest.mark.parametrize("write", [write_docx, write_xlsx])
    def test_what_xml_cannot_hold_is_left_out(self, write):
        plan = ReadPlan("Plan", None, (ReadArea("Barn", measures=(ReadMeasure("Kurs\x00 for\x0b alle"),)),))

        assert read_file(write(plan), "plan").plan.areas[0].measures[0].text == "Kurs for alle"

    def test_a_formula_is_only_text(self):
        plan = ReadPlan("Plan", None, (ReadArea("Barn", measures=(ReadMeasure("=1+1"),)),))
        book = openpyxl.load_workbook(io.BytesIO(write_xlsx(plan)))

        assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value} == {"s"}


def workbook(*sheets: list[list[str]]) -> bytes:
    made, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    made.save(file)
    return file.getvalue()


class TestSheetsTogether:
    @pytest.mark.parametrize("most", ["_MOST_ROWS", "_MOST_CELLS"])
    def test_have_one_limit(self, monkeypatch, most):
        monkeypatch.setattr(plan_sheets, most, 30)
        sheet = [["Tiltak", "Ansvar"]] * 10

        assert len(plan_sheets.sheet_lines(workbook(sheet))) == 11
        with pytest.raises(NotReadable) as refusal:
            plan_sheets.sheet_lines(workbook(sheet, sheet, sheet, sheet))
        assert refusal.value.problem is Problem.TOO_BIG

    def test_are_not_one_part_by_many_names(self):
        file = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook([["a"]], [["b"]]))) as old, zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name.endswith("workbook.xml.rels"):
                    content = content.replace(b"sheet2.xml", b"sheet1.xml")
                new.writestr(name, content)

        with pytest.raises(NotReadable) as refusal:
            plan_sheets.sheet_lines(file.getvalue())
        assert refusal.value.problem is Problem.HARMFUL


def word(build) -> bytes:
    made = docx.Document()
    build(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def table(made, rows: list[tuple[str, ...]]) -> None:
    drawn = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(drawn.add_row().cells, row, strict=True):
            cell.text = text


def _municipal_document(made) -> None:
    made.add_paragraph("Pårørendeplan for Vikøy kommune", style="Title")
    made.add_paragraph("Planen gjelder for perioden 2024–2028.")
    for title, goal, rows in (
        ("Informasjon", "Alle vet hvor de får hjelp", [("1", "Ny side", "Servicetorget\nHelse og velferd", "2024")]),
        ("Avlastning", "Pårørende får hvile", [("2", "Flere plasser", "Helse", "2025-2026"), ("3", "Natt", "", "")]),
    ):  # fmt: skip
        made.add_heading(title, level=1)
        made.add_paragraph("Litt om området.")
        made.add_heading("Mål", level=2)
        made.add_paragraph(goal, style="List Bullet")
        made.add_heading("Tiltak", level=2)
        table(made, [("Nr.", "Tiltak", "Ansvarlig", "Tid"), *rows])
    made.add_heading("Økonomi", level=1)
    made.add_paragraph("Innenfor rammen.")


class TestWord:
    def test_headings_lists_and_tables_as_word_has_them(self):
        plan = read_file(word(_municipal_document), "plan.docx").plan

        assert (plan.title, plan.period) == ("Pårørendeplan for Vikøy kommune", (2024, 2028))
        assert [(area.title, [goal.text for goal in area.goals]) for area in plan.areas] == [
            ("Informasjon", ["Alle vet hvor de får hjelp"]), ("Avlastning", ["Pårørende får hvile"]),
        ]  # fmt: skip
        assert plan.areas[0].measures[0].owners == ("Servicetorget", "Helse og velferd")
        assert [measure.text for measure in plan.areas[1].measures] == ["Flere plasser", "Natt"]

    def test_doubts_name_the_row_of_the_table(self):
        plan = read_file(word(_municipal_document), "plan.docx").plan

        assert "Tabell 2, rad 3: Tiltaket har ingen ansvarlig." in plan.warnings

    def test_the_source_has_the_line_of_each_part(self):
        read = read_file(word(_municipal_document), "plan.docx")

        assert "Flere plasser" in read.source_lines[read.plan.areas[1].measures[0].lines[0] - 1]

    def test_a_raised_number_is_a_footnote_mark_and_rows_may_share_a_cell(self):
        def build(made) -> None:
            made.add_heading("Innsatsområde 1 Barn", level=1)
            table(made, [("Tiltak", "Ansvar", "Frist"), ("Kurs", "Skole", "2024"), ("Samtaler", "", "2025")])
            drawn = made.tables[0]
            drawn.cell(1, 1).merge(drawn.cell(2, 1))
            drawn.cell(1, 0).paragraphs[0].add_run("3").font.superscript = True
            made.add_paragraph().add_run("3").font.superscript = True
            made.paragraphs[-1].add_run(" Sammen med helsestasjonen")

        measures = read_file(word(build), "plan.docx").plan.areas[0].measures

        assert [(each.text, each.owners) for each in measures] == [("Kurs", ("Skole",)), ("Samtaler", ("Skole",))]
        assert measures[0].notes == ("Sammen med helsestasjonen",)

    def test_a_table_whose_rows_say_what_they_hold(self):
        def build(made) -> None:
            for title, goal, measures in (("Barn", "Blir sett", "Kurs\nGruppe"), ("Eldre", "Får hvile", "Dagtilbud")):
                table(made, [("Innsatsområde", title), ("Mål", goal), ("Tiltak", measures)])
                made.add_paragraph("")

        plan = read_file(word(build), "plan.docx").plan

        assert [(area.title, [goal.text for goal in area.goals]) for area in plan.areas] == [
            ("Barn", ["Blir sett"]), ("Eldre", ["Får hvile"]),
        ]  # fmt: skip
        assert [measure.text for measure in plan.areas[0].measures] == ["Kurs", "Gruppe"]


def excel(sheets: dict[str, list[list[object]]], *, merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class TestExcel:
    def test_a_sheet_for_each_area(self):
        header = ["Tiltak", "Ansvarlig", "Tid"]
        content = excel(
            {
                "Barn og unge": [["Handlingsplan for pårørende 2023-2026"], [], header, ["Kurs", "Skole", 2023]],
                "Eldre": [["Mål"], ["Eldre får hvile"], header, ["Dagtilbud", "Helse", 2024], ["Natt", "Helse", None]],
            }
        )
        plan = read_file(content, "plan.xlsx").plan

        assert (plan.title, plan.period) == ("Handlingsplan for pårørende 2023-2026", (2023, 2026))
        assert [(area.title, len(area.measures)) for area in plan.areas] == [("Barn og unge", 1), ("Eldre", 2)]
        assert [goal.text for goal in plan.areas[1].goals] == ["Eldre får hvile"]
        assert plan.areas[0].measures[0].from_year == 2023

    def test_a_long_table_with_merged_areas_and_owners(self):
        rows = [
            ["Område", "Tiltak", "Ansvar", "Start", "Slutt", "Kostnad"],
            ["Barn", "Kurs", "Skole", 2023, 2024, 10000],
            [None, "Gruppe", None, 2023, None, None],
            ["Eldre", "Natt", "Helse", None, 2025, None],
        ]
        plan = read_file(excel({"Ark1": rows}, merged="C2:C3"), "plan.xlsx").plan

        assert [(area.title, [each.text for each in area.measures]) for area in plan.areas] == [
            ("Barn", ["Kurs", "Gruppe"]), ("Eldre", ["Natt"]),
        ]  # fmt: skip
        assert plan.areas[0].measures[1].owners == ("Skole",)
        assert plan.areas[0].measures[0].notes == ("Kostnad: 10000",)
        assert (plan.areas[1].measures[0].from_year, plan.areas[1].measures[0].to_year) == (None, 2025)

    def test_doubts_name_sheet_and_row(self):
        content = excel({"Plan": [["Tiltak", "Ansvar", "År"], ["Kurs", "Skole", "2125-2021"]]})

        assert "Ark «Plan», rad 2: Tiden «2125-2021» kan ikke være riktig. Årene er ikke satt." in (
            read_file(content, "plan.xlsx").plan.warnings
        )


TABLE = "Innsatsområde 1 Støtte på tvers\nTiltak\tAnsvar\tTid\nKurs for pårørende\tHelse\t2022\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_encoding(encoding):
    plan = read_file(TABLE.encode(encoding), "plan.txt").plan

    assert plan.areas[0].title == "Støtte på tvers"
    assert plan.areas[0].measures[0].text == "Kurs for pårørende"


def test_letters_in_two_parts_are_one():
    assert read_file(TABLE.replace("å", "a\u030a").encode(), "plan.txt").plan.areas[0].title == "Støtte på tvers"


def test_what_it_is_is_seen_by_what_it_holds():
    plan = ReadPlan("Plan", None, (ReadArea("Barn", measures=(ReadMeasure("Kurs"),)),))

    assert read_file(write_docx(plan), "plan.txt").kind is SourceKind.DOCX
    assert read_file(write_xlsx(plan), "").kind is SourceKind.XLSX


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.EMPTY),
        (b" \r\n\t\n", Problem.EMPTY),
        (b"\xef\xbb\xbf", Problem.EMPTY),
        ("\ufeff\n".encode("utf-16-le"), Problem.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Problem.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), Problem.OLD_OFFICE),
        (b"{\\rtf1 Plan}", Problem.OTHER_KIND),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), Problem.OTHER_KIND),
        (b"<html><body>Plan</body></html>", Problem.OTHER_KIND),
        (packed(mimetype=b"application/vnd.oasis"), Problem.OTHER_KIND),
        (bytes(range(256)) * 20, Problem.NOT_TEXT),
        (packed(word__document=b"<x/>"), Problem.BROKEN),
        (packed(xl__workbook=b"<x/>"), Problem.BROKEN),
        (packed(word__document=_ENTITIES), Problem.HARMFUL),
        (packed(xl__workbook=_ENTITIES), Problem.HARMFUL),
        (packed(word__document=bytes(61 * 1024 * 1024)), Problem.HARMFUL),
        (b"PK\x03\x04word/document" + bytes(300), Problem.BROKEN),
        (b"x" * (21 * 1024 * 1024), Problem.TOO_BIG),
        (b"\n" * 100_001 + b"x", Problem.TOO_BIG),
    ],
)
def test_files_that_hold_no_plan_are_refused_by_kind(content, problem):
    with pytest.raises(NotReadable) as refusal:
        read_file(content, "plan")

    assert refusal.value.problem is problem


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        GENRE
        | st.sampled_from(["", "Tiltak\tAnsvar\tTid", "Kurs\tHelse\t2022", "¹ Note", "x¹\t\t"])
        | st.text(max_size=40),
        max_size=25,
    )
)
def test_no_text_is_too_odd_to_read(rows):
    try:
        plan = read_file("\n".join(rows).encode("utf-8", errors="replace"), "plan.txt").plan
    except NotReadable:
        return
    assert ReadPlan.from_record(plan.as_record()) == plan


def test_ten_thousand_rows_are_read_in_time():
    rows = [
        f"Tiltak nummer {number}\tEnhet {number % 900}, Helse og sosial\t2022-20{23 + number % 9}"
        for number in range(10_000)
    ]
    began = time.process_time()
    plan = read_file("\n".join(["Innsatsområde 1 Mye", "Tiltak\tAnsvar\tTid", *rows]).encode(), "plan.txt").plan

    assert len(plan.areas[0].measures) == 10_000
    assert time.process_time() - began < 10


@pytest.mark.parametrize("sign", ["a ", "[", "*", "\\", "(", "2", ". ", "\t", "|", ", ", " og A", "- ", "¹", "A/"])
def test_a_line_without_end_is_read_in_time(sign):
    began = time.process_time()
    long = (sign * 60_000)[:60_000]
    read_file(
        f"Innsatsområde 1 Mye\nTiltak\n- {long}\nTiltak\tAnsvar\tTid\nKurs\t{long}\t{long}\n".encode(), "plan.txt"
    )

    assert time.process_time() - began < 10


def test_a_plan_that_waits_is_the_same_after_it_was_stored():
    plan = read_file(TABLE.replace("2022", "snarest").encode(), "plan.txt").plan

    assert plan.all_doubts[-1].code is DoubtCode.TIME_UNREAD
    assert replace(ReadPlan.from_record(plan.as_record()), doubts=plan.doubts) == plan
