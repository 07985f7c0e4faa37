"""Charts of yearly reports, and the newest figure of a measure: as long as their values, and told in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.statistics.domain.indicators import YearValue
from medspiller.strategy.domain.documents import Chart, Table
from medspiller.strategy.domain.reports import Indicator, Value
from medspiller.strategy.selectors.reports import yearly_report
from medspiller.strategy.services.reports import draft_report
from medspiller.strategy.tests.plans import YEAR, build_plan
from medspiller.strategy.web.report_charts import chart_of, drawn
from medspiller.strategy.web.report_parts import document_of
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in


@pytest.fixture
def house(here):
    return build_house(HERE)


@pytest.fixture
def draft(house):
    plan = build_plan(actors.system(HERE), unit_id=house.top)
    draft_report(actor=actors.system(HERE), strategy_id=plan.strategy_id, year=YEAR, language="nb")
    return plan


def followed_by(*values, unit=""):
    return Indicator("Spurt", unit, "", "", "", "", ("1.1",), values)


class TestCharts:
    def test_has_a_bar_for_each_year_as_long_as_its_value(self):
        chart = chart_of(followed_by(Value(2024, Decimal(50)), Value(2025, Decimal(100)), unit="personer"), hidden=":")

        assert [(bar.label, bar.value, bar.share) for bar in chart.bars] == [("2024", "50", 0.5), ("2025", "100", 1.0)]
        short, long = drawn(chart).bars
        assert short.width * 2 == long.width
        assert short.top < long.top

    def test_shares_stand_on_a_scale_to_a_hundred(self):
        chart = chart_of(followed_by(Value(2024, Decimal(20)), Value(2025, Decimal(40)), unit="%"), hidden=":")

        assert [(bar.value, bar.share) for bar in chart.bars] == [("20 %", 0.2), ("40 %", 0.4)]

    def test_so_do_those_whose_unit_is_written_by_hand(self):
        chart = chart_of(followed_by(Value(2024, Decimal(20)), Value(2025, Decimal(40)), unit="Prosent"), hidden=":")

        assert [bar.share for bar in chart.bars] == [0.2, 0.4]

    def test_a_part_of_a_year_and_what_is_hidden_are_told(self):
        part = Value(2025, Decimal(3), begins=date(2025, 1, 1), ends=date(2025, 4, 1))
        values = (Value(2023, None, is_hidden=True), Value(2024, Decimal(6)), part)
        with override("nb"):
            chart = chart_of(followed_by(*values), hidden=":")

        assert [(bar.value, bar.share, bar.is_part) for bar in chart.bars] == [
            (":", None, False), ("6", 1.0, False), ("3, ikke et helt år", 0.5, True),
        ]  # fmt: skip
        assert chart.said == "Spurt. 2023: :; 2024: 6; 2025: 3, ikke et helt år."

    @pytest.mark.parametrize("values", [(Value(2024, None), Value(2025, Decimal(3))), (Value(2024, Decimal(-1)),) * 2])
    def test_there_is_none_of_one_value_or_of_what_has_no_length(self, values):
        assert chart_of(followed_by(*values), hidden=":") is None

    def test_stands_below_its_table_on_screen_and_on_paper(self, client, house, draft):
        sign_in(client, employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER))
        found = yearly_report(actor=actors.system(HERE), strategy_id=draft.strategy_id, year=YEAR)
        whole = document_of(found, organisation="Demo kommune")
        (place,) = [place for place, part in enumerate(whole.parts) if isinstance(part, Chart)]

        assert isinstance(whole.parts[place - 1], Table)
        for more in ("", "utskrift/"):
            at = f"/arbeid/strategi/{draft.strategy_id}/arsstatus/{YEAR}/{more}"
            page = " ".join(client.get(at).content.decode().split())
            assert "<title>Spurt (personer). 2023: –; 2024: 118; 2025: 140.</title>" in page
            assert page.count("<rect") == 2


class TestTheNewestFigureOfAMeasure:
    @pytest.mark.parametrize(
        ("is_over", "is_complete", "said"),
        [
            (False, False, "61,5 prosent hittil i 2026."),
            (True, False, "61,5 prosent i 2026, ikke komplett ennå."),
            (True, True, "61,5 prosent i 2026."),
        ],
    )
    def test_says_whether_it_is_of_all_of_the_year(self, is_over, is_complete, said):
        newest = YearValue(
            2026, date(2026, 11, 1), is_over=is_over, is_complete=is_complete, counts={}, of=52, unknown=1,
            share=Decimal("61.5"),
        )  # fmt: skip
        each = {"indicator": "first-contacts", "id": None}
        with override("nb"):
            page = render_to_string(
                "strategy/_indicator.html",
                {"followed": {"name": "Snakket med", "newest": newest}, "each": each, "values": (), "may": {}},
            )

        assert said in " ".join(page.split())
