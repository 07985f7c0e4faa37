"""The kinds `counties` and `municipalities`, and the package about Norway that is shipped."""

from datetime import date
from pathlib import Path

import pytest

from medspiller.access.domain import actors
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services, subscribers
from medspiller.content.domain import checking, loading
from medspiller.content.kinds.counties import counties_in
from medspiller.content.kinds.municipalities import names_in, year_of
from medspiller.content.tests.conftest import owner
from medspiller.core.errors import NotAllowed
from medspiller.organisations.models import County, Municipality
from tests.support.database import HERE

SHIPPED = Path(__file__).parents[4] / "content"

COUNTIES = """\
url: https://example.no/counties
version: "1"
status: active
counties:
  - {{number: "03", name: Oslo, names: {{nb: Oslo}}, valid_from: 2020-01-01, valid_to: null, source: "https://example.no"}}
  - {second}
"""
VIKEN = '{number: "30", name: Viken, names: {nb: Viken}, valid_from: 2020-01-01, valid_to: 2024-01-01, source: "https://example.no"}'
HEADER = '[definitions."municipalities/2023.csv"]\nurl = "https://example.no/2023"\nversion = "1"\nstatus = "active"\n'


@pytest.fixture
def check(tmp_path):
    """Write a package of counties and the municipalities of 2023, and say what is wrong with it."""

    def run(
        *, second: str = VIKEN, rows: str = "2023,0301,Oslo\n2023,3020,Nordre Follo\n", headings="year,number,name"
    ):
        folder = tmp_path / "no.example.norway"
        (folder / "counties").mkdir(parents=True)
        (folder / "municipalities").mkdir()
        (folder / "package.toml").write_text(
            'id = "no.example.norway"\nversion = "1"\ntitle = "t"\nlicence = "CC0-1.0"\nlanguages = ["nb"]\n' + HEADER
        )
        (folder / "counties" / "all.yaml").write_text(COUNTIES.format(second=second))
        (folder / "municipalities" / "2023.csv").write_text(f"{headings}\n{rows}")
        found = checking.check(loading.load(folder, CONTENT_KINDS), CONTENT_KINDS)
        return [(problem.element, problem.message) for problem in found]

    return run


class TestCounties:
    def test_good_ones_have_no_problem(self, check):
        assert check() == []

    @pytest.mark.parametrize(
        ("written", "instead", "element", "said"),
        [
            ('"30"', '"3"', "counties[1].number", '3 is not like "03"'),
            ('"30"', "30", "counties[1].number", "30 is not string"),
            ("name: Viken", 'name: ""', "counties[1].name", "is empty"),
            ("nb: Viken", "xx: Viken", "counties[1].names", "xx is not known here"),
            ("nb: Viken", "nb: Vika", "counties[1].name", "is not made of the names in each language: Vika"),
            ("valid_to: 2024-01-01", "valid_to: 2019-12-31", "counties[1].valid_to", "cannot end on 2019-12-31"),
            ("valid_to: 2024-01-01", "valid_to: 2024-02-30", "counties[1]", "no day of the calendar"),
            ("valid_to: 2024-01-01, ", "", "counties[1]", "valid_to is missing"),
            ("https://example.no", "a friend", "counties[1].source", "is not like https://"),
            ('"30"', '"03"', "counties[1].number", "03 is Oslo and Viken at the same time"),
        ],
    )
    def test_what_is_wrong_is_named(self, check, written, instead, element, said):
        found = check(second=VIKEN.replace(written, instead))

        assert [message for place, message in found if place == element and said in message], found


