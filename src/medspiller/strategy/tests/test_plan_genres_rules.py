"""Plans of other municipalities, in the ways that such plans are written."""

import pytest

from medspiller.strategy.domain.plans import sources
from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.domain.plans.values import ReadPlan
from medspiller.strategy.domain.plans.wording import DoubtCode
from medspiller.strategy.tests import made_up_plans


def read(text: str, name: str = "plan.txt") -> ReadPlan:
    _, lines = sources.plain_lines(text.encode(), name)
    return read_plan(lines, file_name=name)


def texts(parts) -> list[str]:
    return [part.text for part in parts]


def rows(area) -> list[tuple]:
    return [(each.text, each.owners, each.from_year, each.to_year) for each in area.measures]


class TestNynorskWithTablesOfMarkdown:
    plan = read(made_up_plans.NYNORSK)

    def test_title_and_years(self):
        assert (self.plan.title, self.plan.period) == ("Pårørandeplan for Fjordby kommune 2022–2026", (2022, 2026))

    def test_goals_and_approaches_in_their_areas(self):
        assert [area.title for area in self.plan.areas] == ["Sjå dei pårørande", "Born og unge"]
        assert texts(self.plan.areas[0].goals) == ["Pårørande blir sett og høyrde", "Pårørande får informasjon tidleg"]
        assert texts(self.plan.areas[1].goals) == ["Born som pårørande blir fanga opp."]
        assert texts(self.plan.areas[1].approaches) == [
            "Opplæring av barneansvarleg personell", "Samarbeid med skulen",
        ]  # fmt: skip

    def test_measures(self):
        assert rows(self.plan.areas[0]) == [
            ("Lage rutine for førstesamtale", ("Helse og meistring",), 2022, 2022),
            ("Pårørandeskule", ("Helse og meistring", "Frisklivssentralen"), 2023, 2023),
            ("Kurs for tilsette", ("HR", "Helse og meistring"), 2022, 2026),
        ]
        assert rows(self.plan.areas[1]) == [
            ("Oppnemne barneansvarlege", ("Oppvekst",), 2022, 2023),
            ("Samtalegrupper", ("Oppvekst", "Helse og meistring"), 2023, 2026),
        ]

    def test_footnote_stays_with_its_measure(self):
        assert self.plan.areas[0].measures[0].notes == ("Etter mal frå fylket",)
        assert self.plan.areas[0].measures[1].notes == ("Tid: haust 2023",)

    def test_nothing_is_doubtful(self):
        assert self.plan.warnings == []


class TestDividedByGoals:
    plan = read(made_up_plans.BY_GOALS)

    def test_each_main_goal_is_an_area_with_its_goals(self):
        assert [area.title for area in self.plan.areas] == [
            "Pårørende blir tidlig identifisert", "Pårørende får avlastning",
        ]  # fmt: skip
        assert texts(self.plan.areas[0].goals) == [
            "Pårørende blir tidlig identifisert", "Alle tjenester spør om pårørende",
        ]  # fmt: skip
        assert texts(self.plan.areas[1].approaches) == ["Tilby fleksibel avlastning"]

    def test_rows_in_columns_of_spaces(self):
        assert rows(self.plan.areas[0]) == [
            ("Innføre sjekkliste i hjemmetjenesten", ("Hjemmetjenesten",), 2023, 2024),
            ("Registrere barn som pårørende ved alle innleggelser", ("Helsestasjonen",), 2023, 2023),
            ("Opplæring av ansatte", ("Personal",), 2023, 2027),
        ]
        assert self.plan.areas[1].measures[0].notes == ("Kostnad: 500 000", "Status: Planlagt")


