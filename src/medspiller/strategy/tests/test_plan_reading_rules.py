"""The two plans of the demo, and the documents they are parts of where these are at hand: every row of them."""

import os
from pathlib import Path

import pytest
import yaml

import medspiller.demo
from medspiller.strategy.domain.plans import sources
from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.domain.plans.values import ReadPlan
from medspiller.strategy.domain.plans.wording import WORDS, DoubtCode

DEMO = Path(next(iter(medspiller.demo.__path__))) / "plans"
SEEDS = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards")).parent / "seeds"
EXPECTED = yaml.safe_load(Path(__file__).with_name("two_plans.yaml").read_text(encoding="utf-8"))
MUNICIPAL, NATIONAL = "municipal", "national"
FILES = {
    "municipal": DEMO / "kommunal-parorendestrategi.txt",
    "national": DEMO / "nasjonal-parorendestrategi.txt",
    "municipal document": next(SEEDS.glob("004*.txt"), SEEDS / "004"),
    "national document": next(SEEDS.glob("003*.txt"), SEEDS / "003"),
}
COUNTS = {MUNICIPAL: [4, 11, 9, 7], NATIONAL: [6, 5, 6, 8, 2, 5]}


def read(path: Path) -> ReadPlan:
    if not path.is_file():
        pytest.skip("0 whole documents read: there are no seeds beside MEDSPILLER_STANDARDS")
    _, lines = sources.plain_lines(path.read_bytes(), path.name)
    return read_plan(lines, file_name=path.name)


@pytest.fixture(scope="module", params=FILES)
def both(request) -> tuple[str, ReadPlan]:
    return request.param.partition(" ")[0], read(FILES[request.param])


class TestTheTwoPlans:
    def test_every_area_goal_approach_and_measure_is_read_as_it_stands(self, both):
        which, plan = both

        assert plan.as_json()["focus_areas"] == EXPECTED[which]

    def test_have_as_many_measures_as_a_person_counts(self, both):
        which, plan = both

        assert [len(area.measures) for area in plan.areas] == COUNTS[which]

    def test_are_for_the_years_of_their_own_heading(self, both):
        _, plan = both

        assert plan.period == (2021, 2025)

    def test_each_part_knows_its_lines(self, both):
        _, plan = both

        for area in plan.areas:
            assert area.lines
            assert all(part.lines for part in (*area.goals, *area.approaches, *area.measures))

    def test_survive_being_stored(self, both):
        _, plan = both

        assert ReadPlan.from_record(plan.as_record()) == plan


@pytest.fixture(scope="module")
def municipal() -> ReadPlan:
    return read(FILES[MUNICIPAL])


class TestTheMunicipalPlan:
    def test_is_called_as_its_heading_says(self, municipal):
        assert municipal.title == "Pårørendestrategi med handlingsplan 2021 – 2025"

    def test_is_doubtful_where_a_row_continues_and_where_owners_run_together(self, municipal):
        assert [doubt.code for doubt in municipal.all_doubts] == [
            DoubtCode.ROW_JOINED, DoubtCode.OWNERS_ALIKE, DoubtCode.OWNERS_PARTED,
        ]  # fmt: skip

    def test_says_in_which_line_each_doubt_is(self, municipal):
        rows = FILES[MUNICIPAL].read_text(encoding="utf-8").split("\n")
        doubtful = [rows[doubt.line - 1].split("\t")[0] for doubt in municipal.all_doubts]

        assert doubtful[0] == "Bruk av digitale verktøy vektlegges."
        assert doubtful[2].startswith("Barn som pårørende tematiseres for nybosatte flyktninger")
        assert municipal.warnings[0].startswith(
            f"Linje {municipal.all_doubts[0].line}: Raden «Bruk av digitale verktøy"
        )

    def test_a_row_that_goes_on_knows_both_its_lines(self, municipal):
        rows = FILES[MUNICIPAL].read_text(encoding="utf-8").split("\n")
        joined = municipal.areas[1].measures[5]

        assert [rows[line - 1].split("\t")[0][:12] for line in joined.lines] == ["Utvikle aren", "Bruk av digi"]


def test_the_whole_municipal_document_names_another_strategy_in_a_footnote_and_is_not_called_that():
    plan = read(FILES["municipal document"])

    assert plan.title == "Pårørendestrategi med handlingsplan 2021 – 2025"


def test_the_national_plan_has_two_ministries_where_two_stand():
    plan = read(FILES[NATIONAL])
    several = [measure.owners for area in plan.areas for measure in area.measures if len(measure.owners) > 1]

    assert several == [
        ("Barne- og familiedepartementet", "Helse- og omsorgsdepartementet"),
        ("Helse- og omsorgsdepartementet", "Kulturdepartementet"),
        ("Helse- og omsorgsdepartementet", "Barne- og familiedepartementet"),
    ]


def test_every_doubt_has_words_in_three_languages():
    assert set(WORDS) == set(DoubtCode)
    for words in WORDS.values():
        assert set(words) == {"nb", "nn", "en"}
        assert len({frozenset(part.split("}")[0] for part in text.split("{")[1:]) for text in words.values()}) == 1
