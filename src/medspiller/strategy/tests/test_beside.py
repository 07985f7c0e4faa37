"""What was read beside its source: nothing of the file is hidden, and what a person changes is what is stored."""

import pytest

from medspiller.strategy.domain.plans.reading import read_plan
from medspiller.strategy.domain.plans.several import measures_in
from medspiller.strategy.domain.plans.sources import text_lines
from medspiller.strategy.web.beside import FIELDS_MOST, beside, confirmed, years_of

SOURCE = [
    "Pårørendestrategi 2021–2025",
    "Innledning",
    "Innsatsområde 1 Støtte",
    "Pårørende blir sett.",
    "Etablere kurs",
    "Velferd",
    "2021- 2025",
    "Etterord",
]


def item(text, *lines, doubts=()):
    return {"text": text, "lines": list(lines), "doubts": list(doubts)}


def measure(text, *lines, owners=("Velferd",), first=2021, last=2025, doubts=()):
    return {**item(text, *lines, doubts=doubts), "owners": list(owners), "from": first, "to": last, "notes": []}


READING = {
    "title": "Pårørendestrategi",
    "period": [2021, 2025],
    "owner_name": "",
    "focus_areas": [
        {
            "title": "Støtte",
            "text": "",
            "lines": [3],
            "doubts": [],
            "goals": [item("Pårørende blir sett.", 4)],
            "approaches": [],
            "measures": [measure("Etablere kurs", 5, 6, 7, doubts=["Linje 7: To år med mellomrom."])],
        },
        {"title": "Barn", "text": "", "lines": [], "doubts": [], "goals": [], "approaches": [], "measures": []},
    ],
    "doubts": ["Fila har ingen innholdsfortegnelse."],
    "title_lines": [1],
}
UNTOUCHED = {
    "a0-text": "Støtte",
    "a0g0-text": "Pårørende blir sett.",
    "a0m0-text": "Etablere kurs",
    "a0m0-owners": "Velferd",
    "a0m0-years": "2021–2025",
    "a0m0-area": "a0",
    "a1-text": "Barn",
}


class TestThePage:
    def test_shows_every_line_of_the_file_once(self):
        pairs = beside(READING, SOURCE, None).pairs

        assert [line.number for each in pairs for line in each.lines] == list(range(1, 9))
        assert [each.kind for each in pairs] == ["title", "", "area", "goal", "measure", "area", ""]

    def test_stands_each_doubt_beside_its_lines_and_the_rest_first(self):
        found = beside(READING, SOURCE, None)

        assert found.doubts == ("Fila har ingen innholdsfortegnelse.",)
        assert [each.doubts for each in found.pairs if each.doubts] == [("Linje 7: To år med mellomrom.",)]

    def test_lets_what_is_doubted_be_changed_even_in_a_plan_that_is_too_long_for_a_form(self):
        many = [measure(f"Tiltak {number}", number) for number in range(1, FIELDS_MOST)]
        many.append(measure("Det siste", FIELDS_MOST, doubts=["Linje 900: Uklart."]))
        reading = {**READING, "focus_areas": [{**READING["focus_areas"][0], "goals": [], "measures": many}]}

        pairs = [each for each in beside(reading, SOURCE, None).pairs if each.kind == "measure"]

        assert pairs[-1].can_edit
        assert not all(each.can_edit for each in pairs)


class TestWhatIsConfirmed:
    def test_is_what_was_read_where_nothing_was_typed(self):
        [support, children] = confirmed(beside(READING, SOURCE, UNTOUCHED))

        assert support == {
            "title": "Støtte",
            "goals": ["Pårørende blir sett."],
            "approaches": [],
            "measures": [
                {"text": "Etablere kurs", "owners": ["Velferd"], "from": 2021, "to": 2025, "notes": []},
            ],
        }
        assert children["title"] == "Barn"

    def test_has_what_was_changed_and_moved_and_not_what_was_left_out(self):
        typed = UNTOUCHED | {
            "a0m0-text": "Etablere kurs for unge",
            "a0m0-owners": "Velferd\nOppvekst\n",
            "a0m0-years": "2022",
            "a0m0-area": "a1",
            "a0g0-out": "1",
        }
        [support, children] = confirmed(beside(READING, SOURCE, typed))

        assert support["goals"] == []
        assert support["measures"] == []
        assert children["measures"] == [
            {
                "text": "Etablere kurs for unge",
                "owners": ["Velferd", "Oppvekst"],
                "from": 2022,
                "to": 2022,
                "notes": [],
            }
        ]

    def test_leaves_out_an_area_with_what_still_belongs_to_it(self):
        [children] = confirmed(beside(READING, SOURCE, UNTOUCHED | {"a0-out": "1"}))

        assert children == {"title": "Barn", "goals": [], "approaches": [], "measures": []}

    @pytest.mark.parametrize(
        ("field", "written"),
        [("text", ""), ("years", "snart"), ("years", "2125–2021"), ("years", "1890"), ("years", "21")],
    )
    def test_is_refused_with_the_field_that_is_wrong(self, field, written):
        found = beside(READING, SOURCE, UNTOUCHED | {f"a0m0-{field}": written})

        assert [target for _words, target in found.problems] == [f"a0m0-{field}"]

    def test_asks_nothing_of_what_is_left_out(self):
        assert not beside(READING, SOURCE, UNTOUCHED | {"a0m0-years": "snart", "a0m0-out": "1"}).problems


