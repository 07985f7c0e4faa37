"""What plans of others say of a measure besides what, who and when; and areas that are called the same."""

import pytest

from medspiller.strategy.domain.plans.fields import Field, details_of, field_of, fill
from medspiller.strategy.domain.plans.more import DraftMore, ReadLink
from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.domain.plans.several import measures_in
from medspiller.strategy.domain.plans.sources import csv_lines, text_lines
from medspiller.strategy.domain.plans.values import ReadPlan
from medspiller.strategy.domain.plans.wording import DoubtCode
from medspiller.strategy.domain.vocabulary import LinkKind, Service


def read(text: str) -> ReadPlan:
    return read_plan(text_lines(text))


def codes(plan: ReadPlan) -> set[DoubtCode]:
    return {doubt.code for doubt in plan.all_doubts}


class TestColumns:
    @pytest.mark.parametrize(
        ("title", "said"),
        [
            ("Budsjett", Field.BUDGET), ("Kostnad (1000 kr)", Field.BUDGET), ("Beløp", Field.BUDGET),
            ("Finansieringskilde", Field.FUNDING), ("Finansiering", Field.FUNDING), ("Funding", Field.FUNDING),
            ("Samarbeidspartnarar", Field.PARTNERS), ("Partners", Field.PARTNERS), ("Leveransar", Field.DELIVERABLES),
            ("Indikator", Field.INDICATOR), ("Heng saman med", Field.LINK), ("Rettleiar", Field.LINK),
            ("Berørte tjenester", Field.SERVICES), ("Hva vi har lært", Field.LEARNT),
            ("Mål nr.", Field.SERVES), ("Goal number", Field.SERVES), ("Status", None), ("Prioritet", None), ("", None),
        ],
    )  # fmt: skip
    def test_are_known_by_their_words(self, title, said):
        assert field_of(title) is said

    def test_figures_by_the_number_of_their_measure_are_told_from_a_table_of_measures(self):
        assert details_of(("Tiltak nr", "Indikator", "Måltall"))
        assert not details_of(("Nr", "Tiltak", "Indikator"))
        assert not details_of(("Tiltak nr", "Indikator", "Ansvarlig"))


TABLE = """Innsatsområde 1 Barn
Mål
- Barn blir sett
- Barn får hjelp
Tiltak
| Nr | Mål | Tiltak | Ansvarlig | Tid | Kostnad | Finansiering | Samarbeid | Indikator | Veileder |
|---|---|---|---|---|---|---|---|---|---|
| 1 | 2 | Kurs | Helse | 2025 | 0,5 mill. | Tilskudd | Skole | Antall kurs | PV-2.1.7 |
| 2 | Barn blir sett | Samtaler | Helse | 2026 | Innenfor rammen | | | | Se PV-3.1.3 |
"""


SECOND_GOALS = """Innsatsområde 1 Barn
Mål
- Barn blir sett
- Barn får hjelp
Tiltak
| Hovedmål | Delmål | Tiltak | Ansvarlig | Tid | Mål nr | Tiltaket bidrar til mål nr | Berørte tjenester |
|---|---|---|---|---|---|---|---|
| 1 | 2 | Kurs | Helse | 2025 | | | Sykehjem, heimeteneste |
| Barn blir sett | Søsken får samtaler | Samtaler | Helse | 2026 | 2 | Alt | Barnehagen |
"""


class TestSeveralColumnsOfGoals:
    def test_none_of_them_is_lost(self):
        (area,) = read(SECOND_GOALS).areas
        first, second = area.measures

        assert [goal.text for goal in area.goals] == ["Barn blir sett", "Barn får hjelp", "Søsken får samtaler"]
        assert (first.more.serves, second.more.serves) == (("1.1", "1.2"), ("1.1", "1.2", "1.3"))

    def test_what_a_second_column_of_numbers_says_in_words_is_a_note(self):
        more = DraftMore(goal_numbers=["2"])

        assert not fill(more, Field.SERVES, "Alt", "Mål nr")
        assert not fill(DraftMore(links=[ReadLink(LinkKind.GUIDELINE, "PV-2.1.7")]), Field.LINK, " ; ", "Veileder")
        assert fill(more, Field.SERVES, "1", "Mål nr")
        assert more.goal_numbers == ["2", "1"]

    def test_services_are_known_by_their_names_and_others_are_noted(self):
        first, second = read(SECOND_GOALS).areas[0].measures

        assert set(first.more.services) == {Service.NURSING_HOME, Service.HOME_CARE}
        assert second.more.services == ()
        assert "Berørte tjenester: Barnehagen" in second.notes