class TestMunicipalities:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("2023,301,Oslo", "301 is not a number of four digits"),
            ("2023,0301,Christiania", "0301 is there twice"),
            ("2023,3021,", "3021 has no name"),
            ("2023,3021, Ås", "3021 has no name, or one with space around it"),
            ("2024,3021,Ås", "the year is 2024, in the file of 2023"),
            ("2023,9999,Uoppgitt", "9999 stands for not stated"),
            ("2023,3103,Moss", "3103 Moss: no county 31 exists all through 2023"),
        ],
    )
    def test_what_is_wrong_is_named_with_its_line(self, check, row, said):
        found = check(rows=f"2023,0301,Oslo\n{row}\n")

        assert [place for place, message in found if said in message] == ["line 3"], found

    def test_a_county_that_ends_within_the_year_is_not_enough(self, check):
        (found,) = check(second=VIKEN.replace("valid_to: 2024-01-01", "valid_to: 2023-07-01"))

        assert found == ("line 3", "3020 Nordre Follo: no county 30 exists all through 2023")

    def test_a_missing_county_is_told_once(self, check):
        assert len(check(rows="2023,0301,Oslo\n2023,3103,Moss\n2023,3105,Sarpsborg\n")) == 1

    @pytest.mark.parametrize(("headings", "rows"), [("year,number,navn", "2023,0301,Oslo\n"), ("year,number,name", "")])
    def test_other_headings_and_empty_tables_are_refused(self, check, headings, rows):
        ((element, message),) = check(headings=headings, rows=rows)

        assert (element, message) == ("line 1", "the headings must be year, number and name, with rows below")


@pytest.fixture(scope="module")
def library():
    return loading.load(SHIPPED, CONTENT_KINDS)


class TestShipped:
    def test_every_shipped_package_is_in_order(self, library):
        assert checking.check(library, CONTENT_KINDS) == ()

    @pytest.mark.parametrize(("year", "count"), [(2022, 356), (2023, 356), (2024, 357), (2025, 357), (2026, 357)])
    def test_every_municipality_of_a_year_is_there(self, library, year, count):
        (names,) = (names_in(found) for found in library.of_kind("municipalities") if year_of(found) == year)

        assert len(names) == count
        assert "9999" not in names

    @pytest.mark.parametrize(
        ("day", "numbers"),
        [
            (date(2023, 12, 31), "03 11 15 18 30 34 38 42 46 50 54"),
            (date(2024, 1, 1), "03 11 15 18 31 32 33 34 39 40 42 46 50 55 56"),
        ],
    )
    def test_the_counties_of_a_day_are_those_of_its_law(self, library, day, numbers):
        (counties,) = (counties_in(found) for found in library.of_kind("counties"))

        assert sorted(county.number for county in counties if day in county.period) == numbers.split()

    @pytest.mark.parametrize(
        ("number", "languages"), [("55", {"nb": "Troms", "se": "Romsa", "fkv": "Tromssa"}), ("31", {"nb": "Østfold"})]
    )
    def test_names_stand_in_their_languages(self, library, number, languages):
        (county,) = (one for found in library.of_kind("counties") for one in counties_in(found) if one.number == number)

        assert county.names == languages

    def test_publishing_fills_the_registers_and_again_changes_nothing(self, committed, library):
        ordered = checking.in_order(library, CONTENT_KINDS)

        with owner() as actor:
            services.publish(actor=actor, definitions=ordered)
            again = services.publish(actor=actor, definitions=ordered)

        assert again.is_empty
        assert Municipality.objects.filter(year=2026).count() == 357
        assert Municipality.objects.get(year=2026, number="3201").name == "Bærum"
        assert County.objects.get(number="55").names == {"nb": "Troms", "se": "Romsa", "fkv": "Tromssa"}

    def test_a_tenant_cannot_publish_a_register_for_itself(self, library):
        for definition, fill in (
            (library.of_kind("counties")[0], subscribers.fill_counties),
            (library.of_kind("municipalities")[0], subscribers.fill_municipalities),
        ):
            with pytest.raises(NotAllowed) as refusal:
                fill(actor=actors.system(HERE), definition=definition)
            assert refusal.value.reason == "shipped_only"