class TestDividedByChapters:
    plan = read(made_up_plans.BY_CHAPTERS)

    def test_chapters_with_measures_are_areas_and_others_are_not(self):
        assert [area.title for area in self.plan.areas] == ["Barn og unge", "Voksne pårørende"]
        assert texts(self.plan.areas[0].goals) == ["Barn som er pårørende blir sett.", "Barn får støtte i skolen."]

    def test_owner_and_time_behind_the_measure(self):
        assert rows(self.plan.areas[0]) == [
            ("Lage rutine i skolene", ("Oppvekst",), 2024, 2024),
            ("Samtalegrupper", ("Helsestasjon",), 2025, 2025),
            ("Kurs for lærere", (), None, None),
        ]

    def test_a_measure_without_them_is_doubted(self):
        assert {doubt.code for doubt in self.plan.all_doubts} == {DoubtCode.NO_OWNER, DoubtCode.NO_TIME}


def test_measures_as_cards():
    plan = read(made_up_plans.BY_CARDS)

    assert [area.title for area in plan.areas] == ["Skole", "Tannhelse"]
    assert texts(plan.areas[0].goals) == ["Alle elever blir sett"]
    assert rows(plan.areas[0]) == [
        ("Rådgivere får kurs", ("Seksjon for opplæring",), 2026, 2026),
        ("Digitalt verktøy", ("IKT", "Seksjon for opplæring"), 2025, 2026),
    ]
    assert rows(plan.areas[1]) == [("Rutine for bekymring", ("Tannhelse",), None, None)]


def test_ministries_below_their_measures():
    plan = read(made_up_plans.BY_MINISTRIES)

    assert [area.title for area in plan.areas] == ["Frivillighet i skolen", "Frivillighet i omsorgen"]
    assert rows(plan.areas[0]) == [
        ("Lage nasjonal veileder for skolene", ("Kunnskapsdepartementet",), None, None),
        ("Støtte leksehjelp", ("Kunnskapsdepartementet", "Kulturdepartementet"), None, None),
    ]


@pytest.mark.parametrize("agency", ["NAV", "Nav"])
def test_an_agency_below_its_measure_however_it_writes_itself(agency):
    plan = read(made_up_plans.BY_MINISTRIES.replace("Kulturdepartementet", agency))

    assert rows(plan.areas[0])[1][1] == ("Kunnskapsdepartementet", agency)


def test_every_cell_on_a_line_of_its_own():
    plan = read(made_up_plans.ONE_CELL_A_LINE)

    assert [area.title for area in plan.areas] == ["Støtte"]
    assert rows(plan.areas[0]) == [
        ("Kurs for pårørende", ("Helse",), 2022, 2022),
        ("Lærings- og mestringstilbud i samarbeid med frivillige", ("Helse",), 2023, 2025),
    ]


def test_years_as_columns_and_areas_between_the_rows():
    plan = read(made_up_plans.YEARS_AS_COLUMNS)

    assert [area.title for area in plan.areas] == ["Støtte", "Barn"]
    assert rows(plan.areas[0]) == [("Kurs", ("Helse",), 2022, 2023), ("Avlastning", ("Omsorg",), 2024, 2024)]
    assert plan.areas[1].measures[0].notes == ("2024: 250 000",)


class TestCsv:
    plan = read(made_up_plans.AS_CSV, "tiltak.csv")

    def test_areas_come_from_their_column_and_go_on_downwards(self):
        assert [(area.title, len(area.measures)) for area in self.plan.areas] == [("Informasjon", 2), ("Avlastning", 2)]

    def test_columns_in_another_order(self):
        assert rows(self.plan.areas[0])[1] == ("Brosjyre til pårørende", ("Helse", "Kommunikasjon"), 2022, 2023)
        assert self.plan.areas[0].measures[1].notes == ("Trykkes i to opplag",)

    def test_impossible_years_are_told_with_their_line(self):
        assert "Linje 4: Tiden «2125-2021» kan ikke være riktig. Årene er ikke satt." in self.plan.warnings
        assert rows(self.plan.areas[1])[0] == ("Flere plasser", ("Omsorg",), None, None)


