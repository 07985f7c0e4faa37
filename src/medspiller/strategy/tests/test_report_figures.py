"""Figures of a yearly report that are not its owners' words: computed, hidden, or the country's."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from medspiller.access.domain import actors
from medspiller.content import services as content
from medspiller.statistics import selectors as statistics
from medspiller.statistics.domain.content_figures import FIGURES
from medspiller.statistics.domain.content_indicators import INDICATORS
from medspiller.strategy.domain.documents import Box, Definitions, Table
from medspiller.strategy.domain.inputs import IndicatorDetails
from medspiller.strategy.domain.kept_reports import as_json, from_json
from medspiller.strategy.domain.reports import (
    Indicator,
    MeasureState,
    Part,
    ReportKind,
    Trend,
    Value,
    YearState,
    is_of_year,
)
from medspiller.strategy.selectors import reports as selectors
from medspiller.strategy.services import indicators, reports
from medspiller.strategy.tests.guideline_content import definitions
from medspiller.strategy.tests.plans import YEAR, build_plan
from medspiller.strategy.web.report_parts import document_of, value_words
from tests.support.database import HERE
from tests.support.staff import build_house


@pytest.fixture
def system(here):
    return actors.system(HERE)


@pytest.fixture
def published(system):
    content.publish(actor=system, definitions=[one for one in definitions() if one.kind in (INDICATORS, FIGURES)])


@pytest.fixture
def written(system, published):
    """The document of a plan that one computed indicator is followed by."""
    plan = build_plan(system, unit_id=build_house(HERE).top)
    slug = statistics.indicators(actor=system)[0].slug
    details = IndicatorDetails("Nærmeste er skrevet ned", indicator=slug)
    indicators.add_indicator(actor=system, measure_id=plan.measures[1], details=details)
    reports.draft_report(actor=system, strategy_id=plan.strategy_id, year=YEAR, language="nb")
    found = selectors.yearly_report(actor=system, strategy_id=plan.strategy_id, year=YEAR)
    return document_of(found, organisation="Demo kommune")


def parts_of(document, kind):
    return [part for part in document.parts if isinstance(part, kind)]


class TestFiguresOfTheCountry:
    def test_stand_in_a_box_with_year_and_source(self, written):
        (box,) = parts_of(written, Box)

        assert box.heading.startswith("Nasjonale anslag")
        assert all("Kilde: " in line and any(each.isdigit() for each in line) for line in box.lines)

    def test_stand_in_no_table_with_ours(self, written):
        (box,) = parts_of(written, Box)
        cells = {cell.text for table in parts_of(written, Table) for row in table.rows for cell in row}

        assert not {line.partition(":")[0] for line in box.lines} & cells


class TestComputedFigures:
    def test_open_to_what_was_asked_of_the_data(self, written):
        (definitions,) = parts_of(written, Definitions)
        computed = next(each for each in definitions.definitions if "skjult og vist som kolon" in each.query)

        row = next(row for row in parts_of(written, Table)[-1].rows if row[0].ref == computed.number)
        assert row[0].text.startswith("1.2 ")
        assert computed.meaning
        assert computed.source

    def test_every_reference_has_a_definition(self, written):
        asked = {cell.ref for table in parts_of(written, Table) for row in table.rows for cell in row} - {0}

        assert asked <= set(written.definitions)


def state_with(*values):
    followed = Indicator("Spurt", "%", "", "Telles", "", "", ("1.1",), values, is_computed=True)
    measure = MeasureState("1.1", "Spør", ("Helse",), 2021, None, "done")
    part = Part("area-1", 1, "Se", (), (measure,))
    return YearState(
        ReportKind.MUNICIPAL, "Plan", "", 2025, date(2025, 12, 31), (part,), (followed,), ahead=(("1.2", "Nytt"),)
    )


class TestWhatIsKept:
    def test_is_read_back_as_it_was(self):
        newest = Value(2025, Decimal("61.5"), whole=52, unknown=9, is_complete=False)
        state = state_with(Value(2024, None, is_hidden=True), newest)

        assert from_json(as_json(state)) == state

    def test_a_year_that_is_not_complete_is_compared_with_nothing_and_says_so(self):
        before, now = Value(2024, Decimal(60)), Value(2025, Decimal(40), whole=52, unknown=9, is_complete=False)

        assert state_with(before, now).indicators[0].trend is Trend.UNKNOWN
        with override("nb"):
            assert value_words(now) == "40 (av 52; ukjent: 9), ikke komplett ennå"
            assert value_words(before) == "60"

    @pytest.mark.parametrize(
        ("before", "now", "trend"),
        [
            (Decimal(1), Decimal(2), Trend.UP),
            (Decimal(2), Decimal(1), Trend.DOWN),
            (Decimal("2.0"), Decimal(2), Trend.SAME),
            (None, Decimal(2), Trend.UNKNOWN),
            (Decimal(2), None, Trend.UNKNOWN),
        ],
    )
    def test_a_trend_is_told_of_two_years_that_are_known(self, before, now, trend):
        assert state_with(Value(2024, before), Value(2025, now)).indicators[0].trend is trend


@pytest.mark.parametrize(
    ("first", "last", "before", "belongs"),
    [
        (2021, 2025, "done", True),
        (2026, None, "not_started", False),
        (2021, 2024, "under_way", True),
        (2021, 2024, "done", False),
        (2021, 2024, "stopped", False),
        (None, None, "not_started", True),
    ],
)
def test_a_measure_belongs_to_the_years_in_which_something_was_to_be_done(first, last, before, belongs):
    assert is_of_year(first, last, before, 2025) is belongs