@pytest.mark.parametrize("written", ["2021-2025", "2021- 2025", "2021 - 2025", "2021–2025", " 2021 — 2025 "])
def test_years_are_read_however_they_are_written(written):
    assert years_of(written) == (2021, 2025)


class TestSeveralMeasuresInOneCell:
    PARTS = ("Kurs for foreldre", "Samtaler med barn")

    @pytest.fixture
    def reading(self):
        """A cell that may hold two measures, as a file was read."""
        table = "Innsatsområde 1 Barn\n| Tiltak | Ansvarlig | Tid | Kostnad |\n|---|---|---|---|\n"
        rows = "| 1. Kurs for foreldre 2. Samtaler med barn | Helse | 2025 | 5000 |\n| Rutine | Skole | 2026 | |\n"
        record = read_plan(text_lines(table + rows)).as_record()
        for area in record["focus_areas"]:
            for each in (area, *area["measures"]):
                each["doubts"] = []
        return {**record, "doubts": []}

    def test_are_offered_on_the_page(self, reading):
        whole, other = (each for each in beside(reading, [], None).pairs if each.kind == "measure")

        assert (whole.parts, other.parts) == (self.PARTS, ())
        ((name, *_more),) = whole.part_option
        assert name == "a0m0-parts"

    def test_become_measures_of_their_own_where_somebody_says_so(self, reading):
        typed = {"a0m0-text": "1. Kurs for foreldre 2. Samtaler med barn", "a0m0-parts": "1"}
        (area,) = confirmed(beside(reading, [], typed))
        first, second, third = area["measures"]

        assert (first["text"], second["text"], third["text"]) == (*self.PARTS, "Rutine")
        assert second["owners"] == first["owners"] == ["Helse"]
        assert (second["from"], second["to"]) == (first["from"], first["to"]) == (2025, 2025)
        # Money is not counted twice.
        assert (first["budget"], "budget" in second) == (5000, False)

    def test_are_those_that_somebody_wrote_instead(self, reading):
        typed = {"a0m0-text": "- Kurs for foreldre\r\n- Samtaler med ungdom\r\n  og søsken", "a0m0-parts": "1"}
        found = beside(reading, [], typed)
        (area,) = confirmed(found)

        texts = [each["text"] for each in area["measures"]]
        assert texts == ["Kurs for foreldre", "Samtaler med ungdom og søsken", "Rutine"]
        assert found.problems == ()

    def test_that_are_written_as_one_are_asked_about(self, reading):
        found = beside(reading, [], {"a0m0-text": "Kurs og samtaler", "a0m0-parts": "1"})

        assert [field for _words, field in found.problems] == ["a0m0-text"]
        # The box that says so is still there to be taken away.
        assert next(each for each in found.pairs if each.key == "a0m0").parts

    def test_hold_all_that_goes_on_below(self):
        rows = "| 1. Kurs for foreldre 2. Samtaler | Helse | 2025 |\n| med barn | | |\n| Rutine | Skole | 2026 |\n"
        table = "Innsatsområde 1 Barn\n| Tiltak | Ansvarlig | Tid |\n|---|---|---|\n" + rows
        reading = read_plan(text_lines(table)).as_record()

        assert reading["focus_areas"][0]["measures"][0]["text"].endswith("Samtaler med barn")
        assert reading["focus_areas"][0]["measures"][0]["parts"] == list(self.PARTS)

    @pytest.mark.parametrize(
        ("cell", "parts"),
        [
            ("Vi skal:\n- holde kurs\n- snakke\nmed barn", ["Vi skal:", "holde kurs", "snakke med barn"]),
            ("Vi skal: 1. Holde kurs 2. Snakke", ["Vi skal:", "Holde kurs", "Snakke"]),
        ],
    )
    def test_lose_no_words(self, cell, parts):
        assert measures_in(cell) == parts

    def test_stay_one_where_nobody_does(self, reading):
        (area,) = confirmed(beside(reading, [], {"a0m0-text": "Kurs og samtaler"}))

        assert [each["text"] for each in area["measures"]] == ["Kurs og samtaler", "Rutine"]
