"""How municipalities are named and which year's register answers."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.core.periods import Period
from medspiller.organisations.domain import municipalities
from medspiller.organisations.domain.municipalities import CountyFact, MunicipalityName

REGISTERS = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards")) / "kommuner"
YEARS = (2022, 2023, 2024, 2025, 2026)


def county(**changes: object) -> CountyFact:
    facts = {
        "number": "55",
        "period": Period(date(2024, 1, 1)),
        "name": "Troms - Romsa - Tromssa",
        "names": {"nb": "Troms", "se": "Romsa", "fkv": "Tromssa"},
        "source": "https://example.org/counties",
    }
    return CountyFact(**(facts | changes))


class TestNames:
    @pytest.mark.parametrize(
        ("official", "norwegian", "others"),
        [
            ("Asker", "Asker", ()),
            ("Oslo - Oslove", "Oslo", ("Oslove",)),
            ("Snåase - Snåsa", "Snåsa", ("Snåase",)),
            ("Gáivuotna - Kåfjord - Kaivuono", "Kåfjord", ("Gáivuotna", "Kaivuono")),
            ("Porsanger - Porsángu - Porsanki", "Porsanger", ("Porsángu", "Porsanki")),
            ("Nord-Fron", "Nord-Fron", ()),
            ("Herøy (Møre og Romsdal)", "Herøy", ()),
        ],
    )
    def test_the_norwegian_part_is_for_display_and_the_official_name_is_kept(self, official, norwegian, others):
        name = MunicipalityName.parse(official)

        assert (name.official, name.norwegian, name.others) == (official, norwegian, others)

    def test_a_name_in_several_languages_that_nobody_knows_is_shown_whole(self):
        assert MunicipalityName.parse("Dálvi - Vinter").norwegian == "Dálvi - Vinter"

    @given(st.text(min_size=1))
    def test_any_text_is_kept_as_it_was(self, text):
        assert MunicipalityName.parse(text).official == text

    @pytest.mark.skipif(not REGISTERS.exists(), reason="the registers are not on this machine")
    @pytest.mark.parametrize("year", YEARS)
    def test_every_name_of_the_register_has_a_norwegian_part(self, year):
        names = municipalities.read_register((REGISTERS / f"kommuner_{year}.csv").read_text())

        unknown = [name for name in names.values() if " - " in MunicipalityName.parse(name).norwegian]

        assert len(names) >= 356
        assert unknown == []


class TestYears:
    def test_the_year_itself_answers(self):
        assert municipalities.year_in_force(on=date(2024, 1, 1), known=YEARS) == 2024

    def test_the_last_day_of_a_year_belongs_to_it(self):
        assert municipalities.year_in_force(on=date(2023, 12, 31), known=YEARS) == 2023

    def test_the_newest_before_answers_for_a_year_that_is_not_published(self):
        assert municipalities.year_in_force(on=date(2025, 6, 1), known=(2022, 2023)) == 2023

    def test_nothing_answers_for_a_time_before_the_first(self):
        with pytest.raises(municipalities.YearNotKnown) as refusal:
            municipalities.year_in_force(on=date(2021, 12, 31), known=YEARS)

        assert (refusal.value.year, refusal.value.known) == (2021, YEARS)

    def test_nothing_answers_where_nothing_is_published(self):
        with pytest.raises(municipalities.YearNotKnown):
            municipalities.year_in_force(on=date(2026, 1, 1), known=())


class TestReadingARegister:
    def test_leaves_out_what_is_no_municipality(self):
        text = "kommunenummer,navn\n0301,Oslo - Oslove\n9999,Uoppgitt\n"

        assert municipalities.read_register(text) == {"0301": "Oslo - Oslove"}

    def test_refuses_other_columns(self):
        with pytest.raises(municipalities.RegisterProblem):
            municipalities.read_register("number;name\n0301;Oslo\n")

    def test_refuses_a_number_listed_twice(self):
        with pytest.raises(municipalities.RegisterProblem) as refusal:
            municipalities.read_register("kommunenummer,navn\n0301,Oslo\n0301,Bergen\n")

        assert refusal.value.problems == ("0301: listed twice",)


class TestPublishing:
    def test_all_that_is_wrong_is_told_at_once(self):
        with pytest.raises(municipalities.RegisterProblem) as refusal:
            municipalities.ensure_publishable(year=2026, names={"301": "Oslo", "0301": " ", "9999": "Uoppgitt"})

        assert len(refusal.value.problems) == 3

    def test_an_empty_register_is_refused(self):
        with pytest.raises(municipalities.RegisterProblem):
            municipalities.ensure_publishable(year=2026, names={})

    def test_a_county_needs_a_norwegian_name_and_a_source(self):
        with pytest.raises(municipalities.RegisterProblem) as refusal:
            municipalities.ensure_counties_publishable([county(names={"se": "Romsa"}, source="")])

        assert len(refusal.value.problems) == 2

    def test_one_number_cannot_be_two_counties_on_one_day(self):
        until_later = county(period=Period(date(2020, 1, 1), date(2024, 1, 2)))

        with pytest.raises(municipalities.RegisterProblem):
            municipalities.ensure_counties_publishable([until_later, county()])

    def test_one_number_can_be_two_counties_one_after_the_other(self):
        before = county(period=Period(date(1972, 1, 1), date(2024, 1, 1)))

        municipalities.ensure_counties_publishable([before, county()])


def test_a_county_is_named_in_the_language_asked_for_or_in_norwegian():
    assert (county().in_language("se"), county().in_language("sma")) == ("Romsa", "Troms")