class TestATableOverPages:
    plan = read(made_up_plans.OVER_PAGES)

    def test_rows_that_pages_have_broken_are_whole(self):
        assert rows(self.plan.areas[0]) == [
            ("Møteplass for pårørende Kveldsåpent en gang i uken.", ("Helse og mestring",), 2022, 2025),
            ("Tilbud om samtaler", ("Frivilligsentralen",), 2023, 2023),
            ("Avlastning i samarbeid med frivillige lag", ("Helse og mestring",), 2024, 2025),
        ]

    def test_the_footnote_between_them_is_a_note(self):
        assert self.plan.areas[0].measures[0].notes == ("Sammen med frivillige lag",)

    def test_the_joined_row_is_told(self):
        assert [doubt.code for doubt in self.plan.all_doubts] == [DoubtCode.ROW_JOINED]


def test_where_most_rows_say_neither_who_nor_when_each_is_a_measure():
    plan = read("Innsatsområde 1 Støtte\nTiltak\tAnsvar\tTid\nKurs\t\t\nSamtaler\t\t\nBrosjyre\tHelse\t2022\n")

    assert texts(plan.areas[0].measures) == ["Kurs", "Samtaler", "Brosjyre"]


def test_one_area_by_two_names_is_one_and_doubted():
    plan = read(
        "Innsatsområde 1 Barn som pårørende\nMål\nBarn blir sett.\n\nHANDLINGSPLAN\n\n"
        "Innsatsområde 1 Barn og unge som pårørende\nTiltak\tAnsvar\tTid\nKurs\tHelse\t2022\n"
    )

    assert [(area.title, len(area.goals), len(area.measures)) for area in plan.areas] == [("Barn som pårørende", 1, 1)]
    assert DoubtCode.AREA_TITLES_DIFFER in {doubt.code for doubt in plan.all_doubts}


@pytest.mark.parametrize(
    "table", ["Navn;Telefon;Avdeling\nKari;1;Helse\nOla;2;Helse\n", "Vare\tPris\tAntall\nKaffe\t40\t2\n"]
)
def test_a_table_that_is_no_plan_is_said_to_be_none(table):
    plan = read(table, "liste.csv")

    assert not plan.is_plan
    assert plan.areas == ()
    assert "Fant verken innsatsområder eller tiltak" in plan.warnings[0]
    assert any("Overskriftene er: " in warning for warning in plan.warnings)


@pytest.mark.parametrize(
    "header", ["Handling | Rolle | Start | Kroner", "Grep | Eier | Når | Kroner", "Strategi | Ansvarlig | Frist | Sum"]
)
def test_other_words_for_measures_owners_and_times(header):
    plan = read(f"Innsatsområde 1 Støtte\n| {header} |\n|---|---|---|---|\n| Kurs | Helse | 2026 | 100 |\n")

    assert [(each.text, each.owners, each.from_year) for each in plan.areas[0].measures] == [("Kurs", ("Helse",), 2026)]


@pytest.mark.parametrize("way", ["| {} | {} |", "{}\t{}"])
def test_a_table_that_is_not_read_is_told_where_others_were(way):
    lines = ["Innsatsområde 1 Støtte", "Tiltak\tAnsvar\tTid", "Kurs\tHelse\t2022", "", "Innsatsområde 2 Barn", ""]
    plan = read("\n".join([*lines, way.format("Hei", "Farge"), way.format("Samtaler", "Blå")]))

    doubts = [doubt for doubt in plan.all_doubts if doubt.code is DoubtCode.TABLE_NOT_PLAN]
    assert [(doubt.line, doubt.facts["headers"]) for doubt in doubts] == [(7, "Hei, Farge")]


def test_a_list_that_nobody_says_the_kind_of_is_told():
    plan = read("Innsatsområde 1 Støtte\n- Kurs\n- Samtaler\n\nTiltak:\n- Brosjyre\n")

    assert texts(plan.areas[0].measures) == ["Brosjyre"]
    assert [(each.line, each.facts["text"]) for each in plan.all_doubts if each.code is DoubtCode.LIST_NOT_READ] == [
        (2, "Kurs")
    ]


