"""Years, owners and texts of plans, in every way that they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.strategy.domain.plans import cleaning, headings
from medspiller.strategy.domain.plans.columns import Column, header_of
from medspiller.strategy.domain.plans.headings import Part
from medspiller.strategy.domain.plans.owners import OwnerNames, alike
from medspiller.strategy.domain.plans.wrapping import Wrapping
from medspiller.strategy.domain.plans.years import period_in, read_time

PLAN = (2021, 2025)


class TestYears:
    @pytest.mark.parametrize(
        ("written", "years"),
        [
            ("2021-2025", (2021, 2025)), ("2021- 2025", (2021, 2025)), ("2021 - 2025", (2021, 2025)),
            ("2022 -2025", (2022, 2025)), ("2021–2025", (2021, 2025)), ("2021 — 2025", (2021, 2025)),
            ("2021-\n2025", (2021, 2025)), ("2023", (2023, 2023)), ("2021/2022", (2021, 2022)),
            ("2021/22", (2021, 2022)), ("2021-25", (2021, 2025)), ("21-25", (2021, 2025)),
            ("2021 og 2022", (2021, 2022)),
            ("2021, 2022 og 2023", (2021, 2023)), ("2021 til 2025", (2021, 2025)), ("20212025", (2021, 2025)),
            ("2022-", (2022, 2025)),
        ],
    )  # fmt: skip
    def test_are_read_without_a_note(self, written, years):
        read = read_time(written, PLAN)

        assert (read.from_year, read.to_year) == years
        assert read.note == ""

    @pytest.mark.parametrize(
        ("written", "years"),
        [
            ("fra 2022", (2022, 2025)), ("f.o.m. 2022", (2022, 2025)), ("Oppstart 2022", (2022, 2025)),
            ("2022 og fremover", (2022, 2025)), ("innen 2024", (2021, 2024)), ("innan utgangen av 2024", (2021, 2024)),
            ("Løpende", (2021, 2025)), ("kontinuerlig", (2021, 2025)), ("Kontinuerleg", (2021, 2025)),
            ("årlig", (2021, 2025)), ("Årlig fra 2023", (2023, 2025)), ("I hele planperioden", (2021, 2025)),
            ("Q3 2022", (2022, 2022)), ("3. kvartal 2022", (2022, 2022)), ("høst 2022", (2022, 2022)),
            ("1. halvår 2023", (2023, 2023)), ("høst 2021 – vår 2022", (2021, 2022)), ("31.12.2023", (2023, 2023)),
            ("2022-06-01", (2022, 2022)), ("01.01.21-31.12.22", (2021, 2022)), ("juni 2024", (2024, 2024)),
        ],
    )  # fmt: skip
    def test_keep_what_they_do_not_say_as_a_note(self, written, years):
        read = read_time(written, PLAN)

        assert (read.from_year, read.to_year) == years
        assert read.note == written

    @pytest.mark.parametrize("written", ["2125-2021", "2025-2021", "2025 – 2021", "1021", "2021-2205"])
    def test_that_cannot_be_are_left_open(self, written):
        read = read_time(written, PLAN)

        assert read.is_impossible
        assert (read.from_year, read.to_year) == (None, None)

    @pytest.mark.parametrize("written", ["", " ", "-", "–"])
    def test_that_are_not_there_are_nothing_to_doubt(self, written):
        assert read_time(written, PLAN) == read_time("", None)

    @pytest.mark.parametrize("written", ["snarest", "etter vedtak", "uke 3"])
    def test_that_nobody_knows_are_a_note(self, written):
        read = read_time(written, PLAN)

        assert read.is_unread
        assert read.note == written

    def test_last_as_long_as_is_known_where_the_plan_has_no_years(self):
        assert (read_time("løpende", None).from_year, read_time("løpende", None).to_year) == (None, None)
        assert (read_time("fra 2022", None).from_year, read_time("fra 2022", None).to_year) == (2022, None)

    @given(st.text(max_size=40))
    def test_are_never_backwards_whatever_is_written(self, written):
        read = read_time(written, PLAN)

        assert read.from_year is None or read.to_year is None or read.from_year <= read.to_year

    def test_of_a_title(self):
        assert period_in("Pårørendestrategi med handlingsplan 2021 – 2025") == (2021, 2025)
        assert period_in("Plan 2023") is None


class TestOwners:
    CELLS = (
        "Velferd", "Helse og sosial", "Pleie og omsorg", "Pleie og omsorg, Helse og sosial",
        "Pleie og omsorg, Helse og sosial og Helsetjenester for barn", "Helse og sosial Velferd",
        "Helse og sosial og Helsetjenester for barn", "NAV", "NAV og Velferd", "Skole/Barnehage", "PPT; NAV",
        "Helse, sosial og omsorg", "Skole\nBarnehage", "Leder for\nhjemmetjenesten", "skole, barnehage, barnevern",
        "Barne- og familiedepartementet", "Rektor v/ inspektør", "Kultur og Idrett", "Kultur og Idrett", "-",
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("cell", "names"),
        [
            ("Helse og sosial", ("Helse og sosial",)),
            ("Pleie og omsorg, Helse og sosial", ("Pleie og omsorg", "Helse og sosial")),
            (
                "Pleie og omsorg, Helse og sosial og Helsetjenester for barn",
                ("Pleie og omsorg", "Helse og sosial", "Helsetjenester for barn"),
            ),
            ("NAV og Velferd", ("NAV", "Velferd")),
            ("Skole/Barnehage", ("Skole", "Barnehage")),
            ("PPT; NAV", ("PPT", "NAV")),
            ("Helse, sosial og omsorg", ("Helse, sosial og omsorg",)),
            ("Skole\nBarnehage", ("Skole", "Barnehage")),
            ("Leder for\nhjemmetjenesten", ("Leder for hjemmetjenesten",)),
            ("skole, barnehage, barnevern", ("skole", "barnehage", "barnevern")),
            ("Barne- og familiedepartementet", ("Barne- og familiedepartementet",)),
            ("Rektor v/ inspektør", ("Rektor v/ inspektør",)),
            ("Kultur og Idrett", ("Kultur og Idrett",)),
            ("-", ()),
        ],
    )
    def test_are_parted_where_one_ends(self, cell, names):
        assert OwnerNames(self.CELLS).read(cell).names == names

    def test_that_run_together_are_parted_and_doubted(self):
        read = OwnerNames(self.CELLS).read("Helse og sosial Velferd")

        assert read.names == ("Helse og sosial", "Velferd")
        assert read.is_guess

    def test_that_differ_by_a_small_word_may_be_one(self):
        names = ["Helsetjenester for barn", "Helsetjenester for barn", "Helsetjenester barn", "Skole"]

        assert alike(names) == [("Helsetjenester for barn", "Helsetjenester barn")]

    @given(st.lists(st.text(max_size=30), max_size=6))
    def test_are_never_empty_nor_twice(self, cells):
        names = OwnerNames(cells)
        for cell in cells:
            read = names.read(cell).names
            assert all(read)
            assert len(set(read)) == len(read)


class TestTexts:
    @pytest.mark.parametrize(
        ("written", "cleaned"),
        [
            ("med demens¹.", "med demens."),
            ("Forhåndssamtaler ²⁴ utprøves", "Forhåndssamtaler utprøves"),
            ("på¹²rørende", "pårørende"),
            ("på\u00adrørende", "pårørende"),
            ("[Bedre innsats \\(BTI\\)](#) og [mer](https://a.no/x_(y))", "Bedre innsats (BTI) og mer"),
            ("**Viktig** og *Ett Bærum*", "Viktig og Ett Bærum"),
            ("en  \t to\u00a0tre", "en to tre"),
            ("5 m² per barn", "5 m² per barn"),
            ("A &amp; B", "A & B"),
            ("note[^3] her", "note her"),
        ],
    )
    def test_are_cleaned(self, written, cleaned):
        assert cleaning.clean(written) == cleaned

    def test_tell_their_marks(self):
        assert cleaning.marks("Samtaler ²⁴ og mer²,³ og [^7]") == ["24", "2", "3", "7"]

    @pytest.mark.parametrize(
        ("before", "after", "whole"),
        [
            ("pårørende-", "samarbeid", "pårørendesamarbeid"),
            ("bruker-", "og pårørende", "bruker- og pårørende"),
            ("sammen\u00ad", "stilling", "sammenstilling"),
            ("FACT-", "team", "FACT-team"),
            ("støtte til ", "pårørende", "støtte til pårørende"),
            ("støtte til", "pårørende", "støtte til pårørende"),
        ],
    )
    def test_are_put_together_over_lines(self, before, after, whole):
        assert Wrapping(()).join(before, after) == whole

    def test_keep_a_space_at_the_end_where_a_word_ends(self):
        wrapping = Wrapping(["her går det en linje ", "videre med flere ord ", "og enda flere av "] * 4)

        assert wrapping.join("helse- og omsorgs", "tjenesten") == "helse- og omsorgstjenesten"
        assert wrapping.join("tilbud ", "her") == "tilbud her"
        assert wrapping.join("tilbud", "og hjelp") == "tilbud og hjelp"


class TestHeadings:
    @pytest.mark.parametrize(
        ("line", "title"),
        [
            ("Innsatsområde 1 Støtte", "Støtte"), ("Innsatsområde 2: Barn", "Barn"),
            ("4.1 Fokusområde 3 – Unge", "Unge"),
            ("Satsingsområde A. Eldre", "Eldre"), ("Satsningsområde: Arbeid", "Arbeid"), ("TEMA 4: Skole", "Skole"),
            ("Innsatsområde III Avlastning", "Avlastning"), ("Innsatsområde 5", ""),
        ],
    )  # fmt: skip
    def test_announce_areas(self, line, title):
        assert headings.area_heading(line).title == title

    @pytest.mark.parametrize(
        "line", ["Innsatsområder", "Innsatsområdet er viktig.", "Området dekker mye", "Tema for dagen er barn."]
    )
    def test_that_only_speak_of_areas_are_none(self, line):
        assert headings.area_heading(line) is None

    @pytest.mark.parametrize(
        ("line", "part"),
        [
            ("Hvordan vil vi ha det?", Part.GOALS), ("Korleis vil vi ha det?", Part.GOALS), ("2.1 Delmål:", Part.GOALS),
            ("Slik gjør vi det", Part.APPROACHES), ("STRATEGIAR", Part.APPROACHES), ("Tiltak", Part.MEASURES),
            ("Tiltak i planperioden 2022–2025", Part.MEASURES), ("HANDLINGSPLAN", Part.ACTION_PLAN),
            ("Kapittel 5 Innsatsområder og tiltak", Part.ACTION_PLAN), ("Vedlegg 2", Part.OTHER),
        ],
    )  # fmt: skip
    def test_announce_parts(self, line, part):
        assert headings.known_heading(line).part is part

    def test_with_a_label_hold_their_text(self):
        found = headings.labelled("Delmål 1.2: Alle blir sett")

        assert (found.part, found.rest, found.number) == (Part.GOALS, "Alle blir sett", "1.2")
        assert headings.labelled("Mål er viktig") is None


class TestColumns:
    @pytest.mark.parametrize(
        ("headers", "columns"),
        [
            ("Tiltak|Ansvarlig eier|Tid", "measure owner time"),
            ("Nr|Tiltak|Ansvarlig|Tidsrom|Kostnad|Status", "number measure owner time note note"),
            ("Tiltak|Ansvarleg|Frist", "measure owner time"),
            ("Når|Hvem|Hva", "time owner measure"),
            ("Innsatsområde|Mål|Tiltak|Ansvar|Start|Slutt", "area goal measure owner from to"),
            ("Tiltak|2022|2023|Ansvarlig enhet", "measure year year owner"),
            ("Innsatsområde 1: Barn|Ansvar|Frist", "measure owner time"),
        ],
    )
    def test_are_known_by_their_words(self, headers, columns):
        found = header_of(headers.split("|"))

        assert [Column(column) for column in columns.split()] == list(found.columns)

    @pytest.mark.parametrize(
        "row", ["Navn|Telefon|Avdeling", "Nye tiltak|Helse|2022|2023|Et tiltak til", "Tiltak", "Lage rutine|Helse|2022"]
    )
    def test_of_other_rows_are_none(self, row):
        assert header_of(row.split("|")) is None