class TestAMeasure:
    def test_says_what_its_columns_say(self):
        first, second = read(TABLE).areas[0].measures

        assert (first.more.budget, first.more.funding, first.more.partners) == (500_000, "Tilskudd", "Skole")
        assert [each.name for each in first.more.indicators] == ["Antall kurs"]
        assert [(each.kind, each.ref) for each in first.more.links] == [(LinkKind.GUIDELINE, "PV-2.1.7")]
        assert (first.more.serves, second.more.serves) == (("1.2",), ("1.1",))
        assert second.more.budget is None

    def test_keeps_the_words_of_the_plan_as_notes_and_knows_which_are_said_elsewhere(self):
        first, second = read(TABLE).areas[0].measures

        assert "Kostnad: 0,5 mill." in first.notes
        assert first.more.said == first.notes
        assert second.notes == ("Kostnad: Innenfor rammen", "Veileder: Se PV-3.1.3")
        assert second.more.said == ()

    def test_names_a_goal_that_is_not_there_in_a_note(self):
        plan = read(TABLE.replace("| 1 | 2 |", "| 1 | 7 |"))

        assert "Mål nr: 7" in plan.areas[0].measures[0].notes
        assert plan.areas[0].measures[0].more.serves == ()

    def test_has_figures_and_links_from_tables_of_their_own(self):
        rows = [
            "Innsatsområde;Tiltak nr;Indicator;Measured in;Target",
            "1. Barn;1;Antall kurs;kurs;12,5",
            "1. Barn;;Deltakere;;",
            "1. Barn;9;Borte;;",
        ]
        plan = read_plan(csv_lines("Innsatsområde;Nr;Tiltak;Ansvarlig\n1. Barn;1;Kurs;Helse\n" + "\n".join(rows)))

        (measure,) = plan.areas[0].measures
        found = [(each.name, each.unit_of_value, each.target) for each in measure.more.indicators]
        assert found == [("Antall kurs", "kurs", "12.5"), ("Deltakere", "", "")]
        assert [(each.line, each.code) for each in plan.all_doubts if each.code is DoubtCode.DETAIL_NOT_READ] == [
            (6, DoubtCode.DETAIL_NOT_READ)
        ]

    @pytest.mark.parametrize("heading", ["Omtale", "Beskrivelse", "Om området", "Skildring"])
    def test_an_area_is_told_of_below_a_heading(self, heading):
        plan = read(
            f"# Plan\n## Satsingsområde 1: Barn\n### {heading}\nBarn er viktige.\n\nTiltak: mange.\n### Mål\n- Sett\n"
        )

        assert plan.areas[0].text == "Barn er viktige.\n\nTiltak: mange."
        assert [goal.text for goal in plan.areas[0].goals] == ["Sett"]


def areas(*headings: str, header: str = "Tiltak\tAnsvarlig\tTid") -> ReadPlan:
    parts = [f"{heading}\n{header}\nKurs nummer {at}\tHelse\t2025\n" for at, heading in enumerate(headings)]
    return read("Plan for pårørende 2024-2028\n\n" + "\n".join(parts))


class TestAreasThatAreCalledTheSame:
    def test_are_two_where_their_numbers_say_so(self):
        plan = areas("Innsatsområde 1 Barn", "Innsatsområde 2 Barn")

        assert [(area.title, len(area.measures)) for area in plan.areas] == [("Barn", 1), ("Barn", 1)]

    def test_are_two_with_a_word_of_it_where_another_stands_between(self):
        plan = areas("Satsingsområde: Barn", "Satsingsområde: Eldre", "Satsingsområde: Barn")

        assert [area.title for area in plan.areas] == ["Barn", "Eldre", "Barn"]
        (doubt,) = (each for each in plan.all_doubts if each.code is DoubtCode.AREA_TITLE_TWICE)
        assert "Linje 3" in doubt.text()
        assert doubt.line == 11

    def test_one_that_goes_on_is_one_with_a_word_of_it(self):
        plan = areas("Satsingsområde: Barn", "Satsingsområde: Barn")

        assert [len(area.measures) for area in plan.areas] == [2]
        assert DoubtCode.AREA_GOES_ON in codes(plan)

    def test_a_chapter_and_its_part_of_the_action_plan_are_one(self):
        plan = read(
            "Innsatsområde 1 Barn\nMål\n- Sett\n\nHandlingsplan\nInnsatsområde 1 Barn\nTiltak\tAnsvar\nKurs\tHelse\n"
        )

        assert [(area.title, len(area.goals), len(area.measures)) for area in plan.areas] == [("Barn", 1, 1)]
        assert not codes(plan) & {DoubtCode.AREA_TITLE_TWICE, DoubtCode.AREA_GOES_ON}

    def test_rows_that_name_the_same_area_are_of_one(self):
        plan = read_plan(csv_lines("Område;Tiltak;Ansvar\nBarn;Kurs;Helse\nEldre;Natt;Helse\nBarn;Gruppe;Helse\n"))

        assert [(area.title, len(area.measures)) for area in plan.areas] == [("Barn", 2), ("Eldre", 1)]


class TestSeveralMeasuresInACell:
    @pytest.mark.parametrize(
        ("cell", "count"),
        [
            ("Kurs for foreldre", 1),
            ("- Kurs for foreldre\n- Samtaler", 2),
            ("• Kurs for foreldre • Samtaler", 2),
            ("1) Kurs for foreldre 2) Samtaler 3) Grupper", 3),
            ("Kurs for foreldre\nSamtaler med barn", 2),
            ("Kurs for foreldre\ni hele kommunen", 1),
            ("Samarbeid med\nHelse og omsorg", 1),
            ("Kurs for foreldre\nKurset holdes hvert år.", 1),
            ("Innen 2025. Kurs i 2 omganger", 1),
        ],
    )
    def test_are_counted(self, cell, count):
        assert len(measures_in(cell)) == count

    def test_are_told_with_their_line(self):
        plan = read_plan(csv_lines('Tiltak;Ansvar\n"Kurs for foreldre\nSamtaler med barn";Helse\nNatt;Helse\n'))

        (doubt,) = (each for each in plan.all_doubts if each.code is DoubtCode.SEVERAL_IN_CELL)
        assert str(doubt) == (
            "Linje 2: Cellen kan ha 2 tiltak. Den er lest som ett. Det andre begynner med «Samtaler med barn»."
        )