def test_a_break_in_a_cell_parts_owners():
    plan = read("Innsatsområde 1 Støtte\n| Tiltak | Ansvar | Tid |\n|---|---|---|\n| Kurs | Helse<br>Skole | 2022 |\n")

    assert rows(plan.areas[0]) == [("Kurs", ("Helse", "Skole"), 2022, 2022)]


def test_a_time_behind_the_owner_is_the_time():
    plan = read(
        "Innsatsområde 1 Støtte\nTiltak\n- Kurs (Ansvarlig: Helse, 2023–2026)\n- Samtaler (Ansvarlig: Skole, Kultur)\n"
    )

    assert rows(plan.areas[0]) == [("Kurs", ("Helse",), 2023, 2026), ("Samtaler", ("Skole", "Kultur"), None, None)]


@pytest.mark.parametrize(
    "table",
    ["Tiltak\tAnsvar\tTid\nKurs\tHelse\t2026, 2028\n", "Tiltak\tAnsvar\t2026\t2027\t2028\nKurs\tHelse\tx\t\tx\n"],
)
def test_single_years_are_told_and_kept(table):
    plan = read(f"Innsatsområde 1 Støtte\n{table}")

    assert rows(plan.areas[0]) == [("Kurs", ("Helse",), 2026, 2028)]
    assert plan.areas[0].measures[0].notes == ("Tid: 2026, 2028",)
    assert DoubtCode.SINGLE_YEARS in {doubt.code for doubt in plan.all_doubts}


def test_a_name_with_an_og_is_parted_where_its_end_is_an_owner_of_its_own():
    owners = ["Skole og barnehage", "Barnehage", "Kultur og idrett", "Kultur"]
    table = "".join(f"Tiltak {at}\t{owner}\t2022\n" for at, owner in enumerate(owners))
    plan = read(f"Innsatsområde 1 Støtte\nTiltak\tAnsvar\tTid\n{table}")

    assert [each.owners for each in plan.areas[0].measures] == [
        ("Skole", "barnehage"), ("Barnehage",), ("Kultur og idrett",), ("Kultur",),
    ]  # fmt: skip
    told = {doubt.line: doubt.code for doubt in plan.all_doubts}
    assert (told[3], told[5]) == (DoubtCode.OWNERS_PARTED, DoubtCode.OWNERS_MAYBE_SEVERAL)


def test_prose_is_no_plan():
    plan = read("Kjære alle\n\nI dag var det fint vær. Vi gikk tur.\n- melk\n- brød\n")

    assert not plan.is_plan


def test_a_title_over_three_lines_and_measures_with_dashes():
    plan = read(made_up_plans.PLAIN_LINES)

    assert plan.title == "Handlingsplan for pårørende i Lillevik kommune 2024-2027"
    assert rows(plan.areas[0]) == [
        ("Innføre samtaler", ("Hjemmetjenesten",), 2024, 2024),
        ("Kurs for ansatte", ("HR",), 2025, 2025),
    ]


def test_lines_that_the_page_has_broken_are_whole():
    plan = read(made_up_plans.WRAPPED)

    assert plan.areas[0].title == "Støtte til dem som står i krevende omsorg for andre mennesker"
    assert texts(plan.areas[0].goals) == [
        "Pårørende i kommunen skal oppleve at de blir møtt med respekt og at kommunen tar hensyn til deres situasjon.",
        "Pårørende skal få avlastning når de trenger det, uten å måtte vente i lang tid på svar.",
    ]
    assert rows(plan.areas[0]) == [
        (
            "Lage felles rutine for alle tjenester i kommunen, og sørge for at den blir fulgt opp",
            ("Helse og omsorg",), 2025, 2025,
        ),
    ]  # fmt: skip
